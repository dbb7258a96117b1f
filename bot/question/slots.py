"""The gap that a question leaves for its answer, and whether a sentence fills it: a figure of the thing that is counted, a
date as fine as the one asked for, a person in the role, names of the kind. Pure.

A passage that says everything about a body but the number asked for is the usual near miss; a figure somewhere in the
sentence does not fill the gap, a figure beside the counted thing does.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from ingest.dates import find_dates
from vectorstore.glossary import Glossary

SlotKind = Literal["number", "day", "date", "person", "bodies", "countries"]

#: Counter of a Japanese figure -> words of the counted thing, in both languages.
_COUNTED: Mapping[str, str] = {
    "人": "人 名 学生 研究者 person people student researcher member participant graduate staff",
    "名": "人 名 学生 研究者 person people student researcher member participant graduate staff",
    "校": "校 大学 機関 university universities institution school",
    "機関": "機関 大学 校 institution university organisation organization",
    "国": "国 か国 カ国 country countries nation",
    "回": "回 times round meeting",
    "件": "件 case project application paper",
    "単位": "単位 credit credits",
    "年間": "年 年間 year years",
    "月": "か月 ヶ月 カ月 月 month months",
    "円": "円 yen JPY",
    "%": "% 割 パーセント percent per cent",
}
_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand "
    "million billion half dozen"
).split()
_FIGURE = re.compile(
    rf"\d[\d,.]*|[一二三四五六七八九十百千万億]+(?=[人名校件国回割倍つ社点]|機関|か国|カ国|年間)|\b(?:{'|'.join(_NUMBER_WORDS)})s?\b",
    re.I,
)
#: Figures that date, number or name something and count nothing.
_NO_COUNT = re.compile(
    r"(?:19|20)\d\d(?:年度?|s)?(?!人|名|校|件)|\d{1,2}[月日](?!間)|\d{1,2}:\d\d|第\d+|^[\d.()（）]+\s|[A-Za-z]+-?\d+|(?:Figure|Table|図|表) ?\d+"
)
_JA_COUNT = re.compile(
    r"(?:(?P<head>[一-龯々ァ-ヶーA-Za-z]+)(?:は|が|を|の数は|数は)?[^。]{0,12}?)?何(?P<counter>人|名|校|機関|[かカヶ]国|国|回|件|単位|年間|[かカヶ]月|%|パーセント|割|円|つ)"
)
_JA_AMOUNT = re.compile(
    r"(?P<head>[一-龯々ァ-ヶーA-Za-z]{2,})(?:は|が|って)?(?:、)?(?:いくら|いくつ|どのくらい|どれくらい|どれだけ)"
)
_JA_NUMBER_OF = re.compile(
    r"(?P<head>[一-龯々ァ-ヶーA-Za-z]+?)(?:の)?(?:総数|人数|件数|校数|数|割合|金額|総額|予算|費用|定員)(?:は|を|が|って)"
)
_EN_MANY = re.compile(
    r"\bhow many (?P<head>(?:[\w'’/&-]+ ){0,4}?[\w'’/-]+)(?= (?:did|does|do|is|are|was|were|has|have|had|can|could|will|in|at|of|from|to|per|there|take|took|took)\b|\?|$)",
    re.I,
)
_EN_NUMBER_OF = re.compile(
    r"\b(?:number|percentage|share|proportion|amount|total) of (?P<head>(?:[\w'’/&-]+ ){0,3}?[\w'’/-]+)(?= (?:in|at|of|from|that|who|which|for)\b|\?|$|,)",
    re.I,
)
_EN_AMOUNT = re.compile(
    r"\b(?:how (?:much|large|big|high|long|often)|what (?:percentage|share|proportion|amount))\b", re.I
)
_DAY = re.compile(
    r"何月何日|(?<!期間[はが])何日(?!間|以内|以上|以下|前|後)|日付|期日|締め?切り?(?:は|日)|施行日|\b(?:what|which) (?:date|day)\b|\bexact date\b|\bdeadline\b",
    re.I,
)
_DATE = re.compile(
    r"いつ(?!も|でも)|何年(?!間)|何月|何年度|\bwhen\b|\b(?:what|which) (?:year|month)\b|\bsince when\b", re.I
)
_ROLE = re.compile(
    r"(?:委員長|議長|学長|総長|理事長|会長|座長|室長|センター長|代表者?|責任者|担当者|所長|局長|講師|登壇者|発表者|教授)(?:の(?:名前|氏名))?(?:は|って|が)、?(?:誰|だれ|どなた|何という)|"
    r"誰が(?:務め|率い|登壇|講演|発表|司会)|\bwho (?:is|are|was|were) the (?:[\w-]+ ){0,3}(?:director|chair\w*|head|president|dean|manager|leader|speaker|professor|minister|coordinator)s?\b|"
    r"\bwho(?: \w+)? (?:heads?|chairs?|leads?|led|chaired|headed|runs|moderated|presented|spoke)\b|\bwhich (?:\w+ )?(?:professors?|speakers?|researchers?)\b",
    re.I,
)
_BODIES = re.compile(
    r"(?:大学|校|機関|団体)(?:の(?:名前|一覧))?(?:は|って)、?(?:どこ|どれ|何)|どの(?:大学|機関)|どこの(?:大学|機関)|(?:大学|校)の名前|"
    r"\bwhich (?:[\w-]+ ){0,3}(?:universities|university|institutions|partners|companies)\b|\bnames? of (?:the )?(?:[\w-]+ ){0,4}universities\b",
    re.I,
)
_COUNTRIES = re.compile(
    r"どの国|どこの国|国(?:々)?(?:は|って)、?(?:どこ|どれ|何)|何という国|国名|\b(?:which|what) (?:[\w-]+ ){0,2}(?:countries|country|nations)\b",
    re.I,
)

_PERSON = re.compile(
    r"\b(?:Prof|Dr|Mr|Ms|Mrs)\.? ?[A-Z]|\b[A-Z]{3,} [A-Z][a-z]+|\b[A-Z][a-z]+ [A-Z]{3,}\b|"
    r"[一-龯]{1,4}[ 　]?[一-龯ぁ-んァ-ヶ]{1,5}[ 　]?(?:氏|さん|先生|教授|准教授|学長|理事|総長)|[一-龯]{1,3} [一-龯]{1,3} [一-龯ァ-ヶー]+(?:大学|省|機構|協会)"
)
_BODY_NAME = re.compile(
    r"[A-Z][\w’'-]+ University|University (?:of|College) [A-Z]|[一-龯ァ-ヶー]{1,10}大学(?!院|等|間|の)|\b[A-Z]{2,5}\b"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """What is missing in a question: its kind, and the words of the thing that is counted, empty where not said."""

    kind: SlotKind
    head: str = ""


def slot_of(question: str) -> Slot | None:
    """The gap that `question` leaves, or None where it asks openly (what, why, how)."""
    text = unicodedata.normalize("NFKC", question)
    for pattern in (_EN_MANY, _EN_NUMBER_OF, _JA_COUNT, _JA_AMOUNT, _JA_NUMBER_OF):
        if found := pattern.search(text):
            groups = found.groupdict()
            counter = (groups.get("counter") or "").lstrip("かカヶ")
            return Slot("number", " ".join(filter(None, (groups.get("head"), _COUNTED.get(counter)))))
    tests: tuple[tuple[SlotKind, re.Pattern[str]], ...] = (
        ("number", _EN_AMOUNT),
        ("day", _DAY),
        ("date", _DATE),
        ("person", _ROLE),
        ("countries", _COUNTRIES),
        ("bodies", _BODIES),
    )
    return next((Slot(kind) for kind, pattern in tests if pattern.search(text)), None)


#: (words of the counted thing, words beside a figure) -> how well the best of them match, 0 to 1.
Related = Callable[[str, str], float]
#: Characters after and before a figure, within its clause, in which the counted thing is looked for.
AFTER, BEFORE = 16, 8
#: What a figure is worth that counts something else, and a person whose role is not said.
UNBOUND, OTHER_ROLE = 0.15, 0.3
#: Characters around a person in which the role is looked for.
AROUND = 60
_CLAUSE_END = re.compile(r"[。;；:：]|\.\s|,\s(?=\d)")
_ROLE_WORD = re.compile(
    r"委員長|議長|学長|総長|理事長|会長|座長|室長|センター長|代表|責任者|担当者|所長|局長|講師|登壇|発表|教授|"
    r"director|chair|head|president|dean|manager|lead|speaker|professor|minister|coordinator|moderat|present",
    re.I,
)

#: Another office than the one whose name it holds.
_SECOND = re.compile(
    r"副(?:学長|総長|会長|委員長|議長|所長|局長|理事長|センター長)|学長補佐|総長補佐|"
    r"\b(?:vice|deputy|assistant|associate|former)[- ]\w+|\badvis[eo]r to the \w+",
    re.I,
)


def _undated(text: str) -> str:
    """The text with spaces where dates stand."""
    for date in find_dates(text):
        text = text[: date.start] + " " * (date.end - date.start) + text[date.end :]
    return text


def _number(slot: Slot, text: str, related: Related) -> float:
    masked = _NO_COUNT.sub(lambda found: " " * len(found[0]), _undated(text))
    figures = list(_FIGURE.finditer(masked))
    if not figures:
        return 0.0
    if not slot.head:
        return 1.0
    best = max(_beside(slot.head, text, figure.start(), figure.end(), related) for figure in figures)
    return UNBOUND + (1 - UNBOUND) * best


def _beside(head: str, text: str, start: int, end: int, related: Related) -> float:
    """How well the words beside a figure, in its own clause, name the counted thing; those after it count a little more."""
    after = _CLAUSE_END.split(text[end : end + AFTER])[0]
    before = _CLAUSE_END.split(text[max(start - BEFORE, 0) : start])[-1]
    return max(related(head, after), 0.9 * related(head, before))


def _person(question: str, text: str, related: Related) -> float:
    """How well a person in the asked-for role is named."""
    roles = " ".join(_ROLE_WORD.findall(question))
    best = 0.0
    for person in _PERSON.finditer(text):
        around = text[max(person.start() - AROUND, 0) : person.end() + AROUND]
        if not _SECOND.search(question):
            around = _SECOND.sub(" ", around)
        best = max(best, OTHER_ROLE + (1 - OTHER_ROLE) * (related(roles, around) if roles else 1.0))
    return best


def _names(found: set[str], question: str) -> float:
    """Whether there are names that the question does not say itself."""
    return float(any(name.casefold() not in question.casefold() for name in found))


def filled(slot: Slot, question: str, text: str, related: Related, glossary: Glossary) -> float:
    """How well `text` fills the gap, 0 to 1."""
    folded = unicodedata.normalize("NFKC", text)
    if slot.kind == "number":
        return _number(slot, folded, related)
    if slot.kind in ("day", "date"):
        dates = find_dates(folded)
        return float(any(d.day if slot.kind == "day" else d.year or d.month for d in dates))
    if slot.kind == "person":
        return _person(question, folded, related)
    if slot.kind == "countries":
        places = {m.entry.en[0] for m in glossary.mentions(folded) if m.entry.kind == "place"}
        return _names(places - {m.entry.en[0] for m in glossary.mentions(question)}, question)
    bodies = {found[0] for found in _BODY_NAME.finditer(folded)}
    known = {form for m in glossary.mentions(question) for form in (*m.entry.ja, *m.entry.en)}
    return _names(bodies - known, question)
