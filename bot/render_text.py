"""An answer as plain text for a terminal; pure."""

from bot import labels
from bot.types import Answer, Citation

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


def _source(citation: Citation, language: str) -> str:
    quote, words = citation.quote, _WORDS[language]
    page = words["page"].format(quote.passage.page) if quote.passage.page else ""
    record = quote.record
    kind = labels.kind("digest" if record.digest_of else record.kind, language)
    standing = labels.standing(record.standing, language)
    date = labels.date(record.date, language) or words["undated"]
    named = (record.issuer(language), record.title(language), date, kind, standing, page)
    lines = (words["between"].join(part for part in named if part), " > ".join(quote.passage.heading))
    return f"[{citation.n}] " + "\n    ".join(line for line in (*lines, quote.passage.source) if line)


def render(answer: Answer) -> str:
    """The answer with its sources, or the reason for not answering with what to read instead."""
    words = _WORDS[answer.language]
    if answer.status == "answered":
        sources = "\n".join(_source(citation, answer.language) for citation in answer.citations)
        return f"{answer.text}\n\n{words['sources']}\n{sources}"
    if not answer.nearest:
        return answer.reason
    reading = "\n".join(
        f"  - {hit.record.title(answer.language)}: {' > '.join(hit.passage.heading) or hit.passage.source}"
        for hit in answer.nearest
    )
    return f"{answer.reason}\n\n{words['nearest']}\n{reading}"
