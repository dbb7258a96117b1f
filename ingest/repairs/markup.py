"""Leftover markup: emphasis marks of Markdown in a text that is not Markdown, as converters leave them."""

import re

from ingest.edits import Draft, Edit

#: Two stars around words, over one line end at most; a lone pair, or stars beside spaces, are no emphasis.
STRONG = re.compile(r"(?<![*\w])\*\*(?=[^\s*])[^\n\f]{0,300}?(?:\n[^\n\f]{1,200}?)?(?<=[^\s*])\*\*(?!\*)")


def emphasis(draft: Draft) -> list[Edit]:
    """Removes balanced marks of strong emphasis; the words between them stay."""
    edits = []
    for match in STRONG.finditer(draft.text):
        edits.append(Edit(match.start(), match.start() + 2, ""))
        edits.append(Edit(match.end() - 2, match.end(), ""))
    return edits
