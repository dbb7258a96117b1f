"""Roles, and who is asking. The guard finds out who it is; every function that is not for everybody asks here again."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal, get_args

Role = Literal["researcher", "staff", "evaluator", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
#: Where the guard leaves who is asking, in the ASGI scope of the request.
WHO = "desk.who"


class NotAllowed(Exception):
    """Who is asking may not do this. The message is for the log; a page shows words of its own."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who is asking: an account's name and role, "" and None for a visitor whom nobody knows.

    `login` names the login that said so (never its secret), so that what belongs to one ends with it.
    """

    name: str = ""
    role: Role | None = None
    login: str = ""

    @property
    def known(self) -> bool:
        """Whether somebody logged in."""
        return self.role is not None


NOBODY = Who()


def role_of(text: str) -> Role:
    """The role of that name. Raises ValueError, which lists them."""
    found = next((role for role in ROLES if role == text), None)
    if found is None:
        raise ValueError(f"there is no role {text!r}; the roles are {', '.join(ROLES)}")
    return found


def who_is(request: Any) -> Who:
    """Who sends a request: Gradio's, Starlette's, or its ASGI scope. A request of no known kind comes from nobody."""
    inner = getattr(request, "request", None) or request
    scope = inner if isinstance(inner, dict) else getattr(inner, "scope", None)
    found = scope.get(WHO) if isinstance(scope, dict) else None
    return found if isinstance(found, Who) else NOBODY


def require(request: Any, roles: Collection[Role]) -> Who:
    """Who sends a request, if one of `roles` is theirs. Raises NotAllowed: for nobody, and for any other role.

    Every function of a page that is not for everybody begins with it, whatever stands in front of the page.
    """
    who = who_is(request)
    if who.role not in roles:
        raise NotAllowed(f"{who.role or 'nobody'} may not do what {', '.join(sorted(roles))} may")
    return who
