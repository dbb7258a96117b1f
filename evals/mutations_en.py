"""Rules of words that make an English sentence false: (kind, name, pattern, replacement as `re.Match.expand` takes it)."""

from typing import Literal

Rule = tuple[Literal["negation", "body", "force", "quantifier", "direction"], str, str, str]

#: Third person, base form, past.
_VERBS = (
    ("supports", "support", "supported"), ("requires", "require", "required"), ("provides", "provide", "provided"),
    ("offers", "offer", "offered"), ("includes", "include", "included"), ("says", "say", "said"), ("states", "state", "stated"),
    ("recognizes", "recognize", "recognized"), ("aims", "aim", "aimed"), ("conducts", "conduct", "conducted"),
    ("concludes", "conclude", "concluded"), ("cooperates", "cooperate", "cooperated"), ("promotes", "promote", "promoted"),
    ("brings", "bring", "brought"), ("creates", "create", "created"), ("outlines", "outline", "outlined"),
    ("introduces", "introduce", "introduced"), ("describes", "describe", "described"), ("receives", "receive", "received"),
    ("sends", "send", "sent"), ("establishes", "establish", "established"), ("amends", "amend", "amended"),
    ("proposes", "propose", "proposed"), ("highlights", "highlight", "highlighted"), ("faces", "face", "faced"),
    ("gives", "give", "gave"), ("holds", "hold", "held"), ("reports", "report", "reported"), ("notes", "note", "noted"),
    ("adds", "add", "added"), ("calls", "call", "called"), ("lists", "list", "listed"), ("names", "name", "named"),
    ("plays", "play", "played"), ("contributes", "contribute", "contributed"), ("helps", "help", "helped"),
    ("covers", "cover", "covered"), ("reaches", "reach", "reached"), ("uses", "use", "used"), ("shows", "show", "showed"),
    ("becomes", "become", "became"), ("begins", "begin", "began"), ("takes", "take", "took"), ("makes", "make", "made"),
    ("has", "have", "had"), ("seeks", "seek", "sought"), ("presents", "present", "presented"), ("sees", "see", "saw"),
)  # fmt: skip
_PAST_ONLY = frozenset({"had", "required", "said", "supported", "called", "named", "used", "included", "held"})


def _verb_rules() -> tuple[Rule, ...]:
    rules: list[Rule] = []
    for present, base, past in _VERBS:
        finite = rf"\b{present}\b(?! (?:been|to be))"
        rules.append(("negation", "does not", finite, f"does not {base}"))
        rules.append(("negation", "fails to", finite, f"fails to {base}"))
        rules.append(("force", "must added", finite, f"must {base}"))
        rules.append(("force", "may added", finite, f"may {base}"))
        if past not in _PAST_ONLY:
            finite_past = rf"(?<=[a-z)] )(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )(?<!been )(?<!ve )(?<!as )(?<!ly ){past} (?=the|a|an|its|that|their|in|joint)"
            rules.append(("negation", "did not", finite_past, f"did not {base} "))
    return tuple(rules)


