"""Renders a text's terms into the other language through the glossary, longest terms first. Knows no
meaning.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.checks.names import stands_as_name
from bot.checks.stems import stem
from bot.checks.text import normal
from bot.checks.types import Text, Translate

_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*\d*|\d+(?:[.,]\d+)*")
_RUN = re.compile(r"[一-鿿々ァ-ヺー・ぁ-ん]+")
#: Longest term in words (English) and in characters (Japanese) that is looked up.
LONGEST_WORDS = 6
LONGEST_CHARACTERS = 24


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a text that the glossary knows: its place, and its forms in both languages, in compared
    form.
    """

    start: int
    end: int
    forms: tuple[str, ...]


@lru_cache(maxsize=50_000)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(word.removesuffix("'s")) for word in re.findall(r"[A-Za-z]+|\d+", text.lower()))


def _forms(term: str, translate: Translate) -> tuple[str, ...]:
    """The forms of exactly this term; a glossary that finds terms inside a longer text is not taken at
    that.
    """
    forms = tuple(normal(form) for form in translate(term))
    wanted, stems = term.lower(), _stems(term)
    for form in forms:
        if form.lower() == wanted or (stems and form.isascii() and _stems(form) == stems):
            return forms
    return ()


def _narrowed(text: str, translate: Translate) -> Translate:
    """`translate`, asked only for what it knows of the whole text, where it answers for whole texts."""
    pool = tuple(normal(form) for form in translate(text))
    if not pool:
        return translate
    written = {form.lower() for form in pool}
    stemmed = {_stems(form) for form in pool if form.isascii()}

    def only(term: str) -> tuple[str, ...]:
        known = term.lower() in written or (term.isascii() and _stems(term) in stemmed)
        return translate(term) if known else ()

    return only


def _english(text: str, translate: Translate) -> Iterator[Term]:
    spans = [match.span() for match in _WORD.finditer(text)]
    at = 0
    while at < len(spans):
        step = 1
        for size in range(min(LONGEST_WORDS, len(spans) - at), 0, -1):
            start, end = spans[at][0], spans[at + size - 1][1]
            forms = _forms(text[start:end], translate)
            if forms:
                yield Term(start, end, forms)
                step = size
                break
        at += step


def _japanese(text: str, translate: Translate) -> Iterator[Term]:
    for run in _RUN.finditer(text):
        at = run.start()
        while at < run.end() - 1:
            step = 1
            for size in range(min(LONGEST_CHARACTERS, run.end() - at), 1, -1):
                forms = _forms(text[at : at + size], translate)
                if forms:
                    yield Term(at, at + size, forms)
                    step = size
                    break
            at += step


def known_terms(text: Text, translate: Translate) -> tuple[Term, ...]:
    """The terms of `text` that `translate` knows, by place, none overlapping. Linear in the length of the
    text.
    """
    asked = _narrowed(text.text, translate)
    found = [*_english(text.text, asked), *(_japanese(text.text, asked) if text.language == "ja" else ())]
    return tuple(sorted(found, key=lambda term: term.start))


def stands_in(term: Term, text: Text) -> bool:
    """Whether a form of `term` stands in `text`: Japanese as written, English by its stems."""
    lowered, stems = text.text.lower(), " " + " ".join(_stems(text.text)) + " "
    for form in term.forms:
        if form.isascii():
            if f" {' '.join(_stems(form))} " in stems:
                return True
        elif stands_as_name(form.lower(), lowered):
            return True
    return False
