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
from bot.question.substitute import BRACKETED, substituted
from bot.types import Turn
from ingest.language import language_of
from vectorstore.glossary import Glossary
from vectorstore.words import terms

#: A question with at least this many content words says itself what it is about, and one that points back with one more.
#: Measured: nine of ten follow-ups have fewer, and nine of ten questions that begin something new do not.
OWN_WORDS = 6
#: How many words of the earlier question are carried over at most.
CARRIED = 8

_CHANGE = re.compile(
    r"^(?:(?:あ|えっと|じゃあ?|では|ok|okay|thanks|ありがとう)[\s、,。.!！]+)?"
    r"(?:ところで|話は?変わりますが|話は?変わるけど|(?:全く|まったく|全然)?(?:別の?|違う)(?:話|件|質問)(?:で(?:すが|すけど)?|だけど)?|"
    r"全く別ですが|"
    r"それはさておき|それはそうと|"
    r"by the way|on (?:another|a different) (?:topic|note|subject)|changing the subject|different question|"
    r"forget (?:that|it|about (?:that|it))|moving on|(?:now )?something (?:else|different)|unrelated(?:ly)?)"
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
        named = [*named, *phrases(carried["carried"], language_of(carried["carried"]))]
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


def _points_back(text: str, named: int) -> bool:
    """Whether a word points back beyond the question: one behind the question's own name, at `named`, may mean that."""
    blank = _EMPTY_EN.sub(lambda found: " " * len(found[0]), text)
    found = (pattern.search(blank) for pattern in (_POINTS_JA, _POINTS_EN))
    return any(one.start() < named for one in found if one)


def _own_subject(text: str, glossary: Glossary) -> int | None:
    """Where a question names a body, a programme or a document of its own; None where it does not, a country alone being no
    subject.
    """
    known = [m.start for m in glossary.mentions(text) if is_name(m.entry) and m.entry.kind != "place"]
    unknown = [text.find(forms[0]) for forms in read_question(text, glossary).names if len(forms) == 1]
    return min((*known, *unknown), default=None)


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
    named, own = _own_subject(text, glossary), len(_content(text))
    points = _points_back(text, len(text) if named is None else named)
    ellipsis, few = bool(_ELLIPSIS.search(text)), own < OWN_WORDS
    if named is not None and not points and not (ellipsis and few):
        return text
    if own >= OWN_WORDS + (points or bool(_DOCUMENT.search(text))):
        return text
    wide = own <= 1 or (ellipsis and few)
    subject = _subject(earlier, glossary, wide)
    return _bracketed(text, subject if points else _replaced(text, subject, glossary))
