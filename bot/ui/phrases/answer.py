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
    # What to do with an answer
    "packet": ("根拠記録", "Evidence packet"),
    "packet_why": (
        "回答と引用と照合結果を一つにまとめたファイル。後からだれでも検証できます（desk verify）",
        "The answer, its quotes and checks in one file that anyone can verify later (desk verify)",
    ),
    "further": ("続けて質問できること", "You could ask next"),
    "limited_to": ("絞り込み：{limits}", "Limited to: {limits}"),
    "terms": ("原文の用語", "Terms in the original"),
    "rate_good": ("役に立った", "Helpful"),
    "rate_bad": ("役に立たなかった", "Not helpful"),
    "rating": ("回答の評価", "Your rating"),
    "rating_why": (
        "評価は、質問と回答の要点とともに担当者に届きます。理由は書かなくてもかまいません。",
        "The staff see your rating with the question. A reason is optional.",
    ),
    "reason": ("理由", "Reason"),
    "reason_wrong": ("内容が違う", "Something is wrong"),
    "reason_incomplete": ("足りない", "Something is missing"),
    "reason_beside": ("質問に合っていない", "Beside the question"),
    "reason_unclear": ("わかりにくい", "Hard to understand"),
    "reason_other": ("その他", "Something else"),
    "remark": ("詳しく（任意）", "In your words (optional)"),
    "rated_good": (
        "「役に立った」と評価しました。ありがとうございます。",
        "You rated this answer as helpful. Thank you.",
    ),
    "rated_bad": (
        "「役に立たなかった」と評価しました。ありがとうございます。",
        "You rated this answer as not helpful. Thank you.",
    ),
    "send": ("送る", "Send"),
    "close": ("閉じる", "Close"),
    "ask_staff": ("担当者に相談する", "Ask the staff"),
    "asking_staff": ("担当者に相談する", "Ask the staff"),
    "asking_staff_why": (
        "質問と、ここまでの回答が担当者に届きます。返事が必要なときは、連絡先を書いてください。",
        "The staff receive the question and the answers so far. Leave a contact if you would like a reply.",
    ),
    "contact_name": ("お名前", "Name"),
    "contact_affiliation": ("所属", "Affiliation"),
    "contact_mail": ("メールアドレス", "E-mail"),
    "optional": ("任意", "optional"),
    "send_staff": ("担当者に送る", "Send to the staff"),
    "mail_wrong": (
        "メールアドレスの形を確認してください（例：name@example.ac.jp）。",
        "Please check the e-mail address (like name@example.ac.jp).",
    ),
    "question_missing": ("質問を入力してください。", "Please write a question."),
    "failed_form": (
        "今は送れません。少し待ってからもう一度お試しください。",
        "This cannot be sent just now. Please try again in a little while.",
    ),
    "ticket_made": (
        "担当者に送りました（受付番号 {number}）。",
        "Sent to the staff (ticket {number}).",
    ),
}
