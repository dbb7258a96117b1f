"""English words -> stems in which inflections and near derivations meet; irregular verbs and plurals by
table.
"""

from functools import lru_cache

from vectorstore.words import stem as snowball

#: Base form and the irregular forms that the stemmer does not bring to it.
_IRREGULAR = """
begin began begun|bring brought|build built|buy bought|choose chose chosen|come came|draw drew drawn
fall fell fallen|feel felt|find found|get got gotten|give gave given|go went gone|grow grew grown
hold held|keep kept|know knew known|lead led|leave left|lose lost|make made|mean meant|meet met|pay paid
rise rose risen|run ran|say said|see saw seen|seek sought|sell sold|send sent|set|shrink shrank shrunk
show shown|speak spoke spoken|spend spent|stand stood|take took taken|teach taught|tell told
think thought|understand understood|withdraw withdrew withdrawn|write wrote written|child children
person people|datum data|criterion criteria|university universities|analysis analyses|thesis theses
woman women|man men|forum fora|live life lives
organise organisation organisations organising organised organize organization organizations organizing
internationalise internationalisation internationalising internationalize internationalization
programme programmes program programs|centre centres center centers|utilise utilised utilize utilized
recognise recognised recognises recognising recognize recognized recognizes recognizing|labour labor
analyse analysed analyses analysing analyze analyzed analyzing
strength strengthen strengthened strengthens|emphasise emphasised emphasize emphasized emphasis
defence defense|licence license|behaviour behavior
"""


def _irregular(lines: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for group in lines.replace("\n", "|").split("|"):
        words = group.split()
        for word in words:
            table[word] = words[0]
    return table


_BASE = _irregular(_IRREGULAR)
#: Endings that still part words of one family after the stemmer, longest first.
_ENDINGS = (
    "ational",
    "ation",
    "ition",
    "ement",
    "ment",
    "ness",
    "ance",
    "ence",
    "tion",
    "iti",
    "iv",
    "al",
    "e",
)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one English word, case ignored; never empty for a non-empty word."""
    lowered = word.lower()
    stemmed = snowball(_BASE.get(lowered, lowered))
    for ending in _ENDINGS:
        if stemmed.endswith(ending) and len(stemmed) - len(ending) >= 4:
            return stemmed[: -len(ending)]
    return stemmed
