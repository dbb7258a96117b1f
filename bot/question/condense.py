"""A follow-up question -> a question that stands alone, by rule: the old subject is carried over where one is
missing.

One that only names another thing is the earlier question about that thing (`bot.question.substitute`). Any other keeps
its own words, and what it leaves out follows in brackets, in the words of the earlier
question: "And since when?" becomes "And since when? (Osaka University ASEAN Campus)". A question with a subject of its own, one
with many words of its own, one what something is, or one that announces another topic, is left alone. Pure; knows no passage.
"""

import re
import unicodedata
from collections.abc import Iterable

from bot.question.asked import read_question
from bot.question.phrases import TIME, phrases
from bot.question.substitute import BRACKETED, listed, names_in, substituted
from bot.types import Turn
from ingest.language import language_of
from vectorstore.glossary import Glossary
from vectorstore.words import terms

#: A question with at least this many content words says itself what it is about, and one that points back, or speaks of "the
#: statement", with one more. Nine of ten follow-ups have fewer, and nine of ten questions that begin something new do not
#: (evals/LOG.md, 2026-11-27).
OWN_WORDS = 6
#: How many words of the earlier question are carried over at most.
CARRIED = 8

#: What one says before the question itself.
_LEAD = re.compile(
    r"^(?:(?:great|ok(?:ay)?|sorry|thanks?(?: you)?|thx|hm+|well|right|good|i see|got it|なるほど|(?:わか|分か)りました|"
    r"了解(?:です|しました)?|ありがとう(?:ございま(?:す|した))?|すみません|あ|え[ーえ]?っ?と)[\s、,。.!！]+)+",
    re.I,
)
#: Another topic, announced: up to a mark, so that "別の話者" and "different questions" announce none.
_CHANGE = re.compile(
    r"^(?:ところで|さて[、,]|それはさておき|それはそうと|それとは別に|(?:by the way|btw|on (?:another|a different) (?:topic|note|subject))\b|"
    r"(?:(?:では|じゃあ?|ちょっと)[\s、,]*)?(?:話題?[はをが]?変(?:わ(?:って|り(?:ます)?が|ります|るけど|るんです(?:が|けど))|え(?:て|ますが|ます))|"
    r"(?:全く|まったく|全然)?(?:別の?|違う|次の|もう[一1]つ|関係(?:の)?ない)(?:話題?|件|質問)?"
    r"(?:(?:なん|なの)?で(?:すが|すけど|す)?|(?:なん)?だけど|けど|になりますが|をします)?)(?=[、,。.:;]|$)|"
    r"(?:let's move on|moving on|on to something else|(?:now )?something (?:else|different)|(?:changing|to change) the subject|switching gears|"
    r"(?:i have )?(?:an? )?(?:different|another|new|unrelated) (?:question|topic)|unrelated(?:ly)?|"
    r"forget (?:that|it|about (?:that|it))|never mind(?: that)?)(?=\s*[,:;.!–]|$))"
    r"[\s、,:;.!。–-]*",
    re.I,
)
_POINTS = re.compile(
    r"それ(?!ぞれ)|これ(?!まで|から)|そこ|ここ(?!数年)|そちら|あれ|"
    r"同じ|同(?:校|大学|機関|事業|声明)|上記|先ほど|さっき|前者|後者|そうした|そういう|彼ら?|彼女|"
    r"\b(?:it|they|them|theirs|those|these|there|he|him|she|the (?:former|latter)|the same|such"
    r"|that(?= (?:one|project|programme|program|document|statement|body|campus|university|year|happen))"
    r"|this(?= (?:one|project|programme|program|document|statement|body|campus|university))"
    r"|(?:is|was|does|did|about|for|of|like|why|do|to) (?:that|this)(?=[\s?.!,]*$)|that(?='s)|one)\b",
    re.I,
)
#: These say whose, and behind a name of the question's own it is that one's ("JST and its partners").
_WHOSE = re.compile(r"その(?!他|ほか|後の)|この(?!ほか|他|デスク)|あの|\b(?:its|their|his|her)\b", re.I)
#: May point back, in a question without a name of its own.
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
#: A question what something is, named without an article, is about that.
_DEFINED = re.compile(
    r"^[^、。?？]{2,}とは(?:何|なに|なん|どう|[?？]?$)|^what (?:is|are) (?!the |your |my )[a-z][\w -]+[?]?$",
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
    `wide`, and what it had taken over itself.
    """
    text = unicodedata.normalize("NFKC", query)
    carried, own = BRACKETED.search(text), BRACKETED.sub("", text)
    named = [own[m.start : m.end] for m in glossary.mentions(own) if m.entry.kind != "unit"]
    named += [forms[0] for forms in read_question(own, glossary).names]
    pieces = list(phrases(own, language_of(own)))
    if wide or not named:
        named = [*pieces, *(n for n in named if not any(n in p for p in pieces) and " " not in n)]
    kept: list[str] = []
    for one in (*sorted(dict.fromkeys(named), key=own.find), *(listed(carried) if carried else ())):
        if not any(one in other for other in kept):
            kept.append(one)
    return tuple(kept[:CARRIED])


def _kinds(text: str, glossary: Glossary) -> set[str]:
    """The kinds of the known names in a text."""
    return {name.kind for name in names_in(text, glossary) if name.kind}


def _replaced(text: str, subject: tuple[str, ...], glossary: Glossary) -> tuple[str, ...]:
    """The subject without the name that a new name of its kind stands in for (ベトナムは？ after 中国), the
    first where there are several.
    """
    kept = list(subject)
    for kind in sorted(_kinds(text, glossary)):
        old = [one for one in kept if kind in _kinds(one, glossary)]
        kept = [one for one in kept if one not in old[:1]]
    return tuple(kept)


def _bracketed(question: str, subject: Iterable[str]) -> str:
    missing = [one for one in subject if one.casefold() not in question.casefold()]
    if not missing:
        return question
    japanese = language_of(question) == "ja"
    return f"{question}（{'、'.join(missing)}）" if japanese else f"{question} ({', '.join(missing)})"


def _points_back(text: str, named: int | None = None) -> bool:
    """Whether a question points back beyond itself: not where a word that says whose comes after its own name, at `named`."""
    blank = _EMPTY_EN.sub(lambda found: " " * len(found[0]), text)
    whose = _WHOSE.search(blank)
    return bool(_POINTS.search(blank)) or bool(whose and (named is None or whose.start() < named))


def _own_subject(text: str, glossary: Glossary) -> int | None:
    """Where a question names a body, a programme or a document of its own; None where it does not, a country alone being no
    subject.
    """
    return min((one.start for one in names_in(text, glossary) if one.kind != "place"), default=None)


def condense(question: str, history: tuple[Turn, ...], glossary: Glossary) -> str:
    """The question as it stands alone, given the earlier turns, oldest first."""
    text = unicodedata.normalize("NFKC", question).strip()
    if not history:
        return question.strip()
    text = _LEAD.sub("", text) or text
    if _CHANGE.search(text):
        return _CHANGE.sub("", text) or text
    earlier = history[-1].query or history[-1].question
    if another := substituted(text, earlier, glossary):
        return another
    if _DEFINED.search(text) and not _points_back(text):
        return text
    named, own = _own_subject(text, glossary), len(_content(text))
    points = _points_back(text, named)
    ellipsis, few = bool(_ELLIPSIS.search(text)), own < OWN_WORDS
    if named is not None and not points and not (ellipsis and few):
        return text
    begins = _POINTS.match(text) or _WHOSE.match(text)
    if not begins and own >= OWN_WORDS + (points or bool(_DOCUMENT.search(text))):
        return text
    wide = own <= 1 or (ellipsis and few)
    subject = _subject(earlier, glossary, wide)
    return _bracketed(text, subject if points else _replaced(text, subject, glossary))
