"""BM25 over character bigrams: the usual keyword search for Japanese without a dictionary."""

import re
import unicodedata

from evals.peers.bm25 import keyword_peer
from evals.peers.types import Peer

_SPACE = re.compile(r"\s+")


def bigrams(text: str) -> list[str]:
    """Every two characters in a row, folded (NFKC, lower case), white space as one space."""
    folded = _SPACE.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip()
    return [folded[at : at + 2] for at in range(len(folded) - 1)] or [folded]


def make() -> Peer:
    """The system; it needs no model."""
    return keyword_peer("bm25-bigrams", bigrams)
