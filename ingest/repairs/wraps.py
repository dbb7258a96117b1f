"""Wrapped lines: joins a line that the page broke in the middle of a sentence, and only that.

A list mark, a heading, a table row or a date of a timeline begins something new and is never joined to what
stands before it. Otherwise the evidence decides: an unfinished phrase, a lower-case beginning, a bracket
still open, or a line so full that the next word did not fit. Japanese is joined without a space, Latin
words with one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.edits import Draft, Edit
from ingest.lines import (
    CAPTION,
    FINISHED,
    SENTENCE_END,
    ends_open,
    is_capitals,
    is_title_case,
    open_bracket,
    width,
)
from ingest.repairs.columns import BREAK_GAP, Line, read_lines

#: A line that fills this share of its column was broken because it was full (proportional fonts vary by a
#: tenth).
FULL = 0.85
#: Fewer columns than this are a label or a cell, not a full line.
NARROWEST = 16
#: No page sets lines wider than this; a longer one is a whole paragraph of a text that does not wrap.
WIDEST = 130
#: Lines this wide are running text rather than a slide's column.
PROSE = 60
#: At most this many lines are held together by a bracket that is still open.
BRACKET_LINES = 3
_CJK = re.compile("[\u2e80-\u303f\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]")
_KATAKANA = re.compile("[\u30a1-\u30ff]")
#: What cannot begin a Japanese phrase: small kana and marks, kana that only go on, a particle before a new
#: word.
_CONTINUES = re.compile(
    "[ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヶー々、。，．）」』】〉》！？をんれるりらろ]|[がのにとはもへでや](?=[^\u3041-\u3096])"
)
_ADDRESS = re.compile(r"\S*(?:@|://)")


@dataclass(frozen=True, slots=True)
class Seam:
    """The place between two lines. `head` is the first line of the block that `above` ends."""

    head: Line
    above: Line
    below: Line
    #: The line after `below`, if any.
    then: Line | None
    #: The closing bracket that the block still waits for.
    waiting: str

    @property
    def near(self) -> bool:
        """No blank line between the two."""
        return self.below.gap == 0

    @property
    def unfinished(self) -> bool:
        return not FINISHED.search(self.above.text)

    @property
    def open(self) -> bool:
        """Unfinished in a way that shows: on a comma, a particle, a small word."""
        return self.unfinished and ends_open(self.above.text)

    @property
    def lower(self) -> bool:
        return re.match(r"[(“‘'\"]*[a-z]|[/／&＆]", self.below.text) is not None

    @property
    def item(self) -> bool:
        """The block is a list item, so a line without a mark below it most likely belongs to it."""
        mark = self.head.mark
        return self.head.indent == " " if mark is None else mark.shape in ("bullet", "number", "note")

    @property
    def closes(self) -> bool:
        """`below` holds the bracket or quotation mark that the block waits for."""
        return bool(self.waiting) and self.waiting in self.below.text

    @property
    def scripts(self) -> tuple[bool, bool]:
        """Whether the last character above and the first below are Japanese."""
        return bool(_CJK.match(self.above.text[-1])), bool(_CJK.match(self.below.text[0]))

    @property
    def strictly_full(self) -> bool:
        """The first word of `below` would not have fitted at the end of `above`."""
        return self._fits(1.0)

    @property
    def full(self) -> bool:
        """The same with some tolerance, since letters differ in width."""
        return self._fits(FULL)

    def _fits(self, share: float) -> bool:
        room = self.above.narrow if self.item or self.scripts[1] else self.above.room
        return NARROWEST <= self.above.width <= WIDEST and self.above.width + self._need > share * room

    @property
    def _need(self) -> int:
        first = self.below.text[0]
        return width(first) if _CJK.match(first) else min(len(self.below.text.split()[0]) + 1, 15)


def _starts_anew(seam: Seam) -> bool:
    """`below` begins with a mark of its own; a dash or a label inside running text is none."""
    mark = seam.below.mark
    if mark is None:
        return False
    if seam.near and seam.closes and mark.style in ("・", "-", "–"):
        return False
    in_text = seam.near and seam.above.width >= PROSE and seam.full and seam.unfinished
    return not (
        in_text and (mark.style in ("-", "–", "I.") and seam.head.mark is None or mark.shape == "label")
    )


def _lost_bullet(seam: Seam) -> bool:
    """`below` is set in by one space, as lines are whose bullet got lost; text that goes on tells
    otherwise.
    """
    prose = seam.above.room >= PROSE and seam.full and not seam.item
    goes_on = seam.unfinished and (seam.lower or seam.open or seam.closes or prose)
    return seam.below.indent == " " and not goes_on


def _other_script(seam: Seam) -> bool:
    """One language ends and the other begins, as in a bilingual title."""
    above, below = seam.scripts
    whole_latin = not _CJK.search(seam.above.text) and len(seam.above.text.split()) >= 2
    particle = below and _CONTINUES.match(seam.below.text)
    switches = (above and seam.below.text[0].isalpha() and not below) or (below and whole_latin)
    return switches and not (seam.waiting or seam.open or particle)


def _case_of_titles(seam: Seam) -> bool:
    """Capitals beside small letters: INTRODUCTION and the text below it."""
    differ = is_capitals(seam.above.text) != is_capitals(seam.below.text)
    return differ and max(seam.above.width, seam.below.width) > NARROWEST and not (seam.open and seam.near)


def _katakana(seam: Seam) -> bool:
    """A katakana word goes over the line end."""
    return bool(_KATAKANA.match(seam.above.text[-1]) and _KATAKANA.match(seam.below.text[0]))


def _heads_a_list(seam: Seam) -> bool:
    """`below` stands right above a list: its heading, and not the rest of the item before it."""
    mark = seam.then.mark if seam.then is not None and seam.then.gap == 0 else None
    inside = seam.scripts == (True, True) and (_CONTINUES.match(seam.below.text) or _katakana(seam))
    goes_on = seam.lower or seam.open or (seam.above.trail and seam.strictly_full) or inside
    return not seam.near and mark is not None and mark.shape in ("bullet", "number") and not goes_on


#: One of these is enough to keep two lines apart.
APART: tuple[Callable[[Seam], bool], ...] = (
    lambda seam: seam.head.heading or seam.below.heading,
    lambda seam: 1 < seam.below.gap < BREAK_GAP,
    _starts_anew,
    _lost_bullet,
    _other_script,
    _case_of_titles,
    lambda seam: seam.head.mark is not None and seam.head.mark.shape in ("row", "tag"),
    lambda seam: seam.above.mark is not None and seam.above.mark.length == len(seam.above.text),
    lambda seam: bool(CAPTION.match(seam.below.text) or CAPTION.match(seam.above.text)),
    lambda seam: seam.above.caption and not (seam.lower or seam.open),
    lambda seam: seam.below.indent.startswith("\u3000") and not seam.unfinished,
    lambda seam: seam.above.text[-1] in "」』】" and not (seam.waiting or _CONTINUES.match(seam.below.text)),
    lambda seam: bool(_ADDRESS.match(seam.below.text) or _ADDRESS.match(seam.above.text.split()[-1])),
    _heads_a_list,
)


def _prose(seam: Seam) -> bool:
    """A full line of running text goes on below, whether a sentence ends with it or not."""
    title = is_title_case(seam.below.text) and not (seam.strictly_full and seam.unfinished)
    return seam.near and seam.full and seam.above.room >= PROSE and not title


def _rest_of_item(seam: Seam) -> bool:
    """The rest of a list item: the line above is full and the line below has no mark of its own."""
    own = not is_title_case(seam.below.text) or len(seam.below.text.split()) <= 4 or seam.strictly_full
    return seam.item and seam.near and seam.full and seam.unfinished and own


def _japanese_phrase(seam: Seam) -> bool:
    """Japanese broken inside a phrase: what is below cannot begin one, or what is above cannot end one."""
    above, below = seam.scripts
    if not above or not seam.unfinished or (seam.below.gap >= BREAK_GAP and not seam.full):
        return False
    return (below and seam.above.width >= NARROWEST and bool(_CONTINUES.match(seam.below.text))) or seam.open


def _japanese_word(seam: Seam) -> bool:
    """Japanese broken inside a word: nothing shows it but the full line, or katakana on both sides."""
    if seam.scripts != (True, True) or not seam.unfinished:
        return False
    if _katakana(seam) and seam.above.width >= NARROWEST + NARROWEST // 2 and (seam.near or seam.item):
        return True
    over_page = seam.below.gap >= BREAK_GAP and seam.head is not seam.above and not seam.item
    return seam.full and (seam.near or over_page or (seam.below.gap == 1 and seam.item))


#: Without one of APART, one of these joins two lines.
TOGETHER: tuple[Callable[[Seam], bool], ...] = (
    lambda seam: seam.lower and (seam.unfinished or (seam.near and seam.full)),
    lambda seam: seam.open and (seam.near or (seam.below.gap == 1 and seam.above.width >= NARROWEST)),
    lambda seam: seam.above.trail and seam.near and not SENTENCE_END.search(seam.above.text),
    lambda seam: (
        seam.above.trail
        and seam.unfinished
        and seam.strictly_full
        and (seam.item or seam.above.room >= PROSE)
    ),
    lambda seam: seam.closes and seam.below.gap <= 1,
    _prose,
    _rest_of_item,
    _japanese_phrase,
    _japanese_word,
)


def belongs(seam: Seam) -> bool:
    """Whether the line below continues the block above."""
    return not any(rule(seam) for rule in APART) and any(rule(seam) for rule in TOGETHER)


def join(draft: Draft) -> list[Edit]:
    """Joins wrapped lines: nothing between Japanese characters, one space between Latin words."""
    lines = read_lines(draft)
    edits: list[Edit] = []
    head = 0
    for number in range(1, len(lines)):
        above, below = lines[number - 1], lines[number]
        opened = open_bracket(draft.text[lines[max(head, number - BRACKET_LINES)].start : above.end])
        then = lines[number + 1] if number + 1 < len(lines) else None
        if belongs(Seam(lines[head], above, below, then, opened)):
            tight = _CJK.match(above.text[-1]) or _CJK.match(below.text[0])
            edits.append(Edit(above.end, below.start, "" if tight else " "))
        else:
            head = number
    return edits
