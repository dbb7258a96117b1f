"""The staff's page without a browser: every function asks who it is, and shows what the rules allow."""

import asyncio
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.accounts.roles import WHO, NotAllowed, Who
from bot.desk.approved import Answers
from bot.desk.matching import Matcher
from bot.desk.office import Office
from bot.quiet import quiet
from bot.store.opening import open_data
from tests.bot.desk.making import INVENTED, QUESTION, SATO, SUZUKI, in_review, office_of, sentences
from tests.conftest import Ticking
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.questions import load_questions


def request(name: str = "", role: Any = None, language: str = "ja") -> Any:
    """A request as Gradio hands it to a function."""
    return SimpleNamespace(request={WHO: Who(name, role)}, headers={"accept-language": language})


STAFF, OTHER = request("sato", "staff"), request("suzuki", "staff", "en")


@pytest.fixture
def page(tmp_path: Path, clock: Ticking, embedder: Embedder, glossary: Glossary) -> Any:
    """The page's handlers over a small office, and its Gradio blocks."""
    quiet(os.environ)
    office: Office = office_of(open_data("", tmp_path, clock))
    answers = Answers(office.data, office.writer, Matcher(embedder, glossary, load_questions))
    staff, opened = (import_module(f"bot.ui.staff.{name}") for name in ("handlers", "work"))
    library = import_module("bot.ui.staff.answers").AnswerHandlers(office, answers)

    async def build() -> Any:
        return import_module("bot.ui.staff.page").build_staff(office, answers)

    with ThreadPoolExecutor(
        1
    ) as aside:  # in a loop of its own: Gradio opens one where none runs, and leaves it open
        blocks = aside.submit(asyncio.run, build()).result()
    yield SimpleNamespace(
        office=office,
        answers=answers,
        do=staff.StaffHandlers(office, answers),
        library=library,
        papers=import_module("bot.ui.staff.documents").DocumentHandlers(office),
        work=opened.Work(),
        edit=opened.Edit(),
        blocks=blocks,
    )
    office.data.close()


def functions(blocks: Any) -> list[Any]:
    return [one for one in blocks.fns.values() if one.fn is not None]


@pytest.mark.parametrize("who", [request(), request("mori", "researcher"), request("kato", "evaluator")])
def test_every_function_of_the_page_refuses_whoever_is_not_staff(page: Any, who: Any) -> None:
    page.office.escalate(QUESTION)
    found = functions(page.blocks)
    assert len(found) >= 28
    for one in found:
        inputs = [component.value for component in one.inputs]
        with pytest.raises(NotAllowed):
            one.fn(*inputs, who)
        assert not one.api_name or one.api_visibility == "private"
    assert page.office.file(1).ticket.state == "new" and len(page.office.listed()) == 1


def test_the_page_takes_a_question_from_the_list_to_sent(page: Any) -> None:
    page.office.escalate(QUESTION)
    shown = page.do.load("all", False, "", 1, page.work, STAFF)
    assert shown["list"]["choices"][0][1] == 1 and "新規" in shown["list"]["choices"][0][0]
    opened = page.do.choose(1, STAFF)
    assert (
        "共同研究" in opened["ticket"]
        and opened["drafting"]["visible"]
        and not opened["do_approve"]["visible"]
    )
    drafted = page.do.draft(opened["work"], "", STAFF)
    assert "確認済み" in drafted["verdicts"] and "tebiki" in drafted["sources"]
    edited = page.do.check(
        drafted["work"], drafted["edit"], f"{sentences(page.office)[0]}\n{INVENTED}", STAFF
    )
    assert "根拠なし" in edited["verdicts"]
    saved = page.do.save(drafted["work"], edited["edit"], "\n".join(sentences(page.office)), STAFF)
    page.do.act("submit")(saved["work"], "", STAFF)
    refused = page.do.act("approve")(saved["work"], "", STAFF)
    assert "別の担当者" in refused["message"]
    again = page.do.choose(1, OTHER)
    assert "Approve" not in again["ticket"] and again["do_approve"]["visible"]
    returned = page.do.act("return")(again["work"], "Please cite the page.", OTHER)
    assert returned["work"].file.ticket.state == "returned" and "Please cite the page" in returned["history"]
    page.do.act("submit")(
        page.do.save(returned["work"], returned["edit"], "\n".join(sentences(page.office)), STAFF)["work"],
        "",
        STAFF,
    )
    approved = page.do.act("approve")(page.do.choose(1, OTHER)["work"], "", OTHER)
    assert approved["publishing"]["visible"] and "/desk/export/1.docx" in approved["exports"]
    published = page.library.publish(approved["work"], QUESTION, "2027-03-31", None, OTHER)
    assert "確認" in published["answers"] and page.answers.match(QUESTION)
    assert page.do.act("send")(approved["work"], "", OTHER)["work"].file.ticket.state == "sent"


