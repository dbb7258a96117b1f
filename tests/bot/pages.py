"""A small desk that really searches and quotes, for the tests of the pages.

Two short documents of our own, one Japanese and one English. Search is overlap of character pairs; an answer
is the best sentences, each with the passage that it was taken from.
"""

import json
import re
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

from bot.acceptance import marked
from bot.packet.parse import parse
from bot.packet.types import Report
from bot.types import Answer, Citation, Quote, Statement, Step, Turn
from bot.ui.talk import language_of
from ingest.types import Block, BlockKind, Document, Health, Language, OffsetMap, PageSpan, Passage, Record
from vectorstore.glossary import Glossary, parse_glossary
from vectorstore.types import Filter, Hit, Query

Part = tuple[BlockKind, int, str]

JAPANESE: tuple[Part, ...] = (
    ("title", 1, "海外機関との共同研究に関する学内手引き"),
    (
        "paragraph",
        0,
        "この手引きは、海外の機関と共同研究を始める教職員が確認すべき事項をまとめたものである。",
    ),
    ("heading", 1, "1. 始める前の確認"),
    (
        "paragraph",
        0,
        "研究代表者は、共同研究を始める前に、相手機関の所在国、設置者及び資金源を確認する。"
        "確認した内容は、所定の様式に記入して国際連携課に提出する。",
    ),
    ("item", 1, "相手機関との兼業や謝金の有無を申告すること。"),
    ("item", 1, "秘密保持契約の締結が必要かどうかを、契約の前に知的財産室に相談すること。"),
    ("heading", 1, "2. 公平な扱い"),
    (
        "paragraph",
        0,
        "リスクの確認は研究の内容に応じて行い、研究者の国籍を理由に一律に参加を断ることはしない。",
    ),
)
ENGLISH: tuple[Part, ...] = (
    ("title", 1, "Guide to hosting visiting researchers"),
    ("paragraph", 0, "This guide is for staff who prepare the stay of a visiting researcher from abroad."),
    ("heading", 1, "1. Before arrival"),
    (
        "paragraph",
        0,
        "The host asks the visiting researcher for a list of current appointments and funding at least six "
        "weeks before arrival. The international office keeps the list for five years.",
    ),
    ("heading", 1, "2. Access to laboratories"),
    (
        "paragraph",
        0,
        "Access to a laboratory is granted for the agreed project only. "
        "The host reviews the access rights of a visiting researcher every three months.",
    ),
)
RECORDS = {
    "tebiki.md": Record(
        key="tebiki",
        title_ja="海外機関との共同研究に関する学内手引き",
        title_en="Campus guide to joint research with institutions abroad",
        issuer_ja="青葉大学 国際連携課",
        issuer_en="Aoba University, International Office",
        date="2024-04",
        kind="guideline",
        standing="position",
    ),
    "hosting/guide.md": Record(
        key="hosting",
        title_ja="訪問研究者の受入れ手引き",
        title_en="Guide to hosting visiting researchers",
        issuer_ja="青葉大学 国際連携課",
        issuer_en="Aoba University, International Office",
        date="2023-09-15",
        kind="guideline",
        standing="under discussion",
    ),
}
GLOSSARY = parse_glossary(
    (
        "kind\tja\ten",
        "concept\t共同研究 | 協同研究\tjoint research | collaborative research",
        "person-role\t訪問研究者 | 客員研究者\tvisiting researcher",
        "concept\t資金源\tfunding | source of funds",
        "body\t青葉大学\tAoba University",
        "concept\t秘密保持契約\tnon-disclosure agreement | NDA",
    )
)
HEALTHY = Health(400, 2, 0, 0.0, 0.0, 0.0, 0.9, 0)


def document(source: str, language: Language, parts: tuple[Part, ...], record: Record) -> Document:
    """A document out of its blocks; its second page begins at its second heading."""
    text, blocks = "", []
    for kind, level, words in parts:
        blocks.append(Block(kind, len(text), len(text) + len(words), level))
        text += words + "\n\n"
    headings = [block.start for block in blocks if block.kind == "heading"]
    turn = headings[1] if len(headings) > 1 else len(text)
    pages = (PageSpan(1, 0, turn), PageSpan(2, turn, len(text)))
    offsets = OffsetMap((0,), (0,))
    return Document(source, "v1", language, text, text, offsets, pages, tuple(blocks), record, HEALTHY)


def documents() -> tuple[Document, ...]:
    """The two documents."""
    return (
        document("tebiki.md", "ja", JAPANESE, RECORDS["tebiki.md"]),
        document("hosting/guide.md", "en", ENGLISH, RECORDS["hosting/guide.md"]),
    )


def passages(doc: Document) -> Iterator[Passage]:
    """One passage per paragraph or item, under the heading before it."""
    heading: tuple[str, ...] = ()
    for block in doc.blocks:
        words = doc.text[block.start : block.end]
        if block.kind == "heading":
            heading = (words,)
        elif block.kind != "title":
            title = doc.record.title(doc.language)
            place = (heading, doc.page(block.start), doc.language, block.start, block.end)
            yield Passage(f"{doc.source}:{block.start}", doc.source, doc.version, title, *place, words)


