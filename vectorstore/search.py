"""A question -> the passages that answer it: candidates, features, one learned blend.

Candidates come from Chroma and from keywords. Every candidate gets the features in FEATURES, each between 0 and about
1, and the blend (blend.json, fitted by `python -m evals.fit`) adds them up. A library of a few hundred passages is
scored whole. Knows no files and no answers.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from ingest.language import language_of
from vectorstore.embedders import Embedder
from vectorstore.features import FEATURES, Scored, features
from vectorstore.glossary import Glossary, analyse
from vectorstore.late import Floats, QuestionTerms, match
from vectorstore.lexicon import load_lexicon
from vectorstore.library import OpenEdition
from vectorstore.spread import spread
from vectorstore.types import Filter, Hit, Query, Rerank, Search
from vectorstore.variants import today

#: Candidates from each of the two ways in. All features are computed for at most twice as many passages.
CANDIDATES = 100
#: A library of up to so many passages is scored whole.
WHOLE_LIBRARY = 300
#: At most this many of the hits come from one section of one document.
PER_SECTION = 5
#: A section of up to so many characters is shown whole.
WHOLE_SECTION = 1400

#: What BM25 gives a term at most, in units of its idf: k1 + 1.
BEST_TERM = 2.2
#: Terms of a question that come back in its answer less often than this are no keywords.
CARRIED = 0.5

Rows = NDArray[np.int64]


def load_blend() -> dict[str, float]:
    """The fitted weight of every feature. Raises ValueError when a feature has none."""
    weights: dict[str, float] = json.loads(files("vectorstore").joinpath("blend.json").read_text("utf-8"))[
        "weights"
    ]
    if set(weights) != set(FEATURES):
        raise ValueError(f"blend.json and the features differ: {sorted(set(weights) ^ set(FEATURES))}")
    return weights


@cache
def load_carry() -> dict[str, float]:
    """Term -> how much less often than others it comes back in the passage that answers (理由, 何年, sort, many)."""
    shares: dict[str, float] = json.loads(files("vectorstore").joinpath("carry.json").read_text("utf-8"))[
        "shares"
    ]
    return shares


def question_terms(text: str, edition: OpenEdition, embedder: Embedder, glossary: Glossary) -> QuestionTerms:
    """The terms of a question with their vectors and weights; a term counts once however often it stands."""
    terms = list({term.key: term for term in analyse(text, glossary)}.values())
    carry = load_carry()
    if not terms:
        empty = np.zeros((0, embedder.dimension), np.float32)
        return QuestionTerms(
            (), np.zeros(0, np.int64), empty, np.zeros(0, np.float32), np.zeros(0, np.float32)
        )
    surfaces = [term.surface for term in terms]
    numbers = np.array([edition.index.vocabulary.get(term.key, -1) for term in terms], dtype=np.int64)
    rarest = float(edition.index.idf.max(initial=1.0))
    carried = np.array([carry.get(term.key, 1.0) for term in terms], dtype=np.float32)
    idf = np.where(numbers >= 0, edition.index.idf[numbers], rarest)
    keys = tuple(term.key for term in terms)
    return QuestionTerms(
        keys=keys,
        numbers=numbers,
        vectors=embedder.queries(surfaces),
        weights=(idf * np.sqrt(embedder.salience(surfaces)) * carried).astype(np.float32),
        carried=carried,
        translated=tuple(load_lexicon().pairs(keys, edition.index.vocabulary)),
    )


def _allowed(edition: OpenEdition, only: Filter) -> NDArray[np.bool_] | None:
    """(n,) mask of the rows that a filter allows, or None for all."""
    if only == Filter():
        return None
    documents = list(zip(edition.shelf.sources, edition.shelf.records, strict=True))
    allowed = {
        language: np.array(
            [only.allows(source, record, language) for source, record in documents], dtype=bool
        )
        for language in ("ja", "en")
    }
    return np.where(edition.japanese, allowed["ja"][edition.document_of], allowed["en"][edition.document_of])


def _top(scores: Floats, k: int) -> Rows:
    """The positions of the k highest positive scores."""
    k = min(k, len(scores))
    best = np.argpartition(-scores, k - 1)[:k] if k else np.zeros(0, np.int64)
    return best[scores[best] > 0].astype(np.int64)


def candidates(
    edition: OpenEdition, vector: Floats, keyword_scores: Floats, mask: NDArray[np.bool_] | None
) -> Rows:
    """Rows worth scoring: nearest by Chroma, best by keyword; every row of a small or narrowly filtered library."""
    if mask is not None:
        keyword_scores = np.where(mask, keyword_scores, 0.0).astype(np.float32)
        allowed = np.flatnonzero(mask)
        near = allowed[_nearest(edition.vectors, allowed, vector)]
    elif edition.passages <= WHOLE_LIBRARY:
        return np.arange(edition.passages)
    else:
        near, _ = edition.collection.query(vector, CANDIDATES)
    return np.unique(np.concatenate((near, _top(keyword_scores, CANDIDATES))))


def _nearest(vectors: Floats, allowed: Rows, vector: Floats) -> Rows:
    """Positions in `allowed` of the rows nearest to `vector`: exact, since a filter leaves Chroma few places."""
    cosines = vectors[allowed] @ vector
    k = min(CANDIDATES, len(allowed))
    return np.argpartition(-cosines, k - 1)[:k] if k else np.zeros(0, np.int64)


def score_candidates(
    query: str, edition: OpenEdition, embedder: Embedder, glossary: Glossary, only: Filter
) -> tuple[Rows, Scored]:
    """The candidates of a question with all that the features need."""
    query = today(query)
    vector = embedder.queries([query])[0]
    terms = question_terms(query, edition, embedder, glossary)
    known = terms.numbers[(terms.numbers >= 0) & (terms.carried >= CARRIED)].tolist()
    keyword_scores = edition.keywords.scores(known)
    rows = candidates(edition, vector, keyword_scores, _allowed(edition, only))
    ceiling = float(edition.index.idf[known].sum()) * BEST_TERM if known else 1.0
    asked_in_japanese = language_of(query) == "ja"
    lengths = np.diff(edition.index.body.offsets)[rows]
    return rows, Scored(
        question=terms,
        cosines=edition.vectors[rows] @ vector,
        context_cosines=edition.contexts[edition.index.context_of[rows]] @ vector,
        keywords=keyword_scores[rows] / ceiling,
        matches=match(edition.index, terms, rows),
        lengths=np.asarray(np.log1p(lengths) / 6, np.float32),
        foreign_twin=(
            edition.twins[edition.document_of[rows], int(asked_in_japanese)]
            & (edition.japanese[rows] != asked_in_japanese)
        ).astype(np.float32),
        same_language=(edition.japanese[rows] == asked_in_japanese).astype(np.float32),
        digest=edition.digest_shadowed[edition.document_of[rows]].astype(np.float32),
    )


def _neighbours(edition: OpenEdition, first: int, last: int) -> bool:
    """Whether two rows belong to one section of one document."""
    same_document = edition.document_of[first] == edition.document_of[last]
    return bool(same_document and edition.index.context_of[first] == edition.index.context_of[last])


def _size(edition: OpenEdition, first: int, last: int) -> int:
    """Characters from the start of row `first` to the end of row `last` of one document."""
    return int(edition.bounds[last, 1] - edition.bounds[first, 0])


def place_of(edition: OpenEdition, row: int) -> tuple[int, int]:
    """First and last row of what is shown for a hit: its whole section where that is short, else its passage.

    A reader needs the rest of a short section: the other half of a list, a slide in its other language.
    """
    first = last = row
    while first > 0 and _neighbours(edition, first - 1, row):
        first -= 1
        if _size(edition, first, last) > WHOLE_SECTION:
            return row, row
    while last + 1 < edition.passages and _neighbours(edition, row, last + 1):
        last += 1
        if _size(edition, first, last) > WHOLE_SECTION:
            return row, row
    return first, last


def _places(edition: OpenEdition, rows: Rows, order: Rows) -> Iterator[tuple[int, tuple[int, int]]]:
    """The places of a ranking: (position, rows shown), each place once, few from one section."""
    taken: Counter[tuple[int, int]] = Counter()
    places: set[tuple[int, int]] = set()
    for at in order:
        row = int(rows[at])
        place = place_of(edition, row)
        section = (int(edition.document_of[row]), int(edition.index.context_of[row]))
        if place in places or taken[section] >= PER_SECTION:
            continue
        taken[section] += 1
        places.add(place)
        yield int(at), place


def make_search(
    edition: OpenEdition,
    embedder: Embedder,
    glossary: Glossary,
    weights: Mapping[str, float],
    rerank: Rerank | None = None,
) -> Search:
    """A search over one open edition. Thread-safe."""
    blend = np.array([weights[name] for name in FEATURES], dtype=np.float32)

    def search(query: Query) -> tuple[Hit, ...]:
        if not query.text.strip() or not edition.passages or query.k < 1:
            return ()
        rows, scored = score_candidates(query.text, edition, embedder, glossary, query.only)
        if not len(rows):
            return ()
        table = features(scored)
        scores = table @ blend
        order = np.argsort(-scores, kind="stable")
        chosen = spread(
            _places(edition, rows, order),
            lambda place: int(edition.document_of[rows[place[0]]]),
            lambda place: float(scores[place[0]]),
            lambda one, other: float(edition.vectors[rows[one[0]]] @ edition.vectors[rows[other[0]]]),
            query.k,
        )
        hits = tuple(
            Hit(
                passage=passage,
                record=edition.shelf.records[edition.document_of[rows[at]]],
                score=float(scores[at]),
                features=tuple(zip(FEATURES, map(float, table[at]), strict=True)),
            )
            for passage, (at, _) in zip(
                edition.shelf.spans([place for _, place in chosen]), chosen, strict=True
            )
        )
        return rerank(query.text, hits) if rerank else hits

    return search
