"""Every word that the pages say, in Japanese and English, and which of the two a visitor gets.

`WORDS` is the whole table; a key that is missing fails at once. Knows no page and no framework.
"""

import re

from ingest.types import Language

#: key -> (Japanese, English). `{name}` is filled by `say`.
WORDS: dict[str, tuple[str, str]] = {
    # The desk
    "title": (
        "研究セキュリティ・大学連携 相談デスク",
        "Advisory desk for research security and university partnerships",
    ),
    "title_short": ("相談デスク", "Advisory desk"),
    "lead": (
        "研究セキュリティと大学間連携についての質問に、指針や声明の文言を示しながら答えます。",
        "Answers questions on research security and university partnerships, "
        "showing the exact words of the guidelines and statements.",
    ),
    "nav_chat": ("相談する", "Ask"),
    "nav_library": ("資料一覧", "Library"),
    "nav_label": ("主なページ", "Main pages"),
    "other_language": ("English", "日本語"),
    "other_language_why": (
        "Show this page in English (starts a new conversation)",
        "日本語で表示する（新しい相談になります）",
    ),
    # Asking
    "ask_label": ("質問", "Your question"),
    "ask_hint": (
        "質問を入力してください",
        "Type your question",
    ),
    "ask": ("質問する", "Ask"),
    "stop": ("停止", "Stop"),
    "retry": ("もう一度答える", "Answer again"),
    "edit": ("質問を直す", "Edit question"),
    "new": ("新しい相談", "New chat"),
    "copy": ("引用付きでコピー", "Copy with citations"),
    "copied": ("コピーしました", "Copied"),
    "care": (
        "Enter で送信、Shift + Enter で改行。"
        "回答は所蔵資料の文言だけに基づく参考情報です。判断の前に原文と所属機関の担当部署を確認してください。",
        "Enter sends, Shift + Enter starts a new line. "
        "Answers rest on the words of the library only and are for reference. "
        "Check the original and your own institution's office before you decide.",
    ),
    "examples": ("質問の例", "Questions to start with"),
    "for_researchers": ("研究者の方へ", "For researchers"),
    "for_staff": ("職員の方へ", "For staff"),
    "researcher_1": (
        "研究セキュリティの目標は何ですか。",
        "What is the goal of research security?",
    ),
    "researcher_2": (
        "研究セキュリティの確保は、特定の国籍の研究者を排除することになりますか。",
        "Do research security measures lead to discrimination against researchers by nationality?",
    ),
    "researcher_3": (
        "国際共同研究を進めるうえで、オープンサイエンスとの関係をどう考えればよいですか。",
        "How does research security fit with open science in international collaboration?",
    ),
    "staff_1": (
        "文部科学省は、大学の研究セキュリティについて何を行うとしていますか。",
        "What will MEXT do to ensure research security at universities?",
    ),
    "staff_2": (
        "国立大学協会は、大学の国際化をどのように支援しますか。",
        "How does the Japan Association of National Universities support internationalisation?",
    ),
    "staff_3": (
        "海外の大学と連携を続けている例には、どのようなものがありますか。",
        "What examples are there of lasting partnerships with universities abroad?",
    ),
    "no_script": (
        "この相談ページには JavaScript が必要です。資料一覧は JavaScript なしで読めます。",
        "This page needs JavaScript. The library can be read without it.",
    ),
    # While answering
    "searching": ("資料を探しています…", "Searching the library…"),
    "reading": (
        "{n} か所が見つかりました。読んで確かめています…",
        "Found {n} passages; reading and checking them…",
    ),
    "draft": ("下書き（確認中）", "Draft (being checked)"),
    "stopped": (
        "停止しました。ここまでの文は確認が済んでいないため、表示していません。",
        "Stopped. What was written so far had not been checked, so it is not shown.",
    ),
    "failed": (
        "申し訳ありません。今は回答できません。少し待ってからもう一度お試しください。続く場合は、"
        "担当者に次の番号をお伝えください：{reference}",
        "Sorry, the desk cannot answer just now. Please try again in a little while. If it goes on, give the "
        "staff this number: {reference}",
    ),
    "long": (
        "質問が長すぎます。{limit} 文字以内で入力してください（今の質問は先頭だけを表示しています）。",
        "The question is too long. Please keep it within {limit} characters "
        "(only its beginning is shown here).",
    ),
    # The answer
    "you": ("質問", "Question"),
    "desk": ("回答", "Answer"),
    "supported": ("確認済み", "Checked"),
    "partly": ("一部のみ確認", "Partly checked"),
    "unsupported": ("根拠なし", "No support"),
    "supported_why": (
        "引用した文言と照らし合わせ、内容が一致しました",
        "checked against the quoted words, and they say this",
    ),
    "partly_why": (
        "引用した文言で確認できたのは一部だけです",
        "the quoted words bear out only part of this",
    ),
    "unsupported_why": (
        "引用した文言では確認できません",
        "the quoted words do not bear this out",
    ),
    "cite": ("出典 {n}：{title}", "Source {n}: {title}"),
    "notes": ("読むときの注意", "Please note"),
    "written_by": ("言語モデル：{model}", "Language model: {model}"),
    "no_model": ("言語モデル不使用", "No language model used"),
    "edition": ("資料庫の版 {edition}", "Library edition {edition}"),
    "seconds": ("{seconds} 秒", "{seconds} s"),
    "refused": ("資料からはお答えできません", "The library does not answer this"),
    "refused_nearest": (
        "近い内容の箇所を「出典」欄に載せました。回答の根拠ではなく、読む手がかりです。",
        "The nearest passages are listed under Sources: for reading, not as support for an answer.",
    ),
    # The sources panel
    "sources": ("出典", "Sources"),
    "sources_empty": (
        "質問すると、回答の根拠になった文言がここに表示されます。",
        "Ask a question and the exact words behind the answer appear here.",
    ),
    "sources_of": ("質問 {n}", "Question {n}"),
    "nearest": (
        "参考に読める箇所（回答の根拠ではありません）",
        "For reading only (not support for an answer)",
    ),
    "no_sources": ("この質問に示す出典はありません。", "There are no sources for this question."),
    "section": ("見出し", "Section"),
    "open": ("資料で開く", "Open in document"),
    "new_tab": ("（新しいタブ）", "(new tab)"),
    "back": ("回答に戻る", "Back to the answer"),
    # Documents
    "page": ("{n} ページ", "p. {n}"),
    "undated": ("日付の記載なし", "undated"),
    "no_issuer": ("発行者の記載なし", "issuer not stated"),
    "unlisted": ("目録に未登録", "not in the catalogue"),
    "digest": ("当デスクによる要約", "digest by the desk"),
    "quoted": ("引用箇所へ移動", "Go to the quoted words"),
    "quote_gone": (
        "この資料は回答の後に更新されたため、引用箇所の位置を示せません。",
        "This document has changed since the answer was given, so the quoted place cannot be shown.",
    ),
    "quote_outside": (
        "指定された引用箇所は、この資料の中にありません。",
        "The place that the link names is not in this document.",
    ),
    "not_found": ("資料が見つかりません", "No such document"),
    "not_found_why": (
        "この資料は資料庫にないか、取り除かれました。資料一覧からお探しください。",
        "This document is not in the library or has been removed. Please look in the list of documents.",
    ),
    "body": ("本文", "Text"),
    "superseded": ("後継の資料：{later}", "superseded by {later}"),
    # Library
    "library_lead": (
        "相談デスクが回答に使う資料は、次の {n} 件です。",
        "The desk answers from these {n} documents.",
    ),
    "library_none": ("資料がまだ登録されていません。", "The library is empty so far."),
    "language_ja": ("日本語", "Japanese"),
    "language_en": ("英語", "English"),
    "language_both": ("日本語・英語", "Japanese and English"),
    "characters": ("{n} 文字", "{n} characters"),
    "pages": ("{n} ページ", "{n} pages"),
    "health_good": ("文字の状態は良好です", "The text is in good condition"),
    "health_look": ("文字に確認したい点があります", "Some characters to check"),
    "health_bad": ("引用には使えません", "Cannot be cited"),
    "source_file": ("ファイル", "File"),
    # Refusals of the server
    "too_fast": (
        "質問が続いたため、少しお待ちください。",
        "Too many questions in a short time; please wait a moment.",
    ),
}

