"""A few places where the API's work is done in threads, and a short queue before them: nobody waits without end."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar

import anyio
from anyio.to_thread import run_sync

from bot.api.errors import BUSY, Refused

Value = TypeVar("Value")

#: Seconds after which a caller who found no place may come back.
LATER = 2
_END = object()


class Places:
    """`at_once` callers are served together and `waiting` more wait; one more is turned away with 503."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._limit = anyio.CapacityLimiter(at_once)
        self._most = at_once + waiting
        self._present = 0

    async def run(self, work: Callable[[], Value]) -> Value:
        """The value of `work`, done in a thread. Raises Refused where all places are taken."""
        self._enter()
        try:
            return await run_sync(work, limiter=self._limit)
        finally:
            self._present -= 1

    async def each(self, make: Callable[[], Iterator[Value]]) -> AsyncIterator[Value]:
        """The values of an iterator as they come; it is closed when the caller goes away.

        The iterator is begun before the first value is asked for, so that Refused comes before any reply.
        """
        self._enter()
        values = make()
        try:
            while (value := await run_sync(next, values, _END, limiter=self._limit)) is not _END:
                yield value  # type: ignore[misc]
        finally:
            self._present -= 1
            close = getattr(values, "close", None)
            if close:
                close()

    def _enter(self) -> None:
        if self._present >= self._most:
            raise Refused(503, BUSY, LATER)
        self._present += 1
