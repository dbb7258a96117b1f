"""What is suspect in a document's text, and whether it may be cited at all. Pure."""

import re

from ingest.clean import Cleaned
from ingest.language import HAN, KANA
from ingest.repairs.doubled import WIDE, doubled_characters
from ingest.types import Health, Language

#: A page with fewer characters is a picture, or its text was not read.
EMPTY_PAGE = 20
#: A document with fewer letters has nothing to cite.
FEWEST_LETTERS = 20
#: If more than this share of several pages is empty, the file is a scan and what was read are scraps.
EMPTY_SHARE, SEVERAL_PAGES = 0.8, 3
#: Above this share of broken characters a quotation from the text is likely to be wrong: one in a hundred
#: falls on every other sentence.
MOJIBAKE_QUARANTINE, MOJIBAKE_WARNING = 0.01, 0.001
#: Above this share of doubled characters after repair the repair did not understand the damage.
DOUBLED_QUARANTINE = 0.02
#: Characters that UTF-8 read as Latin-1 or cp1252 gives (ã‚, Ã©, â€™), half-width kana from Shift_JIS read
#: wrongly, replacement characters, private-use characters, and the ideographs that stand for broken
#: Japanese (縺, 繧, 譁).
_BROKEN = re.compile(
    "\ufffd|[\ue000-\uf8ff]|[\x80-\x9f]|[ÃÂ][\x80-\xbf]|ã[\x80-\xbf‚ƒ„…†‡ˆ‰Š‹Œ]|â€.|[縺繧繝譁蜿菴]|文字化け{9}"
)
#: A digit fused with a small-letter word, or right behind an end mark: policy2, 。3
_NOTE_SUSPECT = re.compile(r"\b[a-z]{3,}\d{1,2}(?=[\s.,;])|(?<=[。」）])\d{1,2}(?=\s|$)")
_SPACE = re.compile(r"\s+")


def examine(cleaned: Cleaned) -> Health:
    """The health of a cleaned text. Shares are of characters that are not white space."""
    text = _SPACE.sub("", cleaned.text)
    length = max(len(text), 1)
    empty = sum(
        len(_SPACE.sub("", cleaned.text[span.start : span.end])) < EMPTY_PAGE for span in cleaned.pages
    )
    found = Health(
        characters=len(text),
        pages=len(cleaned.pages),
        empty_pages=empty,
        doubled_raw=_doubled(cleaned.raw),
        doubled=_doubled(cleaned.text),
        mojibake=sum(len(match[0]) for match in _BROKEN.finditer(text)) / length,
        japanese=(len(KANA.findall(text)) + len(HAN.findall(text))) / length,
        footnote_suspects=len(_NOTE_SUSPECT.findall(cleaned.text)),
        hidden=cleaned.hidden,
    )
    return _judged(found, sum(char.isalpha() for char in text))


def _doubled(text: str) -> float:
    wide = len(WIDE.findall(text))
    return doubled_characters(text) / wide if wide else 0.0


def _judged(health: Health, letters: int) -> Health:
    """Adds the findings in words and the reason for quarantine, if there is one."""
    findings = told(health, "en")
    reasons = (reason for applies, reason in _reasons(health, letters) if applies)
    fields = {name: getattr(health, name) for name in Health.__dataclass_fields__}
    return Health(**(fields | {"findings": findings, "quarantine": next(reasons, "")}))


def told(health: Health, language: Language) -> tuple[str, ...]:
    """The findings of a health in words, one sentence each."""
    return tuple(ja if language == "ja" else en for applies, ja, en in _findings(health) if applies)


def _findings(health: Health) -> tuple[tuple[bool, str, str], ...]:
    """Whether each finding applies, and how it is told in Japanese and in English."""
    return (
        (
            health.doubled_raw > 0,
            f"日本語の文字の {health.doubled_raw:.0%} が二重になっていたため、修復しました。",
            f"{health.doubled_raw:.0%} of the Japanese characters stood twice and were repaired.",
        ),
        (
            health.doubled > 0,
            f"日本語の文字の {health.doubled:.1%} が二重のまま残っています。",
            f"{health.doubled:.1%} of the Japanese characters still stand twice.",
        ),
        (
            health.mojibake > MOJIBAKE_WARNING,
            f"文字の {health.mojibake:.1%} が文字化けしています。",
            f"{health.mojibake:.1%} of the characters are broken.",
        ),
        (
            0 < health.empty_pages < health.pages,
            f"全 {health.pages} ページのうち {health.empty_pages} ページに文字がありません。",
            f"{health.empty_pages} of {health.pages} pages have no text.",
        ),
        (
            health.hidden > 0,
            f"読む人に見えない {health.hidden} 文字を取り除きました。",
            f"{health.hidden} characters that a reader of the page does not see were left out.",
        ),
        (
            health.footnote_suspects > 0,
            f"{health.footnote_suspects} か所の数字は、脚注の番号の可能性があります。",
            f"{health.footnote_suspects} digits may be marks of footnotes.",
        ),
    )


def _reasons(health: Health, letters: int) -> tuple[tuple[bool, str], ...]:
    scanned = health.pages >= SEVERAL_PAGES and health.empty_pages > EMPTY_SHARE * health.pages
    return (
        (
            letters < FEWEST_LETTERS,
            "Hardly any text could be read; the file may be a scan. Add a version with text.",
        ),
        (scanned, "Most pages have no text; the file seems to be a scan. Add a version with text."),
        (
            health.mojibake > MOJIBAKE_QUARANTINE,
            "Too many characters are broken. Add the file in UTF-8 or as PDF again.",
        ),
        (
            health.doubled > DOUBLED_QUARANTINE,
            "Characters still stand twice after repair. Add another copy of the file.",
        ),
    )
