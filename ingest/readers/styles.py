"""Style sheets and inline styles: which elements a browser would not show, and in what colour it shows text.

Reads the common part of CSS and nothing from outside the page. What it cannot tell, it takes for shown. Knows no tree:
selectors are handed on as XPath.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cssselect import ExpressionError, HTMLTranslator, SelectorSyntaxError
from cssselect.parser import parse

#: Red, green and blue, 0 to 255.
Colour = tuple[int, int, int]

#: The properties that decide whether text is seen.
PROPERTIES = frozenset(
    "display visibility font-size opacity color background background-color text-indent left top clip".split()
)
#: Rules beyond this are not read: no guideline hides its text in so many ways.
MOST_RULES = 400
#: Colours whose channels differ by no more than this look the same on a screen.
SAME = 24
#: A smaller font, in pixels, is not meant to be read.
SMALLEST_PIXELS = 2.0

WHITE: Colour = (255, 255, 255)
_NAMES: dict[str, Colour] = {
    "white": WHITE,
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255),
    "whitesmoke": (245, 245, 245),
    "black": (0, 0, 0),
}
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.S)
_NUMBER = re.compile(r"(-?\d*\.?\d+)([a-z%]*)")
_HEX = re.compile(r"#([0-9a-f]{3,8})\b")
_RGB = re.compile(r"rgba?\(([^)]*)\)")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "rem": 16.0, "": 1.0}
_RELATIVE = {"em": 1.0, "%": 0.01}


@dataclass(frozen=True, slots=True)
class Rule:
    """Elements by XPath, what is declared for them, and how strongly; a later and stronger rule wins."""

    path: str
    style: Mapping[str, str]
    strength: tuple[int, ...]


def declarations(text: str) -> dict[str, str]:
    """Property -> value of the properties that matter here, both in small letters."""
    found: dict[str, str] = {}
    for part in _COMMENT.sub("", text).lower().split(";"):
        name, _, value = part.partition(":")
        if name.strip() in PROPERTIES:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


def rules(sheet: str) -> list[Rule]:
    """The rules of a style sheet that bear on whether text is seen, in the order in which they apply."""
    found: list[Rule] = []
    for selectors, body in _blocks(_COMMENT.sub("", sheet)):
        style = declarations(body)
        if style and len(found) < MOST_RULES:
            found += _rules(selectors, style, len(found))
    return sorted(found, key=lambda rule: rule.strength)


def _rules(selectors: str, style: Mapping[str, str], order: int) -> Iterator[Rule]:
    try:
        for selector in parse(selectors):
            path = HTMLTranslator().selector_to_xpath(selector, translate_pseudo_elements=True)
            yield Rule(path, style, (*selector.specificity(), order))
    except (SelectorSyntaxError, ExpressionError, RecursionError):
        return


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """(selectors, body) of every plain rule; those for some screens only, for print and the like are left out."""
    at = 0
    while (opened := sheet.find("{", at)) >= 0:
        prelude = sheet[at:opened].rsplit(";", 1)[-1].replace("}", "").strip()
        if prelude.startswith("@"):
            at = opened + 1 if re.fullmatch(r"@media\s+(?:all|screen)", prelude) else _end(sheet, opened)
            continue
        closed = sheet.find("}", opened)
        closed = len(sheet) if closed < 0 else closed
        yield prelude, sheet[opened + 1 : closed]
        at = closed + 1


def _end(sheet: str, opened: int) -> int:
    """Where the block that opens at `opened` ends."""
    depth = 0
    for brace in re.compile("[{}]").finditer(sheet, opened):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.end()
    return len(sheet)


def hides(style: Mapping[str, str]) -> bool:
    """Whether a browser shows nothing of an element with this style, nor of what is in it."""
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or _amount(style.get("opacity", "1"), 1.0) < 0.05
        or any(_amount(style.get(name, "0"), 0.0) <= -100 for name in ("text-indent", "left", "top"))
        or style.get("clip", "").replace(" ", "").startswith("rect(0")
    )


def _amount(value: str, otherwise: float) -> float:
    found = _NUMBER.match(value)
    return float(found[1]) / (100 if found[2] == "%" and otherwise == 1.0 else 1) if found else otherwise


def tiny(style: Mapping[str, str], inherited: bool) -> bool:
    """Whether text in an element with this style is too small to read, given the same of what it stands in."""
    found = _NUMBER.fullmatch(style.get("font-size", ""))
    if not found:
        return inherited
    size, unit = float(found[1]), found[2]
    if unit in _RELATIVE:
        return inherited or size * _RELATIVE[unit] < SMALLEST_PIXELS / 16
    return size * _PIXELS[unit] < SMALLEST_PIXELS if unit in _PIXELS else inherited


def colour(value: str) -> Colour | None:
    """A colour as CSS writes it; None for one that is not known, is transparent, or is no plain colour."""
    value = value.strip().lower()
    if found := _HEX.match(value):
        digits = found[1]
        if len(digits) in (3, 4):
            digits = "".join(2 * digit for digit in digits)
        return (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)) if len(digits) >= 6 else None
    if found := _RGB.match(value):
        numbers = [float(n) for n in re.findall(r"\d*\.?\d+", found[1])]
        return (int(numbers[0]), int(numbers[1]), int(numbers[2])) if len(numbers) >= 3 else None
    return _NAMES.get(value)


def same(one: Colour | None, other: Colour | None) -> bool:
    """Whether two known colours cannot be told apart."""
    return (
        bool(one and other) and max(abs(a - b) for a, b in zip(one or (), other or (), strict=True)) <= SAME
    )
