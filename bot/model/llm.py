"""Asks a language model through LangChain: (system, user) in, pieces of text out. The only file that imports
it.

Whatever a server does, a reply ends within its deadlines, keeps within a size, and either ends as the model
itself ended it or raises ModelUnavailable. The provider's own words are in no error and no log line. Replies
of one model run on one event loop in one thread: dropping a reply cancels its task there, which closes its
connection. Knows no passage and no question.
"""

import asyncio
import logging
import queue
import random
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast
from urllib.parse import urlsplit

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, HumanMessage, SystemMessage
from langsmith import tracing_context

from bot.model.loop import Loop
from bot.model.unavailable import Failure, ModelUnavailable, stopped, trouble

LOG = logging.getLogger("desk.model")

#: Longest reply: tokens asked for and pieces taken (a piece is at least a token), and bytes of UTF-8.
MAX_TOKENS, MAX_BYTES = 4_096, 32_768
#: Most bytes read off the wire for one reply; a piece of one token takes about 400.
MAX_WIRE = 4_000_000
#: An empty piece is handed on this often while nothing comes, in seconds, so that a reply can be dropped.
BEAT = 0.25
#: Loggers that repeat what a server says, or what it is asked.
_TALKATIVE = (
    "openai", "anthropic", "ollama", "google", "google_genai", "httpx", "httpcore", "httpx2", "httpcore2",
    "langchain", "langchain_core", "langchain_openai", "langchain_anthropic", "langchain_ollama",
    "langchain_google_genai", "langsmith",
)  # fmt: skip


