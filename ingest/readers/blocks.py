"""Collects the blocks that a marked-up format gives into one page: a line each, headings noted by offset."""

from dataclasses import dataclass, field

from ingest.types import Page


@dataclass(slots=True)
class PageBuilder:
    """Lines of one page in order. Blocks are set off by a blank line, items and rows of one list are not."""

    number: int = 0
    _parts: list[str] = field(default_factory=list)
    _headings: list[tuple[int, int]] = field(default_factory=list)
    _length: int = 0
    _last: str = ""
    #: Characters left out as hidden, which the health check reports.
    hidden: int = 0

    def add(self, text: str, kind: str = "paragraph", level: int = 0) -> None:
        """Adds one block, its white space collapsed; an empty one is left out. `level` 1-6 makes it a
        heading.
        """
        lines = [line for line in (" ".join(part.split()) for part in text.split("\n")) if line]
        if not lines:
            return
        if self._parts:
            self._put("\n" if kind == self._last and kind in ("item", "row") else "\n\n")
        if level:
            lines = [" ".join(lines)]
            self._headings.append((self._length, min(level, 6)))
        self._put("\n".join(lines))
        self._last = kind

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def page(self) -> Page:
        return Page(self.number, "".join(self._parts), tuple(self._headings), self.hidden)
