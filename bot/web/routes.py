"""Every route there is, and for whom. A path that is missing here answers 404, whatever the application offers."""

from dataclasses import dataclass, replace
from typing import Literal

from bot.accounts.roles import Role
from bot.packet.parse import LARGEST

#: A file or folder name that cannot climb.
NAME = r"[\w\-][\w.\-]*"
READ, POST = ("GET", "HEAD"), ("POST",)
KB = 1024

#: Whose rate a request counts against; "free" is not counted.
Lane = Literal["ask", "work", "page", "api", "login", "free"]
#: Who gets through: anyone; whoever may chat; the same by a token; only the route's roles.
Door = Literal["open", "chat", "token", "room"]


@dataclass(frozen=True, slots=True)
class Route:
    """A path that is let through: its methods, its rate, who may use it, and whether it belongs to one session."""

    path: str
    methods: tuple[str, ...] = READ
    lane: Lane = "page"
    door: Door = "chat"
    roles: tuple[Role, ...] = ()
    session: bool = False
    #: What people open in a browser: who may not is sent to the login, and a new visitor gets a cookie.
    page: bool = False
    #: Files that never change under their name; a browser may keep them.
    lasting: bool = False
    body_bytes: int = 64 * KB


#: What a Gradio page at the root needs to run, and nothing else of it.
GRADIO: tuple[Route, ...] = (
    Route("/", page=True),
    Route(rf"/assets/{NAME}", lane="free", lasting=True),
    Route(rf"/static/(?:{NAME}/)*{NAME}", lane="free", lasting=True),
    Route(r"/theme\.css", lane="free"),
    Route("/config"),
    Route("/gradio_api/queue/join", POST, "ask", session=True),
    Route("/gradio_api/queue/data", ("GET",), session=True),
    Route("/gradio_api/cancel", POST, session=True),
    Route("/gradio_api/reset", POST),
    Route(r"/gradio_api/heartbeat/(?P<session>\w+)", ("GET",), session=True),
)


def room_routes(path: str, roles: tuple[Role, ...], files: str = "") -> tuple[Route, ...]:
    """The routes of a Gradio page mounted at `path` for some roles alone: every one of them asks who it is.

    Whoever works there presses more often than a visitor asks.

    `files` is the pattern of further paths that the room gives files out under.
    """
    inner = (
        replace(
            route,
            path=path + route.path,
            lane="work" if route.lane == "ask" else route.lane,
            door="room",
            roles=roles,
        )
        for route in GRADIO
    )
    given = (Route(files, ("GET",), door="room", roles=roles),) if files else ()
    return (Route(path, door="room", roles=roles, page=True), *given, *inner)


ROUTES: tuple[Route, ...] = (
    Route(r"/document/.+", page=True),
    Route("/library", page=True),
    Route("/search", lane="ask", page=True),
    Route("/glossary", page=True),
    Route(r"/talk/\w+(?:\.md|\.docx|/\d{1,9}\.json)", page=True),
    Route("/healthz", lane="free", door="open"),
    Route("/readyz", lane="free", door="open"),
    Route(r"/page/[a-z]+\.(?:css|js|svg)", lane="free", door="open"),
    Route(r"/favicon\.ico|/robots\.txt", lane="free", door="open"),
    Route("/api", door="open", page=True),
    Route(r"/api/openapi\.json", door="open"),
    Route("/api/(?:ask|ask/stream|search)", POST, "api", "token"),
    Route("/api/verify", POST, "api", "token", body_bytes=LARGEST),
    Route("/api/documents(?:/.+)?", ("GET",), "api", "token"),
    *GRADIO,
)
#: Where there are accounts. Without them the paths stay closed: Gradio has a login of its own there.
LOGIN: tuple[Route, ...] = (
    Route("/login", (*READ, *POST), "login", "open", page=True, body_bytes=8 * KB),
    Route("/logout", POST, "page", "open", page=True, body_bytes=KB),
)
