"""Text -> terms: the units that keyword search and late interaction count. The same on both sides of a search.

Japanese is cut by SudachiPy into short units (mode A) with normalised forms, so サーバ meets サーバー and 取組 meets
取り組み; English is cut at its letters and stemmed by Snowball. What the dictionary does not know is also cut into
character bigrams, so that a new name is still found. Knows no index and no glossary.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import snowballstemmer
from sudachipy import Dictionary, SplitMode, Tokenizer

from ingest.dates import find_dates
from vectorstore.variants import today

#: SudachiPy takes at most 49,149 bytes at once; a Japanese character takes three in UTF-8.
_CHUNK = 12_000
#: Characters of a run up to which its terms are kept; Sudachi takes 20 µs even for a space.
_GAP = 4
_LATIN = re.compile(r"[a-zà-öø-ÿāīūēō0-9]+(?:['’.&/+-][a-zà-öø-ÿāīūēō0-9]+)*")
_LATIN_PART = re.compile(r"[a-zà-öø-ÿāīūēō]+|[0-9]+(?:[.,][0-9]+)*")
_DIGIT_COMMA = re.compile(r"(?<=\d),(?=\d{3})")

#: An era by its initial, in folded text: R4年度, H31.4.1.
_SHORT_ERA = re.compile(r"(?<![a-z0-9])([rhs])([1-9][0-9]?)(?=年|\.[0-9]{1,2}\.)")
_ERA_BEGINS = {"r": 2019, "h": 1989, "s": 1926}

#: Parts of speech that carry no subject matter (Sudachi's first level).
_EMPTY_POS = frozenset({"助詞", "助動詞", "補助記号", "記号", "空白", "代名詞", "感動詞", "接続詞", "連体詞"})
#: Normalised forms that are grammar whatever their part of speech says.
_EMPTY_JA = frozenset(
    "為る 有る 成る 居る 出来る 言う 事 物 所 為 様 訳 時 何 此れ 其れ どう 下さる 教える 知る 良い 無い 付く"
    " 就く 因る 対する 於く 関する 等 的 達 さん 方 中 上 以 御 よう くださる いる ある なる する こと もの どの".split()
)
_EMPTY_EN = frozenset(
    "a about across after again against all along already also although am among an and another any are as at"
    " be because been before being between both but by can could did do does doing during each either ever"
    " every for from had has have having he hence her his how however i if in into is it its itself just may"
    " me might must my neither no nor not of on onto or other our out over per please same shall she should"
    " since so some such tell than that the their them then there therefore these they this those though"
    " through thus till to too toward towards under until up upon us via was we were what when where whether"
    " which while who whom whose why will with within without would yet you your".split()
)


class Term(NamedTuple):
    """A unit of text: `key` is what is compared, `surface` how it stood first (for its vector)."""

    key: str
    surface: str


_local = threading.local()
_loading = threading.Lock()


@cache
def _dictionary() -> Dictionary:
    """Read once a process: each one maps a file of 200 MB, of which ever more is touched. To be called under `_loading`."""
    return Dictionary()


def _tokenizer() -> Tokenizer:
    """This thread's tokenizer: SudachiPy refuses one that is shared between threads."""
    if not hasattr(_local, "tokenizer"):
        with _loading:  # of two first questions at once, each would else keep a dictionary of its own
            _local.tokenizer = _dictionary().tokenizer(mode=SplitMode.A)
    tokenizer: Tokenizer = _local.tokenizer
    return tokenizer


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Snowball stem of one lower-case English word."""
    if not hasattr(_local, "stemmer"):  # it keeps the word in itself: two threads would stem each other's
        _local.stemmer = snowballstemmer.stemmer("english")
    return str(_local.stemmer.stemWord(word))


def normalise(text: str) -> str:
    """NFKC, lower case, today's characters, figures without thousands commas."""
    return _DIGIT_COMMA.sub("", today(unicodedata.normalize("NFKC", text).lower()))


@lru_cache(maxsize=100_000)
def _latin(run: str) -> tuple[Term, ...]:
    """The terms of an English word or of several that are tied together; the same ones come over and over."""
    parts = _LATIN_PART.findall(run)
    words = (
        Term(stem(part), part)
        for part in parts
        if part not in _EMPTY_EN and (len(part) > 1 or part.isdigit())
    )
    return (*([Term(run, run)] if len(parts) > 1 else ()), *words)


def _bigrams(surface: str) -> Iterator[Term]:
    for at in range(len(surface) - 1):
        yield Term(surface[at : at + 2], surface[at : at + 2])


@lru_cache(maxsize=20_000)
def _gap(run: str) -> tuple[Term, ...]:
    """What stands between two English words: mostly a space or a mark, the same ones over and over."""
    return tuple(_cut(run))


def _japanese(run: str) -> Iterable[Term]:
    return _gap(run) if len(run) <= _GAP else _cut(run)


def _cut(run: str) -> Iterator[Term]:
    for at in range(0, len(run), _CHUNK):
        for m in _tokenizer().tokenize(run[at : at + _CHUNK]):
            if m.part_of_speech()[0] in _EMPTY_POS:
                continue
            key, surface = m.normalized_form(), m.surface()
            if key in _EMPTY_JA or not surface.strip():
                continue
            yield Term(key, surface)
            if m.is_oov() and len(surface) > 2:
                yield from _bigrams(surface)


def _years(text: str) -> Iterator[Term]:
    """Every year that a date names, also one of an era: 令和4年 yields 2022."""
    for mention in find_dates(text):
        if mention.year:
            yield Term(str(mention.year), str(mention.year))
    for era, number in _SHORT_ERA.findall(text):
        year = str(_ERA_BEGINS[era] + int(number) - 1)
        yield Term(year, year)


def terms(text: str) -> list[Term]:
    """The terms of a text in reading order, grammar left out. Linear in the length of the text."""
    folded = normalise(text)
    found: list[Term] = []
    at = 0
    for latin in _LATIN.finditer(folded):
        found.extend(_japanese(folded[at : latin.start()]))
        found.extend(_latin(latin.group()))
        at = latin.end()
    found.extend(_japanese(folded[at:]))
    written = {term.key for term in found}
    found.extend(term for term in _years(folded) if term.key not in written)
    return found
