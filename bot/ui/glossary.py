"""The page of the bilingual glossary: all its rows, or those that hold what was looked for, a page at a time. Pure."""

import unicodedata
from urllib.parse import urlencode

from bot.ui.forms import hidden, pages_of, search_box, select
from bot.ui.markup import NOTHING, Html, el, join, plain
from bot.ui.shell import header, page
from bot.ui.words import say
from ingest.types import Language
from vectorstore.glossary import Entry, Glossary

#: Rows on one page.
ROWS = 60


def glossary_page(glossary: Glossary, words: str, kind: str, number: int, language: Language) -> str:
    """The whole page as HTML: the rows of page `number` that match; the nearest page there is, if it is not."""
    rows = matching(glossary, words, kind)
    last = max(-(-len(rows) // ROWS), 1)
    number = min(max(number, 1), last)
    title = say(language, "nav_glossary")
    query = {"q": words, "kind": kind, "lang": language}
    turning = pages_of("/glossary", query, number, last, language) if last > 1 else NOTHING
    count = say(language, "glossary_found" if words or kind else "glossary_all", n=f"{len(rows):,}")
    main = el(
        "main",
        el("h1", plain(title)),
        el("p", plain(say(language, "glossary_lead")), class_="lead"),
        _form(glossary, words, kind, language),
        el("p", plain(count), class_="edition", role="status"),
        _table(rows[(number - 1) * ROWS : number * ROWS], language) if rows else NOTHING,
        turning,
        class_="still",
        id="main",
    )
    asked = urlencode({name: value for name, value in (("q", words), ("kind", kind)) if value})
    here = "/glossary" + (f"?{asked}" if asked else "")
    body = join((header(language, "glossary", here), main))
    return page(f"{title} – {say(language, 'title_short')}", language, body)


def matching(glossary: Glossary, words: str, kind: str) -> tuple[Entry, ...]:
    """The rows of a kind that hold all the words, in any of their forms; those that begin with them first."""
    wanted = [_folded(word) for word in words.split()]
    found = []
    for entry in glossary.entries:
        forms = [_folded(form) for form in (*entry.ja, *entry.en)]
        if (not kind or entry.kind == kind) and all(any(word in form for form in forms) for word in wanted):
            first = bool(wanted) and not any(form.startswith(wanted[0]) for form in forms)
            found.append((first, entry.number, entry))
    return tuple(entry for _, _, entry in sorted(found, key=lambda row: row[:2]))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _form(glossary: Glossary, words: str, kind: str, language: Language) -> Html:
    kinds = sorted({entry.kind for entry in glossary.entries})
    options = tuple((one, _kind(one, language)) for one in kinds)
    field = select("kind", say(language, "term_kind"), options, kind, say(language, "any"))
    label, button = say(language, "glossary_label"), say(language, "search")
    return search_box(words, label, button, field, hidden("lang", language), action="/glossary")


def _kind(kind: str, language: Language) -> str:
    key = f"term_{kind}"
    try:
        return say(language, key)
    except KeyError:
        return kind


def _table(rows: tuple[Entry, ...], language: Language) -> Html:
    names = ("language_ja", "language_en", "term_kind")
    head = el("tr", *(el("th", plain(say(language, name)), scope="col") for name in names))
    body = (
        el(
            "tr",
            el("td", _forms(entry.ja), lang="ja"),
            el("td", _forms(entry.en), lang="en"),
            el("td", plain(_kind(entry.kind, language)), class_="term-kind"),
        )
        for entry in rows
    )
    return el("table", el("thead", head), el("tbody", *body), class_="terms")


def _forms(forms: tuple[str, ...]) -> Html:
    """The first form, and below it the others."""
    others = el("span", plain(" / ".join(forms[1:])), class_="others") if forms[1:] else NOTHING
    return join((el("b", plain(forms[0])), others))
