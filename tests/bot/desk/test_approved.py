"""The library of approved answers: exactly what a change of the documents touches needs a review."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.ask import Bot
from bot.desk.approved import Answers
from bot.desk.decision import THRESHOLD
from bot.desk.file import OfficeError
from bot.desk.letter import Letter
from bot.desk.matching import Matcher
from bot.desk.office import Office
from bot.desk.reviewed import ReviewedDesk, as_answer
from bot.desk.rules import Actor, NotPermitted
from bot.desk.stale import Reason, told, written
from bot.store import audit
from bot.store.opening import Data
from bot.types import Draft, Quote, Statement
from ingest.catalogue import load_catalogue
from ingest.language import language_of
from ingest.language import sentences as spans
from tests.bot.desk.making import SATO, SUZUKI
from tests.conftest import Desk, Ticking, make_desk
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.questions import load_questions
from vectorstore.search import load_blend, make_search
from vectorstore.types import Query

ANSWERS = 50
SECTIONS = "施設 装置 試料 図書 通信 旅費 会議 見学 実習 契約".split()


def rules_of(section: str) -> str:
    """A section of five sentences, each with its own figure, so that no two are alike."""
    at = SECTIONS.index(section)
    lines = (
        f"{section}の利用者は{at * 10 + n + 2}日前までに{section}管理室の第{n}係へ申し込む。"
        for n in range(1, 6)
    )
    return f"## {section}の利用\n" + "".join(lines) + "\n"


@pytest.fixture
def library(tmp_path: Path, embedder: Embedder, glossary: Glossary) -> Desk:
    """A real library with a document of fifty sentences, ingested."""
    desk = make_desk(tmp_path, embedder, glossary)
    (desk.folder / "rules.md").write_text(
        "# 学内施設等利用規程\n\n" + "\n".join(map(rules_of, SECTIONS)), "utf-8"
    )
    desk.sync()
    return desk


@pytest.fixture
def bot(library: Desk, embedder: Embedder, glossary: Glossary) -> Iterator[Bot]:
    """The real answering path over it, which looks for a new edition at every call."""
    opened = library.open()
    blend = load_blend()
    yield Bot(opened, lambda edition: make_search(edition, embedder, glossary, blend), embedder, glossary)
    opened.close()


@pytest.fixture
def office(data: Data, bot: Bot) -> Office:
    return Office(data, bot)


@pytest.fixture
def approved(data: Data, bot: Bot, embedder: Embedder, glossary: Glossary) -> Answers:
    return Answers(data, bot, Matcher(embedder, glossary, load_questions))


def quoted(bot: Bot, sentence: str) -> Quote:
    """The sentence as a quote of the passage that it stands in."""
    hit = next(h for h in bot.search(Query(sentence, 20)) if sentence in h.passage.text)
    start = hit.passage.text.index(sentence)
    return Quote(hit.passage, hit.record, start, start + len(sentence))


def publish(office: Office, approved: Answers, sentence: str, question: str, **more: object) -> int:
    """An approved answer that says one sentence of a document."""
    bot = office.writer
    number = office.escalate(question)
    quote = quoted(bot, sentence)  # type: ignore[arg-type]
    language = language_of(sentence)
    statements, citations = bot.check([Draft(sentence, (quote,))], language)
    office.edit(number, SATO, f"{sentence}[1]", Letter(language, statements, citations))
    office.act(number, SATO, "submit")
    office.act(number, SUZUKI, "approve")
    return approved.publish(office.file(number), SATO, (question,), **more)  # type: ignore[arg-type]


def all_sentences() -> list[str]:
    return [
        text[a:b]
        for section in SECTIONS
        for text in (rules_of(section).split("\n")[1],)
        for a, b in spans(text)
    ]


def test_of_fifty_answers_exactly_those_that_cite_a_changed_sentence_need_a_review(
    office: Office, approved: Answers, library: Desk, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.library.POLL_SECONDS", -1.0)
    texts = all_sentences()
    assert len(texts) == ANSWERS
    by_sentence = {
        text: publish(office, approved, text, f"{text[:2]}の利用について {n}") for n, text in enumerate(texts)
    }
    assert {one.state for one in approved.every()} == {"reviewed"}
    path = library.folder / "rules.md"
    changed = texts[17]
    path.write_text(path.read_text("utf-8").replace(changed, changed.replace("日前", "週間前")), "utf-8")
    library.sync()
    stale = [one for one in approved.every() if one.state != "reviewed"]
    assert [one.number for one in stale] == [by_sentence[changed]]
    assert stale[0].state == "needs review"
    assert told(stale[0].why, "ja") == "「rules.md」の引用した文言が変わりました。"
    assert told(stale[0].why, "en") == "the cited words of rules.md have changed."
    shown = approved.similar(stale[0].variants[0].text, ANSWERS)
    assert len(shown) == ANSWERS - 1 and stale[0].number not in {one.number for one in shown}


def test_a_newer_document_asks_for_a_review_after_which_the_answer_stands_again_and_a_removed_one_ends_it(
    office: Office, approved: Answers, library: Desk, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.library.POLL_SECONDS", -1.0)
    policy = publish(
        office,
        approved,
        "個人情報を含む研究データは持ち出してはならない。",
        "個人情報を含む研究データは持ち出せますか。",
    )
    rules = publish(office, approved, all_sentences()[0], "施設はいつまでに申し込みますか。")
    catalogue = library.folder / "sources.toml"
    newer = (
        catalogue.read_text("utf-8")
        .replace("data-policy", "data-policy-2")
        .replace("policy.md", "policy2.md")
    )
    catalogue.write_text(catalogue.read_text("utf-8") + newer.replace("2023-04-01", "2025-04-01"), "utf-8")
    (library.folder / "policy2.md").write_text(
        "# 研究データ取扱指針 改正\n\n承認の有効期間は60日である。持ち出しは記録する。\n", "utf-8"
    )
    again = replace(library.writer, catalogue=load_catalogue([catalogue]))
    replace(library, writer=again).sync()
    states = {one.number: (one.state, one.why) for one in approved.every()}
    assert states[policy][0] == "needs review" and "data-policy-2" in states[policy][1]
    assert states[rules][0] == "reviewed"
    for who, why in ((SATO, "two persons"), (Actor("mori", "researcher"), "role")):
        with pytest.raises(NotPermitted) as refused:
            approved.renew(policy, who)
        assert refused.value.why == why
    approved.renew(policy, SUZUKI)
    back = {one.number: one for one in approved.every()}[policy]
    assert (back.state, back.why, back.approved_by) == ("reviewed", "", "suzuki")
    with office.data.database.reading() as transaction:
        logged = [one.action for one in audit.records(transaction, f"answer:{policy}")]
    assert logged == ["answer.published", "answer.needs-review", "answer.renewed"]
    (library.folder / "rules.md").unlink()
    replace(library, writer=again).sync()
    assert {one.number: one.state for one in approved.every()}[rules] == "needs review"
    with pytest.raises(OfficeError, match="no longer in the library"):
        approved.renew(rules, SUZUKI)
    with pytest.raises(NotPermitted):
        approved.renew(policy, SUZUKI)


def test_what_is_shown_as_reviewed_is_approved_live_and_not_expired(
    office: Office, approved: Answers, clock: Ticking
) -> None:
    question = "個人情報を含む研究データは持ち出せますか。"
    sentence = "個人情報を含む研究データは持ち出してはならない。"
    number = publish(office, approved, sentence, question, expires=clock() + timedelta(days=30))
    found = approved.match("個人情報を含む研究データは持ち出せますか")
    assert found and found.number == number and found.letter.statements[0].text == sentence
    assert approved.match("客員研究員の滞在は何日までですか。") is None
    clock.now += timedelta(days=31)
    assert approved.match(question) is None


def test_only_an_approved_ticket_gives_an_answer_and_a_new_one_retires_the_old(
    office: Office, approved: Answers
) -> None:
    ticket = office.escalate("個人情報は持ち出せますか。")
    office.draft(ticket, SATO)
    with pytest.raises(NotPermitted):
        approved.publish(office.file(ticket), SATO, ("個人情報は持ち出せますか。",))
    first = publish(
        office, approved, "個人情報を含む研究データは持ち出してはならない。", "個人情報は持ち出せますか。"
    )
    source = next(one.ticket for one in approved.every() if one.number == first)
    assert source
    with pytest.raises(NotPermitted):
        approved.publish(office.file(source), Actor("mori", "researcher"), ("質問",))
    second = approved.publish(office.file(source), SUZUKI, ("個人情報は持ち出せますか。",))
    assert {one.number: one.state for one in approved.every()} == {first: "retired", second: "reviewed"}


def test_the_chat_shows_a_matching_approved_answer_first_and_says_so(
    office: Office, approved: Answers, bot: Bot
) -> None:
    sentence = all_sentences()[7]
    question = "装置の利用は何日前までにどこへ申し込めばよいですか"
    publish(office, approved, sentence, question)
    desk = ReviewedDesk(bot, approved)
    shown = [step.answer for step in desk.steps(question) if step.answer]
    assert [s.text for s in shown[-1].statements] == [sentence]
    first, _, second = shown[-1].notes[0].partition("\n")
    assert "担当者が確認した回答" in first and second.endswith("によれば、")
    assert not any(note.endswith("によれば、") for note in shown[-1].notes[1:])
    assert bot.verify(desk.packet(shown[-1])).status not in ("changed", "altered")
    other = [step.answer for step in desk.steps("客員研究員にもこの指針は適用されますか") if step.answer]
    assert "担当者が確認した回答" not in other[-1].text


def test_an_approved_answer_with_a_sentence_that_was_let_pass_is_not_shown_in_the_chat(
    office: Office, approved: Answers, bot: Bot
) -> None:
    question, sentence = "装置の利用は何日前までにどこへ申し込めばよいですか", all_sentences()[7]
    publish(office, approved, sentence, question)
    found = approved.match(question)
    assert found is not None
    statements = (*found.letter.statements, Statement("学長の許可が要る。", (), "unsupported"))
    passed = replace(found, letter=replace(found.letter, statements=statements))
    assert as_answer(found, question, "e") is not None
    assert as_answer(passed, question, "e") is None


def test_two_answers_that_say_the_same_are_shown_in_the_language_of_the_question(
    office: Office, approved: Answers
) -> None:
    first = publish(
        office, approved, "承認の有効期間は90日である。", "持ち出しの承認はどれだけの期間有効ですか。"
    )
    question = "May a partnership agreement be renewed?"
    sentence = "An agreement may be renewed once for up to five years."
    second = publish(office, approved, sentence, question, twin=first)
    pairs = {one.number: one.pair for one in approved.every()}
    assert pairs[first] == pairs[second] == first
    found = approved.match("持ち出しの承認はどれだけの期間有効ですか")
    assert found and found.number == first
    (near,) = approved.similar("協定は更新できますか。", 1)
    assert near.letter.language == "ja"  # the twin of the English answer that matches
    approved.pair(second, 0, SUZUKI)
    assert {one.pair for one in approved.every()} == {None}
    with pytest.raises(OfficeError, match="one in Japanese and one in English"):
        approved.pair(first, first, SUZUKI)


def test_an_approved_reply_has_a_packet_that_the_library_bears_out(
    office: Office, approved: Answers, bot: Bot
) -> None:
    publish(office, approved, all_sentences()[3], "施設の利用はいつまでに申し込みますか。")
    assert bot.verify(office.packet(office.file(1))).status not in ("changed", "altered")
    office.act(1, SUZUKI, "reopen", "資料が変わった")
    with pytest.raises(NotPermitted):
        office.packet(office.file(1))


def test_another_figure_is_another_question(embedder: Embedder, glossary: Glossary) -> None:
    matcher, way = (
        Matcher(embedder, glossary, load_questions),
        "滞在が30日以内の研究員は届出だけでよいですか。",
    )
    same, other = (matcher.score(asked, [way]) for asked in (way, way.replace("30", "90")))
    assert same >= THRESHOLD and other == 0.0


@pytest.mark.parametrize(
    ("reason", "ja", "en"),
    [
        (
            Reason("gone", "指針.md"),
            "「指針.md」が資料から外れました。",
            "指針.md is no longer in the library.",
        ),
        (
            Reason("standing", "指針.md", "under discussion"),
            "「指針.md」の位置付けが「検討中」になりました。",
            "指針.md now stands as Under discussion.",
        ),
        (
            Reason("newer", "旧指針", "新指針", "2025-04-01"),
            "同じ発行元から、「旧指針」より新しい「新指針」（2025-04-01）が出ています。",
            "新指針 of 2025-04-01, by the same issuer, is newer than 旧指針.",
        ),
    ],
)
def test_a_reason_is_told_in_the_readers_language(reason: Reason, ja: str, en: str) -> None:
    assert (told(written((reason,)), "ja"), told(written((reason,)), "en")) == (ja, en)
    assert told("a sentence of an older desk", "ja") == "a sentence of an older desk"
