"""Hyphens: words divided at a line end, and hyphens that extraction lost there (longterm, DUTRU, postWorld
War).

Both are repaired from the document's own words. There is no dictionary here on purpose: what the document
does not prove stays as it was read.
"""

import re
from collections import Counter
from collections.abc import Iterator

from ingest.edits import Draft, Edit

_LATIN = "A-Za-z\u00c0-\u024f"
#: A word divided at a line end. U+2010 and U+2011 are hyphens too; U+2013 is a dash and is left alone.
DIVIDED = re.compile(
    rf"(?<![{_LATIN}])(?P<left>[{_LATIN}]{{2,40}})(?P<hyphen>[-\u2010\u2011])[ \t]*\n[ \t]*"
    rf"(?P<right>[{_LATIN}]{{2,40}})"
)
HYPHENATED = re.compile(r"(?<![\w-])(?P<left>[A-Za-z]{2,})[-\u2010\u2011](?P<right>[A-Za-z]{2,})(?![\w-])")
WORD = re.compile(r"[A-Za-z]{4,}")
#: Short lower-case prefixes that English sets with a hyphen before a capital: post-World War, non-European.
PREFIXED = re.compile(
    r"\b(?P<left>post|pre|non|anti|pro|mid|trans|inter|intra|pan|sub|ultra|neo|ex)(?P<right>[A-Z][a-z]{2,})\b"
)
#: The shortest parts of a lost compound: re-form and co-op are words without their hyphen as well.
LEFT, RIGHT = 3, 4


def _words(text: str) -> Counter[str]:
    return Counter(word.lower() for word in re.findall(r"[^\W\d_]+", text))


def divided(draft: Draft) -> list[Edit]:
    """Joins words divided at a line end. The hyphen stays where the document writes the compound with one."""
    text = draft.text
    if not DIVIDED.search(text):
        return []
    words = _words(text)
    compounds = Counter(match[0].lower() for match in HYPHENATED.finditer(text))
    edits = []
    for match in DIVIDED.finditer(text):
        left, right = match["left"].lower(), match["right"].lower()
        whole = words[left + right]
        compound = compounds[f"{left}-{right}"] + compounds[f"{left}-{right.removesuffix('s')}"]
        # Both halves are words of the document and the whole is not: a compound. A capital after it: a name.
        keep = (
            compound > whole
            or match["right"][0].isupper()
            or (not whole and words[left] > 1 and words[right] > 1)
        )
        edits.append(Edit(match.end("hyphen") if keep else match.start("hyphen"), match.start("right"), ""))
    return edits


def lost(draft: Draft) -> list[Edit]:
    """Puts back a hyphen where the document proves it: the same two parts stand with a hyphen elsewhere."""
    return sorted({*_fused(draft.text), *_prefixed(draft.text)})


def _fused(text: str) -> Iterator[Edit]:
    compounds: Counter[str] = Counter()
    parts: dict[str, int] = {}
    for match in HYPHENATED.finditer(text):
        both = match["left"] + match["right"]
        capital = match["right"][0].isupper()
        if capital or (len(match["left"]) >= LEFT and len(match["right"]) >= RIGHT):
            key = both if capital else both.lower()
            compounds[key] += 1
            parts[key] = len(match["left"])
    fused = Counter(word for word in WORD.findall(text))
    for match in WORD.finditer(text):
        key = match[0] if match[0] in compounds else match[0].lower()
        # A capital inside proves the join by itself; a plain word must be the rarer of the two spellings.
        inner_capital = key in parts and match[0][parts[key]].isupper()
        if key in compounds and (inner_capital or compounds[key] >= 2 * fused[match[0]]):
            cut = match.start() + parts[key]
            yield Edit(cut, cut, "-")


def _prefixed(text: str) -> Iterator[Edit]:
    names = set(re.findall(r"(?<![\w-])[A-Z][a-z]+\b", text))
    for match in PREFIXED.finditer(text):
        if match["right"] in names:
            cut = match.start("right")
            yield Edit(cut, cut, "-")
