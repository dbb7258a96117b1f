"""Quantifiers and bounds: all, some, most, only, at least, about; すべて, 一部, のみ, 以上, 約.

A statement may not widen or narrow how many its source speaks of. `each` and `any` may come and go.
"""

import re

from bot.checks.across import touched_across
from bot.checks.marks import Form, english, find_marks, japanese, pair, touched
from bot.checks.types import Finding, Mark, Text, View

_AHEAD = (
    r"(?= (?:\d|an? |one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety|half|hundred))"
)

FORMS: tuple[Form, ...] = (
    english(
        "share",
        "",
        r"not only|not just|first of all|above all|after all|all the more|at all|overall",
        r"if any|if only",
    ),
    english(
        "share",
        "",
        r"most(?= (?!of\b)\w+(?:al|ive|ant|ent|ous|ed|ful|able|ble|ly|ing)\b)|at most",
        r"most recent|some way",
    ),
    english(
        "share",
        "",
        r"every (?:(?:other|second|few|\d+|two|three|four|five|six|ten) )?(?:year|month|week|day|time|semester)s?",
    ),
    english(
        "share",
        "all",
        r"all|every|everyone|everything|entirely|without exception|universally|fully",
        r"completely",
    ),
    english("share", "all whole", r"whole|entire"),
    english("share", "all each any", r"each|any|respective"),
    english(
        "share",
        "some",
        rf"some(?!{_AHEAD})|several|certain(?= \w)|an? (?:small |limited )?number of|a few",
        r"partly|partially|in part|sometimes",
    ),
    english("share", "some", r"a couple of|occasionally|a handful of|in some cases"),
    english(
        "share",
        "most many",
        r"most(?: of)?|(?:the |a |vast )*majority|mostly|mainly|largely|primarily|usually",
        r"generally|typically",
    ),
    english(
        "share",
        "many most",
        r"many|numerous|much of|a (?:large|great) (?:number|deal) of|often|frequently|a lot of",
        r"lots of",
    ),
    english("share", "few", r"few|rarely|seldom|hardly any"),
    english("share", "always", r"always|constantly|invariably|at all times"),
    english(
        "only",
        "only",
        r"only|solely|exclusively|merely|alone|purely|nothing but|limited to|restricted to",
        r"mere",
    ),
    english("both", "both", r"both"),
    english("both", "either", r"either"),
    english("bound", "ge", r"at least|no(?:t)? (?:fewer|less) than|a minimum of|minimum|or more|and above"),
    english(
        "bound",
        "le",
        r"up to(?! date)|at most|no(?:t)? more than|a maximum of|maximum|not exceeding",
        r"or (?:less|fewer)|no later than",
    ),
    english(
        "bound",
        "gt",
        rf"(?:more|greater) than{_AHEAD}|over{_AHEAD}|above{_AHEAD}|exceed(?:s|ed|ing)?",
        r"in excess of|upwards of",
    ),
    english("bound", "lt", rf"(?:less|fewer) than{_AHEAD}|under{_AHEAD}|below{_AHEAD}|short of{_AHEAD}"),
    english(
        "bound",
        "about",
        rf"about{_AHEAD}|around{_AHEAD}|approximately|roughly|nearly|almost|some{_AHEAD}",
        r"exactly|precisely",
    ),
    japanese(
        "share",
        "",
        r"だけで(?:は)?なく|のみで(?:は)?なく|のみならず|全国|全体|全般|全面|万全|安全|健全",
        r"保全|全学|完全(?!に)|全く(?=同)",
    ),
    japanese(
        "share",
        "all",
        r"(?:すべて|全て|全部|あらゆる|全員|全(?=(?:大学|機関|教員|学生|研究者|職員|部局|課題"
        r"|国立|会員))|完全に|一律に?|例外なく|漏れなく|余すところなく)",
        side="right",
    ),
    japanese(
        "share",
        "all each any",
        r"各(?=[一-龯])|いずれ(?:の|も)|いかなる|どの(?=[一-龯])[^。、]{1,8}も|それぞれ",
        side="right",
    ),
    japanese(
        "share",
        "some",
        r"一部|いくつか|幾つか|若干|ある程度|部分的に|特定の|複数の?|場合によ(?:って|り)",
        side="right",
    ),
    japanese(
        "share",
        "most many",
        r"大半|大部分|ほとんど|主に|主として|過半数|大多数|概ね|おおむね|多く(?=は)",
        r"通常(?!の[一-龯])|普段|一般に|たいてい",
        side="right",
    ),
    japanese("share", "many most", r"多く(?!は|と)の?|多数の?|数多く|しばしば|往々", side="right"),
    japanese(
        "share", "few", r"少数の?|わずか|ごく一部|まれに|少(?=な[いく])(?!なく(?:ない|とも))", side="right"
    ),
    japanese("share", "always", r"常に|必ず(?!しも)|いつも", side="right"),
    japanese(
        "only",
        "",
        r"(?:だけ|のみ|ばかり)(?:で|では|じゃ)な(?:く|い)|のみならず|ばかりか",
        r"に(?:限|かぎ)らず|に(?:とど|留|止)まらず|だけでも|これだけ|できるだけ|それだけ|限り(?=なく|、)|取り組み",
        r"試み",
    ),
    japanese(
        "only",
        "only",
        r"だけ|(?<![こそぞ])のみ(?![込立])|に限(?:る|り|って|定|られ)",
        r"しか[^。、]{0,16}?(?:ない|ません|なかった)|(?:に|と)(?:過|す)ぎ(?:ない|ず|なかった)",
        r"専ら|もっぱら|唯一|限定|に(?:とど|留|止)ま(?=[るりっ])",
    ),
    japanese("both", "both", r"両方|双方|両(?=[国者大校])", side="right"),
    japanese("both", "either", r"いずれか|どちらか|一方のみ", side="right"),
    japanese(
        "bound",
        "",
        r"以下(?=の(?:通|とお|よう|[一-龯])|に(?:示|述|掲|挙|記)|、|で(?:は|述))|これ以上",
        r"必要以上|それ以上|(?<=[るた])以上|以上(?=の(?:通|とお|よう|こと|点))",
        r"(?<![\d一-龯%％])以上(?=[、。がかよ])",
    ),
    japanese("bound", "ge", r"以上|少なくとも|最低(?:でも|限)?|最少|最短"),
    japanese("bound", "le", r"以下|以内|最長|最大(?:で|でも)?|多くとも|せいぜい|上限|最高"),
    japanese("bound", "gt", r"超(?!え?ない)(?:え|過|す)?(?=る|た|て|、|。|の|に)?|を?上回"),
    japanese("bound", "lt", r"未満|に(?:満たな|達しな)|を?下回|足らず|(?<=[\d人名年月日件校円割%])弱"),
    japanese(
        "bound",
        "about",
        r"約(?=[\d〇一二三四五六七八九十百千万数])|およそ|おおよそ|程度|ほぼ",
        r"前後(?=[のでに、。])|ちょうど|近く(?=の|に(?:達|は|も|上|の)|が|を)",
        side="right",
    ),
)

