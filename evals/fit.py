"""DOOR: `python -m evals.fit`: fits the weights of the search features.

On the tuning half of the cases over the live library, and on sets drawn from the training corpora (evals/fit_sets.py),
which weigh less: they stand for other libraries, the cases for this desk's work. A penalty holds the weights near the
ones they start from, since a hundred questions are few for a dozen features.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from bot.console import BadInput, plain_errors
from bot.settings import Settings
from bot.wiring import library_of
from evals.bench_sets import Bank, Questions
from evals.cases import load_cases
from evals.fit_sets import read_sets
from evals.judge import holds
from evals.peers.desk import make, open_live
from evals.softmax import Examples, Floats, fit, gather, joined, ranks
from evals.types import Case
from vectorstore.embedders import Embedder, load_embedder
from vectorstore.features import FEATURES, features
from vectorstore.glossary import Glossary, load_glossary
from vectorstore.library import OpenEdition
from vectorstore.search import load_blend, score_candidates
from vectorstore.training.corpora import CorpusError
from vectorstore.types import Filter

#: What the cases weigh in the loss, and one direction of each kind of set.
CASES, SETS = 3.0, {"jaquad": 0.1, "parallel": 0.1, "sections": 0.05, "articles": 0.05}
#: How strongly a weight is held to where it starts; the features across languages are held less, and those that no
#: set of a single version of each work can teach not moved at all.
PULL, LOOSE, FIXED = 0.4, 0.05, 1e6
_FIXED = frozenset({"digest", "foreign_twin"})

#: The candidates' features (n, F) of one question and which candidates are gold (n,).
Question = tuple[NDArray[np.float32], NDArray[np.bool_]]


def of_cases(
    cases: Sequence[Case], edition: OpenEdition, embedder: Embedder, glossary: Glossary
) -> list[Question]:
    """Every case that has a gold passage."""
    made: list[Question] = []
    for case in cases:
        if not case.gold or case.turns or case.kind not in ("answerable", "status"):
            continue
        rows, scored = score_candidates(case.question, edition, embedder, glossary, Filter())
        passages = edition.shelf.passages([int(row) for row in rows])
        gold = np.array([any(holds(g, p.source, p.text) for g in case.gold) for p in passages], dtype=bool)
        made.append((features(scored), gold))
    return made


def of_set(
    questions: Questions, edition: OpenEdition, embedder: Embedder, glossary: Glossary
) -> list[Question]:
    """Every question of a set over the edition of its bank."""
    numbers = np.array([int(passage.id) for passage in edition.shelf.all()])
    made: list[Question] = []
    for text, right in zip(questions.texts, questions.gold, strict=True):
        rows, scored = score_candidates(text, edition, embedder, glossary, Filter())
        made.append((features(scored), np.isin(numbers[rows], list(right))))
    return made


def of_bank(bank: Bank, embedder: Embedder, glossary: Glossary) -> Iterator[tuple[str, list[Question]]]:
    """Name and questions of every set of a bank, over an edition that goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="desk-fit-", ignore_cleanup_errors=True) as folder:
        make().build(bank.passages, Path(folder))
        with closing(open_live(Path(folder), embedder)) as edition:
            for questions in bank.questions:
                yield questions.name, of_set(questions, edition, embedder, glossary)


def pulls() -> Floats:
    """(F,) how strongly each weight is held."""
    return np.array(
        [FIXED if name in _FIXED else LOOSE if name.endswith("across") else PULL for name in FEATURES]
    )


def cross_validated(cases: Examples, sets: Sequence[Examples], start: Floats, folds: int = 5) -> Floats:
    """Ranks of the cases, each by weights that were fitted without it."""
    found = np.zeros(len(cases))
    for fold in range(folds):
        held = np.arange(len(cases)) % folds == fold
        fitted = fit(joined([cases.part(~held), *sets]), start, pulls())
        found[held] = ranks(fitted, cases.part(held))
    return found


def _figures(found: NDArray[np.generic]) -> str:
    at = found.astype(np.float64)
    return (
        f"first {np.mean(at == 1):.3f}, of five {np.mean(at <= 5):.3f}, MRR@10 {np.mean((at <= 10) / at):.3f}"
    )


def main(
    corpora: Annotated[Path, typer.Option(help="Folder of the corpora.")] = Path("../shared/corpora"),
    out: Annotated[Path | None, typer.Option(help="Where the weights go; only shown without it.")] = None,
    validate: Annotated[bool, typer.Option(help="Also cross-validate: five fits more.")] = True,
) -> None:
    """Fit over the live library and the training corpora and show what it does there."""
    with plain_errors():
        edition = library_of(Settings()).edition()
        embedder, glossary = load_embedder(Settings().embedder), load_glossary()
        tuning = [case for case in load_cases() if case.split == "tuning"]
        try:
            cases = gather(of_cases(tuning, edition, embedder, glossary), CASES)
            sets = {
                name: gather(asked, SETS[name.split()[0]])
                for bank in read_sets(corpora)
                for name, asked in of_bank(bank, embedder, glossary)
            }
        except (CorpusError, ValueError) as error:
            raise BadInput(str(error)) from None
        known = load_blend()
        start = np.array([known[name] for name in FEATURES])
        fitted = fit(joined([cases, *sets.values()]), start, pulls())
        for name, data in (("cases, tuning half", cases), *sets.items()):
            typer.echo(
                f"{name} ({len(data)}): {_figures(ranks(start, data))} -> {_figures(ranks(fitted, data))}"
            )
        if validate:
            found = cross_validated(cases, tuple(sets.values()), start)
            typer.echo(f"cases, cross-validated: {_figures(found)}")
        _show({name: round(float(value), 4) for name, value in zip(FEATURES, fitted, strict=True)}, out)


def _show(weights: dict[str, float], out: Path | None) -> None:
    typer.echo(json.dumps(weights, indent=1))
    if out:
        about = "Weights of the search features, fitted by `python -m evals.fit` on the tuning half of the cases and on sets of the training corpora."
        out.write_text(json.dumps({"about": about, "weights": weights}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    typer.run(main)
