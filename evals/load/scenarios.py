"""The scenarios: closed and open arrivals, a flood beside honest visitors, and idle sessions."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from itertools import cycle, islice
from random import Random

import httpx

from evals.cases import load_cases
from evals.load.figures import Figures, figures
from evals.load.visitor import Asked, Visitor

#: The order of the questions is drawn once and for all, so that two runs compare.
SEED = 7
#: Seconds for which a visitor reads an answer and writes the next question.
READING = (4.0, 12.0)
#: Where the flood comes from: an address of its own, as another machine would have.
ELSEWHERE = "127.0.0.2"
#: Addresses of many visitors, so that no rate of one address holds them up.
MANY = tuple(f"127.0.1.{n}" for n in range(1, 21))


@cache
def questions() -> tuple[str, ...]:
    """What visitors ask, in turn: the single questions of the cases, in both languages, answered and declined ones."""
    asked = [case.question for case in load_cases() if case.question]
    Random(SEED).shuffle(asked)
    return tuple(asked)


@asynccontextmanager
async def opened(
    base: str, count: int, addresses: Sequence[str] = ("127.0.0.1",)
) -> AsyncIterator[list[Visitor]]:
    """So many visitors with their pages open, from these addresses in turn."""
    visitors = [Visitor(base, address) for address in islice(cycle(addresses), count)]
    try:
        for visitor in visitors:
            await visitor.open()
        yield visitors
    finally:
        for visitor in visitors:
            await visitor.close()


def summed(asked: Sequence[Asked]) -> dict[str, Figures]:
    """Figures of the first words and of whole answers."""
    errors = [one.error for one in asked if one.error]
    good = [one for one in asked if not one.error]
    return {
        "first_words": figures([one.first for one in good], errors),
        "whole": figures([one.whole for one in good], errors),
    }


async def closed(base: str, at_once: int, rounds: int) -> dict[str, Figures]:
    """`at_once` visitors ask together, all begin each round together, and each asks again when all are done."""
    asked: list[Asked] = []
    async with opened(base, at_once) as visitors:
        drawn = cycle(questions())
        for _ in range(rounds):
            asked += await asyncio.gather(*(v.ask(q) for v, q in zip(visitors, drawn, strict=False)))
    return summed(asked)


async def chatting(base: str, at_once: int, rounds: int) -> dict[str, Figures]:
    """`at_once` visitors whose pages are open all the time; each reads for a while before each question."""
    asked: list[Asked] = []
    drawn, chance = cycle(questions()), Random(SEED)

    async def chat(visitor: Visitor, pauses: Sequence[float]) -> None:
        for pause in pauses:
            await asyncio.sleep(pause)
            asked.append(await visitor.ask(next(drawn)))

    async with opened(base, at_once) as visitors:
        await asyncio.gather(*(chat(v, [chance.uniform(*READING) for _ in range(rounds)]) for v in visitors))
    return summed(asked)


async def arriving(base: str, per_second: float, seconds: float) -> dict[str, Figures]:
    """A new visitor every so often, whether the earlier ones are served or not."""
    count = max(int(per_second * seconds), 1)
    async with opened(base, count) as visitors:
        began = time.perf_counter()
        running = []
        for number, (visitor, question) in enumerate(zip(visitors, cycle(questions()), strict=False)):
            await asyncio.sleep(max(began + number / per_second - time.perf_counter(), 0))
            running.append(asyncio.create_task(visitor.ask(question)))
        return summed(await asyncio.gather(*running))


async def flood(base: str, honest: int, rounds: int) -> dict[str, object]:
    """Honest visitors alone, then beside one client elsewhere that asks as fast as it can."""
    quiet = await closed(base, honest, rounds)
    stop, told = asyncio.Event(), []
    async with opened(base, 1, (ELSEWHERE,)) as (flooder,):

        async def pour() -> None:
            while not stop.is_set():
                try:
                    told.append((await flooder.join(questions()[0])).status_code)
                except httpx.HTTPError:
                    told.append(0)  # turned away before the question was read, and the connection closed

        pouring = [asyncio.create_task(pour()) for _ in range(20)]
        beside = await closed(base, honest, rounds)
        stop.set()
        await asyncio.gather(*pouring)
    slower = beside["first_words"]["p95"] / quiet["first_words"]["p95"]
    statuses = {str(status): told.count(status) for status in sorted(set(told))}
    return {"quiet": quiet, "beside": beside, "slower": round(slower, 2), "flooder": statuses}


async def idle(base: str, count: int) -> AsyncIterator[None]:
    """So many sessions that asked one question and then stay open with their heartbeat; ends when resumed."""
    async with opened(base, count, MANY) as visitors:
        for start in range(0, count, 10):
            some = visitors[start : start + 10]
            await asyncio.gather(*(v.ask(q) for v, q in zip(some, cycle(questions()), strict=False)))
        beats = [v.http.stream("GET", f"/gradio_api/heartbeat/{v.session}") for v in visitors]
        for beat in beats:
            await beat.__aenter__()
        yield
        for beat in beats:
            await beat.__aexit__(None, None, None)
