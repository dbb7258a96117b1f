"""What the pages of documents and the library say."""

#: key -> (Japanese, English). `{name}` is filled by `say`.
PAGES: dict[str, tuple[str, str]] = {
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
