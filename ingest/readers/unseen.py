"""Word: which runs of text nobody sees, from their own properties, their styles and what is behind them.

Reads the XML as it stands and knows no other part of a document. What it cannot tell, it takes for shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Text in a smaller font, in points, is not meant to be read.
SMALLEST_FONT = 1.5
#: A colour whose channels are all at least this looks white.
WHITE = 255 - 24
_OFF = frozenset({"0", "false", "off"})
#: Table styles without a colour of their own.
_PLAIN_TABLES = frozenset({"TableNormal", "TableGrid"})
#: Styles that are based on each other in a circle end here.
_DEEPEST = 20


class Element(Protocol):
    """What is used of an XML element."""

    tag: str

    def find(self, path: str) -> "Element | None": ...
    def get(self, key: str) -> str | None: ...
    def iterancestors(self) -> "Iterator[Element]": ...
    def iter(self, tag: str) -> "Iterator[Element]": ...


@dataclass(frozen=True, slots=True)
class _Look:
    """What properties say about text; None: nothing."""

    vanish: bool | None = None
    size: float | None = None
    white: bool | None = None
    shaded: bool | None = None

    def over(self, below: "_Look") -> "_Look":
        """This, with what it does not say taken from `below`."""
        return _Look(
            below.vanish if self.vanish is None else self.vanish,
            below.size if self.size is None else self.size,
            below.white if self.white is None else self.white,
            below.shaded if self.shaded is None else self.shaded,
        )


_NOTHING = _Look()


def _value(parent: Element | None, name: str, attribute: str = "val") -> str | None:
    """The attribute of a child, "" where the child has none; None where there is no such child."""
    child = parent.find(f"{_W}{name}") if parent is not None else None
    return None if child is None else (child.get(f"{_W}{attribute}") or "")


def _number(text: str | None) -> float | None:
    return float(text) if text and text.isdecimal() else None


def _is_white(colour: str) -> bool:
    try:
        return len(colour) == 6 and min(bytes.fromhex(colour)) >= WHITE
    except ValueError:
        return False


def _fill(properties: Element | None) -> bool | None:
    """Whether shading gives text a colour of its own to stand on."""
    fill = _value(properties, "shd", "fill")
    return None if fill is None or fill in ("", "auto") else not _is_white(fill)


def _look(properties: Element | None) -> _Look:
    """What a run's properties (w:rPr) say."""
    if properties is None:
        return _NOTHING
    vanish, size = _value(properties, "vanish"), _number(_value(properties, "sz"))
    colour, light = _value(properties, "color"), _value(properties, "highlight")
    return _Look(
        None if vanish is None else vanish not in _OFF,
        None if size is None else size / 2,
        None if colour is None else _is_white(colour),
        True if light not in (None, "none", "white") else _fill(properties),
    )


class Looks:
    """The styles of one document, and what they make of a run."""

    def __init__(self, styles: Element) -> None:
        self._styles = {
            identity: style
            for style in styles.iter(f"{_W}style")
            if (identity := style.get(f"{_W}styleId")) is not None
        }
        self._known: dict[str | None, _Look] = {None: _NOTHING, "": _NOTHING}

    def _style(self, identity: str | None, depth: int = 0) -> _Look:
        """What a style says, with the styles that it is based on."""
        if identity not in self._known:
            style = self._styles.get(identity or "")
            if style is None or depth > _DEEPEST:
                return _NOTHING
            own = _look(style.find(f"{_W}rPr"))
            paragraph = _Look(shaded=_fill(style.find(f"{_W}pPr")))
            below = self._style(_value(style, "basedOn"), depth + 1)
            self._known[identity] = own.over(paragraph).over(below)
        return self._known[identity]

    def hidden(self, run: Element) -> bool:
        """Whether nobody sees the text of a run (w:r)."""
        properties = run.find(f"{_W}rPr")
        look = _look(properties).over(self._style(_value(properties, "rStyle")))
        around = list(run.iterancestors())
        for element in around:
            if element.tag == f"{_W}p":
                paragraph = element.find(f"{_W}pPr")
                look = look.over(_Look(shaded=_fill(paragraph))).over(
                    self._style(_value(paragraph, "pStyle"))
                )
                break
        if look.vanish or (look.size is not None and look.size < SMALLEST_FONT):
            return True
        return bool(look.white) and not look.shaded and not any(map(_coloured, around))


def _coloured(element: Element) -> bool:
    """Whether text in this element may stand on another colour than white."""
    if element.tag == f"{_W}tc":
        return bool(_fill(element.find(f"{_W}tcPr")))
    if element.tag == f"{_W}tbl":
        style = _value(element.find(f"{_W}tblPr"), "tblStyle")
        return bool(style) and style not in _PLAIN_TABLES
    if element.tag == f"{_W}document":
        return element.find(f"{_W}background") is not None
    return element.tag == f"{_W}txbxContent"