#: Families whose loss is a fault even when only the other language is at hand.
_STRICT = frozenset({"only", "bound"})
#: Characters within which the same quantifier is taken for an enumeration's.
REPEATED = 40
_WEAK = frozenset({"any", "each"})
#: Values that may be left out, though not put in.
_LOOSE = _WEAK | {"whole"}

_FEWER = re.compile(r"\b(?:fewer|less)\b", re.I)
_ONE_IN_TRANSLATION = (frozenset({"ge", "gt"}), frozenset({"le", "lt"}))

_NAMES = {
    "share": ("量", "quantity"),
    "only": ("限定", "restriction"),
    "both": ("両方・片方", "both or either"),
    "bound": ("上限・下限・概数", "bound"),
}


def quantities(text: Text) -> tuple[Mark, ...]:
    """The quantifiers and bounds of a text, by place."""
    return find_marks(text, FORMS)


def _finding(ja: str, en: str) -> Finding:
    return Finding("quantity", True, ja, en)


def _changed(ours: Mark, theirs: Mark) -> Finding:
    ja, en = _NAMES[ours.family]
    return _finding(
        f"{ja}が違います：文は「{ours.surface}」、引用は「{theirs.surface}」です。",
        f"The {en} differs: “{ours.surface}” in the statement, “{theirs.surface}” in the quoted text.",
    )


def _added(mark: Mark) -> Finding:
    ja, en = _NAMES[mark.family]
    return _finding(
        f"文の{ja}「{mark.surface}」は引用にありません。", f"The quoted text has no {en} “{mark.surface}”."
    )


def _dropped(mark: Mark) -> Finding:
    ja, en = _NAMES[mark.family]
    return _finding(
        f"引用の{ja}「{mark.surface}」が文では失われています。",
        f"The statement leaves out the {en} “{mark.surface}” of the quoted text.",
    )


def _agree(ours: Mark, theirs: Mark, cross: bool) -> bool:
    """Whether two marks say the same; 以上 is “more than” as often as “at least”, 以下 “less than”."""
    if not ours.values.isdisjoint(theirs.values):
        return True
    return cross and ours.values | theirs.values in _ONE_IN_TRANSLATION


def _repeats(mark: Mark, kept: Mark) -> bool:
    """Whether a mark is the second of an enumeration (certain programmes and certain fields)."""
    return mark.surface == kept.surface and abs(mark.start - kept.start) <= REPEATED


def check_quantity(view: View) -> tuple[Finding, ...]:
    """Quantifiers and bounds changed, added or left out."""
    ours, theirs = quantities(view.statement), quantities(view.source)
    paired = pair(ours, theirs, view.statement, view.source, same_language=not view.cross)
    found = [_changed(a, b) for a, b in paired.pairs if not _agree(a, b, view.cross)]
    weak = _WEAK | {"both"} if view.cross else _WEAK  # 両者 and the partners say the same
    if view.cross and _FEWER.search(view.source.text):
        weak = weak | {"few"}
    found.extend(_added(mark) for mark in paired.added if mark.values.isdisjoint(weak))
    for mark in paired.dropped:
        if not mark.values.isdisjoint(_LOOSE):
            continue
        if any(_repeats(mark, theirs_too) for _, theirs_too in paired.pairs):
            continue
        missed = (
            mark.family in _STRICT and touched_across(mark, view)
            if view.cross
            else touched(mark, view.statement)
        )
        if missed:
            found.append(_dropped(mark))
    return tuple(found)
