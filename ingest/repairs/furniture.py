"""Page furniture: page numbers, running heads and running feet. A form feed stands where a page or slide
ends.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.edits import Draft, Edit

BREAK = "\f"
#: A line that is nothing but a number, as page numbers are set: 7, - 7 -, ７, Page 7, p. 7, 7 / 12, 7 of
#: 12, 7ページ.
LONE_NUMBER = re.compile(
    r"(?im)^[ \t\u3000]*(?P<frame>[-–—‐] *)?(?:page *|p\.? *)?(?P<number>\d{1,3})"
    r"(?P<total> *(?:/|of) *\d{1,3})?(?(frame) *[-–—‐]) *(?:ページ|頁)?[ \t\u3000]*$"
)
LINE = re.compile(r"(?m)^.*\S.*$")
#: Two or more blank lines: extractors leave them where a slide or page ends.
HARD_BREAK = re.compile(r"\n[ \t\u3000]*\n[ \t\u3000]*\n|\f")
#: Text between two page numbers; numbers that stand closer are cells of a table, not pages (shortest real
#: slide: 64).
PAGE_TEXT = 40
#: So many lone numbers, far apart, are page numbers even where the text does not know its pages.
ENOUGH_NUMBERS = 3
#: A running head stands on at least this many pages, and on this share of them.
HEAD_PAGES, HEAD_SHARE = 3, 0.4
#: Lines at the top and at the bottom of a page that may be running heads and feet; longer ones are text.
EDGE_LINES, HEAD_LENGTH = 2, 100


@dataclass(frozen=True, slots=True)
class _Number:
    """A line that is only a number: where, its value, and the page (from 0) it stands on."""

    start: int
    end: int
    value: int
    page: int
    #: Written as a page number and nothing else: - 7 -, Page 7, 7/12.
    framed: bool


def _numbers(text: str) -> tuple[_Number, ...]:
    found = []
    page = at = 0
    for match in LONE_NUMBER.finditer(text):
        page, at = page + text.count(BREAK, at, match.start()), match.start()
        framed = match[0].strip() != match["number"]
        found.append(_Number(*match.span(), int(match["number"]), page, framed))
    return tuple(found)


def _by_page(numbers: Sequence[_Number], edges: set[int]) -> Iterator[_Number]:
    """Numbers at the edge of a page that grow with the pages."""
    at_edge = [number for number in numbers if number.start in edges]
    shifts = Counter(number.value - number.page for number in at_edge)
    for number in at_edge:
        shift = number.value - number.page
        if shifts[shift] >= 2 or shift == 1 or number.framed:
            yield number


def _by_distance(text: str, numbers: Sequence[_Number]) -> Iterator[_Number]:
    """Numbers that stand alone, far from each other, in a text that does not know its pages."""
    ends = [0, *(number.end for number in numbers)]
    starts = [*(number.start for number in numbers), len(text)]
    gaps = [
        len("".join(text[end:start].split())) for end, start in zip(ends, starts, strict=True)
    ]  # gaps[i] before number i, gaps[i + 1] after it
    alone = [
        number
        for at, number in enumerate(numbers)
        if (gaps[at] >= PAGE_TEXT or at == 0)
        and (gaps[at + 1] >= PAGE_TEXT or at == len(numbers) - 1)
        and _blank_beside(text, number)
    ]
    if len({number.value for number in alone}) >= ENOUGH_NUMBERS:
        yield from alone
        return
    pages, at = 1, 0
    for number in alone:
        pages, at = pages + len(HARD_BREAK.findall(text, at, number.start)), number.start
        if number.framed or (pages > 1 and number.value == pages):
            yield number


def _blank_beside(text: str, number: _Number) -> bool:
    """Whether a blank line, a break or an end of the text stands before or after the number's line."""
    before, after = text[max(0, number.start - 3) : number.start], text[number.end : number.end + 3]
    return (
        "\n\n" in before or "\n\n" in after or BREAK in before + after or not before or not after.strip("\n")
    )


def _edge_lines(text: str) -> list[tuple[int, re.Match[str]]]:
    """(page, line) for the first and last lines of each page."""
    found = []
    start = 0
    for page, part in enumerate(text.split(BREAK)):
        lines = list(LINE.finditer(text, start, start + len(part)))
        chosen = lines if len(lines) <= 2 * EDGE_LINES else lines[:EDGE_LINES] + lines[-EDGE_LINES:]
        found += [(page, line) for line in chosen]
        start += len(part) + 1
    return found


def page_numbers(draft: Draft) -> list[Edit]:
    """Replaces each page number by a form feed, so that later repairs see that a page or slide ended."""
    text = draft.text
    numbers = _numbers(text)
    edges = {line.start() for _, line in _edge_lines(text)} if BREAK in text else set()
    chosen = {*_by_page(numbers, edges), *_by_distance(text, numbers)}
    return sorted(Edit(number.start, number.end, BREAK) for number in chosen)


def _shape(line: str) -> str:
    """A line without its spaces and with its numbers alike, so that running heads of different pages are
    equal.
    """
    return re.sub(r"\d+", "#", "".join(line.split()))


def running_heads(draft: Draft) -> list[Edit]:
    """Removes lines that repeat at the edges of pages, and feet of two pages set side by side."""
    text, fixed = draft.text, draft.heading_starts()
    edges = [(page, line) for page, line in _edge_lines(text) if len(line[0]) <= HEAD_LENGTH]
    pages = text.count(BREAK) + 1
    seen = Counter(shape for shape, _ in {(_shape(line[0]), page) for page, line in edges})
    repeated = {
        line.span()
        for _, line in edges
        if seen[_shape(line[0])] >= max(HEAD_PAGES, HEAD_SHARE * pages) and line.start() not in fixed
    }
    return sorted(Edit(*span, "") for span in {*repeated, *_twin_feet(text)})


def _twin_feet(text: str) -> Iterator[tuple[int, int]]:
    """Lines such as "12 Name of the event 13 Name of the event": one foot twice, each with a page number."""
    for line in re.finditer(r"(?m)^[ \t]*(\d{1,3}) ?(\S.{5,80}?) +(\d{1,3}?) ?\2[ \t]*$", text):
        if int(line[3]) - int(line[1]) == 1:
            yield line.span()
