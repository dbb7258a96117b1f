"""The pages in a real browser: ask, follow a citation to its words, stop, edit, switch language.

And nothing of a hostile document comes alive. Skipped where there is no Chromium or no Japanese font.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from bot.guard import Rules
from bot.rates import Rate
from ingest.types import Record
from tests.bot.pages import MemoryDesk, Part, document, documents
from tests.bot.payloads import PAYLOADS
from tests.bot.serving import served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
JAPANESE = "共同研究を始める前に、相手機関の何を確認しますか。"
ENGLISH = "How often does the host review the access rights of a visiting researcher?"
UNKNOWN = "来年度の学食の値段はいくらですか。"


def _missing() -> str:
    if CHROMIUM is None:
        return "no Chromium is installed"
    lister = shutil.which("fc-list")
    fonts = subprocess.run([lister, ":lang=ja"], capture_output=True, text=True).stdout if lister else ""
    return "" if fonts.strip() else "no Japanese font is installed (fonts-noto-cjk)"


#: A shared machine may be slow; what never comes fails all the same.
expect.set_options(timeout=20_000)

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(_missing()), reason=_missing())]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with served(MemoryDesk(documents())) as address:
        yield address


@dataclass
class Seat:
    """A browser window at the desk, and what went on behind it."""

    page: Page
    base: str
    strangers: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def note(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.strangers.append(request.url)

    def ask(self, question: str) -> None:
        """Asks as a person does: whoever presses Enter in the instant before an answer is closed does so again."""
        exchanges, box = self.page.locator(".exchange"), self.page.locator("#question textarea")
        before = exchanges.count()
        box.fill(question)
        box.press("Enter")
        for _ in range(20):
            self.page.wait_for_timeout(100)
            if exchanges.count() > before or box.input_value() != question:
                break
        else:
            box.press("Enter")
        expect(exchanges).to_have_count(before + 1)
        expect(self.page.locator(".exchange.busy")).to_have_count(0)


Sit = Callable[..., Seat]


@pytest.fixture
def sit(browser: Browser) -> Iterator[Sit]:
    contexts = []

    def one(base: str, path: str = "/", locale: str = "ja-JP", width: int = 1280, **options: Any) -> Seat:
        context = browser.new_context(locale=locale, viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        seat = Seat(context.new_page(), base)
        context.on("request", seat.note)
        seat.page.on("pageerror", lambda error: seat.errors.append(str(error)))
        seat.page.goto(base + path)
        if path.startswith("/?") or path == "/":
            seat.page.locator("#question textarea").wait_for()
        return seat

    yield one
    for context in contexts:
        context.close()


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
    expect(seat.page.locator(".refused")).to_contain_text("見つかりませんでした")
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
    seat.page.goto(base + "/library")
    expect(seat.page.locator("h1")).to_have_text("Library")


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
    with served(MemoryDesk(documents()), Rules(visitor_asks=Rate(1, 1))) as base:
        seat = sit(base)
        seat.ask(JAPANESE)
        seat.page.locator("#question textarea").fill(ENGLISH)
        seat.page.keyboard.press("Enter")
        expect(seat.page.locator("body")).to_contain_text("少しお待ちください")


def hostile_desk() -> MemoryDesk:
    """A desk whose only document is made of every payload, in its text, its headings and its record."""
    parts: list[Part] = [("title", 1, "確認事項 " + PAYLOADS["image handler"])]
    for text in PAYLOADS.values():
        parts += [("heading", 1, text), ("paragraph", 0, f"確認する事項は次のとおり {text}")]
    everything = " ".join(PAYLOADS.values())
    record = Record("x", everything, everything, everything, everything, (), "2024", everything, everything)
    return MemoryDesk((document("危険 <b>&\"'.md", "ja", tuple(parts), record),))


@pytest.mark.parametrize("unprotected", [False, True], ids=["with the policy", "without the policy"])
def test_a_hostile_document_is_only_text(sit: Sit, unprotected: bool) -> None:
    with served(hostile_desk(), Rules(visitor_asks=Rate(6_000, 100))) as base:
        seat = sit(base, bypass_csp=unprotected)
        for text in ("確認する事項は次のとおり", *PAYLOADS.values()):
            seat.ask(f"確認する事項は次のとおりですか {text}")
        check_inert(seat)
        address = seat.page.locator(".open").first.get_attribute("href") or ""
        for path in (address, "/library", "/search?q=確認する事項"):
            seat.page.goto(base + path)
            check_inert(seat)


def check_inert(seat: Seat) -> None:
    """Nothing ran, nothing was fetched, nothing was drawn that is not ours."""
    seat.page.wait_for_timeout(300)
    assert seat.page.evaluate("window.__xss") is None
    assert not seat.strangers
    inside = ".exchange :is({0}), #panel :is({0}), main.still :is(article, .cards) :is({0})".format(
        "script, img, form, input, iframe, style, svg, video, audio, table, button, object, embed"
    )
    assert seat.page.locator(inside).count() == 0
    positions = "all => all.map(e => getComputedStyle(e).position)"
    assert "fixed" not in seat.page.locator(".exchange *, #panel *, .still *").evaluate_all(positions)
    links = seat.page.locator(".exchange a, #panel a, .still a").evaluate_all("all => all.map(a => a.href)")
    assert links and all(link.startswith(seat.base) for link in links)