def test_an_override_is_refused_to_the_drafter_and_taken_from_others(page: Any) -> None:
    number = in_review(page.office, INVENTED, SATO)
    mine, theirs = page.do.choose(number, STAFF), page.do.choose(number, OTHER)
    assert mine["overriding"]["visible"] and theirs["overriding"]["visible"] and "do_override" not in mine
    assert "認めることができません" in page.do.override(mine["work"], INVENTED, "理由", STAFF)["message"]
    done = page.do.override(theirs["work"], INVENTED, "Confirmed by the rules of the office", OTHER)
    assert done["do_approve"]["visible"]


def test_sources_are_found_added_and_dropped(page: Any) -> None:
    page.office.escalate(QUESTION)
    drafted = page.do.draft(page.do.choose(1, STAFF)["work"], "", STAFF)
    work, hits = drafted["work"], page.do.find("秘密保持契約", STAFF)["hits"]
    taken = page.do.take(work, drafted["edit"], hits, 0, "秘密保持契約について確認する。", STAFF)
    number = taken["edit"].letter.citations[-1].n
    assert "未使用" in taken["sources"]
    dropped = page.do.drop(work, taken["edit"], number, f"確認する。[{number}]", STAFF)
    assert f"[{number}]" not in dropped["text"]


def test_whatever_anybody_wrote_is_shown_as_text(page: Any) -> None:
    hostile = "質問 <img src=x onerror=alert(1)> ![x](https://evil.example/a) ${1}"
    page.office.escalate(hostile, contact=hostile, context=hostile)
    page.office.comment(1, SATO, hostile)
    shown = page.do.choose(1, STAFF)
    for part in (shown["ticket"], shown["history"]):
        assert "<img" not in part and "](" not in part and "${" not in part


def test_a_wrong_date_and_a_missing_ticket_are_told_in_the_visitors_language(page: Any) -> None:
    page.office.escalate(QUESTION)
    work = page.do.choose(1, STAFF)["work"]
    assert "日付は" in page.do.due(work, page.edit, "明日", STAFF)["message"]
    assert page.do.due(work, page.edit, "2026-05-01", STAFF)["due"] == "2026-05-01"
    assert "no question or answer" in page.do.choose(99, OTHER)["message"]


@pytest.mark.parametrize(
    ("written", "number"), [("12", 12), (" １２ ", 12), ("", 0), (None, 0), ("-1", 0), ("9" * 40, 2**31 - 1)]
)
def test_a_number_is_read_in_digits_of_any_width(written: str | None, number: int) -> None:
    assert import_module("bot.ui.staff.shared").whole(written) == number


def test_what_a_ticket_does_not_allow_is_not_offered(page: Any) -> None:
    opened = page.do.choose(in_review(page.office), STAFF)
    assert [opened[name]["visible"] for name in ("drafting", "save", "finding")] == [False] * 3
    page.do.act("return")(page.do.choose(1, OTHER)["work"], "理由", OTHER)
    again = page.do.choose(1, STAFF)
    assert [again[name]["visible"] for name in ("drafting", "save", "finding")] == [True] * 3


def test_what_is_being_edited_stays_while_one_comments_and_goes_when_another_saves(page: Any) -> None:
    page.office.escalate(QUESTION)
    work = page.do.draft(page.do.choose(1, STAFF)["work"], "", STAFF)["work"]
    edit = page.do.check(work, page.edit, f"{INVENTED}[1]", STAFF)["edit"]
    assert edit.letter.unsupported
    said = page.do.comment(work, edit, "電話で聞く", STAFF)
    assert "value" not in said["text"] and "verdicts" not in said and "電話で聞く" in said["history"]
    again = page.do.refresh("all", False, "", 1, said["work"], edit, STAFF)
    assert again["list"]["value"] == 1 and "value" not in again["text"]
    page.office.edit(1, SUZUKI, "\n".join(sentences(page.office)))
    late = page.do.refresh("all", False, "", 1, again["work"], edit, STAFF)
    assert late["text"]["value"].startswith("研究代表者は") and "根拠なし" not in late["verdicts"]


def test_of_two_who_edit_one_draft_neither_overwrites_the_other(page: Any) -> None:
    line = sentences(page.office)[0]
    number = page.office.escalate(QUESTION)
    page.office.draft(number, SATO)
    mine, theirs = (page.do.choose(number, who)["work"] for who in (STAFF, OTHER))
    page.do.save(theirs, page.edit, f"{line}\n{INVENTED}", OTHER)
    met = page.do.save(mine, page.edit, line, STAFF)
    assert "suzuki さんが先に第 2 版を保存しました" in met["message"] and INVENTED in met["message"]
    assert "value" not in met["text"] and page.office.file(number).ticket.version == 2
    assert "saved version 2 meanwhile" in page.do.save(mine, page.edit, line, OTHER)["message"]
    done = page.do.save(met["work"], met["edit"], line, STAFF)
    assert "保存しました" in done["message"] and page.office.file(number).ticket.version == 3


