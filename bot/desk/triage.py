"""What in a question needs care before it is answered: export control, a named partner or person, a personal case,
legal advice, a deadline. Pure; a mark is a hint to the staff and decides nothing."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal, get_args

Care = Literal["export control", "named partner", "named person", "personal case", "legal advice", "deadline"]
CARES: tuple[Care, ...] = get_args(Care)

_GENERAL = (
    "海外|外国|国立|公立|私立|相手|協定|本|当|他|各|両|連携|提携|姉妹|複数|国内|日本|受入|派遣|所属|出身|ある|この|その|どの|諸|"
    "の|や|と|は|が|を|に|で|も|から|ない|る|た"
)
_SIGNS: Mapping[Care, str] = {
    "export control": (
        r"輸出管理|輸出規制|安全保障貿易|該非判定|みなし輸出|外為法|外国為替及び外国貿易法|リスト規制|キャッチオール|デュアルユース|軍民両用|"
        r"\bexport[- ]control|\bdeemed export|\bdual[- ]use\b|\bcatch-all\b|\b(?:EAR|ITAR|FEFA)\b"
    ),
    "named partner": (
        rf"(?<![一-龥ァ-ヺー])(?!(?:{_GENERAL})(?:大学|研究所|企業))[一-龥ァ-ヺーA-Za-z]{{2,12}}(?:大学|研究所|科学院|工業大|株式会社|公司)"
        r"|株式会社[一-龥ァ-ヺーA-Za-z]{2,}"
        r"|\bUniversity of (?!the\b)[A-Z]\w+|\b(?!(?:The|A|Our|Your|This|Any|Each|Host|Partner|Japanese|Foreign|National)\s)"
        r"[A-Z]\w+ (?:University|Institute|College|Academy|Corporation|Inc\b|Ltd\b|GmbH\b|Co\b)"
    ),
    "named person": (
        r"(?<![一-龥])(?!(?:名誉|指導|担当|客員|特任|主任|招聘|共同|若手|外国人|各|同|他)(?:教授|准教授|先生|博士|研究員))"
        r"[一-龥]{2,4}(?:氏|さん|様|先生|博士|准教授|教授)"
        r"|[ァ-ヺー]{2,}(?:氏|さん|様|先生|博士|准教授|教授)"
        r"|\b(?:Dr|Mr|Ms|Mrs|Prof|Professor)\.? [A-Z]\w+"
    ),
    "personal case": (
        r"私(?:は|の|が|も|に)|自分(?:の|が|は)|わたし|僕|弊研究室|当研究室|私ども|うちの|"
        r"\b(?:I|I'm|I've|my|me|our (?:lab|group|student|project))\b"
    ),
    "legal advice": (
        r"違法|合法|適法|法的|法律上|法令違反|違反にな|罰則|処罰|訴え|訴訟|責任を問われ|契約書の条項|"
        r"\b(?:illegal|lawful|unlawful|legal(?:ly)?|liab(?:le|ility)|sued?|lawsuit|penalt(?:y|ies)|violat\w+)\b"
    ),
    "deadline": (
        r"締め?切|期限|至急|急ぎ|急いで|今日中|本日中|明日|今週|来週(?:まで|中)|今月(?:中|末)|\d+[日月](?:まで|必着)|"
        r"\b(?:deadline|urgent(?:ly)?|asap|as soon as possible|tomorrow|due (?:on|by|date)|by (?:next|the end of|this|"
        r"monday|tuesday|wednesday|thursday|friday|january|february|march|april|may|june|july|august|september|"
        r"october|november|december|\d))"
    ),
}
#: Names are told by their capitals; everything else in any case.
_CASED = frozenset({"named partner", "named person"})
_COMPILED = {care: re.compile(sign, 0 if care in _CASED else re.IGNORECASE) for care, sign in _SIGNS.items()}


def triage(question: str) -> tuple[Care, ...]:
    """The kinds of care that a question needs, in a fixed order."""
    folded = unicodedata.normalize("NFKC", question)
    return tuple(care for care in CARES if _COMPILED[care].search(folded))
