"""Training corpora -> the sets of questions that the search is fitted on beside the cases. Never reads a `*_dev` file.

The cases are a hundred questions over one small library; these sets hold what those cannot show: how far a cosine is to
be believed where the question and the passage differ in language, in libraries of one language and in mixed ones.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.bench_sets import Asked, Bank, Questions, Source, draw, read_bank
from evals.peers.types import BenchPassage
from vectorstore.training.corpora import Row, read_rows

#: Passages of a set, and questions of each of its directions.
POOL, ASKED = 2_000, 300

_BOTH = (Asked(0, "en"), Asked(1, "ja"))

SOURCES = (
    Source("jaquad", "jaquad_train", 2, 1, "ja", (Asked(0, "ja"),), ASKED, rows=2 * POOL),
    Source("parallel", "parallel_train", 3, 1, "ja", (Asked(0, "en"),), ASKED, rows=POOL),
    Source("parallel", "parallel_train", 3, 0, "en", (Asked(1, "ja"),), ASKED, rows=POOL),
    Source("sections", "sections_train", 6, 4, "en", _BOTH, ASKED, rows=POOL),
    Source("sections", "sections_train", 6, 5, "ja", _BOTH, ASKED, rows=POOL),
)


def read_sets(corpora: Path) -> Iterator[Bank]:
    """Every set, one after the other. Raises CorpusError."""
    for source in SOURCES:
        yield read_bank(corpora, source)
    yield _mixed("sections", draw(tuple(read_rows(corpora, "sections_train", 6)), POOL))
    articles = draw(tuple(read_rows(corpora, "paragraphs_train", 6)), POOL)
    # The title of an article, its section, its passage: in the order of sections_train.
    yield _mixed("articles", [(row[2], row[3], row[0], row[1], row[4], row[5]) for row in articles])


def _mixed(name: str, rows: Sequence[Row]) -> Bank:
    """A library of both languages with titles: every row is there in one of them; its title and heading ask in both."""
    numbers: dict[str, int] = {}
    passages: list[BenchPassage] = []
    right: tuple[dict[str, set[int]], ...] = ({}, {})
    for at, row in enumerate(rows):
        text, language = (row[4], "en") if at % 2 else (row[5], "ja")
        if numbers.setdefault(text, len(passages)) == len(passages):
            passages.append(BenchPassage(text, "en" if language == "en" else "ja", row[2 if at % 2 else 3]))
        for asked, answers in enumerate(right):
            question = " ".join(dict.fromkeys((row[2 + asked], row[asked])))
            answers.setdefault(question, set()).add(numbers[text])
    return Bank(
        f"{name}, mixed",
        tuple(passages),
        tuple(_asked(name, *one) for one in zip(("en", "ja"), right, strict=True)),
    )


def _asked(name: str, language: str, right: dict[str, set[int]]) -> Questions:
    texts = draw(tuple(right), ASKED)
    return Questions(f"{name} {language}→both", texts, tuple(frozenset(right[text]) for text in texts), True)
