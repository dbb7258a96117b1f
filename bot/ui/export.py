"""A conversation, or one answer, to take away: the questions, the answers, and every quoted word with its source. Pure."""

from collections.abc import Iterator

from bot import labels
from bot.paper import Line
from bot.strokes import shown
from bot.types import Answer, Citation
from bot.ui.talk import Exchange, Talk
from bot.ui.words import say
from ingest.types import Language


def as_text(answer: Answer, language: Language) -> str:
    """An answer to paste elsewhere: the question, the statements, and each source with its quoted words."""
    sources = (f"{_source(c, answer, language)}\n    {_quoted(c)}" for c in answer.citations)
    return "\n".join((answer.question, "", shown(answer.text), "", *sources)).strip()


def conversation(talk: Talk, language: Language) -> tuple[Line, ...]:
    """Every exchange that came to an end, the oldest first."""
    lines = [Line("title", say(language, "export_title"))]
    for exchange in talk.exchanges:
        if exchange.answer:
            lines += _exchange(exchange, exchange.answer, language)
    return (*lines, Line("small", say(language, "export_care")))


def _exchange(one: Exchange, answer: Answer, language: Language) -> Iterator[Line]:
    yield Line("heading", f"{say(language, 'sources_of', n=one.number)}  {one.question}")
    if one.limits:
        yield Line("small", say(language, "limited_to", limits=" · ".join(one.limits)))
    if answer.status == "refused":
        yield Line("paragraph", answer.reason)
    yield from (Line("paragraph", note) for note in answer.notes[:1])
    for statement in answer.statements:
        marks = "".join(f"[{n}]" for n in statement.citations)
        checked = say(language, statement.verdict)
        why = f" – {statement.why}" if statement.why else ""
        yield Line("item", f"{shown(statement.text)} {marks} ({checked}{why})")
    yield from (Line("paragraph", note) for note in answer.notes[1:])
    if answer.citations:
        yield Line("paragraph", say(language, "sources"))
    for citation in answer.citations:
        yield Line("source", _source(citation, answer, language))
        yield Line("quote", _quoted(citation))
    model = say(language, "written_by", model=answer.model) if answer.model else say(language, "no_model")
    yield Line("small", f"{say(language, 'edition', edition=answer.edition)} · {model}")
    if one.ticket:
        yield Line("small", say(language, "ticket_made", number=one.ticket))


def _source(citation: Citation, answer: Answer, language: Language) -> str:
    record, passage = citation.quote.record, citation.quote.passage
    page = say(language, "page", n=passage.page) if passage.page else ""
    date = labels.date(record.date, language)
    standing = labels.standing(record.standing, language)
    mark = labels.unaccepted(language) if passage.source in answer.unaccepted else ""
    facts = (record.title(language), record.issuer(language), date, standing, page, mark)
    return f"[{citation.n}] {', '.join(filter(None, facts))}"


def _quoted(citation: Citation) -> str:
    left, right = ("「", "」") if citation.quote.passage.language == "ja" else ("“", "”")
    return f"{left}{citation.quote.text}{right}"
