"""DOOR: `desk verify`: an evidence packet against the library as it is now."""

from pathlib import Path
from typing import Annotated

import typer

from bot.console import BadInput, as_json, in_japanese, plain_errors
from bot.packet.parse import LARGEST
from bot.packet.types import Report
from bot.settings import Settings
from bot.shapes import report_shape
from bot.wiring import bot_of

app = typer.Typer(add_completion=False, help="Check an evidence packet against the library.")

#: Status -> what it means, in Japanese and English.
_MEANING = {
    "intact": ("作成時のままで、文書庫と一致します。", "as it was made, and in agreement with the library."),
    "unconfirmed": (
        "文書庫と一致しますが、このデスクが作成したものとは確かめられません。",
        "in agreement with the library, but not known to be made by this desk.",
    ),
    "changed": (
        "作成時のままですが、そのあとで文書庫かデスクが変わりました。",
        "as it was made, but the library or the desk has changed since.",
    ),
    "altered": ("作成後に書き換えられています。", "altered since it was made."),
}


def _read(path: Path) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}") from None


def _text(report: Report) -> str:
    japanese = in_japanese()
    lines = [f"{report.status}: {_MEANING[report.status][not japanese]}"]
    lines += [f"  {one.kind}: {one.words('ja' if japanese else 'en')}" for one in report.findings]
    return "\n".join(lines)


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A packet that `desk ask --packet` or the page wrote.")],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    elsewhere: Annotated[
        bool, typer.Option("--elsewhere", help="Let a packet pass that another desk may have made.")
    ] = False,
) -> None:
    """Check every hash, offset, quote, verdict and record; exit 1 and say what is not as the packet says."""
    with plain_errors():
        settings = Settings().model_copy(update={"model": ""})  # nothing is written, only checked
        report = bot_of(settings).verify(_read(file))
    typer.echo(as_json(report_shape(report)) if json else _text(report))
    if report.status not in ("intact", *(["unconfirmed"] if elsewhere else [])):
        raise typer.Exit(1)
