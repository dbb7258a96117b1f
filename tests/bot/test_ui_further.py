"""Questions that lead on: about terms of the cited documents, answered by the desk, never about what was said."""

from typing import Any

import pytest

from bot.ask import Bot
from bot.ui.further import Further, asked, tellable, terms_of
from tests.bot.pages import GLOSSARY, MemoryDesk, documents
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.search import load_blend, make_search

QUESTION = "研究データを学外に持ち出すには、誰の承認が必要ですか。"


@pytest.fixture(scope="module")
def bot(ingested: Any, embedder: Embedder, glossary: Glossary) -> Any:
    library = ingested.open()
    weights = load_blend()
    yield Bot(library, lambda e: make_search(e, embedder, glossary, weights, None), embedder, glossary)
    library.close()


def test_every_question_is_answered_from_a_cited_document(bot: Bot) -> None:
    questions = (
        "What should be checked before a partnership agreement is signed?",
        "客員研究員にもこの指針は適用されますか。",
    )
    found = []
    for question in questions:
        answer = bot.ask(question)
        assert answer.status == "answered"
        sources = {c.quote.passage.source for c in answer.citations}
        for further in Further(bot).after(answer):
            again = bot.ask(further)
            assert again.status == "answered" and again.citations[0].quote.passage.source in sources, further
            found.append(further)
    assert found


def test_nothing_is_suggested_after_a_refusal(bot: Bot) -> None:
    answer = bot.ask("来年度の学食の値段はいくらですか。")
    assert answer.status == "refused" and Further(bot).after(answer) == ()


def test_what_was_said_is_not_asked_again(bot: Bot, glossary: Glossary) -> None:
    answer = bot.ask(QUESTION)
    said = QUESTION + answer.text
    touched = {m.entry.number for m in glossary.mentions(said)}
    for further in Further(bot).after(answer):
        assert not touched & {
            m.entry.number for m in glossary.mentions(further) if tellable(m.entry, "ja")
        } - {m.entry.number for m in glossary.mentions("みずほ平大学")}


def test_the_desk_is_asked_once_and_what_it_said_remembered() -> None:
    desk = MemoryDesk(documents())
    answer = next(
        s.answer for s in desk.steps("How often are access rights reviewed for a visiting host?") if s.answer
    )
    further = Further(desk)
    first = further.after(answer)
    before = desk.asked
    assert further.after(answer) == first and desk.asked == before


def test_one_who_finds_another_looking_does_not_wait() -> None:
    desk = MemoryDesk(documents())
    further = Further(desk)
    answer = next(s.answer for s in desk.steps("相手機関の所在国、設置者及び資金源を確認する") if s.answer)
    before = desk.asked
    with further._working:  # for which it would wait for ever
        assert further.after(answer) == ()
    assert desk.asked == before


def test_terms_come_by_how_much_a_document_speaks_of_them() -> None:
    terms = terms_of(documents()[0], GLOSSARY)
    assert terms[0].entry.en[0] == "joint research" and terms[0].form == "共同研究"
    record = documents()[0].record
    assert asked(terms[0], record, "ja") == "青葉大学 国際連携課は、共同研究について何と述べていますか。"
    assert asked(terms[0], record, "en").endswith("say about joint research?")
