"""Writes with a language model: its words become statements, each with the sentences of the passages that it
cites.

Nothing that a model says is taken on trust. It names passages by number; the quotes are chosen and sliced
here. A sentence without a known number, one with mark-up cut out of it, with a quotation that no cited
passage has, or with words of the prompt, gets no quote and so counts as unsupported. Knows no framework and
no page.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.model.assembly import Sentence, Sentences
from bot.model.framing import QUESTION, fitting, framed, framed_history, framed_question, framed_remarks, head
from bot.model.injected import situations
from bot.model.marks import marks_in, visible
from bot.model.support import Reader, quotes_for
from bot.model.unavailable import ModelUnavailable
from bot.types import Chat, Draft, Quote, Turn
from ingest.language import fold, language_of
from ingest.types import Language
from prompts import Prompt, fill, load
from vectorstore.types import Hit

#: Sentences of an answer that are looked at; a model that writes more is not answering.
MOST = 24
#: Characters that a sentence and a prompt may have in common by chance, in a row and without spaces.
CHANCE: Mapping[Language, int] = {"ja": 12, "en": 28}
LANGUAGES: tuple[Language, ...] = ("en", "ja")
#: Shorter quotations are terms.
SHORT_QUOTATION = 8
LONGEST_QUESTION = 400

_QUOTATION = re.compile(r"「([^「」]+)」|『([^『』]+)』|“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»")
_SPACE = re.compile(r"\s+")
_FIGURE = re.compile(r"\d+")


def _squeezed(text: str) -> str:
    return _SPACE.sub("", fold(text))


@dataclass(frozen=True, slots=True)
class _Task:
    """What an answer is written from: the prompt's own words, the passages with their names, and the lines
    that they stand under; all squeezed.
    """

    hits: tuple[Hit, ...]
    words: str
    texts: tuple[str, ...]
    heads: tuple[str, ...]
    reader: Reader


def _task(prompt: Prompt, hits: tuple[Hit, ...], reader: Reader) -> _Task:
    return _Task(
        hits,
        words=_squeezed(f"{prompt.system}\n{prompt.user}"),
        texts=tuple(_squeezed(_all(hit)) for hit in hits),
        heads=tuple(_squeezed(head(hit, language)) for hit in hits for language in LANGUAGES),
        reader=reader,
    )


def _all(hit: Hit) -> str:
    record = hit.record
    names = (hit.passage.title, *hit.passage.heading, record.title_ja, record.title_en)
    return "\n".join((hit.passage.text, *names))


def _heading(text: str, task: _Task) -> bool:
    """Whether a sentence is no more than the name of a document or of a part of it."""
    bare = _squeezed(text).strip(".。>:：")
    return any(bare in one for one in task.heads)


def _leaks(text: str, task: _Task) -> bool:
    """Whether a sentence repeats the prompt's own words, which stand in no passage."""
    squeezed, size = _squeezed(text), CHANCE[language_of(text)]
    if len(squeezed) < size:
        return len(squeezed) > 0 and squeezed in task.words and not any(squeezed in one for one in task.texts)
    runs = (squeezed[at : at + size] for at in range(len(squeezed) - size + 1))
    return any(run in task.words and not any(run in one for one in task.texts) for run in runs)


def _misquotes(text: str, cited: Sequence[str]) -> bool:
    """Whether a sentence puts words in quotation marks that no cited passage has."""
    quoted = (_squeezed(next(filter(None, found.groups()))) for found in _QUOTATION.finditer(text))
    return any(len(one) >= SHORT_QUOTATION and not any(one in other for other in cited) for one in quoted)


def _draft(sentence: Sentence, task: _Task) -> Draft:
    """The sentence with the quotes that it rests on; with none where anything about it is wrong."""
    text, numbers = sentence.text, sentence.numbers
    cited = tuple(task.texts[n - 1] for n in numbers)
    unfit = not numbers or sentence.unknown or not sentence.whole or marks_in(text)
    if unfit or _heading(text, task) or _misquotes(text, cited) or _leaks(text, task):
        return Draft(text)
    quotes = quotes_for(text, [task.hits[n - 1] for n in numbers], task.reader)
    spoken = situations(text)
    return Draft(text, tuple(quote for quote in quotes if situations(_line(quote)) <= spoken))


def _line(quote: Quote) -> str:
    """The lines of its passage that a quote stands in."""
    text = quote.passage.text
    end = text.find("\n", quote.end)
    return text[text.rfind("\n", 0, quote.start) + 1 : end if end >= 0 else len(text)]


def stream_with(
    chat: Chat,
    query: str,
    hits: tuple[Hit, ...],
    language: Language,
    reader: Reader = Reader(),
    remarks: str | None = None,
) -> Iterator[tuple[Draft, ...]]:
    """For each piece of the model's reply the drafts that it completes, mostly none. Raises ModelUnavailable.

    With `remarks` of the staff, empty or not, it is a draft for them and not an answer for the asker.
    Drafts that came before an error are part of no whole answer. Closing this closes the model's connection.
    """
    prompt, given = load("answer" if remarks is None else "draft", language), fitting(hits)
    if not given or len(query) > QUESTION:
        raise ModelUnavailable("unfit")
    values = {"passages": framed(given, language), "question": framed_question(query)}
    if remarks is not None:
        values["remarks"] = framed_remarks(remarks)
    system, user = fill(prompt, values)
    task, found, seen = _task(prompt, given, reader), Sentences(len(given)), 0
    pieces = chat(system, user)
    try:
        for piece in pieces:
            ready = found.feed(piece)
            seen += len(ready)
            if seen > MOST:
                raise ModelUnavailable("overlong")
            yield tuple(_draft(sentence, task) for sentence in ready)
        yield tuple(_draft(sentence, task) for sentence in found.end())
    finally:
        close = getattr(pieces, "close", None)
        if close is not None:
            close()


def write_with(
    chat: Chat, query: str, hits: tuple[Hit, ...], language: Language, reader: Reader = Reader()
) -> tuple[Draft, ...]:
    """The whole answer of a model as drafts, none of them checked yet. Raises ModelUnavailable.

    `reader` finds what a statement in one language rests on in the other.
    """
    drafts = (draft for ready in stream_with(chat, query, hits, language, reader) for draft in ready)
    return tuple(dict.fromkeys(drafts))


def condense_with(chat: Chat, question: str, history: tuple[Turn, ...]) -> str:
    """The question as it stands alone, in the model's words. Raises ModelUnavailable, also for a useless
    reply.

    A reply is of use when it is one line in the question's language, not much longer than what was said, and
    has no figure that was not said before.
    """
    if not history or not question.strip():
        return question.strip()
    language = language_of(question)
    values = {"history": framed_history(history), "question": framed_question(question[:QUESTION])}
    system, user = fill(load("condense", language), values)
    reply = visible("".join(chat(system, user))).strip()
    sentences = Sentences(0)
    plain = [*sentences.feed(reply), *sentences.end()]
    rewritten = " ".join(sentence.text for sentence in plain).strip("\"'“”「」『』 ")
    said = fold(f"{values['history']}\n{question}")
    new_figures = set(_FIGURE.findall(fold(rewritten))) - set(_FIGURE.findall(said))
    wrong = (
        "\n" in reply
        or any(one.unknown or one.numbers for one in plain)
        or language_of(rewritten) != language
    )
    if not rewritten or wrong or new_figures or len(rewritten) > LONGEST_QUESTION:
        raise ModelUnavailable("unreadable")
    return rewritten
