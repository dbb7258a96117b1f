"""The page of one document: its record, and its whole text with the quoted words marked. Pure."""

from dataclasses import dataclass
from itertools import pairwise

from bot.ui.markup import NOTHING, Html, chip, el, join, lines, plain
from bot.ui.shell import header, page, self_url
from bot.ui.sources import chips
from bot.ui.talk import language_of
from bot.ui.words import say
from ingest.types import Block, Document, Language, PageSpan


@dataclass(frozen=True, slots=True)
class Place:
    """What a link asks to be marked: offsets in the text, and the version of the document they count in."""

    start: int = 0
    end: int = 0
    version: str = ""


def place_in(document: Document, place: Place) -> tuple[Place, str]:
    """The place if it can be shown, else an empty one and the key of the words that say why."""
    if place.end <= place.start:
        return Place(), ""
    if place.version and place.version != document.version:
        return Place(), "quote_gone"
    inside = 0 <= place.start and place.end <= len(document.text)
    inside = inside and not document.text[place.start : place.end].isspace()
    return (place, "") if inside else (Place(), "quote_outside")


def document_page(document: Document, wanted: Place, language: Language, unaccepted: bool = False) -> str:
    """The whole page as HTML; `unaccepted` where the staff has yet to accept the document."""
    place, trouble = place_in(document, wanted)
    title, remark = document.record.title(language), document.record.remark(language)
    query = f"?start={wanted.start}&end={wanted.end}&v={wanted.version}" if wanted.end > wanted.start else ""
    jump = el("a", plain(say(language, "quoted")), class_="jump", href="#quote")
    body = join(
        (
            header(language, "", self_url(f"/document/{document.source}") + query),
            el(
                "main",
                el("h1", plain(title)),
                el(
                    "p",
                    chips(document.record, language, unaccepted),
                    _language_chip(document, language),
                    class_="chips",
                ),
                el("p", plain(remark), class_="note", lang=language_of(remark)) if remark else NOTHING,
                el("p", plain(say(language, trouble)), class_="trouble", role="status")
                if trouble
                else NOTHING,
                el("p", jump) if place.end else NOTHING,
                el("article", text_of(document, place, language), class_="text", lang=document.language),
                class_="still",
                id="main",
            ),
        )
    )
    return page(f"{title} – {say(language, 'title_short')}", language, body)


def missing_page(language: Language) -> str:
    """The page for a document that is not there."""
    back = el("a", plain(say(language, "nav_library")), href=f"/library?lang={language}")
    return _notice("not_found", back, language)


def notice_page(key: str, language: Language) -> str:
    """The page that says why something cannot be had: the words of `key`, and of `key` with "_why"."""
    back = el("a", plain(say(language, "nav_chat")), href=f"/?lang={language}")
    return _notice(key, back, language)


def _notice(key: str, back: Html, language: Language) -> str:
    words = (el("h1", plain(say(language, key))), el("p", plain(say(language, f"{key}_why"))))
    main = el("main", *words, el("p", back), class_="still", id="main")
    return page(say(language, key), language, join((header(language, "", "/library"), main)))


def _language_chip(document: Document, language: Language) -> Html:
    return chip(say(language, f"language_{document.language}"))


@dataclass(frozen=True, slots=True)
class _View:
    """What the rendering of every block looks at."""

    document: Document
    place: Place
    #: Where the marked words begin to be shown: a place may start in the space before a block.
    anchor: int
    language: Language


def text_of(document: Document, place: Place, language: Language) -> Html:
    """Every character of the text, block by block, with page marks and the place marked."""
    blocks = whole(document)
    shown = (max(block.start, place.start) for block in blocks if block.end > place.start)
    view = _View(document, place, min(shown, default=place.start), language)
    return join(_block(block, view) for block in blocks)


def whole(document: Document) -> tuple[Block, ...]:
    """The blocks, and a paragraph for any text between them: nothing of a document is left out."""
    found: list[Block] = []
    at = 0
    last = Block("paragraph", len(document.text), len(document.text))
    for block in (*sorted(document.blocks, key=lambda b: b.start), last):
        gap = document.text[at : block.start]
        if gap.strip():
            found.append(Block("paragraph", block.start - len(gap.lstrip()), at + len(gap.rstrip())))
        if block.end > block.start:
            found.append(block)
        at = max(at, block.end)
    return tuple(found)


def _block(block: Block, view: _View) -> Html:
    inside = _inside(block, view)
    if block.kind in ("title", "heading"):
        level = 2 if block.kind == "title" else min(max(block.level, 1) + 1, 6)
        return el(f"h{level}", inside)
    depth = f" depth-{min(block.level, 4)}" if block.kind == "item" else ""
    return el("p", inside, class_=block.kind + depth)


def _inside(block: Block, view: _View) -> Html:
    """The text of a block, cut where a page begins and where the marked place begins and ends."""
    starts = {span.start: span for span in view.document.pages if span.number}
    cuts = {block.start, block.end, view.place.start, view.place.end, *starts}
    edges = sorted(cut for cut in cuts if block.start <= cut <= block.end)
    pieces: list[Html] = []
    for start, end in pairwise(edges):
        begins = _page_at(block, view) if start == block.start else starts.get(start)
        text = lines(view.document.text[start:end])
        quoted = view.place.start <= start and end <= view.place.end
        mark = el("mark", text, id="quote" if start == view.anchor else "") if quoted else text
        pieces += [_page_mark(begins, view.language), mark]
    return join(pieces)


def _page_at(block: Block, view: _View) -> PageSpan | None:
    """The page that begins at this block or in the space before it."""
    before = len(view.document.text[: block.start].rstrip())
    return next((s for s in view.document.pages if s.number and before <= s.start <= block.start), None)


def _page_mark(span: PageSpan | None, language: Language) -> Html:
    return el("span", plain(say(language, "page", n=span.number)), class_="page-mark") if span else NOTHING
