"""Named bodies, places and actors: whoever a statement names, its source or its document names, in the
same place.

Abbreviations, initials, glossary forms and the two languages' names of a place are the same name.
"""

import re

from bot.checks.align import align
from bot.checks.katakana import alike, kana_runs
from bot.checks.lookup import Term, known_terms, stands_in
from bot.checks.names import (
    Name,
    abbreviations,
    actors,
    english_names,
    initials,
    is_plain_start,
    is_short_for,
    japanese_names,
    name_pieces,
    name_words,
    stands_as_name,
)
from bot.checks.numbers import RUNS_ALIKE
from bot.checks.order import named_spots
from bot.checks.places import place, places
from bot.checks.references import inside
from bot.checks.stems import stem
from bot.checks.text import normal
from bot.checks.types import Finding, Text, View
from ingest.dates import find_dates

_ARTICLE = re.compile(r"^the ", re.I)


def _rendered(name: str, view: View, texts: tuple[Text, ...]) -> bool:
    """Whether the glossary has another form of `name` that stands in one of `texts`."""
    if view.translate is None:
        return False
    forms = tuple(normal(form) for form in view.translate(name))
    if normal(name).lower() not in {form.lower() for form in forms}:
        return False
    return any(_stands(form, text.text) for form in forms for text in texts)


def _stands(form: str, text: str) -> bool:
    if form.isupper() and form.isascii():
        return form in text
    return stands_as_name(form.lower(), text.lower())


def _word_known(word: str, text: Text) -> bool:
    if any(alike(run, word) for run in kana_runs(text.text)):
        return True
    if place(word):
        return any(name == place(word) for name, _, _ in places(text.text))
    return stem(word) in text.keys or word.lower() in text.text.lower()


def _english_known(name: Name, view: View, texts: tuple[Text, ...]) -> bool:
    if any(all(_word_known(word, text) for word in name_words(name.surface)) for text in texts):
        return True
    if all(any(_word_known(word, text) for text in texts) for word in name_words(name.surface)):
        return True
    if any(name.surface in initials(text.text) for text in texts):
        return True
    if any(not initials(name.surface).isdisjoint(abbreviations(text.text)) for text in texts):
        return True
    parts = (_ARTICLE.sub("", name.surface), *name_words(name.surface))
    return _rendered(parts[0], view, texts) or (
        len(parts) > 1
        and all(_rendered(w, view, texts) or any(_word_known(w, t) for t in texts) for w in parts[1:])
    )


def _sounds_in(kana: str, text: Text) -> bool:
    """Whether a name in katakana stands in a text in Latin letters."""
    return any(alike(kana, word) for name in english_names(text.text) for word in name_words(name.surface))


def _japanese_known(name: str, view: View, texts: tuple[Text, ...]) -> bool:
    if any(name in text.text for text in texts) or _rendered(name, view, texts):
        return True
    if any(_sounds_in(run, text) for run in kana_runs(name) for text in texts):
        return True
    stated = [other.surface for text in texts for other in japanese_names(text.text)]
    return any(is_short_for(name, other) or is_short_for(other, name) for other in stated)


def _all_pieces_known(name: str, view: View, texts: tuple[Text, ...]) -> bool:
    pieces = name_pieces(name)
    return bool(pieces) and pieces != (name,) and all(_japanese_known(piece, view, texts) for piece in pieces)


def _missing(surface: str) -> Finding:
    return Finding(
        "bodies",
        True,
        f"文の「{surface}」は引用にも文書の表題にも出てきません。",
        f"Neither the quoted text nor its document names “{surface}”.",
    )


def _unknown_names(view: View, texts: tuple[Text, ...]) -> list[Finding]:
    found = []
    for name in english_names(view.statement.text):
        if not name_words(name.surface):
            continue
        if is_plain_start(name, view.statement.text) and not place(name.surface):
            continue
        if not _english_known(name, view, texts):
            found.append(_missing(name.surface))
    for name in japanese_names(view.statement.text):
        if not _japanese_known(name.surface, view, texts) and not _all_pieces_known(
            name.surface, view, texts
        ):
            found.append(_missing(name.surface))
    return found


