"""Whether a sentence fills the gap that a question leaves. Pure.

A passage that says everything about a body but the number asked for is the usual near miss; a figure somewhere in the
sentence does not fill the gap, a figure beside the counted thing does.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

from bot.checks.places import places
from bot.question.answer_type import NO_COUNT
from bot.question.reach import reaches
from bot.question.slots import Measure, Slot, SlotKind
from ingest.dates import find_dates
from vectorstore.glossary import Glossary

_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen "
    "twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half third quarter fifth dozen"
).split()
_FIGURE = re.compile(
    rf"\d[\d,.]*|[一二三四五六七八九十百千万億]+(?=[人名校件国回割倍つ社点]|機関|か国|カ国|年間|分の)|"
    rf"\b(?:{'|'.join(_NUMBER_WORDS)})s?(?:-(?:{'|'.join(_NUMBER_WORDS)}))?\b",
    re.I,
)
#: What a figure of a measure looks like.
_MEASURED: Mapping[Measure, re.Pattern[str]] = {
    "money": re.compile(
        r"[¥￥$€£]|[円ドル元]|\b(?:yen|JPY|USD|EUR|GBP|dollars?|euros?|pounds?|yuan|free of charge)\b|無料|無償",
        re.I,
    ),
    "share": re.compile(
        r"[%％割]|パーセント|分の|半[数分]|\b(?:per ?cent|half|thirds?|quarters?|fifths?|tenths?|majority|one in \w+|out of)\b|過半|大半",
        re.I,
    ),
    "duration": re.compile(
        r"(?<![\d月])(?:\d{1,3}|[一二三四五六七八九十]+)\s*(?:年(?!度|次|\d)|[かカヶケヵ]月|週|日(?!本|付)|時間|分(?!の))|"
        rf"(?:\d|\b(?:{'|'.join(_NUMBER_WORDS)}|several|few|an?|whole))[ -](?:\w+[ -])?(?:years?|months?|weeks?|days?|hours?|minutes?|semesters?|terms?)\b|"
        r"\buntil\b|無期限|期限なし",
        re.I,
    ),
    "rank": re.compile(
        r"[\d一二三四五六七八九十]\s*(?:位|番)|首位|最[多大下上]|トップ|\b(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|top|largest|ranks?|ranked|ranking)\b|#\d|^\s*\d{1,3}[.)]\s",
        re.I | re.M,
    ),
    "frequency": re.compile(
        r"毎[年月週日回]|定期|随時|[\d一二三四]\s*回|ごと|\b(?:every|each|annual\w*|yearly|monthly|weekly|daily|once|twice|times|regular\w*|quarterly|biannual\w*|ad hoc)\b",
        re.I,
    ),
}
_PERSON = re.compile(
    r"\b(?:Prof|Dr|Mr|Ms|Mrs)\.? ?[A-Z]|\b[A-Z]{3,} [A-Z][a-z]+|\b[A-Z][a-z]+ [A-Z]{3,}\b|"
    r"[一-龯]{1,4}[ 　]?[一-龯ぁ-んァ-ヶ]{1,5}[ 　]?(?:氏|さん|先生|教授|准教授|学長|理事|総長)|[一-龯]{1,3} [一-龯]{1,3} [一-龯ァ-ヶー]+(?:大学|省|機構|協会)"
)
_BODY_NAME = re.compile(
    r"[A-Z][\w’'-]+ (?:University|Institute|College|Academy|Polytechnic)|(?:University|Institute|College|Academy) (?:of|College) [A-Z]|"
    r"(?:(?!国[立公際]|[公私市県]立|海外|各|本|他|両|同|相手|協定|外国|日本|連携|参加|研究|全)[一-龯ァ-ヶー]{2,10}|九州|北海道)(?:大学|大)(?!院|等|間|学)|\b[A-Z]{2,5}\b|"
    r"\b[A-Z][\w’'-]+ (?:Corporation|Company|Co\.|Inc\.|Ltd|Foundation|Council|Association|Agency|Group)\b"
)
#: Countries by one sign each, as in 米英.
_COUNTRY_SIGNS = re.compile(r"[米英独仏豪加韓中印露伊蘭]{2,}(?=の|[、・]|[のか]?国)")
#: Two names as authors are named, and one with a given name.
_AUTHOR = re.compile(
    r"\b[A-Z][a-z]+ (?:&|and) [A-Z][a-z]+ \(\d{4}|\([A-Z][a-z]+(?: (?:&|and|et al\.?)[\w .]*)?, \d{4}|\b[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+(?=:|,? the )"
)

#: Offices and bodies that act, by the end of their name.
_ACTING = re.compile(
    r"[一-龯ァ-ヶー]{1,12}(?:長|者|員|生|委員会|会議|部門|事務局|本部|部|課|室|局|省|庁|機構|協会)(?![一-龯])|"
    r"\b(?:committee|council|board|panel|office|department|division|ministry|secretariat|bureau|director|dean|head|president|"
    r"rector|chair|manager|officer|team|faculty|university|agency|government|"
    r"council|researcher|student|scholar|professor|teacher|member|visitor|applicant|partner)s?\b",
    re.I,
)
#: Who asks who pays is answered by the purse, too.
_PAYS = re.compile(
    r"(?:費|料|経費|コスト|金).{0,12}(?:負担|出す|払|支払)|負担(?:する|します|し)|\b(?:pays?|paid|bears?|covers?|funds?|funded)\b",
    re.I,
)
_PURSE = re.compile(
    r"(?:資金|経費|予算|補助金|助成金|研究費|自己負担|自費|交付金)|\b(?:funding|funds?|budgets?|grants?|subsid(?:y|ies)|own expense)\b",
    re.I,
)
#: What an hour, a town, a name, a post and a clause look like.
_SHAPES: Mapping[SlotKind, re.Pattern[str]] = {
    "hour": re.compile(r"\d{1,2}:\d\d|\d{1,2}時(?!間)|\b\d{1,2} ?[ap]\.?m\b"),
    "place": re.compile(
        r"[一-龯ァ-ヶー]{1,8}(?:市|町|村|区|都|府)(?![民場立政道])|[ァ-ヶー]{2,20}(?=で(?:開|行)|に(?:ある|置|所在|設))|"
        r"\b(?:in|at|near|of) (?:the )?[A-Z][a-z]+(?:,| [Cc]ity| [Pp]refecture| [Pp]rovince)|\b[A-Z][a-z]+ (?:city|City|prefecture|Prefecture|province)"
    ),
    "name": re.compile(
        r"[「『“‘][^」』”’]{2,60}[」』”’]|(?:[A-Z][\w’'-]{1,40} (?:(?:of|for|and|the|on|in) ){0,2}){1,8}[A-Z][\w’'-]+|\b[A-Z]{2,}[A-Za-z0-9+-]*\b|"
        r"[一-龯ァ-ヶー]{2,30}(?:事業|大学|機構|協会|プログラム|プロジェクト|会議|委員会|学会|財団|連盟|連合|声明|宣言|報告書|指針|ガイドライン|原則)"
    ),
    "role": re.compile(
        r"(?:准|助|客員|特任|名誉)?教授|(?:副|理事・?)?(?:学長|総長|理事|会長|局長|課長|室長|部長|所長|センター長)|参事官|補佐|専門官|事務局長|"
        r"\b(?:(?:Executive |Vice[- ]|Deputy |Associate |Assistant |Senior )*(?:President|Professor|Prof|Director|Dean|Provost|Chair|Head|Minister|Manager|Officer|Secretary|Lecturer))\b"
    ),
    "clause": re.compile(r"第[\d一二三四五六七八九十百]+条|\b(?:Article|Section|Clause|Paragraph)s? \d"),
}

#: Who asks for names, or for the members of a group, wants persons.
_BY_NAME = re.compile(
    r"名前|氏名|\bnames?\b|\bwho (?:is|are|was|were) the (?:[\w-]+ ){0,3}(?:members?|authors?|people|researchers?|representatives?)\b",
    re.I,
)

#: What a sentence shows that gives a reason, an aim or a cause.
_REASON = re.compile(
    r"ため(?!の|に[、]?[はも]?必要)|から、|(?<!も)ので|ことで|ことから|により|に伴|を受け|を踏まえ|理由|背景|原因|要因|きっかけ|狙い|目的|"
    r"\b(?:because|since (?!\d|then)|due to|owing|as a result|therefore|thus|hence|so that|in order|so as|reasons?|thanks to|led to|"
    r"leads? to|leading to|aims?|aimed|purpose|given|enabl\w+|driven|prompted|benefits?|advantages?|as (?:it|they|the)\b)",
    re.I,
)
#: What a sentence without such a sign is worth where the question asks why.
UNSIGNED = 0.4

#: (words of the counted thing, words beside a figure) -> how well the best of them match, 0 to 1.
Related = Callable[[str, str], float]
#: Characters after and before a figure, within its clause, in which the counted thing is looked for.
AFTER, BEFORE = 40, 12
#: English words are so much longer before a figure.
BEFORE_LATIN = 60
#: What a figure is worth that counts something else, one of which only the counter or the measure agrees, one in a row of a
#: table, whose head says what it counts, and a person whose role is not said.
UNBOUND, COUNTER, ROW, OTHER_ROLE = 0.15, 0.7, 0.6, 0.3
#: What a body, an office or a group of people is worth where the question asks who.
BODY_ACTS = 0.8
#: Characters around a person in which the role is looked for.
AROUND = 60
_CLAUSE_END = re.compile(
    r"[。;；:：\n]|\.\s|,\s(?=\d|[a-z]+ (?:are|were|is|was|can|may|must|receive|take|have|had|will)\b)"
)
#: A label and its figure: "Awards: 29".
_LABELLED = re.compile(r"[^\n。:：]*[:：]\s*[約]?$")
#: A line that is a label of a few words and a figure.
_ROW = re.compile(r"^[^\n。.:：;]{1,40}?[\s:：|]\s*\d[\d,.]*\s*(?:%|[人名校件])?$", re.M)
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


def _number(slot: Slot, question: str, text: str, related: Related) -> float:
    if slot.measure in ("frequency", "duration", "rank"):
        return float(_new(_MEASURED[slot.measure], question, text))
    if slot.measure and not _MEASURED[slot.measure].search(text):
        return 0.0
    masked = NO_COUNT.sub(lambda found: " " * len(found[0]), _undated(text))
    figures = list(_FIGURE.finditer(masked))
    if not figures:
        return 0.0
    if not (slot.head or slot.counted):
        return 1.0
    rows = frozenset(row.end() for row in _ROW.finditer(text))
    best = max(_counts(slot, text, (figure.start(), figure.end()), rows, related) for figure in figures)
    return UNBOUND + (1 - UNBOUND) * best


def _counts(slot: Slot, text: str, figure: tuple[int, int], rows: frozenset[int], related: Related) -> float:
    """How well the words beside a figure name the counted thing; that the counter agrees is worth less where there is more.
    `rows` are where rows of a table end.
    """
    start, end = figure
    after, before = _beside(text, start, end)
    head = max(related(slot.head, after), 0.9 * related(slot.head, before)) if slot.head else 0.0
    counter = related(slot.counted, after) if slot.counted and head < 1 else 0.0
    row = ROW if end in rows else 0.0
    measured = COUNTER if slot.measure and _MEASURED[slot.measure].search(text[start : end + 6]) else 0.0
    return max(head, (COUNTER if slot.head else 1.0) * counter, row, measured)


def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    """The words after and before a figure in its own clause, whole ones; before it also a label that ends in a colon."""
    last = end + AFTER
    while last < len(text) and text[last - 1].isascii() and text[last - 1].isalnum() and text[last].isalnum():
        last += 1
    after = _CLAUSE_END.split(text[end:last])[0]
    label = _LABELLED.search(text, max(start - AFTER, 0), start)
    reach = BEFORE_LATIN if text[max(start - 3, 0) : start].isascii() else BEFORE
    before = label[0] if label else _CLAUSE_END.split(text[max(start - reach, 0) : start])[-1]
    return after, before


def _new(pattern: re.Pattern[str], question: str, text: str) -> bool:
    """Whether the text holds what the pattern finds, other than in words that the question says itself."""
    said = unicodedata.normalize("NFKC", question).casefold()
    return any(found[0].strip().casefold() not in said for found in pattern.finditer(text))


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


def _names(found: set[str], question: str, wanted: int = 1) -> float:
    """How many of the names that are wanted are there, of those that the question does not say itself."""
    return min(sum(name.casefold() not in question.casefold() for name in found) / wanted, 1.0)


def _someone(question: str, text: str, glossary: Glossary, wanted: int) -> float:
    """Persons, or less so bodies and offices, which may have acted as well."""
    persons = {found[0] for pattern in (_PERSON, _AUTHOR) for found in pattern.finditer(text)}
    acting = {m.entry.en[0] for m in glossary.mentions(text) if m.entry.kind in ("body", "person-role")}
    asked = {m.entry.en[0] for m in glossary.mentions(question)}
    purses = _PURSE.finditer(text) if _PAYS.search(question) else ()
    offices = {found[0] for found in (*_ACTING.finditer(text), *purses)}
    if _BY_NAME.search(question):
        return _names(persons, question, wanted)
    return max(_names(persons, question, wanted), BODY_ACTS * _names((acting - asked) | offices, question))


def _places(text: str) -> set[str]:
    return {name for name, _, _ in places(text)}


def filled(slot: Slot, question: str, text: str, related: Related, glossary: Glossary) -> float:
    """How well `text` fills the gap, 0 to 1."""
    folded = unicodedata.normalize("NFKC", text)
    if slot.kind == "number":
        return _number(slot, question, folded, related)
    if slot.kind in ("day", "date"):
        dates = find_dates(folded)
        return float(any(d.day if slot.kind == "day" else d.year or d.month for d in dates))
    if slot.kind == "reason":
        return 1.0 if _REASON.search(folded) else UNSIGNED
    if slot.kind == "person":
        return _person(question, folded, related)
    if slot.kind == "someone":
        return _someone(question, folded, glossary, slot.count)
    if slot.kind == "contact":
        return float(reaches(unicodedata.normalize("NFKC", question), folded))
    if slot.kind == "place" and reaches("where", folded):
        return 1.0
    if slot.kind in _SHAPES:
        return _names({found[0] for found in _SHAPES[slot.kind].finditer(folded)}, question, slot.count)
    known = glossary.mentions(folded)
    asked = {m.entry.en[0] for m in glossary.mentions(question)}
    if slot.kind == "countries":
        named = {m.entry.en[0] for m in known if m.entry.kind == "place"} - asked
        return float(bool(named or _places(folded) - _places(question) or _COUNTRY_SIGNS.search(folded)))
    bodies = {found[0] for found in _BODY_NAME.finditer(folded)} - {
        form for m in glossary.mentions(question) for form in (*m.entry.ja, *m.entry.en)
    }
    listed = {m.entry.en[0] for m in known if m.entry.kind == "body"} - asked
    return max(_names(bodies, question, slot.count), min(len(listed) / slot.count, 1.0))
