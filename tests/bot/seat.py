"""A browser window at the desk: Chromium in a context of its own, and what went on behind it.

Modules of browser tests import the fixtures `browser` and `sit` from here, and mark themselves with MARKS.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

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
expect.set_options(timeout=40_000)

#: What every module of browser tests is marked with.
MARKS = [pytest.mark.browser, pytest.mark.skipif(bool(_missing()), reason=_missing())]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


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
