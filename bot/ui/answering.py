"""Runs one question through the desk as a sequence of conversations, each a step further. Knows no page."""

import logging
import secrets
import time
from collections.abc import Generator
from dataclasses import replace

from bot.types import Step
from bot.ui.desk import Desk
from bot.ui.talk import Exchange, Talk
from vectorstore.types import Filter

LOG = logging.getLogger("desk.chat")
#: Seconds between two steps that are shown at least: drawing a page costs more than reading a passage.
PACE = 0.15


def answering(
    desk: Desk,
    question: str,
    talk: Talk,
    only: Filter = Filter(),
    limits: tuple[str, ...] = (),
    pace: float = PACE,
) -> Generator[Talk, None, None]:
    """The conversation at its beginning, every `pace` seconds or later on the way, and at its end.

    Closing it closes the desk's own generator: a stop reaches it.

    A desk that fails gives an exchange that says so, with a reference that is also in the log; the error's
    own words stay there.
    """
    earlier = talk.turns()
    talk = talk.ask(question, only, limits)
    yield talk
    now = talk.now
    if now is None or now.state == "long":
        return
    steps = desk.steps(question, earlier, only)
    try:
        shown = time.monotonic()
        for step in steps:
            now = after(now, step)
            found = step.kind == "hits" and desk.writer()
            if now.answer or found or time.monotonic() - shown > pace:
                yield talk.put(now)
                shown = time.monotonic()
        if now.answer is None:
            raise RuntimeError("the desk ended without an answer")
    except Exception:
        reference = secrets.token_hex(4)
        LOG.exception("a question failed; reference %s", reference)
        yield talk.put(replace(now, state="failed", answer=None, reference=reference))
    finally:
        close = getattr(steps, "close", None)
        if close:
            close()


def after(now: Exchange, step: Step) -> Exchange:
    """An exchange one step further."""
    if step.kind == "hits":
        return replace(now, found=len(step.hits))
    if step.kind == "text":
        return replace(now, draft=now.draft + step.text)
    if step.kind == "answer":
        return replace(now, answer=step.answer, state="done", draft="")
    return now
