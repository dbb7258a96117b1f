"""An answer as plain text for a terminal; pure."""

from collections.abc import Collection, Iterator

from bot import labels
from bot.extract.frame import marks
from bot.strokes import shown
from bot.types import Answer, Citation
from vectorstore.types import Hit

_WORDS = {
    "ja": {
        "sources": "出典",
        "nearest": "参考（回答の根拠ではありません）",
        "page": "{}ページ",
        "undated": "日付なし",
        "between": "／",
    },
    "en": {
        "sources": "Sources",
        "nearest": "For reading (not what an answer rests on)",
        "page": "page {}",
        "undated": "undated",
        "between": "; ",
    },
}


def _document(citation: Citation, unaccepted: Collection[str], language: str) -> str:
    """Issuer, title, date, kind and standing of a cited document, and its file."""
    record, words = citation.quote.record, _WORDS[language]
    kind = labels.kind("digest" if record.digest_of else record.kind, language)
    standing = labels.standing(record.standing, language)
    date = labels.date(record.date, language) or words["undated"]
    mark = labels.unaccepted(language) if citation.quote.passage.source in unaccepted else ""
    named = (record.issuer(language), record.title(language), date, kind, standing, mark)
    return f"{words['between'].join(part for part in named if part)}\n    {citation.quote.passage.source}"


def _place(citation: Citation, language: str) -> str:
    """Headings and page of a quote; empty where neither is known."""
    passage = citation.quote.passage
    page = _WORDS[language]["page"].format(passage.page) if passage.page else ""
    return _WORDS[language]["between"].join(part for part in (" > ".join(passage.heading), page) if part)


def _sources(answer: Answer) -> Iterator[str]:
    """Each cited document once, with the places in it that each number stands for."""
    documents: dict[str, dict[str, list[int]]] = {}
    for citation in answer.citations:
        places = documents.setdefault(_document(citation, answer.unaccepted, answer.language), {})
        places.setdefault(_place(citation, answer.language), []).append(citation.n)
    for document, places in documents.items():
        yield f"{marks([n for numbers in places.values() for n in numbers])} {document}"
        yield from (f"    {marks(numbers)} {place}" for place, numbers in places.items() if place)


def render(answer: Answer) -> str:
    """The answer with its sources, or the reason for not answering with what to read instead."""
    words = _WORDS[answer.language]
    if answer.status == "answered":
        sources = "\n".join(_sources(answer))
        return f"{shown(answer.text)}\n\n{words['sources']}\n{sources}"
    if not answer.nearest:
        return answer.reason
    reading = "\n".join(_reading(hit, answer) for hit in answer.nearest)
    return f"{answer.reason}\n\n{words['nearest']}\n{reading}"


def _reading(hit: Hit, answer: Answer) -> str:
    """A passage to read instead of an answer."""
    place = " > ".join(hit.passage.heading) or hit.passage.source
    mark = f" [{labels.unaccepted(answer.language)}]" if hit.passage.source in answer.unaccepted else ""
    return f"  - {hit.record.title(answer.language)}: {place}{mark}"
