"""BM25 over this project's own words and nothing else of it: no vectors, no glossary, no titles."""

from evals.peers.bm25 import keyword_peer
from evals.peers.types import Peer
from vectorstore.words import terms


def words(text: str) -> list[str]:
    """The keys of a text's terms: Sudachi's normalised forms and English stems."""
    return [term.key for term in terms(text)]


def make() -> Peer:
    """The system; it needs no model."""
    return keyword_peer("bm25-words", words)
