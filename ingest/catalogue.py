"""Who issued a document, what it is, when, and how it stands: entries of sources.toml, or what the text
itself shows.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any

from ingest.dates import find_dates
from ingest.language import language_of
from ingest.types import CatalogueError, Record

#: What a document is: key -> (Japanese, English).
KINDS: dict[str, tuple[str, str]] = {
    "ministry policy": ("省庁の方針", "ministry policy"),
    "guideline": ("ガイドライン", "guideline"),
    "association statement": ("大学団体の声明", "association statement"),
    "slides": ("スライド資料", "slides"),
    "article": ("論文", "article"),
    "event": ("催しの資料", "event"),
    "digest": ("要約", "digest"),
    "note": ("メモ", "note"),
}
#: How it stands: key -> (Japanese, English).
STANDINGS: dict[str, tuple[str, str]] = {
    "in force": ("適用中", "in force"),
    "trial": ("試行中", "on trial"),
    "under discussion": ("検討中", "under discussion"),
    "position": ("団体の立場", "position of its issuer"),
    "informational": ("参考情報", "for information"),
    "superseded": ("旧版", "superseded"),
}
_TEXTS = (
    "key",
    "title_ja",
    "title_en",
    "issuer_ja",
    "issuer_en",
    "date",
    "kind",
    "standing",
    "superseded_by",
    "digest_of",
    "note",
    "note_ja",
)
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_KEY = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
#: A date further down belongs to the content and not to the document.
HEAD = 600
#: First lines that name a section and not the document.
SECTION_NAMES = frozenset(
    "abstract summary introduction contents outline agenda 要旨 概要 目次 はじめに 序文 要約".split()
)
#: Longer first lines are sentences and not titles.
LONGEST_TITLE = 160


@dataclass(frozen=True, slots=True)
class Entry:
    """A record and how its document is known: by file name (glob patterns), else by phrases."""

    record: Record
    names: tuple[str, ...]
    #: Folded, without white space.
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The entries of all sources.toml files, in order."""

    entries: tuple[Entry, ...] = ()

    def find(self, source: str, text: str) -> Record:
        """The record of the document `source` with the cleaned `text`; read off the text if no entry
        matches.
        """
        name = unicodedata.normalize("NFKC", source)
        file = PurePosixPath(name).name
        for entry in self.entries:
            if any(fnmatchcase(file, pattern) or fnmatchcase(name, pattern) for pattern in entry.names):
                return entry.record
        folded = squeezed(text)
        for entry in self.entries:
            if entry.phrases and all(phrase in folded for phrase in entry.phrases):
                return entry.record
        return _from_text(source, text)


def squeezed(text: str) -> str:
    """NFKC, case folded, without any white space: how phrases are compared, since line ends split words."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def load_catalogue(paths: Sequence[Path]) -> Catalogue:
    """The entries of the given sources.toml files. Raises CatalogueError naming file, entry and field."""
    entries: list[Entry] = []
    for path in paths:
        entries += _entries(path)
    seen: set[str] = set()
    for entry in entries:
        if entry.record.key in seen:
            raise _error("two entries have the key", entry.record.key, "同じ key の項目が二つあります")
        seen.add(entry.record.key)
    for entry in entries:
        for field in ("superseded_by", "digest_of"):
            other = getattr(entry.record, field)
            if other and other not in seen and field == "superseded_by":
                raise _error(
                    f"entry {entry.record.key}: {field} names an unknown key", other, "key が見つかりません"
                )
    return Catalogue(tuple(entries))


def _error(what: str, value: object, japanese: str) -> CatalogueError:
    return CatalogueError(f"sources.toml: {what} {value!r}.", f"sources.toml: {japanese}（{value}）。")


def _entries(path: Path) -> list[Entry]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(
            f"{path.name} is not valid TOML: {error}.", f"{path.name} の書式に誤りがあります: {error}。"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(
            f"{path.name} cannot be read: {error}.", f"{path.name} を読めません: {error}。"
        ) from error
    if unknown := set(data) - {"source"}:
        raise _error("unknown table", sorted(unknown)[0], "知らない表があります")
    tables = data.get("source", [])
    if not isinstance(tables, list):
        raise _error("entries are written as [[source]], not", "[source]", "[[source]] と書いてください")
    return [_entry(table, number) for number, table in enumerate(tables, 1)]


def _entry(table: Mapping[str, Any], number: int) -> Entry:
    where = f"entry {table.get('key', number)}"
    for field in table:
        if field not in (*_TEXTS, "aliases", "match"):
            raise _error(f"{where}: unknown field", field, f"{where} に知らない項目があります")
    values = {field: table.get(field, "") for field in _TEXTS if field in table}
    for field, value in values.items():
        check = _CHECKS.get(field, _is_text)
        if not isinstance(value, str) or not check(value):
            raise _error(f"{where}: {field} cannot be", value, f"{where} の {field} が正しくありません")
    if "key" not in values:
        raise _error(f"{where}: the field is missing:", "key", f"{where} に key がありません")
    match = table.get("match", {})
    if not isinstance(match, dict) or set(match) - {"names", "phrases"}:
        raise _error(
            f"{where}: match takes names and phrases, not", match, f"{where} の match が正しくありません"
        )
    aliases = _strings(table.get("aliases", []), where, "aliases")
    names = _strings(match.get("names", []), where, "match.names")
    phrases = tuple(squeezed(phrase) for phrase in _strings(match.get("phrases", []), where, "match.phrases"))
    return Entry(Record(aliases=aliases, **values), names, tuple(phrase for phrase in phrases if phrase))


def _strings(value: object, where: str, field: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise _error(
            f"{where}: {field} must be a list of strings, not",
            value,
            f"{where} の {field} は文字列の配列です",
        )
    return tuple(value)


def _is_text(value: str) -> bool:
    return "\n" not in value


_CHECKS: dict[str, Callable[[str], bool]] = {
    "key": lambda value: _KEY.fullmatch(value) is not None,
    "date": lambda value: value == "" or _DATE.fullmatch(value) is not None,
    "kind": lambda value: value in KINDS,
    "standing": lambda value: value in STANDINGS,
}


def _from_text(source: str, text: str) -> Record:
    """What the text itself shows: a title-like first line or the file's name, and a date in its head."""
    stem = PurePosixPath(source).stem
    lines = [line.strip() for line in text[:HEAD].split("\n") if line.strip()]
    first = re.sub(r"^[^\w「『（(“\"'<＜]+", "", lines[0]) if lines else ""
    titled = 2 <= len(first) <= LONGEST_TITLE and not re.search(r"[。．.]$|@|://", first)
    section = squeezed(first).strip(".:：・") in SECTION_NAMES
    title = first if titled and not section and re.search(r"[^\W\d_]{2}", first) else stem
    dates = [mention for mention in find_dates(text[:HEAD]) if mention.month and not mention.fiscal]
    japanese = language_of(text[:HEAD] or title) == "ja"
    key = (
        re.sub(r"[^a-z0-9._-]+", "-", unicodedata.normalize("NFKC", source).casefold()).strip("-")
        or "document"
    )
    return Record(
        key=key,
        title_ja=title if japanese else "",
        title_en="" if japanese else title,
        date=dates[0].iso if dates else "",
        listed=False,
    )
