"""The part of a packet that people read: question, answer, verdicts, sources and how to check them, in both languages.

It is made from the other parts alone, so that a check makes it anew and compares. A change of its wording needs a
new `FORMAT`. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot import labels
from bot.packet.types import ReadablePart
from ingest.types import Language

_WORDS: Mapping[Language, Mapping[str, str]] = {
    "ja": {
        "title": "根拠記録（相談デスクの回答と、その根拠の原文）",
        "question": "質問：{}",
        "query": "検索した質問：{}",
        "answered": "回答：",
        "refused": "回答せず：",
        "statement": "{n}. {text} {marks}［{verdict}］",
        "supported": "引用文で裏付け済み",
        "partly": "引用文で一部裏付け：{why}",
        "unsupported": "裏付けなし：{why}",
        "notes": "添え書き：",
        "sources": "根拠：",
        "undated": "日付なし",
        "page": "{}ページ",
        "heading": "　　{}",
        "quote": "　　「{}」",
        "span": "　　ファイル {document} の {start}〜{end} 文字目（整形前の本文では {raw_start}〜{raw_end} 文字目）",
        "made": "作成：{created}（協定世界時）／文書庫の版：{edition}（文書 {documents} 件）",
        "model": "文章の作成：言語モデル {}。各文は引用文と照合済み。",
        "nobody": "文章の作成：言語モデルを使わず、文書の文をそのまま引用。",
        "check": "確かめ方：desk verify このファイル",
    },
    "en": {
        "title": "Evidence packet: what the advisory desk answered, and the words that it answered from",
        "question": "Question: {}",
        "query": "Searched for: {}",
        "answered": "Answer:",
        "refused": "Not answered:",
        "statement": "{n}. {text} {marks} ({verdict})",
        "supported": "supported by what it cites",
        "partly": "partly supported: {why}",
        "unsupported": "not supported: {why}",
        "notes": "Remarks:",
        "sources": "Sources:",
        "undated": "undated",
        "page": "page {}",
        "heading": "    {}",
        "quote": "    “{}”",
        "span": "    file {document}, characters {start} to {end} (in the text before repair: {raw_start} to {raw_end})",
        "made": "Made {created} (UTC) from edition {edition} of the library ({documents} documents)",
        "model": "Written by the language model {}; every statement was checked against what it cites.",
        "nobody": "Written without a language model, in the documents' own sentences.",
        "check": "To check it: desk verify FILE",
    },
}


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _statement(number: int, part: Mapping[str, Any], words: Mapping[str, str]) -> str:
    verdict = words[part["verdict"]].format(why=part["why"])
    marks = "".join(f"[{n}]" for n in part["citations"])
    text = " ".join(_lines(part["text"]))
    return words["statement"].format(n=number, text=text, marks=marks, verdict=verdict)


def _named(record: Mapping[str, Any], field: str, language: Language) -> str:
    other = "en" if language == "ja" else "ja"
    return str(record.get(f"{field}_{language}") or record.get(f"{field}_{other}") or "")


def _source(
    part: Mapping[str, Any], documents: Sequence[Mapping[str, Any]], language: Language
) -> Iterator[str]:
    words = _WORDS[language]
    record: Mapping[str, Any] = next(
        (one["record"] for one in documents if one["source"] == part["document"]), {}
    )
    about = (
        _named(record, "issuer", language),
        _named(record, "title", language) or str(record.get("key", "")),
        labels.date(str(record.get("date", "")), language) or words["undated"],
        labels.kind("digest" if record.get("digest_of") else str(record.get("kind", "")), language),
        labels.standing(str(record.get("standing", "")), language),
        words["page"].format(part["page"]) if part["page"] else "",
    )
    between = "／" if language == "ja" else "; "
    yield f"[{part['n']}] {between.join(fact for fact in about if fact)}"
    if part["heading"]:
        yield words["heading"].format(" > ".join(part["heading"]))
    for line in _lines(part["quote"]):
        yield words["quote"].format(line)
    yield words["span"].format(**part)


def _in_language(body: Mapping[str, Any], language: Language) -> list[str]:
    words = _WORDS[language]
    lines = [words["title"], words["question"].format(body["question"])]
    if body["query"] != body["question"]:
        lines.append(words["query"].format(body["query"]))
    introduction, *notes = [_lines(note) for note in body["notes"]] or [[]]
    lines += ["", words[body["status"]], *_lines(body["reason"]), *introduction]
    lines += [_statement(n, part, words) for n, part in enumerate(body["statements"], start=1)]
    if notes:
        lines += ["", words["notes"], *(line for note in notes for line in note)]
    if body["citations"]:
        lines += ["", words["sources"]]
        lines += [line for part in body["citations"] for line in _source(part, body["documents"], language)]
    edition, model = body["edition"], body["model"]["name"]
    created = body["created"].removesuffix("+00:00").replace("T", " ")
    lines += [
        "",
        words["made"].format(created=created, edition=edition["name"], documents=edition["documents"]),
    ]
    if body["status"] == "answered":
        lines.append(words["model"].format(model) if model else words["nobody"])
    return [*lines, words["check"]]


def readable(body: Mapping[str, Any]) -> ReadablePart:
    """The packet in words; `body` is the packet without this part and its proof."""
    return ReadablePart(ja=_in_language(body, "ja"), en=_in_language(body, "en"))
