"""A hostile model server: every mode does its worst, always the same way, so no test rests on luck."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from evals.mutants import mutants
from ingest.language import language_of
from tests.speaking import PROVIDER_TEXT, SECRET, Act, Handler, Hostile, delta, sentences_of

__all__ = ["MODES", "PROVIDER_TEXT", "SECRET", "Hostile", "hostile"]


def _ok(h: Handler) -> None:
    found = {n: s for n, s in reversed(sentences_of(h.prompt("user"))) if len(s) > 20}
    h.whole("\n".join(f"{text} [{n}]" for n, text in sorted(found.items())))


def _flaky(h: Handler) -> None:
    if len(h.server.seen) < 2:
        h.error(503)
    else:
        _ok(h)


def _obey(h: Handler) -> None:
    h.whole(h.server.says)


def _fake_citation(h: Handler) -> None:
    forms = (
        "[99]",
        "[0]",
        "【98】",
        "［97］",
        "[1-40]",
        "[[96]]",
        "[95](https://evil.example/95)",
        "[source 94]",
        "[93, 1]",
    )
    found = [s for _, s in sentences_of(h.prompt("user"))]
    h.whole("\n".join(f"{found[at % len(found)]} {form}" for at, form in enumerate(forms)))


def _twisted(h: Handler) -> None:
    """Every sentence with one claim turned into another, under the right number."""
    found = sentences_of(h.prompt("user"))
    said = [(mutants(text, language_of(text)), n) for n, text in found]
    h.whole("\n".join(f"{false.text} [{n}]" for made, n in said for false in made[:4]))


def _misplaced(h: Handler) -> None:
    """Every sentence as it stands, under the number of another passage."""
    found = sentences_of(h.prompt("user"))
    numbers = sorted({n for n, _ in found})
    other = dict(zip(numbers, numbers[1:] + numbers[:1], strict=True))
    h.whole("\n".join(f"{text} [{other[n]}]" for n, text in found))


def _table(h: Handler) -> None:
    h.whole("| evil | exempt [1] |\n" * 10_000)


def _giant(h: Handler) -> None:
    h.whole("free " * 1_000_000)


def _markup(h: Handler) -> None:
    number, text = sentences_of(h.prompt("user"))[0]
    ways = (
        "![x](https://evil.example/p.png?q=1) {} [{}]",
        "<img src=https://evil.example/a onerror=alert(1)>{} [{}]",
        "<script>fetch('https://evil.example')</script> {} [{}]",
        "{} See https://evil.example/login [{}]",
        "{} [click](javascript:alert(1)) [{}]",
        "<form action=https://evil.example><input name=p></form>{} [{}]",
        "＜img src=x onerror=alert(1)＞{} [{}]",
        "{} Write to admin@evil.example now. [{}]",
        "<https://evil.example/auto> {} [{}]",
        "{} evil.example/path?d=1 [{}]",
        "**{}** [{}]",
        "# {} [{}]",
        "[r]: https://evil.example/ref\n{} [{}]",
    )
    h.whole("\n".join(way.format(text, number) for way in ways))


def _leak(h: Handler) -> None:
    lines = (h.prompt("system") + "\n" + h.prompt("user")).splitlines()
    h.whole("\n".join(f"{line} [1]" for line in lines if line.strip()))


def _hang(h: Handler) -> None:
    h.wait(60)


def _stall(h: Handler) -> None:
    h.begin()
    h.say("One word and then", 5)
    h.wait(60)


def _drip(h: Handler) -> None:
    h.begin()
    while h.wait(h.server.pause):
        h.event(delta("drip "))


def _silent_drip(h: Handler) -> None:
    h.begin()
    while h.wait(h.server.pause):
        h.event(delta(""))


def _cut(h: Handler) -> None:
    h.begin()
    for n, text in sentences_of(h.prompt("user"))[:2]:
        h.say(f"{text} [{n}]\n")
    h.connection.shutdown(socket.SHUT_RDWR)


def _ended(reason: str | None) -> Act:
    def mode(h: Handler) -> None:
        h.begin()
        for n, text in sentences_of(h.prompt("user"))[:2]:
            h.say(f"{text} [{n}]\n")
        h.close_stream(reason)

    return mode


def _fails(status: int, message: str = PROVIDER_TEXT, phrase: str = "", **headers: str) -> Act:
    return lambda h: h.error(status, message, phrase, **headers)


def _garbage(h: Handler) -> None:
    h.begin("text/html")
    h.raw(f"<html>{SECRET} {PROVIDER_TEXT}".encode() + bytes(range(256)))
    h.wfile.write(b"0\r\n\r\n")


def _empty(h: Handler) -> None:
    h.begin()
    h.wfile.write(b"0\r\n\r\n")


def _no_choices(h: Handler) -> None:
    h.begin()
    h.event({"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": []})
    h.close_stream(None)


def _bad_chunk(h: Handler) -> None:
    h.begin()
    h.say("A good beginning ")
    h.raw(f'data: {{"choices": [{{"delta": {SECRET}\n\n'.encode())
    h.close_stream("stop")


def _error_event(h: Handler) -> None:
    h.begin()
    h.say("A good beginning ")
    h.event({"error": {"message": f"{PROVIDER_TEXT} {SECRET}", "code": 500}})
    h.close_stream("stop")


def _endless(h: Handler) -> None:
    h.begin()
    while not h.server.ended.is_set():
        h.event(delta("and so on "))


def _endless_line(h: Handler) -> None:
    h.begin()
    h.raw(b"data: ")
    while not h.server.ended.is_set():
        h.raw(b"x" * 65_536)


def _packed(h: Handler) -> None:
    h.begin(Content_Encoding="gzip")
    h.raw(b"\x1f\x8b" + b"\0" * 1_000)
    h.close_stream("stop")


def _redirect(h: Handler) -> None:
    h.error(307, Location=h.server.says)


#: Name of a mode -> what is done with a request.
MODES: Mapping[str, Act] = {
    "ok": _ok,
    "flaky": _flaky,
    "obey": _obey,
    "fake-citation": _fake_citation,
    "fake-quote": _obey,
    "twisted": _twisted,
    "misplaced": _misplaced,
    "table": _table,
    "giant": _giant,
    "markup": _markup,
    "leak-prompt": _leak,
    "hang": _hang,
    "stall": _stall,
    "drip": _drip,
    "silent-drip": _silent_drip,
    "cut": _cut,
    "unfinished": _ended(None),
    "length": _ended("length"),
    "filter": _ended("content_filter"),
    "tool-call": _ended("tool_calls"),
    "429": _fails(429),
    "429-long": _fails(429, Retry_After="40"),
    "500-with-secret": _fails(500, f"{PROVIDER_TEXT} {SECRET}", f"Broken {SECRET}", X_Key=SECRET),
    "401-with-secret": _fails(401, f"{PROVIDER_TEXT}: bad key {SECRET}", f"No {SECRET}", X_Key=SECRET),
    "garbage": _garbage,
    "empty": _empty,
    "nochoices": _no_choices,
    "badchunk": _bad_chunk,
    "error-event": _error_event,
    "endless": _endless,
    "endless-line": _endless_line,
    "packed": _packed,
    "redirect": _redirect,
}


@contextmanager
def hostile(mode: str, says: str = "", pause: float = 0.05) -> Iterator[Hostile]:
    """A server in `mode`, on a free port, for the length of a block."""
    server = Hostile(MODES[mode], says, pause)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.ended.set()
        server.shutdown()
        server.server_close()
        thread.join(2)
