"""Cases of the eval suite and what came of them."""

from dataclasses import dataclass
from typing import Literal

from ingest.types import Language

Kind = Literal["answerable", "unanswerable", "false premise", "conflict", "adversarial", "dialogue", "status"]
Action = Literal["answer", "refuse", "correct", "both", "redirect", "chat"]
Split = Literal["tuning", "held-back"]


class CaseError(Exception):
    """A case file that cannot be used; the message names the file, the line and the field."""


@dataclass(frozen=True, slots=True)
class Gold:
    """Where the answer stands: a passage of `document` that holds all `terms` (folded) close together."""

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
