"""Pages as read -> clean text: the table of repairs, and the map back to what was read.

Each step is a pure function that looks at the text and answers with edits; `ingest.edits.apply` carries
them out and keeps the map, so that every cleaned character still knows its place in the raw text. A new
kind of damage is one function in `ingest/repairs/` and one entry in STEPS.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.edits import IDENTITY, Draft, Step, apply, first_at_or_after
from ingest.repairs import characters, doubled, furniture, hyphens, markup, notes, spaces, wraps
from ingest.types import OffsetMap, Page, PageSpan

#: In this order: doubled glyphs before widths are folded (：： is evidence, :: is not), page furniture
#: before lines are joined across it, marks of notes while notes still stand on lines of their own, hyphens
#: before the lines.
STEPS: tuple[tuple[str, Step], ...] = (
    ("line ends", characters.line_ends),
    ("invisible characters", characters.invisible),
    ("doubled glyphs", doubled.halve),
    ("character forms", characters.forms),
    ("emphasis marks", markup.emphasis),
    ("running heads", furniture.running_heads),
    ("page numbers", furniture.page_numbers),
    ("note marks", notes.marks),
    ("divided words", hyphens.divided),
    ("lost hyphens", hyphens.lost),
    ("wrapped lines", wraps.join),
)
#: Afterwards; breaks between pages and slides are taken down before these remove them.
LAST_STEPS: tuple[tuple[str, Step], ...] = (("white space", spaces.tidy), ("inner spaces", spaces.tighten))


#: Between two pages: a form feed on a line of its own, so that the first and last lines of pages are lines.
PAGE_END = f"\n{furniture.BREAK}\n"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A repaired text with everything that is known about its places. All offsets but the map's are into
    `text`.
    """

    text: str
    raw: str
    offsets: OffsetMap
    pages: tuple[PageSpan, ...]
    #: Lines that the format marks as headings: (line start, level 1-6).
    headings: tuple[tuple[int, int], ...]
    #: Where a page or slide begins, also where only a page number or two blank lines told so.
    breaks: tuple[int, ...]
    #: Characters that the readers left out as hidden.
    hidden: int = 0


def clean(pages: Sequence[Page]) -> Cleaned:
    """The repaired text of `pages`. Pure; never fails on any text."""
    draft, page_starts = _joined(pages)
    raw = draft.text
    for _, step in STEPS:
        draft = apply(draft, step(draft))
    raw_breaks = [draft.offsets.raw(at) for at in spaces.break_offsets(draft.text)]
    for _, step in LAST_STEPS:
        draft = apply(draft, step(draft))
    breaks = {first_at_or_after(draft.offsets, at, len(draft.text)) for at in raw_breaks}
    return Cleaned(
        draft.text,
        raw,
        draft.offsets,
        _spans(draft, [page.number for page in pages], page_starts),
        tuple(sorted(draft.heading_starts().items())),
        tuple(sorted(breaks - {len(draft.text)})),
        sum(page.hidden for page in pages),
    )


def _joined(pages: Sequence[Page]) -> tuple[Draft, list[int]]:
    """All pages as one raw text with a page end between them, and where each page starts in it."""
    texts: list[str] = []
    starts: list[int] = []
    headings: list[tuple[int, int, int]] = []
    at = 0
    for page in pages:
        text = page.text.replace(furniture.BREAK, "\n")
        for start, level in page.headings:
            end = text.find("\n", start)
            headings.append((at + start, at + (len(text) if end < 0 else end), level))
        texts.append(text)
        starts.append(at)
        at += len(text) + len(PAGE_END)
    return Draft(PAGE_END.join(texts), IDENTITY, tuple(headings)), starts


def _spans(draft: Draft, numbers: Sequence[int], raw_starts: Sequence[int]) -> tuple[PageSpan, ...]:
    """The part of the cleaned text that each page gave; together they cover it without gaps."""
    length = len(draft.text)
    starts = [first_at_or_after(draft.offsets, start, length) for start in raw_starts]
    ends = [*starts[1:], length]
    return tuple(PageSpan(*span) for span in zip(numbers, starts, ends, strict=True))
