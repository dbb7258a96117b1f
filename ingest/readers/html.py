"""HTML: what a reader of the page sees, block by block. Scripts, styles, comments and hidden parts are
dropped.
"""

import re
from collections.abc import Iterator

from lxml import etree, html

from ingest.readers.blocks import PageBuilder
from ingest.readers.encodings import decode
from ingest.readers.kinds import check_bytes
from ingest.types import Page, UnreadableFile

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
#: Inline styles that hide text. Style sheets are not read, so a class that hides is not seen; health checks
#: remain.
_HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|font-size:0(?:[a-z%;.]|$)|opacity:0(?:\.0+)?(?:;|$)|"
    r"text-indent:-\d{3,}|(?:left|top):-\d{4,}|clip:rect\(0"
)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.-]{2,40})", re.I)


def read(data: bytes) -> tuple[Page, ...]:
    """The one page of an HTML file. Raises UnreadableFile for binary bytes, unknown encodings and no
    document.
    """
    check_bytes(data, "html")
    declared = _META.search(data[:4096]) or _XML.search(data[:4096])
    text = decode(data, declared[1].decode("ascii") if declared else "")
    try:
        root = html.document_fromstring(_without_controls(text), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(
            "The file holds no HTML document. Save the page again from a browser.",
            "HTML として読めません。ブラウザーからページを保存し直してください。",
        ) from error
    page = PageBuilder()
    for kind, level, words in _blocks(root):
        page.add(words, kind, level)
    return (page.page(),)


def _parser() -> html.HTMLParser:
    return html.HTMLParser(
        remove_comments=True, remove_pis=True, no_network=True, huge_tree=False, encoding="utf-8"
    )


def _without_controls(text: str) -> bytes:
    """What lxml accepts, as UTF-8; an XML declaration would contradict it."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    return re.sub("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]", "", text).encode("utf-8")


def _hidden(element: html.HtmlElement) -> bool:
    if element.get("hidden") is not None or (element.get("aria-hidden") or "").strip().lower() == "true":
        return True
    style = re.sub(r"\s", "", element.get("style") or "").lower()
    return bool(style and _HIDING.search(style)) or (element.tag == "font" and element.get("size") == "0")


def _blocks(root: html.HtmlElement) -> Iterator[tuple[str, int, str]]:
    """(kind, heading level, text) of each block that is shown, in reading order. No recursion: nesting may
    be deep.
    """
    kind, level, words = "paragraph", 0, ""
    cells = 0
    numbers: dict[html.HtmlElement, int] = {}
    for event, element in _visible(root):
        tag = element.tag
        if event == "text":
            words += _flat(element.text, tag)
        elif event == "tail":
            parent = element.getparent()
            words += _flat(element.tail, parent.tag if parent is not None else "")
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


def _visible(root: html.HtmlElement) -> Iterator[tuple[str, html.HtmlElement]]:
    """start, text, end and tail events of elements that are shown."""
    stack: list[tuple[html.HtmlElement, Iterator[html.HtmlElement]]] = []
    current: html.HtmlElement | None = root
    while current is not None or stack:
        if current is not None:
            shown = isinstance(current.tag, str) and current.tag not in DROPPED and not _hidden(current)
            if shown:
                yield "start", current
                yield "text", current
                stack.append((current, iter(current)))
            elif stack:
                yield "tail", current
        element, children = stack[-1] if stack else (None, iter(()))
        current = next(children, None)
        if current is None and element is not None:
            stack.pop()
            yield "end", element
            if stack:
                yield "tail", element


def _flat(text: str | None, tag: object) -> str:
    return "" if not text else text if tag == "pre" else re.sub(r"\s+", " ", text)


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
