"""The page to log in and out. Works without script. Pure: values in, HTML out."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.accounts.roles import Who
from bot.ui.markup import NOTHING, Html, el, join, plain
from bot.ui.shell import header, page
from bot.ui.words import say
from ingest.types import Language


@dataclass(frozen=True, slots=True)
class LoginView:
    """What the page shows: the form's mark, where to go afterwards, and what went wrong (a key of the words)."""

    form: str
    next: str
    trouble: str = ""
    #: Seconds to wait, where the trouble is a wait.
    wait: int = 0
    #: Whether the chat itself needs a login.
    for_chat: bool = False


def login_page(view: LoginView, language: Language) -> str:
    """The form for a name and a password."""
    lead = say(language, "login_lead_chat" if view.for_chat else "login_lead")
    form = el(
        "form",
        _hidden("form", view.form),
        _hidden("next", view.next),
        _field("name", "text", "username", language),
        _field("password", "password", "current-password", language),
        el("button", plain(say(language, "login")), type="submit"),
        method="post",
        action=f"/login?lang={language}",
        class_="login",
    )
    main = (
        el("h1", plain(say(language, "login"))),
        el("p", plain(lead), class_="lead"),
        _trouble(view, language),
        form,
        el("p", plain(say(language, "login_help")), class_="note"),
    )
    return _whole(say(language, "login"), language, join(main), view.next)


def account_page(
    view: LoginView, who: Who, places: Sequence[tuple[str, str]], by_proxy: bool, language: Language
) -> str:
    """Who is logged in, the pages (name, address) that are theirs, and how to log out."""
    role = say(language, f"role_{who.role}")
    links = (
        el("li", el("a", plain(say(language, f"nav_{name}")), href=f"{url}?lang={language}"))
        for name, url in places
    )
    out = el(
        "form",
        _hidden("form", view.form),
        el("button", plain(say(language, "logout")), type="submit"),
        method="post",
        action=f"/logout?lang={language}",
        class_="login",
    )
    main = (
        el("h1", plain(say(language, "nav_account"))),
        el("p", plain(say(language, "account_you", name=who.name, role=role)), class_="lead"),
        _trouble(view, language),
        el("ul", *links),
        el("p", plain(say(language, "account_proxy")), class_="note") if by_proxy else out,
    )
    return _whole(say(language, "nav_account"), language, join(main), view.next)


def _trouble(view: LoginView, language: Language) -> Html:
    if not view.trouble:
        return NOTHING
    return el("p", plain(say(language, view.trouble, n=view.wait)), class_="trouble", role="alert")


def _field(name: str, kind: str, complete: str, language: Language) -> Html:
    label = el("label", plain(say(language, f"login_{name}")), for_=f"login-{name}")
    more = {"id": f"login-{name}", "autocomplete": complete, "maxlength": "1000"}
    return el(
        "p",
        label,
        _input(name=name, type=kind, required=True, autocapitalize="none", spellcheck="false", **more),
    )


def _hidden(name: str, value: str) -> Html:
    return _input(type="hidden", name=name, value=value)


def _input(**attributes: str | bool) -> Html:
    return Html(el("input", **attributes).removesuffix("</input>"))


def _whole(title: str, language: Language, main: Html, after: str) -> str:
    here = "/login" if after in ("", "/") else f"/login?next={after}"
    body = join((header(language, "", here), el("main", main, class_="still", id="main")))
    return page(f"{title} – {say(language, 'title_short')}", language, body)
