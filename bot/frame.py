"""The lines around an answer: who says it and when, how it stands, and the key terms of a foreign quote.
Pure.

The first note introduces the statements; the others follow them. Everything is read off the records of what
is cited.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.types import Answer, Quote
from ingest.types import Language, Record
from vectorstore.glossary import Entry, Glossary

#: Sources named in the introduction, and key terms given for foreign quotes, at most.
SOURCES, KEY_TERMS = 3, 5
#: Longest key term, in Japanese characters; a whole title is no term.
LONGEST_TERM = 20
_KEY_KINDS = frozenset({"concept", "body", "programme"})

_MONTHS = ("January February March April May June July August September October November December").split()
_TRAILING_BRACKET = re.compile(r"\s*[（(][^（）()]*[）)]$")
_TRIAL = re.compile(r"\btrial\b|\bpilot\b|試行|トライアル", re.I)

#: Kind of document -> what it is called in a sentence.
_KINDS: Mapping[str, Mapping[Language, str]] = {
    "event": {"ja": "催しのプログラムと発表スライド", "en": "an event's programme and slides"},
    "slides": {"ja": "説明用スライド", "en": "a set of slides"},
    "article": {"ja": "研究論文", "en": "a research article"},
}


def short_issuer(record: Record, language: Language) -> str:
    """The issuer as people call it: the shortest of its names that its full name holds, without remarks
    in brackets.
    """
    full = record.issuer(language)
    held = sorted((alias for alias in record.aliases if alias != full and alias in full), key=len)
    return held[0] if held else _TRAILING_BRACKET.sub("", full)


def spoken_date(iso: str, language: Language) -> str:
    """ "2024-12-18" as 2024年12月18日 or 18 December 2024; as precise as it is given."""
    parts = [int(part) for part in iso.split("-") if part.isdigit()]
    if language == "ja":
        return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))
    words = (
        [str(part) for part in parts[2:]]
        + [_MONTHS[part - 1] for part in parts[1:2]]
        + [str(p) for p in parts[:1]]
    )
    return " ".join(words)


def source_name(record: Record, language: Language) -> str:
    """Issuer, or title where there is none, with the date in brackets."""
    issuer = short_issuer(record, language)
    title = _TRAILING_BRACKET.sub("", record.title(language))
    name = issuer or (f"「{title}」" if language == "ja" else f"“{title}”")
    date = spoken_date(record.date, language)
    if not date:
        return name
    return f"{name}（{date}）" if language == "ja" else f"{name} ({date})"


def _introduction(records: Sequence[Record], language: Language) -> str:
    names = list(dict.fromkeys(source_name(record, language) for record in records))
    shown, more = names[:SOURCES], len(names) > SOURCES
    if language == "ja":
        return "、".join(shown) + ("など" if more else "") + "によれば、"
    joined = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
    return joined[:1].upper() + joined[1:] + (" and others:" if more else ":")


@dataclass(frozen=True, slots=True)
class _Caveat:
    """What is said about the standing of an answer's sources, and when."""

    applies: Callable[[Sequence[Quote]], bool]
    words: Mapping[Language, str]


def _all(quotes: Sequence[Quote], holds: Callable[[Record], bool]) -> bool:
    return all(holds(quote.record) for quote in quotes)


def _any(quotes: Sequence[Quote], holds: Callable[[Record], bool]) -> bool:
    return any(holds(quote.record) for quote in quotes)


_CAVEATS = (
    _Caveat(
        lambda quotes: _any(quotes, lambda r: r.standing == "under discussion"),
        {
            "ja": "引用した文書の内容は、発行元が引き続き議論するとしているもので、確定した規則ではありません。",
            "en": "The issuer describes what is quoted here as still under discussion; it is not a settled rule.",
        },
    ),
    _Caveat(
        lambda quotes: (
            any(_TRIAL.search(quote.text) for quote in quotes)
            or _any(quotes, lambda r: r.standing == "trial")
        ),
        {
            "ja": "試行として述べられている内容を含みます。",
            "en": "It includes measures that are described as a trial.",
        },
    ),
    _Caveat(
        lambda quotes: _any(quotes, lambda r: r.standing == "position"),
        {
            "ja": "団体としての立場を述べたもので、拘束力のある規則ではありません。",
            "en": "This states an association's position; it is not a binding rule.",
        },
    ),
    _Caveat(
        lambda quotes: _any(quotes, lambda r: r.kind == "digest" or bool(r.digest_of)),
        {
            "ja": "これは要約であり原文ではありません。正確な文言は原文でご確認ください。",
            "en": "This is quoted from a digest, not from the original; please check the original for the exact wording.",
        },
    ),
)


def _weak_kind(record: Record, language: Language) -> str:
    """What a source that sets no rules is called; empty for a firmer one."""
    if record.digest_of and record.standing == "informational":
        return {"ja": "参考資料の要約", "en": "a digest of an informational source"}[language]
    return _KINDS[record.kind][language] if record.kind in _KINDS else ""


def _weak(quotes: Sequence[Quote], language: Language) -> tuple[str, ...]:
    """A caveat when nothing firmer than slides, an event or an article is cited."""
    names = list(dict.fromkeys(_weak_kind(quote.record, language) for quote in quotes))
    if not all(names):
        return ()
    if language == "ja":
        return (f"根拠は{'と'.join(names)}だけで、規則を定めた文書ではありません。",)
    return (f"This rests only on {' and '.join(names)}; none of it lays down rules.",)


def _superseded(quotes: Sequence[Quote], language: Language) -> tuple[str, ...]:
    old = list(dict.fromkeys(q.record.title(language) for q in quotes if q.record.superseded_by))
    if not old:
        return ()
    if language == "ja":
        return (f"「{old[0]}」にはより新しい版があります。",)
    return (f"There is a newer version of “{old[0]}”.",)


def _pair(entry: Entry, language: Language) -> str:
    return f"{entry.en[0]} = {entry.ja[0]}" if language == "ja" else f"{entry.ja[0]} = {entry.en[0]}"


def _key_terms(answer: Answer, quotes: Sequence[Quote], glossary: Glossary) -> tuple[str, ...]:
    """Terms of quotes in the other language with their equivalents; those that are asked for come first."""
    foreign = "\n".join(q.text for q in quotes if q.passage.language != answer.language)
    if not foreign:
        return ()
    asked = {mention.entry.number for mention in glossary.mentions(answer.query)}
    known = {m.entry.number: m.entry for m in glossary.mentions(foreign)}
    entries = [
        entry for entry in known.values() if entry.kind in _KEY_KINDS and len(entry.ja[0]) <= LONGEST_TERM
    ]
    entries.sort(key=lambda e: (e.number not in asked, -len(e.en[0].split()), -len(e.ja[0])))
    if not entries:
        return ()
    pairs = "; ".join(_pair(entry, answer.language) for entry in entries[:KEY_TERMS])
    return (f"原文の用語: {pairs}" if answer.language == "ja" else f"Terms in the original: {pairs}",)


def frame(answer: Answer, glossary: Glossary) -> tuple[str, ...]:
    """The notes of an answered answer, the introduction first."""
    quotes = [citation.quote for citation in answer.citations]
    if not quotes:
        return ()
    language = answer.language
    records = [quote.record for quote in quotes]
    caveats = tuple(one.words[language] for one in _CAVEATS if one.applies(quotes))
    return (
        _introduction(records, language),
        *_weak(quotes, language),
        *caveats,
        *_superseded(quotes, language),
        *_key_terms(answer, quotes, glossary),
    )
