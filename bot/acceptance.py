"""The mark on documents that the staff has not accepted yet, where the desk asks for that. Pure.

Knows neither the setting nor where acceptances are kept: a function says which documents are accepted.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from bot.extract.frame import marks
from bot.types import Answer, Citation
from ingest.types import Language

#: (source, version) of documents -> those of them that are accepted. A version is accepted for itself alone.
Accepted = Callable[[Collection[tuple[str, str]]], frozenset[tuple[str, str]]]

#: What the note on an answer ends with: a note is known by it again.
_ENDINGS = {
    "ja": "まだ担当者の確認を受けていません。",
    "en": "has not yet been checked by the desk's staff.",
}


def everything(documents: Collection[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Where nothing has to be accepted, every document is."""
    return frozenset(documents)


def waiting(documents: Collection[tuple[str, str]], accepted: Accepted) -> frozenset[str]:
    """The sources of those documents that still wait to be accepted."""
    done = accepted(documents)
    return frozenset(source for source, version in documents if (source, version) not in done)


def shown(answer: Answer) -> frozenset[tuple[str, str]]:
    """(source, version) of the documents that an answer cites or gives to read: the library may be large."""
    passages = [*(one.quote.passage for one in answer.citations), *(hit.passage for hit in answer.nearest)]
    return frozenset((one.source, one.version) for one in passages)


def marked(answer: Answer, unaccepted: Collection[str]) -> Answer:
    """The answer with the mark: it names the sources that wait, and a note says which citations are of them.

    A refusal cites nothing and gets no note.
    """
    passages = [one.quote.passage for one in answer.citations] + [hit.passage for hit in answer.nearest]
    sources = dict.fromkeys(one.source for one in passages if one.source in unaccepted)
    notes = noted(answer.notes, answer.citations, unaccepted, answer.language)
    return replace(answer, unaccepted=tuple(sources), notes=notes)


def noted(
    notes: tuple[str, ...], citations: Sequence[Citation], unaccepted: Collection[str], language: Language
) -> tuple[str, ...]:
    """The notes with one on the citations whose documents wait, in place of one that an earlier look has left."""
    kept = tuple(note for note in notes if not note.endswith(_ENDINGS[language]))
    numbers = [one.n for one in citations if one.quote.passage.source in unaccepted]
    note = (_note(numbers, len(numbers) == len(citations), language),) if numbers else ()
    return (*kept[:1], *note, *kept[1:])


def _note(numbers: list[int], every: bool, language: Language) -> str:
    if language == "ja":
        what = "ここに引用した文書" if every else f"{marks(numbers)}の文書"
        return f"{what}は、{_ENDINGS['ja']}"
    return f"What is quoted {'here' if every else f'in {marks(numbers)}'} {_ENDINGS['en']}"
