"""A text to take away, as lines of a few kinds, and the same as Markdown. Knows no page and no word processor. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

LineKind = Literal["title", "heading", "paragraph", "item", "quote", "source", "small"]

#: What Markdown, or HTML inside it, would read as syntax; a citation mark [1] reads as it stands.
_SYNTAX = re.compile(r"(\[\d+\](?![(:]))|([\\`*_<>|~#&!\[\]])")
_LEADING = re.compile(r"^(\s*)(?:([-+=])|(\d+)([.)]))")
_BEFORE: dict[LineKind, str] = {
    "title": "# ",
    "heading": "## ",
    "paragraph": "",
    "item": "- ",
    "quote": "> ",
    "source": "",
    "small": "",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text, and what it is in it. Breaks within it are kept; `notes` are footnotes at its end."""

    kind: LineKind
    text: str
    notes: tuple[str, ...] = ()


def as_markdown(lines: Iterable[Line]) -> str:
    """The text as Markdown that shows every character as it is and obeys none; equal footnotes are one."""
    numbers: dict[str, int] = {}
    parts = []
    for line in lines:
        if line.text.strip():
            marks = (f"[^{numbers.setdefault(note, len(numbers) + 1)}]" for note in line.notes)
            parts.append(_markdown(line) + "".join(marks))
    parts += [f"[^{number}]: {_inert(' '.join(note.split()))}" for note, number in numbers.items()]
    return "\n\n".join(parts) + "\n"


def _markdown(line: Line) -> str:
    before = _BEFORE[line.kind]
    parts = [_inert(part) for part in line.text.splitlines() if part.strip()]
    if line.kind in ("title", "heading"):
        return before + " ".join(parts)
    following = before if line.kind == "quote" else " " * len(before)
    return "  \n".join((following if number else before) + part for number, part in enumerate(parts))


def _inert(text: str) -> str:
    escaped = _SYNTAX.sub(lambda found: found[1] or "\\" + found[2], text.strip())
    return _LEADING.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}", escaped
    )
