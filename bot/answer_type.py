"""Whether a sentence shows the kind of thing that is asked for: a date for when, a figure for how many. Pure.

A sign that the sentence may answer, never a proof: used as one feature among several.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

from bot.asked import Asked, Kind
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
#: Figures that date or number something and do not count anything.
_NO_COUNT = re.compile(
    r"(?:19|20)\d\d(?:年度?|s)?|\d{1,2}[月日](?!間)|\d{1,2}:\d\d|第\d+|^[\d.()（）]+\s|[A-Za-z]+\d+|"
    r"(?:Figure|Table|図|表) ?\d+",
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


def _named(text: str, kind: Kind, glossary: Glossary) -> bool:
    return any(mention.entry.kind in _KINDS_OF_NAMES[kind] for mention in glossary.mentions(text))


#: What is looked for in a sentence; a kind that is not here is shown by any sentence.
_SHOWS: Mapping[Kind, Callable[[str, Glossary], bool]] = {
    "when": lambda text, _: bool(_DATE_LIKE.search(text) or any(m.year for m in find_dates(text))),
    "number": lambda text, _: bool(_NUMBER.search(_NO_COUNT.sub(" ", text))),
    "who": lambda text, g: bool(_PERSON.search(text) or _BODY.search(text)) or _named(text, "who", g),
    "where": lambda text, g: bool(_PLACE.search(text)) or _named(text, "where", g),
    "why": lambda text, _: bool(_WHY.search(text)),
    "list": lambda text, _: bool(_MANY.search(text)),
    "definition": lambda text, _: bool(_DEFINES.search(text)),
}


def shown(asked: Asked, text: str, glossary: Glossary) -> float:
    """Share of the asked-for kinds that `text` shows, 0 to 1; 1 where any sentence would do."""
    folded = unicodedata.normalize("NFKC", text)
    looked = [_SHOWS[kind](folded, glossary) for kind in asked.kinds if kind in _SHOWS]
    return sum(looked) / len(looked) if looked else 1.0
