"""What a run keeps of every case: the reply in a shape of its own, and the values that the metrics gave it.

Any system's reply fits the shape, so one set of metrics serves the desk and the pipelines beside it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pydantic import TypeAdapter

from evals.types import Case
from ingest.types import Language

_QUOTED = re.compile("“[^“”]*”|「[^「」]*」")


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found, as it was shown to the writer of the answer; offsets in the cleaned document."""

    source: str
    key: str
    digest_of: str
    title: str
    heading: str
    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the answer with the numbers that it cites; `verdict` is the system's own, "" without one."""

    text: str
    citations: tuple[int, ...] = ()
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A numbered source: the quoted words, where they stand, and the whole sentences around them.

    `context` holds names and dates of the document, which a sentence that cites it may use.
    """

    n: int
    source: str
    start: int
    end: int
    quote: str
    sentences: str
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Probe:
    """False sentences made of the answer's own were put before its checker: how many, and which it let through."""

    tried: int = 0
    passed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What a system said to the last turn of a case."""

    status: Literal["answered", "refused"]
    text: str
    #: The system's own words around the sentences: introduction and caveats, or the reason for declining.
    frame: str = ""
    query: str = ""
    language: Language = "en"
    said: tuple[Said, ...] = ()
    cited: tuple[Cited, ...] = ()
    hits: tuple[Found, ...] = ()
    confidence: float = 0.0
    model: str = ""
    seconds: float = 0.0
    #: About how many tokens went to a language model and came back; 0 without one.
    tokens_in: int = 0
    tokens_out: int = 0
    probe: Probe = Probe()

    @property
    def answered(self) -> bool:
        """Whether it answered."""
        return self.status == "answered"

    @property
    def shown(self) -> str:
        """All that the system says: the text and the quotes.

        A reason for declining that names words of the question in quotation marks does not say them itself.
        """
        text = self.text if self.answered else _QUOTED.sub("", self.text)
        return "\n".join((text, *(one.quote for one in self.cited)))


@dataclass(frozen=True, slots=True)
class Record:
    """One case of a run. `values` holds what each metric gave; a metric that does not bear on the case is absent."""

    case: Case
    reply: Reply
    direction: str
    values: Mapping[str, float] = field(default_factory=dict)
    #: Which hits hold gold, by place from 1.
    gold_at: tuple[int, ...] = ()
    #: Whether the answer would have been right had the system not declined; None where it was not tried.
    forced_right: bool | None = None

    @property
    def cluster(self) -> str:
        """Cases about one document are dependent; a case about none stands alone."""
        return self.case.gold[0].document if self.case.gold else f"\0{self.case.id}"

    @property
    def passage(self) -> str:
        """Cases about one passage stand or fall together; a case about none stands alone."""
        if not self.case.gold:
            return self.cluster
        first = self.case.gold[0]
        return "\0".join((first.document, *sorted(first.terms)))


RECORD: TypeAdapter[Record] = TypeAdapter(Record)
