"""Lines of a slide that are quoted as one statement, as people read them. Pure.

What is checked, sealed and handed to programs keeps every stroke; only what is shown loses those after a colon.
"""

import re

from bot.types import STROKE

_AFTER_COLON = re.compile(rf"(?<=[:：]){re.escape(STROKE)}")


def shown(text: str) -> str:
    """A statement without the strokes that follow a colon: "Fields: / Physics / Law" reads "Fields: Physics / Law"."""
    return _AFTER_COLON.sub(lambda found: "" if text[found.start() - 1] == "：" else " ", text)
