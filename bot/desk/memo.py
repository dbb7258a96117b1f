"""Remembers what is slow to work out for a text or a pair of texts, and works out what is missing all at once."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Key = TypeVar("Key")
Floats = NDArray[np.float32]


class Memo(Generic[Key]):
    """`work` (keys -> (n, …) one row each) with the rows of the `most` keys that were asked for last. Safe among threads:
    what one works out another waits for instead of working it out too.
    """

    def __init__(self, work: Callable[[Sequence[Key]], Floats], most: int) -> None:
        self._work = work
        self._most = most
        self._known: OrderedDict[Key, Floats] = OrderedDict()
        self._looking, self._working = threading.Lock(), threading.Lock()

    def __call__(self, keys: Sequence[Key]) -> Floats:
        """(n, …) the rows of `keys`, at least one."""
        rows = self._remembered(keys)
        if any(key not in rows for key in keys):
            with self._working:
                rows.update(self._remembered(keys))
                if missing := [key for key in dict.fromkeys(keys) if key not in rows]:
                    made = {key: row.copy() for key, row in zip(missing, self._work(missing), strict=True)}
                    self._remember(made)
                    rows.update(made)
        return np.array([rows[key] for key in keys], np.float32)

    def _remembered(self, keys: Iterable[Key]) -> dict[Key, Floats]:
        with self._looking:
            found = {key: self._known[key] for key in keys if key in self._known}
            for key in found:
                self._known.move_to_end(key)
        return found

    def _remember(self, made: dict[Key, Floats]) -> None:
        with self._looking:
            self._known.update(made)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
