"""A conversation as a value: what was asked, what came back, and how it ended. Knows no page."""

from dataclasses import dataclass, field, replace
from typing import Literal

from bot.types import Answer, Turn
from ingest.types import Language
from vectorstore.types import Filter

#: Longest question in characters; the page says so, the server holds it.
LIMIT = 2_000
#: Exchanges kept on the page, and how many of them a follow-up is read against.
KEPT, REMEMBERED = 30, 6

State = Literal["busy", "done", "stopped", "failed", "long"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what became of it."""

    number: int
    question: str
    language: Language
    state: State = "busy"
    #: How many passages were found so far; None before the search came back.
    found: int | None = None
    #: The text as it is being written, before it is checked.
    draft: str = ""
    answer: Answer | None = None
    #: What the user can quote to staff when it failed.
    reference: str = ""
    #: What the search was limited to, and the same in words.
    only: Filter = Filter()
    limits: tuple[str, ...] = ()
    #: Questions that the library answers too.
    further: tuple[str, ...] = ()
    #: What the user thought of the answer, and the number of the ticket that it became; 0 for none.
    rated: Literal["", "good", "bad"] = ""
    ticket: int = 0


@dataclass(frozen=True, slots=True)
class Talk:
    """The exchanges of one conversation, oldest first."""

    exchanges: tuple[Exchange, ...] = field(default=())
    #: Number of the latest exchange ever started, so that a number is never used twice.
    last: int = 0
    #: Under which the server keeps it; empty before the first question.
    name: str = ""

    @property
    def now(self) -> Exchange | None:
        """The latest exchange."""
        return self.exchanges[-1] if self.exchanges else None

    @property
    def past(self) -> tuple[Exchange, ...]:
        """Every exchange but the latest."""
        return self.exchanges[:-1]

    def turns(self) -> tuple[Turn, ...]:
        """The answered exchanges, as the desk reads a conversation."""
        answers = [e.answer for e in self.exchanges if e.answer is not None]
        return tuple(Turn(a.question, a.text, a.query) for a in answers[-REMEMBERED:])

    def ask(self, question: str, only: Filter = Filter(), limits: tuple[str, ...] = ()) -> "Talk":
        """With a new exchange at the end; a question over the limit is kept short and marked as such.

        `limits` is `only` in words.
        """
        number = self.last + 1
        state: State = "long" if len(question) > LIMIT else "busy"
        short, language = question[:LIMIT], language_of(question)
        exchange = Exchange(number, short, language, state, only=only, limits=limits)
        return replace(self, exchanges=(*self.exchanges, exchange)[-KEPT:], last=number)

    def put(self, exchange: Exchange) -> "Talk":
        """With the latest exchange in a new state."""
        return replace(self, exchanges=(*self.past, exchange))

    def stopped(self) -> "Talk":
        """With a running exchange marked as stopped by the user."""
        now = self.now
        return self if now is None or now.state != "busy" else self.put(replace(now, state="stopped"))

    def without_last(self) -> "Talk":
        """Before the latest question was asked."""
        return replace(self, exchanges=self.past)


def language_of(text: str) -> Language:
    """Japanese as soon as there is one kana or kanji: a Japanese question may be full of English names."""
    return "ja" if any("\u3040" <= c <= "\u30ff" or "\u4e00" <= c <= "\u9fff" for c in text) else "en"
