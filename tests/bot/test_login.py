"""Logging in over HTTP as a browser without script does, and what each role then reaches."""

import time
from collections.abc import Iterator

import httpx
import pytest

from bot.accounts.gate import LOGIN_COOKIE
from bot.accounts.logins import FREE, Logins
from bot.accounts.proxy import proxies_of
from bot.store.opening import Data
from tests.bot.payloads import Reading
from tests.bot.rooms import PASSWORD, Browsers, House, accounts_of, form_of, house, opened_data, visitor_of


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    data = opened_data(tmp_path_factory.mktemp("home"))
    with house(data) as one:
        yield one
    data.close()


@pytest.fixture
def browse() -> Iterator[Browsers]:
    browsers = Browsers()
    yield browsers
    browsers.close()


@pytest.fixture(autouse=True)
def forgotten(there: House) -> None:
    """No failed attempt of one test locks out another."""
    with there.people.accounts._data.database.connection() as connection:
        connection.exec_driver_sql("DELETE FROM attempts")


def test_the_login_page_is_in_both_languages_without_script(there: House, browse: Browsers) -> None:
    for language, words in (("ja", "職員・評価担当者の画面"), ("en", "staff and evaluators")):
        page = httpx.get(f"{there.base}/login?lang={language}")
        assert words in Reading(page.text).text and "<script" not in page.text
        assert "form-action 'self'" in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("name", "wanted", "place"),
    [
        ("staff", "", "/desk"),
        ("evaluator", "", "/evals"),
        ("admin", "/evals", "/evals"),
        ("researcher", "", "/"),
        ("staff", "/library", "/library"),
        ("staff", "https://evil.example/", "/desk"),
        ("staff", "//evil.example", "/desk"),
        ("staff", "/evals", "/desk"),
    ],
)
def test_a_login_leads_to_the_page_that_was_wanted_if_it_is_ours(
    there: House, browse: Browsers, name: str, wanted: str, place: str
) -> None:
    http = browse.open(there.base)
    fields = {"form": form_of(http.get("/login").text), "name": name, "password": PASSWORD, "next": wanted}
    reply = http.post("/login", data=fields)
    assert (reply.status_code, reply.headers["location"]) == (303, place)
    http.cookies.clear()
    fields["form"] = form_of(http.get("/login").text)
    assert http.post("/login?lang=en", data=fields).headers["location"] == f"{place}?lang=en"
    cookie = reply.headers["set-cookie"]
    assert (
        all(word in cookie for word in ("HttpOnly", "SameSite=strict", "Path=/")) and "Secure" not in cookie
    )


def test_a_page_of_a_room_sends_a_stranger_to_the_login_and_back(there: House, browse: Browsers) -> None:
    http = browse.open(there.base)
    reply = http.get("/desk")
    assert (reply.status_code, reply.headers["location"]) == (303, "/login?next=/desk")
    assert http.get("/desk?lang=en").headers["location"] == "/login?next=/desk&lang=en"
    assert http.get("/desk?lang=xx%22").headers["location"] == "/login?next=/desk"
    staff = browse.logged_in(there.base, "staff", next="/desk")
    page = staff.get("/desk/")
    assert page.status_code == 200 and "職員の作業" in page.text and "アカウント" in page.text
    assert staff.get("/desk?lang=en").headers["location"] == "/desk/?lang=en"


def test_a_role_that_does_not_fit_is_told_so(there: House, browse: Browsers) -> None:
    http = browse.logged_in(there.base, "evaluator")
    page = http.get("/desk", follow_redirects=True)
    assert page.status_code == 403 and "権限がありません" in Reading(page.text).text
    assert "ログアウト" in page.text and "/evals" in page.text


@pytest.mark.parametrize(
    "name", ["staff", "nobody", "", "x" * 5_000, "staff' OR 1=1 --", "<script>alert(1)</script>"]
)
def test_a_wrong_password_says_the_same_for_every_name(there: House, browse: Browsers, name: str) -> None:
    http = browse.open(there.base, headers={"accept-language": "en"})
    form = form_of(http.get("/login").text)
    reply = http.post("/login", data={"form": form, "name": name, "password": "not the password"})
    assert reply.status_code == 401 and LOGIN_COOKIE not in http.cookies
    assert "not right" in Reading(reply.text).text and "alert(1)" not in reply.text


def test_after_five_failures_even_the_right_password_waits(there: House, browse: Browsers) -> None:
    for n in range(FREE):
        assert LOGIN_COOKIE not in browse.logged_in(there.base, "staff", f"wrong password {n}").cookies
    http = browse.open(there.base, headers={"accept-language": "ja"})
    form = form_of(http.get("/login").text)
    reply = http.post("/login", data={"form": form, "name": "staff", "password": PASSWORD})
    assert reply.status_code == 429 and int(reply.headers["retry-after"]) > 20
    assert "秒待って" in Reading(reply.text).text


def test_attempts_at_once_do_not_slip_through_the_count(there: House, browse: Browsers) -> None:
    from_many = [there.people.logins.begin("staff", "wrong words here", f"10.0.0.{n}") for n in range(12)]
    assert sum(not one.wait for one in from_many) == FREE  # type: ignore[union-attr]


def test_there_is_no_default_account(data: Data) -> None:
    for name in ("admin", "root", "staff", "desk"):
        for password in ("", "admin", "password", "desk"):
            Logins(data)
            assert not hasattr(Logins(data).begin(name, password, f"10.0.0.{len(name)}"), "secret")


def test_an_unknown_name_takes_as_long_as_a_known_one(data: Data) -> None:
    logins = accounts_of(data).logins

    def spent(name: str) -> float:
        taken = []
        for n in range(4):
            began = time.process_time()
            logins.begin(name, "wrong words here", f"10.0.{len(name)}.{n}")
            taken.append(time.process_time() - began)
        return min(taken)

    known, unknown = spent("staff"), spent("nobody")
    assert 0.5 < known / unknown < 2.0


