"""What every command shares: plain errors with an exit code, batches of lines, and JSON that stays readable."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer
from pydantic import ValidationError

from bot.accounts.proxy import ProxyError
from bot.model.unavailable import ModelUnavailable
from bot.packet.types import PacketError
from bot.store.errors import DatabaseBusy, DatabaseError
from ingest.types import IngestError
from vectorstore.glossary import GlossaryError
from vectorstore.static import StaticModelError
from vectorstore.types import (
    BrokenEdition,
    EmbedderMismatch,
    NewerEdition,
    NoLibrary,
    NoSpace,
    StoreBusy,
    StoreError,
)

#: Exit codes by kind of error; the first that fits counts. 2 is kept for "some input was not taken".
EXIT_CODES: tuple[tuple[type[Exception], int], ...] = (
    (StoreBusy, 3),
    (DatabaseBusy, 3),
    (EmbedderMismatch, 4),
    (NewerEdition, 4),
    (NoSpace, 5),
    (BrokenEdition, 5),
    (NoLibrary, 6),
    (StoreError, 1),
    (DatabaseError, 1),
    (IngestError, 1),
    (GlossaryError, 1),
    (StaticModelError, 1),
    (ModelUnavailable, 1),
    (PacketError, 1),
    (ProxyError, 1),
    (ValidationError, 1),
)


class BadInput(Exception):
    """What the user gave cannot be used; the message says what to give."""


def _message(error: Exception) -> str:
    if isinstance(error, ValidationError):
        parts = (f"DESK_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors())
        return "; ".join(parts)
    japanese = getattr(error, "reason_ja", "")
    return f"{japanese} / {error}" if japanese and in_japanese() else str(error)


def in_japanese() -> bool:
    """Whether the terminal's language is Japanese."""
    return os.environ.get("LANG", "").startswith("ja")


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turns the errors that the rooms raise into one line on stderr and an exit code."""
    try:
        yield
    except BadInput as error:
        typer.echo(f"desk: {error}", err=True)
        raise typer.Exit(1) from None
    except tuple(kind for kind, _ in EXIT_CODES) as error:
        typer.echo(f"desk: {_message(error)}", err=True)
        raise typer.Exit(next(code for kind, code in EXIT_CODES if isinstance(error, kind))) from None


def as_json(value: Mapping[str, Any]) -> str:
    """One line of JSON with Japanese left readable."""
    return json.dumps(value, ensure_ascii=False)


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file. Raises BadInput with the number of the line that is not one."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read as UTF-8 JSON Lines: {error}") from None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadInput(f"{path}, line {number}: not JSON ({error.msg})") from None
        if not isinstance(value, dict) or not isinstance(value.get("question"), str):
            raise BadInput(f"{path}, line {number}: an object with a string `question` is needed")
        yield value


def write_lines(path: Path, values: Iterable[Mapping[str, Any]]) -> int:
    """Writes a JSON Lines file as a whole: it is there complete or not at all. Returns the number of lines."""
    fresh = path.with_name(f".{path.name}.new")
    count = 0
    try:
        with open(fresh, "w", encoding="utf-8") as handle:
            for value in values:
                handle.write(as_json(value) + "\n")
                count += 1
        os.replace(fresh, path)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}") from None
    finally:
        fresh.unlink(missing_ok=True)
    return count


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file for its owner alone, so that it is there complete or not at all."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as handle:
            handle.write(data)
        os.replace(fresh, path)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}") from None
    finally:
        fresh.unlink(missing_ok=True)


def interactive() -> bool:
    """Whether a person watches: progress bars there, plain lines elsewhere."""
    return sys.stderr.isatty()
