"""Remembers what is slow to work out for a text or a pair of texts, and works out what is missing all at once."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Key = TypeVar("Key")
Floats = NDArray[np.float32]


class Memo(Generic[Key]):
    """`work` (keys -> (n, …) one row each) with the rows of the `most` keys that were asked for last. Safe among threads."""

    def __init__(self, work: Callable[[Sequence[Key]], Floats], most: int) -> None:
        self._work = work
        self._most = most
        self._known: OrderedDict[Key, Floats] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, keys: Sequence[Key]) -> Floats:
        """(n, …) the rows of `keys`, at least one."""
        with self._lock:
            rows = {key: self._known[key] for key in keys if key in self._known}
        missing = [key for key in dict.fromkeys(keys) if key not in rows]
        if missing:
            rows.update(zip(missing, self._work(missing), strict=True))
        with self._lock:
            for key in rows:
                self._known[key] = rows[key]
                self._known.move_to_end(key)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return np.array([rows[key] for key in keys], np.float32)
