"""Rules of words that make an English sentence false.

A rule is (kind, name, pattern, replacement as `re.Match.expand` takes it).
"""

from typing import Literal

WordKind = Literal["negation", "body", "force", "quantifier", "direction"]
Rule = tuple[WordKind, str, str, str]

#: Third person, base form and past of verbs that official prose uses.
_VERBS = """
supports support supported | requires require required | provides provide provided
offers offer offered | includes include included | says say said | states state stated
recognizes recognize recognized | aims aim aimed | conducts conduct conducted
concludes conclude concluded | cooperates cooperate cooperated | promotes promote promoted
brings bring brought | creates create created | outlines outline outlined
introduces introduce introduced | describes describe described | receives receive received
sends send sent | establishes establish established | amends amend amended | proposes propose proposed
highlights highlight highlighted | faces face faced | gives give gave | holds hold held
reports report reported | notes note noted | adds add added | calls call called | lists list listed
names name named | plays play played | contributes contribute contributed | helps help helped
covers cover covered | reaches reach reached | uses use used | shows show showed | becomes become became
begins begin began | takes take took | makes make made | has have had | seeks seek sought
presents present presented | sees see saw
"""
#: Verbs whose past is also a participle or an auxiliary too often to be denied by a pattern.
_PAST_ONLY = frozenset("had required said supported called named used included held".split())
#: Before a past form: an article or a pronoun that shows an object, and no auxiliary.
_BEFORE_PAST = r"(?<=[a-z)] )(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )(?<!been )(?<!ve )(?<!as )(?<!ly )"
_OBJECT = r"(?=the|a|an|its|that|their|in|joint)"

#: Whole words or phrases and what takes their place, by kind.
_WORDS: dict[WordKind, str] = {
    "direction": r"""
grew > shrank ; growing > shrinking ; rise > fall ; rose > fell ; decline > growth ; declining > growing
expansion > contraction ; expand > reduce ; reduce > increase ; mitigate > raise ; strengthen > weaken
enhance > undermine ; promote > hinder ; promoting > hindering ; improve > worsen ; before > after
after > before ; inbound > outbound ; receiving > sending ; sending > receiving ; export > import
overseas > domestic ; abroad > at home ; domestic > foreign ; more > less ; higher > lower
earlier > later ; long-term > short-term ; rapid > slow ; rapidly > slowly ; gradually > immediately
open > closed ; public > private ; advantage > drawback ; opened > closed ; launched > cancelled
founded > dissolved ; allow > forbid ; allows > forbids ; support > oppose ; supporting > opposing
similar to > different from ; largest > smallest ; deepen > loosen ; lags behind > leads
""",
    "quantifier": r"""
all > some ; all > most ; every > some ; each > only one ; some > all ; several > all ; certain > all
many > all ; many > few ; most of > all of ; the majority of > all ; both > one of ; a number of > all
mainly > only ; mostly > exclusively ; often > always ; at least > at most ; up to > at least
more than > less than ; over(?= \d) > under ; nearly > more than ; approximately > at least
about(?= (?:\d|half|one|two)) > over ; less than > more than ; fewer than > more than
any form > some forms
""",
    "force": r"""
must > should ; must > may ; should > may ; should > must ; may > will ; may > must ; can > must
can > should ; could > will ; might > will ; will > may ; will > must ; would > must
required to > encouraged to ; needs? to > may ; necessary > permissible ; essential > optional
expected to > obliged to ; able to > required to ; aims to > is required to ; endeavors to > must
is predicted to > will certainly ; is perceived to be > is
""",
    "negation": r"""
important > unimportant ; possible > impossible ; able to > unable to ; necessary > unnecessary
unintended > intended ; with(?= [a-z]) > without ; without > with ; a lack of > plenty of
lack of > wealth of ; available > unavailable ; clear > unclear ; official > unofficial
limited > unlimited ; insufficient > sufficient ; no > a
""",
    "body": r"""
students > researchers ; researchers > students ; universities > companies ; government > university
faculty > students ; authors > government
""",
}

