"""Chooses the sentences of the cited spans that a statement can rest on: the ones that share most of its
content.
"""

from collections.abc import Sequence

from bot.checks.lookup import Term, known_terms, stands_in
from bot.checks.marks import holds
from bot.checks.text import read
from bot.checks.types import Similarity, Text, Translate, View
from ingest.language import sentences

#: Sentences that a statement may join.
MOST = 3
#: A further sentence is taken in where it holds this many units of the statement that the others do not.
NEW_UNITS = 2
#: Share of the statement's units that those must be.
NEW_SHARE = 0.15
#: Share of the statement's units below which sentences in its own language are no evidence, and the others
#: are asked.
POOR = 0.4
#: Sentences of a span that are asked for their similarity; a passage has fewer.
MOST_SIMILAR = 60
_ENDS = " 。．.!?！？「」\"'"


def split(text: str) -> tuple[str, ...]:
    """The sentences of a text."""
    return tuple(text[start:end] for start, end in sentences(text))


def _holding(statement: str, parts: Sequence[Text]) -> tuple[int, ...]:
    """The sentences that hold the statement word for word: one of them, or a run of them."""
    bare = statement.strip(_ENDS)
    for at, part in enumerate(parts):
        if bare and bare in part.text:
            return (at,)
    joined = ""
    for at, part in enumerate(parts):
        joined += part.text
        for size in range(2, MOST + 1):
            run = parts[at : at + size]
            if len(run) == size and any(bare in glue.join(p.text for p in run) for glue in ("", " ")):
                return tuple(range(at, at + size))
    return ()


def _held(statement: Text, parts: Sequence[Text]) -> float:
    """Share of a statement's units that the parts hold, 0 to 1."""
    keys = frozenset(key for part in parts for key in part.keys)
    return sum(holds(keys, key) for key in statement.keys) / max(len(statement.keys), 1)


def _greedy(statement: Text, parts: Sequence[Text]) -> tuple[int, ...]:
    wanted = set(statement.keys)
    held = [frozenset(key for key in wanted if holds(part.keys, key)) for part in parts]
    chosen: list[int] = []
    while len(chosen) < MOST and wanted:
        best = max(range(len(parts)), key=lambda at: (len(held[at] & wanted), -len(parts[at].units), -at))
        gain = len(held[best] & wanted)
        enough = gain >= NEW_UNITS and gain >= NEW_SHARE * len(statement.keys)
        if not gain or (chosen and not enough):
            break
        chosen.append(best)
        wanted -= held[best]
    return tuple(sorted(chosen))


def _across(
    statement: Text, parts: Sequence[Text], terms: tuple[Term, ...], similarity: Similarity | None
) -> tuple[int, ...]:
    """Between languages: the sentence with most of the statement's terms and names, nearest in meaning."""
    scores = []
    for at, part in enumerate(parts):
        figures = sum(key.startswith("#") for key in statement.keys & part.keys)
        shared = figures + sum(stands_in(term, part) for term in terms)
        near = similarity(statement.text, part.text) if similarity and at < MOST_SIMILAR else 0.0
        scores.append(shared / max(len(terms) + 1, 1) + near)
    best = max(range(len(parts)), key=lambda at: (scores[at], -at))
    return (best,) if scores[best] > 0 else ()


def gather(
    statement: str,
    spans: Sequence[str],
    context: Sequence[str],
    similarity: Similarity | None = None,
    translate: Translate | None = None,
) -> View:
    """What the checks compare a sentence with. `spans` are whole sentences; at least one is needed."""
    ours = read(statement)
    parts = [read(part) for span in spans for part in split(span)]
    parts = [part for part in parts if part.text] or [read(" ".join(spans))]
    whole, around = read("\n".join(spans)), read(" ; ".join(context))
    same = [at for at, part in enumerate(parts) if part.language == ours.language]
    chosen = _holding(ours.text, parts)
    verbatim = bool(chosen)
    if not chosen and same:
        chosen = tuple(same[at] for at in _greedy(ours, [parts[at] for at in same]))
    poor = not verbatim and _held(ours, [parts[at] for at in chosen]) < POOR
    if poor and len(same) < len(parts):
        others = [at for at in range(len(parts)) if at not in same]
        terms = known_terms(ours, translate) if translate else ()
        chosen = (
            tuple(others[at] for at in _across(ours, [parts[at] for at in others], terms, similarity))
            or chosen
        )
    source = parts[chosen[0]] if len(chosen) == 1 else read("\n".join(parts[at].text for at in chosen))
    if not chosen:
        source = whole
    return View(ours, source, whole, around, verbatim, translate, similarity)
