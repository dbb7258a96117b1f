"""Whatever a document, a question or a model says is shown as text, and as nothing else."""

import re
from dataclasses import replace
from html import unescape

import pytest
from markdown_it import MarkdownIt

from bot import acceptance
from bot.labels import date, kind, standing, unaccepted
from bot.render_text import render
from bot.types import Answer, Citation, Quote, Statement
from bot.ui.document import Place, document_page, missing_page, place_in, text_of, whole
from bot.ui.export import as_text
from bot.ui.glossary import glossary_page
from bot.ui.library import library_page
from bot.ui.markup import document_url, el, lines, marked, plain
from bot.ui.render import exchange, exchanges
from bot.ui.search import Wanted, search_page
from bot.ui.sources import panel
from bot.ui.talk import LIMIT, Exchange, Talk, language_of
from bot.ui.words import WORDS, page_language, say
from ingest.types import Block, Document, Language, Record
from tests.bot.pages import MemoryDesk, document, documents, passages, refused, written
from tests.bot.payloads import ATTRIBUTES, ELEMENTS, FORM_ATTRIBUTES, FORMS, PAYLOADS, SINK, Reading
from vectorstore.glossary import Entry, Glossary
from vectorstore.types import Hit, Query

QUESTION = "共同研究を始める前に、相手機関の何を確認しますか。"


def hits(question: str = QUESTION) -> tuple[Hit, ...]:
    return MemoryDesk(documents()).search(Query(question, 3))


def answered(answer: Answer, number: int = 1) -> Exchange:
    return Exchange(number, answer.question, answer.language, "done", len(answer.nearest), "", answer)


def hostile(text: str) -> tuple[Document, Exchange, Exchange]:
    """A document, an answer and a refusal that carry `text` wherever a text can stand."""
    record = Record(text, text, text, text, text, (), text, text, text, text, text, text, listed=False)
    held = document(text, "ja", (("title", 1, text), ("heading", 1, text), ("paragraph", 0, text)), record)
    passage = replace(next(passages(held)), id=text, version=text)
    citation = Citation(1, Quote(passage, record, 0, len(text)))
    statements = (Statement(text, (1,), "supported"), Statement(text, (1,), "unsupported", text))
    good = Answer(text, text, "ja", "answered", statements, (citation,), text, notes=(text, text), model=text)
    near = (Hit(passage, record, 1.0),)
    bad = Answer(text, text, "ja", "refused", (), (), text, reason=text, notes=(text,), nearest=near)
    return held, answered(good), answered(bad, 2)


def terms_of(text: str) -> Glossary:
    """A glossary of one entry that is nothing but `text`."""
    return Glossary((Entry(0, text, (text, text), (text, text)),), "x")


def shown(text: str) -> dict[str, str]:
    """Every piece of HTML that such texts get into, by the name of the view."""
    held, good, bad = hostile(text)
    talk = Talk((good, bad), 2)
    failed = Exchange(3, text, "ja", "failed", reference="ab12")
    busy = Exchange(4, text, "ja", "busy", 2, text)
    return {
        "answer": exchange(good, "ja"),
        "refusal": exchange(bad, "en"),
        "failure": exchange(failed, "ja"),
        "draft": exchange(busy, "ja"),
        "panel": panel(talk, "ja"),
        "document": document_page(held, Place(0, len(text), "v1"), "ja"),
        "search": search_page(MemoryDesk((held,)), Wanted(text, text, text, text, text, text), "ja"),
        "found": search_page(MemoryDesk((held,)), Wanted(text), "en"),
        "glossary": glossary_page(terms_of(text), text.split("\n")[0], "", 1, "ja"),
        "library": library_page(((text, held.record, held.health),), text, "en"),
    }


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_markup_is_shown_as_text_in_every_view(text: str) -> None:
    for view, html in shown(text).items():
        seen = Reading(html)
        form = view in ("search", "found", "glossary")
        assert seen.elements <= (ELEMENTS | FORMS if form else ELEMENTS), view
        assert seen.attributes <= (ATTRIBUTES | FORM_ATTRIBUTES if form else ATTRIBUTES), view
        assert all(re.match(r"/(?!/)|#", address) for address in seen.addresses), view
        assert seen.depth == 0, view
        first = re.sub("[\u202e\u202c\u2066\u2069]", "", text).split("\n")[0]
        assert first in seen.text or view in ("search", "glossary") and first in " ".join(seen.values), view


