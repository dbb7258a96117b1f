"""How often one client may ask: token buckets with a bounded memory. Knows no HTTP."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

#: Buckets kept at most; the one unused for longest goes first, and a fresh bucket starts full.
CAPACITY = 20_000


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` requests at once, refilled at `per_minute`."""

    per_minute: float
    burst: int


class Buckets:
    """One token bucket per key, all with the same rate. `clock` gives seconds and never goes back."""

    def __init__(self, rate: Rate, clock: Callable[[], float], capacity: int = CAPACITY) -> None:
        self._rate = rate
        self._clock = clock
        self._capacity = capacity
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> float:
        """Take one token for `key`: 0.0 if there was one, else the seconds until there is."""
        now = self._clock()
        per_second = self._rate.per_minute / 60
        level, then = self._levels.pop(key, (float(self._rate.burst), now))
        level = min(level + (now - then) * per_second, float(self._rate.burst))
        wait = 0.0 if level >= 1 else (1 - level) / per_second
        self._levels[key] = (level - 1 if wait == 0.0 else level, now)
        if len(self._levels) > self._capacity:
            self._levels.popitem(last=False)
        return wait