_PLACED: tuple[Rule, ...] = (
    ("negation", "be not", r"\b(is|are|was|were)\b(?! not| no\b| also not)", r"\1 not"),
    ("negation", "be no longer", r"\b(is|are)\b(?! not| no\b)", r"\1 no longer"),
    ("negation", "be never", r"\b(was|were)\b(?! not| no\b| never)", r"\1 never"),
    ("negation", "modal not", r"\b(will|could|should|must|may|might|would)\b(?! not)", r"\1 not"),
    ("negation", "modal never", r"\b(will|can|should|must)\b(?! not)", r"\1 never"),
    ("negation", "cannot", r"\bcan\b(?! not)", "cannot"),
    ("negation", "have not", r"\b(has|have|had)\b(?= (?:also )?(?:been|\w+ed)\b)", r"\1 not"),
    ("negation", "have yet to", r"\bhas (?=been\b)", "has never "),
    (
        "negation",
        "not dropped",
        r"\b(is|are|was|were|do|does|did|must|may|will|should|could|has|have|might" r"|would) not\b",
        r"\1",
    ),
    ("negation", "cannot to can", r"\bcannot\b", "can"),
    ("negation", "never dropped", r"\bnever ", ""),
    ("negation", "nor", r"\bnot (\w+ing|to|only)\b(?! but)", r"\1"),
    ("negation", "no dropped", r"\bno (?=(?:\w+ )?(?:\w+s|\w+ion|\w+ment)\b)", ""),
    ("force", "may dropped", r"\bmay (?=[a-z]+\b)(?!not)", ""),
    ("force", "must dropped", r"\bmust (?=[a-z]+\b)(?!not)", ""),
    ("force", "should dropped", r"\bshould (?=[a-z]+\b)(?!not)", ""),
    ("force", "can dropped", r"\bcan (?=[a-z]+\b)(?!not)", ""),
    ("force", "be to must be", r"\b(?:is|are) (?=\w+ed\b)", "must be "),
    ("force", "be to may be", r"\b(?:is|are) (?=(?:a|an|the)\b)", "may be "),
    ("force", "should be", r"\b(?:was|were) (?=\w+ed\b)", "should be "),
    ("quantifier", "only dropped", r"\bonly ", ""),
    ("quantifier", "only added", r"\b(is|are|was|were)\b(?! (?:not|only|all))", r"\1 only"),
    ("quantifier", "solely added", r"\b(for|in) (?=(?:the )?[a-z]{5,})", r"only \1 "),
    (
        "quantifier",
        "all added",
        r"(?<=[a-z] )(?<!all )(?<!the )(?<!of )(universities|students|institutions|researchers"
        r"|programs|countries)\b",
        r"all \1",
    ),
    (
        "quantifier",
        "most added",
        r"(?<=[a-z] )(?<!all )(?<!the )(universities|students|institutions|researchers)\b",
        r"most \1",
    ),
    (
        "quantifier",
        "about dropped",
        r"\b(?:about|approximately|nearly|almost|roughly) (?=\d|half|one|two|sixty)",
        "",
    ),
    ("quantifier", "at least added", r"(?<=[a-z] )(?=\d{2,3} [a-z])", "at least "),
    (
        "direction",
        "from to",
        r"\bfrom ([\w' -]{3,40}?) to ([\w' -]{3,40}?)(?=[,.;)]| by| in| and)",
        r"from \2 to \1",
    ),
    (
        "direction",
        "rather than",
        r"\b(\w+ing [\w' -]{3,40}?) rather than (\w+ing [\w' -]{3,40}?)(?=[,.;])",
        r"\2 rather than \1",
    ),
)


def _verb_rules() -> tuple[Rule, ...]:
    rules: list[Rule] = []
    for forms in _VERBS.replace("\n", "|").split("|"):
        if not forms.strip():
            continue
        present, base, past = forms.split()
        finite = rf"\b{present}\b(?! (?:been|to be))"
        rules.append(("negation", "does not", finite, f"does not {base}"))
        rules.append(("negation", "fails to", finite, f"fails to {base}"))
        rules.append(("force", "must added", finite, f"must {base}"))
        rules.append(("force", "may added", finite, f"may {base}"))
        if past not in _PAST_ONLY:
            rules.append(("negation", "did not", rf"{_BEFORE_PAST}{past} {_OBJECT}", f"did not {base} "))
    return tuple(rules)


def _word_rules() -> tuple[Rule, ...]:
    rules: list[Rule] = []
    for kind, pairs in _WORDS.items():
        for pair in pairs.replace("\n", ";").split(";"):
            if pair.strip():
                old, new = (side.strip() for side in pair.split(">"))
                rules.append((kind, f"{old} to {new}", rf"\b{old}\b", new))
    return tuple(rules)


ENGLISH: tuple[Rule, ...] = (
    *_PLACED,
    *_word_rules(),
    ("direction", "opposite", r"\bincreas(?=e|ed|es|ing)", "decreas"),
    ("direction", "opposite", r"\bdecreas(?=e|ed|es|ing)", "increas"),
    *_verb_rules(),
)
