"""The words of the evaluators' page that reports do not have, in Japanese and English."""

from collections.abc import Mapping

from evals.report.words import WORDS as OF_REPORTS
from ingest.types import Language

_OWN: Mapping[str, tuple[str, str]] = {
    "e_title": ("評価", "Evaluation"),
    "e_run": ("実行", "Run"),
    "e_other": ("比べる実行", "Compare with"),
    "e_reload": ("一覧を更新", "Refresh the list"),
    "e_figures": ("数値", "Figures"),
    "e_trend": ("推移", "Trend"),
    "e_cases": ("事例", "Cases"),
    "e_compare": ("比較", "Compare"),
    "e_start": ("実行する", "Start a run"),
    "e_none": ("まだ実行がありません。", "There is no run yet."),
    "e_failed": ("問題のあった事例だけ", "Failed cases only"),
    "e_held": ("検証用の事例も表示（調整中は見ない）", "Held-back cases too (not while tuning)"),
    "e_case": ("事例を選ぶ", "Choose a case"),
    "e_label": ("この回答は", "This answer is"),
    "e_right": ("正しい", "right"),
    "e_wrong": ("誤り", "wrong"),
    "e_unsupported": ("裏付けがない", "unsupported"),
    "e_refuse": ("辞退すべき", "one to decline"),
    "e_save": ("判定を保存", "Save the label"),
    "e_saved": ("保存しました。", "Saved."),
    "e_agree": (
        "人の判定{n}件のうち指標と一致：{share}（κ = {kappa}）",
        "Of {n} labels by hand the metrics agree with {share} (κ = {kappa})",
    ),
    "e_no_labels": ("人の判定はまだありません。", "No answer has been labelled by hand yet."),
    "e_library": ("資料", "Library"),
    "e_live": ("公開中の資料", "The live library"),
    "e_bundled": ("同梱の要約", "The bundled digests"),
    "e_changes": ("変更（1行に1つ、例：keywords=off）", "Changes, one a line, such as keywords=off"),
    "e_go": ("開始", "Start"),
    "e_progress": ("{done}/{total}件", "{done} of {total} cases"),
    "e_done": ("完了しました：{run}", "Done: {run}"),
    "e_error": ("実行できませんでした：{why}", "The run could not be made: {why}"),
    "e_before": ("前", "Before"),
    "e_after": ("後", "After"),
    "e_better": ("良くなった事例", "Better"),
    "e_worse": ("悪くなった事例", "Worse"),
    "e_same": ("変わった事例はありません。", "No case changed."),
    "e_date": ("日時", "When"),
}
WORDS: Mapping[str, tuple[str, str]] = {**OF_REPORTS, **_OWN}


def say(language: Language, key: str, **values: object) -> str:
    """One word or sentence. Raises KeyError for an unknown key."""
    text = WORDS[key][0 if language == "ja" else 1]
    return text.format(**values) if values else text
