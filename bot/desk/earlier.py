"""Earlier tickets whose question comes near another one, in either language: a hint to whoever answers it."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from bot.store import tickets
from bot.store.errors import DatabaseError
from bot.store.opening import Data
from bot.store.tickets import NoTicket, Ticket

Floats = NDArray[np.float32]
#: The least cosine that is worth a look: above it lies 1 in 100 of unrelated questions (the tuning half of evals/matching.tsv).
NEAR = 0.3
#: Tickets, the newest ones, that are compared.
MOST = 20_000


class Earlier:
    """Vectors of the tickets' questions, which follow the database. Texts are read from it each time."""

    def __init__(self, data: Data, vectors: Callable[[Sequence[str]], Floats]) -> None:
        self._data = data
        self._vectors = vectors
        self._lock = threading.Lock()
        self._numbers: NDArray[np.int64] = np.zeros(0, np.int64)
        self._table: Floats = np.zeros((0, 0), np.float32)
        self._aside = threading.Lock()

    def prepare(self) -> None:
        """Reads the questions of very many tickets aside, once: whoever opens the first one need not wait for that."""
        if self._aside.acquire(blocking=False):
            threading.Thread(target=self._prepared, name="desk-earlier", daemon=True).start()

    def _prepared(self) -> None:
        with suppress(DatabaseError):  # whoever opens a ticket is told
            self._followed()

    def similar(self, question: str, but: int = 0, most: int = 3) -> tuple[Ticket, ...]:
        """The tickets nearest to a question, without the one numbered `but`, the nearest first. Raises DatabaseError."""
        numbers, table = self._followed()
        if not len(numbers):
            return ()
        near = table @ self._vectors([question])[0]
        order = np.argsort(-near)[: 4 * most + 1]
        best = [int(numbers[at]) for at in order if near[at] >= NEAR and numbers[at] != but]
        return tuple(self._read(best))[:most]

    def _followed(self) -> tuple[NDArray[np.int64], Floats]:
        """Numbers and vectors, with those of the tickets that came since."""
        with self._lock:
            last = int(self._numbers[-1]) if len(self._numbers) else 0
            with self._data.database.reading() as transaction:
                fresh = tickets.questions(transaction, last, MOST)
            if fresh:
                added = self._vectors([question for _, question in fresh])
                self._numbers = np.append(self._numbers, [number for number, _ in fresh])[-MOST:]
                self._table = np.vstack([self._table, added])[-MOST:] if last else added
            return self._numbers, self._table

    def _read(self, numbers: Sequence[int]) -> list[Ticket]:
        found = []
        with self._data.database.reading() as transaction:
            for number in numbers:
                try:
                    ticket = tickets.get(transaction, number)
                except NoTicket:
                    continue
                if not ticket.erased:
                    found.append(ticket)
        return found
