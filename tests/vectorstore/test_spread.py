"""Places among documents: whoever repeats a question waits behind others that answer it; nobody else does."""

from pathlib import Path

import pytest

from tests.conftest import make_desk
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.search import load_blend, make_search
from vectorstore.spread import PLACES, SHARE, spread
from vectorstore.types import Query

Ranked = list[tuple[str, float, str]]
#: (document, score, what it says): two of one document that say the same are alike.
TABLE: dict[str, tuple[Ranked, str]] = {
    "one document alone keeps its order": ([("a", 0.9 - at / 10, str(at)) for at in range(6)], "aaaaaa"),
    "one document alone that repeats itself": ([("a", 0.9 - at / 10, "x") for at in range(6)], "aaaaaa"),
    "others that are far behind stay there": (
        [*(("a", 0.8 - at / 50, str(at)) for at in range(5)), ("b", 0.3, "b"), ("c", 0.2, "c")],
        "aaaaabc",
    ),
    "a third passage waits for one that is nearly as good": (
        [("a", 0.44, "1"), ("a", 0.43, "2"), ("a", 0.42, "3"), ("b", 0.4, "b"), ("a", 0.3, "4")],
        "aabaa",
    ),
    "however high it scores, it waits for one that is good": (
        [*(("a", 2.0, str(at)) for at in range(5)), ("b", 0.5, "b"), ("c", 0.46, "c"), ("d", 0.3, "d")],
        "aabcaaad",
    ),
    "what says the same again waits for all others": (
        [*(("a", 2.0, "x") for _ in range(4)), *((letter, 0.1, letter) for letter in "bcdefg")],
        "aabcdefgaa",
    ),
    "the limit is on the first places": (
        [*(("a", 1 - at / 100, str(at)) for at in range(6)), *((x, 0.5, x) for x in "bcd")],
        "aabcdaaaa",
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_no_document_fills_the_first_places(name: str) -> None:
    ranked, expected = TABLE[name]
    chosen = spread(
        iter(ranked), lambda v: ord(v[0]), lambda v: v[1], lambda a, b: float(a[2] == b[2]), len(ranked)
    )
    assert "".join(document for document, _, _ in chosen) == expected
    assert sorted(chosen) == sorted(ranked)


def test_it_reads_no_further_than_it_has_to() -> None:
    ranked = iter([("a", 0.9, "1"), ("b", 0.8, "2"), ("a", 0.7, "3"), ("b", 0.6, "4")])
    assert len(spread(ranked, lambda v: ord(v[0]), lambda v: v[1], lambda a, b: 0.0, 2)) == 2
    assert next(ranked)[2] == "3"


QUESTIONS = {
    "研究データを学外に持ち出すには誰の承認が必要ですか。": ("承認は要らない。", "情報管理室の承認"),
    "What should be checked before an agreement is signed?": ("Nothing is checked.", "ownership and funding"),
}


@pytest.mark.fault("A12")
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_document_that_repeats_a_question_takes_two_places_and_the_answer_is_found(
    tmp_path: Path, embedder: Embedder, glossary: Glossary, question: str
) -> None:
    claim, answer = QUESTIONS[question]
    made = make_desk(tmp_path, embedder, glossary)
    parts = [f"## Part {n}\n{f'{question} {claim} ' * 4}({n})\n" for n in range(1, 9)]
    (made.folder / "crafted.md").write_text("# Q\n\n" + "\n".join(parts), "utf-8")
    assert not made.sync().failed
    library = made.open()
    hits = make_search(library.edition(), embedder, glossary, load_blend())(Query(question, 10))
    library.close()
    crafted = [hit.passage.source == "crafted.md" for hit in hits]
    assert sum(crafted[:PLACES]) == SHARE and sum(crafted) > SHARE
    assert any(answer in hit.passage.text for hit in hits[:PLACES])
