"""The bilingual term list of the domain: which forms mean the same, found in a text and used across languages.

A form is matched as it stands in Japanese, and without plural endings in English; an abbreviation of up to four
capitals only in capitals (``IT`` is not ``it``). A group of forms becomes one term, ``§12``, that is the same in both languages.
"""

import csv
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path

from vectorstore.variants import today
from vectorstore.words import Term, terms

_ENGLISH = re.compile(r"[A-Za-zÀ-ÿ0-9]+")
_JAPANESE = re.compile(r"[぀-ヿ㐀-鿿々]")
_HAN = re.compile(r"[㐀-鿿々]")
_KATAKANA = re.compile(r"[ァ-ヺー]")

#: Texts whose mentions are kept, about 1 kB each.
KEPT = 4_096


class GlossaryError(Exception):
    """A terms file that cannot be used; the message names the line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A group of forms that mean the same."""

    number: int
    kind: str
    ja: tuple[str, ...]
    en: tuple[str, ...]

    @property
    def term(self) -> Term:
        """The term that stands for the whole group in either language."""
        return Term(f"§{self.number}", f"{self.en[0]} {self.ja[0]}")


#: Kinds of entries that may stand within a longer one, and the least words or Japanese characters of such a form.
MATTERS = frozenset({"concept", "document", "programme", "person-role"})
INNER_WORDS, INNER_CHARACTERS = 2, 3
#: What is made for a matter and named after it: a 相談窓口 is for 相談, however short that is.
_MADE_FOR = ("窓口", "制度", "体制", "手続", "手続き")


@dataclass(frozen=True, slots=True)
class Mention:
    """A form of an entry that stands in a text."""

    entry: Entry
    start: int
    end: int


def _is_abbreviation(form: str) -> bool:
    return form.isascii() and form.isupper() and len(form) <= 4


@lru_cache(maxsize=100_000)
def _singular(word: str) -> str:
    """An English word without a plural ending; a stem would take government for governance."""
    lower = word.lower()
    if lower.endswith("ies") and len(lower) > 4:
        return lower[:-3] + "y"
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and len(lower) > 3:
        return lower[:-1]
    return lower


def _stands_alone(form: str, kind: str, before: str, after: str) -> bool:
    """Whether a Japanese form is a word here: タイ is not in タイトル, 名大 not in 有名大学."""
    if (
        _KATAKANA.match(form[0])
        and _KATAKANA.match(before)
        or _KATAKANA.match(form[-1])
        and _KATAKANA.match(after)
    ):
        return False
    short_name = kind == "body" and len(form) <= 2
    return not (short_name and (_HAN.match(before) or _HAN.match(after)))


