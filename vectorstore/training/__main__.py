"""DOOR  python -m vectorstore.training: trains the bundled model and writes its folder and its card."""

import argparse
import logging
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from vectorstore.training.build import build
from vectorstore.training.corpora import CorpusError
from vectorstore.training.recipe import Recipe

WEIGHTS = Path(__file__).parent.parent / "weights"
GLOSSARY = Path(__file__).parent.parent / "terms.tsv"


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse, train, report; 0 when the folder is written, 2 when the corpora cannot be used."""
    usual = Recipe()
    parser = argparse.ArgumentParser(prog="python -m vectorstore.training", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder of the training text (*.tsv.xz)")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="folder to write the model to")
    parser.add_argument("--glossary", type=Path, default=GLOSSARY, help="bilingual term list (kind, ja, en)")
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--passes", type=float, default=usual.passes, help="below 1: quicker, weaker")
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    recipe = replace(usual, seed=given.seed, passes=given.passes)
    try:
        made = build(given.corpora, given.glossary, given.out, recipe)
    except CorpusError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for figures in made.figures:
        shares = f"first {figures.first:.3f}, MRR@10 {figures.mrr:.3f}, of five {figures.recall:.3f}"
        sys.stdout.write(f"{figures.name}: {shares}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
