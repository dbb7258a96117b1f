"""Finds named bodies in a text: capitalised English names and abbreviations, Japanese institution names.

Also the kinds of actor that rules speak of (students, researchers, government), by one name for both
languages.
"""

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in a text."""

    surface: str
    start: int
    end: int


_CAPITAL = r"(?:[A-ZÀ-Þ][A-Za-zÀ-ÿ&]*\d*(?:[-./][A-Za-z0-9]+)*(?:'s)?\.?)"
_LINK = (
    r"(?: (?:of|for|the|and|on|in|de|&|at) | (?:of|for|and|on|in) the | "
    r"|, (?=Sports|Science|Culture|Technology|Trade|Industry))"
)
_ENGLISH = re.compile(rf"(?<![A-Za-zÀ-ÿ]){_CAPITAL}(?:{_LINK}{_CAPITAL})*")
_ABBREVIATION = re.compile(r"(?<![A-Za-z])(?:[A-Z][A-Za-z]*[A-Z][A-Za-z]*|[A-Z])\d*(?:-[A-Z]+)*(?![a-z])")
_NO_NAME = frozenset(
    "prof professor mr ms mrs dr assoc i a an the this these those it its in on at of for and or but as"
    " by to from with january february march april may june july august september october november"
    " december monday tuesday wednesday thursday friday saturday sunday figure table section chapter"
    " article case no vol part also both each all some most only not however moreover therefore thus"
    " hence while although since when where if unless under after before during they we he she our their"
    " his her there here such many several any every one two three first second third fy".split()
)

_COMMON = frozenset(
    "association university universities government ministry institute institution council agency"
    " committee center centre project program programme statement office bureau division desk act law"
    " plan policy guideline guidelines principle principles article campus consortium company school"
    " college department society foundation".split()
)

_SUFFIXES = (
    "大学院|大学校|大学|高専|省|庁|協会|機構|学会|財団|研究所|委員会|調査会|会議|事務局|局|府|学院|センター|連盟|連合|連絡会|フォーラム"
    "|コンソーシアム|株式会社|機関|学部|研究科|研究院|本部|銀行|公社|組合|協議会|審議会|団体|教授|氏|学長|大臣|首相|キャンパス|推進室"
)
_RUN = re.compile(r"[一-鿿々ァ-ヺーA-Za-z0-9・&]+")
_PIECE = re.compile(rf"[一-鿿々ァ-ヺーA-Za-z0-9・&]*?(?:{_SUFFIXES})")
_SHORT = re.compile(
    r"(?<![一-鿿])[一-鿿]{1,3}大協|(?<![一-鿿])[一-鿿]{1,2}(?:科|産|総|財|外|厚|農"
    r"|経)省(?![一-鿿])|(?<![一-鿿])(?![拡最増重多甚絶巨過膨莫強広肥誇寛])[一-鿿]大(?![一-鿿])"
)
_GENERIC = re.compile(
    rf"^(?:\d|連携|提携|協定|派遣元?|学外|各|同|当|本|両|全|諸|他|外国|海外|国内|関係|政府|学術|教育|研究|高等|等|国|の"
    rf"|加盟|会員|参加|実施|専門|相手|担当|受入|派遣|国際|地域|多く)*(?:{_SUFFIXES})?$"
)

#: name: English pattern, Japanese pattern.
_ACTORS = {
    "student": (
        r"students?|undergraduates?|postgraduates?|pupils?|learners?",
        r"学生|留学生|生徒|院生|学部生",
    ),
    "researcher": (r"researchers?|scientists?|scholars?", r"研究者|科学者|学者"),
    "teacher": (r"teachers?|facult(?:y|ies)|lecturers?|professors?|instructors?", r"教員|教師|講師|教授"),
    "staff": (r"staff|administrators?|personnel|employees?", r"職員|事務職|スタッフ|従業員"),
    "government": (r"governments?|ministr(?:y|ies)|state", r"政府|行政|省庁|国(?=[がはの]|による)"),
    "university": (r"universit(?:y|ies)|colleges?|heis?|institutions?", r"大学|高等教育機関|機関"),
    "company": (
        r"compan(?:y|ies)|firms?|business(?:es)?|corporations?|industr(?:y|ies)|enterprises?",
        r"企業|会社|産業界|民間",
    ),
    "funder": (
        r"funders?|funding agenc(?:y|ies)|sponsors?|donors?",
        r"資金配分機関|配分機関|ファンディング|助成機関|資金提供",
    ),
    "author": (r"authors?|writers?", r"著者"),
    "parent": (r"parents?|famil(?:y|ies)", r"保護者|家族|親"),
    "patient": (r"patients?|doctors?", r"患者|医師"),
    "media": (r"journalists?|media|press", r"報道|記者|マスコミ"),
    "military": (r"military|army|armed forces", r"軍(?!縮)|自衛隊"),
    "police": (r"police", r"警察"),
    "citizen": (r"citizens?|the public|residents?", r"市民|国民|住民|一般の人"),
    "graduate": (r"graduates|alumni", r"卒業生|修了生"),
}  # fmt: skip


def english_names(text: str) -> tuple[Name, ...]:
    """Runs of capitalised words; the ordinary first word of a sentence is among them (see
    `is_plain_start`).
    """
    found = []
    for match in _ENGLISH.finditer(text):
        surface = match.group().removesuffix("'s").rstrip(".")
        found.append(Name(surface, match.start(), match.start() + len(surface)))
    return tuple(found)


def name_words(name: str) -> tuple[str, ...]:
    """The words of an English name that have to be in a source: capitalised, without titles, months and
    the like.

    Empty for a name that is only a common noun in capitals (the Association), which points at something
    named before.
    """
    words = re.findall(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ&]*\d*", re.sub(r"'s\b", "", name))
    named = tuple(
        word for word in words if word[0].isupper() and word.lower() not in _NO_NAME and len(word) > 1
    )
    return () if all(word.lower() in _COMMON for word in named) else named


def is_plain_start(name: Name, text: str) -> bool:
    """Whether a one-word name stands first in its sentence and is written like any first word."""
    before = text[: name.start].rstrip(" \"'(")
    first = not before or before[-1] in ".!?:;・。」"
    return first and " " not in name.surface and name.surface[1:].islower()


def initials(text: str) -> frozenset[str]:
    """The abbreviations that capitalised runs of a text could have: all runs of three or more first
    letters.
    """
    found: set[str] = set()
    for name in english_names(text):
        letters = "".join(word[0] for word in re.findall(r"[A-Za-z]+", name.surface) if word[0].isupper())
        for start in range(min(len(letters), 12)):
            found.update(letters[start:end] for end in range(start + 3, min(len(letters), 12) + 1))
    return frozenset(found)


def abbreviations(text: str) -> frozenset[str]:
    """Words of a text in capitals: MEXT, OECD, G7."""
    return frozenset(match.group() for match in _ABBREVIATION.finditer(text) if len(match.group()) > 1)


def japanese_names(text: str) -> tuple[Name, ...]:
    """Japanese institution names, as long as they go; those without a name of their own (各大学) are left
    out.
    """
    found: list[Name] = []
    for run in _RUN.finditer(text):
        pieces = list(_PIECE.finditer(run.group()))
        if pieces and not _GENERIC.match(run.group()[: pieces[-1].end()]):
            found.append(Name(run.group()[: pieces[-1].end()], run.start(), run.start() + pieces[-1].end()))
    found.extend(Name(match.group(), match.start(), match.end()) for match in _SHORT.finditer(text))
    return tuple(sorted(found, key=lambda name: (name.start, name.end)))


def name_pieces(name: str) -> tuple[str, ...]:
    """A long Japanese name cut after each institution word: 文部科学省高等教育局 has two pieces."""
    return tuple(m.group() for m in _PIECE.finditer(name) if not _GENERIC.match(m.group()))


def stands_as_name(form: str, text: str) -> bool:
    """Whether a form stands in a text; a short name of a university (北大) not inside a longer one (東北大学)."""
    if len(form) != 2 or form[1] != "大":
        return form in text
    return bool(re.search(rf"(?<![一-鿿]){re.escape(form)}(?![一-鿿])", text))


def is_short_for(short: str, name: str) -> bool:
    """Whether the characters of `short` stand in `name` in order, both beginning alike: 国大協,
    国立大学協会.
    """
    if len(short) < 2 or len(short) >= len(name) or short[0] != name[0]:
        return False
    rest = iter(name)
    return all(char in rest for char in short)


@cache
def _actor_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile(rf"\b(?:{english})\b|{japanese}", re.I))
        for name, (english, japanese) in _ACTORS.items()
    )


def actors(text: str) -> tuple[tuple[str, int, int], ...]:
    """(kind, start, end) of every kind of actor that a text speaks of."""
    found = [
        (name, match.start(), match.end())
        for name, pattern in _actor_patterns()
        for match in pattern.finditer(text)
    ]
    return tuple(sorted(found, key=lambda item: item[1:]))
