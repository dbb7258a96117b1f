"""This project: the desk's own steps, read as the page reads them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.ask import Bot, Check
from bot.checks.types import Similarity, Translate
from bot.types import Answer, Citation, Draft, Turn
from bot.verify import check, verify, whole_sentences
from evals.metering import Meter
from evals.metrics.citations import Judge
from evals.mutants import mutants
from evals.records import Cited, Found, Probe, Reply, Said
from evals.relevance import LibraryText, library_text
from evals.systems.types import Ask, System
from ingest.language import language_of
from vectorstore.embedders import Embedder
from vectorstore.glossary import Glossary
from vectorstore.library import OpenEdition
from vectorstore.types import Filter, Hit

#: False sentences put before the checker for each answer.
PROBES = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """What sentences are compared with: the embedder and the glossary, whatever the desk itself uses of them."""

    embedder: Embedder
    glossary: Glossary

    def similarity(self, one: str, other: str) -> float:
        """Cosine of two texts."""
        vectors = self.embedder.passages([one, other])
        return float(vectors[0] @ vectors[1])

    def translate(self, term: str) -> tuple[str, ...]:
        """The forms in both languages of what the glossary knows in `term`."""
        return self.glossary.translations(term)


def make_judge(reading: Reading) -> Judge:
    """The desk's checker as the judge of any system's sentences."""

    def judge(sentence: str, spans: Sequence[str], context: Sequence[str]) -> str:
        language = language_of(sentence)
        return check(sentence, spans, language, reading.similarity, reading.translate, context).verdict

    return judge


def found(hit: Hit) -> Found:
    """A hit as a record keeps it."""
    passage, record = hit.passage, hit.record
    return Found(
        source=passage.source,
        key=record.key,
        digest_of=record.digest_of,
        title=passage.title,
        heading=" › ".join(passage.heading),
        start=passage.start,
        end=passage.end,
        text=passage.text,
        score=hit.score,
    )


def _cited(citation: Citation) -> Cited:
    quote = citation.quote
    names = (*quote.record.names, quote.record.date, quote.passage.title, *quote.passage.heading)
    return Cited(
        n=citation.n,
        source=quote.passage.source,
        start=citation.start,
        end=citation.end,
        quote=quote.text,
        sentences=whole_sentences(quote),
        context=tuple(dict.fromkeys(name for name in names if name)),
    )


def probe(answer: Answer, checking: Check, similarity: Similarity, translate: Translate) -> Probe:
    """Falsifies the answer's own sentences and puts them before the checker, with the quotes of the true ones."""
    by_number = {one.n: one.quote for one in answer.citations}
    tried = 0
    passed: list[str] = []
    for statement in answer.statements:
        quotes = tuple(by_number[n] for n in statement.citations)
        for mutant in mutants(statement.text, language_of(statement.text)):
            if tried == PROBES:
                return Probe(tried, tuple(passed))
            tried += 1
            drafts = (Draft(mutant.text, quotes),)
            judged, _ = checking(drafts, answer.language, similarity, translate)
            passed += [f"{mutant.kind}: {one.text}" for one in judged if one.verdict == "supported"]
    return Probe(tried, tuple(passed))


def _reply(answer: Answer, hits: Sequence[Hit], probed: Probe, meter: Meter) -> Reply:
    frame = answer.reason if answer.status == "refused" else "\n".join(answer.notes)
    return Reply(
        status=answer.status,
        text=answer.text,
        frame=frame,
        query=answer.query,
        language=answer.language,
        said=tuple(Said(one.text, one.citations, one.verdict) for one in answer.statements),
        cited=tuple(map(_cited, answer.citations)),
        hits=tuple(map(found, hits)),
        confidence=answer.confidence,
        model=answer.model,
        seconds=answer.seconds,
        tokens_in=meter.tokens_in,
        tokens_out=meter.tokens_out,
        probe=probed,
    )


def asker(bot: Bot, only: Filter, probing: Callable[[Answer], Probe], meter: Meter) -> Ask:
    """Asks the desk and keeps all that it went through."""

    def ask(question: str, history: tuple[Turn, ...]) -> Reply:
        meter.reset()
        hits: tuple[Hit, ...] = ()
        answer: Answer | None = None
        for step in bot.steps(question, history, only):
            hits = step.hits or hits
            answer = step.answer or answer
        assert answer is not None
        return _reply(answer, hits, probing(answer), meter)

    return ask


def desk_system(
    name: str,
    bot: Bot,
    forced: Bot,
    edition: OpenEdition,
    reading: Reading,
    only: Filter = Filter(),
    checking: Check = verify,
    meter: Meter | None = None,
) -> System:
    """The desk as a system. `forced` is the same desk with refusal off; `checking` is the checker that both use."""
    text_of = lru_cache(maxsize=None)(lambda source: _text(edition, source))

    def probing(answer: Answer) -> Probe:
        return probe(answer, checking, reading.similarity, reading.translate)

    counting = meter or Meter()
    return System(
        name=name,
        ask=asker(bot, only, probing, counting),
        library=texts_of(edition),
        judge=make_judge(reading),
        text_of=text_of,
        forced=asker(forced, only, lambda answer: Probe(), counting),
    )


def texts_of(edition: OpenEdition) -> tuple[LibraryText, ...]:
    """The documents of an edition, ready for looking up which gold they hold."""
    shelf = edition.shelf
    return tuple(
        library_text(source, record, _text(edition, source) or "")
        for source, record in zip(shelf.sources, shelf.records, strict=True)
    )


def _text(edition: OpenEdition, source: str) -> str | None:
    document = edition.shelf.document(source)
    return document.text if document else None