def _unknown_places(view: View, texts: tuple[Text, ...]) -> list[Finding]:
    known = {name for text in texts for name, _, _ in places(text.text)}
    named = [
        (name.start, name.end)
        for name in english_names(view.statement.text)
        if " " in name.surface and _rendered(_ARTICLE.sub("", name.surface), view, texts)
    ]
    return [
        _missing(view.statement.text[a:b])
        for name, a, b in places(view.statement.text)
        if name not in known and not inside(a, tuple(named))
    ]


def _is_proper(term: Term) -> bool:
    """Whether all English forms of a term are written as names are."""
    forms = [form for form in term.forms if form.isascii()]
    words = [word for form in forms for word in re.findall(r"[A-Za-z-]{4,}", form)] or forms
    return bool(forms) and all(word[0].isupper() for word in (*words, *forms))


def _unknown_terms(view: View, texts: tuple[Text, ...]) -> list[Finding]:
    """Names that only the glossary knows as such (慶應義塾)."""
    terms = known_terms(view.statement, view.translate) if view.translate else ()
    dates = tuple((mention.start, mention.end) for mention in find_dates(view.statement.text))
    return [
        _missing(view.statement.text[term.start : term.end])
        for term in terms
        if _is_proper(term)
        and not inside(term.start, dates)
        and not places(view.statement.text[term.start : term.end])
        and not any(stands_in(term, text) for text in texts)
    ]


def _other_actors(view: View) -> list[Finding]:
    """A kind of actor that the source does not speak of, in place of one that it does."""
    ours = {kind for kind, _, _ in actors(view.statement.text)}
    theirs = {kind for kind, _, _ in actors(view.source.text)}
    around = {kind for kind, _, _ in actors(view.context.text)}
    new, lost = sorted(ours - theirs - around), sorted(theirs - ours)
    if not new or not lost:
        return []
    spot = next((a, b) for kind, a, b in actors(view.statement.text) if kind == new[0])
    return [_missing(view.statement.text[spot[0] : spot[1]])]


def _spots(text: str) -> tuple[tuple[str, int, int], ...]:
    """Everything in a text that acts: names as they are written, places and actors by their one name."""
    return (*named_spots(text), *actors(text))


def _swapped(view: View) -> list[Finding]:
    """A name where the source has another one, the words around them being the same."""
    alignment = align(view.statement, view.source)
    if view.cross or alignment.share < RUNS_ALIKE:
        return []
    ours, theirs = _spots(view.statement.text), _spots(view.source.text)
    named, stated = {key for key, _, _ in ours}, {key for key, _, _ in theirs}
    for gap in alignment.gaps:
        here = {key for key, a, b in ours if b > gap.our_start and a < gap.our_end}
        there = {key for key, a, b in theirs if b > gap.their_start and a < gap.their_end}
        moved = gap.their_end == len(view.source.text) and here <= stated and there.isdisjoint(named)
        if here and there and here.isdisjoint(there) and not moved and not _alike(here, there, view):
            one, other = min(here), min(there)
            return [
                Finding(
                    "bodies",
                    True,
                    f"引用では「{other}」のところが、文では「{one}」です。",
                    f"The statement has “{one}” where the quoted text has “{other}”.",
                )
            ]
    return []


def _alike(here: set[str], there: set[str], view: View) -> bool:
    """Whether one of the names is a form of one of the others."""
    for one in here:
        forms = {normal(form).lower() for form in view.translate(one)} if view.translate else set()
        for other in there:
            contained = one in other or other in one
            short = is_short_for(one, other) or is_short_for(other, one)
            letters = one.upper() in initials(other.title()) or other.upper() in initials(one.title())
            if contained or short or letters or other.lower() in forms:
                return True
    return False


def check_bodies(view: View) -> tuple[Finding, ...]:
    """Bodies, places and actors that the source does not name, or names in another place."""
    texts = (view.source, view.whole, view.context)
    found = _unknown_names(view, texts) or _unknown_places(view, texts) or _unknown_terms(view, texts)
    return tuple(found or _other_actors(view) or _swapped(view))
