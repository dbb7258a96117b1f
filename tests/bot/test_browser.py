"""The pages in a real browser: ask, follow a citation to its words, stop, edit, switch language, rate, escalate, save."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from bot.ask import Bot
from bot.web.guard import Rules
from bot.web.rates import Rate
from tests.bot.pages import MemoryDesk, MemoryStaff, documents
from tests.bot.seat import ENGLISH, JAPANESE, MARKS, UNKNOWN, Sit, browser, sit
from tests.bot.serving import served
from tests.conftest import Desk
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.search import load_blend, make_search

__all__ = ["browser", "sit"]
pytestmark = MARKS


@pytest.fixture(scope="module")
def staff() -> MemoryStaff:
    return MemoryStaff()


@pytest.fixture(scope="module")
def base(staff: MemoryStaff) -> Iterator[str]:
    with served(MemoryDesk(documents()), Rules(visitor_asks=Rate(600, 100)), staff=staff) as address:
        yield address


@pytest.mark.parametrize(
    ("locale", "question", "words"),
    [
        (
            "ja-JP",
            JAPANESE,
            "研究代表者は、共同研究を始める前に、相手機関の所在国、設置者及び資金源を確認する。",
        ),
        ("en-GB", ENGLISH, "The host reviews the access rights of a visiting researcher every three months."),
        (
            "en-GB",
            JAPANESE,
            "研究代表者は、共同研究を始める前に、相手機関の所在国、設置者及び資金源を確認する。",
        ),
    ],
)
def test_a_citation_is_followed_to_its_words(
    sit: Sit, base: str, locale: str, question: str, words: str
) -> None:
    seat = sit(base, locale=locale)
    seat.ask(question)
    cite = seat.page.locator("#now .cite").first
    expect(cite).to_have_text("[1]")
    cite.click()
    entry = seat.page.locator("#s1-1")
    expect(entry).to_be_focused()
    expect(entry.locator("mark")).to_have_text(words)
    expect(entry.locator("mark")).to_be_in_viewport()
    with seat.page.context.expect_page() as opened:
        entry.locator("a.open").click()
    expect(opened.value.locator("#quote")).to_have_text(words)
    expect(opened.value.locator("#quote")).to_be_in_viewport()
    assert opened.value.evaluate("window.opener") is None
    assert not seat.strangers and not seat.errors


def test_a_verdict_is_seen_and_explained(sit: Sit, base: str) -> None:
    seat = sit(base)
    seat.ask(JAPANESE)
    assert seat.page.locator(".statement .verdict").all_text_contents() == ["✓ 確認済み", "△ 一部のみ確認"]
    expect(seat.page.locator(".statement.partly .why")).to_be_visible()
    expect(seat.page.locator(".legend")).to_contain_text("引用した文言と照らし合わせ")


def test_a_refusal_shows_passages_to_read_and_no_citation(sit: Sit, base: str) -> None:
    seat = sit(base)
    seat.ask(UNKNOWN)
    expect(seat.page.locator(".reply.refused")).to_contain_text("見つかりませんでした")
    assert seat.page.locator(".cite, .source, mark").count() == 0
    expect(seat.page.locator(".reading-head")).to_contain_text("回答の根拠ではありません")
    assert seat.page.locator(".reading").count() == 3


def test_an_earlier_answer_keeps_its_sources(sit: Sit, base: str) -> None:
    seat = sit(base)
    for question in (JAPANESE, UNKNOWN, ENGLISH):
        seat.ask(question)
    seat.page.locator("#past .cite").first.click()
    expect(seat.page.locator("#s1-1 mark")).to_be_in_viewport()
    seat.page.locator("#s1-1 a.back").click()
    expect(seat.page.locator("#a1-1")).to_be_in_viewport()


def test_a_conversation_is_edited_repeated_and_begun_anew(sit: Sit, base: str) -> None:
    seat = sit(base)
    box, exchanges = seat.page.locator("#question textarea"), seat.page.locator(".exchange")
    seat.ask(UNKNOWN)
    seat.page.locator("#tool-edit").click()
    expect(box).to_have_value(UNKNOWN)
    expect(exchanges).to_have_count(0)
    seat.ask(JAPANESE)
    seat.page.locator("#tool-retry").click()
    expect(seat.page.locator("#q3")).to_be_visible()
    expect(exchanges).to_have_count(1)
    seat.page.locator("#tool-new").click()
    expect(exchanges).to_have_count(0)
    expect(seat.page.locator("#welcome")).to_be_visible()


def test_an_example_is_asked_by_a_click(sit: Sit, base: str) -> None:
    seat = sit(base, locale="en-GB")
    example = seat.page.locator(".example").first
    words = example.inner_text()
    example.click()
    expect(seat.page.locator("#now .question p")).to_have_text(words)
    expect(seat.page.locator("#welcome")).to_be_hidden()


def test_a_running_answer_is_stopped(sit: Sit) -> None:
    desk = MemoryDesk(documents(), slowly=2.0)
    with served(desk) as base:
        seat = sit(base)
        seat.page.locator("#question textarea").fill(JAPANESE)
        seat.page.keyboard.press("Enter")
        expect(seat.page.locator(".progress")).to_contain_text("3 か所が見つかりました")
        expect(seat.page.locator("#ask")).to_be_hidden()
        seat.page.locator("#stop").click()
        expect(seat.page.locator(".exchange.stopped")).to_contain_text("停止しました")
        expect(seat.page.locator("#ask")).to_be_visible()
        seat.page.wait_for_timeout(2_500)
        assert desk.closed == 1
        assert seat.page.locator(".statement").count() == 0


def test_an_answer_is_copied_with_its_citations(sit: Sit, base: str) -> None:
    seat = sit(base, permissions=["clipboard-read", "clipboard-write"])
    seat.ask(JAPANESE)
    seat.page.locator(".copy").click()
    expect(seat.page.locator(".copy")).to_have_text("コピーしました")
    text = seat.page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(JAPANESE) and "[1] 海外機関との共同研究に関する学内手引き" in text


def test_the_language_is_switched_and_remembered(sit: Sit, base: str) -> None:
    seat = sit(base)
    assert seat.page.evaluate("document.documentElement.lang") == "ja"
    seat.page.locator(".switch").click()
    expect(seat.page.locator("#ask")).to_have_text("Ask")
    seat.ask(JAPANESE)
    expect(seat.page.locator(".legend")).to_contain_text("Checked")
    assert seat.page.evaluate("document.documentElement.lang") == "en"
    expect(seat.page.locator("#s1-1")).to_contain_text("Open in document")
    seat.page.goto(base + "/library")
    expect(seat.page.locator("h1")).to_have_text("Library")


def test_a_conversation_survives_another_language_and_a_new_page(sit: Sit, base: str) -> None:
    seat = sit(base)
    seat.ask(JAPANESE)
    expect(seat.page.locator("#kept .here")).to_have_text(JAPANESE)
    seat.page.locator(".switch").click()
    expect(seat.page.locator("#now .question p")).to_have_text(JAPANESE)
    expect(seat.page.locator("#kept h2").last).to_have_text("Your conversations")
    seat.page.locator("#tool-new").click()
    expect(seat.page.locator(".exchange")).to_have_count(0)
    seat.ask(ENGLISH)
    seat.page.locator(".history a", has_text=JAPANESE).click()
    expect(seat.page.locator("#now .question p")).to_have_text(JAPANESE)
    expect(seat.page.locator("#s1-1 mark")).to_be_visible()
    assert seat.page.locator(".history a").count() == 2
    seat.page.locator("#forget").click()
    expect(seat.page.locator(".history a")).to_have_count(0)
    expect(seat.page.locator("#welcome")).to_be_visible()


def test_an_answer_is_rated_with_a_reason(sit: Sit, base: str, staff: MemoryStaff) -> None:
    seat = sit(base)
    seat.ask(JAPANESE)
    seat.page.locator("#rate-bad").click()
    seat.page.get_by_label("足りない").check()
    seat.page.locator("#remark textarea").fill("様式の名前が<b>ない</b>")
    seat.page.locator("#send-rating").click()
    expect(seat.page.locator("#now .became")).to_contain_text("評価しました")
    assert staff.ratings[-1] == (JAPANESE, False, "Something is missing: 様式の名前が<b>ない</b>")
    expect(seat.page.locator("#rate-good")).to_be_hidden()
    expect(seat.page.locator("#rating-form")).to_be_hidden()


def test_a_refused_question_goes_to_the_staff(sit: Sit, base: str, staff: MemoryStaff) -> None:
    seat = sit(base)
    seat.ask(UNKNOWN)
    seat.page.locator("#ask-staff").click()
    expect(seat.page.locator("#staff-form textarea").first).to_have_value(UNKNOWN)
    seat.page.get_by_label("お名前").fill("山田 花子")
    mail = seat.page.get_by_label("メールアドレス")
    mail.fill("hanako@")
    before = len(staff.tickets)
    seat.page.locator("#send-staff").click()
    expect(seat.page.locator("#staff-trouble")).to_contain_text("メールアドレスの形")
    assert len(staff.tickets) == before
    mail.fill("hanako@example.ac.jp")
    seat.page.locator("#send-staff").click()
    expect(seat.page.locator("#now .became")).to_contain_text(f"受付番号 {before + 1}")
    ticket = staff.tickets[-1]
    assert ticket["question"] == UNKNOWN and ticket["contact"] == "山田 花子\nhanako@example.ac.jp"
    assert "見つかりませんでした" in ticket["context"]
    expect(seat.page.locator("#ask-staff")).to_be_hidden()


def test_a_conversation_is_saved_by_its_visitor_alone(sit: Sit, base: str) -> None:
    seat, stranger = sit(base), sit(base, "/library")
    seat.ask(JAPANESE)
    links = seat.page.locator(".saving a, #now .packet").evaluate_all("all => all.map(a => a.href)")
    assert sorted(link.rsplit(".", 1)[1] for link in links) == ["docx", "json", "md"]
    for link in links:
        mine, theirs = seat.page.request.get(link), stranger.page.request.get(link)
        assert mine.status == 200 and mine.headers["content-disposition"].startswith("attachment; filename=")
        assert theirs.status == 404 and JAPANESE not in theirs.text()
    with seat.page.expect_download() as file:
        seat.page.locator(".saving a").last.click()
    text = file.value.path().read_text("utf-8")
    assert JAPANESE in text and "> 「研究代表者は、共同研究を始める前に" in text
    assert not seat.strangers


def test_a_question_is_limited_to_what_was_chosen(sit: Sit, base: str) -> None:
    seat = sit(base)
    seat.page.locator("#filters > button").click()
    seat.page.get_by_label("英語").check()
    seat.page.get_by_label("この日付から").fill("2023-01")
    seat.ask(JAPANESE)
    expect(seat.page.locator("#now .limited")).to_contain_text("2023年1月から")
    languages = seat.page.locator("#panel blockquote").evaluate_all("all => all.map(e => e.lang)")
    assert languages and set(languages) == {"en"}


@pytest.fixture
def real(ingested: Desk, embedder: Embedder, glossary: Glossary) -> Iterator[str]:
    """The desk itself, over the small library."""
    library, weights = ingested.open(), load_blend()
    bot = Bot(library, lambda edition: make_search(edition, embedder, glossary, weights), embedder, glossary)
    with served(bot, Rules(visitor_asks=Rate(600, 100))) as address:
        yield address
    library.close()


def test_a_question_that_leads_on_is_asked_by_a_click(sit: Sit, real: str) -> None:
    seat = sit(real)
    seat.ask("客員研究員にもこの指針は適用されますか。")
    link = seat.page.locator("#now .ask-this").first
    words = link.inner_text()
    link.focus()
    seat.page.keyboard.press("Space")
    expect(seat.page.locator("#now .question p")).to_have_text(words)
    expect(seat.page.locator("#now .exchange.done .cite").first).to_be_visible()


def test_terms_of_the_original_stand_once_below_the_answer(sit: Sit, base: str) -> None:
    seat = sit(base)
    seat.ask(ENGLISH)
    expect(seat.page.locator("#now .pairs")).to_contain_text("訪問研究者 = visiting researcher")
    expect(seat.page.locator(".pairs")).to_have_count(1)


def test_a_question_that_is_too_long_says_so(sit: Sit, base: str) -> None:
    seat = sit(base)
    seat.ask("長い質問です。" * 300)
    expect(seat.page.locator(".notice")).to_contain_text("2,000 文字以内")


def test_the_keyboard_alone_is_enough(sit: Sit, base: str) -> None:
    seat = sit(base)
    expect(seat.page.locator("#question textarea")).to_be_focused()
    seat.ask(JAPANESE)
    seat.page.locator("#now .cite").first.focus()
    seat.page.keyboard.press("Enter")
    expect(seat.page.locator("#s1-1")).to_be_focused()
    seat.page.keyboard.press("Tab")
    expect(seat.page.locator("#s1-1 a.open")).to_be_focused()
    seat.page.locator("#now .copy").focus()
    outline = seat.page.locator("#now .copy").evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline == "solid"


@pytest.mark.parametrize("locale", ["ja-JP", "en-GB"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_small_phone(sit: Sit, base: str, locale: str, scheme: str) -> None:
    seat = sit(base, locale=locale, width=360, color_scheme=scheme)
    wider = "() => document.documentElement.scrollWidth - window.innerWidth"
    assert seat.page.evaluate(wider) <= 0
    seat.ask(JAPANESE)
    seat.ask(ENGLISH)
    assert seat.page.evaluate(wider) <= 0
    for path in (
        "/library",
        "/search?q=研究",
        "/glossary",
        "/document/tebiki.md?start=3&end=60",
        "/document/none.md",
    ):
        seat.page.goto(base + path)
        assert seat.page.evaluate(wider) <= 0, path


def test_a_visitor_who_is_too_fast_is_told_so(sit: Sit) -> None:
    with served(MemoryDesk(documents()), Rules(visitor_asks=Rate(1, 2))) as base:
        seat = sit(base)
        seat.ask(JAPANESE)
        seat.page.locator("#question textarea").fill(ENGLISH)
        seat.page.keyboard.press("Enter")
        expect(seat.page.locator("body")).to_contain_text("少しお待ちください")
