"""A draft as a value: checked sentences with their citations, and what the desk itself adds around them. Pure.

A writer edits lines of text that close with marks, "…する。[1][2]"; the marks name citations of the letter. All that
a writer says is in these lines, and every one of them is checked; the frame of a letter is the desk's own words.
"""

import difflib
import hashlib
import hmac
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from bot.acceptance import noted
from bot.types import Answer, Citation, Draft, Quote, Statement
from ingest.types import Language

#: Most sentences of a letter and characters of a sentence.
MOST_LINES, MOST_CHARACTERS = 60, 2_000
_MARKS = re.compile(r"\s*((?:\[\d{1,3}\]\s*)+)\s*$")
_NUMBER = re.compile(r"\d+")


class LetterError(ValueError):
    """Lines that cannot become a letter; `reason_ja` and the message say what to change."""

    def __init__(self, reason: str, reason_ja: str) -> None:
        super().__init__(reason)
        self.reason_ja = reason_ja

    def said(self, language: Language) -> str:
        """The reason for a reader."""
        return self.reason_ja if language == "ja" else str(self)


#: Drafts and the letter's language -> statements with verdicts, and their citations.
Check = Callable[[Sequence[Draft], Language], tuple[tuple[Statement, ...], tuple[Citation, ...]]]


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply as it was written and checked. Citations are numbered from 1; one may be unused."""

    language: Language
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    #: What the desk says beside the answer: what is not covered, how a source stands.
    notes: tuple[str, ...] = ()
    edition: str = ""
    model: str = ""

    @property
    def unsupported(self) -> tuple[Statement, ...]:
        """The sentences that need a person's word: everything that is not wholly supported."""
        return tuple(s for s in self.statements if s.verdict != "supported")


_JSON = TypeAdapter(Letter)


def dumped(letter: Letter) -> str:
    """The letter as JSON."""
    return _JSON.dump_json(letter).decode()


def loaded(text: str) -> Letter:
    """The letter of `dumped`. Raises ValueError."""
    return _JSON.validate_json(text)


def from_answer(answer: Answer, language: Language) -> Letter:
    """A letter out of the desk's answer; a refusal gives an empty one with the reason as a note."""
    if answer.status == "refused":
        return Letter(language, notes=(answer.reason,), edition=answer.edition)
    made = Letter(language, answer.statements, answer.citations, answer.notes, answer.edition, answer.model)
    return with_waiting(made, ())


def with_waiting(letter: Letter, unaccepted: Collection[str]) -> Letter:
    """The letter with a note on those of its sources that wait to be accepted now, whatever was so when it was written."""
    return replace(letter, notes=noted(letter.notes, letter.citations, unaccepted, letter.language))


def to_answer(letter: Letter, question: str, edition: str) -> Answer:
    """The letter as an answer of the desk's own, given on `edition`, with the citations that it uses."""
    sent = tidy(letter)
    return Answer(
        question=question,
        query=question,
        language=sent.language,
        status="answered" if sent.statements else "refused",
        statements=sent.statements,
        citations=sent.citations,
        edition=edition,
        reason="" if sent.statements else "\n".join(sent.notes),
        notes=sent.notes,
        model=sent.model,
    )


def lines(letter: Letter) -> str:
    """The sentences as a writer edits them."""
    return "\n".join(f"{s.text} {''.join(f'[{n}]' for n in s.citations)}".strip() for s in letter.statements)


def edited(letter: Letter, text: str, check: Check) -> Letter:
    """The letter with its sentences as in `text`, each checked anew. Raises LetterError."""
    by_number = {citation.n: citation for citation in letter.citations}
    kept = [line.strip() for line in text.splitlines() if line.strip()]
    if len(kept) > MOST_LINES or any(len(line) > MOST_CHARACTERS for line in kept):
        raise LetterError(
            f"A letter has at most {MOST_LINES} lines of {MOST_CHARACTERS} characters.",
            f"文は {MOST_LINES} 行、1 行 {MOST_CHARACTERS} 文字までにしてください。",
        )
    drafts, marks = [], []
    for line in kept:
        found = _MARKS.search(line)
        numbers = tuple(dict.fromkeys(int(n) for n in _NUMBER.findall(found[1]))) if found else ()
        if unknown := [n for n in numbers if n not in by_number]:
            raise LetterError(
                f"There is no source [{unknown[0]}]; add it first, or remove the mark.",
                f"出典 [{unknown[0]}] はありません。先に追加するか、番号を消してください。",
            )
        drafts.append(
            Draft(line[: found.start()] if found else line, tuple(by_number[n].quote for n in numbers))
        )
        marks.append(numbers)
    statements = check(drafts, letter.language)[0]
    renumbered = tuple(
        replace(statement, citations=numbers) for statement, numbers in zip(statements, marks, strict=True)
    )
    return replace(letter, statements=renumbered)


def with_source(letter: Letter, quote: Quote) -> Letter:
    """The letter with one more citation, which no sentence uses yet; the same quote is not added twice."""
    if any(_same(citation.quote, quote) for citation in letter.citations):
        return letter
    number = max((citation.n for citation in letter.citations), default=0) + 1
    return replace(letter, citations=(*letter.citations, Citation(number, quote)))


def without_source(letter: Letter, number: int, check: Check) -> Letter:
    """The letter without a citation; the sentences that used it lose its mark and are checked again."""
    stripped = replace(
        letter,
        statements=tuple(
            replace(s, citations=tuple(n for n in s.citations if n != number)) for s in letter.statements
        ),
        citations=tuple(c for c in letter.citations if c.n != number),
    )
    return edited(stripped, lines(stripped), check)


def beside(mine: Letter, theirs: Letter) -> tuple[Letter, str]:
    """Two versions of one draft together: mine with the sources of both, and the lines of theirs, marked by its numbers."""
    for citation in theirs.citations:
        mine = with_source(mine, citation.quote)
    number = {c.n: next(m.n for m in mine.citations if _same(m.quote, c.quote)) for c in theirs.citations}
    moved = tuple(
        replace(s, citations=tuple(number[n] for n in s.citations if n in number)) for s in theirs.statements
    )
    return mine, lines(replace(theirs, statements=moved))


def _same(one: Quote, other: Quote) -> bool:
    return (one.passage.id, one.start, one.end) == (other.passage.id, other.start, other.end)


def tidy(letter: Letter) -> Letter:
    """The letter with only the citations that it uses, numbered by first use: as it is sent."""
    used = dict.fromkeys(n for s in letter.statements for n in s.citations)
    number = {old: new for new, old in enumerate(used, start=1)}
    by_number = {citation.n: citation for citation in letter.citations}
    return replace(
        letter,
        statements=tuple(
            replace(s, citations=tuple(number[n] for n in s.citations)) for s in letter.statements
        ),
        citations=tuple(replace(by_number[old], n=new) for old, new in number.items()),
    )


def sentence_key(text: str) -> str:
    """The digest that an override names a sentence by."""
    return hashlib.sha256(text.strip().encode()).hexdigest()


def seal(salt: str, text: str) -> str:
    """A keyed digest of a text, for the audit log: it says nothing once the salt is gone."""
    return hmac.new(salt.encode(), text.encode(), hashlib.sha256).hexdigest()


def difference(old: Letter | None, new: Letter) -> tuple[tuple[str, str], ...]:
    """(mark, line) of the two versions: "-" gone, "+" new, " " kept."""
    before = lines(old).splitlines() if old else []
    compared = difflib.ndiff(before, lines(new).splitlines())
    return tuple((line[0], line[2:]) for line in compared if line[0] in " +-")
