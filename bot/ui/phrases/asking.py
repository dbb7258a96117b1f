"""What the pages say around a question: the frame, the box, examples, and what goes on while answering."""

#: key -> (Japanese, English). `{name}` is filled by `say`.
ASKING: dict[str, tuple[str, str]] = {
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
    "nav_search": ("資料検索", "Search"),
    "nav_glossary": ("用語集", "Glossary"),
    "skip": ("本文へ移動", "Skip to the content"),
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
    # Keeping
    "save": ("この相談を保存", "Save this conversation"),
    "save_docx": ("Word（DOCX）", "Word (DOCX)"),
    "save_md": ("Markdown", "Markdown"),
    "history": ("これまでの相談", "Your conversations"),
    "history_why": (
        "このブラウザからだけ開けます。サーバーには最長 8 時間だけ残ります。",
        "Only this browser can open them. The server keeps them for 8 hours at most.",
    ),
    "history_count": ("（質問 {n} 件）", " (questions: {n})"),
    "history_here": ("（表示中）", "(shown now)"),
    "forget": ("すべて消す", "Forget all"),
    "export_title": ("相談デスクとの相談の記録", "Record of a conversation with the advisory desk"),
    "export_care": (
        "この記録の回答は、所蔵資料の文言だけに基づく参考情報です。判断の前に原文と所属機関の担当部署を確認してください。",
        "The answers in this record rest on the words of the library only and are for reference. "
        "Check the originals and your own institution's office before you decide.",
    ),
    "talk_gone": ("この相談はもうありません", "This conversation is gone"),
    "talk_gone_why": (
        "相談の記録は、始めたブラウザからだけ、最長 8 時間だけ開けます。",
        "A conversation can be had from the browser that it began in, and for 8 hours at most.",
    ),
    "packet_late": ("根拠記録を作れません", "The evidence packet cannot be made"),
    "packet_late_why": (
        "回答の後に資料が更新されました。もう一度質問すると、今の資料による根拠記録を作れます。",
        "The library has changed since the answer. Ask again for a packet from the library as it is now.",
    ),
}
