"""Negation: what a source denies a statement must deny, at the same word, and nothing else.

Counts grammatical negation (not, ない) and words that carry it (insufficient, 不十分); two at one word
cancel.
"""

import re

from bot.checks.across import touched_across
from bot.checks.marks import Form, Pairing, english, find_marks, holds, japanese, pair, touched
from bot.checks.stems import stem
from bot.checks.text import words
from bot.checks.types import Finding, Mark, Text, View

_BASES = (
    "able|acceptable|accessible|accurate|acknowledged|active|adequate|affected|ambiguous|appropriate|approved"
    "|attended|authori[sz]ed|available|aware|balanced|based|bound|broken|certain|changed|clear|comfortable|common"
    "|completed?|conditional|confirmed|connected|consistent|controlled|correct|decided|defined|dependent|desirable"
    "|direct|disclosed|disputed|effective|efficient|equal|equivocal|even|expected|fair|familiar|favou?rable|feasible"
    "|finished|formal|founded|frequent|harmed|intended|intentional|interesting|justified|known|lawful|legal"
    "|legitimate|licensed|likely|limited|necessary|noticed|official|paid|planned|popular|possible|practical"
    "|precedented|predictable|prepared|proper|protected|published|qualified|ready|realistic|reasonable|recogni[sz]ed"
    "|regular|regulated|related|relevant|reliable|replaceable|resolved|responsible|restricted|reversible|safe"
    "|satisfactory|secure|significant|skilled|solved|stable|successful|sufficient|suitable|supported|sure"
    "|sustainable|tested|trained|transparent|usual|valid|verified|visible|wanted|willing"
)
_LEXICAL = re.compile(rf"\b(?:un|in|im|ir|il|non-?|dis)(?P<base>{_BASES})(?:ly)?\b", re.I)
_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "mis")
#: Words with a negative character that deny nothing.
_PLAIN_WORD = re.compile(
    r"不(?:審|正|祥事|満|安|利|備|具合|振|和|法|測|透明|平等|公平|信|幸|服|当)|非(?:難|行|公開)|未(?:来|知)"
)
#: Words that deny, and that another language may say without a negation.
_WITHOUT = re.compile(r"(?:対象|範囲)外")
_KANJI = "㐀-鿿々"

