"""Documents that the staff has yet to accept are marked wherever they are cited, and a changed version is such a one."""

from dataclasses import replace

import pytest

from bot.acceptance import everything, marked, waiting
from bot.ask import Bot
from bot.desk.accepting import accept, accepted
from bot.shapes import answer_shape
from bot.store.opening import Data
from bot.types import Answer
from tests.bot.pages import MemoryDesk, documents, refused, written
from tests.conftest import POLICY, Desk
from vectorstore.search import load_blend, make_search
from vectorstore.types import Query

QUESTION = "共同研究を始める前に、相手機関の何を確認しますか。"
ENGLISH = "What does the host ask the visiting researcher for before arrival?"
BOTH = ("tebiki.md", "hosting/guide.md")


def answer(question: str, *sources: str) -> Answer:
    """An answer that cites these documents in this order."""
    hits = MemoryDesk(documents()).search(Query(question, 20))
    return written(question, tuple(next(h for h in hits if h.passage.source == one) for one in sources))


@pytest.mark.parametrize(
    ("question", "unaccepted", "note"),
    [
        (QUESTION, BOTH, "ここに引用した文書は、まだ担当者の確認を受けていません。"),
        (QUESTION, BOTH[:1], "[1]の文書は、まだ担当者の確認を受けていません。"),
        (ENGLISH, BOTH, "What is quoted here has not yet been checked by the desk's staff."),
        (ENGLISH, BOTH[1:], "What is quoted in [2] has not yet been checked by the desk's staff."),
        (QUESTION, ("other.md",), ""),
        (QUESTION, (), ""),
    ],
)
def test_the_note_names_what_rests_on_documents_that_wait(
    question: str, unaccepted: tuple[str, ...], note: str
) -> None:
    plain = answer(question, *BOTH)
    said = marked(plain, unaccepted)
    assert said.notes == (plain.notes[0], *([note] if note else []), *plain.notes[1:])
    assert set(said.unaccepted) == set(unaccepted) & set(BOTH)
    assert [one["unaccepted"] for one in answer_shape(said)["citations"]] == [s in unaccepted for s in BOTH]
    assert marked(said, unaccepted) == said  # a second look adds nothing
    assert marked(said, ()) == plain  # and one after the acceptance takes the mark away


def test_a_refusal_marks_what_there_is_to_read_and_says_nothing_of_citations() -> None:
    plain = refused(QUESTION, MemoryDesk(documents()).search(Query(QUESTION, 3)))
    said = marked(plain, BOTH)
    assert said.unaccepted and replace(said, unaccepted=()) == plain


def test_a_version_is_accepted_for_itself_alone() -> None:
    live = (("a.md", "2"), ("b.md", "1"))
    assert waiting(live, everything) == frozenset()
    assert waiting(live, lambda _: frozenset({("a.md", "1"), ("b.md", "1")})) == {"a.md"}


def test_a_new_or_changed_document_is_marked_until_the_staff_accepts_it(desk: Desk, data: Data) -> None:
    question = "研究データを学外に持ち出すには誰の承認が必要ですか。"
    blend, embedder, glossary = load_blend(), desk.writer.embedder, desk.writer.glossary

    def asked() -> tuple[frozenset[str], Answer, tuple[tuple[str, str], ...]]:
        """What waits on the live library, its answer, and its documents."""
        library = desk.open()
        bot = Bot(
            library,
            lambda edition: make_search(edition, embedder, glossary, blend),
            embedder,
            glossary,
            accepted=lambda documents: accepted(data, documents),
        )
        found = bot.waiting(), bot.ask(question), library.edition().shelf.versions
        library.close()
        return found

    assert not desk.sync().failed
    wait, said, live = asked()
    assert wait == {"policy.md", "note.md"}  # what is live when the setting comes is not accepted silently
    assert said.unaccepted == ("policy.md",) and "担当者の確認を受けていません" in said.text
    accept(data, live, "sato")
    wait, said, _ = asked()
    assert not wait and not said.unaccepted and "担当者の確認" not in said.text
    (desk.folder / "policy.md").write_text(POLICY.replace("情報管理室", "研究推進課"), "utf-8")
    assert not desk.sync().failed
    wait, said, _ = asked()
    assert wait == {"policy.md"} and said.unaccepted == ("policy.md",) and "研究推進課" in said.text
