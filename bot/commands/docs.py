"""DOOR: `desk docs`: the generated parts of the README, written or checked. For a checkout, not an installed desk."""

from pathlib import Path
from typing import Annotated

import typer

from bot.console import BadInput, plain_errors
from bot.reference import rewritten

app = typer.Typer(add_completion=False, help="Check or rewrite the generated parts of the README.")


@app.command()
def docs(
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; fail when it is out of date.")
    ] = False,
) -> None:
    """Write the settings, the commands and the tree into ./README.md."""
    with plain_errors():
        path = Path("README.md")
        if not path.is_file() or not Path("pyproject.toml").is_file():
            raise BadInput("run this in the project's folder")
        old = path.read_text("utf-8")
        new = rewritten(old, Path.cwd())
        if check and new != old:
            raise BadInput("README.md is out of date; run `desk docs`")
        if not check:
            path.write_text(new, "utf-8")
