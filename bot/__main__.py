"""DOOR: the `desk` command. Each sub-command is loaded only when it is called, so that help answers at once."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

#: Sub-command -> (module, what it does). Heavy packages are behind these modules and nowhere else.
COMMANDS: dict[str, tuple[str, str]] = {
    "ask": ("bot.commands.ask", "Answer a question, or a file of questions, with cited passages."),
    "search": ("bot.commands.search", "Find passages without writing an answer."),
    "verify": ("bot.commands.verify", "Check an evidence packet against the library."),
    "serve": ("bot.commands.serve", "Serve the chat page."),
    "user": ("bot.commands.user", "Accounts of those who log in, and tokens of programs."),
    "ingest": (
        "ingest.__main__",
        "Bring the library in line with its folders; add files; show what is read.",
    ),
    "library": ("bot.commands.library", "List the editions of the library, roll back, and accept documents."),
    "doctor": ("bot.commands.doctor", "Check the library and say what to do about what is wrong."),
    "audit": ("bot.commands.audit", "Verify the audit log and read it."),
    "backup": ("bot.commands.backup", "Back up accounts, tickets and the audit log into one file."),
    "restore": ("bot.commands.restore", "Fill an empty database from a backup."),
    "purge": ("bot.commands.purge", "Erase questions and contacts that have been kept for long enough."),
    "erase": ("bot.commands.erase", "Erase one ticket's texts and print a proof."),
    "eval": ("evals.__main__", "Measure retrieval and answers on cases."),
    "docs": ("bot.commands.docs", "Check or rewrite the generated parts of the README."),
}


class _Lazy(TyperGroup):
    """Lists every sub-command by its one line and imports only the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        entry = COMMANDS.get(cmd_name)
        return TyperCommand(cmd_name, help=entry[1]) if entry else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, command, rest = super().resolve_command(ctx, args)
        if command is not None and name in COMMANDS:
            command = typer.main.get_command(import_module(COMMANDS[name][0]).app)
        return name, command, rest


app = typer.Typer(
    name="desk",
    cls=_Lazy,
    no_args_is_help=True,
    add_completion=False,
    help="The advisory desk: answers with the exact words that it answers from, in Japanese and English.",
)


@app.callback()
def _root() -> None:
    """A group even while it has no command of its own."""


def main() -> None:
    """Entry point of the console command."""
    app()


if __name__ == "__main__":
    main()
