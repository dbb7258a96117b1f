"""Personal data in a text: e-mail addresses, telephone numbers, My Numbers, passports, researcher ids. Pure.

Found by form alone, whatever width the characters have; a My Number and an ORCID only with a right check digit. Names
are not found. What is found is replaced before a text is logged or leaves the machine.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from ingest.language import language_of
from ingest.types import Language

Kind = Literal["e-mail", "phone", "my number", "passport", "researcher id"]

#: What stands in the place of each kind.
PLACEHOLDERS: Mapping[Kind, Mapping[Language, str]] = {
    "e-mail": {"ja": "（メールアドレス）", "en": "(e-mail address)"},
    "phone": {"ja": "（電話番号）", "en": "(telephone number)"},
    "my number": {"ja": "（個人番号）", "en": "(personal number)"},
    "passport": {"ja": "（旅券番号）", "en": "(passport number)"},
    "researcher id": {"ja": "（研究者番号）", "en": "(researcher id)"},
}
#: Full-width forms and the many dashes as plain ones, one character for one, so that places stay.
_PLAIN = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {
    ord(dash): "-" for dash in "‐‑‒–—―−ｰ"
} | {ord("　"): " "}  # fmt: skip
_AT = r"(?:@| ?[(\[]at[)\]] ?| at (?=[A-Za-z0-9-]+ ?(?:\.|[(\[]dot[)\]])))"
_DOT = r"(?:\.| ?[(\[]dot[)\]] ?)"
_EMAIL = re.compile(
    rf"[A-Za-z0-9][A-Za-z0-9._%+-]{{0,63}}{_AT}[A-Za-z0-9-]{{1,63}}(?:{_DOT}[A-Za-z0-9-]{{1,63}}){{1,6}}",
    re.I,
)
_GAP = r"[-.ー ]"
_PHONE = re.compile(
    rf"(?<![\d.A-Za-z-])(?:"
    rf"\+\d{{1,3}}{_GAP}?(?:\(0?\d{{0,4}}\){_GAP}?)?\d{{1,4}}(?:{_GAP}?\d{{2,4}}){{1,4}}"
    rf"|\(0\d{{1,4}}\){_GAP}?\d{{1,4}}{_GAP}\d{{3,4}}"
    rf"|0\d{{1,4}}\(\d{{1,4}}\)\d{{3,4}}"
    rf"|0\d{{1,4}}{_GAP}\d{{1,4}}{_GAP}\d{{3,4}}"
    rf"|0\d{{9,10}}"
    rf")(?![\d-]|\.\d)"
)
_TWELVE = re.compile(r"(?<![\d-])\d{4}(?P<gap>[- ]?)\d{4}(?P=gap)\d{4}(?![\d-])")
_PASSPORT = re.compile(r"(?<![A-Za-z0-9-])[A-Z]{2} ?\d{7}(?![\dA-Za-z-])")
#: Of other countries: looked for only after a word that says what it is.
_NAMED_PASSPORT = re.compile(
    r"(?:旅券|パスポート|passport)[^A-Z\d。\n]{0,20}(?P<id>[A-Z]{0,2}\d{6,9})(?![\dA-Za-z-])", re.I
)
_ORCID = re.compile(r"(?<![\d-])\d{4}-\d{4}-\d{4}-\d{3}[\dX](?![\d-])")
_NAMED_RESEARCHER = re.compile(r"(?:研究者番号|e-Rad)[^\d。\n]{0,12}(?P<id>\d{8})(?!\d)", re.I)


@dataclass(frozen=True, slots=True)
class Item:
    """A personal datum at ``text[start:end]``."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without its personal data, and what was found in the text as it was."""

    text: str
    items: tuple[Item, ...]


def my_number_fits(digits: str) -> bool:
    """Whether twelve digits end in the check digit of a My Number (省令 平成26年総務省令第85号, article 5)."""
    if len(digits) != 12 or not digits.isdecimal() or len(set(digits)) == 1:
        return False
    weighted = sum(
        int(digit) * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(digits[:-1]), start=1)
    )
    rest = weighted % 11
    return int(digits[-1]) == (0 if rest <= 1 else 11 - rest)


def orcid_fits(written: str) -> bool:
    """Whether the last character is the check character of ISO 7064 MOD 11-2."""
    digits = written.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return digits[-1] == ("X" if check == 10 else str(check))


def _phone_fits(written: str) -> bool:
    """A number in Japan has ten digits or eleven, the nought included; one from abroad eight to fifteen."""
    digits = re.sub(r"\D", "", written)
    if written.startswith("+"):
        return 8 <= len(digits) <= 15
    if len(digits) not in (10, 11) or len(set(digits)) == 1:
        return False
    return digits[1] != "0" and (len(digits) == 10) != (digits[1:3] in ("50", "70", "80", "90"))


def _always(_: str) -> bool:
    return True


#: Tried in this order; what an earlier one has taken is left to it.
_FINDERS: tuple[tuple[Kind, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("e-mail", _EMAIL, _always),
    ("researcher id", _ORCID, orcid_fits),
    ("researcher id", _NAMED_RESEARCHER, _always),
    ("my number", _TWELVE, lambda written: my_number_fits(re.sub(r"\D", "", written))),
    ("phone", _PHONE, _phone_fits),
    ("passport", _PASSPORT, _always),
    ("passport", _NAMED_PASSPORT, _always),
)


def find_personal(text: str) -> tuple[Item, ...]:
    """The personal data of a text by place, none overlapping. Linear in the length of the text."""
    plain = text.translate(_PLAIN)
    found: list[Item] = []
    for kind, pattern, fits in _FINDERS:
        for match in pattern.finditer(plain):
            group = "id" if "id" in pattern.groupindex else 0
            start, end = match.span(group)
            free = not any(item.start < end and start < item.end for item in found)
            if free and fits(match[group]):
                found.append(Item(kind, start, end))
    return tuple(sorted(found, key=lambda item: item.start))


def mask(text: str, language: Language | None = None) -> Masked:
    """The text with a word for each datum in its place, in `language` or in that of the text."""
    items = find_personal(text)
    if not items:
        return Masked(text, ())
    words = language or language_of(text)
    pieces, at = [], 0
    for item in items:
        pieces += [text[at : item.start], PLACEHOLDERS[item.kind][words]]
        at = item.end
    return Masked("".join((*pieces, text[at:])), items)


def was_masked(text: str) -> bool:
    """Whether a text holds a word that stands for a personal datum."""
    return any(word in text for words in PLACEHOLDERS.values() for word in words.values())
