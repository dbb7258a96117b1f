"""List, open and approve on a full desk, as the staff's page does them, while chats run."""

import asyncio
from collections.abc import Sequence
from itertools import cycle
from random import Random

from evals.load.colleague import Colleague
from evals.load.figures import Figures, figures
from evals.load.scenarios import READING, SEED, opened, questions
from evals.load.visitor import Visitor

#: Name and password of the account that looks and approves.
APPROVER, PASSWORD = "approver", "a password of the load rig alone"


async def staff_beside_chats(base: str, numbers: Sequence[int], chats: int) -> dict[str, Figures]:
    """Lists, opens and approves each of the tickets; every chat asks, reads for READING seconds, and asks again.

    Figures of the three actions, and of the chats' whole answers.
    """
    stop, answers, colleague = asyncio.Event(), list[float](), Colleague(base)
    await colleague.open(APPROVER, PASSWORD)
    times: dict[str, list[float]] = {"list": [], "open": [], "approve": []}
    async with opened(base, chats, tuple(f"127.0.1.{n + 1}" for n in range(chats or 1))) as visitors:
        talking = [
            asyncio.create_task(_talk(visitor, Random(SEED + at), stop, answers))
            for at, visitor in enumerate(visitors)
        ]
        for number in numbers:
            for state in ("all", "in review"):
                times["list"].append(await colleague.press("load", state, False, "", 1, None))
            times["open"].append(await colleague.press("choose", number))
            times["approve"].append(await colleague.press("approve", None, ""))
        stop.set()
        await asyncio.gather(*talking)
    await colleague.close()
    return {**{name: figures(seconds) for name, seconds in times.items()}, "answers": figures(answers)}


async def _talk(visitor: Visitor, drawn: Random, stop: asyncio.Event, answers: list[float]) -> None:
    asked = list(questions())
    drawn.shuffle(asked)
    await asyncio.sleep(drawn.uniform(0, READING[1]))
    for question in cycle(asked):
        if stop.is_set():
            return
        said = await visitor.ask(question)
        if not said.error:
            answers.append(said.whole)
        try:
            await asyncio.wait_for(stop.wait(), drawn.uniform(*READING))
        except TimeoutError:
            continue
