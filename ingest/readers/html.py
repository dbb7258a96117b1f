"""HTML: what a reader of the page sees, block by block. Scripts, styles, comments and hidden parts are
dropped.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree, html

from ingest.readers.blocks import PageBuilder
from ingest.readers.encodings import decode
from ingest.readers.kinds import check_bytes
from ingest.readers.styles import WHITE, Colour, colour, declarations, hides, rules, same, tiny
from ingest.types import Page, ResourceLimit, UnreadableFile

DROPPED = frozenset(
    "script style noscript template head iframe object embed svg math canvas audio video select "
    "option button input textarea dialog nav".split()
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure "
    "footer form header html hr legend li main ol p pre section summary table tbody td tfoot th "
    "thead tr ul".split()
)
#: A tag so long has attributes by the thousand, for which lxml takes time squared, or a picture in it.
_LONG_TAG = re.compile(r"<([A-Za-z][\w-]{0,40})\s[^<>]{50000,}>")
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.-]{2,40})", re.I)


def read(data: bytes) -> tuple[Page, ...]:
    """The one page of an HTML file. Raises UnreadableFile for binary bytes, unknown encodings and no
    document.
    """
    check_bytes(data, "html")
    declared = _META.search(data[:4096]) or _XML.search(data[:4096])
    text = decode(data, declared[1].decode("ascii") if declared else "")
    parser = html.HTMLParser(
        remove_comments=True, remove_pis=True, no_network=True, huge_tree=True, encoding="utf-8"
    )
    try:
        root = html.document_fromstring(_without_controls(text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(
            "The file holds no HTML document. Save the page again from a browser.",
            "HTML として読めません。ブラウザーからページを保存し直してください。",
        ) from error
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise ResourceLimit(
            "Rejected: resource limit. The page is nested more than 2,000 levels deep. Save its text instead.",
            "却下（資源の上限）：HTML の入れ子が深すぎます。テキストで保存し直してください。",
        )
    page = PageBuilder()
    looks = _looks(root)
    for kind, level, words in _blocks(root, looks, page):
        page.add(words, kind, level)
    return (page.page(),)


def _without_controls(text: str) -> bytes:
    """What lxml accepts in time, as UTF-8; an XML declaration would contradict it."""
    text = _LONG_TAG.sub(r"<\1>", re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    return re.sub("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]", "", text).encode("utf-8")


Looks = Mapping[html.HtmlElement, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class _Seen:
    """How text at some place is shown: in what colour, on what, and whether too small. None: not known."""

    colour: Colour | None = (0, 0, 0)
    behind: Colour | None = WHITE
    tiny: bool = False

    @property
    def text(self) -> bool:
        """Whether a reader sees it."""
        return not self.tiny and not same(self.colour, self.behind)


def _looks(root: html.HtmlElement) -> Looks:
    """Element -> what the page's own style sheets declare for it."""
    sheets = "\n".join(element.text or "" for element in root.iter("style"))
    found: dict[html.HtmlElement, dict[str, str]] = {}
    for rule in rules(sheets):
        for element in root.xpath(rule.path):
            found.setdefault(element, {}).update(rule.style)
    return found


def _style(element: html.HtmlElement, looks: Looks) -> Mapping[str, str]:
    """What is declared for one element: old attributes, style sheets, its own style."""
    old: dict[str, str] = {}
    if element.tag == "font":
        old = {"color": element.get("color") or "", "font-size": "0" if element.get("size") == "0" else ""}
    if element.get("bgcolor"):
        old["background-color"] = element.get("bgcolor") or ""
    own, listed = element.get("style"), looks.get(element, {})
    return {**old, **listed, **(declarations(own) if own else {})} if old or own or listed else listed


def _hidden(element: html.HtmlElement, style: Mapping[str, str]) -> bool:
    if element.get("hidden") is not None or (element.get("aria-hidden") or "").strip().lower() == "true":
        return True
    return bool(style) and hides(style)


