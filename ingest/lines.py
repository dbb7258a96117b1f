"""What the beginning and the shape of a line say: list mark, number, date, time, table row. Pure, one line
at a time.

Used by the repair that joins wrapped lines (which lines begin something new?) and by the outline (what is
it?).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Shape = Literal["bullet", "number", "label", "time", "date", "note", "tag", "row"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line begins with. Lines with equal `style` belong to one list or one level of headings."""

    shape: Shape
    style: str
    #: Length of the mark with the space after it.
    length: int
    #: The mark's number, 1 for a) and ア too; 0 where it has none.
    number: int = 0


_KANJI_NUMBER = "[0-9一二三四五六七八九十百]+"
_NAMES_EN = "Case|Chapter|Section|Part|Article|Appendix|Annex|Principle|Phase|Step|Theme"
_NAMES_JA = "事例|ケース|原則|別紙|別添|付録|参考|資料"

#: (shape, style, pattern). The first that matches at the start of a line wins. A group `n` holds the number.
_PATTERNS: tuple[tuple[Shape, str, str], ...] = (
    ("label", "第章", rf"第\s?(?P<n>{_KANJI_NUMBER})\s?[章編部][ \u3000:：．.]*"),
    ("label", "第節", rf"第\s?(?P<n>{_KANJI_NUMBER})\s?[節款][ \u3000:：．.]*"),
    ("label", "第条", rf"第\s?(?P<n>{_KANJI_NUMBER})\s?条(?:の{_KANJI_NUMBER})?(?![をにがは、。])[ \u3000]*"),
    ("label", "word", rf"(?:{_NAMES_EN})\s(?P<n>\d{{1,2}}|[A-Z]|[IVX]{{1,4}})\s?[:：.．–—-]\s?(?=\S)"),
    ("label", "word", rf"(?:{_NAMES_JA})\s?(?P<n>\d{{1,2}}|[一二三四五六七八九十])[ \u3000:：．.]\s*(?=\S)"),
    ("time", "time", r"\d{1,2}[:：][0-5]\d(?:\s*[-–—~〜～]\s*\d{1,2}[:：][0-5]\d)?(?=\s|[^\d:：])\s*"),
    ("number", "1.1", r"(?P<n>\d{1,2}(?:[.．]\d{1,2}){1,3})[.．]?(?=[ \u3000])[ \u3000]+(?=[^\d%])"),
    ("number", "1-1", r"(?P<n>\d{1,2}[-－]\d{1,2})[.．]?[ \u3000]+(?=[^\d%])"),
    ("number", "1.", r"[•・]?(?P<n>\d{1,2})[.．](?!\d)[ \u3000]*(?=\S)"),
    ("number", "1)", r"(?P<n>\d{1,2})[)）][ \u3000]*(?=\S)"),
    ("number", "(1)", r"[(（](?P<n>\d{1,2})[)）][ \u3000]*(?=\S)"),
    ("number", "①", r"(?P<n>[①-⑳㉑-㉟㊱-㊿❶-❿➀-➓])[ \u3000]*(?=\S)"),
    ("number", "(a)", r"[(（](?P<n>[a-z])[)）][ \u3000]+(?=\S)"),
    ("number", "a)", r"(?P<n>[a-z])[)）][ \u3000]+(?=\S)"),
    ("number", "a.", r"(?P<n>[a-hA-H])[.．][ \u3000]+(?=\S)"),
    ("number", "I.", r"(?P<n>[IVX]{1,5}|[Ⅰ-Ⅻ])(?:[.．][ \u3000]*|[ \u3000]+)(?=[^\W\d_])"),
    ("number", "(ア)", r"[(（](?P<n>[ア-ン])[)）][ \u3000]*(?=\S)"),
    ("number", "ア", r"(?P<n>[アイウエオカキクケコ])(?:[．.][ \u3000]*|\u3000)(?=\S)"),
    ("tag", "〈〉", r"[＜<〈《【［](?=[^＞>〉》】］]{1,40}[＞>〉》】］]\s*$)"),
    ("note", "※", r"[※＊*†‡]\s?\d{0,2}[ \u3000]*(?=[^\s*])"),
    ("bullet", "★", r"[★☆][ \u3000]*(?=\S)"),
    ("bullet", "○", r"[○◯〇◎](?=\s*[^\s\d])[ \u3000]*"),
    ("bullet", "■", r"[■□◆◇▼▲△▽][ \u3000]*(?=\S)"),
    ("bullet", "⚫", r"[⚫●⬤⚪][ \u3000]*(?=\S)"),
    ("bullet", "•", r"[•▪▫‣⁃∙◦▶►▸➢➤➔✓✔☑][ \u3000]*(?=\S)"),
    ("bullet", "・", r"[・･·](?=\S)[ \u3000]*"),
    ("bullet", "–", r"[–—―ー][ \u3000]+(?=\S)"),
    ("bullet", "-", r"[-−‐+][ \u3000]+(?=\S)"),
    ("bullet", "→", r"[→⇒➡⇨][ \u3000]*(?=\S)"),
    ("row", "row", r"(?=.*\S \| \S?)"),
)
MARKS = tuple((shape, style, re.compile(pattern)) for shape, style, pattern in _PATTERNS)

