"""An event loop in a thread of its own, for work that must be droppable at any moment."""

import asyncio
import logging
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any

LOG = logging.getLogger("desk.model")
#: Seconds that ending the thread waits for work that is being dropped.
PATIENCE = 2.0
#: Seconds after which work that goes on is cancelled again.
AGAIN = 0.1


class Loop:
    """Runs coroutines side by side in one thread, which starts with the first of them."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def start(self, work: Coroutine[Any, Any, None]) -> Future[None]:
        """Runs `work`; cancelling the future that is returned cancels the work."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._loop.set_exception_handler(_silent)
                self._thread = threading.Thread(target=_run, args=(self._loop,), name=self._name, daemon=True)
                self._thread.start()
            return asyncio.run_coroutine_threadsafe(_held(work), self._loop)

    def stop(self) -> None:
        """Drops what still runs and ends the thread; a later `start` begins a new one."""
        with self._lock:
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop is not None and thread is not None:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(PATIENCE)


async def _held(work: Coroutine[Any, Any, None]) -> None:
    """Runs `work`; when cancelled, cancels it until it ends: `wait_for` can swallow a cancellation."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task})
    finally:
        while not task.done():
            task.cancel()
            await asyncio.wait({task}, timeout=AGAIN)
        if not task.cancelled() and task.exception():
            LOG.debug("dropped work failed to end")


def _run(loop: asyncio.AbstractEventLoop) -> None:
    try:
        loop.run_forever()
        loop.run_until_complete(_drop())
    except Exception:
        LOG.debug("dropped work failed to end")
    finally:
        loop.close()


async def _drop() -> None:
    """Cancels whatever still runs."""
    loop = asyncio.get_running_loop()
    left = asyncio.all_tasks(loop) - {asyncio.current_task(loop)}
    for task in left:
        task.cancel()
    if left:
        await asyncio.wait(left, timeout=PATIENCE / 2)
    await loop.shutdown_asyncgens()


def _silent(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """An error in dropped work may hold what a server said; only that there was one is told."""
    LOG.debug("dropped work failed to end")
