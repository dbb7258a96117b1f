"""The words of reports and of the evaluators' page, in Japanese and English."""

from collections.abc import Mapping

from ingest.types import Language

#: Key -> (Japanese, English).
WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("評価レポート", "Evaluation report"),
    "figures": ("全体の数値", "Figures over all cases"),
    "metric": ("指標", "Metric"),
    "figure": ("値", "Figure"),
    "interval": ("95%区間", "95 % interval"),
    "cases": ("件数", "Cases"),
    "few": ("30件未満の値は目安です。", "Figures of fewer than 30 cases are only a hint."),
    "slices": ("区分別", "By slice"),
    "slice": ("区分", "Slice"),
    "refusal": ("辞退の判断", "When it declines"),
    "reliability": ("確信度と正答率", "Certainty and right answers"),
    "certainty": ("確信度", "certainty"),
    "share_right": ("正答の割合", "share that is right"),
    "risk": ("質問の80%に答えたときの誤答率", "Wrong answers if 80 % of the questions were answered"),
    "answered": ("回答した割合", "Share answered"),
    "ranks": ("最初の正解箇所の順位", "Place of the first gold passage"),
    "buckets": ("四つの区分", "Four buckets"),
    "correct": ("正答", "correct"),
    "declined": ("辞退", "declined"),
    "wrong": ("誤答", "wrong"),
    "unsupported": ("裏付けなし", "unsupported"),
    "speed": ("回答までの時間", "Time to an answer"),
    "tokens": ("トークン（概数）", "Tokens, about"),
    "failed": ("問題のあった事例", "Cases that failed"),
    "none_failed": ("問題のあった事例はありません。", "No case failed."),
    "asked": ("質問", "Question"),
    "searched": ("検索した形", "Searched for as"),
    "said": ("回答", "Answer"),
    "passages": ("見つかった文章", "Passages found"),
    "gold": ("正解箇所", "gold"),
    "wanted": ("必要な事実", "Facts wanted"),
    "where": ("正解の場所", "Where the answer stands"),
    "recipe": ("実行条件", "Recipe"),
    "incomplete": ("この実行は途中で止まっています。", "This run is not complete."),
    "more": ("ほかに{n}件", "{n} more"),
    "same language": ("同じ言語", "same language"),
    "across languages": ("言語をまたぐ", "across languages"),
    "all": ("全体", "all"),
    "language": ("質問の言語", "language"),
    "direction": ("方向", "direction"),
    "document": ("文書", "document"),
    "kind": ("種類", "kind"),
    "half": ("区分け", "half"),
    "answerable": ("回答可能", "answerable"),
    "unanswerable": ("回答不能", "unanswerable"),
    "false premise": ("誤った前提", "false premise"),
    "conflict": ("食い違い", "conflict"),
    "adversarial": ("攻撃", "adversarial"),
    "dialogue": ("対話", "dialogue"),
    "status": ("位置づけ", "status"),
    "tuning": ("調整用", "tuning"),
    "held-back": ("検証用", "held back"),
    "ja": ("日本語", "Japanese"),
    "en": ("英語", "English"),
    "retrieval": ("検索", "Retrieval"),
    "answers": ("回答", "Answers"),
    "citations": ("引用", "Citations"),
    "safety": ("安全", "Safety"),
    "checker": ("照合", "Checker"),
    "why_forbidden": ("言ってはならないことを述べた：{words}", "says what it must not: {words}"),
    "why_foreign": (
        "この質問で見つかっていない箇所を引用した",
        "cites what was not found for this question",
    ),
    "why_spans": ("引用がその位置の文言と異なる", "a quote is not the text at its place"),
    "why_answered": ("資料が答えていないことに答えた", "answered what the documents do not answer"),
    "why_unsupported": (
        "引用した箇所に裏付けられていない文がある",
        "a sentence is not supported by what it cites",
    ),
    "why_declined": (
        "資料に答えがあるのに辞退した（確信度 {certainty}）",
        "declined although the library holds the answer (certainty {certainty})",
    ),
    "why_declined_right": (
        "資料に答えがあるのに辞退した（確信度 {certainty}、答えれば正しかった）",
        "declined although the library holds the answer (certainty {certainty}, and would have been right)",
    ),
    "why_declined_wrong": (
        "資料に答えがあるのに辞退した（確信度 {certainty}、答えれば誤りだった）",
        "declined although the library holds the answer (certainty {certainty}, and would have been wrong)",
    ),
    "why_lacks": ("必要な事実がない：{facts}", "lacks: {facts}"),
    "why_not_held": (
        "判定なし：文書 {document} のうち次の語をすべて含むものが資料にない：{terms}（すべての事実を含む要約もない）",
        "not judged: the library holds no document {document} with all of: {terms} "
        "(and no digest of it with all the facts)",
    ),
    "why_no_gold": ("最初の 10 件に正解箇所がない", "no gold passage among the first ten"),
    "why_gold_late": ("最初の正解箇所は {place} 位", "the first gold passage is at place {place}"),
    "why_rewritten": ("続きの質問を次の形で検索した：{query}", "the follow-up was searched for as: {query}"),
    "why_language": ("質問と違う言語で答えた", "speaks another language than the question"),
    "why_let_through": ("照合で見逃した文：{sentence}", "the checker let through: {sentence}"),
}


def say(language: Language, key: str, **values: object) -> str:
    """One word or sentence. Raises KeyError for an unknown key."""
    text = WORDS[key][0 if language == "ja" else 1]
    return text.format(**values) if values else text


def slice_name(language: Language, name: str) -> str:
    """A slice's name for people."""
    if name in WORDS:
        return say(language, name)
    family, _, rest = name.partition(" ")
    first = say(language, family) if family in WORDS else family
    parts = (say(language, part) if part in WORDS else part for part in rest.split("→"))
    return f"{first} {'→'.join(parts)}"
