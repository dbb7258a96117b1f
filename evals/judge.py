"""Whether hits and answers are what a case asks for. Pure; everything is compared folded and without spaces."""

import re
import unicodedata

from evals.types import Case, Gold

_SPACE = re.compile(r"\s+")
_DASHES = re.compile("[‐‑‒–—−]")


def squeezed(text: str) -> str:
    """NFKC, case-folded, dashes alike, without white space."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _SPACE.sub("", _DASHES.sub("-", folded))


def holds(gold: Gold, source: str, text: str) -> bool:
    """Whether a passage of `source` is the one that `gold` describes."""
    squeezed_text = squeezed(text)
    return source.startswith(gold.document) and all(squeezed(term) in squeezed_text for term in gold.terms)


def facts_in(case: Case, text: str) -> float:
    """Share of the case's facts that stand in `text` in one of their variants; 1 where it asks for none."""
    squeezed_text = squeezed(text)
    found = [any(squeezed(variant) in squeezed_text for variant in fact) for fact in case.facts]
    return sum(found) / len(found) if found else 1.0


def forbidden_in(case: Case, text: str) -> tuple[str, ...]:
    """The forbidden strings of the case that stand in `text`."""
    squeezed_text = squeezed(text)
    return tuple(one for one in case.forbidden if squeezed(one) in squeezed_text)
