"""Tickets on both databases: every action in one transaction with its record, and no way around a second person."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.desk.file import OfficeError
from bot.desk.letter import LetterError
from bot.desk.office import Office
from bot.desk.rules import ACTIONS, Actor, NotPermitted
from bot.store import audit
from bot.store.opening import Data, open_data
from bot.store.tickets import NoTicket
from tests.bot.desk.making import INVENTED, QUESTION, SATO, SUZUKI, TANAKA, in_review, office_of, sentences
from tests.conftest import Ticking

ACTED = ("submit", "return", "approve", "send", "withdraw", "reopen")


@pytest.fixture
def office(data: Data) -> Office:
    return office_of(data)


def actions(office: Office, number: int) -> list[str]:
    with office.data.database.reading() as transaction:
        return [one.action for one in audit.records(transaction, f"ticket:{number}")]


def test_a_question_goes_from_the_chat_to_sent(office: Office) -> None:
    number = office.escalate("至急：" + QUESTION, contact="yamada@example.ac.jp")
    assert office.file(number).ticket.care == ("deadline",)
    drafted = office.draft(number, SATO)
    assert drafted.letter and drafted.letter.citations and drafted.ticket.state == "drafted"
    office.edit(number, SATO, "\n".join(sentences(office)))
    office.act(number, SATO, "submit")
    office.act(number, SUZUKI, "return", "出典の頁も書いてください")
    office.edit(number, SATO, "\n".join(sentences(office)))
    office.act(number, SATO, "submit")
    with pytest.raises(NotPermitted, match="wrote the draft"):
        office.act(number, SATO, "approve")
    assert office.act(number, SUZUKI, "approve").ticket.approved_by == "suzuki"
    sent = office.act(number, SATO, "send").ticket
    assert sent.state == "sent" and sent.sent
    acts = "new draft draft submit return draft submit approve send".split()
    assert actions(office, number) == [f"ticket.{act}" for act in acts]


def test_an_unsupported_sentence_blocks_until_another_person_accepts_it(office: Office) -> None:
    number = in_review(office, "\n".join((*sentences(office), INVENTED + "[1]")))
    assert office.file(number).open_sentences == (INVENTED,)
    with pytest.raises(NotPermitted, match="not supported"):
        office.act(number, SUZUKI, "approve")
    with pytest.raises(NotPermitted, match="may not accept"):
        office.override(number, SATO, INVENTED, "大丈夫です")
    with pytest.raises(NotPermitted, match="reason"):
        office.override(number, SUZUKI, INVENTED, " ")
    office.override(number, SUZUKI, INVENTED, "学内規程の第4条で確認した")
    assert office.act(number, SUZUKI, "approve").ticket.state == "approved"


def test_an_override_is_of_one_version(office: Office) -> None:
    number = in_review(office, INVENTED + "[1]")
    office.override(number, SUZUKI, INVENTED, "規程で確認した")
    office.act(number, SUZUKI, "return", "語尾を直してください")
    office.edit(number, SATO, INVENTED + "[1]")
    assert office.act(number, SATO, "submit").open_sentences == (INVENTED,)


def test_whoever_edited_in_this_round_does_not_approve(office: Office) -> None:
    number = in_review(office)
    office.act(number, SUZUKI, "return", "短くしてください")
    office.edit(number, SUZUKI, "\n".join(sentences(office)))
    office.act(number, SUZUKI, "submit")
    for writer in (SATO, SUZUKI):
        with pytest.raises(NotPermitted):
            office.act(number, writer, "approve")
    assert office.act(number, TANAKA, "approve").ticket.state == "approved"


def test_what_is_approved_is_what_was_read(office: Office) -> None:
    number = in_review(office)
    with pytest.raises(OfficeError, match="changed since"):
        office.act(number, SUZUKI, "approve", seen=1)
    assert office.act(number, SUZUKI, "approve", seen=2).ticket.state == "approved"


def test_marks_name_sources_of_the_letter(office: Office) -> None:
    number = office.escalate(QUESTION)
    office.draft(number, SATO)
    with pytest.raises(LetterError, match=r"\[7\]"):
        office.edit(number, SATO, "確認する。[7]")
    changed = office.edit(number, SATO, "\n".join((*sentences(office), INVENTED)))
    kept, gone, new = (tuple(line for m, line in changed.changes() if m == mark) for mark in " -+")
    assert len(kept) == len(gone) == 1 and new == (INVENTED,)


@pytest.mark.parametrize("text", ["", "  ", "？？", "あ" * 4001])
def test_what_is_no_question_is_refused_in_both_languages(office: Office, text: str) -> None:
    with pytest.raises(OfficeError) as refused:
        office.escalate(text)
    assert refused.value.said("ja") != refused.value.said("en")
    assert office.listed() == ()
    with pytest.raises(NoTicket):
        office.file(1)


def test_the_log_says_nothing_of_the_texts(office: Office) -> None:
    number = in_review(office)
    office.comment(number, SUZUKI, "田中さんに電話した")
    office.assign(number, SUZUKI, "tanaka")
    with office.data.database.reading() as transaction:
        details = "".join(json.loads(one.detail).__repr__() for one in audit.records(transaction))
    assert not any(word in details for word in ("共同研究", "電話", "相手機関"))
    assert "tanaka" in details


def test_eight_writers_at_once_lose_and_double_nothing(office: Office) -> None:
    def work(writer: int) -> list[int]:
        mine = [office.escalate(f"{QUESTION}（{writer}-{turn}）") for turn in range(6)]
        for number in mine:
            office.comment(number, SATO, f"{writer}")
            office.comment(mine[0], SUZUKI, f"from {writer}")
        return mine

    with ThreadPoolExecutor(8) as writers:
        numbers = [number for mine in writers.map(work, range(8)) for number in mine]
    assert sorted(numbers) == list(range(1, 49))
    found = office.listed(most=100)
    assert len({ticket.question for ticket in found}) == 48
    assert sum(len(office.file(number).comments) for number in numbers) == 96
    with office.data.database.reading() as transaction:
        log = list(audit.records(transaction))
    assert [one.number for one in log] == list(range(1, 48 * 3 + 1))
    assert all(one.previous == before.digest for before, one in zip(log, log[1:], strict=False))


def test_of_two_who_approve_and_return_at_once_one_wins(office: Office) -> None:
    for _ in range(4):
        number = in_review(office)

        def act(who: Actor, number: int = number) -> bool:
            action = "approve" if who == SUZUKI else "return"
            try:
                office.act(number, who, action, "理由")  # type: ignore[arg-type]
            except NotPermitted:
                return False
            return True

        with ThreadPoolExecutor(2) as both:
            assert sorted(both.map(act, (SUZUKI, TANAKA))) == [False, True]


class Desk(RuleBasedStateMachine):
    """Three members of staff do whatever they like with one ticket."""

    office: Office

    @initialize()
    def begin(self) -> None:
        self.number = self.office.escalate(QUESTION)
        self.wrote: set[str] = set()
        self.approver = ""

    @rule(who=st.sampled_from([SATO, SUZUKI, TANAKA]), invented=st.booleans())
    def write(self, who: Actor, invented: bool) -> None:
        try:
            if not self.office.file(self.number).versions:
                self.office.draft(self.number, who)
            lines = sentences(self.office) + ((INVENTED,) if invented else ())
            self.office.edit(self.number, who, "\n".join(lines))
            self.wrote.add(who.name)
        except NotPermitted:
            pass

    @rule(
        who=st.sampled_from([SATO, SUZUKI, TANAKA, Actor("mori", "researcher")]),
        action=st.sampled_from(ACTED),
        reason=st.sampled_from(["", "理由"]),
    )
    def act(self, who: Actor, action: str, reason: str) -> None:
        before = self.office.file(self.number)
        try:
            self.office.act(self.number, who, action, reason)  # type: ignore[arg-type]
        except NotPermitted:
            return
        if action == "approve":
            self.approver = who.name
            assert who.name not in self.wrote and not before.open_sentences
        if action == "reopen":
            self.wrote, self.approver = set(), ""

    @rule(who=st.sampled_from([SATO, SUZUKI, TANAKA]))
    def accept(self, who: Actor) -> None:
        try:
            self.office.override(self.number, who, INVENTED, "規程で確認した")
            assert who.name not in self.wrote
        except (NotPermitted, OfficeError):
            pass

    @invariant()
    def sent_only_after_another_person_approved(self) -> None:
        if not hasattr(self, "number"):
            return
        ticket = self.office.file(self.number).ticket
        if ticket.state in ("approved", "sent"):
            assert ticket.approved_by and ticket.approved_by == self.approver
            assert self.approver not in self.wrote and self.wrote


def test_no_path_leads_to_sent_without_another_persons_approval(tmp_path: Path) -> None:
    data = open_data("", tmp_path, Ticking())
    Desk.office = office_of(data)
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Desk,
        settings=settings(max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=slow),
    )
    data.close()
    assert set(ACTED) <= set(ACTIONS)
