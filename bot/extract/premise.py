"""Where the words quoted do not agree with the question, or with each other: what to tell the reader. Pure.

Years and names are compared, and whether a firm claim in the question meets a negated source. A remark states
what stands where and never who is right.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.extract.evidence import Evidence
from bot.extract.frame import source_name
from bot.extract.reading import head_text
from bot.types import Citation
from ingest.dates import DateMention, find_dates
from ingest.language import fold
from ingest.types import Language

#: Two sentences speak of the same thing when each covers this much of what the best one covers.
ALIKE = 0.85
#: And when the words of the question that only one of them meets weigh no more than this of all that they meet.
APART = 0.25
#: Match from which a term of the question counts as standing in a sentence.
STANDS = 0.8

_CLAIMS = re.compile(
    r"(?:です|ます)よね|だそうで|そうですが|と(?:決めた|定めた|言って(?:い)?ますが)|(?:した|できない|"
    r"出せない|ない)(?:のは|理由|と聞)|なぜ|どうして|"
    r"^(?:since|given that|as)\b|\b(?:right|isn't it|wasn't it|aren't they|didn't (?:it|they))\?$|"
    r"^why (?:did|does|is|was|were|do)\b|"
    r"^[A-Z][\w' ]{1,60} (?:says|said|requires|ended|decided|stated)\b",
    re.I,
)
_NEGATED = re.compile(
    r"ない|なかった|ません|ず(?:、|に)|禁止|不可|一切|\b(?:not|no|never|cannot|nothing|neither|nor|without|"
    r"prohibit\w*|forbid\w*)\b|n't\b",
    re.I,
)
#: A reference in brackets, as in (Okubo, 2015; MEXT, 2020a), whose year dates nothing but itself.
_REFERENCE = re.compile(
    r"\((?:[A-Z][\w.’'-]*(?: (?:&|and|et al\.|in|[A-Z][\w.’'-]*))*,? \d{4}[a-z]?(?:[;,] ?)?)+[^()]*\)"
)
_TAG = re.compile(
    r",? ?(?:isn't|wasn't|aren't|weren't|doesn't|didn't) (?:it|they|he|she)\?$|ではない(?:です|"
    r"でしょう)?か[?？]?$",
    re.I,
)

_WORDS: Mapping[str, Mapping[Language, str]] = {
    "year": {
        "ja": "質問には{asked}とありますが、引用した文にあるのは{found}です。",
        "en": "The question says {asked}; the words quoted say {found}.",
    },
    "name": {
        "ja": "質問にある「{asked}」は、最初に引用した文には出てきません。前提が合っているか、原文の言葉でご確認ください。",
        "en": "“{asked}” in the question does not stand in the first words quoted; please check the question against the source's words.",
    },
    "claim": {
        "ja": "質問の前提と、引用した文の言い方（否定か肯定か）が異なるようです。原文の言葉を優先してください。",
        "en": "The question takes for granted what the words quoted seem to put the other way round; go by the source's words.",
    },
    "conflict": {
        "ja": "資料の記述が一致していません：{found}。両方を示します。",
        "en": "The sources do not agree: {found}. Both are shown.",
    },
}


@dataclass(frozen=True, slots=True)
class _Cited:
    """A quoted unit: its place in the evidence, its text and its citation."""

    at: int
    text: str
    citation: Citation


def _years(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(m.year for m in find_dates(unicodedata.normalize("NFKC", text)) if m.year))


def _said(years: Sequence[int], language: Language) -> str:
    return "・".join(f"{year}年" for year in years) if language == "ja" else ", ".join(map(str, years))


def _cited(evidence: Evidence, citations: Sequence[Citation]) -> list[_Cited]:
    found = []
    for citation in citations:
        quote = citation.quote
        for at, unit in enumerate(evidence.units):
            same = evidence.hits[int(evidence.hit_of[at])].passage.id == quote.passage.id
            if same and quote.start <= unit.start and unit.end <= quote.end:
                found.append(_Cited(at, unit.text, citation))
    return found


def _year(evidence: Evidence, cited: Sequence[_Cited], language: Language) -> str:
    """The question's year is in nothing that is quoted or around it, and the first quote has another."""
    asked, found = evidence.asked.years, _years(cited[0].text)
    if not asked or not found:
        return ""
    around = [one.citation.quote for one in cited]
    seen = {
        y
        for quote in around
        for y in _years(f"{head_text(quote.passage, quote.record)}\n{quote.passage.text}")
    }
    if seen & set(asked):
        return ""
    return _WORDS["year"][language].format(asked=_said(asked, language), found=_said(found, language))


