"""What a visitor may limit a search to: the choices that the catalogue offers, and the filter that was chosen. Pure."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot import labels
from bot.ui.words import say
from ingest.types import Health, Language, Record
from vectorstore.types import Filter

Catalogue = tuple[tuple[str, Record, Health], ...]
#: (value, the words that people read).
Choice = tuple[str, str]

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_LANGUAGES = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from, each in the order of the words that people read."""

    issuers: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    languages: tuple[Choice, ...]

    def words(self, only: Filter, language: Language) -> tuple[str, ...]:
        """A filter in words, one part after the other; empty where nothing is limited."""
        known = dict((*self.issuers, *self.kinds, *self.languages))
        parts = [known.get(value, value) for value in (*only.issuers, *only.kinds, *only.languages)]
        parts += [say(language, "since_date", date=labels.date(only.since, language))] if only.since else []
        parts += [say(language, "until_date", date=labels.date(only.until, language))] if only.until else []
        return tuple(parts)


def choices(catalogue: Catalogue, language: Language) -> Choices:
    """The choices of the live documents, in `language`."""
    records = [record for _, record, _ in catalogue]

    def found(value: Callable[[Record], str], word: Callable[[Record], str]) -> tuple[Choice, ...]:
        named = {value(record): word(record) for record in records if value(record)}
        return tuple(sorted(named.items(), key=lambda choice: choice[1]))

    return Choices(
        found(lambda r: r.issuer_en or r.issuer_ja, lambda r: r.issuer(language)),
        found(lambda r: r.kind, lambda r: labels.kind(r.kind, language)),
        tuple((code, say(language, f"language_{code}")) for code in _LANGUAGES),
    )


def chosen(
    issuers: Iterable[str] = (),
    kinds: Iterable[str] = (),
    languages: Iterable[str] = (),
    since: str = "",
    until: str = "",
) -> tuple[Filter, bool]:
    """The filter, and whether both dates could be read; a date that could not does not limit."""
    dates = [text.strip().replace("/", "-") for text in (since, until)]
    good = [text if _DATE.fullmatch(text) else "" for text in dates]
    only = Filter(_some(issuers), _some(kinds), _some(languages), (), *good)
    return only, good == dates


def _some(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value for value in values if value)
