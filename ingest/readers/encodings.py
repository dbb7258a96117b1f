"""Which encoding bytes are in, decided without guessing: strict decoding, then plausibility, else a clear
refusal.

Shift_JIS and EUC-JP bytes often decode in each other's table as well, into rare ideographs or half-width
kana. So a decoding counts only if its characters look like text, and two that look alike well are not
chosen between by luck.
"""

import codecs
import re

from ingest.types import UnreadableFile

#: Byte order marks, longest first.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Tried in this order. ISO-2022-JP is pure ASCII with escapes and is told by them; cp932 is Shift_JIS as
#: used.
CANDIDATES = ("utf-8", "iso2022_jp_2", "cp932", "euc_jp", "utf-16-le", "utf-16-be")
LABELS = "UTF-8, UTF-16, Shift_JIS, EUC-JP, ISO-2022-JP"
#: At least this share of the characters outside ASCII must be everyday Japanese or Latin ...
PLAUSIBLE = 0.85
#: ... and this share kana or punctuation when there is enough to tell: no Japanese prose has less than a
#: tenth.
KANA_SHARE, KANA_NEEDED = 0.1, 20
#: A legacy decoding must beat its rival by this much.
MARGIN = 0.1
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fc、。「」・（）！？ー　]")
#: The 2,965 ideographs of JIS level 1 stand in rows 16 to 47: first byte B0-CF of their EUC-JP form.
_LEVEL_1 = frozenset(
    bytes((row, cell)).decode("euc_jp", "ignore") for row in range(0xB0, 0xD0) for cell in range(0xA1, 0xFF)
)
_COMMON = re.compile(
    "[\u2010-\u203b\u2190-\u2193\u2460-\u2473\u25a0-\u25cf\u2605\u2606\u3000-\u30fc\uff01-\uff5e\u00a0-\u017f]"
)


def decode(data: bytes, declared: str = "") -> str:
    """The text of `data`. `declared` is an encoding that the file itself names; it is believed only if it
    fits.

    Raises UnreadableFile, naming what was tried, when no encoding fits or two fit equally well.
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name) or _refuse(name)
    named = _codec(declared)
    if named and (text := _strict(data, named)) and _score(text) >= PLAUSIBLE:
        return text
    text = _strict(data, "utf-8")
    if text is not None and b"\x1b$" not in data and not _CONTROL.search(text):
        return text
    fitting = sorted(_fitting(data), reverse=True)
    if not fitting or (len(fitting) > 1 and fitting[0][0] - fitting[1][0] < MARGIN):
        _refuse(LABELS)
    return fitting[0][1]


def _fitting(data: bytes) -> list[tuple[float, str]]:
    """(plausibility, text) for each encoding that decodes without an error into plausible text."""
    found = []
    for name in CANDIDATES[1:]:
        if name.startswith("iso2022") and b"\x1b$" not in data:
            continue
        text = _strict(data, name)
        if text is not None and not _CONTROL.search(text) and _score(text) >= PLAUSIBLE:
            found.append((_score(text), text))
    return found


def _score(text: str) -> float:
    """How plausible a decoded text is, 0 to 1: the share of everyday characters among those outside ASCII."""
    outside = [char for char in text if ord(char) > 127]
    if not outside:
        return 1.0
    kana = sum(bool(_KANA.match(char)) for char in outside)
    if len(outside) >= KANA_NEEDED and kana < KANA_SHARE * len(outside) and not _western(outside):
        return 0.0
    common = sum(char in _LEVEL_1 or bool(_COMMON.match(char)) for char in outside)
    return common / len(outside)


def _western(outside: list[str]) -> bool:
    """Accented Latin letters and typographic marks among ASCII: a text that is not Japanese at all."""
    return all(ord(char) < 0x2100 for char in outside)


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _codec(declared: str) -> str:
    """The Python codec for a declared name; browsers read Shift_JIS as its Windows form, and so do we."""
    try:
        name = codecs.lookup(declared.strip().lower()).name if declared.strip() else ""
    except (LookupError, ValueError):
        return ""
    return {"shift_jis": "cp932", "iso2022_jp": "iso2022_jp_2", "ascii": "utf-8"}.get(name, name)


def _refuse(tried: str) -> str:
    raise UnreadableFile(
        f"The text's encoding could not be told (tried {tried}). Save the file as UTF-8 and add it again.",
        f"文字コードを判定できませんでした（{tried} を試しました）。UTF-8 で保存し直してください。",
    )