FORMS: tuple[Form, ...] = (
    english(
        "negation",
        "",
        r"not (?:only|just|merely|simply|solely|limited to|to mention|least|necessarily only)",
        r"whether or not|no(?:t)? (?:later|earlier|sooner|more|less|fewer) than|no doubt",
        r"not uncommon(?:ly)?|if not",
        r"no\. ?\d+|without (?:a )?doubt|last but not least|not in?frequently|none ?theless|no matter",
    ),
    english(
        "negation",
        "no",
        r"not|\w+n't|n't|cannot|never|no longer|no|none|nothing|nobody|nowhere",
        r"neither(?:,? [\w-]+){1,10},? nor|neither|nor",
        r"without|fail(?:s|ed|ing|ure)? to|fail(?:s|ed)? in|lack(?:s|ed|ing)?(?: of)?",
        r"absen(?:ce|t) (?:of|from)|waiv(?:e|es|ed|er|ing)",
        r"unable to|inability to|hardly|scarcely|barely|rarely|seldom",
        r"refus(?:e|es|ed|ing|al) to|free (?:of|from)",
        r"declin(?:e|es|ed|ing) to|neglect(?:s|ed|ing)? to|devoid of|exempt(?:ed)? from",
        r"far from|anything but|stop(?:s|ped)?(?= \w+ing)",
        r"ceas(?:e|es|ed|ing) to|by no means|in no way|under no circumstances|short of",
        r"instead of|rather than",
    ),
    japanese(
        "negation",
        "",
        r"な(?:ければ|くては)(?:なら|いけ)(?:ない|ず|なく|ません|なかった)",
        r"ねばなら(?:ない|ず|なく|ぬ|ん|なかった)",
        r"ざるを(?:得|え)(?:ない|ず|なく|なかった|ません)",
        r"(?:だけ|のみ|ばかり)(?:で|では|じゃ)な(?:く|い)|のみならず|ばかりか",
        r"にとどまらず|に留まらず|に限らず|少な(?:く(?:と|は)|から)|少なくない|少なく|少ない",
        r"少なかった|欠か(?:せない|せず|せません)",
        r"欠かすことの?(?:が)?でき(?:ない|ません|ず)|にほかなら(?:ない|ず|なかった)",
        r"か(?:もしれ|ね)(?:ない|ません|ず)|(?:に|と)(?:過|す)ぎない",
        r"やむを?(?:得|え)(?:ない|ず)|しか[^。、]{0,16}?(?:ない|ません|なかった)",
        r"(?:を|に|は)?問わず|に?(?:かか|関|拘)わらず",
        r"必ず(?:しも)?|まず|いずれ|はず|わずか|ひとまず|絶えず|引き続き|違い(?:は)?ない",
        r"(?:間違い|ま)(?:も)?なく|ないし",
        r"もったいない|とも(?:ない|なう)|(?:伴|補|損)な[いう]|おこない|のではないか",
        r"ほか(?:は)?ない|なく(?:す|し(?!て))|限りなく",
        r"不可欠|未来|未然|未満|非常|無論|無線|是非|不断|無償|無料|無数|不思議|無事|不動産",
        r"不可避|無形|不況|否か|漏れなく|余すところなく|(?:満た|達し)ない",
        r"なら(?:ない|ず)とも|遠からず|思わず|少なからず|とりあえず|相変わらず|とにかく|なお",
        r"なし(?:と|得)(?!は)|危な|見なし|みなし",
    ),
    japanese(
        "negation",
        "no",
        r"(?:では|じゃ|で|は|が|も|に|と|から|まで)?(?:な(?:い|かった|けれ(?:ば)?"
        r"|く(?!な[るっりいかけ])|くな[るっりい])|ありませ(?:ん|んで)した?)",
        r"ません(?:でした)?|[せれきらわさかたべめけげえねじりみ]ず(?=[、。にと)」]|$)",
        r"[わらかさたば]ぬ(?=[、。]|$)|まい(?=[、。]|$)",
        r"(?<=[がもはに])なし|(?<=[㐀-鿿ァ-ヶー])なし(?=[、。でにの]|$)",
        r"(?<=[かさたなまらわがばえけせてねめれべげきしみりじでい])ん(?=[。]|$)",
        r"(?:を|に|が)?欠(?:く|い[てた]|け[るたて])|に(?:は)?(?:ほど)?遠い|に失敗|怠[っらりる]",
        r"免(?:れ|除|じ)|(?:対象|範囲)外",
    ),
    Form(re.compile(rf"[不非未無](?=[{_KANJI}ァ-ヶ])"), "negation", frozenset({"no"}), "right"),
)


def _lexical(text: Text) -> tuple[Mark, ...]:
    found: list[Mark] = []
    for match in _LEXICAL.finditer(text.text):
        core = stem(match["base"])
        left = tuple(unit.key for unit in text.units if unit.end <= match.start())[-4:]
        right = tuple(unit.key for unit in text.units if unit.start >= match.end())[:4]
        found.append(
            Mark(
                "negation",
                frozenset({"no"}),
                match.start(),
                match.end(),
                match.group(),
                left,
                (core, *right)[:4],
                core,
            )
        )
    return tuple(found)


