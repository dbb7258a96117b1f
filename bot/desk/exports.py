"""A reply as text for e-mail and as lines of a paper; tickets as CSV that no spreadsheet takes for formulas. Pure."""

import csv
import io
import unicodedata
from collections.abc import Sequence

from bot.desk.reply import Reply
from bot.paper import Line
from bot.store.base import written
from bot.store.tickets import Ticket

#: What a spreadsheet may take for the beginning of a formula, once it has been normalised.
_FORMULA = frozenset("=+-@|\t\r\n")
#: What may stand before a formula without being seen.
_UNSEEN = " \0\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_COLUMNS = (
    "number", "state", "language", "channel", "care", "assigned", "due", "opened", "changed", "sent", "approved_by",
    "question", "contact",
)  # fmt: skip


def as_text(reply: Reply) -> str:
    """The reply as plain text, for the body of an e-mail; the subject is its first line."""
    body = [f"{text} {''.join(f'[{n}]' for n in numbers)}".rstrip() for text, numbers in reply.sentences]
    lines = [reply.say("subject", number=reply.number), "", reply.say("to"), "", reply.say("thanks"), ""]
    lines += [f"■ {reply.say('question')}", reply.question, ""]
    lines += [f"■ {reply.say('answer')}", *(body or [reply.say("empty")]), ""]
    if reply.notes:
        lines += [f"■ {reply.say('notes')}", *reply.notes, ""]
    if reply.sources:
        lines += [f"■ {reply.say('sources')}"]
        for n, (source, quote) in enumerate(zip(reply.sources, reply.quotes, strict=True), start=1):
            lines += [f"[{n}] {source}", f"    {' '.join(quote.split())}"]
        lines += [""]
    lines += [reply.say("no_ruling"), reply.say("closing"), *([reply.contact] if reply.contact else [])]
    return "\n".join(lines) + "\n"


def on_paper(reply: Reply) -> tuple[Line, ...]:
    """The reply as lines of a paper, each source in a footnote where it is mentioned."""
    cited = [f"{source}: {quote}" for source, quote in zip(reply.sources, reply.quotes, strict=True)]
    body = [
        Line("paragraph", text, tuple(cited[n - 1] for n in numbers)) for text, numbers in reply.sentences
    ]
    notes = [Line("heading", reply.say("notes")), *(Line("paragraph", note) for note in reply.notes)]
    ends = (reply.say("no_ruling"), reply.say("closing"), reply.contact)
    return (
        Line("title", reply.say("subject", number=reply.number)),
        Line("paragraph", reply.say("to")),
        Line("paragraph", reply.say("thanks")),
        Line("heading", reply.say("question")),
        Line("paragraph", reply.question),
        Line("heading", reply.say("answer")),
        *(body or [Line("paragraph", reply.say("empty"))]),
        *(notes if reply.notes else ()),
        *(Line("paragraph", text) for text in ends if text),
    )


def safe_cell(text: str) -> str:
    """`text` with a quote in front where a spreadsheet, after folding width, might take it for a formula."""
    folded = unicodedata.normalize("NFKC", text).lstrip(_UNSEEN)
    return f"'{text}" if folded[:1] in _FORMULA or text[:1] in _FORMULA or text[:1] == "\0" else text


def as_csv(tickets: Sequence[Ticket]) -> str:
    """Tickets as CSV (RFC 4180), with a byte order mark so that spreadsheets read Japanese."""
    out = io.StringIO()
    table = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    for ticket in tickets:
        times = {name: getattr(ticket, name) for name in ("due", "opened", "changed", "sent")}
        row = {name: written(at) if at else "" for name, at in times.items()}
        row |= {"care": ", ".join(ticket.care)}
        table.writerow([safe_cell(row.get(name, str(getattr(ticket, name)))) for name in _COLUMNS])
    return "\ufeff" + out.getvalue()
