"""Who may do what: every route and every function of every page, by every kind of caller. A new one needs a row here."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.routing import BaseRoute, Mount, Route

from bot.accounts.roles import NOBODY, NotAllowed, Who, require
from bot.web.guard import COOKIE
from bot.web.routes import LOGIN, ROUTES, room_routes
from tests.bot.rooms import FAST, ROOMS, Browsers, Calls, House, house, opened_data, room
from tests.bot.serving import app_of

ACTORS = ("anonymous", "researcher", "staff", "evaluator", "admin", "wrong session", "wrong origin")
#: Statuses by actor, in the order of ACTORS. "Wrong session" is an administrator who names a session of somebody else's,
#: "wrong origin" one whose browser is led by another site.
ANYONE = (200, 200, 200, 200, 200, 200, 403)
MISSING = (404, 404, 404, 404, 404, 404, 403)
#: A page of a room; the functions and data behind it; and those of them that belong to one session.
STAFF_PAGE, STAFF = (303, 303, 200, 303, 200, 200, 403), (401, 403, 200, 403, 200, 200, 403)
EVALS_PAGE, EVALS = (303, 303, 303, 200, 200, 200, 403), (401, 403, 403, 200, 200, 200, 403)
OWN, STAFF_OWN, EVALS_OWN = (
    (200,) * 5 + (403, 403),
    (401, 403, 200, 403, 200, 403, 403),
    (401, 403, 403, 200, 200, 403, 403),
)

Row = tuple[int, ...]
#: "METHOD path" as the application has it, with holes as x -> what each actor gets.
ROWS: dict[str, Row] = {
    "GET /": ANYONE,
    "HEAD /": ANYONE,
    "GET /api": ANYONE,
    "GET /api/openapi.json": ANYONE,
    "HEAD /api/openapi.json": ANYONE,
    "POST /api/ask": ANYONE,
    "POST /api/ask/stream": ANYONE,
    "POST /api/search": ANYONE,
    "POST /api/verify": (422,) * 6 + (403,),  # without a packet
    "GET /api/documents": ANYONE,
    "GET /api/documents/x": MISSING,
    "GET /document/x": MISSING,
    "GET /glossary": ANYONE,
    "GET /healthz": ANYONE,
    "GET /library": ANYONE,
    "GET /readyz": ANYONE,
    "GET /search": ANYONE,
    "GET /login": ANYONE,
    "POST /login": (403,) * 7,  # without the mark of its own form
    "POST /logout": (403,) * 7,
    "GET /talk/x.x": MISSING,
    "GET /talk/x/x.json": MISSING,
    "GET /desk": (303,) * 6 + (403,),  # to the login, or to the page itself
    "GET /evals": (303,) * 6 + (403,),
    "GET /robots.txt": ANYONE,
    "GET /favicon.ico": ANYONE,
}
#: What each Gradio page needs: the same at the root, in the staff's room and in the evaluators'.
PAGE_ROWS: dict[str, tuple[Row, Row, Row]] = {
    "GET /": (ANYONE, STAFF_PAGE, EVALS_PAGE),
    "HEAD /": (ANYONE, STAFF_PAGE, EVALS_PAGE),
    "GET /assets/x": (
        MISSING,
        tuple(404 if s == 200 else s for s in STAFF),
        tuple(404 if s == 200 else s for s in EVALS),
    ),
    "GET /static/x": (
        MISSING,
        tuple(404 if s == 200 else s for s in STAFF),
        tuple(404 if s == 200 else s for s in EVALS),
    ),
    "GET /theme.css": (ANYONE, STAFF, EVALS),
    "GET /config": (ANYONE, STAFF, EVALS),
    "POST /gradio_api/queue/join": (OWN, STAFF_OWN, EVALS_OWN),
    "GET /gradio_api/queue/data": (OWN, STAFF_OWN, EVALS_OWN),
    "POST /gradio_api/cancel": (OWN, STAFF_OWN, EVALS_OWN),
    "GET /gradio_api/heartbeat/x": (OWN, STAFF_OWN, EVALS_OWN),
    "POST /gradio_api/reset": (ANYONE, STAFF, EVALS),
}
#: What Gradio has besides, at the root and in each room: nobody gets any of it.
GONE = (
    "GET /config/ POST /gradio_api/api/x POST /gradio_api/api/x/ GET /gradio_api/app_id GET /gradio_api/app_id/ "
    "POST /gradio_api/call/v2/x POST /gradio_api/call/v2/x/ GET /gradio_api/call/v2/x/x POST /gradio_api/call/x "
    "POST /gradio_api/call/x/ GET /gradio_api/call/x/x POST /gradio_api/component_server "
    "POST /gradio_api/component_server/ GET /gradio_api/custom_component/x/x/x/x GET /gradio_api/deep_link "
    "GET /gradio_api/dev/reload GET /gradio_api/file/x GET /gradio_api/file=x HEAD /gradio_api/file=x "
    "GET /gradio_api/info GET /gradio_api/info/ GET /gradio_api/login_check GET /gradio_api/login_check/ "
    "GET /gradio_api/openapi.json POST /gradio_api/process_recording GET /gradio_api/proxy=x "
    "HEAD /gradio_api/proxy=x GET /gradio_api/queue/status POST /gradio_api/reset/ POST /gradio_api/run/x "
    "POST /gradio_api/run/x/ GET /gradio_api/runs GET /gradio_api/runs/ GET /gradio_api/startup-events "
    "POST /gradio_api/stream/x POST /gradio_api/stream/x/close GET /gradio_api/stream/x/x/x/playlist-file "
    "GET /gradio_api/stream/x/x/x/playlist.m3u8 GET /gradio_api/stream/x/x/x/x.x GET /gradio_api/theme.css "
    "GET /gradio_api/token GET /gradio_api/token/ POST /gradio_api/undo-vibe-edit POST /gradio_api/undo-vibe-edit/ "
    "POST /gradio_api/upload GET /gradio_api/upload_progress GET /gradio_api/user GET /gradio_api/user/ "
    "GET /gradio_api/vibe-code POST /gradio_api/vibe-code GET /gradio_api/vibe-code/ POST /gradio_api/vibe-code/ "
    "POST /gradio_api/vibe-edit POST /gradio_api/vibe-edit/ POST /gradio_api/vibe-starter-queries "
    "POST /gradio_api/vibe-starter-queries/ POST /login/ GET /logout GET /manifest.json GET /monitoring "
    "GET /monitoring/summary GET /monitoring/x GET /pwa_icon GET /pwa_icon/x GET /svelte/x "
    "GET /robots.txt GET /favicon.ico POST /login GET /login"
)
#: Functions of the pages, by where they are mounted and their names: which actors' calls reach them.
FUNCTIONS: dict[tuple[str, str], Row] = {
    ("/desk", "approve"): STAFF_OWN,
    ("/evals", "approve"): EVALS_OWN,
}
BODIES: dict[str, Any] = {
    "/api/ask": {"question": "x"},
    "/api/ask/stream": {"question": "x"},
    "/api/search": {"question": "x"},
}
#: The session of the staff's page that is not the caller's.
VICTIMS = "victimsdesk"


def paths(routes: list[BaseRoute], before: str = "") -> Iterator[str]:
    """Every "METHOD path" of an application and of what is mounted in it, with holes filled in."""
    for route in routes:
        if isinstance(route, Mount):
            yield from paths(list(route.routes), before + route.path)
        elif included := getattr(route, "original_router", None):
            yield from paths(included.routes, before)
        elif isinstance(route, Route):
            for method in route.methods or ():
                yield f"{method} {before}{re.sub(r'{[^}]+}', 'x', route.path)}"


def rows() -> dict[str, Row]:
    """The whole table, rooms included."""
    found = dict(ROWS)
    for number, path in enumerate(("", *ROOMS)):
        for row, statuses in PAGE_ROWS.items():
            method, _, rest = row.partition(" ")
            found[f"{method} {path}{rest}"] = statuses[number]
    return found


def gone() -> set[str]:
    """What nobody gets, at the root and in the rooms."""
    pairs = re.findall(r"([A-Z]+) (/\S*)", GONE)
    every = {f"{method} {before}{path}" for method, path in pairs for before in ("", *ROOMS)}
    return every - set(rows())


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    data = opened_data(tmp_path_factory.mktemp("home"))
    with house(data) as one:
        yield one
    data.close()


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory, there: House) -> set[str]:
    """Every route of such an application."""
    rooms = tuple(room(path, Calls()) for path in ROOMS)
    return set(paths(list(app_of(there.desk, FAST, people=there.people, rooms=rooms).routes)))


class Caller:
    """One actor: a browser, the headers it sends along, and the sessions it names."""

    def __init__(self, http: httpx.Client, actor: str) -> None:
        self.http, self.actor = http, actor
        self.headers = {"origin": "https://evil.example"} if actor == "wrong origin" else {}
        self.own = "" if actor == "wrong session" else "own" + actor.replace(" ", "")

    def session(self, path: str) -> str:
        """The session that it names on the page that a path belongs to: its own there, or the victim's."""
        page = path.split("/")[1] if path.startswith(tuple(ROOMS)) else ""
        return self.own + page if self.own else VICTIMS

    def call(self, row: str) -> int:
        """The status of a request to a row of the table. A stream is left as soon as it begins."""
        method, path = row.split(" ")
        session = self.session(path)
        body = {"session_hash": session, "fn_index": 0, "event_id": "e", "data": ["一"]}
        sent = {"json": BODIES.get(path, body)} if method == "POST" else {}
        path = path.replace("heartbeat/x", f"heartbeat/{session}")
        query = {"session_hash": session} if path.endswith("queue/data") else {}
        with self.http.stream(method, path, params=query, headers=self.headers, **sent) as reply:  # type: ignore[arg-type]
            return reply.status_code


