"""A follow-up question -> a question that stands alone, by rule: the old subject is carried over where one is
missing.

One that only names another thing is the earlier question about that thing (`bot.question.substitute`). Any other keeps
its own words, and what it leaves out follows in brackets, in the words of the earlier
question: "And since when?" becomes "And since when? (Osaka University ASEAN Campus)". A question with a subject of its own, or one
that announces another topic, is left alone. Pure; knows no passage.
"""

import re
import unicodedata
from collections.abc import Iterable

from bot.question.asked import is_name, read_question
from bot.question.phrases import TIME, phrases
from bot.question.substitute import substituted
from bot.types import Turn
from ingest.language import language_of
from vectorstore.glossary import Glossary
from vectorstore.words import terms

#: A question with at least this many content words and no pronoun says itself what it is about.
OWN_WORDS = 5
#: How many words of the earlier question are carried over at most.
CARRIED = 8

_CHANGE = re.compile(
    r"^(?:ところで|話は変わりますが|話は変わるけど|別の(?:話|件|質問)(?:ですが|だけど)?|"
    r"全く別(?:の話)?ですが|"
    r"by the way|on (?:another|a different) (?:topic|note|subject)|changing the subject|different question|"
    r"unrelated(?:ly)?)"
    r"[\s、,:;.。-]*",
    re.I,
)
_POINTS_JA = re.compile(
    r"それ(?!ぞれ)|これ(?!まで|から)|その(?!他|ほか|後の)|この(?!ほか|他|デスク)|そこ|ここ(?!数年)|そちら|"
    r"あれ|あの|"
    r"同じ|同(?:校|大学|機関|事業|声明)|上記|先ほど|さっき|前者|後者|そうした|そういう|彼ら?|彼女"
)
_POINTS_EN = re.compile(
    r"\b(?:it|its|they|them|their|theirs|those|these|there|he|him|his|she|her|the (?:former|latter)|"
    r"the same|such"
    r"|that(?= (?:one|project|programme|program|document|statement|body|campus|university|year|happen))"
    r"|this(?= (?:one|project|programme|program|document|statement|body|campus|university))"
    r"|(?:is|was|does|did|about|for|of|like|why|do|to) (?:that|this)(?=[\s?.!,]*$)|that(?='s)|one)\b",
    re.I,
)
#: Points back only where the question has no name of its own.
_DOCUMENT = re.compile(
    r"\bthe (?:statement|document|overview|report|article|paper|slides?|project|programme|program|committee|"
    r"university|campus)\b|"
    r"(?:声明|文書|資料|報告書?|論文|スライド|事業|委員会|プロジェクト)(?=[はがでにの])",
    re.I,
)
#: "there is/are" and "it is … that" point to nothing.
_EMPTY_EN = re.compile(
    r"\b(?:is|are|was|were) there\b|\bthere (?:is|are|was|were|any)\b|\bit (?:true|possible|necessary|"
    r"right)\b|\bis it (?:ok|fine)\b",
    re.I,
)
_ELLIPSIS = re.compile(
    r"^(?:and|but|so|then|also|or|what about|how about|in which|since when|until when|with whom|by whom|"
    r"why not)\b|"
    r"^(?:では|じゃあ?|それでは|で、|ちなみに|あと|また|例えば|たとえば)|(?:は|も|には|にも|では|でも|"
    r"のほうは|の方は|なら|たら|れば)[？?]?$|"
    r"のほうは|の方は",
    re.I,
)
#: What a follow-up takes over from the questions before it, behind its own words.
BRACKETED = re.compile(r"[（(]([^（）()]*)[）)]\s*$")


def _content(text: str) -> list[str]:
    """The distinct content words; figures and units of time say when, not what."""
    keys = dict.fromkeys(term.key for term in terms(text))
    return [key for key in keys if not key.isdigit() and key not in TIME]


def _subject(query: str, glossary: Glossary, wide: bool) -> tuple[str, ...]:
    """What a question is about: its names and the terms that the glossary knows, or all its content where
    `wide`.
    """
    text = unicodedata.normalize("NFKC", query)
    carried = BRACKETED.search(text)
    named = [text[m.start : m.end] for m in glossary.mentions(text) if m.entry.kind != "unit"]
    named += [forms[0] for forms in read_question(text, glossary).names]
    pieces = list(phrases(text, language_of(text)))
    if wide or not named:
        named = [*pieces, *(n for n in named if not any(n in p for p in pieces) and " " not in n)]
    if carried:
        named = [*named, *phrases(carried[1], language_of(carried[1]))]
    kept: list[str] = []
    for one in sorted(dict.fromkeys(named), key=text.find):
        if not any(one in other for other in kept):
            kept.append(one)
    return tuple(kept[:CARRIED])


def _names_in(text: str, glossary: Glossary) -> dict[str, str]:
    """Names in a text as they stand there -> their kind; a body and a programme are of one kind."""
    mentions = (m for m in glossary.mentions(text) if is_name(m.entry))
    return {text[m.start : m.end]: "body" if m.entry.kind == "programme" else m.entry.kind for m in mentions}


def _replaced(text: str, subject: tuple[str, ...], glossary: Glossary) -> tuple[str, ...]:
    """The subject without the name that a new name of its kind stands in for (ベトナムは？ after 中国), the
    first where there are several.
    """
    kept = list(subject)
    for kind in set(_names_in(text, glossary).values()):
        old = [one for one in kept if kind in _names_in(one, glossary).values()]
        kept = [one for one in kept if one not in old[:1]]
    return tuple(kept)


def _bracketed(question: str, subject: Iterable[str]) -> str:
    missing = [one for one in subject if one.casefold() not in question.casefold()]
    if not missing:
        return question
    japanese = language_of(question) == "ja"
    return f"{question}（{'、'.join(missing)}）" if japanese else f"{question} ({', '.join(missing)})"


def _points_back(text: str) -> bool:
    return bool(_POINTS_JA.search(text) or _POINTS_EN.search(_EMPTY_EN.sub(" ", text)))


def _names_subject(text: str, glossary: Glossary) -> bool:
    """Whether a question names a body, a programme or a document of its own; a country alone is no
    subject.
    """
    known = (m.entry for m in glossary.mentions(text))
    unknown = (forms for forms in read_question(text, glossary).names if len(forms) == 1)
    return any(is_name(entry) and entry.kind != "place" for entry in known) or any(unknown)


def condense(question: str, history: tuple[Turn, ...], glossary: Glossary) -> str:
    """The question as it stands alone, given the earlier turns, oldest first."""
    text = unicodedata.normalize("NFKC", question).strip()
    if not history:
        return question.strip()
    if _CHANGE.search(text):
        return _CHANGE.sub("", text) or text
    earlier = history[-1].query or history[-1].question
    if another := substituted(text, earlier, glossary):
        return another
    points, ellipsis = _points_back(text), bool(_ELLIPSIS.search(text))
    few = len(_content(text)) < OWN_WORDS
    if _names_subject(text, glossary) and not points and not (ellipsis and few):
        return text
    if not points and not ellipsis and not few and not _DOCUMENT.search(text):
        return text
    wide = len(_content(text)) <= 1 or (ellipsis and few)
    subject = _subject(earlier, glossary, wide)
    return _bracketed(text, subject if points else _replaced(text, subject, glossary))
