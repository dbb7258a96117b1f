"""The very thing that a question asks for: the noun that its interrogative bears on ("the annual *budget*",
会の*委員長*は誰).

A passage about the right body that never speaks of this thing does not answer. By patterns; knows no passage.
"""

import re

from vectorstore.words import terms

_JA_NOUN = r"[一-龯々〇ァ-ヶーA-Za-z0-9・％%]+"
_JA_NOUNS = rf"{_JA_NOUN}(?:と{_JA_NOUN})?"
_JA_ASKS = r"どの|どれ|どこ|どう|いつ|誰|だれ|何|なに|いくら|いくつ|どなた|どんな"
_PATTERNS = (
    re.compile(rf"({_JA_NOUNS})(?:については?|に関して(?:は)?)(?:、)?(?:{_JA_ASKS}|教え|知りた)"),
    re.compile(rf"({_JA_NOUNS})(?:は|が|って|を)、?(?:全部で|現在|いま|年間|具体的に)?(?:{_JA_ASKS})"),
    re.compile(rf"({_JA_NOUNS})(?:は|って)[?？]?$"),
    re.compile(
        rf"({_JA_NOUNS})(?:を|が)(?:、)?(?:全部|すべて|三つ|正確に)?(?:教え|知りた|挙げ|ほし|欲し|示し|並べ|"
        rf"見せ)"
    ),
    re.compile(rf"({_JA_NOUNS})に(?:は)?(?:触れ|言及)"),
    re.compile(rf"(?:{_JA_ASKS})の?(?:{_JA_NOUN}の)?({_JA_NOUN})(?:を|が|に|で)"),
    re.compile(
        rf"({_JA_NOUNS})(?:は|が|も|って|とか)、?(?:ある|あり|ない|必要|要る|要り|かかる|かかり)(?:ん|の|ます|でしょう|$)"
    ),
    re.compile(rf"({_JA_NOUNS})$"),
)
_EN_VERB = r"(?:did|does|do|is|are|was|were|has|have|had|can|could|must|should|would|will|may)"
_EN_PATTERNS = (
    re.compile(rf"({_JA_NOUNS})(?:については?|に関して(?:は)?)(?:、)?(?:{_JA_ASKS}|教え|知りた)"),
    re.compile(rf"\bhow (?:many|much) ((?:[\w'’&-]+ ){{0,3}}?[\w'’&-]+) (?:{_EN_VERB}|to|in|at)\b", re.I),
    re.compile(
        r"\b(?:what|which|who)(?: is| are| was| were|['’]s) the ((?:[\w'’&-]+ ){0,3}?[\w'’&-]+)(?: (?:of|at|in|for|"
        r"that|to|behind|on|per|from|by)\b|\?|$)",
        re.I,
    ),
    re.compile(
        r"\b(?:is|are|was|were) there (?:any |an? |some )?((?:[\w'’&-]+ ){0,3}?[\w'’&-]+)(?: (?:for|of|in|on|to|at|that|who|"
        r"which|with|by|between|if|when)\b|\?|$)",
        re.I,
    ),
    re.compile(rf"\b(?:what|which) ((?:[\w'’&-]+ ){{0,3}}?[\w'’&-]+) {_EN_VERB}\b", re.I),
    re.compile(r"\b(?:about|mention|on) ((?:[\w'’&-]+ ){0,3}?[\w'’&-]+)(?: for\b|\?|$)", re.I),
)
#: Nouns that say what kind of answer is asked for; whether one is there is looked at as the answer's type.
#: Stems.
_KINDS = frozenset(
    "年 月 日 日付 日付け 年月 時期 場所 所 国 数 人 人数 件 件数 理由 名前 こと 一覧 方 単位 部分 意味 "
    "会場 場 割合 程度 話 要点 形容 必要 可能"
    " year month date day place countri number reason name bodi kind sort type way topic thing one mani "
    "much basi piec two"
    " three worri appear went rais 動機 経緯 きっかけ 切っ掛け 背景 原因 要因 訳 狙い".split()
)


#: "The gist of X" and the like ask for X.
_PART = re.compile(r"の(?:要点|内容|概要|一覧|具体例|全文|詳細|中身|例)(?=[をはが])")


def _japanese(text: str) -> str:
    for pattern in _PATTERNS:
        if found := pattern.findall(text):
            return str(found[-1])
    return ""


def _english(text: str) -> str:
    for pattern in _EN_PATTERNS:
        if found := pattern.search(text):
            return found[1]
    return ""


def target(text: str, japanese: bool) -> str:
    """The words of the question that name the asked-for thing; empty where no pattern shows it or it is a
    mere kind.
    """
    bare = _PART.sub("", text) if japanese else text
    bare = (
        re.sub(r"(?:です|でしょう|ます|でした|ました)?か?[。.?？!！\s]*$", "", bare)
        if japanese
        else bare.strip()
    )
    found = _japanese(bare) if japanese else _english(bare)
    keys = [term.key for term in terms(found)]
    return found if keys and not all(key in _KINDS for key in keys) and keys[-1] not in _KINDS else ""
