"""The straight line from a question to a verified answer: condense -> search -> enough? -> write -> verify.

`Bot.steps` is a generator of values; the page, the command line and the evals read the same one. Knows no
page and no language model beyond the function that it is given.
"""

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.acceptance import Accepted, everything, marked, shown, waiting
from bot.checks.types import Similarity, Translate
from bot.extract.evidence import Evidence, gather
from bot.extract.extractive import compose
from bot.extract.frame import frame
from bot.extract.premise import remarks
from bot.extract.reading import Writing, writing_for
from bot.extract.scoring import load_weights, score
from bot.extract.sufficient import Judgement, judge, load_judgement
from bot.model.attempt import Model, attempt, condensed
from bot.model.ordered import ordered
from bot.model.support import Reader
from bot.packet.check import verify_packet
from bot.packet.key import KeyFile
from bot.packet.make import as_bytes, make_packet
from bot.packet.types import Ground, Report
from bot.question.condense import condense
from bot.question.courtesy import courtesy
from bot.question.delicate import Delicate, delicate
from bot.types import Answer, Citation, Draft, Statement, Step, Turn
from bot.verify import kept, verify
from ingest.language import language_of
from ingest.types import Document, Health, Language, Record
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.library import Library, OpenEdition
from vectorstore.types import Filter, Hit, Query, Search

#: How many passages an answer is looked for in.
READ = 20


