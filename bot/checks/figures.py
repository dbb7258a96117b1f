"""Reads the figures of a text with their values and units: 312,214, 30万, 三百人, twenty-four,
two-thirds, 7割, 第2.

Works on the compared form (see `text.normal`), so widths are already one. Knows no date and compares
nothing.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it stands in a text: `text[start:end]`, its value, and its unit ("" where it has none
    known).
    """

    value: Fraction
    unit: str
    start: int
    end: int
    surface: str


_SCALES = {
    "十": 10, "百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12,
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
_DIGITS = dict(zip("〇一二三四五六七八九", range(10), strict=True))
_SMALL = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen"
        " seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
_TENS = dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)
_ORDINALS = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
        " fourteenth"
        " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        range(1, 21),
        strict=True,
    )
)
_MONTHS = (
    "january february march april may june july august september october november december".split()
)  # fmt: skip
_MONTH = re.compile(
    rf"\b(?P<name>{'|'.join(m.title() for m in _MONTHS if m != 'may')}|(?<=\bin )May" rf"|May(?= \d))\b"
)
_PARTS = {
    "half": (1, 2),
    "third": (1, 3),
    "quarter": (1, 4),
    "fourth": (1, 4),
    "fifth": (1, 5),
    "tenth": (1, 10),
}
_MULTIPLES = {
    "twice": 2,
    "double": 2,
    "doubled": 2,
    "doubling": 2,
    "twofold": 2,
    "triple": 3,
    "tripled": 3,
    "dozen": 12,
}

#: Unit -> its spellings after a number, in both languages.
_UNITS = {
    "%": r"%|percent\w*|per cent|パーセント|ポイント",
    "person": r"(?:人|名)(?!文|間|口|材|工|格|称)|people|persons?|students?|researchers?"
    r"|members?|participants?",
    "year": r"か年|カ年|年間|年(?![度代生])|years?|-year",
    "fiscal": r"年度",
    "decade": r"年代|s\b",
    "month": r"か月|カ月|ヶ月|ヵ月|箇月|月|months?|-month",
    "week": r"週間?|weeks?|-week",
    "day": r"日間?|days?|-day",
    "hour": r"時間|hours?",
    "minute": r"分(?!の|野|析|類|担)|minutes?",
    "yen": r"円|yen|JPY",
    "dollar": r"ドル|dollars?|USD",
    "euro": r"ユーロ|euros?",
    "country": r"か国|カ国|ヶ国|ヵ国|箇国|countries|nations",
    "university": r"大学|校|universities",
    "case": r"件|cases?",
    "company": r"社|companies|firms",
    "times": r"倍|times|-fold",
    "occasion": r"回(?!答)|度(?=[目、に])",
    "institution": r"機関|institutions?|HEIs",
    "program": r"プログラム|programs?|programmes?",
    "project": r"プロジェクト|projects?",
    "credit": r"単位|credits?",
    "age": r"歳|years? old|-year-old",
    "km": r"km|キロ(?:メートル)?|kilomet\w+",
    "language": r"言語|か国語|languages",
}  # fmt: skip
_UNIT = re.compile("|".join(rf"(?P<u{n}>{pattern})" for n, pattern in enumerate(_UNITS.values())))
_UNIT_NAMES = tuple(_UNITS)

