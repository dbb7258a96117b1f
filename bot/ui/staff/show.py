"""Tickets, letters and answers as HTML for the staff's page. Pure; whatever anybody wrote is shown as text."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.desk.approved import Reviewed
from bot.desk.file import File
from bot.desk.letter import Letter
from bot.desk.stale import told
from bot.extract.frame import introduces
from bot.labels import unaccepted
from bot.store.answers import Approved
from bot.store.tickets import Ticket
from bot.ui.library import health
from bot.ui.markup import NOTHING, Html, chip, document_url, el, join, lines, plain
from bot.ui.sources import chips
from bot.ui.words import say
from ingest.types import Document, Language
from vectorstore.types import Hit

_MARK = {"supported": "good", "partly": "care", "unsupported": "bad"}
#: Characters of a question in a list, and of a passage that was found.
SHORT, FOUND = 60, 160


def when(at: datetime) -> str:
    """A moment to the minute, in UTC."""
    return f"{at:%Y-%m-%d %H:%M}"


def label(ticket: Ticket, language: Language) -> str:
    """A ticket in the list."""
    text = " ".join(ticket.question.split()) or say(language, "s_erased")
    return f"{ticket.number}　{say(language, f'state_{ticket.state}')}　{short(text, SHORT)}"


def short(text: str, most: int) -> str:
    """The text, cut to `most` characters with a mark of omission."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _part(title: str, *inside: Html) -> Html:
    return el("section", el("h3", plain(title)), *inside, class_="part")


def ticket(file: File, language: Language) -> Html:
    """Question, state, marks, and what came with it."""
    held = file.ticket
    marks = [chip(say(language, f"care_{care}"), "warn") for care in held.care]
    state = [
        chip(say(language, f"state_{held.state}"), "issuer"),
        chip(say(language, f"channel_{held.channel}")),
    ]
    if held.version:
        state.append(chip(say(language, "s_version", n=held.version)))
    if held.assigned:
        state.append(chip(f"{say(language, 's_assigned')}: {held.assigned}"))
    if held.due:
        state.append(chip(f"{held.due:%Y-%m-%d}", "warn"))
    if held.approved_by:
        state.append(chip(say(language, "s_approved_by", who=held.approved_by), "health_good"))
    body = say(language, "s_erased") if held.erased else held.question
    back = el("a", plain(say(language, "s_back")), href="#list", class_="back")
    head = el("h2", plain(f"{say(language, 's_question')} {held.number}"))
    parts = [head, el("div", *state, *marks, class_="chips"), el("blockquote", lines(body))]
    if held.contact:
        parts.append(_part(say(language, "s_contact"), el("p", lines(held.contact))))
    if held.context:
        text = el("summary", plain(say(language, "s_context")))
        parts.append(el("details", text, el("p", lines(held.context)), class_="context"))
    return el("article", back, *parts, class_="ticket")


def similar(answers: Sequence[Reviewed], earlier: Sequence[Ticket], language: Language) -> Html:
    """Approved answers and earlier tickets that come near, to open while one writes."""
    parts = []
    if answers:
        rows = (
            el(
                "li",
                el("p", plain(f"{one.number}　{one.variant}")),
                el("p", plain(" ".join(s.text for s in one.letter.statements)), class_="why"),
            )
            for one in answers
        )
        parts.append(_part(say(language, "s_similar"), el("ul", *rows)))
    if earlier:
        rows = (
            el("li", plain(f"{one.number}　{one.question}"), chip(say(language, f"state_{one.state}")))
            for one in earlier
        )
        parts.append(_part(say(language, "s_earlier"), el("ul", *rows)))
    if not parts:
        return NOTHING
    head = el("summary", plain(say(language, "s_alike", n=len(answers) + len(earlier))))
    return el("details", head, *parts, class_="context")


def verdicts(letter: Letter | None, language: Language) -> Html:
    """Every sentence with its verdict and why."""
    if not letter or not letter.statements:
        return NOTHING
    rows = []
    for one in letter.statements:
        verdict = chip(say(language, one.verdict), f"verdict {_MARK[one.verdict]}")
        why = el("p", plain(one.why), class_="why") if one.why else NOTHING
        numbers = "".join(f"[{n}]" for n in one.citations)
        rows.append(el("li", verdict, el("span", plain(f"{one.text} {numbers}")), why))
    before, after = (
        [el("p", lines(note)) for note in letter.notes if introduces(note) == first]
        for first in (True, False)
    )
    notes = el("div", *after, class_="notes") if after else NOTHING
    return _part(say(language, "s_check"), *before, el("ul", *rows, class_="verdicts"), notes)


