"""Compares each statement with the words it cites and says whether they support it. Always on, and fails
closed.

Pure and deterministic: the same statement and spans give the same verdict on every machine. What cannot
be decided is not supported. Knows no store, no model and no page; an embedder and a glossary may be
handed in as functions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.checks.evidence import gather, split
from bot.checks.strokes import changed_lines
from bot.checks.table import CHECKS
from bot.checks.types import Finding, Similarity, Translate, View
from bot.types import Citation, Draft, Quote, Statement, Verdict
from ingest.language import sentences
from ingest.types import Language

#: Longest statement and longest text of all its spans, in characters; a longer one is not looked at.
MAX_STATEMENT = 2_000
MAX_SPANS = 60_000
#: Most content units of one sentence of either, which bounds the alignment, and most characters of a source.
MAX_UNITS = 600
MAX_SOURCE = 4_000


@dataclass(frozen=True, slots=True)
class Checked:
    """A verdict with its reasons in both languages (empty when supported) and the names of the failed
    checks.
    """

    verdict: Verdict
    why_ja: str
    why_en: str
    failed: tuple[str, ...] = ()

    def why(self, language: Language) -> str:
        """The reasons in one language."""
        return self.why_ja if language == "ja" else self.why_en


def split_statements(text: str) -> tuple[str, ...]:
    """The sentences of an answer, in either language, in order."""
    return split(text)


def _refused(check: str, ja: str, en: str) -> Checked:
    return Checked("unsupported", ja, en, (check,))


def _unfit(statement: str, spans: Sequence[str]) -> Checked | None:
    """Why a statement cannot be looked at, if it cannot."""
    if not any(char.isalnum() for char in statement):
        return _refused("empty", "文がありません。", "There is no statement.")
    if not any(span.strip() for span in spans):
        return _refused("citation", "根拠となる引用がありません。", "No text is cited for this.")
    if len(statement) > MAX_STATEMENT or sum(map(len, spans)) > MAX_SPANS:
        return _refused("length", "長すぎて確かめられません。", "This is too long to be checked.")
    return None


def _findings(view: View) -> tuple[Finding, ...]:
    units = max(len(view.statement.units), len(view.source.units))
    if units > MAX_UNITS or len(view.source.text) > MAX_SOURCE:
        return (Finding("length", True, "長すぎて確かめられません。", "This is too long to be checked."),)
    if view.statement.text == view.source.text:  # a whole sentence of the span: there is nothing to compare
        return ()
    return tuple(finding for check in CHECKS.values() for finding in check(view))


def _verdict(findings: Sequence[Finding]) -> Checked:
    unique = tuple(dict.fromkeys(findings))
    if not unique:
        return Checked("supported", "", "")
    verdict: Verdict = "unsupported" if any(finding.hard for finding in unique) else "partly"
    return Checked(
        verdict,
        "".join(finding.ja for finding in unique),
        " ".join(finding.en for finding in unique),
        tuple(dict.fromkeys(finding.check for finding in unique)),
    )


def _placed(pair: tuple[str, str]) -> tuple[str, tuple[str, ...]]:
    """A line of a statement, and the lines in its place as the one span that may bear it out."""
    return pair[0], (pair[1],)


def _worst(checked: Sequence[Checked]) -> Checked:
    """The verdict of several lines, with the reasons of all that are not borne out."""
    failed = [one for one in checked if one.verdict != "supported"]
    if not failed:
        return Checked("supported", "", "")
    return Checked(
        "unsupported" if any(one.verdict == "unsupported" for one in failed) else "partly",
        "".join(dict.fromkeys(one.why_ja for one in failed)),
        " ".join(dict.fromkeys(one.why_en for one in failed)),
        tuple(dict.fromkeys(name for one in failed for name in one.failed)),
    )


def check(
    statement: str,
    spans: Sequence[str],
    language: Language,
    similarity: Similarity | None = None,
    translate: Translate | None = None,
    context: Sequence[str] = (),
) -> Checked:
    """Whether `spans` support `statement`, and if not, why.

    `context` holds names and dates of the cited document (title, headings, issuer), which a statement may
    use as well. Spans should be whole sentences: a negation that stands outside a span cannot be seen. A
    statement of several sentences is as good as its worst one. `language` is the one a text without
    letters is taken to be in.
    """
    unfit = _unfit(statement, spans)
    if unfit is not None:
        return unfit
    changed = changed_lines(statement, spans)
    if changed is not None:
        return _worst([check(*_placed(pair), language, similarity, translate, context) for pair in changed])
    parts = split_statements(statement) or (statement,)
    views = [gather(part, spans, context, similarity, translate) for part in parts]
    return _verdict([finding for view in views for finding in _findings(view)])


def whole_sentences(quote: Quote) -> str:
    """The sentences of a quote's passage that the quote touches, so that nothing it leaves out is lost."""
    text = quote.passage.text
    spans = [(a, b) for a, b in sentences(text) if a < quote.end and quote.start < b]
    return text[spans[0][0] : spans[-1][1]] if spans else quote.text


def _context(quote: Quote) -> tuple[str, ...]:
    record, passage = quote.record, quote.passage
    names = (*record.names, record.date)
    return tuple(dict.fromkeys(name for name in (passage.title, *passage.heading, *names) if name))


def _number(drafts: Sequence[Draft]) -> dict[tuple[str, int, int], Citation]:
    """Citations by passage and span, numbered by first use."""
    table: dict[tuple[str, int, int], Citation] = {}
    for draft in drafts:
        for quote in draft.quotes:
            key = (quote.passage.id, quote.start, quote.end)
            if key not in table:
                table[key] = Citation(len(table) + 1, quote)
    return table


def verify(
    drafts: Sequence[Draft],
    language: Language,
    similarity: Similarity | None = None,
    translate: Translate | None = None,
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Check every draft against what it cites; the only maker of statements.

    Citations are numbered in order of first use, the same quote once. Each statement carries its verdict
    and the reason in `language`.
    """
    table = _number(drafts)
    statements = []
    for draft in drafts:
        spans = tuple(dict.fromkeys(whole_sentences(quote) for quote in draft.quotes))
        context = tuple(dict.fromkeys(name for quote in draft.quotes for name in _context(quote)))
        checked = check(draft.text, spans, language, similarity, translate, context)
        numbers = (table[q.passage.id, q.start, q.end].n for q in draft.quotes)
        cited = tuple(dict.fromkeys(numbers))
        statements.append(Statement(draft.text, cited, checked.verdict, checked.why(language)))
    return tuple(statements), tuple(table.values())


def kept(
    statements: tuple[Statement, ...], citations: tuple[Citation, ...]
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """The statements that are not unsupported, with the citations that they use, numbered anew from 1."""
    shown = [statement for statement in statements if statement.verdict != "unsupported"]
    used = dict.fromkeys(n for statement in shown for n in statement.citations)
    number = {old: new for new, old in enumerate(used, start=1)}
    by_number = {citation.n: citation for citation in citations}
    return (
        tuple(replace(s, citations=tuple(number[n] for n in s.citations)) for s in shown),
        tuple(replace(by_number[old], n=new) for old, new in number.items()),
    )
