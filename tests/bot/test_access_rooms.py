"""Who may call which function of the staff's and the evaluators' own pages. A new function needs a row here."""

from collections.abc import Iterator

import pytest

from tests.bot.full import FullHouse, full_house
from tests.bot.rooms import Browsers
from tests.bot.test_access import ACTORS, EVALS_OWN, STAFF_OWN, VICTIMS, Caller, Row, functions
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary

#: Name of a function -> what it is sent.
STAFF: dict[str, list[object]] = {
    **{name: [None, "理由"] for name in ("approve", "reopen", "return", "send", "submit", "withdraw")},
    **{name: ["all", False, "", 1] for name in ("load", "more")},
    "accept": [["rules.md\tv1"]],
    "approved": [],
    "assign": [None, "sato"],
    "check": [None, "一文。[1]"],
    "choose": [1],
    "comment": [None, "一言"],
    "draft": [None, ""],
    "draw": [],
    "drop": [None, 1, ""],
    "due": [None, "2026-05-01"],
    "find": [None, "共同研究"],
    "override": [None, "一文。", "理由"],
    "pair": [1, 2],
    "publish": [None, "質問", "2027-03-31"],
    "refresh": ["all", False, "", 1, None, None],
    "register": ["相手機関の確認は必要ですか。", ""],
    "renew": [1],
    "retire": [1],
    "save": [None, "一文。[1]"],
    "take": [None, 0, ""],
    "waiting": [],
}
EVALUATORS: dict[str, list[object]] = {
    "case": ["run-1", "a-1"],
    "compared": ["run-1", "run-2", False],
    "figures": ["run-1"],
    "label": ["run-1", "a-1", "right"],
    "listed": ["run-1", True, False],
    "opened": [],
    "start": ["", ""],
    "trend": [],
}
#: Where -> its functions, and the status that each of ACTORS gets.
TABLE: dict[str, tuple[dict[str, list[object]], Row]] = {
    "/desk": (STAFF, STAFF_OWN),
    "/evals": (EVALUATORS, EVALS_OWN),
}
REFUSED = [
    (path, actor)
    for path, (_, row) in TABLE.items()
    for actor, status in zip(ACTORS, row, strict=True)
    if status != 200
]


@pytest.fixture(scope="module")
def there(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, glossary: Glossary
) -> Iterator[FullHouse]:
    with full_house(tmp_path_factory.mktemp("full"), embedder, glossary) as one:
        yield one


@pytest.fixture(scope="module")
def callers(there: FullHouse) -> Iterator[dict[str, Caller]]:
    browsers = Browsers()
    found = {}
    for actor in ACTORS:
        name = actor if actor in ("researcher", "staff", "evaluator") else "admin"
        http = browsers.open(there.base) if actor == "anonymous" else browsers.logged_in(there.base, name)
        http.get("/")
        found[actor] = Caller(http, actor)
    for actor, page in (("staff", "/desk"), ("evaluator", "/evals")):
        victim = Caller(found[actor].http, actor)
        victim.own = VICTIMS.removesuffix("desk")
        assert victim.call(f"GET {page}/gradio_api/heartbeat/x") == 200
    yield found
    browsers.close()


def numbers(caller: Caller, path: str) -> dict[str, int]:
    """The number of every function of a page, by its name."""
    events = caller.http.get(f"{path}/config").json()["dependencies"]
    return {event["api_name"]: event["id"] for event in events if event["backend_fn"]}


@pytest.mark.parametrize("path", TABLE)
def test_every_function_has_a_row_and_is_private(callers: dict[str, Caller], path: str) -> None:
    assert functions(callers["admin"].http, path) == set(TABLE[path][0])
    events = callers["admin"].http.get(f"{path}/config").json()["dependencies"]
    assert {event["api_visibility"] for event in events} == {"private"}


@pytest.mark.parametrize(("path", "actor"), REFUSED)
def test_a_call_that_is_refused_leaves_nothing_behind(
    callers: dict[str, Caller], there: FullHouse, path: str, actor: str
) -> None:
    sent, expected = TABLE[path]
    status, caller = expected[ACTORS.index(actor)], callers[actor]
    numbered, before = numbers(callers["admin"], path), there.state()
    session = VICTIMS.replace("desk", path[1:]) if actor == "wrong session" else caller.session(path)
    for name, data in sent.items():
        body = {"session_hash": session, "fn_index": numbered[name], "data": data}
        reply = caller.http.post(f"{path}/gradio_api/queue/join", json=body, headers=caller.headers)
        assert reply.status_code == status, (name, reply.text)
        params = {"session_hash": session}
        listened = caller.http.get(f"{path}/gradio_api/queue/data", params=params, headers=caller.headers)
        assert listened.status_code == status, name
    assert there.state() == before


@pytest.mark.parametrize(("path", "actor"), [("/desk", "staff"), ("/desk", "admin"), ("/evals", "evaluator")])
def test_those_who_may_call_it_are_heard(
    callers: dict[str, Caller], there: FullHouse, path: str, actor: str
) -> None:
    caller, before = callers[actor], len(there.office.listed())
    name = "register" if path == "/desk" else "start"
    body = {
        "session_hash": caller.session(path),
        "fn_index": numbers(caller, path)[name],
        "data": TABLE[path][0][name],
    }
    assert caller.http.post(f"{path}/gradio_api/queue/join", json=body).status_code == 200
    told = caller.http.get(
        f"{path}/gradio_api/queue/data", params={"session_hash": body["session_hash"]}
    ).text
    assert "process_completed" in told
    assert len(there.office.listed()) == before + 1 if path == "/desk" else list(there.started) == [()]
