"""What an answer says and where it comes from: facts, forbidden words, exact spans, language, and the four buckets."""

from collections.abc import Callable

from evals.judge import facts_in, forbidden_in
from evals.records import Reply
from evals.types import Case
from ingest.language import language_of

#: A document's source -> its cleaned text, or None where the library does not hold it.
TextOf = Callable[[str], str | None]
#: The four buckets: an answer that is right, none, a wrong one, one with a sentence that nothing supports.
CORRECT, DECLINED, WRONG, UNSUPPORTED = 1.0, 0.0, -4.0, -2.0


def right(case: Case, reply: Reply) -> bool:
    """Answered with every fact and nothing forbidden, or declined where the case asks for that."""
    if forbidden_in(case, reply.shown):
        return False
    if not case.answering:
        return not reply.answered
    return reply.answered and facts_in(case, reply.shown) == 1.0


def bucket(case: Case, reply: Reply, supported: bool) -> float:
    """The four-bucket score of one reply. Declining is worth nothing, whatever was asked, so it cannot be bought."""
    if not reply.answered:
        return WRONG if forbidden_in(case, reply.shown) else DECLINED
    if forbidden_in(case, reply.shown) or not case.answering or facts_in(case, reply.shown) == 0.0:
        return WRONG
    if not supported:
        return UNSUPPORTED
    return CORRECT if facts_in(case, reply.shown) == 1.0 else WRONG


def exact_spans(reply: Reply, text_of: TextOf) -> float:
    """Share of the citations whose quote is the very text at its offsets in its document."""
    texts = {one.source: text_of(one.source) or "" for one in reply.cited}
    exact = [texts[one.source][one.start : one.end] == one.quote != "" for one in reply.cited]
    return sum(exact) / len(exact) if exact else 1.0


def foreign_citations(reply: Reply) -> float:
    """How many citations come from no passage that was found for this question, or from no source at all."""
    known = {one.n for one in reply.cited}
    places = [(hit.source, hit.start, hit.end) for hit in reply.hits]
    outside = [
        not any(
            source == one.source and start <= one.start and one.end <= end for source, start, end in places
        )
        for one in reply.cited
    ]
    unknown = {n for said in reply.said for n in said.citations} - known
    return float(sum(outside) + len(unknown))


def language_kept(case: Case, reply: Reply) -> float:
    """1 where the system's own words are in the language of the question."""
    words = reply.frame or reply.text
    return float(
        reply.language == case.language and (not words.strip() or language_of(words) == case.language)
    )