#: Closes the connections of a client; None where its provider's library does.
Closing = Callable[[], Any] | None


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds: until the first text (retries included), between texts, and in all; and the waits before
    retries.
    """

    first: float = 15.0
    gap: float = 10.0
    total: float = 60.0
    waits: tuple[float, ...] = (0.5, 2.0)


@dataclass(frozen=True, slots=True)
class _End:
    """The end of a reply: whole where there is no failure."""

    failure: Failure | None = None


def _stop_reason(chunk: AIMessageChunk) -> str:
    told = chunk.response_metadata
    found = told.get("finish_reason") or told.get("stop_reason") or told.get("done_reason") or ""
    return str(found)


class LanguageModel:
    """A language model that can be asked from many threads: a `Chat`. Made by `load_chat`."""

    def __init__(self, name: str, model: BaseChatModel, deadlines: Deadlines, close: Closing) -> None:
        self.name = name
        self._model = model
        self._deadlines = deadlines
        self._close = close
        self._loop = Loop("desk-model")

    def __repr__(self) -> str:
        return f"LanguageModel({self.name!r})"

    def __call__(self, system: str, user: str) -> Iterator[str]:
        """The pieces of a reply, empty ones while nothing comes. Raises ModelUnavailable unless it ends as a
        whole.
        """
        box: queue.SimpleQueue[str | _End] = queue.SimpleQueue()
        work = self._loop.start(self._pump(system, user, box.put))
        try:
            yield from self._pieces(box)
        except ModelUnavailable as error:
            LOG.warning("no answer from the language model: %s", error.kind)
            raise
        finally:
            work.cancel()

    def close(self) -> None:
        """Closes connections and ends the thread. The model is not to be asked any more."""
        if self._close is not None:
            try:
                self._loop.start(self._close()).result(timeout=2)
            except Exception:
                LOG.debug("a connection failed to close")
        self._loop.stop()

    def _pieces(self, box: "queue.SimpleQueue[str | _End]") -> Iterator[str]:
        began, limits = time.monotonic(), self._deadlines
        until, written = began + min(limits.first, limits.total), False
        while True:
            item = _take(box, min(BEAT, until - time.monotonic()))
            if isinstance(item, _End):
                if item.failure or not written:
                    raise ModelUnavailable(item.failure or "empty")
                return
            if time.monotonic() > (began + limits.total if item else until):
                raise ModelUnavailable("late")
            yield item
            if item:
                written = written or not item.isspace()
                until = min(time.monotonic() + limits.gap, began + limits.total)

    async def _pump(self, system: str, user: str, put: Callable[[str | _End], None]) -> None:
        """Asks, again where that may help and nothing has come yet, and passes on what comes."""
        messages = [SystemMessage(system), HumanMessage(user)]
        until = time.monotonic() + min(self._deadlines.first, self._deadlines.total)
        come: list[None] = []

        def pass_on(text: str) -> None:
            come.append(None)
            put(text)

        for wait in (*self._deadlines.waits, None):
            try:
                with tracing_context(enabled=False):
                    put(_End(await self._attempt(messages, pass_on)))
                return
            except Exception as error:
                met = trouble(error)
            pause = max(wait * random.uniform(0.8, 1.2), met.pause) if wait is not None else 0.0
            if come or wait is None or not met.again or time.monotonic() + pause >= until:
                put(_End("cut" if come else met.failure))
                return
            await asyncio.sleep(pause)

    async def _attempt(self, messages: list[Any], pass_on: Callable[[str], None]) -> Failure | None:
        """One request. Returns why the reply is not whole, or None."""
        size = pieces = 0
        reason = ""
        async with aclosing(cast(AsyncGenerator[AIMessageChunk], self._model.astream(messages))) as chunks:
            async for chunk in chunks:
                reason = _stop_reason(chunk) or reason
                text = str(chunk.text)
                if text:
                    size, pieces = size + len(text.encode("utf-8", "replace")), pieces + 1
                    if size > MAX_BYTES or pieces > MAX_TOKENS:
                        return "overlong"
                    pass_on(text)
                await asyncio.sleep(0)  # other replies, and the end of this one, get their turn in a flood
        return stopped(reason)


def _take(box: "queue.SimpleQueue[str | _End]", wait: float) -> str | _End:
    """The next item, or "" when none comes within `wait` seconds."""
    try:
        return box.get(timeout=max(wait, 0.0))
    except queue.Empty:
        return ""


async def _cap(response: Any) -> None:
    """Lets no more than MAX_WIRE bytes of an HTTP response be read, and none that would first have to be
    unpacked.
    """
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise ValueError("a packed response")
    read = response.aiter_bytes

    async def capped(chunk_size: int | None = None) -> AsyncIterator[bytes]:
        seen = 0
        async for part in read(chunk_size):
            seen += len(part)
            if seen > MAX_WIRE:
                raise ValueError("too long a response")
            yield part

    response.aiter_bytes = capped


def _transport(limits: Deadlines) -> dict[str, Any]:
    """What an HTTP client is built with: no redirect to another server, no packed and no endless response."""
    return {
        "follow_redirects": False,
        "timeout": limits.total,
        "headers": {"Accept-Encoding": "identity"},
        "event_hooks": {"response": [_cap]},
    }


def _openai(limits: Deadlines, key: str) -> tuple[dict[str, Any], Closing]:
    client = import_module("openai").DefaultAsyncHttpxClient(**_transport(limits))
    # The client's own watch on gaps waits in a way that can lose a cancellation; the deadlines here replace
    # it.
    given = {"http_async_client": client, "use_responses_api": False, "stream_chunk_timeout": None}
    return given, client.aclose


def _ollama(limits: Deadlines, key: str) -> tuple[dict[str, Any], Closing]:
    client = _transport(limits)
    if key:
        client["headers"] |= {"Authorization": f"Bearer {key}"}
    return {"num_predict": MAX_TOKENS, "async_client_kwargs": client}, None


#: Provider -> (deadlines, key) to what its client takes besides the common settings, and how that is closed.
PROVIDERS: Mapping[str, Callable[[Deadlines, str], tuple[dict[str, Any], Closing]]] = {
    "openai": _openai,
    "ollama": _ollama,
}


def _checked(name: str, url: str) -> None:
    provider, _, model = name.partition(":")
    if not provider or not model:
        raise ModelUnavailable(
            "settings",
            "DESK_MODEL names provider and model, such as openai:gpt-4o.",
            "DESK_MODEL は openai:gpt-4o の形で書きます。",
        )
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query):
        raise ModelUnavailable(
            "settings",
            "DESK_MODEL_URL is http(s)://host/path, without name or key.",
            "DESK_MODEL_URL は http(s)://ホスト/パス の形で書きます。",
        )


def load_chat(
    name: str,
    url: str = "",
    key: str = "",
    deadlines: Deadlines = Deadlines(),
    temperature: float | None = 0.0,
) -> LanguageModel:
    """The model `name` (`provider:model`) at `url`, or at its provider's own address where that is empty.

    Without `key` a provider's own address is used with the provider's environment variable, and `url` with
    none: no key meant for one server is sent to another. Raises ModelUnavailable("settings"); connects to
    nothing.
    """
    _checked(name, url)
    for talkative in _TALKATIVE:
        logging.getLogger(talkative).setLevel(logging.CRITICAL + 1)
    given: dict[str, Any] = {"timeout": deadlines.total, "max_tokens": MAX_TOKENS, "max_retries": 0}
    close: Closing = None
    try:
        if special := PROVIDERS.get(name.partition(":")[0]):
            more, close = special(deadlines, key)
            given |= more
        given |= {"base_url": url} if url else {}
        given |= {"api_key": key or "none"} if key or url else {}
        given |= {"temperature": temperature} if temperature is not None else {}
        model = init_chat_model(name, **given)
    except ImportError:
        failed = (
            "install the extra of this provider, e.g. advisory-desk[openai].",
            "この提供者用の追加パッケージを入れてください（例: advisory-desk[openai]）。",
        )
    except Exception:
        failed = (
            "check DESK_MODEL, DESK_MODEL_URL and DESK_MODEL_KEY.",
            "DESK_MODEL、DESK_MODEL_URL、DESK_MODEL_KEY を確かめてください。",
        )
    else:
        return LanguageModel(name, model, deadlines, close)
    raise ModelUnavailable("settings", *failed)
