"""Which single words of the two languages mean the same, as a million aligned sentences show it.

`lexicon.tsv` is made by `python -m vectorstore.training.lexicon`. Where the glossary knows the terms of the domain, this
table knows the words around them (締め切り and deadline, 派遣 and dispatch). Keys are those of `vectorstore.words`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

#: A share of .2 is worth .5, one of .5 worth .75: rare among other renderings is still a rendering.
POWER = 0.45


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Term key -> its translations, each with how well it matches, 0 to 1."""

    translations: Mapping[str, tuple[tuple[str, float], ...]]

    def pairs(self, keys: Sequence[str], column: Mapping[str, int]) -> Iterator[tuple[int, int, float]]:
        """(position in `keys`, column of a translation, similarity) for the translations that have a column."""
        for row, key in enumerate(keys):
            for other, similarity in self.translations.get(key, ()):
                if other in column:
                    yield row, column[other], similarity


def parse_lexicon(lines: Sequence[str]) -> Lexicon:
    """Tab-separated rows `ja, en, share` under a header; the share is how often the one renders the other."""
    found: dict[str, list[tuple[str, float]]] = {}
    for line in lines[1:]:
        ja, en, share = line.split("\t")
        similarity = float(share) ** POWER
        found.setdefault(ja, []).append((en, similarity))
        found.setdefault(en, []).append((ja, similarity))
    return Lexicon({key: tuple(rows) for key, rows in found.items()})


@cache
def load_lexicon() -> Lexicon:
    """The bundled table."""
    text = files("vectorstore").joinpath("lexicon.tsv").read_text("utf-8")
    return parse_lexicon(text.splitlines())
