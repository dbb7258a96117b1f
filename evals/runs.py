"""Runs on disk: a folder each, with the recipe, a line per case as it was done, and the mark of being complete.

A run that was stopped goes on where it stopped, if nothing of its recipe changed. Knows no system and no metric.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from evals.recipe import RECIPE, Recipe
from evals.records import RECORD, Record

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


class RunError(Exception):
    """A run that is not there or cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it was read: the recipe and the records in the order of the cases."""

    name: str
    recipe: Recipe
    records: tuple[Record, ...]
    complete: bool


def _write_whole(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, "utf-8")
    os.replace(fresh, path)


class Runs:
    """The runs below one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def folder(self, name: str) -> Path:
        """The folder of a run. Raises RunError for a name that is none."""
        if not _NAME.fullmatch(name):
            raise RunError(f"{name!r} is not the name of a run; `desk eval runs` lists them")
        return self._folder / name

    def names(self) -> tuple[str, ...]:
        """Every run, oldest first."""
        if not self._folder.is_dir():
            return ()
        return tuple(sorted(path.parent.name for path in self._folder.glob("*/recipe.json")))

    def fresh_name(self, label: str, now: datetime | None = None) -> str:
        """A name for a new run: its moment in UTC and a label."""
        moment = (now or datetime.now(UTC)).strftime("%Y%m%d-%H%M%S")
        return f"{moment}-{re.sub(r'[^A-Za-z0-9.-]+', '-', label)[:40]}"

    def begin(self, name: str, recipe: Recipe) -> frozenset[str]:
        """Makes the folder, or takes it up again. Returns the ids of the cases that are done already.

        Raises RunError where the folder was begun under another recipe.
        """
        folder = self.folder(name)
        if (folder / "recipe.json").is_file():
            if differing := _differing(self.recipe(name), recipe):
                raise RunError(f"run {name} was begun with another {', '.join(differing)}; start a new run")
        else:
            folder.mkdir(parents=True, exist_ok=True)
            _write_whole(folder / "recipe.json", RECIPE.dump_json(recipe, indent=1).decode())
        _drop_half_line(folder / "records.jsonl")
        return frozenset(record.case.id for record in self._records(name))

    def add(self, name: str, record: Record) -> None:
        """Keeps one record; a line is whole or the next start drops it."""
        with open(self.folder(name) / "records.jsonl", "ab") as handle:
            handle.write(RECORD.dump_json(record) + b"\n")

    def finish(self, name: str) -> None:
        """Marks a run as complete, last of all."""
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        _write_whole(self.folder(name) / "complete.json", json.dumps({"at": moment}))

    def recipe(self, name: str) -> Recipe:
        """The recipe of a run. Raises RunError."""
        try:
            return RECIPE.validate_json((self.folder(name) / "recipe.json").read_bytes())
        except FileNotFoundError:
            known = ", ".join(self.names()[-5:]) or "none yet"
            raise RunError(f"there is no run {name}; the latest are: {known}") from None
        except ValidationError:
            raise RunError(f"the recipe of run {name} is from another version; run the cases again") from None

    def read(self, name: str) -> Run:
        """A run with its records; the name `latest` is the newest. Raises RunError."""
        name = self.latest() if name == "latest" else name
        complete = (self.folder(name) / "complete.json").is_file()
        return Run(name, self.recipe(name), tuple(self._records(name)), complete)

    def latest(self) -> str:
        """The newest run. Raises RunError where there is none."""
        if not (names := self.names()):
            raise RunError("there is no run yet; start one with `desk eval run`")
        return names[-1]

    def _records(self, name: str) -> Iterator[Record]:
        path = self.folder(name) / "records.jsonl"
        if not path.is_file():
            return
        for number, line in enumerate(path.read_bytes().splitlines(), start=1):
            try:
                yield RECORD.validate_json(line)
            except ValidationError:
                raise RunError(f"run {name}, record {number} cannot be read; run the cases again") from None


def _drop_half_line(path: Path) -> None:
    """Removes what a killed run left after its last whole line."""
    if path.is_file() and (data := path.read_bytes()) and not data.endswith(b"\n"):
        with open(path, "r+b") as handle:
            handle.truncate(data.rfind(b"\n") + 1)


def _differing(old: Recipe, new: Recipe) -> list[str]:
    names = Recipe.__dataclass_fields__
    return [name for name in names if name != "edition" and getattr(old, name) != getattr(new, name)]
