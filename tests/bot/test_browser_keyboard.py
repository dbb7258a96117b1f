"""The chat without a mouse: every step from a question to its document and to the staff, the focus seen at each stop."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from bot.web.guard import Rules
from bot.web.rates import Rate
from tests.bot.pages import MemoryDesk, MemoryStaff, documents
from tests.bot.seat import JAPANESE, MARKS, Sit, browser, sit
from tests.bot.serving import served

__all__ = ["browser", "sit"]
pytestmark = MARKS


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with served(MemoryDesk(documents()), Rules(visitor_asks=Rate(600, 100)), staff=MemoryStaff()) as address:
        yield address


#: Whether what has the focus is seen to have it.
SEEN = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" || style.boxShadow !== "none";
}"""


def walked(page: Page, selector: str, back: bool = False, most: int = 60) -> None:
    """Presses Tab until what `selector` names has the focus, which is to be seen at every stop."""
    for _ in range(most):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        hidden = page.evaluate("() => document.activeElement === document.body")
        assert hidden or page.evaluate(SEEN), page.evaluate(
            "() => document.activeElement.outerHTML.slice(0, 200)"
        )
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} is not reached by the keyboard")


def test_from_the_question_to_the_document_and_to_the_staff_by_tab_enter_space_and_escape_alone(
    sit: Sit, base: str
) -> None:
    seat = sit(base)
    page = seat.page
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.insert_text(JAPANESE)
    page.keyboard.press("Enter")
    expect(page.locator("#now .cite").first).to_be_visible()
    expect(page.locator(".exchange.busy")).to_have_count(0)
    walked(page, "#now .cite", back=True)
    page.keyboard.press("Enter")
    expect(page.locator("[id^=s1-]:focus")).to_have_count(1)
    walked(page, "a.open")
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    expect(opened.value.locator("mark").first).to_be_in_viewport()
    opened.value.close()
    walked(page, "#ask-staff", back=True)
    page.keyboard.press("Space")
    expect(page.locator("#staff-question textarea")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#staff-form")).to_be_hidden()
    expect(page.locator("#ask-staff")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#staff-question textarea")).to_be_visible()
    walked(page, "#send-staff")
    page.keyboard.press("Enter")
    expect(page.locator("#now .became")).to_contain_text("受付番号")