_COUNTERS = (
    "人|名|年|か|カ|ヶ|箇|ヵ|月|日|件|校|大学|割|円|ドル|回|度|%|つ|種|点|項|章|条|号|機関|社|歳|倍|週|時|言語|国|段階"
    "|言|本|冊|台|名|分の|拠点|事例|分野|原則|類型|課題|地域|公|委員|団体|プロ|パー|世紀|者|単位|期|次|位|都市|学部|組"
)
_KANJI = re.compile(
    rf"(?<![一-鿿])第?(?P<kanji>[〇一二三四五六七八九][〇一二三四五六七八九十百千万億兆]*"
    rf"|[十百千][〇一二三四五六七八九十百千万億兆]*)(?={_COUNTERS})"
)
_NOT_KANJI = re.compile(
    r"一人ひとり|一人一人|一度|一日も|一部|一定|一点|一体|一方|一般|一層|十分|千葉|三重"
    r"|四国|九州|一つひとつ|一国|万一|一種|一本化|一次|一期一会|一連|一時|一位|一者|一公"
    r"|一校一|第三者|第三国"
)
_DIGIT = re.compile(
    r"(?<![A-Za-z\d.])(?P<plain>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<rest>(?:[十百千万億兆](?:\d[\d,]*(?:\.\d+)?)?)*)(?P<scale> ?(?:hundred|thousand"
    r"|million|billion|trillion)\b)?"
)
_SMALL_OR_TEN = "|".join(sorted((*_SMALL, *_TENS), key=len, reverse=True))
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_WORD = re.compile(
    rf"\b(?P<words>(?:{_SMALL_OR_TEN})(?:(?:[ -]| and )(?:{_SMALL_OR_TEN}|hundred|thousand"
    rf"|million|billion))*)\b"
    rf"(?P<part>[- ](?:third|quarter|fourth|fifth|tenth)s?\b)?",
    re.I,
)
_ORDINAL_WORD = re.compile(rf"\b(?:(?P<tens>{'|'.join(_TENS)})-)?(?P<ordinal>{_ORDINAL})\b", re.I)
_LOOSE = re.compile(
    rf"\b(?:(?P<part>half|halv(?:e|es|ed|ing)|quarter)|(?P<multiple>{'|'.join(_MULTIPLES)}))\b"
    rf"|\b(?P<once>once)(?=[.,;)]|$| (?:an?|per|every|only)\b)|(?P<ja_half>(?<!過)半数|半分|半額|半減)|(?P<zero>ゼロ(?!から))|\ba (?P<of>third|quarter|fifth|tenth)(?= of\b)",
    re.I,
)
_JA_PART = re.compile(r"(?P<below>\d+|[二三四五六七八九十])分の(?P<above>\d+|[一二三四五六七八九十])")
_IDIOM = re.compile(
    r"\bone another\b|\bno one\b|\b(?:on )?(?:the )?one hand\b|\bone's\b|\bat one\b"
    r"|\bone(?= (?:should|must|can|could|may)\b)"
    r"|\bone of\b|\b(?:on the )?second hand\b|\bfirst of all\b|\bat first\b"
    r"|\bthird part(?:y|ies)\b|\bthe one\b|\bone-way\b|\bsecond-tier\b",
    re.I,
)


def _kanji_value(run: str) -> Fraction:
    total = section = digit = 0
    seen = False
    for char in run:
        if char in _DIGITS:
            digit = digit * 10 + _DIGITS[char] if seen else _DIGITS[char]
            seen = True
        elif _SCALES[char] < 10**4:
            section, digit, seen = section + (digit if seen else 1) * _SCALES[char], 0, False
        else:
            total, section, digit, seen = total + (section + digit or 1) * _SCALES[char], 0, 0, False
    return Fraction(total + section + digit)


def _digit_value(match: re.Match[str]) -> Fraction:
    value = Fraction(match["plain"].replace(",", ""))
    total = Fraction(0)
    for scale, more in re.findall(r"([十百千万億兆])(\d[\d,]*(?:\.\d+)?)?", match["rest"]):
        total, value = total + value * _SCALES[scale], Fraction((more or "0").replace(",", ""))
    return (total + value) * _SCALES.get((match["scale"] or "").strip(), 1)


def _word_value(run: str) -> Fraction:
    total = section = 0
    for word in re.split(r"[ -]+", run.lower()):
        if word in _SMALL or word in _TENS:
            section += _SMALL.get(word, 0) + _TENS.get(word, 0)
        elif word == "hundred":
            section *= 100
        elif word in _SCALES:
            total, section = total + section * _SCALES[word], 0
    return Fraction(total + section)


def _unit(text: str, end: int) -> tuple[str, int]:
    """The unit that stands at `end`, and where it ends. One word may stand between an English number and
    its unit.
    """
    spaced = end + (text[end : end + 1] == " ")
    match = _UNIT.match(text, spaced)
    if match is None:
        return "", end
    return _UNIT_NAMES[int(str(match.lastgroup)[1:])], match.end()


