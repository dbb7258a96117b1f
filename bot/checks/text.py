"""Text -> content units: what two texts are compared by. Grammar and the words that the marks read are no
units.

English units are stems; Japanese ones are pairs of neighbouring kanji, single kanji that stand alone, and
katakana words, so that no dictionary has to know a term. Does not know what a claim is.
"""

import re
import unicodedata
from functools import lru_cache

from bot.checks.stems import stem
from bot.checks.types import Text, Unit
from ingest.language import language_of

_CJK = "぀-ヿ㐀-䶿一-鿿々〇"
_GLUE = re.compile(rf"(?<=[{_CJK}、。，．「」（）・])\s+(?=[{_CJK}、。，．「」（）・])")
_SPACE = re.compile(r"\s+")
_MARKUP = re.compile(
    r"\*+|^\s*(?:[-•⚫※○●◦▪*]|#+|\d+[.)])\s+|[|`]|(?<=\n)\s*(?:[-•⚫※○●◦▪*]|#+)\s+", re.MULTILINE
)
_CHARACTERS = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "­": "", "​": ""}
)
_PIECE = re.compile(
    r"(?P<latin>[A-Za-zÀ-ÿ]+(?:'[A-Za-z]+)?(?:\d+)?)|(?P<kanji>[㐀-䶿一-鿿々]+)|(?P<kana>[ァ-ヺー]+)"
    r"|(?P<figure>\d+(?:[.,]\d+)*)"
)
_STOP_EN = frozenset(
    "a about above across after again against ago all along alone already also although am among"
    " amongst an and any approximately are around as at away be became because become becomes been"
    " before being below between both but by can cannot could did do does doing done down due during"
    " each either else even ever every fail failed failing fails few fewer first for from further had"
    " has have having he hence her here him his how however i if in into is it its itself just lack"
    " lacks least less lest let like many may might mere merely more moreover most much must nearly"
    " neither nevertheless never no none nor not now of off often on once one only onto or other others"
    " ought our out over own per please quite rather same shall she should since so some such than that"
    " the their them then there thereby therefore these they this those though through throughout thus"
    " to together too toward towards under unless until up upon us very via was we well were what when"
    " where whereas whether which while who whole whom whose why will with within without would yet you"
    " your according order respectively".split()
)
_STOP_JA = frozenset("及 又 等 際 旨 為 事 物 者 的 性 化 等々 以上 以下 以内 未満 約 超".split())
#: Characters that are one word in many spellings; the second is used.
_VARIANTS = (
    ("取り組み", "取組"),
    ("取組み", "取組"),
    ("受け入れ", "受入れ"),
    ("手続き", "手続"),
)


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """The compared form: NFKC, one kind of quote and dash, no mark-up, no space inside Japanese. Keeps
    case.
    """
    folded = unicodedata.normalize("NFKC", text).translate(_CHARACTERS)
    plain = _SPACE.sub(" ", _MARKUP.sub(" ", folded)).strip()
    glued = _GLUE.sub("", plain)
    for written, kept in _VARIANTS:
        glued = glued.replace(written, kept)
    return glued


def _kanji(run: str, at: int) -> list[Unit]:
    if len(run) == 1:
        return [] if run in _STOP_JA else [Unit(run, at, at + 1)]
    pairs = (Unit(run[i : i + 2], at + i, at + i + 2) for i in range(len(run) - 1))
    return [unit for unit in pairs if unit.key not in _STOP_JA]


def _latin(word: str, at: int, end: int) -> list[Unit]:
    bare = word.lower().removesuffix("'s")
    if bare in _STOP_EN or len(bare) < 2 or bare.endswith("n't"):
        return []
    return [Unit(stem(bare), at, end)]


def _units(text: str) -> tuple[Unit, ...]:
    found: list[Unit] = []
    for piece in _PIECE.finditer(text):
        kind, run = str(piece.lastgroup), piece.group()
        if kind == "latin":
            found.extend(_latin(run, piece.start(), piece.end()))
        elif kind == "kanji":
            found.extend(_kanji(run, piece.start()))
        elif kind == "kana" and len(run) > 1:
            found.append(Unit(run.rstrip("ー"), piece.start(), piece.end()))
        elif kind == "figure":
            found.append(Unit("#" + run.replace(",", ""), piece.start(), piece.end()))
    return tuple(found)


@lru_cache(maxsize=4096)
def read(text: str) -> Text:
    """`text` in its compared form with its units. Linear in its length."""
    plain = normal(text)
    units = _units(plain)
    return Text(plain, language_of(plain), units, frozenset(unit.key for unit in units))


def words(text: str) -> tuple[str, ...]:
    """The English words of a text, lower case."""
    return tuple(word.lower() for word in re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)*", text))
