"""Plain text and Markdown.

Plain text is one page per form feed, or one page without a number. Of Markdown, headings are recorded,
emphasis and link marks go, lists and tables become lines.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.readers.blocks import PageBuilder
from ingest.readers.encodings import decode
from ingest.readers.kinds import check_bytes
from ingest.types import Page

_HIDDEN_HTML = re.compile(r"(?is)<!--.*?(?:-->|$)|<(script|style|template)\b.*?(?:</\1>|$)")
_HIDING = re.compile(
    r"(?i)\bhidden\b|display\s*:\s*none|visibility\s*:|font-size\s*:\s*(?:0(?![.\d])|(?:0?\.\d+|[01])(?:px|pt)\b)|opacity|clip\s*:"
    r"|color\s*[:=]\s*[\"']?\s*(?:white|#f{3}|#f{6})\b|(?:left|top|indent)\s*:\s*-\d{3,}"
)
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)")
#: Stands for a line end inside a paragraph, which is a space between words and nothing beside Japanese.
_SOFT = "\0"
_SOFT_BREAK = re.compile("(?<=[\u3000-\u9fff\uff01-\uff60])\0|\0(?=[\u3000-\u9fff\uff01-\uff60])")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.S)


def read_text(data: bytes) -> tuple[Page, ...]:
    """The pages of a .txt file. Raises UnreadableFile for binary bytes and for an unknown encoding."""
    check_bytes(data, "text")
    parts = decode(data).split("\f")
    if len(parts) == 1:
        return (Page(0, parts[0]),)
    return tuple(Page(number, part) for number, part in enumerate(parts, 1))


def read_markdown(data: bytes) -> tuple[Page, ...]:
    """The one page of a .md file. Raises UnreadableFile for binary bytes and for an unknown encoding."""
    check_bytes(data, "text")
    source = re.sub("\r\n?", "\n", decode(data))
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = parser.parse(_FRONT_MATTER.sub("", source))
    page = PageBuilder()
    at = 0
    labels: list[str] = []
    while at < len(tokens):
        at = _block(tokens, at, page, labels)
    return (page.page(),)


def _block(tokens: list[Token], at: int, page: PageBuilder, labels: list[str]) -> int:
    """Handles the token at `at`, with what belongs to it; gives the index of the next one."""
    token = tokens[at]
    if token.type in ("bullet_list_open", "ordered_list_open"):
        labels.append("•" if token.type.startswith("bullet") else f"{int(token.attrGet('start') or 1) - 1}.")
    elif token.type.endswith("_list_close"):
        labels.pop()
    elif token.type == "list_item_open" and labels[-1] != "•":
        labels[-1] = f"{int(labels[-1][:-1]) + 1}."
    elif token.type == "heading_open":
        page.add(_plain(tokens[at + 1]), "heading", int(token.tag[1]))
        return at + 3
    elif token.type == "tr_open":
        return _row(tokens, at, page)
    elif token.type == "html_block":
        page.add(_shown_html(token.content))
    elif token.type in ("fence", "code_block"):
        page.add(token.content, "code")
    elif token.type == "inline":
        first = bool(labels) and tokens[at - 2].type == "list_item_open"
        text = _plain(token)
        page.add(f"{labels[-1]} {text}" if first else text, "item" if labels else "paragraph")
    return at + 1


def _row(tokens: list[Token], at: int, page: PageBuilder) -> int:
    cells = []
    while tokens[at].type != "tr_close":
        if tokens[at].type == "inline":
            cells.append(" ".join(_plain(tokens[at]).split()))
        at += 1
    page.add(" | ".join(cells), "row")
    return at + 1


def _shown_html(block: str) -> str:
    """The words of a block of HTML inside Markdown; nothing of one that hides anything."""
    block = _HIDDEN_HTML.sub("", block)
    return "" if _HIDING.search(block) else re.sub(r"<[^>]*>", " ", block)


def _plain(token: Token) -> str:
    """The text of an inline token: no marks, no HTML tags or comments, a link's words without its address."""
    parts = []
    hiding: list[str] = []  # names of the tags that hide what follows, innermost last
    for child in token.children or ():
        if child.type == "html_inline":
            _hide(child.content, hiding)
        elif hiding:
            continue
        elif child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(_SOFT)
        elif child.type == "hardbreak":
            parts.append("\n")
    return _SOFT_BREAK.sub("", "".join(parts)).replace(_SOFT, " ")


def _hide(tag: str, hiding: list[str]) -> None:
    """Notes a tag inside a line that hides what is in it, or the end of one; others inside it are counted too."""
    found = _TAG.match(tag)
    if found is None or tag.endswith("/>"):
        return
    name = found[2].lower()
    if found[1]:
        if name in hiding:
            del hiding[len(hiding) - 1 - hiding[::-1].index(name) :]
    elif hiding or name in ("script", "style", "template") or _HIDING.search(tag):
        hiding.append(name)
