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