@pytest.mark.parametrize("text", PAYLOADS.values(), ids=PAYLOADS)
def test_markup_means_nothing_to_a_markdown_reader_either(text: str) -> None:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for html in (*shown(text).values(), f"<p>{lines(text)}</p>", plain(text)):
        if html.startswith("<!doctype"):
            continue
        drawn = reader.render(html)
        assert Reading(drawn).elements <= ELEMENTS
        assert SINK not in " ".join(Reading(drawn).addresses)


def test_a_text_cannot_hide_where_it_is_read_by_a_translator() -> None:
    assert "__i18n__" not in "".join(shown(PAYLOADS["translation"]).values())


def test_every_exchange_is_one_line_of_source() -> None:
    _, good, bad = hostile("一行目\n\n\n三行目\r\n四行目")
    assert [line for line in exchanges((good, bad), "ja").split("\n") if line] == [
        exchange(good, "ja"),
        exchange(bad, "ja"),
    ]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("waiting", [True, False])
def test_a_document_that_the_staff_has_not_accepted_is_marked_in_every_view(
    waiting: bool, language: Language
) -> None:
    desk = MemoryDesk(documents(), unaccepted=frozenset({"tebiki.md"} if waiting else ()))
    answer = acceptance.marked(written(QUESTION, hits()), desk.unaccepted)
    views = {
        "answer": exchange(answered(answer), language),
        "panel": panel(Talk((answered(answer),), 1), language),
        "nearest": panel(
            Talk((answered(acceptance.marked(refused(QUESTION, hits()), desk.unaccepted)),), 1),
            language,
        ),
        "search": search_page(desk, Wanted(QUESTION), language),
        "document": document_page(desk.held[0], Place(), language, desk.held[0].source in desk.waiting()),
        "library": library_page(desk.catalogue(), "e1", language, desk.waiting()),
        "text": as_text(answer, language),
        "terminal": render(replace(answer, language=language)),
    }
    words = unaccepted(language)
    assert {name for name, view in views.items() if words in unescape(view)} == (
        set(views) if waiting else set()
    )


def test_the_quoted_words_and_no_others_are_marked() -> None:
    answer = written(QUESTION, hits())
    html = panel(Talk((answered(answer),), 1), "ja")
    quotes = [Reading(part).text for part in re.findall(r"<mark>.*?</mark>", html)]
    assert quotes == [c.quote.text for c in answer.citations]


def test_each_citation_leads_to_its_entry_and_back() -> None:
    answer = written(QUESTION, hits())
    said, sources = (
        exchange(answered(answer, 7), "ja"),
        panel(Talk((answered(answer, 7),), 7), "ja"),
    )
    for citation in answer.citations:
        assert f'href="#s7-{citation.n}"' in said and f'id="s7-{citation.n}"' in sources
        assert f'href="#a7-{citation.n}"' in sources and f'id="a7-{citation.n}"' in said


def test_key_terms_of_a_foreign_quote_stand_once_on_the_page_and_are_no_caveat() -> None:
    notes = (
        "水穂大学によれば、",
        "検討中の文書です。",
        "原文の用語: research security = 研究セキュリティ; G7 = 主要7か国",
    )
    answer = replace(written(QUESTION, hits()), notes=notes)
    html = exchange(answered(answer), "ja")
    (terms,) = re.findall(r'<ul class="pairs">.*?</ul>', html)
    assert Reading(terms).text == "research security = 研究セキュリティG7 = 主要7か国"
    (caveats,) = re.findall(r'<ul class="notes">.*?</ul>', html)
    assert Reading(caveats).text == "検討中の文書です。"
    assert "原文の用語" not in panel(Talk((answered(answer),), 1), "ja")


def test_the_library_speaks_the_language_of_its_page() -> None:
    held = documents()[0]
    record = replace(held.record, note="A translation.", note_ja="訳文です。")
    rows = ((held.source, record, replace(held.health, pages=3, empty_pages=1)),)
    japanese, english = (Reading(library_page(rows, "e1", language)).text for language in ("ja", "en"))
    assert (
        "訳文です。" in japanese
        and "1 ページに文字がありません" in japanese
        and "translation" not in japanese
    )
    assert "A translation." in english and "1 of 3 pages have no text." in english and "訳文" not in english


