"""What the tests of the checker share: pairs, and the bundled glossary and embedder as functions."""

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bot.checks.evidence import gather
from bot.checks.types import Finding, View
from vectorstore.embedders import bundled_model
from vectorstore.glossary import load_glossary

HERE = Path(__file__).parent


class Pair(NamedTuple):
    """A row of `true_pairs.tsv` or `hard_mutants.tsv`."""

    kind: str
    statement: str
    source: str


def pairs(name: str) -> list[Pair]:
    """The rows of a table of pairs beside this file."""
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [Pair(*row) for row in rows]


@cache
def translate(term: str) -> tuple[str, ...]:
    """The bundled glossary's forms."""
    return _glossary().translations(term)


@cache
def _glossary():  # type: ignore[no-untyped-def]
    return load_glossary()


@cache
def _vector(text: str):  # type: ignore[no-untyped-def]
    return _model().encode([text])[0]


@cache
def _model():  # type: ignore[no-untyped-def]
    return bundled_model()


def similarity(one: str, other: str) -> float:
    """The bundled embedder's cosine."""
    return float(_vector(one) @ _vector(other))


def found(check: Callable[[View], tuple[Finding, ...]], statement: str, source: str, *context: str) -> bool:
    """Whether one check finds fault with a statement against its source."""
    return bool(check(gather(statement, (source,), context, None, translate)))
