"""Questions that the desk does not decide: who may come from where, what is lawful, how to reach a person.
Pure.

The first kind, and whether nationality may make a difference at all, is answered with the principle in the documents, the
second with what the documents say and where to go, the third not at all.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.types import Language


@dataclass(frozen=True, slots=True)
class Delicate:
    """What to do with such a question. `search` is asked instead of it; where empty the question itself
    is asked.
    """

    note: Mapping[Language, str]
    search: Mapping[Language, str]
    #: Whether the desk declines without a search.
    declined: bool = False


_NATIONALITY = (
    r"国籍|出身国|国の出身|国出身|出身の国|(?:特定|一部|懸念|あの|その)の?国(?:から)?の(?:人|者|学生|留学生|研究者)|人種|民族|パスポート|"
    r"nationalit\w+|passport|citizenship|ethnic\w*|\brace\b|countr(?:y|ies) of origin|"
    r"\b(?:people|students|researchers|scholars|applicants|anyone|nationals) (?:from|of) (?:certain|some|particular|specific|those) countries"
)
_SORTING = (
    r"順位|ランキング|(?<!海)外(?:す|し|そう)|危険|危ない|怪し|避け|断(?:る|り|っ)|拒|除外|排除|入れ(?:て|な)|"
    r"受け入れ(?:て(?:は)?いけ|ない|拒)|"
    r"駄目|ダメ|禁止|\brank|\breject|\bexclude|\bban\b|\bavoid|\bkeep (?:away|out)|\bblacklist|\brefuse|"
    r"\bscreen out|\bturn (?:away|down)|\bleave out|\bnot (?:accept|admit|hire)|"
    r"\bspy|\bspies|\bdangerous|\brisky|\btrust|\bfilter"
)
_TREATING = (
    r"区別|差をつけ|扱(?:い|う|わ|って)|分け(?:る|て|ら)|変え(?:る|て|ら)|\btreat\w*|\bdifferently\b|\bdistinguish\w*|"
    r"\b(?:because|on the (?:basis|grounds?)) of\b"
)
#: Who asks for figures by nationality asks for no treatment.
_FIGURES = (
    r"何人|何名|人数|内訳|割合|統計|\bhow many\b|\bnumbers? of\b|\bshare of\b|\bpercentage\b|\bstatistics\b"
)
_RULE: Mapping[Language, str] = {
    "ja": "研究セキュリティの対策は国籍や人種などによる差別につながってはならないとされていますか。",
    "en": "Must research security measures not lead to discrimination based on race or nationality?",
}
_CONTACT = re.compile(
    r"(?:個人|先生|教授|氏|さん).{0,12}(?:メール|電話|住所|携帯|連絡先|アドレス)|"
    r"(?:personal|private|home|his|her|professor\w*|prof\.?|dr\.?)\b.{0,30}(?:e-?mail|phone|telephone|"
    r"address|mobile|number)|"
    r"(?:e-?mail|phone|telephone|mobile)(?: address| number)? of (?:prof|dr|mr|ms)",
    re.I,
)
_RULING = re.compile(
    r"(?:法的|法律|違法|合法|適法|違反).{0,16}(?:問題|保証|か|判断|大丈夫)|保証(?:して|でき)|(?:契約|署名|"
    r"サイン|締結|採用|受け入れ)し(?:て|ても)"
    r"(?:も)?(?:いい|よい|良い|大丈夫|構わない)|(?:判断|決め|許可)(?:して(?:ください|ほしい|もらえ)|"
    r"てください|てほしい)|"
    r"\b(?:may|can|should|shall) (?:i|we) (?:sign|hire|admit|accept|invite|employ|share|send|export|"
    r"publish)\b|"
    r"\b(?:is it|are we|am i|would it be|is this) (?:legal|illegal|lawful|unlawful|allowed)\b|"
    r"\blegally (?:fine|ok|okay|safe)\b|"
    r"\b(?:guarantee|confirm|certify|decide|approve)\b.{0,20}\b(?:for (?:me|us)|that (?:i|we|our|my|it))\b|"
    r"\byes or no\b",
    re.I,
)

_TABLE: tuple[tuple[re.Pattern[str], Delicate], ...] = (
    (
        re.compile(rf"(?:{_NATIONALITY}).*(?:{_SORTING})|(?:{_SORTING}).*(?:{_NATIONALITY})", re.I | re.S),
        Delicate(
            {
                "ja": "このデスクは、国籍や人種で人を順位づけたり除外したりする求めには応じません。資料が示す原則をお読みください。",
                "en": "The desk does not rank or exclude people by nationality or race. What the documents lay down instead:",
            },
            _RULE,
        ),
    ),
    (
        re.compile(
            rf"^(?!.*(?:{_FIGURES})).*(?:(?:{_NATIONALITY}).*(?:{_TREATING})|(?:{_TREATING}).*(?:{_NATIONALITY}))",
            re.I | re.S,
        ),
        Delicate(
            {
                "ja": "国籍や人種による扱いについて、資料は次の原則を示しています。",
                "en": "On treating people by nationality or race, the documents lay down this principle:",
            },
            _RULE,
        ),
    ),
    (
        _CONTACT,
        Delicate(
            {
                "ja": "個人の連絡先はお答えしていません。所属機関の公開窓口にお問い合わせください。",
                "en": "The desk does not give out personal contact details. Please go through the institution's public office.",
            },
            {},
            declined=True,
        ),
    ),
    (
        _RULING,
        Delicate(
            {
                "ja": "このデスクは法的な判断や個別の可否の決定はしません。所属大学の研究セキュリティ・安全保障輸出管理・法務の担当部署に"
                "ご確認ください。",
                "en": "The desk gives no legal advice and takes no decision in a single case. Please take it to your university's own"
                " office for research security, export control or legal affairs.",
            },
            {},
        ),
    ),
)


def delicate(question: str) -> Delicate | None:
    """How a question of this kind is handled, or None for any other question."""
    text = unicodedata.normalize("NFKC", question)
    return next((found for says, found in _TABLE if says.search(text)), None)