@pytest.fixture(scope="module")
def callers(there: House) -> Iterator[dict[str, Caller]]:
    browsers = Browsers()
    found = {}
    for actor in ACTORS:
        name = actor if actor in ("researcher", "staff", "evaluator", "admin") else "admin"
        http = browsers.open(there.base) if actor == "anonymous" else browsers.logged_in(there.base, name)
        http.get("/")
        found[actor] = Caller(http, actor)
    victim = Caller(found["staff"].http, "staff")
    victim.own = VICTIMS.removesuffix("desk")
    assert victim.call("GET /desk/gradio_api/heartbeat/x") == 200
    yield found
    browsers.close()


def test_every_route_of_the_application_has_a_row(application: set[str]) -> None:
    assert application <= set(rows()) | gone(), sorted(application - set(rows()) - gone())


def test_the_table_and_the_guards_list_name_nothing_that_is_not_there(application: set[str]) -> None:
    assert set(rows()) <= application, sorted(set(rows()) - application)
    there = {row.partition(" ")[2] for row in application} | {
        "/page/page.css",
        "/desk",
        "/evals",
        "/talk/x.md",
    }
    routes = (*ROUTES, *LOGIN, *(route for path in ROOMS for route in room_routes(path, ROOMS[path])))
    for route in routes:
        assert any(re.fullmatch(route.path, path) for path in there), route.path