_ERA = "明治|大正|昭和|平成|令和"
_MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATE_JA = (
    rf"(?:(?:{_ERA})\s?(?:元|\d{{1,2}})年(?:度)?|\d{{4}}年(?:度)?)"
    r"(?:\s?\d{1,2}月)?(?:\s?\d{1,2}日)?(?:[(（].[)）])?"
)
_DATE_EN = rf"(?:\d{{1,2}} )?(?:{_MONTH})[a-z]*\.? (?:\d{{1,2}}, )?\d{{4}}"
_DATE_NUMBERS = r"\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|(?:FY|AY)?\s?(?:19|20)\d\d"
_DATE = f"{_DATE_JA}|{_DATE_EN}|{_DATE_NUMBERS}"
#: A line that is only a date, as in a timeline, or a date set off from the event after it.
DATE_LINE = re.compile(rf"(?:{_DATE})(?:\s*[-–—~〜～]\s*(?:{_DATE})?)?\s*[:：]?\s*$")
DATE_ENTRY = re.compile(rf"(?:{_DATE})(?:\s*[:：\u3000]\s*|\s+[-–—]\s+|[ ]{{2,}})(?=\S)")
#: A figure's or table's caption line without its text.
CAPTION = re.compile(r"(?:Figure|Fig\.|Table|Chart|Box|図表?|表)\s?\d{1,3}(?:[-.]\d{1,2})?\s*[:：.．]?\s*$")
#: The last character of a finished sentence, closing brackets and quotation marks aside.
FINISHED = re.compile("[。！？!?．.;；:：][」』）)】〉》”’\"'*]*$")
SENTENCE_END = re.compile("[。！？!?．.][」』）)】〉》”’\"'*]*$")


@lru_cache(maxsize=8_192)
def mark_of(line: str) -> Mark | None:
    """The mark that a stripped line begins with, or None. Dates count only where they stand alone or set
    off.
    """
    if DATE_LINE.match(line):
        return Mark("date", "date", len(line))
    if entry := DATE_ENTRY.match(line):
        return Mark("date", "date", entry.end())
    for shape, style, pattern in MARKS:
        if match := pattern.match(line):
            value = match["n"] if "n" in pattern.groupindex else ""
            return Mark(shape, style, match.end(), _number(value))
    return None


_KANJI_DIGITS = {char: at for at, char in enumerate("〇一二三四五六七八九十")}


def _number(value: str) -> int:
    """The value of a list number: 3, ③, c, ウ, 三 and 2.3 (its last part) are 3; 0 for anything else."""
    folded = unicodedata.normalize("NFKC", value)
    last = re.split(r"[.．－-]", folded)[-1]
    if last.isdecimal():
        return int(last)
    if len(folded) != 1:
        return 0
    if folded in _KANJI_DIGITS:
        return _KANJI_DIGITS[folded]
    order = "abcdefghijklmnopqrstuvwxyz" if folded.isascii() else "アイウエオカキクケコサシスセソタチツテト"
    return order.find(folded.lower()) + 1


def width(line: str) -> int:
    """Columns that a line takes: wide characters count two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


_SMALL_WORDS = frozenset(
    "a an the and or but nor of in on at to for from by with as is are be that this its into over "
    "under via per between among within upon about than towards through using".split()
)


def is_title_case(line: str) -> bool:
    """Whether an English line is set as a title: nearly every word of weight begins with a capital or
    digit.
    """
    words = [word for word in re.findall(r"[A-Za-z0-9][\w’'-]*", line) if word.lower() not in _SMALL_WORDS]
    return len(words) >= 2 and sum(not word[0].islower() for word in words) >= 0.8 * len(words)


def is_capitals(line: str) -> bool:
    """Whether a line is set in capitals: INTRODUCTION, but not an abbreviation such as RU11 or MIRAI."""
    letters = re.findall(r"[^\W\d_]", line)
    return len(letters) >= 7 and all(letter.isupper() for letter in letters)


def ends_open(line: str) -> bool:
    """Whether a line ends in the middle of a phrase: on a comma, a particle, a small word or an open
    bracket.
    """
    if re.search(
        "[、，,&＆/／「『（(“‘・]$|[をのがはにとへでもや]$|(?:及び|並びに|又は|かつ|から|より|ため、)$", line
    ):
        return True
    last = re.search(r"(?<![A-Za-z])([A-Za-z]{1,9})$", line[-12:])
    return last is not None and last[1].lower() in _SMALL_WORDS and not last[1].isupper()


def open_bracket(line: str) -> str:
    """The closing bracket or quotation mark that a line still waits for; empty when all are closed."""
    pairs = dict(zip("「『（(“【", "」』）)”】", strict=True))
    waiting: list[str] = []
    for char in unicodedata.normalize("NFC", line):
        if char in pairs:
            waiting.append(pairs[char])
        elif waiting and char == waiting[-1] or (char in ")）" and waiting and waiting[-1] in ")）"):
            waiting.pop()
    return waiting[-1] if waiting else ""
