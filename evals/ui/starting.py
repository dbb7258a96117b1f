"""Starts a run aside and tells how far it is. One run at a time: a second one would slow both and time neither."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from evals.changes import ChangeError
from evals.running import Progress
from evals.runs import Run, RunError
from ingest.types import IngestError
from vectorstore.types import StoreError

#: (library, changes, progress) -> the finished run. The library is "" for the live one, or "bundled".
Start = Callable[[str, Sequence[str], Progress], Run]
LIBRARIES = ("", "bundled")
#: Seconds between two looks.
_LOOK = 0.5


class Busy(RunError):
    """A run is going on already."""


@dataclass(slots=True)
class _State:
    done: int = 0
    total: int = 0
    run: Run | None = None
    error: str = ""


class Starter:
    """Starts runs, one at a time."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._lock = threading.Lock()

    def go(self, library: str, changes: Sequence[str]) -> Iterator[tuple[int, int] | Run]:
        """(done, total) until the run is there, which comes last. Raises RunError with the reason, Busy.

        Whoever stops listening does not stop the run.
        """
        if library not in LIBRARIES:
            raise RunError(f"there is no library {library!r} to run on")
        if not self._lock.acquire(blocking=False):
            raise Busy("a run is going on already; wait for it to end")
        state = _State()
        thread = threading.Thread(target=self._work, args=(state, library, tuple(changes)), daemon=True)
        thread.start()
        while thread.is_alive():
            yield state.done, state.total
            time.sleep(_LOOK)
        if state.run is None:
            raise RunError(state.error or "the run ended without a reason")
        yield state.run

    def _work(self, state: _State, library: str, changes: Sequence[str]) -> None:
        def tell(done: int, total: int) -> None:
            state.done, state.total = done, total

        try:
            state.run = self._start(library, changes, tell)
        except (ChangeError, RunError, StoreError, IngestError) as error:
            state.error = str(error)
        finally:
            self._lock.release()
