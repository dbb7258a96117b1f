"""From hits to drafts: the evidence table, the choice of sentences, and whether to answer at all."""

from collections.abc import Callable

import pytest

from bot.extract.evidence import Evidence, gather
from bot.extract.extractive import compose
from bot.extract.overall import OVERALL, overall
from bot.extract.reading import Writing, writing_for
from bot.extract.scoring import Scored, load_weights, score
from bot.extract.sufficient import Sufficiency, judge, load_judgement, missing
from bot.extract.view import view
from bot.types import Draft
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.library import OpenEdition
from vectorstore.search import load_blend, make_search
from vectorstore.types import Query

Look = Callable[[str], Evidence]
WEIGHTS = load_weights()


@pytest.fixture(scope="module")
def writing(edition: OpenEdition, embedder: Embedder, glossary: Glossary) -> Writing:
    return writing_for(edition, embedder, glossary)


@pytest.fixture(scope="module")
def found(edition: OpenEdition, embedder: Embedder, glossary: Glossary, writing: Writing) -> Look:
    search = make_search(edition, embedder, glossary, load_blend())

    def look(question: str) -> Evidence:
        return gather(question, search(Query(question)), writing)

    return look


def drafts(evidence: Evidence, writing: Writing) -> tuple[Draft, ...]:
    return compose(evidence, scored(evidence, writing).scores)


def judged(evidence: Evidence, writing: Writing) -> Sufficiency:
    return judge(evidence, writing, scored(evidence, writing), load_judgement())


def scored(evidence: Evidence, writing: Writing) -> Scored:
    return score(evidence, writing, WEIGHTS)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("承認の有効期間は何日ですか。", "90日"),
        ("研究データを学外に持ち出すには誰の承認が必要ですか。", "情報管理室"),
        ("この指針はいつから適用されますか。", "令和5年4月1日"),
        ("How many exchange students does the host university accept?", "12 students"),
        ("How often may an agreement be renewed?", "renewed once"),
        ("客員研究員にもこの指針は適用されますか", "客員研究員にもこの指針を適用する"),
    ],
)
def test_the_sentence_that_answers_comes_first(
    found: Look, writing: Writing, question: str, words: str
) -> None:
    assert words in drafts(found(question), writing)[0].text


@pytest.mark.parametrize("question", ["承認の有効期間は何日ですか。", "Who checks the partner's ownership?"])
def test_drafts_are_the_words_of_their_quotes(found: Look, writing: Writing, question: str) -> None:
    for draft in drafts(found(question), writing):
        assert draft.text.replace(" ", "") == "".join(q.text for q in draft.quotes).replace(" ", "").replace(
            "\n", ""
        )


def test_nothing_is_said_twice(found: Look, writing: Writing) -> None:
    texts = [draft.text for draft in drafts(found("研究データの持ち出しの手続を説明してください"), writing)]
    assert not any(a in b for i, a in enumerate(texts) for j, b in enumerate(texts) if i != j)


def test_no_heading_is_a_statement(found: Look, writing: Writing) -> None:
    texts = [draft.text for draft in drafts(found("持ち出しの手続"), writing)]
    assert texts and not any(text.strip() in ("持ち出しの手続", "2. 持ち出しの手続") for text in texts)


def test_scores_are_one_per_unit(found: Look, writing: Writing) -> None:
    evidence = found("承認は必要ですか")
    both = scored(evidence, writing)
    assert both.scores.shape == both.kinds.shape == (len(evidence.units),)


@pytest.mark.parametrize(
    "question", ["明日の天気は？", "火星の首都の人口は？", "What is the price of gold in Lima?"]
)
def test_what_the_library_does_not_hold_is_declined(found: Look, writing: Writing, question: str) -> None:
    assert not judged(found(question), writing).enough


def signs(evidence: Evidence, writing: Writing) -> dict[str, float]:
    values = overall(view(evidence, writing, scored(evidence, writing)))
    return dict(zip(OVERALL, map(float, values), strict=True))


def test_the_signs_of_a_whole_question_tell_what_it_asks_and_how_much_of_it_is_unheard_of(
    found: Look, writing: Writing
) -> None:
    known = signs(found("研究データを学外に持ち出すには誰の承認が必要ですか。"), writing)
    strange = signs(
        found("Does the ferry from the airport harbour take bicycles to the approval office?"), writing
    )
    assert known["unheard"] < 0.2 < 0.6 < strange["unheard"]
    assert (known["wants who"], strange["wants who"]) == (1, 0)
    assert (known["japanese"], strange["japanese"]) == (1, 0)
    assert known["found"] > strange["found"]
    assert 0 < known["first"] <= known["first_three"] <= known["first_seven"] <= 1


def test_a_sign_tells_a_follow_up_by_what_it_took_over(found: Look, writing: Writing) -> None:
    assert signs(found("誰の承認が必要ですか。（研究データ）"), writing)["continues"] == 1
    assert signs(found("研究データは誰の承認が必要ですか。"), writing)["continues"] == 0


def test_a_refusal_names_what_is_missing(found: Look, writing: Writing) -> None:
    evidence = found("研究データの海底ケーブル接続料金は？")
    assert any("海底ケーブル" in one for one in missing(evidence))
    verdict = judged(evidence, writing)
    assert "海底ケーブル" in verdict.reason("ja") and "担当者" in verdict.reason("ja")
    assert "staff" in verdict.reason("en")


def test_no_hits_no_answer(writing: Writing) -> None:
    evidence = gather("承認は必要ですか", (), writing)
    assert drafts(evidence, writing) == () and not judged(evidence, writing).enough


def test_the_same_question_gives_the_same_answer(found: Look, writing: Writing) -> None:
    question = "承認の有効期間は何日ですか。"
    assert drafts(found(question), writing) == drafts(found(question), writing)
