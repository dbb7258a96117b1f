"""Citation recall, precision and F1 as ALCE defines them (Gao et al., 2023, arXiv 2305.14627), for both languages.

ALCE's judge is an English entailment model, its marks are `[1]` and its sentences NLTK's. Here the judge is a
function (the desk's checker, or a language model), marks are all that `bot.model.marks` reads (【1】, ［１］, [1-3]), and
sentences end at 。 too. A reply that declines has no figures: with ALCE's own code it would count as uncited.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.model.marks import Mark, read_marks
from evals.records import Reply, Said
from ingest.language import sentences

#: (sentence, numbers of the sources it is laid beside) -> whether they support it.
Supports = Callable[[str, tuple[int, ...]], bool]
#: More than any answer cites, so that a mark is read whatever its number.
_MANY = 9_999


@dataclass(frozen=True, slots=True)
class CitationFigures:
    """Of one answer. `precision` is 0 where nothing is cited."""

    recall: float
    precision: float

    @property
    def f1(self) -> float:
        """Harmonic mean."""
        total = self.recall + self.precision
        return 2 * self.recall * self.precision / total if total else 0.0


def cited_sentences(text: str) -> tuple[Said, ...]:
    """The sentences of a text with citation marks; a mark right after a full stop belongs to the sentence before."""
    plain, marks = "", []
    for event in read_marks([text], _MANY):
        if isinstance(event, Mark):
            plain = plain.rstrip()
            marks.append((len(plain), event.numbers))
        else:
            plain += event
    spans = [(start, end) for start, end in sentences(plain) if any(map(str.isalnum, plain[start:end]))]
    said = []
    for number, (start, end) in enumerate(spans):
        after = spans[number + 1][0] if number + 1 < len(spans) else len(plain) + 1
        last = number + 1 == len(spans)
        mine = [
            n for at, numbers in marks if start < at and (at <= end or (last and at < after)) for n in numbers
        ]
        said.append(Said(plain[start:end].strip(), tuple(dict.fromkeys(mine))))
    return tuple(said)


def _recall(said: Said, known: frozenset[int], supports: Supports) -> bool:
    numbers = said.citations
    return bool(numbers) and known.issuperset(numbers) and supports(said.text, numbers)


def _relevant(said: Said, number: int, supports: Supports) -> bool:
    """A citation is irrelevant when it does not support the sentence alone and the others do without it."""
    rest = tuple(one for one in said.citations if one != number)
    return supports(said.text, (number,)) or not (rest and supports(said.text, rest))


def citation_figures(said: Sequence[Said], known: frozenset[int], supports: Supports) -> CitationFigures:
    """ALCE's figures of one answer: the mean of its sentences' recall; of all its citations, those that bear.

    `known` are the numbers of the sources that the answer was given; a sentence that cites another has recall 0.
    """
    kept = [_recall(one, known, supports) for one in said]
    citations = sum(len(one.citations) for one in said)
    bearing = sum(
        _relevant(one, number, supports)
        for one, good in zip(said, kept, strict=True)
        if good
        for number in one.citations
    )
    return CitationFigures(
        recall=sum(kept) / len(kept) if kept else 0.0, precision=bearing / citations if citations else 0.0
    )


#: (sentence, spans that it may rest on, names of the documents) -> verdict in the checker's words.
Judge = Callable[[str, Sequence[str], Sequence[str]], str]


def support_in(reply: Reply, judge: Judge) -> Supports:
    """The judge over the sources of one reply; a pair is judged once."""
    by_number = {one.n: one for one in reply.cited}
    seen: dict[tuple[str, tuple[int, ...]], bool] = {}

    def supports(sentence: str, numbers: tuple[int, ...]) -> bool:
        if (sentence, numbers) not in seen:
            cited = [by_number[n] for n in numbers if n in by_number]
            spans = list(dict.fromkeys(one.sentences for one in cited))
            context = list(dict.fromkeys(name for one in cited for name in one.context))
            seen[sentence, numbers] = judge(sentence, spans, context) == "supported"
        return seen[sentence, numbers]

    return supports


def figures_of(reply: Reply, judge: Judge) -> Mapping[str, float]:
    """The values of one reply; empty where it declined."""
    if not reply.answered:
        return {}
    found = citation_figures(reply.said, frozenset(one.n for one in reply.cited), support_in(reply, judge))
    return {
        "citation_recall": found.recall,
        "citation_precision": found.precision,
        "citation_f1": found.f1,
    }