def pairs(text: str) -> set[str]:
    """Its character pairs, without spaces and case."""
    squeezed = re.sub(r"[\W_]+", "", text).lower()
    return {squeezed[i : i + 2] for i in range(len(squeezed) - 1)}


@dataclass
class MemoryDesk:
    """Documents in memory. `slowly` seconds pass before each piece of text; `closed` counts ended answers."""

    held: tuple[Document, ...]
    slowly: float = 0.0
    closed: int = 0
    asked: int = 0
    unaccepted: frozenset[str] = frozenset()

    def writer(self) -> str:
        return "a model" if self.slowly else ""

    def document(self, source: str) -> Document | None:
        return next((doc for doc in self.held if doc.source == source), None)

    def catalogue(self) -> tuple[tuple[str, Record, Health], ...]:
        return tuple((doc.source, doc.record, doc.health) for doc in self.held)

    def waiting(self) -> frozenset[str]:
        return self.unaccepted

    def edition(self) -> str:
        return "edition-1"

    def glossary(self) -> Glossary:
        return GLOSSARY

    def packet(self, answer: Answer) -> bytes:
        return json.dumps({"question": answer.question, "text": answer.text}, ensure_ascii=False).encode()

    def verify(self, packet: bytes) -> Report:
        parse(packet)
        return Report(())

    def search(self, query: Query) -> tuple[Hit, ...]:
        wanted = pairs(query.text)
        hits = [
            Hit(passage, doc.record, len(wanted & pairs(passage.text)) / max(len(wanted), 1))
            for doc in self.held
            for passage in passages(doc)
            if query.only.allows(doc.source, doc.record, passage.language)
        ]
        return tuple(sorted(hits, key=lambda hit: -hit.score)[: query.k])

    def steps(
        self, question: str, history: tuple[Turn, ...] = (), only: Filter = Filter()
    ) -> Generator[Step, None, None]:
        self.asked += 1
        try:
            yield Step("query", query=question)
            hits = self.search(Query(question, 3, only))
            yield Step("hits", hits=hits)
            found = hits and hits[0].score > 0.35
            answer = written(question, hits) if found else refused(question, hits)
            answer = marked(answer, self.unaccepted)
            for line in answer.text.splitlines(keepends=True):
                time.sleep(self.slowly)
                yield Step("text", text=line)
            yield Step("answer", answer=answer)
        finally:
            self.closed += 1


@dataclass
class MemoryStaff:
    """Tickets and ratings in memory."""

    tickets: list[dict[str, str]] = field(default_factory=list)
    ratings: list[tuple[str, bool, str]] = field(default_factory=list)

    def escalate(self, question: str, **more: str) -> int:
        self.tickets.append({"question": question, **more})
        return len(self.tickets)

    def rate(self, answer: Answer, liked: bool, reason: str = "") -> None:
        self.ratings.append((answer.question, liked, reason))


_WHY = {"ja": "引用した文は対象を限定しています。", "en": "The quoted sentence is narrower than this."}
_NOTES = {
    "ja": (
        "{}の資料による回答です。",
        "検討中の資料が含まれることがあります。",
        "原文の用語: visiting researcher = 訪問研究者",
    ),
    "en": (
        "According to {}.",
        "A source may still be under discussion.",
        "Terms in the original: 訪問研究者 = visiting researcher",
    ),
}
_REASON = {
    "ja": "資料には、この質問に答える記述が見つかりませんでした。制度の名前や時期を加えてみてください。",
    "en": "No passage in the library answers this. Naming a scheme or a date may help.",
}


def written(question: str, hits: tuple[Hit, ...]) -> Answer:
    """An answer with the best sentence of the two best passages; the second is only partly checked."""
    citations = tuple(Citation(n, best_sentence(question, hit)) for n, hit in enumerate(hits[:2], 1))
    language = language_of(question)
    first, second = (c.quote.text for c in citations)
    statements = (
        Statement(first, (1,), "supported"),
        Statement(second, (2,), "partly", _WHY[language]),
    )
    notes = tuple(note.format(hits[0].record.issuer(language)) for note in _NOTES[language])
    return Answer(
        question=question,
        query=question,
        language=language,
        status="answered",
        statements=statements,
        citations=citations,
        edition="edition-1",
        notes=notes,
        seconds=0.12,
    )


def best_sentence(question: str, hit: Hit) -> Quote:
    """The sentence of a passage that shares most with the question."""
    text, wanted = hit.passage.text, pairs(question)
    spans = [found.span() for found in re.finditer(r"[^。.]+[。.]?\s?", text)] or [(0, len(text))]
    start, end = max(spans, key=lambda span: len(wanted & pairs(text[span[0] : span[1]])))
    return Quote(hit.passage, hit.record, start, start + len(text[start:end].rstrip()))


def refused(question: str, hits: tuple[Hit, ...]) -> Answer:
    """A refusal with the nearest passages to read."""
    language = language_of(question)
    return Answer(
        question=question,
        query=question,
        language=language,
        status="refused",
        statements=(),
        citations=(),
        edition="edition-1",
        reason=_REASON[language],
        nearest=hits,
    )
