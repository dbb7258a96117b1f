"""Any search system of the bench as a system of the suite: it answers with the first passage that it finds, whole.

That is what a pipeline without a language model and without a checker can say; it never declines. Its passages are
those of the desk's own edition, so that only the searching and the answering differ.
"""

import time
from collections.abc import Sequence

from bot.types import Turn
from evals.metrics.answers import TextOf
from evals.metrics.citations import Judge
from evals.peers.types import BenchPassage, Find
from evals.records import Cited, Found, Reply, Said
from evals.relevance import LibraryText
from evals.systems.types import System
from ingest.language import language_of
from ingest.types import Passage, Record

#: Passages that a peer is asked for.
DEPTH = 10
#: A passage of the library with the record of its document.
Placed = tuple[Passage, Record]


def bench_passages(placed: Sequence[Placed]) -> tuple[BenchPassage, ...]:
    """The library as the bench's adapters take it."""
    return tuple(BenchPassage(p.text, p.language, p.title, p.source) for p, _ in placed)


def _found(placed: Placed, place: int) -> Found:
    passage, record = placed
    return Found(
        source=passage.source,
        key=record.key,
        digest_of=record.digest_of,
        title=passage.title,
        heading=" › ".join(passage.heading),
        start=passage.start,
        end=passage.end,
        text=passage.text,
        score=-float(place),
    )


def _said(hit: Found) -> tuple[tuple[Said, ...], tuple[Cited, ...]]:
    cited = Cited(1, hit.source, hit.start, hit.end, hit.text, hit.text, (hit.title, hit.heading))
    return (Said(hit.text, (1,)),), (cited,)


def peer_system(
    name: str,
    find: Find,
    placed: Sequence[Placed],
    library: Sequence[LibraryText],
    judge: Judge,
    text_of: TextOf,
) -> System:
    """A peer whose index is open. A follow-up is searched for as it stands, as its default pipeline does."""

    def ask(question: str, history: tuple[Turn, ...]) -> Reply:
        began = time.monotonic()
        hits = tuple(_found(placed[row], place) for place, row in enumerate(find(question, DEPTH)))
        said, cited = _said(hits[0]) if hits else ((), ())
        text = f"{hits[0].text} [1]" if hits else ""
        return Reply(
            status="answered" if hits else "refused",
            text=text,
            query=question,
            language=language_of(text or question),
            said=said,
            cited=cited,
            hits=hits,
            confidence=1.0,
            seconds=time.monotonic() - began,
        )

    return System(name, ask, library, judge, text_of)