def _seen(style: Mapping[str, str], around: _Seen) -> _Seen:
    """How text in an element is shown, from its style and from what is around it."""
    if not style:
        return around
    behind, shown = around.behind, around.colour
    for name in ("background", "background-color"):
        if style.get(name) and style[name] not in ("transparent", "none", "inherit", "initial"):
            behind = colour(style[name])
    if style.get("color") and style["color"] != "inherit":
        shown = colour(style["color"])
    return _Seen(shown, behind, tiny(style, around.tiny))


def _blocks(root: html.HtmlElement, looks: Looks, page: PageBuilder) -> Iterator[tuple[str, int, str]]:
    """(kind, heading level, text) of each block that is shown, in reading order. No recursion: nesting may
    be deep.
    """
    kind, level, words = "paragraph", 0, ""
    cells = 0
    numbers: dict[html.HtmlElement, int] = {}
    for event, element, text in _visible(root, looks, page):
        tag = element.tag
        if event == "text":
            words += _flat(text, tag)
        elif tag == "br":
            words += "\n" if event == "start" else ""
        elif tag in ("td", "th"):
            words += " | " if event == "start" and cells else ""
            cells += event == "start"
        elif (tag in BLOCKS or tag in HEADINGS) and not (cells and tag != "tr"):
            yield kind, level, words
            opens = event == "start"
            kind, level = (_kind(tag), HEADINGS.get(tag, 0)) if opens else ("paragraph", 0)
            words = _label(element, numbers) if opens and tag == "li" else ""
            cells = 0
    yield kind, level, words


def _visible(
    root: html.HtmlElement, looks: Looks, page: PageBuilder
) -> Iterator[tuple[str, html.HtmlElement, str]]:
    """start and end of elements that are shown, and the text in them that is; the page counts what is not."""
    stack: list[tuple[html.HtmlElement, Iterator[html.HtmlElement], _Seen]] = []
    current: html.HtmlElement | None = root
    while current is not None or stack:
        around = stack[-1][2] if stack else _Seen()
        if current is not None:
            style = _style(current, looks) if isinstance(current.tag, str) else {}
            if not isinstance(current.tag, str) or current.tag in DROPPED:
                yield from _text(stack, current.tail, page)
            elif _hidden(current, style):
                page.hidden += sum(len(text.strip()) for text in current.itertext())
                yield from _text(stack, current.tail, page)
            else:
                stack.append((current, iter(current), _seen(style, around)))
                yield "start", current, ""
                yield from _text(stack, current.text, page)
        element, children, _ = stack[-1] if stack else (None, iter(()), around)
        current = next(children, None)
        if current is None and element is not None:
            stack.pop()
            yield "end", element, ""
            yield from _text(stack, element.tail, page)


def _text(
    stack: Sequence[tuple[html.HtmlElement, Iterator[html.HtmlElement], _Seen]],
    text: str | None,
    page: PageBuilder,
) -> Iterator[tuple[str, html.HtmlElement, str]]:
    """Text right inside the innermost open element, if a reader sees it."""
    if not text or not stack:
        return
    element, _, seen = stack[-1]
    if seen.text:
        yield "text", element, text
    else:
        page.hidden += len(text.strip())


def _flat(text: str, tag: object) -> str:
    return text if tag == "pre" else re.sub(r"\s+", " ", text)


def _kind(tag: str) -> str:
    return {"li": "item", "tr": "row"}.get(tag, "heading" if tag in HEADINGS else "paragraph")


def _label(element: html.HtmlElement, numbers: dict[html.HtmlElement, int]) -> str:
    """The mark a browser shows before a list item; `numbers` counts the items of each ordered list."""
    parent = element.getparent()
    if parent is None or parent.tag != "ol":
        return "• "
    start = parent.get("start") or "1"
    numbers[parent] = numbers.get(parent, int(start) - 1 if start.isdecimal() and len(start) < 6 else 0) + 1
    return f"{numbers[parent]}. "
