"""The staff desk in a real browser: one question from the list to sent, by two people who check each other."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from bot.accounts.people import people
from bot.accounts.proxy import Proxies
from bot.desk.approved import Answers
from bot.desk.matching import Matcher
from bot.desk.office import Office
from bot.store.opening import open_data
from bot.ui.staff.room import staff_room
from tests.bot.desk.making import INVENTED, QUESTION, MemoryWriter, sentences
from tests.bot.pages import documents
from tests.bot.serving import served
from tests.bot.test_browser import browser, pytestmark
from tests.conftest import Ticking
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary

__all__ = ["browser", "pytestmark"]
#: Milliseconds: a shared machine may be slow; what never comes fails all the same.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
PASSWORD = "correct horse battery staple"


@pytest.fixture
def desk(tmp_path: Path, embedder: Embedder, glossary: Glossary) -> Iterator[tuple[str, Office]]:
    """The address of a desk with two members of staff, and its office."""
    data = open_data("", tmp_path, Ticking())
    crew = people(data, Proxies(), True)
    for name in ("sato", "suzuki"):
        crew.accounts.add(name, "staff", PASSWORD)
    writer = MemoryWriter(documents())
    office = Office(data, writer)
    room = staff_room(office, Answers(data, writer, Matcher(embedder, glossary)), "研究推進課")
    with served(writer, people=crew, rooms=(room,)) as base:
        yield base, office
    data.close()


def seated(browser: Browser, base: str, name: str, language: str) -> Page:
    """The staff's page as somebody sees it after the login."""
    page = browser.new_context(locale=language, viewport={"width": 1280, "height": 1600}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{base}/desk", wait_until="commit")
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    expect(page.locator("#list label").first).to_be_visible()
    return page


def chosen(page: Page) -> None:
    page.locator("#refresh").click()
    page.locator("#list label").first.click()
    expect(page.locator("#ticket h2")).to_be_visible()


def test_a_question_goes_to_sent_through_two_people(browser: Browser, desk: tuple[str, Office]) -> None:
    base, office = desk
    number = office.escalate(QUESTION, contact="yamada@example.ac.jp")
    sato = seated(browser, base, "sato", "ja-JP")
    chosen(sato)
    sato.locator("#write").click()
    expect(sato.locator("#verdicts .verdict.good").first).to_be_visible()
    expect(sato.locator("#lines textarea")).to_have_value(re.compile("相手機関"))
    sato.locator("#lines textarea").fill(f"{sentences(office)[0]}\n{INVENTED}[1]")
    sato.locator("#save").click()
    expect(sato.locator("#verdicts .verdict.bad")).to_be_visible()
    sato.locator("#submit").click()
    expect(sato.locator("#ticket .chip.issuer")).to_have_text("確認待ち")
    expect(sato.locator("#approve")).not_to_be_visible()
    expect(sato.locator("#override")).not_to_be_visible()
    suzuki = seated(browser, base, "suzuki", "en-GB")
    chosen(suzuki)
    suzuki.locator("#reason textarea").fill("The second sentence has no source.")
    suzuki.locator("#return").click()
    expect(suzuki.locator("#ticket .chip.issuer")).to_have_text("Returned")
    chosen(sato)
    expect(sato.locator("#history")).to_contain_text("The second sentence has no source.")
    sato.locator("#lines textarea").fill(sentences(office)[0])
    sato.locator("#save").click()
    expect(sato.locator("#verdicts .verdict.bad")).not_to_be_visible()
    sato.locator("#submit").click()
    expect(sato.locator("#ticket .chip.issuer")).to_have_text("確認待ち")
    chosen(suzuki)
    suzuki.locator("#approve").click()
    expect(suzuki.locator("#ticket .chip.issuer")).to_have_text("Approved")
    suzuki.locator("#send").click()
    expect(suzuki.locator("#ticket .chip.issuer")).to_have_text("Sent")
    file = suzuki.context.request.get(f"{base}/desk/export/{number}.docx")
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(file.body())).paragraphs)
    assert file.status == 200 and "相手機関の所在国" in text and "研究推進課" in text
    ticket = office.file(number).ticket
    assert (ticket.state, ticket.approved_by) == ("sent", "suzuki")
