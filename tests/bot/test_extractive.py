"""What of a passage becomes a statement: lists whole with their line, no heading, no fragment, no far-fetched source."""

import pytest

from bot.extract.evidence import gather
from bot.extract.extractive import compose
from bot.extract.reading import Writing
from bot.extract.scoring import load_weights, score
from ingest.types import Language
from tests.bot.making import hit
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary


@pytest.fixture
def tools(embedder: Embedder, glossary: Glossary) -> Writing:
    return Writing(embedder, glossary, lambda key: 3.0)


def statements(tools: Writing, question: str, text: str, language: Language = "en") -> list[str]:
    evidence = gather(question, (hit(1, text, "Note", language),), tools)
    return [draft.text.strip() for draft in compose(evidence, score(evidence, tools, load_weights()).scores)]


def test_a_short_list_comes_with_the_line_that_introduces_it(tools: Writing) -> None:
    text = "Priority areas for new joint research:\nClimate\nPublic health\n\nThe office moved to a new building last spring."
    found = statements(tools, "What has priority in new joint research?", text)
    assert found[0] == "Priority areas for new joint research: / Climate / Public health"


def test_a_list_that_is_asked_for_is_whole(tools: Writing) -> None:
    text = "大学は次の三つの措置を行う：\n⚫ 学内規程を整備する\n⚫ 研修を行う\n⚫ 記録を残す\n\n事務局は二階にある。"
    found = statements(tools, "大学が行う三つの措置を挙げてください", text, "ja")
    assert [one for one in found if one in ("学内規程を整備する", "研修を行う", "記録を残す")] == found[1:4]


def test_a_heading_is_not_glued_to_the_words_below_it(tools: Writing) -> None:
    text = "Costs Of The Measures\nThe costs are covered by the programme's funding."
    found = statements(tools, "Who covers the costs of the measures?", text)
    assert found == ["The costs are covered by the programme's funding."]


def test_a_fragment_is_no_statement(tools: Writing) -> None:
    text = (
        "Partner selection\n\nPartner universities are selected once a year by the committee.\n\nThank you\n"
    )
    assert statements(tools, "Who selects the partner universities?", text) == [
        "Partner universities are selected once a year by the committee."
    ]


def test_a_line_of_a_slide_is_quoted_with_the_lines_around_it(tools: Writing) -> None:
    text = "Outcomes of the exchange\n\n• Joint seminar on batteries (May 2021)\n• Two exchange students\n\nContact the office for details."
    found = statements(tools, "Which seminar did the exchange hold?", text)
    assert (
        found[0] == "Outcomes of the exchange / Joint seminar on batteries (May 2021) / Two exchange students"
    )


def test_lines_of_other_paragraphs_are_left_out(tools: Writing) -> None:
    text = "防災に関する共同講義（2021年7月）\n\n留学生の受入れ\n奨学金の支給\n\n連絡先の一覧"
    assert statements(tools, "共同講義はいつでしたか", text, "ja") == ["防災に関する共同講義（2021年7月）"]


def test_a_line_with_contact_data_ends_a_quote(tools: Writing) -> None:
    text = "Seminar series on batteries\nsuzuki@example.ac.jp\nLast seminar in May 2021 on batteries"
    assert not any("@" in one for one in statements(tools, "Which seminar series is there?", text))


def test_lines_that_only_name_their_document_are_left_out(tools: Writing) -> None:
    title, issuer = (
        "Handbook of joint degrees for foreign partners",
        "Office of International Affairs, Kita University",
    )
    needs = "Joint degrees need an agreement that both senates have approved."
    text = f"{needs}\n\n{title} (overview)\n{issuer}"
    evidence = gather(
        "What do joint degrees with foreign partners need?", (hit(1, text, title, "en", issuer),), tools
    )
    drafts = compose(evidence, score(evidence, tools, load_weights()).scores)
    assert [draft.text.strip() for draft in drafts] == [needs]


def test_a_question_for_a_figure_gets_the_sentence_that_has_it_first(tools: Writing) -> None:
    text = (
        "Exchange students of the summer school come from many partner universities.\n"
        "Partner universities send exchange students to the summer school every year.\n"
        "In all, 48 students came to it."
    )
    found = statements(tools, "How many exchange students came to the summer school?", text)
    assert found[0] == "In all, 48 students came to it."


def test_the_telephone_of_an_office_is_quoted_only_where_it_is_asked_for(tools: Writing) -> None:
    text = "The advisory office answers questions on research security.\nTEL: 03-0000-0000"
    assert statements(tools, "What is the telephone number of the advisory office?", text) == [
        "TEL: 03-0000-0000"
    ]
    asked = statements(tools, "What does the advisory office answer questions on?", text)
    assert asked and not any("0000" in statement for statement in asked)


@pytest.mark.parametrize("between", ["sato@example.org", "TEL: 090-0000-0000", "TEL: 03-0000-0000"])
def test_what_stands_between_two_sentences_and_is_left_out_is_not_quoted(
    tools: Writing, between: str
) -> None:
    text = f"The advisory desk answers questions.\n{between}\nIt helps researchers with visas and housing matters."
    found = statements(tools, "What does the desk help researchers with?", text)
    assert found and not any(between in statement for statement in found)


def test_a_label_with_somebodys_address_is_not_quoted(tools: Writing) -> None:
    text = "10:00 Contact Taro Sato sato@example.org\nThe opening talk presents the plan of the year."
    found = statements(tools, "What does the opening talk present?", text)
    assert found == ["The opening talk presents the plan of the year."]
