"""What a member of staff has open in the page, and what they are editing. Values of one browser window."""

import re
from dataclasses import dataclass

from bot.desk.file import File
from bot.desk.letter import Letter, lines
from bot.store.tickets import NoTicket


@dataclass(frozen=True)
class Work:
    """The ticket that a member of staff has open, as it was read, with its letter."""

    file: File | None = None
    letter: Letter | None = None

    @property
    def mark(self) -> tuple[int, int]:
        """Number and version: what an edit is an edit of."""
        return (self.file.ticket.number, self.file.ticket.version) if self.file else (0, 0)


@dataclass(frozen=True)
class Edit:
    """The letter as it is being edited, and what it is an edit of: it is nothing to another ticket or version."""

    mark: tuple[int, int] = (0, 0)
    letter: Letter | None = None


def number_of(work: Work) -> int:
    """The number of the open ticket. Raises NoTicket."""
    if work.file is None:
        raise NoTicket("no ticket is open")
    return work.file.ticket.number


def text_of(letter: Letter | None) -> str:
    """The lines of a letter, none for none."""
    return lines(letter) if letter else ""


#: White space beside a mark, which is no difference.
_BESIDE = re.compile(r"\s+(?=\[)|(?<=\])\s+")


def same_lines(one: str, other: str) -> bool:
    """Whether two texts of a draft have the same sentences and marks."""
    return _tidy(one) == _tidy(other)


def _tidy(text: str) -> list[str]:
    return [_BESIDE.sub("", line.strip()) for line in (text or "").splitlines() if line.strip()]
