"""Passages made by hand for the tests of writing, and models: a function, and the real client of a server."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.model.llm import Deadlines, LanguageModel, load_chat
from bot.types import Chat
from ingest.types import Language, Passage, Record
from tests.speaking import SECRET, Hostile
from vectorstore.types import Hit

#: For servers that never come to an end; and for those that do, however busy the machine is.
QUICK = Deadlines(first=0.6, gap=0.4, total=1.5, waits=(0.02, 0.05))
PATIENT = Deadlines(first=20, gap=20, total=40, waits=(0.02, 0.05))
#: Modes of a hostile server that go on until the client leaves.
LASTING = {"hang", "stall", "drip", "silent-drip", "endless", "endless-line"}
#: A worker is free this long after its deadline at the latest, in seconds: far more than it takes, so that a busy machine
#: fails no test, and far less than a hostile server would keep it.
FREED = 15.0

POLICY = (
    "研究データを学外に持ち出す者は、事前に情報管理室の承認を得なければならない。"
    "承認の有効期間は90日である。\n"
    "個人情報を含む研究データは持ち出してはならない。"
)
NOTE = (
    "The international office should check the partner's ownership and funding "
    "before an agreement is signed.\n"
    "An agreement may be renewed once for up to five years."
)
EXCHANGE = (
    "Exchange students do not pay tuition at the host university. "
    "The host university accepts up to 12 students a year."
)


def hit(n: int, text: str, title: str, language: Language, issuer: str = "") -> Hit:
    """The only passage of a document."""
    passage = Passage(f"p{n}", f"s{n}.md", "v", title, (), None, language, 0, len(text), text)
    return Hit(
        passage, Record(f"k{n}", title_ja=title, title_en=title, issuer_en=issuer, date="2023-04-01"), 1.0 / n
    )


HITS = (
    hit(1, POLICY, "研究データ取扱指針", "ja", "Mizuhodaira University"),
    hit(2, NOTE, "Note on partnership agreements", "en"),
    hit(3, EXCHANGE, "Note on exchange students", "en"),
)


def saying(*pieces: str) -> Chat:
    """A model that says the same whatever it is asked."""

    def chat(system: str, user: str) -> Iterator[str]:
        yield from pieces

    return chat


def deadlines_for(mode: str) -> Deadlines:
    """Of the client of a hostile server."""
    return QUICK if mode in LASTING else PATIENT


@contextmanager
def opened(server: Hostile, deadlines: Deadlines = PATIENT) -> Iterator[LanguageModel]:
    """The real client of a server, for the length of a block."""
    model = load_chat("openai:local", server.url, SECRET, deadlines)
    try:
        yield model
    finally:
        model.close()
