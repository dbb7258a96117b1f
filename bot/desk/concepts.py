"""What a question asks for and what it is about, in ids that both languages share. Pure; concepts.tsv holds the words.

The concepts of one dimension rule one another out (a student is no member of staff, before is not after): a question that
names another one than an approved question does asks for something else, however alike the two are otherwise.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.checks.opposites import OPPOSITES
from ingest.language import fold

#: What a question asks for, by the words that ask for it.
_KINDS: Mapping[str, str] = {
    "who": r"誰|だれ|(?:どの|どこの|どちらの)大学|担当者|承認者|対象者|責任者|決定者|持ち主|権者|どの(?:部署|団体|組織|課)|どちらに帰属|どこが|どこに(?:連絡|届|申)|連絡先|通報先|"
    r"窓口|担当部署|担当です|\b(?:who|whom|whose)\b|(?:which|what) (?:people|persons?|office|unit|organi[sz]ation|body|university|institution)|"
    r"where (?:do|should|can) (?:i|we) (?:report|apply|ask)",
    "when": r"いつ|どの(?:時点|段階|タイミング)|時期|何日(?!間)|何月|何年(?:に|の)|のは何年|改訂年|開催日|期日|締め?切|期限|"
    r"\bwhen\b|at what (?:point|time|stage)|(?:what|which) (?:year|month|date|day)|deadline|until when",
    "where": r"どこに|どこで|どこから|どこです|場所|所在|どの国|何か国|\bwhere\b|(?:what|which) (?:places?|countr\w+|cit\w+)",
    "how long": r"(?<!のは)何年(?!に|の|ごと|から)|年数|何[かヶカ]月間|期間|何日間|何時間|どのくらいの間|どれだけの期間|最長|how long|longest|duration|"
    r"retention period|(?:for )?how many (?:years|months|weeks|days|hours)|time limit",
    "how often": r"頻度|間隔|何[かヶカ]月ごと|何年ごと|何回|how (?:often|frequently)|at what intervals?",
    "how many": r"何(?:人|名|校|件|か所)|いくつ|人数|(?:学生|者|件|校|員)の?数|定員|how many (?!years|months|weeks|days|hours)|number of|of how many",
    "money": r"いくら|金額|費用はどの|how much|\bamount\b|what .{0,20}\bcosts?\b",
    "why": r"なぜ|何故|どうして|理由(?!に|と)|目的|ねらい|狙い|\bwhy\b|reasons?\b|purpose|what (?:makes|made|led)",
    "difference": r"違(?:い|う|っ)|異な|相違|differ|distinct",
    "criteria": r"基準|観点|criteri|what do (?:we|you) look (?:at|for)|on what basis",
    "how": r"どう(?!違|異|して(?!も)|か|で)|どのよう(?!な違)|方法|手続|手順|\bhow (?:can|do|does|did|should|is|are|to|may)\b|procedure|formalit",
}
_SAYS = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _KINDS.items()}
_NEGATIVE = re.compile(
    r"(?<!かもしれ)(?:し|ら|き|れ|さ|め|べ|わ|か|い|せ|え|ね)?(?:なくて|ない(?!か)|なかった)|不要|いらない|除外|免除され(?!ます)|"
    r"\bnot\b|\bwithout\b|n't\b|\bexempt\b|\bexcluded\b|\bneed no\b|\bnever\b",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"なくては(?:なら|いけ)|なければ|構わない|かまわない|差し支え(?:ない|ありません)|(?:では|じゃ)ないか|ないでしょうか|non-\w+|without (?:delay|fail)",
    re.IGNORECASE,
)


def _pattern(english: str, japanese: str) -> re.Pattern[str]:
    """One pattern for the forms of a concept; `*` stands for the rest of an English word."""
    forms = [form for form in english.split(" | ") if form]
    words = "|".join(re.escape(form).replace(r"\*", r"\w*").replace(r"\?", "?") for form in forms)
    native = "|".join(re.escape(form) for form in japanese.split(" | ") if form)
    return re.compile("|".join(filter(None, (rf"\b(?:{words})\b" if words else "", native))), re.IGNORECASE)


@cache
def _concepts() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    lines = files("bot").joinpath("desk/concepts.tsv").read_text("utf-8").splitlines()
    found = [
        (row["dimension"], row["concept"], _pattern(row["en"], row["ja"]))
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    ]
    en_before, en_after, ja_before, ja_after = OPPOSITES["time"]
    found.append(("order", "before", re.compile(rf"\b(?:{en_before})\b|{ja_before}", re.IGNORECASE)))
    found.append(("order", "after", re.compile(rf"\b(?:{en_after})\b|{ja_after}", re.IGNORECASE)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for (`kinds`: who, when, …), the concepts that it names by dimension, and whether it denies."""

    kinds: frozenset[str]
    named: Mapping[str, frozenset[str]]
    denies: bool

    def rules_out(self, ways: "Sequence[Asked]") -> bool:
        """Whether this asks for something else than any of the `ways` to ask for one answer."""
        if self.kinds and all(way.kinds and not way.kinds & self.kinds for way in ways):
            return True
        if all(way.denies != self.denies for way in ways):
            return True
        return any(
            bool(theirs) and not theirs & mine
            for dimension, mine in self.named.items()
            for theirs in [_any(ways, dimension)]
        )

    def beside(self, ways: "Sequence[Asked]") -> tuple[int, int, int, int]:
        """(whether an interrogative is the same; concepts added, dropped, shared) beside the `ways` to ask."""
        dimensions = {dimension for way in (self, *ways) for dimension in way.named}
        added = dropped = shared = 0
        for dimension in dimensions:
            mine, theirs = self.named.get(dimension, frozenset()), _any(ways, dimension)
            shared += len(mine & theirs)
            added += 0 if dimension == "deed" else len(mine - theirs)
            dropped += bool(not mine and frozenset.intersection(*(way.of(dimension) for way in ways)))
        return int(any(way.kinds & self.kinds for way in ways)), added, dropped, shared

    def of(self, dimension: str) -> frozenset[str]:
        """The concepts of a dimension that the question names."""
        return self.named.get(dimension, frozenset())


def _any(ways: Sequence[Asked], dimension: str) -> frozenset[str]:
    return frozenset[str]().union(*(way.of(dimension) for way in ways))


def read(question: str) -> Asked:
    """What a question asks for and names, in either language."""
    folded = fold(question)
    named: dict[str, set[str]] = {}
    for dimension, concept, pattern in _concepts():
        if pattern.search(folded):
            named.setdefault(dimension, set()).add(concept)
    return Asked(
        frozenset(kind for kind, says in _SAYS.items() if says.search(folded)),
        {dimension: frozenset(names) for dimension, names in named.items()},
        bool(_NEGATIVE.search(_POLITE.sub(" ", folded))),
    )
