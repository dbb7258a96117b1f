"""The lines around an answer: who says it and when, how it stands, and the key terms of a foreign quote.
Pure.

The first note introduces the statements; the others follow them. Everything is read off the records of what
is cited.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.types import Answer, Citation, Quote
from ingest.types import Language, Record
from vectorstore.glossary import Entry, Glossary

#: Key terms given for foreign quotes, at most.
KEY_TERMS = 5
#: Longest and shortest key term, in Japanese characters; a whole title is no term.
LONGEST_TERM, SHORTEST_TERM = 20, 4
#: What the note with the key terms begins with.
_TERMS: Mapping[Language, str] = {"ja": "原文の用語: ", "en": "Terms in the original: "}
_KEY_KINDS = frozenset({"concept", "body", "programme"})

_MONTHS = ("January February March April May June July August September October November December").split()
_TRAILING_BRACKET = re.compile(r"\s*[（(][^（）()]*[）)]$")
_ORGANISER = re.compile(r"[（(](?:主催|organi[sz]er)[）)]$")
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
    """Issuer, or title where there is none, with the date in brackets. An event has an organiser, who does not
    speak for the others: its papers are named instead.
    """
    name = short_issuer(record, language)
    if not name:
        title = _TRAILING_BRACKET.sub("", record.title(language))
        name = f"「{title}」" if language == "ja" else f"“{title}”"
    elif record.kind == "event" or _ORGANISER.search(record.issuer(language)):
        name = f"{name}主催の催しの資料" if language == "ja" else f"papers of an event held by {_the(name)}"
    date = spoken_date(record.date, language)
    if not date:
        return name
    return f"{name}（{date}）" if language == "ja" else f"{name} ({date})"


def _the(name: str) -> str:
    return (
        f"the {name}"
        if re.match(r"(?:University|Association|Ministry|Institute|Council) of\b", name)
        else name
    )


def marks(numbers: Sequence[int]) -> str:
    """Citation numbers as they stand beside statements; three or more in a row as a range."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "".join(
        f"[{run[0]}–{run[-1]}]" if len(run) > 2 else "".join(f"[{number}]" for number in run) for run in runs
    )


def introduces(note: str) -> bool:
    """Whether a note is an introduction, which means something only where statements follow it."""
    return note.endswith(("によれば、", ":"))


def introduction(citations: Sequence[Citation], language: Language) -> str:
    """Who says it and when; of several sources each with its numbers, so that every statement has one."""
    named: dict[str, list[int]] = {}
    for citation in citations:
        named.setdefault(source_name(citation.quote.record, language), []).append(citation.n)
    names = [f"{name}{marks(numbers)}" if len(named) > 1 else name for name, numbers in named.items()]
    if language == "ja":
        return "、".join(names) + "によれば、"
    names = [re.sub(r"(?=\[)", " ", name, count=1) if len(named) > 1 else name for name in names]
    joined = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return joined[:1].upper() + joined[1:] + ":"


@dataclass(frozen=True, slots=True)
class _Caveat:
    """What is said about the standing of quotes: of all that an answer cites, or of some of them by number."""

    applies: Callable[[Quote], bool]
    of_all: Mapping[Language, str]
    of_some: Mapping[Language, str]


_CAVEATS = (
    _Caveat(
        lambda quote: quote.record.standing == "under discussion",
        {
            "ja": "引用した文書の内容は、発行元が引き続き議論するとしているもので、確定した規則ではありません。",
            "en": "The issuer describes what is quoted here as still under discussion; it is not a settled rule.",
        },
        {
            "ja": "{}は、発行元が引き続き議論するとしている内容で、確定した規則ではありません。",
            "en": "The issuer describes what is quoted in {} as still under discussion; it is not a settled rule.",
        },
    ),
    _Caveat(
        lambda quote: bool(_TRIAL.search(quote.text)) or quote.record.standing == "trial",
        {
            "ja": "試行として述べられている内容を含みます。",
            "en": "It includes measures that are described as a trial.",
        },
        {
            "ja": "{}には、試行として述べられている内容を含みます。",
            "en": "What is quoted in {} includes measures that are described as a trial.",
        },
    ),
    _Caveat(
        lambda quote: quote.record.standing == "position",
        {
            "ja": "団体としての立場を述べたもので、拘束力のある規則ではありません。",
            "en": "This states an association's position; it is not a binding rule.",
        },
        {
            "ja": "{}は、団体としての立場を述べたもので、拘束力のある規則ではありません。",
            "en": "What is quoted in {} states an association's position; it is not a binding rule.",
        },
    ),
    _Caveat(
        lambda quote: quote.record.kind == "digest" or bool(quote.record.digest_of),
        {
            "ja": "これは要約であり原文ではありません。正確な文言は原文でご確認ください。",
            "en": "This is quoted from a digest, not from the original; please check the original for the exact wording.",
        },
        {
            "ja": "{}は要約からの引用で、原文ではありません。正確な文言は原文でご確認ください。",
            "en": "{} is quoted from a digest, not from the original; please check the original for the exact wording.",
        },
    ),
)


def _caveats(citations: Sequence[Citation], language: Language) -> tuple[str, ...]:
    found = []
    for caveat in _CAVEATS:
        numbers = [one.n for one in citations if caveat.applies(one.quote)]
        if len(numbers) == len(citations):
            found.append(caveat.of_all[language])
        elif numbers:
            found.append(caveat.of_some[language].format(marks(numbers)))
    return tuple(found)