#: One word for another, whole words.
_WORDS: tuple[Rule, ...] = (
    ("direction", "opposite", "grew", "shrank"), ("direction", "opposite", "growing", "shrinking"),
    ("direction", "opposite", "rise", "fall"), ("direction", "opposite", "rose", "fell"),
    ("direction", "opposite", "decline", "growth"), ("direction", "opposite", "declining", "growing"),
    ("direction", "opposite", "expansion", "contraction"), ("direction", "opposite", "expand", "reduce"),
    ("direction", "opposite", "reduce", "increase"), ("direction", "opposite", "mitigate", "raise"),
    ("direction", "opposite", "strengthen", "weaken"), ("direction", "opposite", "enhance", "undermine"),
    ("direction", "opposite", "promote", "hinder"), ("direction", "opposite", "promoting", "hindering"),
    ("direction", "opposite", "improve", "worsen"), ("direction", "opposite", "before", "after"),
    ("direction", "opposite", "after", "before"), ("direction", "opposite", "inbound", "outbound"),
    ("direction", "opposite", "receiving", "sending"), ("direction", "opposite", "sending", "receiving"),
    ("direction", "opposite", "export", "import"), ("direction", "opposite", "overseas", "domestic"),
    ("direction", "opposite", "abroad", "at home"), ("direction", "opposite", "domestic", "foreign"),
    ("direction", "opposite", "more", "less"), ("direction", "opposite", "higher", "lower"),
    ("direction", "opposite", "earlier", "later"), ("direction", "opposite", "long-term", "short-term"),
    ("direction", "opposite", "rapid", "slow"), ("direction", "opposite", "rapidly", "slowly"),
    ("direction", "opposite", "gradually", "immediately"), ("direction", "opposite", "open", "closed"),
    ("direction", "opposite", "public", "private"), ("direction", "opposite", "advantage", "drawback"),
    ("direction", "opposite", "opened", "closed"), ("direction", "opposite", "launched", "cancelled"),
    ("direction", "opposite", "founded", "dissolved"), ("direction", "opposite", "allow", "forbid"),
    ("direction", "opposite", "allows", "forbids"), ("direction", "opposite", "support", "oppose"),
    ("direction", "opposite", "supporting", "opposing"), ("direction", "opposite", "similar to", "different from"),
    ("direction", "opposite", "largest", "smallest"), ("direction", "opposite", "deepen", "loosen"),
    ("direction", "opposite", "lags behind", "leads"),
    ("quantifier", "all to some", "all", "some"), ("quantifier", "all to most", "all", "most"),
    ("quantifier", "every to some", "every", "some"), ("quantifier", "each to few", "each", "only one"),
    ("quantifier", "some to all", "some", "all"), ("quantifier", "several to all", "several", "all"),
    ("quantifier", "certain to all", "certain", "all"), ("quantifier", "many to all", "many", "all"),
    ("quantifier", "many to few", "many", "few"), ("quantifier", "most to all", "most of", "all of"),
    ("quantifier", "majority to all", "the majority of", "all"), ("quantifier", "both to neither", "both", "one of"),
    ("quantifier", "number of", "a number of", "all"), ("quantifier", "mainly to only", "mainly", "only"),
    ("quantifier", "mostly", "mostly", "exclusively"), ("quantifier", "often to always", "often", "always"),
    ("quantifier", "at least", "at least", "at most"), ("quantifier", "up to", "up to", "at least"),
    ("quantifier", "more than", "more than", "less than"), ("quantifier", "over", r"over(?= \d)", "under"),
    ("quantifier", "nearly", "nearly", "more than"), ("quantifier", "approximately", "approximately", "at least"),
    ("quantifier", "about", r"about(?= (?:\d|half|one|two))", "over"), ("quantifier", "less than", "less than", "more than"),
    ("quantifier", "fewer", "fewer than", "more than"), ("quantifier", "any to certain", "any form", "some forms"),
    ("force", "must to should", "must", "should"), ("force", "must to may", "must", "may"),
    ("force", "should to may", "should", "may"), ("force", "should to must", "should", "must"),
    ("force", "may to will", "may", "will"), ("force", "may to must", "may", "must"),
    ("force", "can to must", "can", "must"), ("force", "can to should", "can", "should"),
    ("force", "could to will", "could", "will"), ("force", "might to will", "might", "will"),
    ("force", "will to may", "will", "may"), ("force", "will to must", "will", "must"), ("force", "would to must", "would", "must"),
    ("force", "required to encouraged", "required to", "encouraged to"), ("force", "need to may", "needs? to", "may"),
    ("force", "necessary to useful", "necessary", "permissible"), ("force", "essential to optional", "essential", "optional"),
    ("force", "expected to obliged", "expected to", "obliged to"), ("force", "able to required", "able to", "required to"),
    ("force", "committed to considering", "aims to", "is required to"), ("force", "endeavours", "endeavors to", "must"),
    ("force", "predicted", "is predicted to", "will certainly"), ("force", "perceived", "is perceived to be", "is"),
    ("negation", "important", "important", "unimportant"), ("negation", "possible", "possible", "impossible"),
    ("negation", "able", "able to", "unable to"), ("negation", "necessary", "necessary", "unnecessary"),
    ("negation", "unintended", "unintended", "intended"), ("negation", "with", r"with(?= [a-z])", "without"),
    ("negation", "without", "without", "with"), ("negation", "lack", "a lack of", "plenty of"), ("negation", "lack", "lack of", "wealth of"),
    ("negation", "available", "available", "unavailable"), ("negation", "clear", "clear", "unclear"),
    ("negation", "official", "official", "unofficial"), ("negation", "limited", "limited", "unlimited"),
    ("negation", "sufficient", "insufficient", "sufficient"), ("negation", "no to a", "no", "a"),
    ("body", "actor", "students", "researchers"), ("body", "actor", "researchers", "students"),
    ("body", "actor", "universities", "companies"), ("body", "actor", "government", "university"),
    ("body", "actor", "faculty", "students"), ("body", "actor", "authors", "government"),
)  # fmt: skip

_PLACED: tuple[Rule, ...] = (
    ("negation", "be not", r"\b(is|are|was|were)\b(?! not| no\b| also not)", r"\1 not"),
    ("negation", "be no longer", r"\b(is|are)\b(?! not| no\b)", r"\1 no longer"),
    ("negation", "be never", r"\b(was|were)\b(?! not| no\b| never)", r"\1 never"),
    ("negation", "modal not", r"\b(will|could|should|must|may|might|would)\b(?! not)", r"\1 not"),
    ("negation", "modal never", r"\b(will|can|should|must)\b(?! not)", r"\1 never"),
    ("negation", "cannot", r"\bcan\b(?! not)", "cannot"),
    ("negation", "have not", r"\b(has|have|had)\b(?= (?:also )?(?:been|\w+ed)\b)", r"\1 not"),
    ("negation", "have yet to", r"\bhas (?=been\b)", "has never "),
    ("negation", "not dropped", r"\b(is|are|was|were|do|does|did|must|may|will|should|could|has|have|might|would) not\b", r"\1"),
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
    ("quantifier", "all added", r"(?<=[a-z] )(?<!all )(?<!the )(?<!of )(universities|students|institutions|researchers|programs|countries)\b", r"all \1"),
    ("quantifier", "most added", r"(?<=[a-z] )(?<!all )(?<!the )(universities|students|institutions|researchers)\b", r"most \1"),
    ("quantifier", "about dropped", r"\b(?:about|approximately|nearly|almost|roughly) (?=\d|half|one|two|sixty)", ""),
    ("quantifier", "at least added", r"(?<=[a-z] )(?=\d{2,3} [a-z])", "at least "),
    ("direction", "from to", r"\bfrom ([\w' -]{3,40}?) to ([\w' -]{3,40}?)(?=[,.;)]| by| in| and)", r"from \2 to \1"),
    ("direction", "rather than", r"\b(\w+ing [\w' -]{3,40}?) rather than (\w+ing [\w' -]{3,40}?)(?=[,.;])", r"\2 rather than \1"),
)  # fmt: skip

ENGLISH: tuple[Rule, ...] = (
    *_PLACED,
    *((kind, name, rf"\b{old}\b", new) for kind, name, old, new in _WORDS),
    ("direction", "opposite", r"\bincreas(?=e|ed|es|ing)", "decreas"),
    ("direction", "opposite", r"\bdecreas(?=e|ed|es|ing)", "increas"),
    *_verb_rules(),
)
