"""Deontic force and certainty: must, should, may, can, will, strive, seem, or a plain statement of fact.

Raising and lowering both count: a statement has exactly the force that its source has at that place. A
form that can be read in two ways (求められる: must or should) carries both values and agrees with either.
"""

from bot.checks.across import touched_across
from bot.checks.marks import Form, english, find_marks, japanese, pair, touched
from bot.checks.types import Finding, Mark, Text, View

_F = "force"

FORMS: tuple[Form, ...] = (
    english(
        _F,
        "must",
        r"must|shall|(?:have|has|had|having) to|need(?:s|ed)? to",
        r"oblig(?:ed|ation|ations|atory)|mandatory",
    ),
    english(
        _F,
        "must",
        r"compulsory|requir(?:e|es|ed|ing|ement|ements)|mandat(?:e|es|ed|ing)|bound to",
        r"imperative",
    ),
    english(_F, "", r"necessary(?= (?!to\b|for\b|that\b|and\b|in\b|if\b|as\b)\w)|(?:as|if|where) necessary"),
    english(
        _F, "must essential", r"essential|indispensable|necessary|necessit(?:y|ates?|ated)|vital|crucial"
    ),
    english(
        _F,
        "should",
        r"should|ought to|recommend(?:s|ed|ing|ation|ations)?|advis(?:able|ed to)|advises?(?= \w+ to)",
        r"encouraged to|desirable",
    ),
    english(_F, "should plan may", r"(?:is|are|was|were|be|been) expected to|supposed to"),
    english(_F, "may can", r"(?-i:may)(?! (?:\d|of (?:19|20)))"),
    english(
        _F,
        "may can",
        r"might|could|(?:is|are|be) (?:permitted|allowed|free) to|optional(?:ly)?",
        r"voluntar(?:y|ily)",
    ),
    english(_F, "can may", r"can(?! ?not)|(?:is|are|was|were|be|been) able to|capable of|in a position to"),
    english(_F, "can may", r"lets?(?= \w+ \w)|allow(?:s|ed|ing)?|enabl(?:e|es|ed|ing)|permit(?:s|ted|ting)?"),
    english(
        _F,
        "consider",
        r"(?:is|are|was|were) considering|under consideration|being considered",
        r"considers?(?= \w+ing\b)",
    ),
    english(_F, "consider", r"(?:is|are|was|were) (?:weighing|discussing whether|studying whether)"),
    english(_F, "can", r"cannot|can't|unable to|inability to"),
    english(
        _F, "may", r"possib(?:le|ly|ility|ilities)|potential(?:ly)?|perhaps|risks? of|likely|probabl[ey]"
    ),
    english(_F, "must", r"need(?! (?:for|of))(?= not)"),
    english(
        _F,
        "plan",
        r"will|(?:is|are|was|were) (?:going|due|set) to|plan(?:s|ned|ning)? to|scheduled",
        r"intend(?:s|ed|ing)? to",
    ),
    english(_F, "plan", r"won't"),
    english(_F, "would", r"would"),
    english(
        _F,
        "strive",
        r"endeavou?r(?:s|ed|ing)?|striv(?:e|es|ing)|strove|attempt(?:s|ed|ing)? to",
        r"tr(?:y|ies|ied|ying) to",
    ),
    english(
        _F,
        "strive",
        r"(?:make|makes|made|making) (?:an? |every )?(?:effort|efforts|attempt)s? to",
        r"work(?:s|ed|ing)? to",
    ),
    english(_F, "strive aim", r"seek(?:s|ing)? to|sought to"),
    english(
        _F,
        "aim strive",
        r"aim(?:s|ed|ing)? to|aim(?:s|ed|ing)? at|hop(?:e|es|ed|ing) to|wish(?:es|ed)? to",
        r"want(?:s|ed)? to",
    ),
    english(
        _F,
        "seem",
        r"seem(?:s|ed|ingly)?|appear(?:s|ed)? to",
        r"(?:is|are|was|were) (?:perceived|believed|thought|said|reported) to",
    ),
    english(_F, "seem", r"reportedly|allegedly|apparently|supposedly|presumably|arguably"),
    english(_F, "tend", r"tend(?:s|ed)? to"),
    japanese(
        _F,
        "must",
        r"な(?:ければ|くては)(?:なら|いけ)(?:ない|ず|なく|ません|なかった)",
        r"ねばなら(?:ない|ず|なく|ぬ|ん|なかった)",
    ),
    japanese(
        _F,
        "must",
        r"ざるを(?:得|え)(?:ない|ず|なく|なかった|ません)",
        r"て(?:は)?(?:なら|いけ)(?=ない|ず|ません|なかった)",
    ),
    japanese(_F, "must", r"義務|必須|(?<!必)要(?:求(?:する|して|され))|要件"),
    japanese(
        _F,
        "must essential",
        r"必要不可欠|必要(?!に応じ|以上に|な(?=[一-龯ァ-ヶ]))(?:性)?|不可欠|欠かせない",
        r"欠かすことの?(?:が)?できない|不要(?=[でだ。とな])",
    ),
    japanese(_F, "must should", r"求め(?:られ|る|て|た)"),
    japanese(_F, "should", r"べき|べし|望まし|望まれ|推奨|勧告|勧め(?:る|られ|て)|奨励"),
    japanese(_F, "should plan may", r"期待され|見込まれ|見込み"),
    japanese(
        _F,
        "can may",
        r"(?:する)?ことが?でき|(?:する)?こともでき|でき(?=る|な|ず|ま|た|て|れ|う)",
        r"(?<!不)可能(?!性)|(?<=し|り)得る|うる(?=[。、とこ]|$)",
    ),
    japanese(_F, "can may", r"(?<=不)可能(?!性)|でき(?=ぬ)"),
    japanese(
        _F,
        "may",
        r"可能性|おそれ|恐れ(?=が|の|も)|かもしれ(?:ない|ません|ず)|蓋然性",
        r"かね(?:ない|ません|ず)",
    ),
    japanese(
        _F,
        "may can",
        r"て(?:も)?(?:よ|良)い|差し支えな(?:い|く)|ても?やむを(?:得|え)ない|任意",
        r"(?:許|許容)される|こと[がを]認められ|て(?:も)?構わない|自由に",
    ),
    japanese(
        _F,
        "plan",
        r"予定|こととす(?:る)|こととして(?:いる|おり)|つもり|計画(?:して|中)|(?<=する)計画",
        r"方針(?:で|だ|である)(?=[あ。、]|$)",
    ),
    japanese(_F, "consider", r"検討(?:して|する|中|し、|され|を(?:進め|行|続け))"),
    japanese(_F, "strive", r"努め|努力(?:す|し|を)|よう(?:に)?努|尽力|心がけ|心掛け"),
    japanese(_F, "aim strive", r"(?:を)?目指(?:す|し|さ)|めざ(?:す|し)|ようと(?:する|して)"),
    japanese(
        _F,
        "seem",
        r"と(?:み|見)られ(?:る|て|ます)|とされ(?:る|て)|と考えられ|と思われ|だろう|でしょう",
        r"らしい|ようだ|ようである|と推測|と言われ|といわれ",
    ),
    japanese(_F, "tend", r"傾向(?:に|が)"),
)

