"""Paths that climb, in every form, against everything that gives out files: refused alike, and nothing is read or left."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.bot.full import FullHouse, full_house
from tests.bot.rooms import Browsers
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary

SECRET = "canary-8c1f0e"
#: Ways to write the path of a file that is there; `{}` is its path without the first slash.
FORMS = (
    "/{}",
    "//{}",
    "///{}",
    "../../../../../../{}",
    "..%2f..%2f..%2f..%2f..%2f..%2f{}",
    "%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/{}",
    "%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2f{}",
    "%252e%252e%252f%252e%252e%252f%252e%252e%252f{}",
    "%25252e%25252e%25252f%25252e%25252e%25252f{}",
    "....//....//....//....//....//{}",
    "..././..././..././..././{}",
    "..\\..\\..\\..\\..\\{}",
    "..%5c..%5c..%5c..%5c..%5c{}",
    "..%255c..%255c..%255c{}",
    "%c0%ae%c0%ae/%c0%ae%c0%ae/%c0%ae%c0%ae/{}",
    "..%c0%af..%c0%af..%c0%af{}",
    "%e0%80%ae%e0%80%ae/%e0%80%ae%e0%80%ae/{}",
    "%ef%bc%8e%ef%bc%8e%ef%bc%8f%ef%bc%8e%ef%bc%8e%ef%bc%8f{}",
    "%e2%80%a5/%e2%80%a5/{}",
    "%u002e%u002e%u2215{}",
    "./../.././../.././../../{}",
    ".;/..;/..;/..;/{}",
    "..;/..;/..;/..;/{}",
    "x/../../../../../../../{}",
    "%2f{}",
    "%2f%2f{}",
    "file:///{}",
    "file:%2f%2f%2f{}",
    "\\\\127.0.0.1\\c$\\{}",
    "%5c%5c127.0.0.1%5cc$%5c{}",
    "~/{}",
    "{}%00.md",
    "../../../../../../{}%00.css",
    "../../../../../../{}?x=.css",
    "../../../../../../{}%23.css",
    "../../../../../../{}/.",
    "/proc/self/root/{}",
    "/proc/self/cwd/../../../../../../{}",
    "/dev/fd/../../{}",
)
#: What gives out files, or looks like it; the last part is where the path goes.
ROUTES = (
    "/gradio_api/file=",
    "/gradio_api/file/",
    "/gradio_api/proxy=",
    "/gradio_api/stream/x/",
    "/file=",
    "/static/",
    "/assets/",
    "/svelte/",
    "/theme.css/",
    "/page/",
    "/document/",
    "/api/documents/",
    "/talk/",
    "/desk/gradio_api/file=",
    "/desk/static/",
    "/desk/assets/",
    "/desk/export/",
    "/evals/gradio_api/file=",
    "/evals/static/",
    "/evals/assets/",
)


@pytest.fixture(scope="module")
def there(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, glossary: Glossary
) -> Iterator[FullHouse]:
    with full_house(tmp_path_factory.mktemp("paths"), embedder, glossary) as one:
        (one.folder / "secret.txt").write_text(SECRET, "utf-8")
        yield one


@pytest.fixture(scope="module")
def cookies(there: FullHouse) -> Iterator[dict[str, str]]:
    """The cookies of a visitor and of an administrator, who may open every door."""
    browsers = Browsers()
    visitor, admin = browsers.open(there.base), browsers.logged_in(there.base, "admin")
    visitor.get("/")

    def of(client: httpx.Client) -> str:
        return "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar)

    yield {"visitor": of(visitor), "admin": of(admin)}
    browsers.close()


def asked(connection: http.client.HTTPConnection, path: str, cookie: str) -> tuple[int, bytes]:
    """The status and the body of a path that is sent as it stands, where no client may tidy it."""
    connection.putrequest("GET", "/", skip_host=False)
    connection._buffer[0] = b"GET " + path.encode() + b" HTTP/1.1"  # type: ignore[attr-defined]
    connection.putheader("cookie", cookie)
    connection.endheaders()
    reply = connection.getresponse()
    return reply.status, reply.read()


def shown(path: Path) -> str:
    """A path as it stands behind the first slash of an address."""
    return str(path).lstrip("/")


@pytest.mark.fault("D2")
@pytest.mark.parametrize("actor", ["visitor", "admin"])
@pytest.mark.parametrize("route", ROUTES)
def test_no_path_climbs_out(there: FullHouse, cookies: dict[str, str], route: str, actor: str) -> None:
    before = there.state()
    connection = http.client.HTTPConnection(urlsplit(there.base).netloc, timeout=30)
    assert asked(connection, "/page/page.css", cookies[actor])[0] == 200
    wrong = []
    for form in FORMS:
        replies = [
            asked(connection, route + form.format(name), cookies[actor])
            for name in (
                shown(there.folder / "secret.txt"),
                shown(there.folder / "nothing.txt"),
                "etc/passwd",
            )
        ]
        statuses = {status for status, _ in replies}
        said = b"".join(body for _, body in replies)
        if (
            len(statuses) > 1
            or not statuses <= {400, 404, 422}
            or SECRET.encode() in said
            or b"root:" in said
        ):
            wrong.append((form, replies))
        elif str(there.folder).encode() in said:
            wrong.append((form, replies))
    connection.close()
    assert not wrong, wrong[:3]
    assert there.state() == before
