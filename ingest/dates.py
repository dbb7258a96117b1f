"""Dates in running text, in both languages, in one normal form: era years, calendar dates, fiscal years.
Pure.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

#: Era -> its first day. The last day of an era is the day before the next one began.
ERAS: dict[str, date] = {
    "明治": date(1868, 1, 25),
    "大正": date(1912, 7, 30),
    "昭和": date(1926, 12, 25),
    "平成": date(1989, 1, 8),
    "令和": date(2019, 5, 1),
}
_LETTERS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
_LAST_YEAR = {"明治": 45, "大正": 15, "昭和": 64, "平成": 31}
_MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|"
        "september sept sep|october oct|november nov|december dec".split("|"),
        1,
    )
    for name in names.split()
}
_KANJI = {char: at for at, char in enumerate("〇一二三四五六七八九")} | {"零": 0}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written at ``text[start:end]``. Month and day are 0 where they are not given.

    With `fiscal`, `year` is the one in which the Japanese fiscal or academic year begins (April to March).
    """

    start: int
    end: int
    year: int
    month: int = 0
    day: int = 0
    fiscal: bool = False

    @property
    def iso(self) -> str:
        """ "2022-11-18", "2022-11", "2022" or "FY2022"."""
        if self.fiscal:
            return f"FY{self.year}"
        return "-".join([f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)])


_N = r"[0-9０-９]"
_JN = rf"(?:{_N}{{1,2}}|[一二三四五六七八九十〇]{{1,4}})"
_MD_JA = rf"(?:\s?(?P<m>{_JN})\s?月(?:\s?(?P<d>{_JN})\s?日)?)?"
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th)?"
#: Tried together at each place, longest match first. Groups: e era, y year, m month, d day, f fiscal.
_PATTERNS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<e>明治|大正|昭和|平成|令和)\s?(?P<y>元|{_JN}|[一二三四五六七八九十]{{1,3}})\s?年(?:(?P<f>度)|{_MD_JA})",
        rf"(?P<y>(?<!{_N}){_N}{{4}}|[一二][〇一二三四五六七八九]{{3}})\s?(?:[(（](?P<e>明治|大正|昭和|平成|令和)(?P<n>元|{_JN})[)）])?\s?年"
        rf"(?:\s?[(（](?P<e2>明治|大正|昭和|平成|令和)(?P<n2>元|{_JN})年?[)）])?(?:(?P<f>度)|{_MD_JA})",
        rf"(?<![A-Za-z])(?P<e>[MTSHR])(?P<y>{_N}{{1,2}})[./](?P<m>{_N}{{1,2}})[./](?P<d>{_N}{{1,2}})(?!{_N})",
        r"(?<![\dA-Za-z./-])(?P<y>(?:18|19|20)\d\d)(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d/-]|\.\d)",
        r"(?<![\d./-])(?P<y>(?:19|20)\d\d)[/-](?P<m>0[1-9]|1[0-2])(?![\d/-])",
        rf"(?<!\d){_DAY}\s(?:of\s)?(?P<w>{_NAMES})\.?,?\s(?P<y>\d{{4}})(?!\d)",
        rf"(?<![A-Za-z])(?P<w>{_NAMES})\.?\s{_DAY},?\s(?P<y>\d{{4}})(?!\d)",
        rf"(?<![A-Za-z])(?P<w>{_NAMES})\.?,?\s(?P<y>(?:18|19|20)\d\d)(?!\d)",
        r"(?<![A-Za-z])(?P<f>FY|AY|JFY)\s?(?P<y>(?:19|20)\d\d)(?!\d)",
        r"(?<![A-Za-z])(?P<f>(?:fiscal|academic)\s(?:year\s)?)(?P<y>(?:19|20)\d\d)(?!\d)",
        r"(?<![\d.,/:-])(?P<y>(?:19|20)\d\d)(?![\d/:年]|[.,-]\d|\s?(?:名|人|校|件|円|万|億|users|people|students))",
    )
)
#: What every date has one of: a text without is not read eleven times.
_YEAR = re.compile(rf"{_N}{{4}}|年|[MTSHR]{_N}", re.IGNORECASE)


@lru_cache(maxsize=4_096)
def find_dates(text: str) -> tuple[DateMention, ...]:
    """The dates of `text` in order, without overlaps; impossible ones (13月, 30 February, 昭和70年) are
    left out.
    """
    found: list[DateMention] = []
    taken = 0
    for match in sorted(_all(text), key=lambda one: (one.start(), -one.end())):
        if match.start() >= taken:
            taken = match.end()  # also of an impossible date: no part of it is another one
            mention = _mention(match)
            found += [mention] if mention else []
    return tuple(found)


def _all(text: str) -> Iterator[re.Match[str]]:
    if not _YEAR.search(text):
        return
    for pattern in _PATTERNS:
        yield from pattern.finditer(text)


def _mention(match: re.Match[str]) -> DateMention | None:
    groups = match.groupdict()
    era = groups.get("e") or ""
    fiscal = bool(groups.get("f"))
    month = _MONTHS.get((groups.get("w") or "").lower(), 0) or _number(groups.get("m"))
    day = _number(groups.get("d"))
    year = _number(groups["y"])
    if era and not groups.get("n"):
        year = _era_year(_LETTERS.get(era.upper(), era), year or 1, month, day, fiscal)
    if not _possible(year, month, day):
        return None
    return DateMention(match.start(), match.end(), year, month, day, fiscal)


def _number(value: str | None) -> int:
    """12, １２, 十二, 二〇二二 and 元 (1) as an int; 0 for nothing."""
    if not value:
        return 0
    value = unicodedata.normalize("NFKC", value)
    if value == "元":
        return 1
    if value.isdecimal():
        return int(value)
    if "十" in value:
        tens, _, ones = value.partition("十")
        return (_KANJI.get(tens, 1) if tens else 1) * 10 + (_KANJI.get(ones, 0) if ones else 0)
    return int("".join(str(_KANJI.get(char, 0)) for char in value))


def _era_year(era: str, year: int, month: int, day: int, fiscal: bool) -> int:
    """The calendar year of an era year; 0 where the era had no such day. A year alone may reach the era's
    last year.
    """
    western = ERAS[era].year + year - 1
    if year < 1 or year > _LAST_YEAR.get(era, 99):
        return 0
    if fiscal or not month:
        return western
    names = list(ERAS)
    after = names.index(era) + 1
    try:
        first = date(western, month, day or 1)
        last = date(western, month, day) if day else date(western + month // 12, month % 12 + 1, 1)
    except ValueError:
        return 0
    begun = last > ERAS[era] if not day else first >= ERAS[era]
    over = after < len(names) and first >= ERAS[names[after]]
    return western if begun and not over else 0


def _possible(year: int, month: int, day: int) -> bool:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return False
    return 1600 <= year <= 2200
