"""Which language a text is in, where its sentences are, and its form for comparing. Pure; knows no
document.
"""

import re
import unicodedata

from ingest.types import Language

KANA = re.compile("[\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f]")
HAN = re.compile("[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
LETTER = re.compile(r"[^\W\d_]")
LATIN_WORD = re.compile(r"[^\W\d_\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
#: A Japanese text of one character says about as much as this many Latin letters, hence the share below.
JAPANESE_SHARE = 0.2
#: A short question with any kana is Japanese, whatever names it holds (What is 返品? is answered in
#: Japanese).
SHORT = 40


def japanese_share(text: str) -> float:
    """Share of kana and ideographs among the letters of `text`, 0 to 1; 0 for a text without letters."""
    letters = len(LETTER.findall(text))
    return (len(KANA.findall(text)) + len(HAN.findall(text))) / letters if letters else 0.0


def language_of(text: str) -> Language:
    """ "ja" or "en" by script. Measured on short mixed questions, the script rule beats statistical
    detectors.
    """
    share = japanese_share(text)
    if share >= JAPANESE_SHARE or (share > 0 and text.rstrip().endswith("。")):
        return "ja"
    return "ja" if share > 0 and len(text) <= SHORT and len(LATIN_WORD.findall(text)) <= 4 else "en"


def fold(text: str) -> str:
    """NFKC, case folded, white space collapsed: the form in which two texts are compared."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


#: Ends of sentences: Japanese marks always; Latin ones only before space or the end, and not after a short
#: form. Closing brackets and quotation marks after the mark belong to the sentence.
_END = re.compile(
    '(?P<ja>[。！？]+|[．](?=[^0-9０-９]|$))[」』）)】〉》”’"]*|(?<![.!?])(?P<en>[.!?]++)[)\\]”’"\'」』）]*(?=\\s|$|[\u3041-\u9fff])'
)
_OPENING = dict(zip("「『（(【《〈", "」』）)】》〉", strict=True))
_CLOSING = frozenset(_OPENING.values())
#: Before these a full stop ends no sentence. Matched against the lower-cased letters (and inner stops)
#: before it.
SHORT_FORMS = frozenset(
    "prof dr mr mrs ms assoc asst vs fig figs no nos vol vols pp p ch sec art arts eq eqs ref refs "
    "ed eds etc cf al approx dept univ inst ltd inc co corp st jr sr e.g i.e a.m p.m u.s u.k u.n e.u "
    "ph.d m.sc b.sc d.c jan feb mar apr jun jul aug sep sept oct nov dec bldg tel para paras ver viz "
    "ca".split()
)
#: These may well end a sentence, so a capital after them decides.
OFTEN_LAST = frozenset("etc al inc ltd co corp u.s u.k u.n e.u a.m p.m ph.d d.c st jr sr".split())
_WORD_BEFORE = re.compile(r"[A-Za-z](?:[A-Za-z]*|(?:\.[A-Za-z]+)*)$")
_LIST_LABEL = re.compile(r"^\s*(?:[-–—•⚫●○・*]\s*)?(?:\(?\d{1,3}|\(?[A-Za-z]|[IVXivx]{1,5})$")
_LONGEST_SHORT_FORM = 12


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of `text` as half-open spans without the white space around them, in order.

    A line end always ends a sentence: cleaned text has one block per line. Brackets hold Japanese sentences
    together (「…。…。」と述べた。 is one). Time is linear in the length of `text`.
    """
    found = []
    for line in re.finditer(r"[^\n\f]+", text):
        start = line.start()
        for end in _ends(text, line.start(), line.end()):
            found.append(_stripped(text, start, end))
            start = end
        found.append(_stripped(text, start, line.end()))
    return tuple(span for span in found if span[0] < span[1])


def _ends(text: str, start: int, stop: int) -> list[int]:
    """Offsets right after each sentence end inside one line."""
    ends: list[int] = []
    depth = _depths(text, start, stop)
    last = start
    for match in _END.finditer(text, start, stop):
        if match["en"] and _is_short_form(text, last, match.start("en"), match.end(), stop):
            continue
        if match["ja"] and depth.get(match.start(), 0) > 0 and not _closes(text, match, depth):
            continue
        ends.append(match.end())
        last = match.end()
    return ends


def _depths(text: str, start: int, stop: int) -> dict[int, int]:
    """Offset of each Japanese end mark -> how many brackets are open there and close later in the line."""
    closers: dict[str, int] = {}
    for at in range(start, stop):
        if text[at] in _CLOSING:
            closers[text[at]] = at
    depth, found = 0, {}
    for at in range(start, stop):
        char = text[at]
        if char in _OPENING and closers.get(_OPENING[char], -1) > at:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif char in "。！？．":
            found[at] = depth
    return found


def _closes(text: str, match: re.Match[str], depth: dict[int, int]) -> bool:
    """Whether the brackets that are open at the mark close right after it and the sentence ends with them.

    「…。」と述べた goes on after the bracket, so kana of a quoting particle after it keep the sentence open.
    """
    closed = sum(char in _CLOSING for char in match[0])
    return closed >= depth[match.start()] and not re.match(
        "[とというはがをのにもで、]", text[match.end() : match.end() + 1]
    )


def _is_short_form(text: str, start: int, stop_mark: int, end: int, line_end: int) -> bool:
    """Whether the full stop at `stop_mark` belongs to an abbreviation, an initial, a list label or a
    number.
    """
    if text[stop_mark] != "." or text[stop_mark : stop_mark + 2] in ("..", ".?", ".!"):
        return False
    head = text[max(start, stop_mark - _LONGEST_SHORT_FORM) : stop_mark]
    following = text[end : min(end + 3, line_end)].strip()[:1]
    if stop_mark - start < _LONGEST_SHORT_FORM and _LIST_LABEL.match(head):
        return True
    word = _WORD_BEFORE.search(head)
    if word is None:
        return False
    short = word[0].lower()
    if len(short) == 1 and short not in SHORT_FORMS:  # J. Sakurai, Osaka U. on; the pronoun I ends a sentence
        return word[0].isupper() and word[0] != "I" and following.upper() != following.lower()
    if short not in SHORT_FORMS:
        return bool(following) and following.islower() and "." in short
    return not (short in OFTEN_LAST and (following.isupper() or not following))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
