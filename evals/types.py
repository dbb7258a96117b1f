"""Cases of the eval suite: what is asked, where the answer stands, and what a right answer does.

This file is the schema. A line of a case file is one `Case` as JSON; `desk eval check` reads it strictly, and
`desk eval check --schema` prints it as JSON Schema.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from ingest.types import Language

Kind = Literal["answerable", "unanswerable", "false premise", "conflict", "adversarial", "dialogue", "status"]
Action = Literal["answer", "refuse", "correct", "both", "redirect", "chat"]
Split = Literal["tuning", "held-back"]

KINDS: tuple[Kind, ...] = get_args(Kind)
#: Actions after which a right reply quotes something, and those after which it declines.
ANSWERING: frozenset[Action] = frozenset({"answer", "correct", "both", "redirect"})
DECLINING: frozenset[Action] = frozenset({"refuse", "chat"})


class CaseError(Exception):
    """A case file that cannot be used; the message names the file, the line and the field."""


@dataclass(frozen=True, slots=True)
class Gold:
    """Where the answer stands: a passage of `document` that holds all `terms` close together.

    `document` is a name in evals/cases/documents.json, the beginning of a file's name, or a catalogue key.
    Terms are compared folded and without spaces, so that a new way of cutting does not break them; `section`
    tells people where to look.
    """

    document: str
    terms: tuple[str, ...]
    section: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One question, or the turns of a dialogue whose last turn is judged. `gold` entries are alternatives."""

    id: str
    language: Language
    kind: Kind
    action: Action
    split: Split
    question: str = ""
    turns: tuple[str, ...] = ()
    gold: tuple[Gold, ...] = ()
    #: Each fact is a tuple of its variants; one of them must stand in a right answer.
    facts: tuple[tuple[str, ...], ...] = ()
    #: What a right answer never holds.
    forbidden: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[str, ...]:
        """The turns, one for a single question."""
        return self.turns or (self.question,)

    @property
    def answering(self) -> bool:
        """Whether a right reply quotes the documents; else it declines."""
        return self.action in ANSWERING