def _figure(text: str, value: Fraction, start: int, end: int) -> Figure:
    unit, stop = _unit(text, end)
    if text[end : end + 1] == "割" and text[end : end + 2] not in ("割合", "割り"):
        return Figure(value * 10, "%", start, end + 1, text[start : end + 1])
    if text[max(start - 1, 0)] == "第":
        unit = "ordinal"
    if re.match(r"(?:st|nd|rd|th)\b", text[end : end + 3]):
        unit, stop = "ordinal", end + 2
    if text[max(start - 1, 0)] in "$" and start:
        unit = "dollar"
    return Figure(value, unit, start, end, text[start:stop])


def _written(text: str) -> list[Figure]:
    found: list[Figure] = []
    for match in _WORD.finditer(text):
        value = _word_value(match["words"])
        part = (match["part"] or "").strip(" -").removesuffix("s").lower()
        if part:
            top, bottom = _PARTS[part]
            found.append(
                Figure(value * Fraction(top, bottom), "part", match.start(), match.end(), match.group())
            )
        elif text[match.end() : match.end() + 7].strip("- ").split(" ")[0] not in _ORDINALS:
            found.append(_figure(text, value, match.start(), match.end()))
    for match in _ORDINAL_WORD.finditer(text):
        value = Fraction(_TENS.get((match["tens"] or "").lower(), 0) + _ORDINALS[match["ordinal"].lower()])
        found.append(Figure(value, "ordinal", match.start(), match.end(), match.group()))
    return found


def _months(text: str) -> list[Figure]:
    """Names of months; May only where a preposition or a number shows that it is one."""
    return [
        Figure(
            Fraction(_MONTHS.index(m["name"].lower()) + 1), "month", m.start("name"), m.end("name"), m["name"]
        )
        for m in _MONTH.finditer(text)
    ]


def _loose(text: str) -> list[Figure]:
    found: list[Figure] = []
    for match in _LOOSE.finditer(text):
        if match["once"]:
            value, unit = Fraction(1), "times"
        elif match["zero"]:
            value, unit = Fraction(0), ""
        elif match["of"]:
            value, unit = Fraction(*_PARTS[match["of"].lower()]), "part"
        elif match["multiple"]:
            value, unit = Fraction(_MULTIPLES[match["multiple"].lower()]), "times"
        elif match["ja_half"] or match["part"].lower().startswith("hal"):
            value, unit = Fraction(1, 2), "part"
        else:
            value, unit = Fraction(1, 4), "part"
        found.append(Figure(value, unit, match.start(), match.end(), match.group()))
    return found


def _fractions(text: str) -> list[Figure]:
    """3分の2, 三分の一."""
    found: list[Figure] = []
    for match in _JA_PART.finditer(text):
        below, above = (
            Fraction(part) if part.isascii() else _kanji_value(part) for part in match.group("below", "above")
        )
        if below:
            found.append(Figure(above / below, "part", match.start(), match.end(), match.group()))
    return found


@lru_cache(maxsize=4_096)
def find_figures(text: str) -> tuple[Figure, ...]:
    """Every figure of `text` by place, overlapping readings left out. Linear in the length of `text`."""
    idioms = [match.span() for match in (*_IDIOM.finditer(text), *_NOT_KANJI.finditer(text))]
    found = [_figure(text, _digit_value(m), m.start(), m.end()) for m in _DIGIT.finditer(text)]
    found.extend(
        _figure(text, _kanji_value(m["kanji"]), m.start("kanji"), m.end("kanji"))
        for m in _KANJI.finditer(text)
    )
    found.extend(_written(text))
    found.extend(_loose(text))
    found.extend(_months(text))
    found.extend(_fractions(text))
    kept: list[Figure] = []
    for figure in sorted(found, key=lambda f: (f.start, -f.end)):
        idiom = any(start <= figure.start < end for start, end in idioms)
        if not idiom and (not kept or figure.start >= kept[-1].end):
            kept.append(figure)
    return tuple(kept)