def test_a_verdict_is_said_in_words_and_explained() -> None:
    html = exchange(answered(written(QUESTION, hits())), "en")
    assert Reading(html).text.count("Partly checked") == 2  # beside the statement, and in the legend
    assert "引用した文は対象を限定しています。" in Reading(html).text


def test_a_refusal_shows_its_reason_and_passages_to_read_but_no_citation() -> None:
    answer = refused("学食の値段はいくらですか。", hits())
    said, sources = exchange(answered(answer), "ja"), panel(Talk((answered(answer),), 1), "ja")
    assert answer.reason in Reading(said).text and "cite" not in said
    assert "回答の根拠ではありません" in sources and "<mark>" not in sources and 'class="n"' not in sources
    assert hits()[0].passage.text in Reading(sources).text


def test_a_word_about_the_desk_itself_is_no_refusal() -> None:
    html = exchange(answered(refused("こんにちは", ())), "ja")
    assert say("ja", "refused") not in Reading(html).text


def test_unchecked_text_is_called_a_draft_and_never_outlives_a_stop() -> None:
    busy = Exchange(1, QUESTION, "ja", "busy", 3, "書きかけの文")
    assert say("ja", "draft") in Reading(exchange(busy, "ja")).text
    assert "書きかけの文" not in Reading(exchange(replace(busy, state="stopped"), "ja")).text


def test_a_copied_answer_carries_its_sources_and_their_words() -> None:
    answer = written(QUESTION, hits())
    text = as_text(answer, "ja")
    assert all(
        f"[{c.n}] {c.quote.record.title_ja}" in text and c.quote.text in text for c in answer.citations
    )


@pytest.mark.parametrize(
    ("question", "state", "language"),
    [
        ("何を確認しますか" * 250 + "。", "long", "ja"),
        ("x" * (LIMIT + 1), "long", "en"),
        ("x" * LIMIT, "busy", "en"),
    ],
)
def test_a_question_over_the_limit_is_answered_in_its_own_language(
    question: str, state: str, language: str
) -> None:
    now = Talk().ask(question).now
    assert now and now.state == state and now.language == language and len(now.question) <= LIMIT


def test_a_document_is_shown_whole() -> None:
    for held in documents():
        seen = Reading(text_of(held, Place(), "ja")).text
        assert all(held.text[block.start : block.end] in seen for block in held.blocks)


def test_text_outside_every_block_is_shown_too() -> None:
    held = document("a.md", "ja", (("paragraph", 0, "前文"), ("paragraph", 0, "本文")), Record("a"))
    bare = replace(held, blocks=held.blocks[1:])
    assert [bare.text[b.start : b.end] for b in whole(bare)] == ["前文", "本文"]
    assert whole(replace(held, text="", blocks=())) == ()


@pytest.mark.parametrize(("start", "end"), [(0, 5), (3, 60), (20, 25), (40, 200)])
def test_the_place_is_marked_across_blocks_and_named_once(start: int, end: int) -> None:
    held = documents()[0]
    html = text_of(held, Place(start, end), "ja")
    marks = "".join(Reading(part).text for part in re.findall(r"<mark.*?</mark>", html))
    assert re.sub(r"\s", "", marks) == re.sub(r"\s", "", held.text[start:end])
    assert html.count('id="quote"') == 1


@pytest.mark.parametrize(
    ("place", "trouble"),
    [
        (Place(0, 5, "v1"), ""),
        (Place(0, 5, "v0"), "quote_gone"),
        (Place(0, 10_000), "quote_outside"),
        (Place(-5, 3), "quote_outside"),
        (Place(20, 21), "quote_outside"),  # nothing but the space between two blocks
        (Place(5, 5), ""),
    ],
)
def test_a_place_that_cannot_be_shown_is_said_so(place: Place, trouble: str) -> None:
    held = documents()[0]
    assert place_in(held, place)[1] == trouble
    page = document_page(held, place, "ja")
    assert ('id="quote"' in page) == (not trouble and place.end > place.start)
    assert not trouble or say("ja", trouble) in Reading(page).text


