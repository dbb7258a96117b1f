"""What axe-core finds: no serious and no critical fault on any page, in light and dark."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe

from bot.web.guard import Rules
from bot.web.rates import Rate
from tests.bot.pages import MemoryDesk, MemoryStaff, documents
from tests.bot.seat import ENGLISH, JAPANESE, MARKS, UNKNOWN, Seat, Sit, browser, sit
from tests.bot.serving import served

__all__ = ["browser", "sit"]
pytestmark = MARKS
PAGES = (
    "/library",
    "/search",
    "/search?q=研究&since=x",
    "/glossary?q=研究",
    "/document/tebiki.md?start=3&end=60",
    "/document/none.md",
    "/talk/none.md",
)


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with served(MemoryDesk(documents()), Rules(visitor_asks=Rate(600, 100)), staff=MemoryStaff()) as address:
        yield address


def faults(seat: Seat, where: str) -> list[str]:
    """The serious faults of what is on the screen, each with the elements that have it."""
    found = Axe().run(seat.page).response["violations"]
    return [
        f"{where}: {fault['id']} {[node['html'][:120] for node in fault['nodes'][:3]]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(("locale", "scheme"), [("ja-JP", "light"), ("en-GB", "dark")])
def test_no_page_has_a_serious_fault(sit: Sit, base: str, locale: str, scheme: str) -> None:
    seat = sit(base, locale=locale, color_scheme=scheme)
    found = faults(seat, "welcome")
    seat.page.locator("#filters > button").click()
    seat.page.locator("#filter-kind input").first.wait_for()
    found += faults(seat, "filters")
    seat.page.locator("#filters > button").click()
    for question in (JAPANESE, ENGLISH):
        seat.ask(question)
    seat.page.locator("#rate-bad").click()
    seat.page.locator("#reason input").first.wait_for()
    found += faults(seat, "answer and rating")
    seat.ask(UNKNOWN)
    seat.page.locator("#ask-staff").click()
    seat.page.locator("#staff-form").wait_for()
    found += faults(seat, "refusal and staff form")
    for path in PAGES:
        seat.page.goto(base + path)
        found += faults(seat, path)
    assert found == []
