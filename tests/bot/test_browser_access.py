"""What axe-core finds: no serious and no critical fault on any page, in light and dark."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from bot.web.guard import Rules
from bot.web.rates import Rate
from evals.records import Record
from evals.runs import Runs
from tests.bot.desk.making import INVENTED, QUESTION, SATO, in_review, sentences
from tests.bot.full import full_house
from tests.bot.pages import MemoryDesk, MemoryStaff, documents
from tests.bot.rooms import PASSWORD
from tests.bot.seat import ENGLISH, JAPANESE, MARKS, UNKNOWN, Seat, Sit, browser, sit
from tests.bot.serving import served
from tests.evals.making import case, declined, reply
from tests.evals.test_ui import RECIPE
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary

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


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, glossary: Glossary) -> Iterator[str]:
    """A desk with tickets, documents that wait, and two runs."""
    folder = tmp_path_factory.mktemp("house")
    runs = Runs(folder / "runs")
    for name, said, values in (("run-1", reply(), (1.0, 0.0)), ("run-2", declined(), (0.0, 1.0))):
        runs.begin(name, RECIPE)
        runs.add(
            name, Record(case(), said, "ja→ja", dict(zip(("right", "over_refusal"), values, strict=True)))
        )
        runs.finish(name)
    with full_house(folder, embedder, glossary) as made:
        in_review(made.office, f"{sentences(made.office)[0]}\n{INVENTED}")
        made.office.draft(made.office.escalate(QUESTION, contact="山田 花子"), SATO)
        made.office.writer.unaccepted = frozenset(one.source for one in documents())
        yield made.base


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
    expect(seat.page.locator("#rating-form")).to_have_count(0)
    seat.page.locator("#ask-staff").click()
    seat.page.locator("#staff-form").wait_for()
    found += faults(seat, "refusal and staff form")
    for path in PAGES:
        seat.page.goto(base + path)
        found += faults(seat, path)
    assert found == []


@pytest.mark.parametrize(("locale", "scheme", "width"), [("ja-JP", "dark", 1280), ("en-GB", "light", 360)])
def test_no_tab_of_staff_and_evaluators_has_a_serious_fault(
    sit: Sit, house: str, locale: str, scheme: str, width: int
) -> None:
    seat = sit(house, "/login", locale=locale, width=width, color_scheme=scheme)
    page = seat.page
    found = faults(seat, "/login")
    page.fill("input[name=name]", "admin")
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.locator("#list label").first.click()
    expect(
        page.locator("#ticket h2")
    ).to_be_visible()  # opening a ticket empties what the one before left here
    page.locator("#finding > button").click()
    page.locator("#find-words textarea").fill(QUESTION)
    expect(page.locator("#find-words textarea")).to_have_value(QUESTION)
    page.locator("#find").click()
    page.locator("#found label").first.wait_for()
    found += faults(seat, "an open ticket")
    for tab, shown in enumerate(("#answers p", "#waiting label", "#figures table"), start=1):
        page.get_by_role("tab").nth(tab).click()
        page.locator(shown).first.wait_for()
        found += faults(seat, f"/desk, tab {tab}")
    page.goto(f"{house}/evals")
    page.locator("#figures .tile").first.wait_for()
    found += faults(seat, "/evals")
    for tab, shown in enumerate(("#shown .pair", "#compared table", "#history table", "#changes"), start=1):
        page.get_by_role("tab").nth(tab).click()
        page.locator(shown).first.wait_for()
        found += faults(seat, f"/evals, tab {tab}")
    assert found == []
