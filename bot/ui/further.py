"""What to ask next: questions about matters that the cited documents treat and the answer did not touch.

No question is made up: each is about a term that stands in a cited document, and each was put to the desk, which
answered it from words of that document that hold the term. What was found is remembered for the edition.
"""

import threading
import time
import unicodedata
from collections import Counter, OrderedDict
from dataclasses import dataclass

from bot.extract.frame import short_issuer
from bot.types import Answer
from bot.ui.desk import Desk
from bot.ui.talk import language_of
from ingest.types import Document, Language, Record
from vectorstore.glossary import Entry, Glossary

#: Questions shown, terms tried, and seconds spent at most on one answer.
SHOWN, TRIED, SECONDS = 3, 12, 0.8
#: Classes of terms that one can ask about.
KINDS = ("concept", "document", "programme")
#: How much more a term counts that stands in a heading.
HEADING = 5
MEMORY = 4_000

_ASK: dict[Language, str] = {
    "ja": "{who}は、{term}について何と述べていますか。",
    "en": "What does {who} say about {term}?",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A term, and the form that a document mostly writes it in."""

    entry: Entry
    form: str

    def name(self, language: Language) -> str:
        """The document's own form if it is in that language, else the first of the glossary."""
        first, *_ = self.entry.ja if language == "ja" else self.entry.en
        return self.form if language_of(self.form) == language else first


@dataclass(frozen=True, slots=True)
class Matter:
    """A term that a document treats, and a question about it."""

    entry: Entry
    source: str
    question: str


class Further:
    """Finds questions that lead on. Safe to use from many threads; one at a time looks for new ones."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._working = threading.Lock()
        self._terms: OrderedDict[tuple[str, ...], tuple[Term, ...]] = OrderedDict()
        #: (edition, question) -> whether the desk answers it about its term.
        self._known: OrderedDict[tuple[str, ...], bool] = OrderedDict()

    def after(self, answer: Answer, look: bool = True) -> tuple[str, ...]:
        """Up to three questions after an answer, in its language; none after a refusal.

        Without `look` only those that are known already: others wait for the desk.
        """
        if answer.status == "refused":
            return ()
        mine = look and self._working.acquire(blocking=False)
        until = time.monotonic() + (SECONDS if mine else 0.0)
        try:
            found: list[str] = []
            for matter in self._matters(answer)[:TRIED]:
                if len(found) < SHOWN and self._answered(matter, answer.edition, until):
                    found.append(matter.question)
            return tuple(found)
        finally:
            if mine:
                self._working.release()

    def _matters(self, answer: Answer) -> tuple[Matter, ...]:
        """Terms of the cited documents that neither the question nor the answer holds, the weightiest first."""
        quotes = (citation.quote for citation in answer.citations)
        records = {quote.passage.source: quote.record for quote in quotes}
        said = (answer.question, answer.query, *(s.text for s in answer.statements))
        words = "\n".join((*said, *(citation.quote.text for citation in answer.citations)))
        touched = {mention.entry.number for mention in self._desk.glossary().mentions(words)}
        found: dict[int, Matter] = {}
        for source, record in records.items():
            for term in self._terms_of(source, answer.edition):
                entry = term.entry
                if entry.number not in touched and tellable(entry, answer.language):
                    question = asked(term, record, answer.language)
                    found.setdefault(entry.number, Matter(entry, source, question))
        return tuple(found.values())

    def _terms_of(self, source: str, edition: str) -> tuple[Term, ...]:
        key = (edition, source)
        if key not in self._terms:
            document = self._desk.document(source)
            self._terms[key] = terms_of(document, self._desk.glossary()) if document else ()
            if len(self._terms) > MEMORY:
                self._terms.popitem(last=False)
        return self._terms[key]

    def _answered(self, matter: Matter, edition: str, until: float) -> bool:
        key = (edition, matter.question)
        if key not in self._known:
            if time.monotonic() > until:
                return False
            answers = [step.answer for step in self._desk.steps(matter.question) if step.answer]
            self._known[key] = any(self._about(answer, matter) for answer in answers)
            if len(self._known) > MEMORY:
                self._known.popitem(last=False)
        return self._known[key]

    def _about(self, answer: Answer, matter: Matter) -> bool:
        """Whether the first words that the answer rests on are of the document and hold the term."""
        if answer.status == "refused":
            return False
        first = answer.citations[0].quote
        mentioned = {mention.entry.number for mention in self._desk.glossary().mentions(first.text)}
        return first.passage.source == matter.source and matter.entry.number in mentioned


def terms_of(document: Document, glossary: Glossary) -> tuple[Term, ...]:
    """The terms of a document that one can ask about, those that it speaks of most first."""
    blocks = (block for block in document.blocks if block.kind in ("title", "heading"))
    titles = "\n".join(document.text[block.start : block.end] for block in blocks)
    weight: Counter[int] = Counter()
    forms: dict[int, Counter[str]] = {}
    entries: dict[int, Entry] = {}
    for text, worth in ((unicodedata.normalize("NFKC", document.text), 1), (titles, HEADING)):
        for mention in glossary.mentions(text):
            number = mention.entry.number
            if mention.entry.kind in KINDS:
                entries[number] = mention.entry
                weight[number] += worth
                forms.setdefault(number, Counter())[text[mention.start : mention.end]] += worth == 1
    return tuple(Term(entries[n], forms[n].most_common(1)[0][0]) for n, _ in weight.most_common())


def tellable(entry: Entry, language: Language) -> bool:
    """Whether the term says enough to be asked about: more than one word, and not a sentence."""
    words = entry.en[0].split()
    return 2 <= len(words) <= 5 and (language == "en" or 4 <= len(entry.ja[0]) <= 20)


def asked(term: Term, record: Record, language: Language) -> str:
    """A question about the term to the document's issuer, or to the document where nobody is named."""
    title = f"「{record.title(language)}」" if language == "ja" else f"“{record.title(language)}”"
    who = short_issuer(record, language) or title
    return _ASK[language].format(who=who, term=term.name(language))
