"""Makes false statements out of true ones: pure functions, per kind and language, the same output for the
same input.

A mutant differs from its sentence in one claim (a negation, a number, a date, a name, a force, a
quantifier, a direction) and reads like something a writer could have written. The rules know nothing of
the checks that are measured with them; `mutations_en` and `mutations_ja` hold the rules of words, this
file those of figures and names.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from evals.mutations_en import ENGLISH
from evals.mutations_ja import JAPANESE
from ingest.types import Language

Kind = Literal["negation", "number", "date", "body", "force", "quantifier", "direction"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_YEAR = r"(?:1[89]|20)\d\d"
_NUMBER = re.compile(
    r"(?<![A-Za-z\d.,:/＝=-])\d{1,3}(?:,\d{3})+(?![\d,])"
    r"|(?<![A-Za-z\d.,:/=-])\d+(?:\.\d+)?(?![\d.:/A-Za-z-])"
)
_YEARS = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b(?= \d|,| of)")
_JA_MONTH = re.compile(r"(?<=年)\s?\d{1,2}(?=月)")
_JA_DAY = re.compile(r"(?<=月)\s?\d{1,2}(?=日)")
_ERA = re.compile(r"(令和|平成)\s?([\d元０-９]+)(?=年)")
#: Units after a number and the unit that takes their place.
_UNITS = (
    ("%", "人"),
    ("人", "件"),
    ("年間", "か月間"),
    ("か国", "大学"),
    ("大学", "か国"),
    ("校", "社"),
    ("件", "%"),
    ("単位", "年"),
    ("日間", "週間"),
    ("年", "か月"),
)
_EN_UNITS = (
    ("percent", "people"),
    ("%", " students"),
    ("years", "months"),
    ("students", "universities"),
    ("countries", "universities"),
    ("days", "weeks"),
    ("universities", "countries"),
    ("programs", "students"),
    ("companies", "countries"),
    ("credits", "years"),
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A false statement: what kind of falsehood, which rule made it, and its text."""

    kind: Kind
    rule: str
    text: str


def _put(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def _by_words(sentence: str, language: Language) -> Iterator[Mutant]:
    """Every rule of words at its first and at its last place."""
    for kind, rule, pattern, new in ENGLISH if language == "en" else JAPANESE:
        places = list(re.finditer(pattern, sentence))
        for place in (*places[:1], *places[1:][-1:]):
            text = _put(sentence, place.start(), place.end(), place.expand(new))
            yield Mutant(kind, rule, text)


def _write(value: int, like: str) -> str:
    return f"{value:,}" if "," in like else str(value)


def _figures(sentence: str, language: Language) -> Iterator[Mutant]:
    for place in list(_NUMBER.finditer(sentence))[:3]:
        old = place.group()
        if re.fullmatch(_YEAR, old) or sentence[: place.start()].endswith(("令和", "平成", "GPT-", "COVID-")):
            continue
        if re.match(r"\s?[年月日](?!間)", sentence[place.end() :]) or re.match(
            r"\s?\.\d", sentence[place.end() :]
        ):
            continue
        if "." in old:
            yield Mutant("number", "decimal", _put(sentence, *place.span(), str(float(old) + 1)))
            continue
        value = int(old.replace(",", ""))
        yield Mutant("number", "one more", _put(sentence, *place.span(), _write(value + 1, old)))
        yield Mutant("number", "tenfold", _put(sentence, *place.span(), _write(value * 10, old)))
        if value > 1:
            yield Mutant("number", "one less", _put(sentence, *place.span(), _write(value - 1, old)))
        swapped = re.sub(r"(\d)(\D?)(\d)$", r"\3\2\1", old)
        if swapped != old and not swapped.startswith("0"):
            yield Mutant("number", "digits swapped", _put(sentence, *place.span(), swapped))
        yield from _units(sentence, place.end(), language)


def _units(sentence: str, end: int, language: Language) -> Iterator[Mutant]:
    for unit, other in _UNITS if language == "ja" else _EN_UNITS:
        found = re.match(rf"\s?{re.escape(unit)}(?!度)", sentence[end:])
        if found:
            new = found.group().replace(unit, other)
            yield Mutant("number", "unit", _put(sentence, end, end + found.end(), new))
            return


def _dates(sentence: str) -> Iterator[Mutant]:
    for place in list(_YEARS.finditer(sentence))[:2]:
        for shift in (1, -2, 10):
            yield Mutant("date", "year", _put(sentence, *place.span(), str(int(place.group()) + shift)))
    for place in _MONTH.finditer(sentence):
        month = _MONTHS[(_MONTHS.index(place.group()) + 3) % 12]
        yield Mutant("date", "month", _put(sentence, *place.span(), month))
    for pattern, rule in ((_JA_MONTH, "month"), (_JA_DAY, "day")):
        for place in pattern.finditer(sentence):
            yield Mutant("date", rule, _put(sentence, *place.span(), str(int(place.group()) % 12 + 1)))
    for place in _ERA.finditer(sentence):
        era, year = place.groups()
        other = "平成" if era == "令和" else "令和"
        yield Mutant("date", "era", _put(sentence, *place.span(), other + year))
        if year != "元":
            yield Mutant("date", "era year", _put(sentence, *place.span(), f"{era}{int(year) + 1}"))
    for place in list(re.finditer(r"(?<=\d{4})年(?!度|代|間|ぶり|生|以)", sentence))[:1]:
        yield Mutant("date", "fiscal year", _put(sentence, *place.span(), "年度"))


def _bodies(sentence: str, bodies: Sequence[Sequence[str]]) -> Iterator[Mutant]:
    """Each named body replaced by two others that the sentence does not name, chosen by place in the list."""
    named = [(group, form) for group in bodies for form in group if form in sentence]
    named = [(g, f) for g, f in named if not any(f != other and f in other for _, other in named)]
    groups = [group for group, _ in named]
    others = [group[0] for group in bodies if not any(form in sentence for form in group)]
    for group, form in named[:3]:
        for step in (7, 31):
            if others:
                other = others[(bodies.index(group) * step + len(sentence)) % len(others)]
                yield Mutant("body", "other body", sentence.replace(form, other))
    if len(named) > 1 and groups[0] is not groups[1]:
        one, other, mark = named[0][1], named[1][1], "\x00"
        swapped = sentence.replace(one, mark).replace(other, one).replace(mark, other)
        yield Mutant("body", "bodies swapped", swapped)


def mutants(sentence: str, language: Language, bodies: Sequence[Sequence[str]] = ()) -> tuple[Mutant, ...]:
    """All false versions of a true sentence. `bodies` are groups of names of one body, in the sentence's
    language.
    """
    found: dict[str, Mutant] = {}
    for mutant in (
        *_by_words(sentence, language),
        *_figures(sentence, language),
        *_dates(sentence),
        *_bodies(sentence, bodies),
    ):
        if mutant.text != sentence:
            found.setdefault(mutant.text, mutant)
    return tuple(found.values())
