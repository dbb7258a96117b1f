"""The frame of every page: head, header, and the first bytes of the chat page. Pure but for `Dress`.

Gradio takes the language of its page from the browser alone and writes addresses of its makers into the head.
`dress` gives the page the language that the visitor chose, and our style sheets before anything is drawn.
"""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote

from bot.ui.markup import Html, el, plain
from bot.ui.words import page_language, say
from ingest.types import Language

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

LANGUAGE_COOKIE = "desk_lang"
_CALLING_CARDS = re.compile(r'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>')
_HTML_LANG = re.compile(r'<html\s+lang="en"')
#: The browser's language as the chat page is to see it. `{}` is one of our two codes, never data.
_SPEAK = (
    '<script>for(const [k,v] of [["language","{0}"],["languages",["{0}"]]])'
    "Object.defineProperty(navigator,k,{{get:()=>v}})</script>"
)
_CHAT_FILES = (
    '<link rel="icon" href="/page/icon.svg"><link rel="stylesheet" href="/page/tokens.css">'
    '<link rel="stylesheet" href="/page/chat.css"><script defer src="/page/desk.js"></script>'
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a Gradio page stands: its name in the header, its address, and a style sheet of its own beside the rooms'."""

    name: str
    url: str
    style: str = ""


CHAT = Place("chat", "/")


def dress(html: str, language: Language, place: Place = CHAT) -> str:
    """Gradio's page in `language`, with our files and without its makers' addresses.

    Raises ValueError where the page has not the places to put them.
    """
    if "<head>" not in html or "<gradio-app" not in html:
        raise ValueError("this is not the chat page")
    sheets = ("room.css", place.style) if place != CHAT else ()
    style = "".join(f'<link rel="stylesheet" href="/page/{sheet}">' for sheet in sheets if sheet)
    html = _CALLING_CARDS.sub("", _HTML_LANG.sub(f'<html lang="{language}"', html, count=1))
    html = html.replace("<head>", f"<head>{_SPEAK.format(language)}{_CHAT_FILES}{style}", 1)
    top = f"{header(language, place.name, place.url)}<noscript>{el('p', plain(say(language, 'no_script')))}</noscript>"
    return html.replace("<gradio-app", f"{top}<gradio-app", 1)


#: Pages that only those see in the header who are in them.
_ROOMS = ("staff", "evals")


def header(language: Language, here: str, here_url: str) -> Html:
    """The header of all pages. `here` is "chat", "search", "library", "glossary" or ""; `here_url` this page without a language."""
    other: Language = "en" if language == "ja" else "ja"
    pages = [("chat", f"/?lang={language}")]
    pages += [(name, f"/{name}?lang={language}") for name in ("search", "library", "glossary")]
    if here in _ROOMS:
        pages += [(here, f"{here_url}?lang={language}"), ("account", f"/login?lang={language}")]
    links = (
        el(
            "a",
            plain(say(language, f"nav_{name}")),
            href=url,
            class_="nav here" if name == here else "nav",
            **({"aria-current": "page"} if name == here else {}),
        )
        for name, url in pages
    )
    switch = el(
        "a",
        plain(say(language, "other_language")),
        class_="nav switch",
        href=f"{here_url}{'&' if '?' in here_url else '?'}lang={other}",
        lang=other,
        hreflang=other,
        title=say(language, "other_language_why") if here == "chat" else "",
    )
    name = el("a", plain(say(language, "title")), class_="brand", href=f"/?lang={language}")
    skip = el("a", plain(say(language, "skip")), class_="skip", href="#talk" if here == "chat" else "#main")
    return el(
        "header",
        skip,
        name,
        el("nav", *links, switch, class_="pages", aria_label=say(language, "nav_label")),
        class_="desk-header",
    )


def page(title: str, language: Language, body: Html) -> str:
    """A whole page that is not Gradio's: no script at all."""
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="/page/icon.svg"><link rel="stylesheet" href="/page/tokens.css">'
        f'<link rel="stylesheet" href="/page/page.css"><title>{plain(title)}</title>'
    )
    return (
        f'<!doctype html><html lang="{language}"><head>{head}</head><body class="page">{body}</body></html>'
    )


def self_url(path: str) -> str:
    """A path as it may stand in a link."""
    return quote(path)


def chosen_language(query: str, cookie: str, accept: str) -> tuple[Language, bool]:
    """The language of a page, and whether the address itself asked for it."""
    asked = parse_qs(query).get("lang", [""])[0]
    valid = asked in ("ja", "en")
    return page_language(asked if valid else cookie, accept), valid


def _chosen(scope: MutableMapping[str, Any]) -> tuple[Language, bool]:
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    return chosen_language(
        scope["query_string"].decode("latin-1"),
        language_cookie(headers.get(b"cookie", "")),
        headers.get(b"accept-language", ""),
    )


def request_language(scope: MutableMapping[str, Any]) -> Language:
    """The language of the page that an HTTP request asks for."""
    return _chosen(scope)[0]


class Dress:
    """ASGI: dresses Gradio's pages on their way out, and remembers a language that the address asked for."""

    def __init__(self, app: App, places: tuple[Place, ...] = (CHAT,)) -> None:
        self._app = app
        self._places = {url: place for place in places for url in (place.url, f"{place.url}/")}

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """One ASGI call."""
        place = self._places.get(scope["path"]) if scope["type"] == "http" else None
        if place is None or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        language, asked = _chosen(scope)
        plainly = {**scope, "headers": [h for h in scope["headers"] if h[0] != b"accept-encoding"]}
        await self._app(plainly, receive, _Dressing(send, language, asked, place))


class _Dressing:
    def __init__(self, send: Send, language: Language, asked: bool, place: Place) -> None:
        self._send = send
        self._language = language
        self._asked = asked
        self._place = place
        self._start: Message = {}
        self._parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._parts.append(message.get("body", b""))
        if message.get("more_body", False):
            return
        body = b"".join(self._parts)
        if self._start["status"] == 200:
            body = dress(body.decode(), self._language, self._place).encode()
        headers = [(k, v) for k, v in self._start["headers"] if k.lower() != b"content-length"]
        headers.append((b"content-length", str(len(body)).encode()))
        if self._asked:
            cookie = f"{LANGUAGE_COOKIE}={self._language}; Path=/; SameSite=Lax; Max-Age=31536000"
            headers.append((b"set-cookie", cookie.encode()))
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def language_cookie(header: str) -> str:
    """The visitor's language out of a Cookie header, or ""."""
    found = re.search(rf"(?:^|;\s*){LANGUAGE_COOKIE}=(ja|en)(?:;|$)", header)
    return found[1] if found else ""
