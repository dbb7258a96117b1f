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
    # Search
    "search_lead": (
        "質問をせずに、資料の中から関係する箇所を探します。日本語で探しても、英語の資料から見つかります。",
        "Finds passages in the library without asking a question. English words find Japanese documents too.",
    ),
    "search_label": ("探したい言葉", "What to look for"),
    "search": ("探す", "Search"),
    "search_found": ("関係の深い順に {n} か所", "{n} passages, the most relevant first"),
    "search_none": (
        "見つかりませんでした。言葉を変えるか、絞り込みを外してみてください。",
        "Nothing was found. Try other words, or fewer filters.",
    ),
    "filters": ("絞り込み", "Filters"),
    "filter_issuer": ("発行者", "Issuer"),
    "filter_kind": ("種類", "Kind"),
    "filter_language": ("資料の言語", "Language of the document"),
    "filter_since": ("この日付から", "From"),
    "filter_until": ("この日付まで", "Until"),
    "any": ("すべて", "All"),
    "date_hint": ("例：2023-04", "e.g. 2023-04"),
    "date_unread": (
        "日付は 2023、2023-04、2023-04-01 のように入力してください。読み取れなかった日付では絞り込んでいません。",
        "Write dates like 2023, 2023-04 or 2023-04-01. A date that could not be read limits nothing.",
    ),
    "since_date": ("{date}から", "from {date}"),
    "until_date": ("{date}まで", "until {date}"),
    # Glossary
    "glossary_lead": (
        "日本語と英語で同じ意味をもつ言葉の一覧です。相談デスクは、これを使って言語をこえて資料を探します。",
        "Words that mean the same in Japanese and English. The desk searches across the languages with them.",
    ),
    "glossary_label": ("用語を探す（日本語・英語）", "Find a term, in Japanese or English"),
    "glossary_all": ("全 {n} 語", "{n} terms in all"),
    "glossary_found": ("該当 {n} 語", "{n} terms found"),
    "term_kind": ("分類", "Class"),
    "term_concept": ("概念", "Concept"),
    "term_body": ("機関・団体", "Body"),
    "term_document": ("文書・制度", "Document"),
    "term_person-role": ("役職・立場", "Role"),
    "term_place": ("国・地域", "Place"),
    "term_programme": ("事業", "Programme"),
    "term_unit": ("単位", "Unit"),
    "page_of": ("{page} / {last} ページ", "Page {page} of {last}"),
    "page_before": ("前のページ", "Previous page"),
    "page_after": ("次のページ", "Next page"),
    "pages_label": ("ページの移動", "Pages of the list"),
    # Refusals of the server
    "too_fast": (
        "質問が続いたため、少しお待ちください。",
        "Too many questions in a short time; please wait a moment.",
    ),
}
