"""Characters: line ends, invisible characters, and width and compatibility forms.

Unicode's NFKC is too blunt for text that is shown as a citation: it turns ① into 1, ㎡ into m2, ™ into TM,
～ into ~ and a footnote mark ² into a digit that fuses with the number before it. So classes are decided
one by one, below. Searching and comparing may fold further (`ingest.language.fold`).
"""

import re
import unicodedata

from ingest.edits import Draft, Edit

LINE_END = re.compile("\r\n|[\r\v\x85\u2028\u2029]")

#: Characters that show nothing but can hide or reorder text: controls except tab, line feed and form feed
#: (a page end), soft hyphen, zero-width and bidirectional controls, fillers, variation selectors, tags, and
#: lone surrogates.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U000e0000-\U000e0fff]"
)
SURROGATE = re.compile("[\ud800-\udfff]")

#: CJK Radicals Supplement -> the ideograph that looks the same. Some PDF fonts map glyphs to these code
#: points and NFKC leaves them alone (it folds only U+2E9F and U+2EF3). Forms that have no ideograph of
#: their own stay.
RADICALS = {
    ord(radical): ideograph
    for radical, ideograph in zip(
        "⺀⺁⺃⺄⺅⺆⺇⺉⺋⺌⺍⺏⺐⺑⺒⺓⺔⺖⺘⺙⺛⺝⺟⺠⺡⺣⺥⺦⺨⺩⺫⺬⺭⺮⺰⺱⺲⺳⺴⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "冫厂乚乙亻冂𠘨刂㔾小小尣尢尣巳幺彑忄扌攵旡月母民氵灬爫丬犭王罒示礻𥫗糹纟罓罒罒羊羊羋耂肀聿肉臼艹艹艹虎衤覀西见角𧢲讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
}
KANGXI = re.compile("[\u2f00-\u2fd5]")

#: Full-width letters and digits, and full-width signs that mean the same in both widths.
FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ％＠＃＄＊＿＼｜]")
#: Signs that Japanese sets in full width between its own words: folded only beside a letter or digit (＋81,
#: Ａ＆Ｂ).
FULL_WIDTH_BESIDE = re.compile(
    "(?<=[0-9A-Za-z０-９Ａ-Ｚａ-ｚ])[＋＝＆／](?=[\\s0-9A-Za-z０-９Ａ-Ｚａ-ｚ])|(?<![^\\s（(])[＋－](?=[0-9０-９])"
)
#: Full-width marks that belong to Japanese punctuation: folded only inside a number or a Latin word
#: (５．３, １７：３０).
FULL_WIDTH_INSIDE = re.compile("(?<=[0-9A-Za-z０-９Ａ-Ｚａ-ｚ])[．，：－](?=[0-9A-Za-z０-９Ａ-Ｚａ-ｚ])")
HALF_KANA = re.compile("[\uff61-\uff9f]+")
LIGATURE = re.compile("[\ufb00-\ufb06]")
#: A base character and combining marks that have a composed form: か + U+3099 -> が.
COMBINED = re.compile("[^\\W\\d_][\u0300-\u036f\u3099\u309a]+")
#: Old code points of ideographs that Unicode itself calls the same character (U+FA19 神 -> U+795E 神).
COMPATIBILITY_IDEOGRAPH = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1d]")
WIDE_SPACE = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\t]")
#: Bullets of symbol fonts come out as private-use characters at the start of a line.
PRIVATE_BULLET = re.compile("(?m)^([ \u3000]*)([\ue000-\uf8ff])(?=[ \u3000\t]*\\S)")

_NFKC = (FULL_WIDTH, FULL_WIDTH_BESIDE, FULL_WIDTH_INSIDE, HALF_KANA, LIGATURE, KANGXI)
_NFC = (COMBINED, COMPATIBILITY_IDEOGRAPH)


def line_ends(draft: Draft) -> list[Edit]:
    """One kind of line end."""
    return [Edit(*match.span(), "\n") for match in LINE_END.finditer(draft.text)]


def invisible(draft: Draft) -> list[Edit]:
    """Removes what shows nothing; half of a surrogate pair, which no store can write, becomes U+FFFD."""
    removed = [Edit(*match.span(), "") for match in INVISIBLE.finditer(draft.text)]
    broken = [Edit(*match.span(), "\ufffd") for match in SURROGATE.finditer(draft.text)]
    return sorted(removed + broken)


def forms(draft: Draft) -> list[Edit]:
    """Folds widths, radicals, ligatures and decomposed characters; leaves ① ㎡ ㈱ ™ ² Ⅱ 〜 and Japanese
    marks.
    """
    text = draft.text
    edits = [Edit(at, at + 1, RADICALS[ord(char)]) for at, char in enumerate(text) if ord(char) in RADICALS]
    for form, patterns in (("NFKC", _NFKC), ("NFC", _NFC)):
        for pattern in patterns:
            for match in pattern.finditer(text):
                folded = unicodedata.normalize(form, match[0])  # type: ignore[arg-type]
                if folded != match[0]:
                    edits.append(Edit(*match.span(), folded))
    edits += [Edit(*match.span(), " ") for match in WIDE_SPACE.finditer(text)]
    edits += [Edit(*match.span(2), "•") for match in PRIVATE_BULLET.finditer(text)]
    return sorted(edits)
