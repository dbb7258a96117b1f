"""Greetings, thanks, noise, and who the desk is: a short reply without a search. Pure.

Anything that also asks something is left to the search: every pattern must match the whole text.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.types import Language

_EDGES = re.compile(r"^[\s。、.,!！?？~〜…・♪☆^_-]+|[\s。、.,!！?？~〜…・♪☆^_-]+$")
_INSIDE = re.compile(r"[\s。、.,!！?？~〜…]+")
_CONTENT = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class _Manner:
    """One kind of small talk: what it looks like, and the reply in each language."""

    says: re.Pattern[str]
    reply: Mapping[Language, str]


_ABOUT: Mapping[Language, str] = {
    "ja": "研究セキュリティと大学の国際連携についての相談デスクです。収録した指針や声明から、その原文の言葉で答えます。"
    "たとえば「研究セキュリティの費用は研究費から出せますか」のように聞いてください。",
    "en": "This is an advisory desk for research security and university partnerships. It answers from the guidelines and "
    "statements in its library, in their own words. You can ask, for example: “Can research security costs "
    "be paid from "
    "project funding?”",
}
_GREETING: Mapping[Language, str] = {
    "ja": "こんにちは。研究セキュリティや大学の国際連携について、知りたいことをお書きください。",
    "en": "Hello. Please ask about research security or university partnerships.",
}
_THANKS: Mapping[Language, str] = {
    "ja": "どういたしまして。ほかにも知りたいことがあれば、お書きください。",
    "en": "You are welcome. Please ask again whenever you need to.",
}
_BYE: Mapping[Language, str] = {
    "ja": "ご利用ありがとうございました。",
    "en": "Goodbye, and thank you for using the desk.",
}
_UNCLEAR: Mapping[Language, str] = {
    "ja": "質問の内容を読み取れませんでした。知りたいことを一文でお書きください。",
    "en": "No question could be made out. Please write in a sentence what you would like to know.",
}

_PARTS_THANKS = (
    r"(?:どうも)?(?:ありがと(?:う)?(?:ございま(?:す|した))?|有難うございま(?:す|した)|助かりま(?:す|した)|"
    r"サンキュー)|"
    r"(?:いろいろ|本当に)|(?:お世話になりました)|(?:よく|大変)?(?:分か|わか)りました|了解(?:です|しました)?|"
    r"(?:many |ok(?:ay)? |great )?(?:thank(?:s| you)|thx|ty|cheers)(?: (?:a lot|so much|very much|again|"
    r"for (?:your|the) help))?|"
    r"(?:that'?s|that is) (?:all|it|everything)(?: (?:for (?:today|now)|i needed|thanks))?|ok(?:ay)?|got it|"
    r"i see|"
    r"(?:very |that was )?(?:helpful|great|perfect)"
)
_MANNERS = (
    _Manner(re.compile(_PARTS_THANKS, re.I), _THANKS),
    _Manner(
        re.compile(
            r"こんにち[はわ]|こんばん[はわ]|おはよう(?:ございます)?|はじめまして|初めまして|お疲れ様です|"
            r"やあ|もしもし|"
            r"hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings|hi there|hello there|"
            r"dear (?:all|desk|sirs?)",
            re.I,
        ),
        _GREETING,
    ),
    _Manner(
        re.compile(
            r"さ[よ]うなら|さよなら|失礼します|また(?:ね|今度)|バイバイ|(?:good ?)?bye(?: bye)?|"
            r"see you(?: later)?",
            re.I,
        ),
        _BYE,
    ),
    _Manner(
        re.compile(
            r"(?:あなた|君|このデスク|このサイト|ここ|これ)は(?:誰|何者?|なに|だれ)(?:です|なの?)?か?|"
            r"何ができ(?:る(?:の|んです)?|ます)か?|"
            r"(?:使い方|自己紹介)(?:を教えて(?:ください)?|して(?:ください)?|は)?|何を(?:聞|質問)(?:け|でき|"
            r"いたらいい|けばいい).*|ヘルプ|"
            r"(?:who|what) are you(?: and what can (?:i ask you|you do))?|what can (?:you do|"
            r"i ask(?: you)?)|help(?: me)?|"
            r"what is this(?: (?:desk|site|place))?|how (?:do|does) (?:this|it|the desk) work|"
            r"are you (?:a )?(?:bot|robot|human)|"
            r"introduce yourself",
            re.I,
        ),
        _ABOUT,
    ),
    _Manner(
        re.compile(
            r"え[ーえ]?っ?と|あの[ーう]?|う[ーん]+|その[ー]?|うーん|ん+|test(?:ing)?|テスト|u+h+m*|u+m+|"
            r"h+m+|e+r+m*|a+h+|asdf\w*|qwert\w*|"
            r"(\w)\1{2,}|[a-z]",
            re.I,
        ),
        _UNCLEAR,
    ),
)


def _one(text: str, language: Language) -> str:
    for manner in _MANNERS:
        if manner.says.fullmatch(text):
            return manner.reply[language]
    return ""


def courtesy(question: str, language: Language) -> str:
    """The short reply to small talk, noise or nothing; empty for anything that may be a question."""
    text = _EDGES.sub("", unicodedata.normalize("NFKC", question))
    if not _CONTENT.search(text):
        return _UNCLEAR[language]
    if whole := _one(_INSIDE.sub(" ", text), language):
        return whole
    replies = [_one(part.strip(), language) for part in re.split(r"[。、.,!！?？\n]+", text) if part.strip()]
    return replies[-1] if replies and all(replies) else ""