def _name(evidence: Evidence, cited: Sequence[_Cited], language: Language) -> str:
    """A body that the question takes for the doer, and that the first quote, its title and headings do
    not name.
    """
    if not _CLAIMS.search(evidence.asked.text):
        return ""
    quote = cited[0].citation.quote
    text = fold(f"{head_text(quote.passage, quote.record)}\n{cited[0].text}")
    for forms in evidence.asked.bodies:
        if not any(fold(form) in text for form in forms):
            return _WORDS["name"][language].format(asked=forms[0])
    return ""


def _claim(evidence: Evidence, cited: Sequence[_Cited], language: Language) -> str:
    """A question that takes something for granted, against a first quote of the other polarity."""
    question = _TAG.sub("", evidence.asked.text)
    if not _CLAIMS.search(evidence.asked.text):
        return ""
    differs = bool(_NEGATED.search(question)) != bool(_NEGATED.search(cited[0].text))
    return _WORDS["claim"][language] if differs else ""


def _year_of(evidence: Evidence, text: str) -> int:
    """The one year that a sentence gives for the thing asked about: the nearest to its name; 0 where it
    is not clear.
    """
    bare = _REFERENCE.sub("", unicodedata.normalize("NFKC", text))
    found = [mention for mention in find_dates(bare) if mention.year]
    if len({mention.year for mention in found}) <= 1:
        return found[0].year or 0 if found else 0
    # A word that stands twice (Institute) is no place of its own.
    forms = (form for forms in evidence.asked.names for form in forms if bare.count(form) == 1)
    places = [(bare.find(form), bare.find(form) + len(form)) for form in forms]
    if not places:
        return 0

    def gap(mention: DateMention) -> int:
        return min(max(mention.start - end, start - mention.end) for start, end in places)

    return min(found, key=gap).year or 0


def _one_matter(evidence: Evidence, one: int, other: int) -> bool:
    """Whether two units meet the same words of the question, the thing asked for among them.

    Two entries of one timeline are two events.
    """
    first, second = evidence.units[one], evidence.units[other]
    if first.label and second.label and evidence.hit_of[one] == evidence.hit_of[other]:
        return False
    stands = evidence.body[:, [one, other]] >= STANDS
    if not stands[list(evidence.target)].all():
        return False
    either = float(evidence.weights @ stands.any(axis=1))
    return float(evidence.weights @ (stands[:, 0] != stands[:, 1])) <= APART * either


def _conflict(evidence: Evidence, cited: Sequence[_Cited], language: Language) -> str:
    """Two quotes that answer the same question with different years."""
    if not evidence.asked.wants("when") or evidence.asked.years:
        return ""
    cover = evidence.covered((evidence.body >= STANDS).astype(np.float32))
    top = max(float(cover[one.at]) for one in cited)
    alike = [(one, _year_of(evidence, one.text)) for one in cited if cover[one.at] >= ALIKE * top]
    for one, year in alike:
        for other, another in alike:
            apart = bool(year and another and year != another)
            if one.at < other.at and apart and _one_matter(evidence, one.at, other.at):
                said = [
                    f"{_said((y,), language)} – {source_name(each.citation.quote.record, language)} "
                    f"[{each.citation.n}]"
                    for each, y in ((one, year), (other, another))
                ]
                return _WORDS["conflict"][language].format(found="; ".join(said))
    return ""


#: Each looks for one kind of disagreement; empty where there is none.
_LOOKS = (_conflict, _year, _name, _claim)


def remarks(evidence: Evidence, citations: Sequence[Citation], language: Language) -> tuple[str, ...]:
    """What to tell the reader about disagreements, most telling first; usually nothing."""
    cited = _cited(evidence, citations)
    if not cited:
        return ()
    return tuple(said for look in _LOOKS if (said := look(evidence, cited, language)))
