"""Who may do what with a ticket, and where it goes: one table and one pure function. Knows no store and no page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from ingest.types import Language

State = Literal["new", "drafted", "in review", "returned", "approved", "sent", "withdrawn", "reopened"]
STATES: tuple[State, ...] = get_args(State)
Action = Literal[
    "draft",
    "submit",
    "return",
    "approve",
    "send",
    "withdraw",
    "reopen",
    "override",
    "comment",
    "assign",
    "due",
]
ACTIONS: tuple[Action, ...] = get_args(Action)
#: Roles that work on tickets.
STAFF = frozenset({"staff", "admin"})
_OPEN: frozenset[State] = frozenset({"new", "drafted", "in review", "returned", "approved", "reopened"})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the name of an account and its role."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Situation:
    """All of a ticket that the rules look at. A round begins with the ticket and with every reopening."""

    state: State
    #: Who wrote a version of the draft in this round.
    writers: frozenset[str] = frozenset()
    #: Sentences of the current version that their sources do not support and that nobody overrode.
    unsupported: int = 0
    #: Whether there is a draft with a sentence in it.
    written: bool = False


@dataclass(frozen=True, slots=True)
class _Move:
    """States that an action is possible in, and the state after it; None where it stays."""

    before: frozenset[State]
    after: State | None = None
    needs_reason: bool = False


def _move(*before: State, to: State | None = None, reason: bool = False) -> _Move:
    return _Move(frozenset(before), to, reason)


MOVES: Mapping[Action, _Move] = {
    "draft": _move("new", "drafted", "returned", "reopened", to="drafted"),
    "submit": _move("drafted", to="in review"),
    "return": _move("in review", to="returned", reason=True),
    "approve": _move("in review", to="approved"),
    "send": _move("approved", to="sent"),
    "withdraw": _Move(_OPEN, "withdrawn", True),
    "reopen": _move("approved", "sent", "withdrawn", to="reopened", reason=True),
    "override": _move("in review", reason=True),
    "comment": _Move(frozenset(STATES)),
    "assign": _Move(_OPEN),
    "due": _Move(_OPEN),
}
Why = Literal["role", "state", "two persons", "unsupported", "empty", "reason", "drafter"]
_WORDS: Mapping[Why, tuple[str, str]] = {
    "role": ("担当者だけが行えます。", "Only staff may do this."),
    "state": (
        "チケットの今の状態では行えません。画面を更新してください。",
        "The ticket's present state does not allow this; please refresh the page.",
    ),
    "two persons": (
        "下書きを書いた人は承認できません。別の担当者に依頼してください。",
        "Whoever wrote the draft may not approve it; please ask another member of staff.",
    ),
    "unsupported": (
        "出典で裏付けられない文があります。直すか、別の担当者が理由を付けて認めるまで承認できません。",
        "A sentence is not supported by its sources. It can be approved once it is mended, "
        "or once another member of staff has accepted it with a reason.",
    ),
    "empty": ("下書きに文がありません。", "The draft has no sentence."),
    "reason": ("理由を書いてください。", "Please give a reason."),
    "drafter": (
        "下書きを書いた人は、裏付けのない文を認めることができません。",
        "Whoever wrote the draft may not accept a sentence without support.",
    ),
}


class NotPermitted(Exception):
    """The rules do not allow an action. `why` says which of them."""

    def __init__(self, why: Why) -> None:
        super().__init__(_WORDS[why][1])
        self.why = why

    def said(self, language: Language) -> str:
        """The reason for a reader."""
        return _WORDS[self.why][0 if language == "ja" else 1]


def refusal(action: Action, situation: Situation, who: Actor, reason: str = "") -> Why | None:
    """Why `who` may not take `action` now; None when they may. The only place where this is decided."""
    if who.role not in STAFF or not who.name:
        return "role"
    move = MOVES[action]
    if situation.state not in move.before:
        return "state"
    if move.needs_reason and not reason.strip():
        return "reason"
    if action == "submit" and not situation.written:
        return "empty"
    if action == "override" and who.name in situation.writers:
        return "drafter"
    if action == "approve":
        if who.name in situation.writers or not situation.writers:
            return "two persons"
        if situation.unsupported:
            return "unsupported"
    return None


def after(action: Action, situation: Situation, who: Actor, reason: str = "") -> State:
    """The state after `action`. Raises NotPermitted."""
    if why := refusal(action, situation, who, reason):
        raise NotPermitted(why)
    return MOVES[action].after or situation.state


def options(situation: Situation, who: Actor) -> frozenset[Action]:
    """The actions that `who` may take now, a reason given where one is needed: what a page offers."""
    return frozenset(action for action in ACTIONS if refusal(action, situation, who, "…") is None)