@pytest.mark.parametrize("stolen", ["form", "cookie", "none"])
def test_another_page_cannot_log_somebody_in_or_out(there: House, browse: Browsers, stolen: str) -> None:
    victim, attacker = browse.open(there.base), browse.open(there.base)
    victim.get("/login")
    form = form_of(attacker.get("/login").text) if stolen == "form" else ""
    fields = {"form": form, "name": "staff", "password": PASSWORD}
    if stolen == "cookie":
        victim.cookies.clear()
    assert victim.post("/login", data=fields).status_code == 403
    good = {"form": form_of(victim.get("/login").text), "name": "staff", "password": PASSWORD}
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
        assert victim.post("/login", data=good, headers=headers).status_code == 403
    assert LOGIN_COOKIE not in victim.cookies
    staff = browse.logged_in(there.base, "staff")
    assert staff.post("/logout", data={"form": form}).status_code == 403
    assert staff.get("/desk/").status_code == 200


def test_a_logout_ends_the_login_on_the_server(there: House, browse: Browsers) -> None:
    staff = browse.logged_in(there.base, "staff")
    kept = dict(staff.cookies)
    staff.post("/logout", data={"form": form_of(staff.get("/login").text)})
    assert LOGIN_COOKIE not in staff.cookies
    again = browse.open(there.base, cookies=kept)
    assert again.get("/desk/").status_code == 303
    assert again.get("/desk/config").status_code == 401


def test_a_login_has_a_new_secret_whatever_the_browser_held(there: House, browse: Browsers) -> None:
    http = browse.open(there.base)
    http.cookies.set(LOGIN_COOKIE, "chosen-by-the-attacker", domain="127.0.0.1", path="/")
    form = form_of(http.get("/login").text)
    reply = http.post("/login", data={"form": form, "name": "staff", "password": PASSWORD})
    assert reply.status_code == 303 and "chosen-by-the-attacker" not in reply.headers["set-cookie"]
    planted = browse.open(there.base, cookies={LOGIN_COOKIE: "chosen-by-the-attacker"})
    assert planted.get("/desk/config").status_code == 401


def test_a_chat_session_behind_a_login_ends_with_it(there: House, browse: Browsers) -> None:
    staff = browse.logged_in(there.base, "staff")
    join = {"data": ["一"], "fn_index": 0, "session_hash": "kept1"}
    assert staff.post("/desk/gradio_api/queue/join", json=join).status_code == 200
    staff.post("/logout", data={"form": form_of(staff.get("/login").text)})
    form = form_of(staff.get("/login").text)
    staff.post("/login", data={"form": form, "name": "admin", "password": PASSWORD})
    assert visitor_of(staff), "the same browser"
    assert staff.get("/desk/gradio_api/queue/data", params={"session_hash": "kept1"}).status_code == 403


def test_with_a_login_for_the_chat_nothing_answers_a_stranger(
    tmp_path_factory: pytest.TempPathFactory, browse: Browsers
) -> None:
    data = opened_data(tmp_path_factory.mktemp("closed"))
    with house(data, chat_open=False) as closed:
        stranger = browse.open(closed.base)
        for path in ("/", "/library", "/search?q=x", "/glossary", "/document/tebiki.md"):
            assert stranger.get(path).status_code == 303, path
        assert stranger.get("/config").status_code == 401
        assert stranger.post("/api/ask", json={"question": "x"}).headers["www-authenticate"] == "Bearer"
        assert stranger.get("/healthz").status_code == stranger.get("/login").status_code == 200
        researcher = browse.logged_in(closed.base, "researcher")
        assert stranger.get("/theme.css").status_code == 401
        assert researcher.get("/theme.css").status_code == 200, "what the page needs comes with it"
        assert researcher.get("/library").status_code == researcher.get("/").status_code == 200
        assert researcher.post("/api/search", json={"question": "x"}).status_code == 401, (
            "a cookie is no token"
        )
        token = closed.people.accounts.token("researcher")
        asked = {"json": {"question": "x"}, "headers": {"authorization": f"Bearer {token}"}}
        assert stranger.post("/api/search", **asked).status_code == 200  # type: ignore[arg-type]
        assert stranger.get("/api/openapi.json").json()["components"]["securitySchemes"]
        assert closed.desk.asked == 0
    data.close()


def test_a_proxys_user_is_logged_in_and_anybody_elses_header_is_not(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    data = opened_data(tmp_path_factory.mktemp("proxy"))
    proxies = proxies_of(("127.0.0.1",), "X-Remote-User", "", ("sato@example.ac.jp=staff",))
    told = {
        "x-remote-user": "sato@example.ac.jp",
        "x-forwarded-for": "198.51.100.7",
        "x-forwarded-proto": "https",
    }
    with house(data, proxies=proxies) as behind:
        page = httpx.get(f"{behind.base}/login", headers={**told, "accept-language": "ja"})
        assert "sato@example.ac.jp" in Reading(page.text).text and "所属機関の認証" in page.text
        assert "Secure" in page.headers["set-cookie"]
        assert httpx.get(f"{behind.base}/desk/config", headers=told).status_code == 200
        assert httpx.get(f"{behind.base}/evals/config", headers=told).status_code == 403
        assert httpx.get(f"{behind.base}/desk/config").status_code == 401
    elsewhere = proxies_of(("192.0.2.10",), "X-Remote-User", "", ("sato@example.ac.jp=staff",))
    with house(data, proxies=elsewhere) as direct:
        assert httpx.get(f"{direct.base}/desk/config", headers=told).status_code == 401
    data.close()
