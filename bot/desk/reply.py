"""A letter as a reader gets it: salutation, answer, what is not covered, sources, contact. Pure.

The frame is in the language of the question and in the desk's own words; the sentences are the letter's.
"""

from dataclasses import dataclass

from bot.desk.letter import Letter, tidy
from bot.extract.frame import introduces
from bot.types import Citation
from ingest.types import Language

_WORDS: dict[str, tuple[str, str]] = {
    "subject": ("ご質問への回答（受付番号 {number}）", "Reply to your question (no. {number})"),
    "to": ("ご質問くださった方へ", "To whom it may concern"),
    "thanks": (
        "お問い合わせありがとうございます。いただいたご質問に、下記の資料の記述に基づいてお答えします。",
        "Thank you for your question. The following reply rests on the documents listed below.",
    ),
    "question": ("ご質問", "Your question"),
    "answer": ("回答", "Reply"),
    "notes": ("ご留意いただきたい点", "Please note"),
    "empty": (
        "お手元の資料の範囲では、このご質問に直接お答えできる記述が見つかりませんでした。",
        "The documents at hand do not answer this question directly.",
    ),
    "sources": ("出典", "Sources"),
    "page": ("{n} ページ", "p. {n}"),
    "closing": (
        "ご不明な点があれば、受付番号を添えてお問い合わせください。",
        "If anything is unclear, please write to us with the number of your question.",
    ),
    "no_ruling": (
        "この回答は資料の内容をお伝えするもので、法的な判断ではありません。",
        "This reply tells you what the documents say. It is not a legal ruling.",
    ),
}


def words(language: Language, key: str, **fill: object) -> str:
    """The words of a reply's frame."""
    return _WORDS[key][0 if language == "ja" else 1].format(**fill)


@dataclass(frozen=True, slots=True)
class Reply:
    """All parts of a reply. `sentences` have the numbers of their sources; `sources` are in order from 1."""

    number: int
    language: Language
    question: str
    sentences: tuple[tuple[str, tuple[int, ...]], ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    quotes: tuple[str, ...]
    contact: str

    def say(self, key: str, **fill: object) -> str:
        """The words of the frame in the reply's language."""
        return words(self.language, key, **fill)


def source_line(citation: Citation, language: Language) -> str:
    """Title, issuer, date and page of a source, as a reader would look for it."""
    record, passage = citation.quote.record, citation.quote.passage
    page = words(language, "page", n=passage.page) if passage.page else ""
    parts = (record.title(language) or passage.title, record.issuer(language), record.date, page)
    return ("、" if language == "ja" else ", ").join(part for part in parts if part)


def reply_of(number: int, question: str, letter: Letter, contact: str) -> Reply:
    """The reply that a letter makes."""
    sent = tidy(letter)
    notes = (
        note for note in sent.notes if not introduces(note)
    )  # each source is listed below with its title
    lines = tuple(line for note in notes for line in note.splitlines() if line.strip())
    return Reply(
        number,
        sent.language,
        question,
        tuple((s.text, s.citations) for s in sent.statements),
        lines,
        tuple(source_line(c, sent.language) for c in sent.citations),
        tuple(c.quote.text for c in sent.citations),
        contact,
    )