@pytest.mark.parametrize("actor", ACTORS)
def test_each_caller_gets_what_the_table_says(callers: dict[str, Caller], actor: str) -> None:
    caller, number = callers[actor], ACTORS.index(actor)
    wrong = {row: got for row, expected in rows().items() if (got := caller.call(row)) != expected[number]}
    assert not wrong, wrong


@pytest.mark.parametrize("actor", ["anonymous", "admin"])
def test_nobody_gets_what_gradio_has_besides(callers: dict[str, Caller], actor: str) -> None:
    wrong = {row: got for row in sorted(gone()) if (got := callers[actor].call(row)) not in (404, 405)}
    assert not wrong, wrong


def functions(http: httpx.Client, path: str) -> set[str]:
    """The names of all functions of a page that run on the server."""
    events = http.get(f"{path}/config").json()["dependencies"]
    return {re.sub(r"_\d+$", "", event["api_name"]) for event in events if event["backend_fn"]}


def test_every_function_of_a_room_has_a_row_and_is_private(callers: dict[str, Caller]) -> None:
    for path in ROOMS:
        named = {name for room_path, name in FUNCTIONS if room_path == path}
        assert functions(callers["admin"].http, path) == named
        events = callers["admin"].http.get(f"{path}/config").json()["dependencies"]
        assert {event["api_visibility"] for event in events} == {"private"}


def test_a_refused_call_of_a_function_leaves_nothing_behind(callers: dict[str, Caller], there: House) -> None:
    for (path, _), expected in FUNCTIONS.items():
        for number, actor in enumerate(ACTORS):
            before = len(there.calls.by)
            caller = callers[actor]
            # A session of its own: a stream that another test left may still be there and take what is told.
            session = caller.session(path) + ("call" if caller.own else "")
            body = {"session_hash": session, "fn_index": 0, "data": ["承認"]}
            reply = caller.http.post(f"{path}/gradio_api/queue/join", json=body, headers=caller.headers)
            assert reply.status_code == expected[number], (path, actor)
            if reply.status_code == 200:
                params = {"session_hash": body["session_hash"]}
                told = caller.http.get(f"{path}/gradio_api/queue/data", params=params).text
                assert f"承認 ({actor})" in told.encode().decode("unicode_escape") or actor in told
                assert there.calls.by[before:] == [(path, actor)]
            else:
                assert there.calls.by[before:] == []


@pytest.mark.parametrize("who", [NOBODY, Who("x", "researcher"), Who("x", "evaluator")])
def test_a_function_asks_again_whatever_stood_in_front_of_it(who: Who) -> None:
    for request in ({"desk.who": who}, type("Starlette", (), {"scope": {"desk.who": who}})(), None, {}, "x"):
        with pytest.raises(NotAllowed):
            require(request, ("staff", "admin"))
    assert require({"desk.who": Who("sato", "staff")}, ("staff",)).name == "sato"


def test_an_upload_leaves_no_file(
    callers: dict[str, Caller], tmp_path_factory: pytest.TempPathFactory
) -> None:
    for path in ("", *ROOMS):
        files = {"files": ("a.exe", b"MZ" * 1_000)}
        reply = callers["admin"].http.post(f"{path}/gradio_api/upload", files=files)
        assert reply.status_code == 404


@pytest.mark.parametrize(
    "body", [b'{"a":' * 20_000, b'{"session_hash":"own","data":[' + b"1," * 60_000 + b"1]}"]
)
def test_a_body_that_is_deep_or_large_is_refused_at_once(callers: dict[str, Caller], body: bytes) -> None:
    http = callers["anonymous"].http
    reply = http.post("/gradio_api/queue/join", content=body, headers={"content-type": "application/json"})
    assert reply.status_code in (413, 422) and reply.elapsed.total_seconds() < 20
    assert http.cookies[COOKIE]
