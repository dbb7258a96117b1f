"""The words of the catalogue (kinds, standings, dates) as people read them, in Japanese and English. Pure."""

import re

#: Word of the catalogue -> (Japanese, English). A word that is not here is shown as it stands.
KINDS: dict[str, tuple[str, str]] = {
    "association statement": ("団体の声明", "Association statement"),
    "ministry policy": ("省庁の方針", "Ministry policy"),
    "guideline": ("指針", "Guideline"),
    "law": ("法令", "Law"),
    "digest": ("要約", "Digest"),
    "slides": ("スライド", "Slides"),
    "article": ("論文", "Article"),
    "event programme": ("行事の記録", "Event programme"),
    "event record": ("行事の記録", "Event record"),
    "event": ("行事の記録", "Event record"),
    "report": ("報告書", "Report"),
    "note": ("資料", "Note"),
}
STANDINGS: dict[str, tuple[str, str]] = {
    "binding": ("拘束力あり", "Binding"),
    "in force": ("施行中", "In force"),
    "guidance": ("指針", "Guidance"),
    "trial": ("試行中", "On trial"),
    "position": ("団体の立場の表明", "Statement of position"),
    "under discussion": ("検討中", "Under discussion"),
    "informational": ("情報提供", "For information"),
    "superseded": ("旧版", "Superseded"),
}
#: What is said of a document that the staff has not accepted yet.
UNACCEPTED = ("担当者の確認待ち", "not yet checked by the desk's staff")
_MONTHS = "January February March April May June July August September October November December".split()
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def kind(word: str, language: str) -> str:
    """A kind of document for people."""
    return _pick(KINDS, word, language)


def standing(word: str, language: str) -> str:
    """A standing for people."""
    return _pick(STANDINGS, word, language)


def unaccepted(language: str) -> str:
    """What is said of a document that the staff has not accepted yet."""
    return UNACCEPTED[0 if language == "ja" else 1]


def _pick(table: dict[str, tuple[str, str]], word: str, language: str) -> str:
    japanese, english = table.get(word.lower(), (word, word))
    return japanese if language == "ja" else english


def date(iso: str, language: str) -> str:
    """An ISO date as precise as it is ("2024-12-18", "2022-11", "2023"); anything else as it stands."""
    found = _DATE.fullmatch(iso)
    if not found or not 1 <= int(found[2] or 1) <= 12:
        return iso
    year, month, day = found[1], int(found[2] or 0), int(found[3] or 0)
    if language == "ja":
        return f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")
    return " ".join(filter(None, (str(day or ""), _MONTHS[month - 1] if month else "", year)))
