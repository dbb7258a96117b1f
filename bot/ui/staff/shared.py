"""What every handler of the staff's page shares: it begins with who is asking, and says in words what the desk refuses."""

import logging
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import gradio as gr

from bot.accounts.roles import Role, require
from bot.desk.file import OfficeError
from bot.desk.letter import LetterError
from bot.desk.rules import Actor, NotPermitted
from bot.store.answers import NoAnswer
from bot.store.errors import DatabaseError
from bot.store.tickets import NoTicket
from bot.ui.handlers import visitor_language
from bot.ui.markup import el, plain
from bot.ui.words import say
from ingest.types import Language

LOG = logging.getLogger("desk.staff")
ROLES: tuple[Role, ...] = ("staff", "admin")
#: What to show, by the name of its component.
Updates = dict[str, Any]


def attended(request: gr.Request, run: Callable[[Actor, Language], Updates]) -> Updates:
    """Asks who it is, does the work, and turns what the desk refuses into words."""
    who, language = require(request, ROLES), visitor_language(request)
    try:
        return run(Actor(who.name, str(who.role)), language)
    except (NotPermitted, OfficeError, LetterError) as refused:
        return {"message": el("p", plain(refused.said(language)))}
    except (NoTicket, NoAnswer):
        return said(language, "s_gone")
    except DatabaseError:
        reference = secrets.token_hex(4)
        LOG.exception("a staff action failed; reference %s", reference)
        return {"message": el("p", plain(f"{say(language, 's_failed')} ({reference})"))}


def said(language: Language, key: str, **fill: object) -> Updates:
    """That something was done."""
    return {"message": el("p", el("span", plain(say(language, key, **fill)), class_="saved"))}


def date_of(text: str) -> datetime | None:
    """A date as a person writes it, None for none. Raises OfficeError."""
    if not (text or "").strip():
        return None
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise OfficeError(say("en", "s_date_wrong"), say("ja", "s_date_wrong")) from None


def whole(number: str | float | None) -> int:
    """A number that somebody wrote, in digits of any width, 0 for none; one that no table can hold is one that there is not."""
    if isinstance(number, str):
        number = int(number[:12]) if number.strip().isdecimal() else 0
    return int(min(max(number or 0, 0), 2**31 - 1))
