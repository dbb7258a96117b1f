"""The conversations of every visitor, for as long as the server runs: to reopen, to save, and to forget.

Kept in memory only, under the visitor's own mark, and bounded in time and number. Knows no page.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.ui.talk import Talk

#: Conversations of one visitor, exchanges of all, and seconds after which a conversation is forgotten. An exchange
#: with its answer and sources takes about 15 kB.
EACH, EXCHANGES, SECONDS = 20, 5_000, 8 * 3600


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation and when it last changed, in seconds of the clock."""

    talk: Talk
    changed: float


class History:
    """Who said what. Safe to use from many threads. `clock` gives seconds and never goes back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        #: (visitor, name of the conversation) -> what is kept; the latest changed last.
        self._kept: OrderedDict[tuple[str, str], Kept] = OrderedDict()
        #: Visitor -> the names of theirs, the latest changed last.
        self._names: dict[str, dict[str, None]] = {}
        self._exchanges = 0

    def put(self, visitor: str, talk: Talk) -> None:
        """Keeps a conversation as it stands now; one without a name, a visitor or an exchange is not kept."""
        if not (visitor and talk.name and talk.exchanges):
            return
        with self._lock:
            self._drop(visitor, talk.name)
            self._kept[visitor, talk.name] = Kept(talk, self._clock())
            mine = self._names.setdefault(visitor, {})
            mine[talk.name] = None
            self._exchanges += len(talk.exchanges)
            if len(mine) > EACH:
                self._drop(visitor, next(iter(mine)))
            while self._exchanges > EXCHANGES:
                self._drop(*next(iter(self._kept)))

    def get(self, visitor: str, name: str) -> Talk | None:
        """The visitor's own conversation of that name, or None."""
        return next((talk for talk in self.of(visitor) if talk.name == name), None)

    def of(self, visitor: str) -> tuple[Talk, ...]:
        """The visitor's conversations, the latest changed first."""
        with self._lock:
            self._drop_old()
            return tuple(self._kept[visitor, name].talk for name in reversed(self._names.get(visitor, {})))

    def forget(self, visitor: str) -> None:
        """Nothing of the visitor is left."""
        with self._lock:
            for name in tuple(self._names.get(visitor, {})):
                self._drop(visitor, name)

    def _drop_old(self) -> None:
        """Drops what nobody changed for SECONDS, whosever it is."""
        oldest = self._clock() - SECONDS
        while (first := next(iter(self._kept), None)) and self._kept[first].changed < oldest:
            self._drop(*first)

    def _drop(self, visitor: str, name: str) -> None:
        """Drops one conversation if it is there."""
        kept = self._kept.pop((visitor, name), None)
        if kept is None:
            return
        self._exchanges -= len(kept.talk.exchanges)
        del self._names[visitor][name]
        if not self._names[visitor]:
            del self._names[visitor]
