"""The figures of the desk: how much is asked, how long a reply takes, what is cited, and what the library lacks."""

from collections import Counter
from dataclasses import dataclass
from statistics import median

from bot.desk.letter import loaded
from bot.store import ratings, tickets
from bot.store.opening import Data
from ingest.types import Language

#: (name, kind, value): one bar.
Bar = tuple[str, str, float]
#: Documents and refused questions that are named.
MOST = 15


@dataclass(frozen=True, slots=True)
class Figures:
    """Every figure as bars; `refused` are questions, newest first."""

    volume: tuple[Bar, ...]
    states: tuple[Bar, ...]
    hours: tuple[Bar, ...]
    cited: tuple[Bar, ...]
    liked: tuple[Bar, ...]
    refused: tuple[str, ...]


def figures(data: Data, language: Language = "ja", most: int = 100_000) -> Figures:
    """Counts everything that is kept; documents have their titles in `language`. Raises DatabaseError."""
    with data.database.reading() as transaction:
        held = tickets.listed(transaction, most=most)
        bodies = tickets.bodies(transaction, ("approved", "sent"))
        rated = ratings.ratings(transaction)
    volume = Counter((f"{one.opened:%Y-%m}", one.language) for one in held)
    took: dict[str, list[float]] = {}
    for one in held:
        if one.sent:
            took.setdefault(f"{one.sent:%Y-%m}", []).append((one.sent - one.opened).total_seconds() / 3600)
    cited = Counter(
        c.quote.record.title(language) or c.quote.passage.source
        for body in bodies
        for c in loaded(body).citations
    )
    refused = dict.fromkeys(
        one.question for one in reversed(rated) if one.status == "refused" and one.question
    )
    return Figures(
        tuple((month, language, count) for (month, language), count in sorted(volume.items())),
        tuple((state, "", count) for state, count in Counter(one.state for one in held).most_common()),
        tuple((month, "", round(median(hours), 1)) for month, hours in sorted(took.items())),
        tuple((title, "", count) for title, count in cited.most_common(MOST)),
        tuple(
            (word, "", count) for word, count in Counter("up" if r.liked else "down" for r in rated).items()
        ),
        tuple(refused)[:MOST],
    )
