"""The pages to look things up in: passages without a question, the glossary, and the filters of both."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.ui.filters import choices, chosen
from bot.ui.glossary import ROWS, glossary_page, matching
from bot.ui.search import Wanted, places, search_page
from bot.ui.words import say
from tests.bot.pages import GLOSSARY, MemoryDesk, documents
from tests.bot.payloads import Reading
from vectorstore.glossary import Glossary
from vectorstore.types import Filter

DESK = MemoryDesk(documents())


def marks(html: str) -> list[str]:
    return [Reading(part).text for part in re.findall(r"<mark>.*?</mark>", html)]


def test_a_term_is_marked_in_the_other_language_too() -> None:
    html = search_page(DESK, Wanted("客員研究者の資金源"), "ja")
    assert "visiting researcher" in marks(html) and "funding" in marks(html)


def test_marks_of_words_that_overlap_keep_the_text_whole() -> None:
    text = "共同研究と研究"
    assert sorted(places(text, "共同研究 研究", GLOSSARY)) == [(0, 4), (0, 4), (2, 4), (5, 7)]
    html = search_page(DESK, Wanted("共同研究 研究"), "ja")
    quote = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", html)
    assert quote and Reading(quote[1]).text in documents()[0].text
    assert places("㈱の株", "株", GLOSSARY) == ()  # folding makes it longer


def test_an_empty_search_shows_only_the_form() -> None:
    seen = Reading(search_page(DESK, Wanted("  "), "en"))
    assert "form" in seen.elements and "blockquote" not in seen.elements


def test_a_search_that_finds_nothing_says_so() -> None:
    assert say("en", "search_none") in Reading(search_page(DESK, Wanted("risk", kind="law"), "en")).text


def test_a_filter_limits_and_stays_in_the_form() -> None:
    html = search_page(DESK, Wanted("研究", written="en"), "ja")
    assert 'lang="ja"' not in re.sub(r"<(html|main|a)[^>]*>", "", html)
    assert re.search(r'<option value="en" selected>', html) and '<details class="limits" open' in html


@pytest.mark.parametrize(
    ("since", "until", "only", "readable"),
    [
        ("2023", "", Filter(since="2023"), True),
        ("2023/04", "2024-01-31", Filter(since="2023-04", until="2024-01-31"), True),
        ("昨年", "2024", Filter(until="2024"), False),
        ("2023-13", "", Filter(), False),
    ],
)
def test_a_date_that_cannot_be_read_limits_nothing(
    since: str, until: str, only: Filter, readable: bool
) -> None:
    assert chosen(since=since, until=until) == (only, readable)
    said = (
        say("ja", "date_unread")
        in Reading(search_page(DESK, Wanted("研究", since=since, until=until), "ja")).text
    )
    assert said is not readable


def test_choices_are_those_of_the_live_documents_in_the_readers_words() -> None:
    offered = choices(DESK.catalogue(), "ja")
    assert offered.issuers == (("Aoba University, International Office", "青葉大学 国際連携課"),)
    assert offered.kinds == (("guideline", "指針"),)
    only = Filter(("Aoba University, International Office",), ("guideline",), ("ja",), (), "2023-04", "2024")
    assert offered.words(only, "ja") == (
        "青葉大学 国際連携課",
        "指針",
        "日本語",
        "2023年4月から",
        "2024年まで",
    )


@pytest.mark.parametrize(
    ("words", "kind", "found"),
    [
        ("NDA", "", ["秘密保持契約"]),
        ("ｎｄａ", "", ["秘密保持契約"]),
        ("research", "", ["共同研究", "訪問研究者"]),
        ("joint 研究", "", ["共同研究"]),
        ("", "body", ["青葉大学"]),
        ("joint", "body", []),
    ],
)
def test_the_glossary_is_searched_in_both_languages(words: str, kind: str, found: list[str]) -> None:
    assert [entry.ja[0] for entry in matching(GLOSSARY, words, kind)] == found


def test_rows_that_begin_with_the_words_come_first() -> None:
    assert [entry.ja[0] for entry in matching(GLOSSARY, "研究者", "")] == ["訪問研究者"]
    assert matching(GLOSSARY, "visit", "")[0].en[0] == "visiting researcher"


def test_every_row_of_the_whole_glossary_is_on_some_page(glossary: Glossary) -> None:
    last = -(-len(glossary.entries) // ROWS)
    rows = sum(glossary_page(glossary, "", "", page, "ja").count("<tr>") - 1 for page in range(1, last + 1))
    assert rows == len(glossary.entries) > 2_000


@pytest.mark.parametrize(("asked", "shown"), [(-3, 1), (0, 1), (2, 2), (999, None)])
def test_a_page_that_is_not_there_gives_the_nearest(
    glossary: Glossary, asked: int, shown: int | None
) -> None:
    last = -(-len(glossary.entries) // ROWS)
    text = Reading(glossary_page(glossary, "", "", asked, "en")).text
    assert say("en", "page_of", page=shown or last, last=last) in text


def test_turning_a_page_keeps_what_was_looked_for(glossary: Glossary) -> None:
    seen = Reading(glossary_page(glossary, "研究 ", "concept", 1, "ja"))
    following = next(a for a in seen.addresses if "page=2" in a)
    assert parse_qs(urlsplit(following).query) == {
        "q": ["研究 "],
        "kind": ["concept"],
        "lang": ["ja"],
        "page": ["2"],
    }
