"""An elliptic follow-up that only names another thing -> the earlier question about that thing. Pure.

"And Mongolia?" after "When did the project in Vietnam begin?" asks when the project in Mongolia began: the new name takes
the place of the old one of its kind, and of several the one with the same particle or preposition before or after it.
"""

import re
from dataclasses import dataclass

from bot.question.asked import is_name, read_question
from vectorstore.glossary import Glossary

_LEAD = re.compile(
    r"^(?:(?:それでは|では|じゃあ?|で、|ちなみに|あと|また)[、,\s]*|"
    r"(?:and|but|so|then|also)\b[\s,]*(?:(?:what|how) about\b\s*)?|(?:what|how) about\s+)+",
    re.I,
)
#: What may follow the name: its particle, and a question word that the earlier question has as well.
_TAIL = re.compile(
    r"(?:の(?:ほう|方|場合|とき))?(?P<particle>には|にも|とは|とも|では|でも|からは|へは|は|も|なら|だと|って)?、?"
    r"(?P<word>どう|いかが|いつ|どこ|誰|だれ|どなた|何人|何校|いくつ|いくら)?"
    r"(?:なん)?(?:です|でしょう|になります|だった|でした)?(?:か|の)?[？?。.\s]*$"
)
_PREPOSITION = re.compile(r"^(?P<word>in|for|at|with|to|of|by|from|on|under)\s+", re.I)
_ARTICLE = re.compile(r"^the\s+", re.I)
_BEFORE = re.compile(r"\b(\w+)\s+(?:the\s+)?$", re.I)
#: A question for a country: another country's name is no new topic, but a possible answer.
_WHICH_COUNTRY = re.compile(
    r"(?:どの|どこの|何という)国|国は、?どこ|\b(?:which|what) (?:\w+ )?(?:country|countries)\b", re.I
)
#: What follows the first part of a longer name (中国 in 中国科学院).
_GOES_ON = re.compile(r"[一-龯々ァ-ヶーA-Za-z]")
#: What a follow-up takes over from the questions before it, behind its own words; or what an asker put there himself.
BRACKETED = re.compile(r"\s*[（(](?P<carried>[^（）()]*)[）)]\s*$")
_LISTED = re.compile(r"、|,\s*")
#: Question words that only ask how it is with the other thing.
_OPEN = frozenset({"どう", "いかが"})
#: Particles that mark the topic: the first name of a question is taken for it.
_TOPIC = frozenset({"", "は", "も", "って", "なら", "だと"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a question: where it stands, and its kind; "" where the glossary does not know it."""

    start: int
    end: int
    kind: str


def names_in(text: str, glossary: Glossary) -> tuple[Name, ...]:
    """The names of a text in order, known and unknown; a body and a programme are of one kind."""
    known = [
        Name(m.start, m.end, "body" if m.entry.kind == "programme" else m.entry.kind)
        for m in glossary.mentions(text)
        if is_name(m.entry)
    ]
    unknown = (forms[0] for forms in read_question(text, glossary).names if len(forms) == 1)
    places = ((text.find(form), form) for form in unknown)
    fresh = [
        Name(at, at + len(form), "")
        for at, form in places
        if at >= 0 and not any(at < one.end and one.start < at + len(form) for one in known)
    ]
    return tuple(sorted((*known, *fresh), key=lambda one: one.start))


def _bare(question: str, earlier: str) -> tuple[str, str]:
    """What a follow-up names, and its particle or preposition; empty where it says more than a name."""
    rest = _LEAD.sub("", question).strip()
    tail = _TAIL.search(rest)
    word = (tail["word"] if tail else "") or ""
    if tail is None or (word and word not in _OPEN and word not in earlier):
        return "", ""
    rest, particle = rest[: tail.start()].strip(), tail["particle"] or ""
    if before := _PREPOSITION.match(rest):
        rest, particle = rest[before.end() :], before["word"].casefold()
    return _ARTICLE.sub("", rest), particle if particle in _TOPIC else particle.rstrip("はも")


def _linked(text: str, one: Name, link: str) -> bool:
    """Whether a name in a text has this particle after it or this preposition before it."""
    before = _BEFORE.search(text[: one.start])
    return text[one.end :].startswith(link) or bool(before and before[1].casefold() == link)


def substituted(question: str, earlier: str, glossary: Glossary) -> str:
    """The earlier question about the thing that the follow-up names, or "" where that is not what it asks."""
    carried = BRACKETED.search(earlier)
    earlier = BRACKETED.sub("", earlier)
    new, link = _bare(question, earlier)
    named = names_in(new, glossary)
    if len(named) != 1 or named[0].start or named[0].end != len(new) or new.casefold() in earlier.casefold():
        return ""
    kind = named[0].kind
    alike = [one for one in names_in(earlier, glossary) if kind in ("", one.kind) or not one.kind]
    alike = [one for one in alike if not _GOES_ON.match(earlier[one.end :])]
    if not alike or (kind == "place" and _WHICH_COUNTRY.search(earlier)):
        return ""
    if link in _TOPIC:
        old = next((one for one in alike if earlier[one.end :].startswith(("は", "って", "には"))), alike[0])
    else:
        old = next((one for one in alike if _linked(earlier, one, link)), alike[0])
    return f"{earlier[: old.start]}{new}{earlier[old.end :]}{_without_names(carried, glossary)}"


def listed(brackets: re.Match[str]) -> list[str]:
    """What was taken over, one by one."""
    return _LISTED.split(brackets["carried"].strip())


def _without_names(brackets: re.Match[str] | None, glossary: Glossary) -> str:
    """What was taken over before, without what names anything, which mostly belongs to the old thing; "" where nothing is left."""
    if not brackets:
        return ""
    opening, closing = brackets[0].strip()[0], brackets[0].strip()[-1]
    kept = [one for one in listed(brackets) if not any(name.kind for name in names_in(one, glossary))]
    space, comma = ("", "、") if opening == "（" else (" ", ", ")
    return f"{space}{opening}{comma.join(kept)}{closing}" if kept else ""
