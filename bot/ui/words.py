"""Every word that the pages say, in Japanese and English, and which of the two a visitor gets.

`WORDS` is the whole table; a key that is missing fails at once. Knows no page and no framework.
"""

import re

from bot.ui.phrases.account import ACCOUNT
from bot.ui.phrases.answer import ANSWER
from bot.ui.phrases.asking import ASKING
from bot.ui.phrases.pages import PAGES
from bot.ui.phrases.staff import STAFF
from ingest.types import Language

#: key -> (Japanese, English). `{name}` is filled by `say`.
WORDS: dict[str, tuple[str, str]] = {**ASKING, **ANSWER, **PAGES, **STAFF, **ACCOUNT}

_COLUMN: dict[str, int] = {"ja": 0, "en": 1}


def say(language: str, key: str, **fill: object) -> str:
    """The words for `key` in "ja" or "en". Raises KeyError for a key or a hole that does not exist."""
    text = WORDS[key][_COLUMN[language]]
    return text.format(**fill) if fill else text


def edition_name(edition: str) -> str:
    """The name of an edition as people read it: when it was made, as far as its name says that."""
    found = re.fullmatch(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)\d*Z", edition)
    return "{}-{}-{} {}:{} UTC".format(*found.groups()) if found else edition


def column(language: str) -> dict[str, str]:
    """All words in one language."""
    return {key: both[_COLUMN[language]] for key, both in WORDS.items()}


def page_language(chosen: str, accept: str) -> Language:
    """The language a page speaks: the visitor's choice, else what the browser prefers of ours, else English.

    `chosen` is a query parameter or cookie, `accept` an Accept-Language header; neither need be well formed.
    """
    if chosen in ("ja", "en"):
        return "ja" if chosen == "ja" else "en"
    ranked = sorted(map(_preference, accept.split(",")), key=lambda pair: -pair[1])
    best = next((tag for tag, weight in ranked if weight > 0 and tag in ("ja", "en")), "en")
    return "ja" if best == "ja" else "en"


def _preference(item: str) -> tuple[str, float]:
    tag, _, rest = item.partition(";")
    weight = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", rest)
    return tag.strip().lower().split("-")[0], float(weight[1]) if weight else (0.0 if rest.strip() else 1.0)
