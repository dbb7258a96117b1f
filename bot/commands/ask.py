"""DOOR: `desk ask`: one question, or a batch of lines."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.ask import Bot
from bot.console import BadInput, as_json, plain_errors, read_lines, write_lines, write_whole
from bot.render_text import render
from bot.settings import Settings
from bot.shapes import AnswerShape, answer_shape, schema
from bot.types import Turn
from bot.wiring import bot_of

app = typer.Typer(
    add_completion=False, help="Answer a question, or a file of questions, with cited passages."
)


def answers(bot: Bot, lines: Iterator[dict[str, Any]]) -> Iterator[AnswerShape]:
    """One answer a line; lines of one `conversation` are its turns, in order."""
    turns: dict[str, tuple[Turn, ...]] = {}
    for line in lines:
        name = line.get("conversation")
        history = turns.get(str(name), ()) if name is not None else ()
        answer = bot.ask(line["question"], history)
        if name is not None:
            turns[str(name)] = (*history, Turn(answer.question, answer.text, answer.query))
        yield answer_shape(answer, str(line.get("id", "")))


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in Japanese or English.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    batch: Annotated[Path | None, typer.Option(help="JSON Lines with id, question, conversation.")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the answers of --batch go.")] = None,
    packet: Annotated[
        Path | None, typer.Option(help="Write an evidence packet of the answer, for `desk verify`.")
    ] = None,
    show_schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of an answer.")
    ] = False,
) -> None:
    """Answer from the library, each statement with the passage that it was checked against."""
    with plain_errors():
        if show_schema:
            typer.echo(as_json(schema(AnswerShape)))
            return
        if (batch is None) == (not question) or (batch is None) != (out is None) or (batch and packet):
            raise BadInput("give a question, or --batch IN.jsonl with --out OUT.jsonl (and no --packet)")
        bot = bot_of(Settings())
        if batch and out:
            typer.echo(f"{write_lines(out, answers(bot, read_lines(batch)))} answers in {out}", err=True)
        else:
            answer = bot.ask(question)
            if packet:
                write_whole(packet, bot.packet(answer))
            typer.echo(as_json(answer_shape(answer)) if json else render(answer))