def test_a_page_begins_where_its_text_begins() -> None:
    html = text_of(documents()[0], Place(), "ja")
    assert [Reading(part).text for part in re.findall(r'<span class="page-mark">.*?</span>', html)] == [
        "1 ページ",
        "2 ページ",
    ]
    second = html.index("2 ページ".replace(" ", " "))
    assert "公平な扱い" in html[second : second + 60]


def test_a_block_that_a_page_begins_in_keeps_all_its_text() -> None:
    held = documents()[1]
    middle = replace(held, pages=(replace(held.pages[0], end=50), replace(held.pages[1], start=50)))
    assert Reading(text_of(middle, Place(), "en")).text.replace("p. 1", "").replace("p. 2", "") == "".join(
        held.text[block.start : block.end] for block in held.blocks
    )


def test_a_missing_document_gives_a_page_that_leads_on() -> None:
    assert 'href="/library?lang=ja"' in missing_page("ja")


def test_an_empty_library_says_so() -> None:
    assert say("en", "library_none") in Reading(library_page((), "e1", "en")).text


def test_an_address_quotes_a_hostile_source_name() -> None:
    url = document_url('../"><script>.md', 3, 9, "v&1", "ja")
    assert url == "/document/../%22%3E%3Cscript%3E.md?start=3&end=9&v=v%261&lang=ja#quote"
    assert document_url("手引き.md") == "/document/%E6%89%8B%E5%BC%95%E3%81%8D.md"


def test_a_mark_outside_the_text_marks_nothing() -> None:
    assert marked("abc", 3, 9) == "abc" and marked("abc", -2, 1) == "<mark>a</mark>bc"


def test_an_element_leaves_out_what_is_empty() -> None:
    assert el("p", plain("a"), class_="", id="x", open=True, hidden=False) == '<p id="x" open>a</p>'


def test_an_item_keeps_its_depth() -> None:
    held = replace(documents()[0], blocks=(Block("item", 0, 4, 2),))
    assert '<p class="item depth-2">' in text_of(held, Place(), "ja")


@pytest.mark.parametrize(
    ("iso", "japanese", "english"),
    [
        ("2024-12-18", "2024年12月18日", "18 December 2024"),
        ("2022-11", "2022年11月", "November 2022"),
        ("2023", "2023年", "2023"),
        ("", "", ""),
        ("2023-13", "2023-13", "2023-13"),
        ("令和5年", "令和5年", "令和5年"),
    ],
)
def test_dates_are_as_precise_as_they_are(iso: str, japanese: str, english: str) -> None:
    assert (date(iso, "ja"), date(iso, "en")) == (japanese, english)


def test_an_unknown_word_of_the_catalogue_is_shown_as_it_stands() -> None:
    assert (kind("ministry policy", "ja"), kind("white paper", "ja")) == ("省庁の方針", "white paper")
    assert (standing("under discussion", "en"), standing("draft", "en")) == ("Under discussion", "draft")


@pytest.mark.parametrize(
    ("chosen", "accept", "language"),
    [
        ("", "ja,en-US;q=0.9", "ja"),
        ("", "en-GB,en;q=0.9,ja;q=0.8", "en"),
        ("", "fr, ja;q=0.5, en;q=0.4", "ja"),
        ("", "zh-CN", "en"),
        ("", "", "en"),
        ("en", "ja", "en"),
        ("xx", "ja;q=0, en;q=0.1", "en"),
        ("", "ja;q=banana, ;;;", "en"),
    ],
)
def test_the_page_speaks_what_the_visitor_chose_or_prefers(chosen: str, accept: str, language: str) -> None:
    assert page_language(chosen, accept) == language


def test_every_word_exists_in_both_languages_with_the_same_holes() -> None:
    for key, both in WORDS.items():
        holes = [sorted(re.findall(r"{(\w+)}", text)) for text in both]
        assert all(both) and holes[0] == holes[1], key


@pytest.mark.parametrize(
    ("text", "language"),
    [("What is 国大協?", "ja"), ("What is JANU?", "en"), ("カタカナ", "ja"), ("1234 → ①", "en")],
)
def test_a_question_is_japanese_as_soon_as_it_has_a_kana_or_kanji(text: str, language: str) -> None:
    assert language_of(text) == language
