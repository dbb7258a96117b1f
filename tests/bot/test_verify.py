from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.types import Draft, Quote
from bot.verify import MAX_SPANS, MAX_STATEMENT, check, split_statements, verify
from ingest.types import Passage, Record
from tests.bot.checking import Pair, pairs, similarity, translate

TRUE = pairs("true_pairs.tsv")
HARD = pairs("hard_mutants.tsv")
DUTY = "研究者は海外機関との共同研究を事前に届け出なければならない。届出の期限は30日前である。"
RULE = "Visiting staff must register. They may not use the reactor without a permit."


def _passage(text: str, id: str = "p1") -> Passage:
    return Passage(id, "rules.md", "v1", "Rules", ("3. Visitors",), None, "en", 100, 100 + len(text), text)


def _quote(text: str, part: str, id: str = "p1", record: Record | None = None) -> Quote:
    at = text.index(part)
    return Quote(_passage(text, id), record or Record("rules"), at, at + len(part))


@pytest.mark.parametrize(
    "pair", [pair for pair in TRUE if pair.kind != "cross"], ids=lambda pair: pair.statement[:30]
)
def test_a_light_paraphrase_is_supported(pair: Pair) -> None:
    assert check(pair.statement, [pair.source], "en", None, translate).verdict == "supported"


def test_true_statements_across_languages_are_supported() -> None:
    across = [pair for pair in TRUE if pair.kind == "cross"]
    verdicts = [check(pair.statement, [pair.source], "ja", similarity, translate).verdict for pair in across]
    assert len(across) >= 30
    assert verdicts.count("supported") >= 0.95 * len(across)


def test_across_languages_nothing_is_supported_without_glossary_and_embedder() -> None:
    across = [pair for pair in TRUE if pair.kind == "cross"]
    assert all(check(pair.statement, [pair.source], "ja").verdict != "supported" for pair in across)


def test_a_statement_cited_against_another_passage_is_not_supported() -> None:
    wrong = [(one, other) for one, other in zip(TRUE, TRUE[7:], strict=False) if one.source != other.source]
    verdicts = Counter(
        check(one.statement, [other.source], "ja", similarity, translate).verdict for one, other in wrong
    )
    assert verdicts["supported"] == 0
    assert verdicts["unsupported"] >= 0.9 * len(wrong)


@pytest.mark.parametrize("pair", HARD, ids=lambda pair: f"{pair.kind}-{pair.statement[:24]}")
def test_a_hard_mutant_is_flagged(pair: Pair) -> None:
    checked = check(pair.statement, [pair.source], "ja", similarity, translate)
    assert checked.verdict != "supported"
    assert checked.why_ja and checked.why_en and checked.failed


@pytest.mark.parametrize(
    ("statement", "span"),
    [
        ("use the reactor without a permit.", RULE),
        ("They may use the reactor without a permit.", RULE),
        ("lead to any form of discrimination", "The measures must not lead to any form of discrimination."),
        ("重要な課題で", "研究セキュリティは重要な課題ではない。"),
        ("海外機関との共同研究を事前に届け出", DUTY),
    ],
)
def test_a_quote_that_cuts_off_what_governs_it_fails(statement: str, span: str) -> None:
    assert check(statement, [span], "en").verdict == "unsupported"


@pytest.mark.parametrize(
    ("statement", "spans", "failed"),
    [
        ("", ["text"], "empty"),
        ("(…)", ["(…)"], "empty"),
        ("Universities report.", [], "citation"),
        ("Universities report.", [" "], "citation"),
        ("a " * MAX_STATEMENT, ["text"], "length"),
        ("Universities report.", ["a" * (MAX_SPANS + 1)], "length"),
        ("x1 " * 650, ["x1 " * 650], "length"),
    ],
)
def test_what_cannot_be_looked_at_is_unsupported(statement: str, spans: list[str], failed: str) -> None:
    checked = check(statement, spans, "en")
    assert (checked.verdict, checked.failed) == ("unsupported", (failed,))


def test_statements_are_split_in_both_languages() -> None:
    text = "声明は2022年に公表された。「目的は何か。」と問う。See Prof. Sato. Costs fell by 2.5 %."
    assert split_statements(text) == (
        "声明は2022年に公表された。",
        "「目的は何か。」と問う。",
        "See Prof. Sato.",
        "Costs fell by 2.5 %.",
    )


def test_citations_are_numbered_by_first_use_and_merged() -> None:
    first, second = (
        _quote(RULE, "Visiting staff must register."),
        _quote(DUTY, "届出の期限は30日前である。", "p2"),
    )
    drafts = (
        Draft("届出の期限は30日前である。", (second,)),
        Draft("Visiting staff must register.", (first, second)),
        Draft("Visiting staff should register.", (first,)),
        Draft("Staff are happy."),
    )
    statements, citations = verify(drafts, "ja")
    assert [(c.n, c.quote) for c in citations] == [(1, second), (2, first)]
    assert [s.citations for s in statements] == [(1,), (2, 1), (2,), ()]
    assert [s.verdict for s in statements] == ["supported", "supported", "unsupported", "unsupported"]
    assert "引用" in statements[2].why and statements[3].why == "根拠となる引用がありません。"


def test_a_quote_is_checked_with_its_whole_sentence() -> None:
    (statement,), _ = verify((Draft("They use the reactor.", (_quote(RULE, "use the reactor"),)),), "en")
    assert statement.verdict == "unsupported"


def test_the_issuer_and_the_date_of_the_document_may_be_named() -> None:
    record = Record("rules", issuer_en="Example Ministry of Ports", date="2024-12-18")
    quote = _quote(RULE, "Visiting staff must register.", record=record)
    said = "According to the Example Ministry of Ports, visiting staff must register."
    other = "According to the Example Agency of Rivers, visiting staff must register."
    statements, _ = verify((Draft(said, (quote,)), Draft(other, (quote,))), "en")
    assert [s.verdict for s in statements] == ["supported", "unsupported"]


TEXTS = st.text(max_size=300) | st.text(
    alphabet="年月日千百十万12９（）。、.ない不必要can notmust %from to", max_size=200
)


@given(TEXTS, st.lists(TEXTS, max_size=3))
@settings(max_examples=300, deadline=None)
def test_any_text_gets_the_same_verdict_twice(statement: str, spans: list[str]) -> None:
    assert check(statement, spans, "ja", None, translate) == check(statement, spans, "ja", None, translate)


SUBJECTS = st.sampled_from(["大学は", "文部科学省は、", "令和4年に研究者は", "すべての学生は"])
OBJECTS = st.sampled_from(["研究データを", "約30人の留学生を", "リスクを", "第2の原則だけを"])
ENDS = st.sampled_from(
    [
        "管理しなければならない。",
        "公開しない。",
        "受け入れることができる。",
        "増やす予定である。",
        "不要とする。",
    ]
)
ENGLISH = st.tuples(
    st.sampled_from(
        ["MEXT", "All universities", "In May 2022 the Association", "Nearly half of the students"]
    ),
    st.sampled_from(["must not", "may", "will no longer", "is expected to", "only"]),
    st.sampled_from(
        ["reduce risks", "send 1,200 students abroad", "publish the unofficial list before April"]
    ),
).map(lambda parts: " ".join(parts) + ".")


@given(st.tuples(SUBJECTS, OBJECTS, ENDS).map("".join) | ENGLISH)
@settings(deadline=None)
def test_a_declarative_sentence_supports_itself(sentence: str) -> None:
    assert check(sentence, [sentence], "ja", None, translate).verdict == "supported"
