"""What a check says of a packet, in words of both languages. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.packet.types import Finding, Kind
from ingest.types import Language

#: What is said; holes: {place}, and those of the call. First Japanese, then English.
_SAID: Mapping[str, tuple[str, str]] = {
    "edited": (
        "{place}が、作成後に書き換えられています。",
        "{place} was edited after the packet was made.",
    ),
    "added": ("{place}が、作成後に加えられています。", "{place} was added after the packet was made."),
    "removed": (
        "{place}が、作成後に取り除かれています。",
        "{place} was removed after the packet was made.",
    ),
    "whole": (
        "ハッシュの一覧が書き換えられています。",
        "The list of hashes was edited: the hash over all does not fit it.",
    ),
    "seal": (
        "封印が合いません。書き換えのあとでハッシュが計算し直されています。",
        "The seal does not fit: something was edited and the hashes were worked out anew.",
    ),
    "foreign": (
        "このデスクの封印ではありません（鍵 {key}）。誰が作成したかは、ここでは確かめられません。",
        "The seal is not this desk's (key {key}), so who made the packet cannot be told here.",
    ),
    "readable": (
        "読むための部分が、ほかの部分の内容と合いません。",
        "The readable part does not say what the other parts say.",
    ),
    "numbers": (
        "引用の番号が 1 から順に並んでいません。",
        "The citations are not numbered from 1 on.",
    ),
    "uncited": (
        "{place}：ない引用を指しているか、引用がありません。",
        "{place}: it names a citation that is not there, or none.",
    ),
    "unlisted": ("{place}：文書の一覧にない文書です。", "{place}: a document that is not listed."),
    "twice": ("同じ文書が二度並んでいます。", "One document is listed twice."),
    "text": (
        "回答の本文が、各文と添え書きをつないだものと合いません。",
        "The text of the answer is not what its statements and remarks make.",
    ),
    "status": (
        "回答したかどうかの記録が、内容と合いません。",
        "The status does not fit: an answer has statements and citations, a refusal has none.",
    ),
    "vanished": (
        "文書「{source}」は、作成後に文書庫からなくなりました。",
        "The document {source} is no longer in the library.",
    ),
    "replaced": (
        "文書「{source}」は、作成後に別の版に替わりました。",
        "The document {source} has been replaced by another version since.",
    ),
    "held": (
        "{place}：引用した言葉は、今の版にもそのままあります。",
        "{place}: the quoted words still stand in the present version.",
    ),
    "gone": (
        "{place}：引用した言葉は、今の版にはありません。",
        "{place}: the quoted words no longer stand in the present version.",
    ),
    "passage": (
        "{place}：その文書に、そのような箇所はありません。",
        "{place}: the document has no such passage.",
    ),
    "outside": (
        "{place}：位置が、引用した箇所の外にあります。",
        "{place}: the offsets lie outside the cited passage.",
    ),
    "differs": (
        "{place}：記録では「{said}」、文書庫では「{now}」です。",
        "{place}: the packet says “{said}”, the library says “{now}”.",
    ),
    "edition": (
        "今の文書庫は別の版（{now}）です。",
        "The live edition of the library is another one now ({now}).",
    ),
    "edition_field": (
        "{place}：文書庫の版の記録と合いません。",
        "{place}: not what the library says of that edition.",
    ),
    "prompt": (
        "{place}：今のプロンプトとは違います。",
        "{place}: not the prompt that the desk has now.",
    ),
    "version": ("{place}：今は {now} です。", "{place}: it is {now} now."),
}
_PARTS: Mapping[str, tuple[str, str]] = {
    "statements": ("文{}", "statement {}"),
    "citations": ("引用{}", "citation {}"),
    "documents": ("文書{}", "document {}"),
    "notes": ("添え書き{}", "remark {}"),
}
#: Longest value that is told in a finding, in characters.
_SHOWN = 80


def spoken(place: str, language: Language) -> str:
    """A path for people: ``citations.0.start`` is “citation 1, start”."""
    part, _, rest = place.partition(".")
    number, _, field = rest.partition(".")
    if part not in _PARTS or not number.isdigit():
        return place.replace(".", "：" if language == "ja" else ", ")
    word = _PARTS[part][language == "en"].format(int(number) + 1)
    between = "の" if language == "ja" else ", "
    return f"{word}{between}{field}" if field else word


def finding(kind: Kind, place: str, sentence: str, **holes: str) -> Finding:
    """A finding in both languages; `sentence` is a name of the table above."""
    japanese, english = _SAID[sentence]
    en = english.format(place=spoken(place, "en"), **holes)
    return Finding(kind, place, japanese.format(place=spoken(place, "ja"), **holes), en[:1].upper() + en[1:])


def _brief(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


@dataclass(frozen=True, slots=True)
class Judge:
    """Tells an edited packet from a library that has moved on.

    `genuine`: hashes and seal are this desk's own. `foreign`: they fit, under a seal that this desk cannot check.
    """

    genuine: bool
    foreign: bool

    def contradiction(self, place: str, sentence: str) -> Finding:
        """What cannot be in a packet of the same documents as it was made."""
        return finding("changed" if self.genuine else "altered", place, sentence)

    def differs(self, place: str, said: Mapping[str, Any], now: Mapping[str, Any]) -> Finding:
        """A value that is another one in the same version of the document."""
        return self._differs("changed" if self.genuine else "altered", place, said, now)

    def may_change(self, place: str, said: Mapping[str, Any], now: Mapping[str, Any]) -> Finding:
        """A value that may be another one although the document is the same: a record, a verdict."""
        kind: Kind = "changed" if self.genuine or self.foreign else "altered"
        return self._differs(kind, place, said, now)

    def _differs(self, kind: Kind, place: str, said: Mapping[str, Any], now: Mapping[str, Any]) -> Finding:
        name = place.rpartition(".")[2]
        return finding(kind, place, "differs", said=_brief(said.get(name, "")), now=_brief(now.get(name, "")))
