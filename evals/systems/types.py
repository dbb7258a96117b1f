"""The one shape that every measured system is put into."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.types import Turn
from evals.metrics.answers import TextOf
from evals.metrics.citations import Judge
from evals.records import Reply
from evals.relevance import LibraryText

#: (question, earlier turns) -> reply. The earlier turns carry what the same system answered to them.
Ask = Callable[[str, tuple[Turn, ...]], Reply]


@dataclass(frozen=True, slots=True)
class System:
    """A system over one library, and what its replies are judged with.

    `forced` answers although the system would decline, which shows what its score of certainty is worth; it is
    None for a system that never declines.
    """

    name: str
    ask: Ask
    library: Sequence[LibraryText]
    judge: Judge
    text_of: TextOf
    forced: Ask | None = None
