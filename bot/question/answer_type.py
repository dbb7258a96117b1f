"""Whether a sentence shows the kind of thing that is asked for: a date for when, a figure for how many. Pure.

A sign that the sentence may answer, never a proof: used as one feature among several.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

from bot.question.asked import Asked, Kind
from ingest.dates import find_dates
from vectorstore.glossary import Glossary

_NUMBER_WORD = (
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty"
    r"|ninety|hundred|thousand|million|billion|half|third|quarter|fifth|dozen)s?\b"
)
_NUMBER = re.compile(
    rf"\d|[一二三四五六七八九十百千万億]+(?:人|名|校|件|機関|か国|カ国|ヶ国|割|倍|つ|年間|か月|点|社|回)|"
    rf"{_NUMBER_WORD}",
    re.I,
)
#: Figures that date, number or name something and do not count anything.
NO_COUNT = re.compile(
    r"(?:19|20)\d\d(?:年度?|s)?(?!人|名|校|件)|\d{1,2}月(?!間)(?: ?\d{1,2}日)?|\d{1,2}:\d\d|第\d+|^[(（]?\d{1,2}[.)）]\s|"
    r"[A-Za-z]+-?\d+|(?:Figure|Table|図|表) ?\d+",
    re.I,
)
_DATE_LIKE = re.compile(r"(?:19|20)\d\d|\d{1,2}月|\d{1,2}:\d\d")
_PERSON = re.compile(
    r"教授|学長|理事|総長|局長|課長|室長|部長|参事官|大臣|氏(?![名族])|さん|先生|\b(?:Prof|Dr|Mr|Ms|Mrs|"
    r"Sir)\b|"
    r"\b(?:President|Director|Minister|Professor|Chair|Dean)\b"
)
_BODY = re.compile(
    r"大学|省|庁|協会|連盟|機構|委員会|調査会|会合|研究所|局|政府|"
    r"\b(?:University|Ministry|Association|Committee|Council|Agency|Office|Bureau|Government|[A-Z]{2,}\d*)\b"
)
_PLACE = re.compile(
    r"[都道府県市区]|キャンパス|国|\b(?:in|at) [A-Z]|\b(?:Campus|City|Province|Island|Hall)\b"
)
_WHY = re.compile(
    r"ため|ので|から|により|によって|理由|目的|べく|不可欠|悪影響|\b(?:because|since|due to|owing to|thus|"
    r"therefore|so that|"
    r"in order|reasons?|as a result|lead|caus\w+|difficult\w*)\b|\bto \w+",
    re.I,
)
_MANY = re.compile(r"、.+、|・.+・|,.+,|及び|並びに|\band\b|;", re.I)
_DEFINES = re.compile(
    r"とは|である|です|という|を(?:指|意味)|の略|[(（][A-Za-z ]{6,}|\b(?:is|are|was|means|stands for|"
    r"refers to|known as)\b",
    re.I,
)
_KINDS_OF_NAMES = {"who": frozenset({"body", "person-role"}), "where": frozenset({"place", "body"})}


_MONEY = re.compile(
    r"[¥￥$£€]|円|ドル|ユーロ|ポンド|人民元|\b(?:JPY|USD|EUR|GBP|yen|yuan|dollars?|pounds?|euros?|birr)\b",
    re.I,
)
_SHARE = re.compile(
    r"[%％]|パーセント|\d+割|[一二三四五六七八九]割|半[数分]|分の|\b(?:percent|per cent|half|third|quarter|fifth)s?\b",
    re.I,
)
_CLOCK = re.compile(r"\d{1,2}[:：]\d\d|\d{1,2}時(?!間)|\b\d{1,2} ?[ap]\.?m\b", re.I)
_DAY = re.compile(
    r"\d{1,2}月 ?\d{1,2}日|\b(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December) \d{1,2}\b|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December)\b|\d{4}-\d\d-\d\d",
    re.I,
)
_OFTEN = re.compile(r"\d+ ?回|毎[年月週日]|\b(?:times|once|twice|annual|monthly|weekly|daily|every)\b", re.I)
#: What a question asks for more exactly than its kind says -> what a sentence must then show.
_EXACTLY: Mapping[Kind, tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]] = {
    "number": (
        (
            re.compile(
                r"何[%％]|何パーセント|何割|割合|比率|[^効]率(?:は|を|が)|\b(?:percentage|share|proportion|rate)\b",
                re.I,
            ),
            _SHARE,
        ),
        (re.compile(r"何時(?!間)|\bwhat time\b|\bhours\b", re.I), _CLOCK),
        (re.compile(r"何回|\bhow often\b", re.I), _OFTEN),
        (
            re.compile(
                r"いくら(?!で)|金額|総額|予算額?|手数料|授業料|会費|料金|月額|\bhow much (?!of|higher|more|did)|"
                r"\b(?:budget|fees?|tuition|price|stipend|salary|cost in)\b",
                re.I,
            ),
            _MONEY,
        ),
    ),
    "when": (
        (re.compile(r"何時(?!間)|\bwhat time\b", re.I), _CLOCK),
        (
            re.compile(
                r"何月何日|(?<!期間[はが])何日(?!間|以内|以上|以下|前|後)|日付|日にち|\b(?:what|which) (?:date|day)\b",
                re.I,
            ),
            _DAY,
        ),
    ),
}


def _named(text: str, kind: Kind, glossary: Glossary) -> bool:
    return any(mention.entry.kind in _KINDS_OF_NAMES[kind] for mention in glossary.mentions(text))


#: What is looked for in a sentence; a kind that is not here is shown by any sentence.
_SHOWS: Mapping[Kind, Callable[[str, Glossary], bool]] = {
    "when": lambda text, _: bool(_DATE_LIKE.search(text) or any(m.year for m in find_dates(text))),
    "number": lambda text, _: bool(_NUMBER.search(NO_COUNT.sub(" ", text))),
    "who": lambda text, g: bool(_PERSON.search(text) or _BODY.search(text)) or _named(text, "who", g),
    "where": lambda text, g: bool(_PLACE.search(text)) or _named(text, "where", g),
    "why": lambda text, _: bool(_WHY.search(text)),
    "list": lambda text, _: bool(_MANY.search(text)),
    "definition": lambda text, _: bool(_DEFINES.search(text)),
}


def _exact(asked: Asked, kind: Kind) -> re.Pattern[str] | None:
    """What a sentence must show where the question says more exactly what it wants: a sum, a share, a day."""
    return next((sign for says, sign in _EXACTLY.get(kind, ()) if says.search(asked.text)), None)


def _shows(asked: Asked, kind: Kind, text: str, glossary: Glossary) -> bool:
    sign = _exact(asked, kind)
    return bool(sign.search(text)) if sign else _SHOWS[kind](text, glossary)


def shown(asked: Asked, text: str, glossary: Glossary) -> float:
    """Share of the asked-for kinds that `text` shows, 0 to 1; 1 where any sentence would do."""
    folded = unicodedata.normalize("NFKC", text)
    looked = [_shows(asked, kind, folded, glossary) for kind in asked.kinds if kind in _SHOWS]
    return sum(looked) / len(looked) if looked else 1.0
