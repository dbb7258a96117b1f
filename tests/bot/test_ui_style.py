"""The style sheets: readable in light and dark, and nothing in them or the script comes from elsewhere."""

import re

import pytest

from bot.ui.theme import FONTS
from bot.web.server import STATIC

SHEETS = {path.name: path.read_text(encoding="utf-8") for path in sorted(STATIC.iterdir())}
#: (text, background) pairs that occur on the pages.
PAIRS = [
    ("ink", "paper"),
    ("ink", "sheet"),
    ("ink", "wash"),
    ("ink", "care-wash"),
    ("soft", "paper"),
    ("soft", "sheet"),
    ("accent", "paper"),
    ("accent", "sheet"),
    ("accent", "wash"),
    ("on-accent", "accent"),
    ("mark-ink", "mark"),
    ("good", "sheet"),
    ("care", "sheet"),
    ("care", "paper"),
    ("care", "care-wash"),
    ("bad", "sheet"),
    ("bad", "bad-wash"),
]


def palettes() -> list[dict[str, str]]:
    """The colours of every block of tokens.css that sets them: light, dark by class, dark by preference."""
    blocks = re.findall(r"\{[^{}]*--paper[^{}]*\}", SHEETS["tokens.css"])
    return [dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block)) for block in blocks]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("text", "background"), PAIRS)
def test_text_is_readable_in_light_and_dark(text: str, background: str) -> None:
    for colours in palettes():
        dark, light = sorted((luminance(colours[text]), luminance(colours[background])))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, colours[text]


def test_there_is_one_dark_palette_whichever_way_it_is_reached() -> None:
    light, by_class, by_preference = palettes()
    assert by_class == by_preference and light.keys() == by_class.keys()


def test_every_value_that_a_sheet_uses_is_defined() -> None:
    defined = set(re.findall(r"--([\w-]+)\s*:", SHEETS["tokens.css"]))
    for name in ("tokens.css", "chat.css", "page.css", "room.css", "staff.css"):
        assert set(re.findall(r"var\(--([\w-]+)", SHEETS[name])) <= defined, name


def test_nothing_is_fetched_from_elsewhere() -> None:
    for name, text in SHEETS.items():
        addresses = re.findall(r"(?:https?:)?//[a-z][\w.-]+\.\w+[^\s\"')]*|@import", text)
        assert [a for a in addresses if a != "http://www.w3.org/2000/svg"] == [], name
        assert "eval(" not in text and "innerHTML" not in text


def test_japanese_fonts_are_the_visitors_own() -> None:
    for font in FONTS:
        assert font in SHEETS["tokens.css"]
