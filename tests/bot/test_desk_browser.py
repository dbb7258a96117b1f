"""The staff desk in a real browser: one question from the list to sent, by two people who check each other."""

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
from bot.store import answers
from bot.store.opening import open_data
from bot.ui.staff.room import staff_room
from tests.bot.desk.making import INVENTED, QUESTION, MemoryWriter, sentences
from tests.bot.pages import documents
from tests.bot.serving import served
from tests.bot.test_browser import browser, pytestmark
from tests.canaries import PASSWORDS
from tests.conftest import Ticking
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.questions import load_questions

__all__ = ["browser", "pytestmark"]
#: Milliseconds: a shared machine may be slow; what never comes fails all the same.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
PASSWORD = PASSWORDS[2]


@pytest.fixture
def desk(tmp_path: Path, embedder: Embedder, glossary: Glossary) -> Iterator[tuple[str, Office]]:
    """The address of a desk with two members of staff, and its office."""
    data = open_data("", tmp_path, Ticking())
    crew = people(data, Proxies(), True)
    for name in ("sato", "suzuki"):
        crew.accounts.add(name, "staff", PASSWORD)
    writer = MemoryWriter(documents())
    office = Office(data, writer)
    room = staff_room(
        office, Answers(data, writer, Matcher(embedder, glossary, load_questions)), "研究推進課"
    )
    with served(writer, people=crew, rooms=(room,), staff=office) as base:
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


def asked(browser: Browser, base: str) -> None:
    """A researcher asks in the chat, and then the staff."""
    page = browser.new_context(locale="ja-JP").new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(base, wait_until="commit")
    box = page.locator("#question textarea")
    box.fill(QUESTION)
    box.press("Enter")
    page.locator("#ask-staff").click()
    expect(page.locator("#staff-question textarea")).to_have_value(QUESTION)
    page.get_by_label("お名前").fill("山田 花子")
    page.get_by_label("メールアドレス").fill("yamada@example.ac.jp")
    page.locator("#send-staff").click()
    expect(page.locator("#now .became")).to_contain_text("受付番号 1")


def opened(page: Page) -> None:
    page.locator("#list label").first.click()
    expect(page.locator("#ticket h2")).to_be_visible()


def state(page: Page, words: str) -> None:
    expect(page.locator("#ticket .chip.issuer")).to_have_text(words)


def saved(page: Page, version: int) -> None:
    """Saves, and waits for it: what is submitted before is another version than the one that was read."""
    page.locator("#save").click()
    expect(page.locator("#ticket .chips")).to_contain_text(f"第 {version} 版")


def refreshed(page: Page, words: str) -> None:
    page.locator("#refresh").click()
    state(page, words)


def typed(page: Page, text: str) -> None:
    """Replaces the draft and leaves it unsaved, as somebody does who pastes or writes with an input method."""
    box = page.locator("#lines textarea")
    box.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def shelved(page: Page, office: Office) -> None:
    """What is taken out of a sent reply: packet and table, an approved answer used again, a similar question."""
    for name, start in (("Evidence packet", "{"), ("CSV", "\ufeff")):
        with page.expect_download() as got:
            page.get_by_role("link", name=name).click()
        assert Path(got.value.path()).read_text(encoding="utf-8").startswith(start), name
    page.locator("#publish").click()
    expect(page.locator("#message")).to_contain_text("Added as approved answer 1")
    with office.data.database.writing() as transaction:
        answers.change(transaction, 1, state="needs review")
    page.get_by_role("tab", name="Approved answers").click()
    expect(page.locator("#answers")).to_contain_text("Needs review")
    page.locator("#answer-number input").fill("1")
    page.locator("#renew").click()
    expect(page.locator("#answers")).to_contain_text("Shown as reviewed")
    office.escalate(QUESTION)
    page.get_by_role("tab", name="Questions").click()
    page.locator("#refresh").click()
    page.set_viewport_size({"width": 360, "height": 640})
    page.locator("#list label", has_text="New").click()
    expect(page.locator("#ticket h2")).to_have_text("Question 2")
    expect(page.locator("#ticket h2")).to_be_in_viewport()
    page.locator("#similar summary").click()
    expect(page.locator("#similar li").first).to_be_visible()


def test_a_question_goes_from_the_chat_to_sent_through_two_people(
    browser: Browser, desk: tuple[str, Office]
) -> None:
    base, office = desk
    good, wrong = sentences(office)[0], "研究代表者は、相手機関の資金源を 3 回確認する。[1]"
    asked(browser, base)
    sato = seated(browser, base, "sato", "ja-JP")
    opened(sato)
    expect(sato.locator("#ticket")).to_contain_text("yamada@example.ac.jp")
    sato.locator("#write").click()
    expect(sato.locator("#lines textarea")).to_have_value(re.compile("相手機関"))
    typed(sato, f"{good}\n{wrong}")
    expect(sato.locator("#verdicts .verdict.bad")).to_have_count(1)
    typed(sato, good)
    expect(sato.locator("#verdicts .verdict.bad")).to_have_count(0)
    typed(sato, f"{good}\n{INVENTED}[1]")
    saved(sato, 2)
    sato.locator("#submit").click()
    state(sato, "確認待ち")
    expect(sato.locator("#approve")).not_to_be_visible()
    suzuki = seated(browser, base, "suzuki", "en-GB")
    opened(suzuki)
    suzuki.locator("#reason textarea").fill("Please look at the second sentence.")
    suzuki.locator("#return").click()
    state(suzuki, "Returned")
    refreshed(sato, "差し戻し")
    expect(sato.locator("#history")).to_contain_text("Please look at the second sentence.")
    typed(sato, f"{good}\n{INVENTED}")
    saved(sato, 3)
    sato.locator("#submit").click()
    state(sato, "確認待ち")
    sato.locator("#reason textarea").fill("規程で決まっている。")
    sato.locator("#override").click()
    expect(sato.locator("#message")).to_contain_text("裏付けのない文を認めることができません")
    assert office.file(1).overrides == ()
    refreshed(suzuki, "In review")
    expect(suzuki.locator("#approve")).not_to_be_visible()
    suzuki.locator("#reason textarea").fill("Confirmed with the president's office.")
    suzuki.locator("#override").click()
    suzuki.locator("#approve").click()
    state(suzuki, "Approved")
    expect(suzuki.locator("#list label").first).to_contain_text("Approved")
    suzuki.locator("#send").click()
    state(suzuki, "Sent")
    with suzuki.expect_download() as got:
        suzuki.get_by_role("link", name="Word").click()
    shelved(suzuki, office)
    text = "\n".join(paragraph.text for paragraph in Document(got.value.path()).paragraphs)
    assert "相手機関の所在国" in text and INVENTED in text and "研究推進課" in text
    file = office.file(1)
    assert (file.ticket.state, file.ticket.approved_by, file.ticket.channel) == ("sent", "suzuki", "chat")
    assert file.ticket.contact == "山田 花子\nyamada@example.ac.jp"
    assert [one.by for one in file.overrides] == ["suzuki"]
