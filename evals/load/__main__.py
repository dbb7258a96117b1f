"""DOOR: `python -m evals.load`: puts load on a desk and prints the figures as JSON."""

import asyncio
import json
import os
import platform
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.console import BadInput, plain_errors
from evals.load.scenarios import arriving, chatting, closed, flood, idle
from evals.load.server import Running, running

app = typer.Typer(add_completion=False, help="Put load on a desk of its own and print the figures as JSON.")


async def _idle(desk: Running, count: int) -> dict[str, float]:
    before = desk.megabytes()
    sessions = idle(desk.base, count)
    await anext(sessions)
    beside = desk.megabytes()
    async for _ in sessions:
        pass
    return {"sessions": count, "before_mb": round(before), "with_mb": round(beside)}


@app.command()
def load(
    home: Annotated[Path, typer.Option(help="Folder of an ingested library (DESK_HOME).")] = Path("data"),
    at_once: Annotated[int, typer.Option(help="Chats at once.")] = 30,
    rounds: Annotated[int, typer.Option(help="Questions of each of them.")] = 4,
    per_second: Annotated[float, typer.Option(help="Visitors a second, of open arrivals.")] = 5.0,
    seconds: Annotated[float, typer.Option(help="How long they keep coming.")] = 10.0,
    honest: Annotated[int, typer.Option(help="Honest visitors beside a flood.")] = 5,
    idle_sessions: Annotated[int, typer.Option(help="Sessions that stay open.")] = 200,
) -> None:
    """Start, chats at once, the same all asking in one moment, open arrivals, a flood and idle sessions, each on a desk started for it."""
    with plain_errors():
        if not home.is_dir():
            raise BadInput(f"{home} is no folder; run `desk ingest` first, or name one with --home")
        machine = {
            "cores": os.cpu_count(),
            "machine": platform.machine(),
            "python": platform.python_version(),
        }
        said: dict[str, Any] = {"machine": machine}
        try:
            with running(home) as desk:
                said["ready_seconds"] = desk.ready
                asyncio.run(closed(desk.base, 2, 2))  # warm
                said["chats"] = asyncio.run(chatting(desk.base, at_once, rounds))
                said["closed"] = asyncio.run(closed(desk.base, at_once, rounds))
            with running(home) as desk:
                said["open"] = asyncio.run(arriving(desk.base, per_second, seconds))
            with running(home) as desk:
                said["flood"] = asyncio.run(flood(desk.base, honest, rounds))
            with running(home) as desk:
                said["idle"] = asyncio.run(_idle(desk, idle_sessions))
        except (ChildProcessError, TimeoutError) as error:
            raise BadInput(str(error)) from None
        typer.echo(json.dumps(said, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    app()
