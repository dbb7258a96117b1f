"""Leftover markup: emphasis marks of Markdown in a text that is not Markdown, as converters leave them."""

import re

from ingest.edits import Draft, Edit

#: Two stars or underscores around words on one line; a lone pair or stars around spaces are no emphasis.
STRONG = re.compile(r"(?<![*\w])(\*\*|__)(?=[^\s*_])([^\n\f]*?[^\s*_])\1(?![*])")


def emphasis(draft: Draft) -> list[Edit]:
    """Removes balanced marks of strong emphasis; the words between them stay."""
    edits = []
    for match in STRONG.finditer(draft.text):
        if match[1] == "**" or not re.match(r"\w", draft.text[match.end() : match.end() + 1]):
            edits.append(Edit(match.start(), match.start() + 2, ""))
            edits.append(Edit(match.end() - 2, match.end(), ""))
    return edits