def sources(letter: Letter | None, language: Language, waiting: Collection[str] = ()) -> Html:
    """The sources that sentences may name, with the words that they quote; those that wait to be accepted are marked."""
    if not letter or not letter.citations:
        return NOTHING
    used = {n for one in letter.statements for n in one.citations}
    items = []
    for one in letter.citations:
        passage, record = one.quote.passage, one.quote.record
        url = document_url(passage.source, one.start, one.end, passage.version, language)
        link = el(
            "a", plain(f"[{one.n}] {record.title(language) or passage.title}"), href=url, target="_blank"
        )
        unused = NOTHING if one.n in used else chip(say(language, "s_unused"))
        marked = chip(unaccepted(language), "warn") if passage.source in waiting else NOTHING
        items.append(el("li", link, unused, marked, el("blockquote", lines(one.quote.text))))
    return _part(say(language, "s_sources"), el("ul", *items, class_="sources"))


def passage(hit: Hit, language: Language) -> str:
    """A passage that was found, as a choice."""
    colon = "：" if language == "ja" else ": "
    text = short(" ".join(hit.passage.text.split()), FOUND)
    return f"{hit.record.title(language) or hit.passage.title}{colon}{text}"


def conflict(told: str, theirs: str, language: Language) -> Html:
    """That somebody else saved meanwhile, with what they saved."""
    saved = el(
        "details", el("summary", plain(say(language, "s_theirs"))), el("p", lines(theirs)), open="open"
    )
    return el("div", el("p", plain(told)), saved, class_="conflict")


def documents(held: Sequence[Document], language: Language) -> Html:
    """The documents that wait to be accepted, each to be opened and read."""
    if not held:
        return el("p", plain(say(language, "s_documents_none")), class_="why")
    items = []
    for one in held:
        url = document_url(one.source, 0, 0, one.version, language)
        link = el("a", plain(document_name(one, language)), href=url, target="_blank")
        about = el("div", chips(one.record, language), health(one.health, language), class_="chips")
        items.append(el("li", link, about, el("p", plain(one.source), class_="why")))
    return join([el("p", plain(say(language, "s_documents_why"))), el("ul", *items, class_="sources")])


def document_name(document: Document, language: Language) -> str:
    """A document as a choice."""
    return document.record.title(language) or document.source


def history(file: File, language: Language) -> Html:
    """What changed between the last two versions, and what was said."""
    parts = []
    if changes := file.changes() if not file.ticket.erased and len(file.versions) > 1 else ():
        names = {"-": "del", "+": "ins", " ": "span"}
        rows = (el("li", el(names[mark], plain(line))) for mark, line in changes)
        parts.append(_part(say(language, "s_changes"), el("ul", *rows, class_="changes")))
    if file.comments:
        rows = (
            el(
                "li",
                el("p", lines(one.text)),
                el("p", plain(say(language, "s_by", who=one.by, at=when(one.at))), class_="why"),
            )
            for one in file.comments
        )
        parts.append(_part(say(language, "s_history"), el("ul", *rows, class_="comments")))
    return join(parts)


def exports(file: File, language: Language) -> Html:
    """Links to the reply as files."""
    if not file.letter:
        return NOTHING
    kinds = [("txt", say(language, "s_export_text")), ("md", "Markdown"), ("docx", "Word")]
    if file.ticket.state in ("approved", "sent"):
        kinds.append(("json", say(language, "s_export_packet")))
    links = (
        el("a", plain(name), href=f"/desk/export/{file.ticket.number}.{kind}", class_="file", target="_blank")
        for kind, name in kinds
    )
    return _part(say(language, "s_export"), el("p", *links, class_="files"))


def table_link(language: Language) -> Html:
    """Where all tickets are as a table."""
    return el("a", plain(say(language, "s_export_csv")), href="/desk/export/tickets.csv", target="_blank")


def approved(held: Sequence[Approved], titles: Sequence[str], language: Language) -> Html:
    """All approved answers with their state; `titles` are their first sentences."""
    if not held:
        return el("p", plain(say(language, "s_answers_none")), class_="why")
    items = []
    for one, text in zip(held, titles, strict=True):
        kind = "health_good" if one.state == "reviewed" else "warn"
        marks = [chip(say(language, f"state_{one.state}"), kind), chip(f"{one.approved:%Y-%m-%d}")]
        if one.expires:
            marks.append(chip(f"→ {one.expires:%Y-%m-%d}"))
        marks.append(chip(say(language, "s_approved_by", who=one.approved_by)))
        twins = [str(other.number) for other in held if one.pair and other.pair == one.pair and other != one]
        marks += [chip(say(language, "s_twin_of", n=number)) for number in twins]
        asked = (el("p", plain(variant.text)) for variant in one.variants)
        why = el("p", plain(told(one.why, language)), class_="why") if one.why else NOTHING
        head = el("h3", plain(f"{one.number}　{text}"))
        items.append(el("li", head, el("div", *marks, class_="chips"), why, *asked))
    return el("ul", *items, class_="answers")
