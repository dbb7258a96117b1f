"""Text to HTML that cannot become anything else. Pure; every string that a page shows passes through here.

The chat shows our HTML through a Markdown component, so a text must be inert twice: as HTML and as Markdown.
Every character that either could read as syntax is written as a numeric reference, which both show and
neither obeys. `Html` is a type of its own, so that the type checker finds a text that was not made inert.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import NewType
from urllib.parse import quote, urlencode

#: HTML of ours: inert text inside elements that this project wrote.
Html = NewType("Html", str)
NOTHING = Html("")

#: Everything in ASCII that is not a letter, a digit or a space.
_SYNTAX = re.compile(r"[!-/:-@\[-`{-~]")
#: Attribute values that need no references: names, anchors and simple addresses.
_TAME = re.compile(r"[A-Za-z0-9 ./?=#-]*")
#: Marks that turn the direction of what follows them, and so can make a page say something else.
_TURNING = dict.fromkeys([0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def _visible(text: str) -> str:
    clean = text.replace("\r\n", "\n").translate(_TURNING)
    return "".join(c for c in clean if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def plain(text: str) -> Html:
    """`text` as inert inline HTML; line breaks and tabs become spaces."""
    flat = _visible(text).replace("\n", " ").replace("\t", " ")
    return Html(_SYNTAX.sub(lambda found: f"&#{ord(found[0])};", flat))


def lines(text: str) -> Html:
    """`text` as inert HTML with its line breaks kept; never a blank line, which would end an HTML block."""
    return Html("<br>".join(plain(line) for line in _visible(text).split("\n")))


def preformatted(text: str) -> Html:
    """`text` as inert content of a <pre>, on one line of source."""
    return Html("&#10;".join(plain(line) for line in _visible(text).split("\n")))


def el(tag: str, *inside: Html, **attributes: str | bool) -> Html:
    """An element. Of an attribute's name a trailing underscore is dropped and another becomes a hyphen;
    an empty or False attribute is left out.

    `tag` and the names are this project's own words; the values may be data and are made inert.
    """
    shown = "".join(
        f" {_name(name)}" if value is True else f' {_name(name)}="{_value(str(value))}"'
        for name, value in attributes.items()
        if value
    )
    return Html(f"<{tag}{shown}>{''.join(inside)}</{tag}>")


def _name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _value(text: str) -> str:
    return text if _TAME.fullmatch(text) else plain(text)


def join(parts: Iterable[Html], between: str = "") -> Html:
    """Pieces of HTML one after the other."""
    return Html(between.join(parts))


def void(tag: str, **attributes: str | bool) -> Html:
    """An element that has no content, as `el` writes its attributes."""
    return Html(el(tag, **attributes).removesuffix(f"</{tag}>"))


def marked(text: str, start: int, end: int) -> Html:
    """`text` as by `lines`, with ``text[start:end]`` in a <mark>."""
    return marked_at(text, ((max(start, 0), min(end, len(text))),))


def marked_at(text: str, spans: Iterable[tuple[int, int]]) -> Html:
    """`text` as by `lines`, with every span in a <mark>; of spans that overlap, the part that is new."""
    pieces: list[Html] = []
    at = 0
    for start, end in sorted(spans):
        start = max(start, at)
        if start >= end:
            continue
        pieces += [lines(text[at:start]), el("mark", lines(text[start:end]))]
        at = end
    return join((*pieces, lines(text[at:])))


def sr(text: str) -> Html:
    """Words for screen readers only."""
    return el("span", plain(text), class_="sr")


def chip(text: str, kind: str = "") -> Html:
    """A small label; `kind` is a class name of ours. Nothing for an empty text."""
    return el("span", plain(text), class_=f"chip {kind}".strip()) if text else NOTHING


def slug(text: str) -> str:
    """A class name out of a word of the catalogue: ASCII letters and hyphens only."""
    return "-".join(re.findall(r"[a-z]+", text.lower()))[:40]


def document_url(source: str, start: int = 0, end: int = 0, version: str = "", language: str = "") -> str:
    """The address of a document's page, at a place in it if there is one."""
    place = {"start": start, "end": end, "v": version} if end > start else {}
    query = urlencode({**place, **({"lang": language} if language else {})})
    return f"/document/{quote(source)}" + (f"?{query}" if query else "") + ("#quote" if place else "")
