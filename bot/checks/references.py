"""Finds bibliographic references in brackets: their years and names are the reference's, not the
sentence's.
"""

import re

_MONTH = r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
_NAME = rf"{_MONTH}[A-Z][\w.&'-]*(?: ?\([A-Z]+\))?"
_REFERENCE = re.compile(
    rf"\((?:[^()]{{0,80}}?(?:\([A-Z]+\))?[^()]{{0,40}}?)?{_NAME}[)]?(?:他|ら| and others"
    rf"| et al\.?)?,? ?(?:19|20)\d\d[a-z]?(?:[^()]{{0,120}})\)"
)


def references(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of the references of a text in compared form: (Kuroda 2018), (MEXT 2020a; Yonezawa 2014,
    p. 3).
    """
    return tuple(match.span() for match in _REFERENCE.finditer(text))


def inside(start: int, spans: tuple[tuple[int, int], ...]) -> bool:
    """Whether an offset lies in one of the spans."""
    return any(a <= start < b for a, b in spans)