#: Values that the other language often leaves to the tense, so that their absence there shows nothing.
_TENSE = frozenset({"plan", "would", "aim", "strive", "essential"})
_POTENTIAL = frozenset({"can"})

_NAMES = {
    "must": ("義務・必要", "obligation"),
    "essential": ("必要", "necessity"),
    "should": ("推奨・期待", "recommendation"),
    "may": ("可能性・許容", "possibility or permission"),
    "can": ("可能", "ability or permission"),
    "plan": ("予定", "plan"),
    "would": ("仮定", "condition"),
    "strive": ("努力", "endeavour"),
    "aim": ("目標", "aim"),
    "seem": ("推測・伝聞", "hedge"),
    "tend": ("傾向", "tendency"),
    "consider": ("検討", "consideration"),
}
_ORDER = tuple(_NAMES)


def _name(mark: Mark, language: int) -> str:
    first = min(mark.values, key=_ORDER.index)
    return (
        f"{_NAMES[first][language]}「{mark.surface}」"
        if language == 0
        else f"{_NAMES[first][1]} (“{mark.surface}”)"
    )


def forces(text: Text) -> tuple[Mark, ...]:
    """The marks of force of a text, by place."""
    return find_marks(text, FORMS)


def _unseen(mark: Mark) -> bool:
    """Whether the other language can carry the mark in a verb's form, where no table finds it (防げない,
    cannot).
    """
    return not mark.values.isdisjoint(_TENSE) or mark.values == _POTENTIAL


def _changed(ours: Mark, theirs: Mark) -> Finding:
    return Finding(
        "force",
        True,
        f"強さが違います：文は{_name(ours, 0)}、引用は{_name(theirs, 0)}です。",
        f"The force differs: {_name(ours, 1)} in the statement, {_name(theirs, 1)} in the quoted text.",
    )


def _added(mark: Mark) -> Finding:
    return Finding(
        "force",
        True,
        f"文の{_name(mark, 0)}は引用にありません。",
        f"The quoted text has no {_name(mark, 1)}.",
    )


def _dropped(mark: Mark) -> Finding:
    return Finding(
        "force",
        True,
        f"引用の{_name(mark, 0)}が文では失われています。",
        f"The statement leaves out the {_name(mark, 1)} of the quoted text.",
    )


def check_force(view: View) -> tuple[Finding, ...]:
    """Force or certainty raised, lowered, added or left out."""
    ours, theirs = forces(view.statement), forces(view.source)
    paired = pair(ours, theirs, view.statement, view.source, same_language=not view.cross)
    found = [_changed(a, b) for a, b in paired.pairs if a.values.isdisjoint(b.values)]
    if view.cross:
        found.extend(_added(mark) for mark in paired.added if not _unseen(mark))
        kept = {value for _, mark in paired.pairs for value in mark.values}
        lost = (mark for mark in paired.dropped if not _unseen(mark) and mark.values.isdisjoint(kept))
        found.extend(_dropped(mark) for mark in lost if touched_across(mark, view))
        return tuple(found)
    found.extend(_added(mark) for mark in paired.added)
    found.extend(_dropped(mark) for mark in paired.dropped if touched(mark, view.statement))
    return tuple(found)
