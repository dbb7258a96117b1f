"""DOOR  python -m vectorstore.training.questions: teaches the model that reads questions. Ten minutes on one GPU, days without;
the last stage alone (--go-on) takes two cores 45 minutes.
"""

import argparse
import logging
import sys
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError
from tokenizers import Tokenizer

from vectorstore.embedders import bundled_model
from vectorstore.static import StaticModel
from vectorstore.training.corpora import CorpusError, read_glossary, read_rows
from vectorstore.training.questions.alone import draw_apart
from vectorstore.training.questions.distil import distil, taught
from vectorstore.training.questions.read import read_alone, read_together
from vectorstore.training.questions.recipe import Recipe
from vectorstore.training.questions.save import save
from vectorstore.training.questions.sets import FURTHER, LANGUAGES, read_sets
from vectorstore.training.questions.sets import read_rows as read_set_rows
from vectorstore.training.questions.student import Judge, Student, first_table, pupil
from vectorstore.training.questions.teacher import Teacher, read_teacher
from vectorstore.training.questions.together import learn_pairs

ROOM = Path(__file__).parent.parent.parent


def build(
    corpora: Path, teacher: Teacher, model: StaticModel, out: Path, recipe: Recipe
) -> tuple[Student, Judge]:
    """Four stages, then the folder; what was written into it. Raises CorpusError."""
    torch.manual_seed(recipe.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    pieces = sorted(model.tokenizer.get_vocab().items(), key=lambda entry: entry[1])
    table = first_table(teacher, torch.tensor(model.token_vectors), [piece for piece, _ in pieces])
    student = pupil(teacher, table).to(device)
    rows = read_set_rows()
    sentences = [
        row
        for row in dict.fromkeys(read_rows(corpora, "parallel_train", 3))
        if 3 < len(row[0]) <= recipe.english and 2 < len(row[1]) <= recipe.japanese
    ]
    general = taught(teacher, model.tokenizer, [(en, ja) for en, ja, _ in sentences], student, recipe)
    terms = read_glossary(ROOM / "terms.tsv", 1.0)
    inside = [*((en, ja) for _, _, ja, en in rows), *zip(terms.left, terms.right, strict=True)]
    domain = taught(teacher, model.tokenizer, inside, student, recipe)
    distil(student, general, [source for _, _, source in sentences], domain, recipe)
    sets = read_sets(rows)
    once = np.ones(len(sets.texts))
    judge = Judge(deepcopy(student), recipe.judge).to(device)
    draw_apart(student, sets, model.tokenizer, recipe, once, general)
    learn_pairs(judge, sets, model.tokenizer, recipe, once)
    learn_further(student, judge, model.tokenizer, recipe)
    save(out, student, judge)
    return student, judge


def learn_further(student: Student, judge: Judge, tokenizer: Tokenizer, recipe: Recipe) -> None:
    """The last stage: both go on, on all sets, of which the further ones are drawn more often."""
    rows, more = read_set_rows(), read_set_rows(FURTHER)
    sets = read_sets([*rows, *more])
    often = np.where(np.arange(len(sets.texts)) < len(LANGUAGES) * len(rows), 1.0, recipe.often)
    learn_pairs(judge, sets, tokenizer, recipe.further(), often)
    draw_apart(student, sets, tokenizer, recipe.further(), often)


def go_on(folder: Path, model: StaticModel, recipe: Recipe) -> tuple[Student, Judge]:
    """The last stage alone, on the model in a folder; what was written into it.

    Each run goes further than the one before. Raises OSError or SafetensorError.
    """
    torch.manual_seed(recipe.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    student, judge = read_alone(folder).to(device), read_together(folder).to(device)
    learn_further(student, judge, model.tokenizer, recipe)
    save(folder, student, judge)
    return student, judge


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse and teach; 0 when the folder is written, 2 when the corpora, the teacher or the weights cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m vectorstore.training.questions", description=__doc__)
    parser.add_argument("--corpora", type=Path, help="folder of the training text (*.tsv.xz)")
    parser.add_argument("--teacher", type=Path, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, default=ROOM / "question_weights", help="folder to write")
    parser.add_argument("--go-on", action="store_true", help="the last stage alone, on the weights in --out")
    given = parser.parse_args(arguments)
    if not given.go_on and not (given.corpora and given.teacher):
        parser.error("--corpora and --teacher are needed, or --go-on")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    try:
        if given.go_on:
            go_on(given.out, bundled_model(), Recipe())
        else:
            build(given.corpora, read_teacher(given.teacher), bundled_model(), given.out, Recipe())
    except (CorpusError, OSError, SafetensorError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