def _cancel(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Without the pairs that deny each other: next to one another and at the same word."""
    kept: list[Mark] = []
    for mark in marks:
        near = kept and mark.start - kept[-1].end <= 6 and (mark.core == kept[-1].core or not mark.core)
        if near:
            kept.pop()
        else:
            kept.append(mark)
    return tuple(kept)


def negations(text: Text) -> tuple[Mark, ...]:
    """The negations of a text, grammatical and lexical, by place, double ones cancelled."""
    found = sorted((*find_marks(text, FORMS), *_lexical(text)), key=lambda mark: mark.start)
    return _cancel(tuple(found))


def _finding(mark: Mark, added: bool) -> Finding:
    if added:
        return Finding(
            "negation",
            True,
            f"文の否定「{mark.surface}」が引用にありません。",
            f"The statement denies (“{mark.surface}”) what the quoted text does not deny.",
        )
    return Finding(
        "negation",
        True,
        f"引用の否定「{mark.surface}」が文では失われています。",
        f"The quoted text denies (“{mark.surface}”) what the statement asserts.",
    )


def _near(mark: Mark) -> frozenset[str]:
    """The word that a negation bears on and, in English, the one after it (not fully fund)."""
    return frozenset({mark.core, *(mark.right[1:2] if mark.core in mark.right[:1] else ())})


def _beside(mark: Mark) -> str:
    """What the denied word goes with: its object in English, what stands before it in Japanese."""
    beside = mark.right[1:2] if mark.core in mark.right[:1] else mark.left[-2:-1]
    return beside[0] if beside else ""


def _moved(one: Mark, other: Mark, view: View, theirs: tuple[Mark, ...], ours: tuple[Mark, ...]) -> bool:
    """Whether a pair of negations bears on different words, each of which the other text asserts."""
    if not one.core or not other.core:
        return False
    if holds(_near(other), one.core):
        twice = sum(unit.key == one.core for unit in view.source.units) > 1
        here, there = _beside(one), _beside(other)
        known = here in view.source.keys and there in view.statement.keys
        return one.core == other.core and twice and known and here != there
    denied_there = {core for mark in theirs for core in _near(mark)}
    denied_here = {core for mark in ours for core in _near(mark)}
    asserted_there = one.core in view.source.keys and one.core not in denied_there
    asserted_here = other.core in view.statement.keys and other.core not in denied_here
    return asserted_there and (asserted_here or not touched(other, view.statement))


def _stripped(word: str) -> tuple[str, ...]:
    return tuple(
        word.removeprefix(prefix).removeprefix("-")
        for prefix in _PREFIXES
        if word.startswith(prefix) and len(word) - len(prefix) >= 4
    )


def flipped_words(statement: Text, source: Text) -> tuple[tuple[str, str], ...]:
    """English words that one text has with a negative prefix and the other only without it."""
    ours, theirs = set(words(statement.text)), set(words(source.text))
    counted = {
        word
        for text in (statement, source)
        for m in _LEXICAL.finditer(text.text)
        for word in words(m.group())
    }
    found: list[tuple[str, str]] = []
    for here, there in ((ours, theirs), (theirs, ours)):
        for word in sorted(here - there):
            if word not in counted:
                found.extend((word, bare) for bare in _stripped(word) if bare in there and bare not in here)
    return tuple(found)


def _denying(marks: tuple[Mark, ...], text: Text) -> tuple[Mark, ...]:
    """Without the words that another language has a plain word for (不審, suspicious)."""
    return tuple(mark for mark in marks if not _PLAIN_WORD.match(text.text, mark.start))


def _least(marks: tuple[Mark, ...]) -> int:
    """How many negations the other language needs: not one for a word that it can say without one (対象外)."""
    return sum(not _WITHOUT.fullmatch(mark.surface) for mark in marks)


def _across(ours: tuple[Mark, ...], theirs: tuple[Mark, ...], view: View) -> tuple[Finding, ...]:
    """Between languages only the number of negations can be compared, where the statement speaks of their
    place.
    """
    ours, theirs = _denying(ours, view.statement), _denying(theirs, view.source)
    spoken = tuple(mark for mark in theirs if touched_across(mark, view))
    if _least(ours) > len(spoken):
        return (_finding(ours[-1], added=True),)
    return (_finding(spoken[-1], added=False),) if len(ours) < _least(spoken) else ()


def _words_flipped(view: View) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            "negation",
            True,
            f"「{one}」と「{other}」は逆の意味です。",
            f"“{one}” and “{other}” are opposites.",
        )
        for one, other in flipped_words(view.statement, view.source)[:1]
    )


def check_negation(view: View) -> tuple[Finding, ...]:
    """Negations added, lost or moved to another word."""
    ours, theirs = negations(view.statement), negations(view.source)
    if view.cross:
        return _across(ours, theirs, view)
    paired: Pairing = pair(ours, theirs, view.statement, view.source, same_language=True)
    found = [_finding(mark, added=True) for mark in paired.added]
    found.extend(_finding(mark, added=False) for mark in paired.dropped if touched(mark, view.statement))
    found.extend(_finding(a, added=True) for a, b in paired.pairs if _moved(a, b, view, theirs, ours))
    return (*found, *(() if found else _words_flipped(view)))
