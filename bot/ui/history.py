"""The conversations of every visitor, for as long as the server runs: to reopen, to save, and to forget.

Kept in memory only, under the visitor's own mark, and bounded in time and number. Knows no page.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.ui.talk import Talk

#: Conversations of one visitor, visitors in all, and seconds after which a conversation is forgotten.
EACH, VISITORS, SECONDS = 20, 2_000, 8 * 3600


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
        self._kept: OrderedDict[str, OrderedDict[str, Kept]] = OrderedDict()

    def put(self, visitor: str, talk: Talk) -> None:
        """Keeps a conversation as it stands now; one without a name, a visitor or an exchange is not kept."""
        if not (visitor and talk.name and talk.exchanges):
            return
        with self._lock:
            mine = self._kept.setdefault(visitor, OrderedDict())
            mine[talk.name] = Kept(talk, self._clock())
            mine.move_to_end(talk.name)
            self._kept.move_to_end(visitor)
            while len(mine) > EACH:
                mine.popitem(last=False)
            while len(self._kept) > VISITORS:
                self._kept.popitem(last=False)

    def get(self, visitor: str, name: str) -> Talk | None:
        """The visitor's own conversation of that name, or None."""
        return next((talk for talk in self.of(visitor) if talk.name == name), None)

    def of(self, visitor: str) -> tuple[Talk, ...]:
        """The visitor's conversations, the latest changed first."""
        oldest = self._clock() - SECONDS
        with self._lock:
            mine = self._kept.get(visitor, OrderedDict())
            for name in [name for name, kept in mine.items() if kept.changed < oldest]:
                del mine[name]
            return tuple(kept.talk for kept in reversed(mine.values()))

    def forget(self, visitor: str) -> None:
        """Nothing of the visitor is left."""
        with self._lock:
            self._kept.pop(visitor, None)
