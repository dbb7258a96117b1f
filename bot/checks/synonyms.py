"""Words that may stand for one another in a statement without changing what it claims.

Only verbs and nouns of everyday official prose; a word with an opposite that matters stands in `direction`,
never with that opposite here. English entries are lower-case words, Japanese ones two-character compounds,
single characters or whole katakana words.
"""

from functools import cache

from bot.checks.stems import stem

_ENGLISH = """
establish found create build form launch inaugurate
begin start commence
show indicate demonstrate illustrate reveal
say state note observe mention report
describe outline explain present
use utilize employ
help assist aid support
conduct implement perform undertake execute
need require
important significant
concern worry
address tackle handle
goal aim objective purpose
problem issue challenge
make produce
give provide offer supply grant
get obtain gain acquire receive
develop formulate devise
promote foster encourage advance further
strengthen reinforce enhance bolster boost
improve better
ensure secure guarantee safeguard
share exchange
hold organize host
participate join
partnership collaboration cooperation
partner collaborator counterpart
institution institute organization
overseas foreign abroad
international global
country nation
worker employee
staff personnel
teacher faculty instructor
scholar academic researcher
money fund funding
cost expense
measure step
approach method way
choose select pick
check verify confirm
publish release issue
announce declare
work activity effort
initiative project
program programme scheme
plan proposal
part portion
field area
basis foundation cornerstone
enough sufficient adequate
rapid quick fast swift
show exhibit
complete finish
consider regard view
recognize acknowledge
reach attain achieve
locate situate base
contain include comprise
prepare train
deal cope
continue remain ongoing
currently now present
initial first
leak leakage outflow
apply submit
""".strip()

_JAPANESE = """
実施 行 遂行 執行 講
策定 作成 作 立案 取りまとめ
公表 発表 発出 公開 出
設置 設 創設 設立 開設 立ち上 設け
開始 始 着手
支援 援助 助 サポート
推進 進 促進
強化 強
確保 保障 保証
整備 整 構築 築
向上 高 改善
対応 対処
検討 議論 審議
示 提示 明示
述 指摘 言及
説明 解説
情報共有 共有
連携 協力 協働 パートナーシップ
海外 国外 外国 諸外国
国際 グローバル
課題 問題 チャレンジ
目的 目標 狙
重要 大切 肝要
懸念 心配
原因 要因
方法 手段 手法
経費 費用 コスト
資金 財源
参加 参画
使用 利用 活用
提供 供給
指針 ガイドライン
取組 取り組 活動
措置 対策
体制 仕組
教員 教師
職員 スタッフ
研究者 学者
位置 所在
評価 査定 アセスメント
危険 リスク
選 選定 選抜
獲得 得 取得
続 継続
生 発生
起 生
含 包含
達 到達
開催 開
送付 送
伝 伝達
認識 理解
育成 育
形成 形
""".strip()


def _table(lines: str) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for line in lines.splitlines():
        words = line.split()
        for word in words:
            groups.setdefault(word, set()).update(words)
    return {word: frozenset(group - {word}) for word, group in groups.items()}


@cache
def _english() -> dict[str, frozenset[str]]:
    return {stem(word): frozenset(map(stem, others)) for word, others in _table(_ENGLISH).items()}


@cache
def _japanese() -> dict[str, frozenset[str]]:
    return _table(_JAPANESE)


def synonyms(key: str) -> frozenset[str]:
    """The unit keys (English) or surfaces (Japanese) that may stand for the unit `key`."""
    return _english().get(key) or _japanese().get(key) or frozenset()
