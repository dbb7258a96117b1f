"""A small office for the tests of the staff desk: real database, real checker, documents of our own."""

from collections.abc import Sequence

from bot.desk.office import Office
from bot.desk.rules import Actor
from bot.store.opening import Data
from bot.types import Answer, Citation, Draft, Statement
from bot.verify import verify
from ingest.types import Language
from tests.bot.pages import MemoryDesk, documents, refused, written
from vectorstore.types import Query

SATO, SUZUKI, TANAKA = (Actor(name, "staff") for name in ("sato", "suzuki", "tanaka"))
QUESTION = "共同研究を始める前に何を確認しますか。"
#: A sentence that the Japanese document does not bear out.
INVENTED = "成果の報告書は毎月末に学長に提出する。"


class MemoryWriter(MemoryDesk):
    """The small desk, with drafts and the real checker."""

    def draft(self, question: str, remarks: str = "") -> Answer:
        hits = self.search(Query(question, 3))
        return written(question, hits) if hits and hits[0].score > 0.3 else refused(question, hits)

    def check(
        self, drafts: Sequence[Draft], language: Language
    ) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
        return verify(drafts, language)


def office_of(data: Data) -> Office:
    """An office over the two small documents."""
    return Office(data, MemoryWriter(documents()))


def sentences(office: Office) -> tuple[str, ...]:
    """Two sentences of the Japanese document, which are supported when they cite the draft's first source."""
    return ("研究代表者は、共同研究を始める前に、相手機関の所在国、設置者及び資金源を確認する。[1]",)


def in_review(office: Office, text: str = "", by: Actor = SATO) -> int:
    """A ticket whose draft, with `text` as its lines, waits for a review."""
    number = office.escalate(QUESTION)
    office.draft(number, by)
    office.edit(number, by, text or "\n".join(sentences(office)))
    office.act(number, by, "submit")
    return number
