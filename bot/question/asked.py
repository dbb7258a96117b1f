"""What a question asks for: the kind of answer, how many things, and the names and years that the answer must
be about.

Reads the question's words only; knows no passage. The patterns are tables, one row per kind and language.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from ingest.dates import find_dates
from vectorstore.glossary import Entry, Glossary, Mention

Kind = Literal["when", "who", "where", "number", "list", "why", "how", "definition", "whether", "what"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_JA_COUNTERS = "人|名|校|件|機関|[カかヶケヵ箇]国|カ所|か所|割|[%％]|パーセント|点|社|回|年間|[カかヶケヵ]月|単位|倍|つ|個|種類|語|ページ"
#: Kind -> what a question of that kind says, in either language. A question may be of several kinds.
_SAYS: Mapping[Kind, re.Pattern[str]] = {
    "when": re.compile(
        r"いつ(?!も|でも|か)|何年(?!間)|何月|(?<!期間[はが])何日(?!間|以内|以上|以下|前|後)|何年度|年月|年[をはが]|日付|日時|開催日|[設創]立年|"
        r"設置年|何時|"
        r"いつから|\bwhen\b|\b(?:what|which) (?:year|month|date|day)\b|\bsince when\b|\b(?:founding|"
        r"start) (?:year|date)\b|"
        r"\bby what date\b|\bhow long ago\b|\bbetween which years\b",
        re.I,
    ),
    "who": re.compile(r"誰|だれ|どなた|何者|\bwho(?:m|se)?\b", re.I),
    "where": re.compile(
        r"どこ(?!まで|か)|どちら(?!か|も)|場所|所在地|会場|\bwhere\b|\bwhich (?:country|city|place)\b", re.I
    ),
    "number": re.compile(
        rf"何(?:{_JA_COUNTERS})|いくつ|いくら|ど(?:の|れ)(?:くら|ぐら)い|どれだけ|どの程度|人数|件数|校数|"
        rf"割合|総額|金額|"
        r"就職率|延べ|数は|数を|上限|\bhow (?:many|much|large|big|high|long)\b|\bwhat (?:share|percentage|"
        r"proportion|amount)\b|"
        r"\bwith the number\b|\b(?:annual|yearly|daily|interest) (?:tuition|fee|budget|dose|rate|"
        r"membership fee)\b",
        re.I,
    ),
    "list": re.compile(
        r"一覧|リスト(?!に)|列挙|挙げて|並べて|すべて|全て|全部|内訳|項目|つの|三つ|[二四五六]つ|[2-9]つ|"
        r"どんな.*が(?:あり|含ま)|"
        r"どこ(?:と|が).*どこ|どの(?:大学|国|機関)|\blist\b|\bwhat are\b|\bwhich (?!(?:year|month|date|day|"
        r"country|city)\b)\w+s\b|"
        r"\bname the\b|\ball (?:the|of)\b|\bin what ways\b|\bwhat (?:topics|kinds|types|bodies|countries|"
        r"measures|principles)\b|"
        r"\bwhich (?:international|overseas|other)\b",
        re.I,
    ),
    "why": re.compile(
        r"なぜ|なんで|どうして|理由|根拠|\bwhy\b|\bon what (?:grounds|basis)\b|\breasons?\b", re.I
    ),
    "how": re.compile(
        r"どう(?:やって|すれば|なり|なっ|いう|した)|どのよう|方法|手順|仕組み|(?:^|, |"
        r"\band )how\b(?! (?:many|much|long|large|big))",
        re.I,
    ),
    "definition": re.compile(
        r"とは(?!、?(?:別|違|異))|って何|(?:は|って)何(?:です|でしょう|[?？]|$)|の意味は|定義|の略|"
        r"^what(?:'s| is| does) (?:an? |the )?[\w\s/+-]{1,40}(?:mean|stand for)?\??$|\bdefin",
        re.I,
    ),
    "whether": re.compile(
        r"(?:ます|です|ません|でしょう|でした|ました|ない|る|た)(?:の|ん|ん?です)?か(?:ね)?[。？?]?$|"
        r"^(?:is|are|was|were|do|does|did|can|could|may|must|should|has|have|had|will|would)\b|"
        r"\b(?:isn't|wasn't|doesn't|didn't|aren't|right) ?(?:it|they|he|she)?\?$",
        re.I,
    ),
}
#: An interrogative of these kinds makes a question open, so its ending か does not make it a yes-or-no
#: question.
_OPEN: frozenset[Kind] = frozenset({"when", "who", "where", "number", "list", "why", "definition"})
_OPEN_WORD = re.compile(
    r"何|どう|どん|どの|どれ|どこ|いつ|誰|なぜ|いくつ|\b(?:what|which|who|when|where|why|how)\b", re.I
)

#: Number words of a count of things that are asked for.
WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_KANJI = {"二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_COUNT = re.compile(
    r"(?P<kanji>[二三四五六七八九十])つ|(?P<figure>\d{1,2})(?:つ|項目|点(?!数))|\b(?P<word>"
    + "|".join(WORDS)
    + r")\b",
    re.I,
)
_FIGURE = re.compile(r"(?<![A-Za-z\d])\d+(?:[.,]\d+)*(?![A-Za-z\d])")
_LATIN_NAME = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]*(?:[-&/+][A-Za-z0-9]+)*\d*(?![a-z])")
_JA_NAME = re.compile(
    r"[一-龯々ァ-ヶー]{2,12}(?:大学|協会|連盟|機構|学院|財団|研究所|委員会|[省庁県市州法])|[ァ-ヶー]{4,}"
)
#: Words that begin a question or name nothing, however they are written.
_NO_NAMES = frozenset(
    "i a an we our you the is are was were do does did can could may must should has have had will would "
    "what which who whom whose"
    " when where why how in on at by for from to of if and or but besides apart together largest first list "
    "name give"
    " tell please since there this that these those just good yes no ok has any write rank pretend ignore "
    "many much say"
    " according q&a system what's largest professor prof mr ms dr url".split()
)
_NAMED_KINDS = frozenset({"body", "place", "programme", "document"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for. `count` is how many things are asked for, 0 where it does not say."""

    text: str
    kinds: frozenset[Kind]
    count: int
    years: tuple[int, ...]
    figures: tuple[str, ...]
    #: Names as they are written in the question; each inner tuple holds one name in all its known forms.
    names: tuple[tuple[str, ...], ...]
    #: Those of the names that are bodies or programmes known to the glossary.
    bodies: tuple[tuple[str, ...], ...]

    def wants(self, *kinds: Kind) -> bool:
        """Whether the question is of one of `kinds`."""
        return not self.kinds.isdisjoint(kinds)


