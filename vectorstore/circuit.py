"""A circuit breaker: after several failures in a row nobody waits for a server that is down. Knows no server."""

import threading
import time
from collections.abc import Callable

#: So many failures in a row open the circuit, for so many seconds; then one call tries again.
FAILURES, REST = 5, 30.0


class Circuit:
    """Whether a call may be made now. Safe to use from many threads."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._failures = 0
        self._opened = 0.0

    def allows(self) -> bool:
        """Whether to try: always while closed; once every REST seconds while open."""
        with self._lock:
            if self._failures < FAILURES:
                return True
            if self._now() - self._opened < REST:
                return False
            self._opened = self._now()
            return True

    def worked(self) -> None:
        """A call succeeded: the circuit is closed."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """A call failed."""
        with self._lock:
            self._failures += 1
            if self._failures == FAILURES:
                self._opened = self._now()