@dataclass(frozen=True)
class Glossary:
    """All entries, with the tables that find them. `fingerprint` changes with the terms."""

    entries: tuple[Entry, ...]
    fingerprint: str

    @cached_property
    def _japanese(self) -> dict[str, list[tuple[str, Entry]]]:
        """First two characters -> forms that begin with them, longest first."""
        table: dict[str, list[tuple[str, Entry]]] = {}
        for entry in self.entries:
            for form in entry.ja:
                folded = today(unicodedata.normalize("NFKC", form))
                if _JAPANESE.search(folded) and len(folded) > 1:
                    table.setdefault(folded[:2], []).append((folded, entry))
        return {head: sorted(forms, key=lambda f: -len(f[0])) for head, forms in table.items()}

    @cached_property
    def _english(self) -> dict[str, list[tuple[tuple[str, ...], str, Entry]]]:
        """First word -> (words of the form, the form, entry), longest first."""
        table: dict[str, list[tuple[tuple[str, ...], str, Entry]]] = {}
        for entry in self.entries:
            for form in (*entry.en, *(f for f in entry.ja if not _JAPANESE.search(f))):
                words = tuple(_singular(w) for w in _ENGLISH.findall(form))
                if words:
                    table.setdefault(words[0], []).append((words, form, entry))
        return {head: sorted(forms, key=lambda f: -len(f[0])) for head, forms in table.items()}

    def _in_japanese(self, text: str) -> Iterator[Mention]:
        if not _JAPANESE.search(text):
            return
        table, free = self._japanese, 0
        for at in [at for at in range(len(text) - 1) if text[at : at + 2] in table]:
            if at < free:
                continue
            length = 0
            for form, entry in table[text[at : at + 2]]:
                if len(form) < length:
                    break
                stop = at + len(form)
                around = (text[at - 1 : at], text[stop : stop + 1])
                if text.startswith(form, at) and _stands_alone(form, entry.kind, *around):
                    yield Mention(entry, at, stop)
                    length = len(form)
            free = at + length

    def _in_english(self, text: str) -> Iterator[Mention]:
        found = list(_ENGLISH.finditer(text))
        words = [_singular(w.group()) for w in found]
        table, free = self._english, 0
        for at in [at for at, word in enumerate(words) if word in table]:
            if at < free:
                continue
            length = 0
            for form_words, form, entry in table[words[at]]:
                stop = at + len(form_words)
                if len(form_words) < length:
                    break
                if tuple(words[at:stop]) != form_words:
                    continue
                start, end = found[at].start(), found[stop - 1].end()
                if _is_abbreviation(form) and not text.startswith(form, start):
                    continue
                yield Mention(entry, start, end)
                length = len(form_words)
            free = at + length

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Every entry that stands in `text` (NFKC applied), by place; of overlapping forms the longest.

        A form that two entries share yields both: which is meant cannot be told from the form.
        """
        return self._found(text)

    @cached_property
    def _found(self) -> Callable[[str], tuple[Mention, ...]]:
        """What `mentions` found of late: one question meets many sentences, and the same sentences many questions."""
        return lru_cache(maxsize=KEPT)(self._look)

    def _look(self, text: str) -> tuple[Mention, ...]:
        folded = today(unicodedata.normalize("NFKC", text))
        found = (*self._in_japanese(folded), *self._in_english(folded))
        return tuple(sorted(found, key=lambda m: (m.start, -m.end)))

    def translations(self, text: str) -> tuple[str, ...]:
        """Every form, in both languages, of every entry that stands in `text`."""
        forms: dict[str, None] = {}
        for mention in self.mentions(text):
            forms.update(dict.fromkeys((*mention.entry.ja, *mention.entry.en)))
        return tuple(forms)

    @cached_property
    def _matters(self) -> dict[tuple[str, ...], Entry]:
        """The pieces of every form of a matter -> its entry."""
        return {form: e for e in self.entries if e.kind in MATTERS for form in map(_parts, (*e.ja, *e.en))}

    @cached_property
    def _inner(self) -> dict[int, tuple[Entry, ...]]:
        """What `inner` has found so far: of 2,000 entries a library names a few hundred."""
        return {}

    def inner(self, entry: Entry) -> tuple[Entry, ...]:
        """The matters whose forms stand within those of an entry (advisory desk in research security advisory desk). Bodies
        and places are left out: Kyushu is not Kyushu University.
        """
        if entry.number not in self._inner:
            own = dict.fromkeys(part for form in (*entry.ja, *entry.en) for part in _within(_parts(form)))
            found = {self._matters[part].number: self._matters[part] for part in own if part in self._matters}
            found.pop(entry.number, None)
            self._inner[entry.number] = tuple(found.values())
        return self._inner[entry.number]

    def terms(self, text: str, inner: bool = False) -> list[Term]:
        """The terms that stand for the entries in `text`, with `inner` also for those within a longer one."""
        return self.terms_of(self.mentions(text), inner)

    def terms_of(self, mentions: Sequence[Mention], inner: bool = False) -> list[Term]:
        """The terms that stand for the entries of `mentions`, as `terms` has them."""
        entries = [mention.entry for mention in mentions]
        if inner:
            entries += [one for entry in entries for one in self.inner(entry)]
        return [entry.term for entry in entries]


def _parts(form: str) -> tuple[str, ...]:
    """A form in the pieces of which a shorter one may be made: words, or characters of Japanese."""
    folded = today(unicodedata.normalize("NFKC", form))
    return tuple(folded) if _JAPANESE.search(folded) else tuple(map(_singular, _ENGLISH.findall(folded)))


def _within(parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every run of pieces that is shorter than the whole and long enough to name a matter, and what one is made for."""
    japanese = len(parts[0]) == 1 and _JAPANESE.search("".join(parts)) if parts else None
    for length in range(INNER_CHARACTERS if japanese else INNER_WORDS, len(parts) + 1):
        for run in (parts[at : at + length] for at in range(len(parts) - length + 1)):
            if length < len(parts):
                yield run
            words = "".join(run)
            yield from (tuple(words.removesuffix(one)) for one in _MADE_FOR if words[1:].endswith(one))


def _forms(cell: str, line: int) -> tuple[str, ...]:
    forms = tuple(form.strip() for form in cell.split("|"))
    if not all(forms):
        raise GlossaryError(f"terms, line {line}: an empty form; write forms as 'one | two'")
    return forms


def parse_glossary(lines: Sequence[str]) -> Glossary:
    """Tab-separated rows `kind, ja, en` under a header. Raises GlossaryError with the line's number."""
    entries: list[Entry] = []
    for number, row in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
        if number == 1 or not row:
            continue
        if len(row) != 3:
            raise GlossaryError(f"terms, line {number}: {len(row)} columns where 3 are needed: kind, ja, en")
        kind, ja, en = row
        entries.append(Entry(len(entries), kind, _forms(ja, number), _forms(en, number)))
    fingerprint = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]
    return Glossary(tuple(entries), fingerprint)


@cache
def load_glossary(path: Path | None = None) -> Glossary:
    """The bundled glossary, or the one at `path`."""
    text = path.read_text("utf-8") if path else files("vectorstore").joinpath("terms.tsv").read_text("utf-8")
    return parse_glossary(text.splitlines())


def analyse(text: str, glossary: Glossary, inner: bool = False) -> list[Term]:
    """The terms of a text for every index: its words, and what the glossary knows in it.

    `inner` is for what is read, not for what is asked: who asks for an advisory desk means any, and who asks for that of
    research security means that one.
    """
    return terms(text) + glossary.terms(text, inner)