def _weak_kind(record: Record, language: Language) -> str:
    """What a source that sets no rules is called; empty for a firmer one."""
    if record.digest_of and record.standing == "informational":
        return {"ja": "参考資料の要約", "en": "a digest of an informational source"}[language]
    return _KINDS[record.kind][language] if record.kind in _KINDS else ""


def _weak(answer: Answer) -> tuple[str, ...]:
    """Which statements rest on nothing firmer than slides, an event or an article, and on what."""
    language = answer.language
    kinds = {one.n: _weak_kind(one.quote.record, language) for one in answer.citations}
    resting = [s for s in answer.statements if s.citations and all(kinds.get(n) for n in s.citations)]
    if not resting:
        return ()
    weak = [n for statement in resting for n in statement.citations]
    if len(resting) == len(answer.statements):
        names = list(dict.fromkeys(kinds[n] for n in weak))
        if language == "ja":
            return (f"根拠は{'と'.join(names)}だけで、規則を定めた文書ではありません。",)
        return (f"This rests only on {' and '.join(names)}; none of it lays down rules.",)
    by_kind: dict[str, list[int]] = {}
    for n in weak:
        by_kind.setdefault(kinds[n], []).append(n)
    if language == "ja":
        return tuple(
            f"{marks(n)}の根拠は{k}だけで、規則を定めた文書ではありません。" for k, n in by_kind.items()
        )
    return tuple(
        f"{marks(n)} {'rests' if len(set(n)) == 1 else 'rest'} only on {k}, which lays down no rules."
        for k, n in by_kind.items()
    )


def _dated(record: Record, language: Language) -> str:
    title, date = record.title(language), spoken_date(record.date, language)
    if language == "ja":
        return f"「{title}」" + (f"（{date}）" if date else "")
    return f"“{title}”" + (f" ({date})" if date else "")


def _versions(quotes: Sequence[Quote], records: Sequence[Record], language: Language) -> tuple[str, ...]:
    """What is cited although there is a newer version, and the older versions of what is cited."""
    cited = {quote.record.key: quote.record for quote in quotes}
    known = {record.key: record for record in records}
    found = []
    for record in (one for one in cited.values() if one.superseded_by):
        newer = known.get(record.superseded_by)
        later = _dated(newer, language) if newer else ""
        if language == "ja":
            found.append(f"「{record.title(language)}」にはより新しい版{later}があります。")
        else:
            found.append(f"There is a newer version of “{record.title(language)}”{later and f': {later}'}.")
    for older in (one for one in known.values() if one.superseded_by in cited and one.key not in cited):
        newer = cited[older.superseded_by]
        if language == "ja":
            found.append(f"{_dated(newer, language)}は、{_dated(older, language)}に代わる版です。")
        else:
            found.append(f"{_dated(newer, language)} takes the place of {_dated(older, language)}.")
    return tuple(found)


def _telling(entry: Entry, surface: str) -> bool:
    """Whether a term is worth a translation: not a plain word (university, 目的), nor a whole title."""
    if entry.kind not in _KEY_KINDS or len(entry.ja[0]) > LONGEST_TERM:
        return False
    if surface.isascii():
        return " " in surface or "-" in surface or not surface.islower()
    return len(surface) >= SHORTEST_TERM


def _key_terms(answer: Answer, quotes: Sequence[Quote], glossary: Glossary) -> tuple[str, ...]:
    """Terms of quotes in the other language, as they stand there, with their equivalents; those that are asked
    for come first.
    """
    texts = [q.text for q in quotes if q.passage.language != answer.language]
    foreign = " ".join(unicodedata.normalize("NFKC", "\n".join(texts)).split())
    if not foreign:
        return ()
    asked = {mention.entry.number for mention in glossary.mentions(answer.query)}
    known: dict[int, tuple[Entry, str, str]] = {}
    for mention in glossary.mentions(foreign):
        entry, surface = mention.entry, foreign[mention.start : mention.end]
        forms = (form for form in (*entry.en, *entry.ja) if form.lower() == surface.lower())
        surface = next(forms, surface)  # without the capital of a sentence's first word
        ours = (entry.ja if answer.language == "ja" else entry.en)[0]
        if _telling(entry, surface) and surface.lower() != ours.lower():
            known.setdefault(entry.number, (entry, surface, ours))
    chosen = sorted(known.values(), key=lambda one: (one[0].number not in asked, -len(one[0].en[0].split())))
    pairs = "; ".join(f"{surface} = {ours}" for _, surface, ours in chosen[:KEY_TERMS])
    if not pairs:
        return ()
    return (f"{_TERMS[answer.language]}{pairs}",)


def terms_in(note: str, language: Language) -> tuple[tuple[str, str], ...]:
    """(term of the original, what the reader calls it) of a note of key terms; nothing of any other note."""
    if not note.startswith(_TERMS[language]):
        return ()
    pairs = (pair.partition(" = ") for pair in note.removeprefix(_TERMS[language]).split("; "))
    return tuple((theirs, ours) for theirs, _, ours in pairs)


def frame(answer: Answer, glossary: Glossary, records: Sequence[Record] = ()) -> tuple[str, ...]:
    """The notes of an answered answer, the introduction first. `records` are those of the whole library."""
    quotes = [citation.quote for citation in answer.citations]
    if not quotes:
        return ()
    language = answer.language
    return (
        introduction(answer.citations, language),
        *_weak(answer),
        *_caveats(answer.citations, language),
        *_versions(quotes, records, language),
        *_key_terms(answer, quotes, glossary),
    )
