"""What the pages say around an answer: verdicts, sources, refusals."""

#: key -> (Japanese, English). `{name}` is filled by `say`.
ANSWER: dict[str, tuple[str, str]] = {
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
}