_COLUMN: dict[str, int] = {"ja": 0, "en": 1}


def say(language: str, key: str, **fill: object) -> str:
    """The words for `key` in "ja" or "en". Raises KeyError for a key or a hole that does not exist."""
    text = WORDS[key][_COLUMN[language]]
    return text.format(**fill) if fill else text


def column(language: str) -> dict[str, str]:
    """All words in one language."""
    return {key: both[_COLUMN[language]] for key, both in WORDS.items()}


def page_language(chosen: str, accept: str) -> Language:
    """The language a page speaks: the visitor's choice, else what the browser prefers of ours, else English.

    `chosen` is a query parameter or cookie, `accept` an Accept-Language header; neither need be well formed.
    """
    if chosen in ("ja", "en"):
        return "ja" if chosen == "ja" else "en"
    ranked = sorted(map(_preference, accept.split(",")), key=lambda pair: -pair[1])
    best = next((tag for tag, weight in ranked if weight > 0 and tag in ("ja", "en")), "en")
    return "ja" if best == "ja" else "en"


def _preference(item: str) -> tuple[str, float]:
    tag, _, rest = item.partition(";")
    weight = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", rest)
    return tag.strip().lower().split("-")[0], float(weight[1]) if weight else (0.0 if rest.strip() else 1.0)