def _kinds(text: str) -> frozenset[Kind]:
    found: set[Kind] = {kind for kind, says in _SAYS.items() if says.search(text)}
    if "whether" in found and (found & _OPEN or _OPEN_WORD.search(text)):
        found.discard("whether")
    if "definition" in found and found & {"when", "who", "number", "why", "list"}:
        found.discard("definition")
    return frozenset(found) or frozenset({"what"})


def _count(text: str) -> int:
    match = _COUNT.search(text)
    if match is None:
        return 0
    if match["kanji"]:
        return _KANJI[match["kanji"]]
    return int(match["figure"]) if match["figure"] else WORDS[match["word"].lower()]


def is_name(entry: Entry) -> bool:
    """Whether an entry names one thing: a form in small letters (statement, exchange programme) names a
    kind of thing.
    """
    return entry.kind in _NAMED_KINDS and not entry.en[0].islower()


def _forms(text: str, mention: Mention) -> tuple[str, ...]:
    return tuple(dict.fromkeys((text[mention.start : mention.end], *mention.entry.ja, *mention.entry.en)))


def _names(text: str, glossary: Glossary) -> tuple[tuple[str, ...], ...]:
    """Names by the glossary first; what it does not cover by capitals, katakana and the endings of bodies."""
    mentions = glossary.mentions(text)
    named = [m for m in mentions if is_name(m.entry)]
    found = [_forms(text, m) for m in named]
    for pattern in (_LATIN_NAME, _JA_NAME):
        for match in pattern.finditer(text):
            known = any(m.start <= match.start() and match.end() <= m.end for m in mentions)
            known |= any(m.start < match.end() and match.start() < m.end for m in named)
            if not known and match[0].lower() not in _NO_NAMES and len(match[0]) > 1:
                found.append((match[0],))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=512)
def _read(text: str) -> tuple[frozenset[Kind], int, tuple[int, ...], tuple[str, ...]]:
    years = tuple(dict.fromkeys(mention.year for mention in find_dates(text) if mention.year))
    figures = tuple(f.replace(",", "") for f in _FIGURE.findall(text))
    return _kinds(text), _count(text), years, figures


def read_question(question: str, glossary: Glossary) -> Asked:
    """What `question` asks for."""
    text = unicodedata.normalize("NFKC", question).strip()
    kinds, count, years, figures = _read(text)
    mentions = [
        m for m in glossary.mentions(text) if is_name(m.entry) and m.entry.kind in ("body", "programme")
    ]
    bodies = tuple(dict.fromkeys(_forms(text, m) for m in mentions))
    return Asked(text, kinds, count, years, figures, _names(text, glossary), bodies)