def test_documents_that_wait_are_listed_and_accepted_by_staff(page: Any) -> None:
    writer = page.office.writer
    writer.unaccepted = frozenset(one.source for one in writer.held)
    shown = page.papers.waiting(STAFF)
    choices = [value for _, value in shown["waiting"]["choices"]]
    assert len(choices) == len(writer.held) and all(one.source in shown["documents"] for one in writer.held)
    assert "選んでください" in page.papers.accept([], STAFF)["message"]
    assert "Accepted" in page.papers.accept(choices[:1], OTHER)["message"]
    writer.unaccepted = frozenset()
    assert "確認を待っている資料はありません" in page.papers.waiting(STAFF)["documents"]


def test_a_letter_says_today_which_of_its_sources_wait(page: Any) -> None:
    writer, number = page.office.writer, page.office.escalate(QUESTION)
    page.office.draft(number, SATO)
    letter = page.office.file(number).letter
    writer.unaccepted = frozenset(one.source for one in writer.held)
    assert "担当者の確認を受けていません" in "".join(page.office.as_now(letter).notes)
    assert "担当者の確認を受けていません" in page.do.choose(number, STAFF)["verdicts"]
    writer.unaccepted = frozenset()
    assert "確認を受けていません" not in "".join(page.office.as_now(page.office.as_now(letter)).notes)


def test_an_edit_of_another_ticket_or_version_is_nothing_to_this_one(page: Any) -> None:
    for _ in range(2):
        page.office.escalate(QUESTION)
    first = page.do.draft(page.do.choose(1, STAFF)["work"], "", STAFF)
    second = page.do.choose(2, STAFF)
    refused = page.do.save(second["work"], first["edit"], "確認する。[1]", STAFF)
    assert "はありません。先に追加" in refused["message"]
    saved = page.do.save(first["work"], first["edit"], f"{INVENTED}[1]", STAFF)
    shown = page.do.check(saved["work"], first["edit"], f"{INVENTED}[1]", STAFF)
    assert shown["edit"].mark == (1, 2) and shown["edit"].letter == saved["work"].letter


def test_earlier_questions_and_approved_answers_are_suggested_in_either_language(page: Any) -> None:
    for question in (QUESTION, "How do I hand in a travel report?"):
        page.office.escalate(question)
    page.office.escalate("What do we check before a joint research project begins?")
    shown = page.do.choose(3, OTHER)["similar"]
    assert QUESTION in shown and "travel report" not in shown and "joint research project begins" not in shown
    page.office.escalate("共同研究の開始前に確認する事項は何ですか。")
    assert "joint research project begins" in page.do.choose(4, STAFF)["similar"]


def test_the_questions_of_very_many_tickets_are_read_aside_once_somebody_looks_at_the_list(page: Any) -> None:
    for _ in range(51):
        page.office.escalate(QUESTION)
    page.do.load("all", False, "", 1, page.work, STAFF)
    page.do.load("all", False, "", 1, page.work, STAFF)
    aside = [one for one in threading.enumerate() if one.name == "desk-earlier"]
    assert len(aside) <= 1
    for one in aside:
        one.join()
    assert [one.number for one in page.do.earlier.similar(QUESTION, 51, 1)] != [51]
    assert len(page.do.earlier._followed()[0]) == 51


def test_submitting_takes_what_stands_in_the_field_and_what_a_running_save_has_kept(page: Any) -> None:
    text = f"{sentences(page.office)[0]}\n{INVENTED}[1]"
    opened = []
    for number in (1, 2, 3):
        page.office.escalate(QUESTION)
        opened.append(page.do.draft(page.do.choose(number, STAFF)["work"], "", STAFF))
    unsaved = page.do.submit(opened[0]["work"], opened[0]["edit"], text, "", STAFF)["work"].file
    assert (unsaved.ticket.state, unsaved.ticket.version) == (
        "in review",
        2,
    ) and INVENTED in unsaved.letter.statements[1].text
    page.do.save(opened[1]["work"], opened[1]["edit"], text, STAFF)
    beside = page.do.submit(opened[1]["work"], opened[1]["edit"], text, "", STAFF)["work"].file
    assert (beside.ticket.state, beside.ticket.version) == ("in review", 2)
    late = page.do.save(opened[1]["work"], opened[1]["edit"], text, STAFF)
    assert late["work"].file.ticket.version == 2
    page.office.edit(3, SUZUKI, sentences(page.office)[0])
    refused = page.do.submit(opened[2]["work"], opened[2]["edit"], text, "", STAFF)
    assert "開いた後に下書きが変わりました" in refused["message"]


def test_the_figures_are_bars_of_our_own_with_their_numbers(page: Any) -> None:
    shown, empty = (import_module("bot.ui.staff.figures").shown, import_module("bot.desk.figures").Figures)
    page.office.escalate(QUESTION)
    for _ in range(3):
        page.office.escalate("Who keeps the list?")
    counted = import_module("bot.desk.figures").figures(page.office.data)
    html = shown(counted, "ja")
    assert (
        "英語" in html
        and "新規" in html
        and "bar b20 en" in html
        and "bar b7 ja" in html
        and "<b>4</b>" in html
    )
    assert "Nothing to count yet" in shown(empty((), (), (), (), (), ()), "en")