#: Drafts, the answer's language and the tools of comparing -> statements with verdicts, and their citations.
Check = Callable[
    [Sequence[Draft], Language, Similarity | None, Translate | None],
    tuple[tuple[Statement, ...], tuple[Citation, ...]],
]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question on its way: as it was put, as it stands alone, how it is handled, and when it came."""

    question: str
    query: str
    language: Language
    began: float
    delicate: Delicate | None = None
    #: What a member of staff asks of a draft; None for an answer to the asker.
    remarks: str | None = None

    @property
    def note(self) -> tuple[str, ...]:
        """What is said before an answer to a question that the desk does not decide."""
        return (self.delicate.note[self.language],) if self.delicate else ()


class Bot:
    """Answers from the live edition of one library. Safe to use from many threads."""

    def __init__(
        self,
        library: Library,
        searching: Callable[[OpenEdition], Search],
        embedder: Embedder,
        glossary: Glossary,
        model: Model | None = None,
        judgement: Judgement | None = None,
        check: Check = verify,
        key: KeyFile | None = None,
        accepted: Accepted = everything,
    ) -> None:
        self._accepted = accepted
        self._key = key
        self._library = library
        self._searching = searching
        self._embedder = embedder
        self._glossary = glossary
        self._model = model
        self._judgement = judgement or load_judgement()
        self._check = check
        self._weights = load_weights()
        self._tools: tuple[str, Writing] | None = None
        self._listed: tuple[str, tuple[tuple[str, Record, Health], ...]] | None = None

    def edition(self) -> str:
        """The name of the live edition."""
        return self._library.edition().name

    def glossary(self) -> Glossary:
        """The bilingual term list that questions and passages are read with."""
        return self._glossary

    def writer(self) -> str:
        """Name of the language model that writes; empty where none does and an answer comes at once."""
        return self._model.name if self._model else ""

    def search(self, query: Query) -> tuple[Hit, ...]:
        """The passages for a query, best first."""
        return self._searching(self._library.edition())(query)

    def document(self, source: str) -> Document | None:
        """A live document with its whole text, or None."""
        return self._library.edition().shelf.document(source)

    def catalogue(self) -> tuple[tuple[str, Record, Health], ...]:
        """(source, record, health) of every live document."""
        edition, listed = self._library.edition(), self._listed
        if listed is None or listed[0] != edition.name:
            found = ((source, edition.shelf.document(source)) for source in edition.shelf.sources)
            rows = tuple((source, doc.record, doc.health) for source, doc in found if doc)
            listed = self._listed = (edition.name, rows)
        return listed[1]

    def waiting(self) -> frozenset[str]:
        """The live documents that the staff has yet to accept, by source. Raises DatabaseError."""
        return waiting(self._library.edition().shelf.versions, self._accepted)

    def ask(self, question: str, history: tuple[Turn, ...] = (), only: Filter = Filter()) -> Answer:
        """The answer alone."""
        answers = [step.answer for step in self.steps(question, history, only) if step.answer]
        return answers[-1]

    def steps(self, question: str, history: tuple[Turn, ...] = (), only: Filter = Filter()) -> Iterator[Step]:
        """The steps of answering, the answer last."""
        edition = self._library.edition()
        asked = self._asked(question, history)
        if reply := self._at_once(asked):
            yield Step("answer", answer=_refusal(asked, reply, edition))
            return
        yield Step("query", query=asked.query)
        hits = self._searching(edition)(Query(asked.query, READ, only))
        yield Step("hits", hits=hits)
        answer = yield from self._answer(asked, hits, edition)
        if not answer.model:  # a model's statements were yielded on the way
            for line in answer.text.splitlines(keepends=True):
                yield Step("text", text=line)
        yield Step("answer", answer=answer)

    def packet(self, answer: Answer) -> bytes:
        """The answer as an evidence packet. Raises PacketError when the library has moved on since."""
        return as_bytes(make_packet(answer, self._ground(self._key.make() if self._key else b"")))

    def verify(self, packet: bytes) -> Report:
        """What is not as the packet says. Raises PacketError for what is no packet."""
        return verify_packet(packet, self._ground(self._key.read() if self._key else b""))

    def _ground(self, key: bytes) -> Ground:
        edition = self._library.edition()
        writing = self._writing(edition)
        return Ground(
            edition.manifest,
            edition.shelf.shelved,
            writing.similarity,
            writing.translate,
            self._glossary.fingerprint,
            key,
        )

    def draft(self, question: str, remarks: str = "") -> Answer:
        """A draft for the staff: by the draft prompt where there is a model, else the passages' own sentences.

        Sentences without support stay in it, with their verdicts.
        """
        edition = self._library.edition()
        asked = replace(self._asked(question, ()), remarks=remarks)
        hits = self._searching(edition)(Query(asked.query, READ))
        steps = self._answer(asked, hits, edition)
        while True:
            try:
                next(steps)
            except StopIteration as done:
                answer: Answer = done.value
                return answer

    def check(
        self, drafts: Sequence[Draft], language: Language
    ) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
        """Every draft against what it cites, with the reasons in `language`."""
        writing = self._writing(self._library.edition())
        return self._check(drafts, language, writing.similarity, writing.translate)

    def _asked(self, question: str, history: tuple[Turn, ...]) -> _Asked:
        """The question with all that is known of it before a search."""
        began, language = time.monotonic(), language_of(question)
        handled = delicate(question)
        query = self._condensed(question, history)
        if handled and handled.search:
            query = handled.search[language]
        return _Asked(question, query, language, began, handled)

    def _condensed(self, question: str, history: tuple[Turn, ...]) -> str:
        """The question as it stands alone, by the language model where there is one, else by rule."""

        def by_rule() -> str:
            return condense(question, history, self._glossary)

        return condensed(self._model, question, history, by_rule) if self._model and history else by_rule()

    def _at_once(self, asked: _Asked) -> str:
        """The reply to what needs no search; empty where it needs one."""
        if asked.delicate:
            return asked.delicate.note[asked.language] if asked.delicate.declined else ""
        return ordered(asked.question, asked.language) or courtesy(asked.question, asked.language)

    def _writing(self, edition: OpenEdition) -> Writing:
        """The reading tools of an edition, with what they have read so far."""
        tools = self._tools
        if tools is None or tools[0] != edition.name:
            tools = self._tools = (edition.name, writing_for(edition, self._embedder, self._glossary))
        return tools[1]

    def _answer(
        self, asked: _Asked, hits: tuple[Hit, ...], edition: OpenEdition
    ) -> Generator[Step, None, Answer]:
        """A verified answer, or a refusal when the documents do not hold one or nothing written stands up."""
        writing = self._writing(edition)
        evidence = gather(asked.query, hits, writing)
        scored = score(evidence, writing, self._weights)
        enough = judge(evidence, writing, scored, self._judgement)

        def verified(drafts: tuple[Draft, ...]) -> Answer | None:
            return self._verified(asked, drafts, evidence, writing, edition, enough.confidence)

        def extracted() -> Answer | None:
            return verified(compose(evidence, scored.scores))

        answer: Answer | None = None
        if enough.enough and self._model:
            reader = Reader(writing.similarity, writing.translate)
            answer = yield from attempt(
                self._model, asked.query, hits, asked.language, reader, verified, extracted, asked.remarks
            )
        elif enough.enough:
            answer = extracted()
        reason = "\n".join((*asked.note, enough.reason(asked.language)))
        answer = answer or _refusal(asked, reason, edition, hits, enough.confidence)
        return marked(answer, waiting(shown(answer), self._accepted))

    def _verified(
        self,
        asked: _Asked,
        drafts: tuple[Draft, ...],
        evidence: Evidence,
        writing: Writing,
        edition: OpenEdition,
        confidence: float,
    ) -> Answer | None:
        """The drafts as a checked answer, or None when nothing of them is supported."""
        checked = self._check(drafts, asked.language, writing.similarity, writing.translate)
        statements, citations = kept(*checked) if asked.remarks is None else checked
        if not any(statement.verdict == "supported" for statement in statements):
            return None
        answer = Answer(
            question=asked.question,
            query=asked.query,
            language=asked.language,
            status="answered",
            statements=statements,
            citations=citations,
            edition=edition.name,
            confidence=confidence,
            seconds=time.monotonic() - asked.began,
        )
        introduction, *caveats = frame(answer, self._glossary, edition.shelf.records)
        opening = (*asked.note, *remarks(evidence, citations, asked.language), introduction)
        return replace(answer, notes=("\n".join(opening), *caveats))


def _refusal(
    asked: _Asked,
    reason: str,
    edition: OpenEdition,
    hits: tuple[Hit, ...] = (),
    confidence: float = 0.0,
) -> Answer:
    return Answer(
        question=asked.question,
        query=asked.query,
        language=asked.language,
        status="refused",
        statements=(),
        citations=(),
        edition=edition.name,
        reason=reason,
        nearest=hits[:3],
        confidence=confidence,
        seconds=time.monotonic() - asked.began,
    )
