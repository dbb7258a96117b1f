"""How passages, questions and earlier turns are put before a language model: as lines that say whose they
are.

Every line of material begins with its owner and a bar ("3|", "Q|", "H|"), so that no text can end its own
frame. What a reader would not see is dropped, marks in the material are made round, and passages that speak
to the writer are left out. Pure.
"""

import re
from collections.abc import Sequence

from bot.model.injected import speaks_to_writer
from bot.model.marks import visible, without_marks
from bot.types import Turn
from ingest.types import Language
from vectorstore.types import Hit

#: Characters of passages in one prompt; the hits that come last are left out first.
PASSAGES = 12_000
#: Characters of a question, turns, and characters of an earlier answer that a model is shown.
QUESTION, TURNS, ANSWER = 2_000, 4, 400
_BREAKS = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def lines(owner: str, text: str) -> str:
    """`text` with `owner` and a bar before every line."""
    plain = without_marks(visible(_BREAKS.sub("\n", text)))
    return "\n".join(f"{owner}| {line.strip()}" for line in plain.split("\n") if line.strip())


def head(hit: Hit, language: Language) -> str:
    """The line that a passage stands under: title, headings, issuer and date."""
    record = hit.record
    about = "; ".join(part for part in (record.issuer(language), record.date) if part)
    title = " > ".join(dict.fromkeys((record.title(language) or hit.passage.title, *hit.passage.heading)))
    return _BREAKS.sub(" ", f"{title} ({about})" if about else title)


def fitting(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits that a model is shown: from the best on, as many passages as a prompt holds, none that speaks
    to it.
    """
    size = 0
    kept: list[Hit] = []
    for hit in hits:
        if speaks_to_writer("\n".join((hit.passage.text, hit.passage.title, *hit.passage.heading))):
            continue
        size += len(hit.passage.text)
        if size > PASSAGES and kept:
            break
        kept.append(hit)
    return tuple(kept)


def framed(hits: Sequence[Hit], language: Language) -> str:
    """The passages, numbered from 1, each under a line with its title, headings, issuer and date."""
    blocks = (
        f"{lines(str(n), head(hit, language))}\n{lines(str(n), hit.passage.text[:PASSAGES])}"
        for n, hit in enumerate(hits, start=1)
    )
    return "\n\n".join(blocks)


def framed_question(question: str) -> str:
    """The question."""
    return lines("Q", question)


def framed_remarks(text: str) -> str:
    """What a member of staff asks of a draft; a dash for nothing."""
    return lines("R", text[:QUESTION]) or "R| -"


def framed_history(history: Sequence[Turn]) -> str:
    """The latest turns, each with its question as asked, as it was searched for, and the beginning of its
    answer.
    """
    said: list[str] = []
    for turn in history[-TURNS:]:
        asked = dict.fromkeys(part for part in (turn.question, turn.query) if part)
        said.extend((*(part[:QUESTION] for part in asked), turn.answer[:ANSWER]))
    return "\n".join(lines("H", part) for part in said if not speaks_to_writer(part))
