"""The stretches of a question that carry its matter: runs of nouns in Japanese, runs of content words in
English. Pure.
"""

import re
from collections.abc import Iterator

from ingest.types import Language
from vectorstore.words import terms

_JA_PIECE = re.compile(r"[一-龯々〇ァ-ヶーA-Za-zÀ-ÿ0-9・&+/-]{2,}")
_JA_EMPTY = re.compile(
    r"何[一-龯々ァ-ヶ]{0,3}|誰|どこ|いつ|理由|資料|教え|以下|上記|話|今日|現在|具体的|一緒|予定|全部|\d+"
)
_EN_WORD = re.compile(r"[A-Za-zÀ-ÿ0-9][A-Za-zÀ-ÿ0-9'’&+/-]*")
#: Words that only say that something was done, given or asked; they carry no matter.
_EMPTY_EN = frozenset(
    "gave give given got get gets put puts sent send wrote write written want wants rid many much most more every"
    " charge say says said mention mentions happen happened come came go went make made take took use used tell".split()
)
#: Words of time, in which a question says when and not what.
TIME = frozenset("年 月 日 年度 month year date day time".split())


def _english(text: str) -> Iterator[str]:
    run: list[str] = []
    for match in _EN_WORD.finditer(text):
        word = re.sub(r"['’]s$", "", match[0])
        if word.lower() in TIME or word.lower() in _EMPTY_EN or not terms(word):
            if run:
                yield " ".join(run)
            run = []
        else:
            run.append(word)
    if run:
        yield " ".join(run)


def phrases(text: str, language: Language) -> tuple[str, ...]:
    """The phrases of a question in the order they stand, as they are written."""
    if language == "en":
        return tuple(_english(text))
    return tuple(piece for piece in _JA_PIECE.findall(text) if not _JA_EMPTY.fullmatch(piece))
