"""How many false statements the checker flags, and how many true ones it leaves alone. Deterministic."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.checks.types import Similarity, Translate
from bot.types import Draft, Quote, Verdict
from bot.verify import verify
from evals.mutants import KINDS, mutants
from evals.true_pairs import Pair

#: What a true statement counts as among the kinds.
UNTOUCHED = "untouched"


@dataclass(frozen=True, slots=True)
class Judged:
    """One statement and its verdict; `kind` is a kind of mutant, or `untouched`."""

    kind: str
    rule: str
    pair: Pair
    statement: str
    verdict: Verdict

    @property
    def flagged(self) -> bool:
        """Whether a reader would not see it as supported."""
        return self.verdict != "supported"


def judged(
    pairs: Sequence[Pair], bodies: Sequence[Sequence[str]], similarity: Similarity, translate: Translate
) -> Iterator[Judged]:
    """Every pair as it is and all its mutants, checked against the whole passage as an answer is."""
    for pair in pairs:
        quote = Quote(pair.passage, pair.record, 0, len(pair.passage.text))
        made = ((one.kind, one.rule, one.text) for one in mutants(pair.statement, pair.language, bodies))
        for kind, rule, text in ((UNTOUCHED, "", pair.statement), *made):
            (statement,), _ = verify([Draft(text, (quote,))], pair.language, similarity, translate)
            yield Judged(kind, rule, pair, text, statement.verdict)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: how many of a kind were made and how many of them were flagged."""

    kind: str
    made: int
    flagged: int

    @property
    def share(self) -> float:
        """Share that was flagged, 0 to 1; 0 where none was made."""
        return self.flagged / self.made if self.made else 0.0


def rows(results: Sequence[Judged]) -> tuple[Row, ...]:
    """A row for each kind of mutant, for all mutants, and for the untouched, last."""
    by_kind = {kind: [one for one in results if one.kind == kind] for kind in (*KINDS, UNTOUCHED)}
    by_kind["all mutants"] = [one for one in results if one.kind != UNTOUCHED]
    order = (*KINDS, "all mutants", UNTOUCHED)
    return tuple(Row(kind, len(by_kind[kind]), sum(one.flagged for one in by_kind[kind])) for kind in order)


#: Lowest share of flagged mutants, in all and of a kind, and highest share of flagged true statements.
ALL, EACH, WRONGLY = 0.95, 0.90, 0.05


def failures(table: Sequence[Row]) -> tuple[str, ...]:
    """The lines of a table that do not hold, in words."""
    floors = dict.fromkeys(KINDS, EACH) | {"all mutants": ALL}
    low = [row for row in table if row.made and row.kind in floors and row.share < floors[row.kind]]
    high = [row for row in table if row.kind == UNTOUCHED and row.share > WRONGLY]
    return (
        *(f"{row.kind}: {row.share:.3f} flagged, at least {floors[row.kind]} wanted" for row in low),
        *(f"{row.kind}: {row.share:.3f} flagged, at most {WRONGLY} wanted" for row in high),
    )
