"""DOOR: `python -m vectorstore.training.carry`: which words of a question come back in the passage that answers it.

研究 comes back, 理由 and 何年 do not: a search should not look for them. Japanese shares are counted over JaQuAD's
training questions (CC BY-SA 3.0); for English there is no training set of questions, so the words with which one asks
are listed here, with the share that their Japanese counterparts have.
"""

import json
import lzma
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from vectorstore.words import terms

#: A term must stand in so many questions before its share counts, and this many imagined ones pull it to the mean.
SEEN, PRIOR = 12, 5
#: Terms whose share is above this are as good as any.
USUAL = 0.6
ASKING_EN = (
    "sort kind type want describ explain name list reason mani much item tell give mention state say said call ask"
    " know find show happen mean like need thing someth anyth someon anyon way exact actual realli still ever els"
    " differ other exampl includ take make get use whether accord point detail number amount long often far soon"
    " first order question answer help part place time case trust admit manag left regard concern relat role two"
    " one three short brief summar overview"
).split()
SHARE_EN = 0.35


def shares(pairs: Iterable[tuple[str, str]]) -> dict[str, float]:
    """Share of (question, passage) pairs in which a question's term stands in the passage, relative to the mean.

    Only terms that come back less often than USUAL are returned.
    """
    asked: Counter[str] = Counter()
    back: Counter[str] = Counter()
    known: dict[str, frozenset[str]] = {}
    for question, passage in pairs:
        if passage not in known:
            known[passage] = frozenset(term.key for term in terms(passage))
        for key in {term.key for term in terms(question)}:
            asked[key] += 1
            back[key] += key in known[passage]
    mean = sum(back.values()) / max(sum(asked.values()), 1)
    smoothed = {key: (back[key] + mean * PRIOR) / (n + PRIOR) for key, n in asked.items() if n >= SEEN}
    return {key: round(share / mean, 3) for key, share in sorted(smoothed.items()) if share < USUAL}


def main(
    corpora: Annotated[Path, typer.Option(help="Folder of the corpora.")],
    out: Annotated[Path, typer.Option(help="Where the shares go.")] = Path("vectorstore/carry.json"),
) -> None:
    """Count the shares and write them."""
    with lzma.open(corpora / "jaquad_train.tsv.xz", "rt", encoding="utf-8") as lines:
        learned = shares((row[0], row[1]) for row in (line.rstrip("\n").split("\t") for line in lines))
    about = "How often a question's term comes back in the passage that answers it, 1 for most terms."
    values = {**dict.fromkeys(ASKING_EN, SHARE_EN), **learned}
    out.write_text(
        json.dumps({"about": about, "shares": values}, ensure_ascii=False, indent=0) + "\n", "utf-8"
    )
    typer.echo(f"{len(values)} terms in {out}")


if __name__ == "__main__":
    typer.run(main)
