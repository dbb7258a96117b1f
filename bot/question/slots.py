"""The gap that a question leaves for its answer: a figure of the thing that is counted, a date as fine as the one asked
for, a person in a role, a town, a name, names of a kind, a reason. What fills it is in `bot.question.filling`. Pure.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.question.asked import WORDS
from bot.question.reach import asks

SlotKind = Literal[
    "number",
    "day",
    "date",
    "hour",
    "contact",
    "person",
    "someone",
    "bodies",
    "countries",
    "place",
    "name",
    "role",
    "clause",
    "reason",
]
#: Kinds that are told by their shape alone, and stand where nothing else of the question does: under a letterhead, in a table.
SHAPED: frozenset[SlotKind] = frozenset({"contact", "hour", "day", "clause"})
#: What a figure measures where the question says so: a sum, a part of a whole, a span of time, how often.
Measure = Literal["", "money", "share", "duration", "frequency", "rank"]

#: Counter of a Japanese figure -> words of the counted thing, in both languages.
_COUNTED: Mapping[str, str] = {
    "人": "人 名 学生 研究者 person people student researcher member participant graduate staff",
    "名": "人 名 学生 研究者 person people student researcher member participant graduate staff",
    "校": "校 大学 機関 university universities institution school",
    "大学": "大学 校 university universities",
    "機関": "機関 大学 校 institution university organisation organization",
    "国": "国 か国 カ国 country countries nation",
    "回": "回 times round meeting",
    "件": "件 case project application paper",
    "単位": "単位 credit credits",
    "社": "社 会社 企業 company companies firm",
    "本": "本 論文 記事 paper article publication",
    "項目": "項目 原則 item principle article",
    "冊": "冊 本 手引 book manual handbook",
    "種類": "種類 kind type",
    "科目": "科目 授業 course",
    "所": "か所 拠点 site base office",
    "点": "点 件 個 品目 item items piece pieces",
    "階": "階 floor",
    "倍": "倍 times fold double",
    "年間": "年 年間 year years",
    "月": "か月 ヶ月 カ月 月 month months",
    "円": "円 yen JPY",
    "条": "条 項目 原則 article principle item",
    "歳": "歳 才 年齢 age years old",
    "級": "級 レベル level grade",
    "%": "% 割 パーセント percent per cent",
}
_NOUN = r"[一-龯々ァ-ヶーA-Za-z]+"
#: English words of a counted thing -> the counter whose words are meant as well.
_AS_COUNTER: Mapping[str, str] = {
    **dict.fromkeys(
        "people persons members participants attendees visitors workers labourers laborers trainees applicants volunteers".split(),
        "人",
    ),
    **dict.fromkeys(("universities", "institutions", "schools"), "校"),
    "countries": "国",
    "times": "回",
}
#: Words before a counter that say when or all in all, and bodies that do what is counted: neither is counted.
_NOT_COUNTED = r"(?:今|現在|当時|[昨今来去]年度?|全部|合計|累計|総額|年間|毎年)"
_DOES = r"(?:大学|協会|機構|[省庁])(?:は|が)(?!何(?:校|大学|機関))"
_JA_COUNT = re.compile(
    rf"(?:(?<![一-龯々ァ-ヶーA-Za-z])(?P<head>(?!{_NOT_COUNTED}(?:は|が|も))(?!{_NOUN}?{_DOES}){_NOUN})(?:の数)?(?:は|が|を|も|って)(?:(?!{_NOUN}(?:は|が|を|も|って))[^。何]){{0,16}})?"
    r"何[十百千万億]{0,2}(?P<counter>[かカヶ]条|歳|級|元|ドル|ユーロ|ポンド|人|名|校|大学|機関|[かカヶ]国|国|回|件|社|単位|年間|[かカヶ]月|週間|時間|%|パーセント|割|円|つ|本|項目|点|冊|種類|科目|[かカヶ]所|倍|位|階)(?!目)"
)
#: How a question for a figure goes on behind the measured thing.
_ASKS = r"(?:は|が|を|って)?(?:、)?(?:およそ|全部で|合わせて|総額で|年間|現在|今)?(?:いくら|いくつ|どのくらい|どれくらい|どのぐらい|どれだけ|どの程度|何|教え|知りた|[?？。]|$)"
_JA_AMOUNT = re.compile(
    rf"(?<![一-龯々ァ-ヶーA-Za-z])(?P<head>(?!{_NOT_COUNTED}(?:は|が|も|を|、|いくら|いくつ|どの|どれ))[一-龯々ァ-ヶーA-Za-z]{{2,}}|人|数)(?:は|が|って|を|に)?(?:、)?(?:全部で|総額で|合わせて|今)?(?:いくら|いくつ|どのくらい|どれくらい|どのぐらい|どれだけ)"
)
_JA_NUMBER_OF = re.compile(
    rf"(?P<head>{_NOUN}?)(?:の)?(?:総数|人数|件数|校数|学生数|数|割合|比率|金額|総額|予算額?|費用|定員|料金|授業料|学費|会費|手数料){_ASKS}"
)
_EN_MANY = re.compile(
    r"\bhow many (?:of (?:the |these |those |its |their )?)?(?P<head>(?!(?:will|would|can|do|did|are|were|is|was|have|had|go|went|take|took)\b)(?:[\w'’/&-]+ ){0,4}?[\w'’/-]+)"
    r"(?= (?:would|might|shall|comes?|did|does|do|is|are|was|were|has|have|had|can|could|will|must|should|may|in|at|of|from|to|on|with|for|per|there|that|who|"
    r"take|took|belong|come|came|go|went|teach|work|live|study|use|offer|join|move|get|got|make|made|need|attend|enter|\w+ed)\b|\?|,|$)",
    re.I,
)
_EN_NUMBER_OF = re.compile(
    r"\b(?:number|percentage|share|proportion|amount|total) of (?P<head>(?:[\w'’/&-]+ ){0,3}?[\w'’/-]+)(?= (?:in|at|of|from|that|who|which|for|comes?|does|do|did|is|are|was|were)\b|\?|$|,)",
    re.I,
)
_EN_SIZE = re.compile(
    r"\bhow (?:large|big|high|tall|far|old) (?:is|are|was|were) (?:the |a |an )?(?P<head>(?:[\w'’/&-]+ ){0,4}?[\w'’/-]+)(?= (?:in|at|of|from|for|to|that|which)\b|\?|$|,)",
    re.I,
)
_EN_AMOUNT = re.compile(
    r"\b(?:how (?:many|much|large|big|high|long|often)|what (?:percentage|share|proportion|amount))\b", re.I
)
_EN_SUM = re.compile(
    r"\b(?:what(?:['’]s| is| are| was| were)?|how high (?:is|are)) (?:the )?(?:[\w-]+ ){0,2}(?P<head>(?:[\w-]+ )?(?:amount|rate|fees?|price|budget|rent|salary|stipend|score|tuition))"
    r"(?= (?:per|of|in|at|from|a|do|does|did|for an?|that|applies|apply)\b|\?|,|$)",
    re.I,
)
#: How much more or less, of nothing that is named.
_JA_CHANGE = re.compile(
    r"(?:どれ|どの)(?:くらい|ぐらい|だけ|程度)(?:まで)?(?:に)?(?:増|減|伸|上が|下が|高|多|少)"
)
_RANK = re.compile(
    r"何位|何番目|順位|ランキングで(?:は)?(?:どの|何)|\b(?:what|which) (?:place|rank|position) (?:in|among|of)\b|\bhow (?:high(?:ly)?|\w+ )?(?:is|was|does|did) .{0,40}\branks?(?:ed)?\b|"
    r"\bwhere (?:does|did|do|is|was) .{0,60}\b(?:stand|ranked|rank|come|placed)\b|\b(?:'s|the) (?:place|rank|position) (?:in|among)\b",
    re.I,
)
#: What a question says of the measure of the figure that it asks for.
_MEASURES: Mapping[Measure, re.Pattern[str]] = {
    "rank": _RANK,
    "share": re.compile(
        r"[利金]率|\b(?:interest|employment|acceptance|graduation|success|pass) rates?\b|割合|比率|何割|何[%％]|何パーセント|\b(?:percentage|percent|per cent)\b|\b(?:what|which|the) (?:share|proportion)\b|\b(?:share|proportion) of\b",
        re.I,
    ),
    "frequency": re.compile(r"頻度|どのくらいの間隔|\bhow often\b", re.I),
    "duration": re.compile(
        r"何日(?![にかのをは、?？。]|から|まで|です|でし|前|後|$)|何(?:年間|[かカヶ]月|週間|時間)|(?:期間|年数|時間)(?:は|って)?(?:どのくらい|どれくらい|どれだけ)|どのくらいの期間|\bhow long\b",
        re.I,
    ),
    "money": re.compile(
        r"何[十百千万億]*(?:円|元|ドル|ユーロ|ポンド)|(?:額|料金|授業料|学費|会費|手数料)(?:は|を|って)?(?:教え|知りた|[?？。]|$)|(?:金|費|料|額|予算|賃|代|助成|支援)(?:は|が|って|を)?(?:、)?(?:総額で|年間|合わせて)?(?:いくら|どのくらい|どれくらい)|いくら|"
        r"\bhow much (?:money|funding|travel money|yen|\w+ money)\b|\bhow much (?:is|are|was|were|do|does|did) .{0,80}\b(?:cost|costs|pay|paid|charge|charged|spend|fee|fees|tuition|grant|fellowship|fund|budget|ticket)\b|"
        r"\bwhat (?:do|does|did|would|will) .{0,60}\b(?:pay|cost|charge|spend)\b|\bhow (?:large|big|high) (?:is|are|was|were) .{0,60}\b(?:loan|grant|budget|fee|fees|fund|tuition|salary)\b|"
        r"\bwhat(?:['’]s| is| are| was| were) (?:the |its |their )?(?:(?!(?:a|an|the)\b)[\w-]+ ){0,3}(?:amount|fees?|price|budget|rent|salary|stipend|tuition)(?=[?,]|$| (?:per|of|for|in|at|to|a)\b)|"
        r"\bwhat (?:maximum |minimum |total )?(?:amount|sum|price)\b",
        re.I,
    ),
}
#: Where an English interrogative asks, and joins no clause (the year *when*, a student *who*): at the start of a sentence, behind
#: a preposition, a comma or a word that asks.
_BEFORE = "and|or|since|until|till|by|from|to|tell me|know|say|says|said|is|was|ask|asked|wonder|unclear|decides?|show|shows|out"
_EN_ASKS = rf"(?:^|(?<=[.,:;?!—-] )|\b(?:{_BEFORE}|of|for|with|on) )"
#: Likewise of *when*, which a preposition of time may stand before, and no other: "for when it helps" asks nothing.
_EN_SINCE = rf"(?:^|(?<=[.,:;?!—-] )|\b(?:{_BEFORE}) )"
_DAY = re.compile(
    r"何月何日|(?<!期間[はが])何日(?=[にかのをは、?？。]|から|まで|です|でし|$)|日付|期日|締め?切り?(?:は|日)|施行日|\b(?:what|which) (?:date|day)\b|\bexact date\b|\bdeadline\b",
    re.I,
)
_DATE = re.compile(
    rf"いつ(?!も|でも)|何年(?!間|次|生|目)|何月|何年度|年月?(?:を|は|が)(?:教え|知りた|[?？]|$)|[設創成]立年|開[設校]年|{_EN_SINCE}when\b|\b(?:what|which) (?:fiscal |academic |calendar )?(?:year|month)\b(?! of study)|\bsince when\b|日程|"
    r"\b(?:publication|release|founding|start|starting|end|opening|signing|issue) (?:date|year)\b|\b(?:the|its?) (?:exact )?date\?",
    re.I,
)
_ROLE = re.compile(
    r"(?:委員長|議長|学長|総長|理事長|会長|座長|室長|センター長|代表者?|責任者|担当者|所長|局長|講師|登壇者|発表者|教授)(?:の?お?(?:名前|氏名)|(?:は|って|が)、?(?:誰|だれ|どなた|何という))|"
    r"誰が(?:務め|率い|登壇|講演|発表|司会)|\bwho (?:is|are|was|were) the (?:[\w-]+ ){0,3}(?:director|chair\w*|head|president|dean|manager|leader|speaker|professor|minister|coordinator)s?\b|"
    r"\bwho(?: \w+)? (?:heads?|chairs?|leads?|led|chaired|headed|runs|moderated|presented|spoke)\b|\bwhich (?:\w+ )?(?:professors?|speakers?|researchers?|presidents?|ministers?|directors?|officials?)\b",
    re.I,
)
#: Words between an English interrogative and its noun: no verb and no preposition, behind which something else has begun.
_EN_ADJECTIVES = r"(?:(?!(?:do|does|did|should|can|could|may|must|will|would|is|are|was|were|has|have|had|a|about|in|on|for|with|from|to|by|at)\b)[\w-]+ ){0,4}"
_JA_BODY = r"(?:大学|校|機関|団体|会社|企業|業者|組織|グループ|協会)"
_EN_BODY = (
    r"(?:universit(?:y|ies)|institutions?|institutes?|associations?|agenc(?:y|ies)|partners?|compan(?:y|ies)|colleges?|schools?|groups?|"
    r"organi[sz]ations?|firms?|bod(?:y|ies)|campus(?:es)?|networks?|consorti(?:um|a))"
)
_BODIES = re.compile(
    rf"{_JA_BODY}(?:の(?:名前|一覧))?(?:は|って)、?(?:どこ|どれ|何(?:です|でしょう|という|[?？。]|$))|どこ?の{_JA_BODY}|{_JA_BODY}の(?:名前|一覧)|"
    rf"{_JA_BODY}(?:には|は)(?:どんな|どのような)(?:ところ|もの|{_JA_BODY})|{_JA_BODY}(?:のうち|の中で|で、).{{0,30}}どこ|"
    rf"{_JA_BODY}を?(?:全部|すべて|全て|いくつか)?(?:挙げ|列挙|並べ)|"
    rf"\bwhich {_EN_ADJECTIVES}{_EN_BODY}\b|\b(?:list|name|names? of|lists? of|some of)(?: the)? {_EN_ADJECTIVES}{_EN_BODY}\b",
    re.I,
)
_COUNTRIES = re.compile(
    rf"どの国|どこの国|国(?:々)?(?:は|って)、?(?:どこ|どれ|何(?!か))|何という国|国名|\b(?:list|name)(?: by name)? the {_EN_ADJECTIVES}(?:countries|nations)\b|\b(?:which|what) {_EN_ADJECTIVES}(?:countries|country|nations)\b",
    re.I,
)
_HOUR = re.compile(r"何時(?!間)|\bwhat time\b|\bopening hours\b", re.I)
_PLACE = re.compile(
    r"(?:どの|どこの)(?:都市|町|街|市|県|州|場所)|(?:都市|町|街|開催地|所在地|会場|開催場所)(?:は|って)、?(?:どこ|何)|(?:キャンパス|オフィス|事務局|事務所|拠点|本部|本社|窓口|施設|センター|大学|会場|研究所|会議|催し)(?:は|って|が)、?どこ(?:に(?:あ[りるっ]|置|所在)|で(?:開|行))|"
    r"\bwhere (?:in [\w ]{1,30} )?(?:is|are|was|were|does|do|did|will) .{0,80}\b(?:located|based|situated|held|offices?|premises|headquarters|take place|meet)\b|"
    r"\b(?:which|what) (?:[\w-]+ )?(?:city|town|venue|prefecture)\b",
    re.I,
)
_SOMEONE = re.compile(
    r"(?:誰|だれ|どなた)(?!も|でも|か(?!ら)|に(?:でも|対))|(?:著者|筆者|氏|委員|講師|担当者|教授|方|人)(?:\d+[人名]|[二三四五]人)?の?(?:お?名前|氏名)|"
    rf"{_EN_ASKS}(?:who|whose)\b(?! can| may| must| should| has to)|"
    r"\bnames? of (?:the )?(?:[\w-]+ ){0,3}(?:members?|authors?|persons?|people|speakers?|staff|heads?|directors?)\b",
    re.I,
)
_NAME = re.compile(
    r"(?:名前|名称|校名|事業名|書名|題名)(?:は|を|が|って|と)|何という(?:名|事業|大学|団体|企業|会社|プログラム|文書)|"
    r"\b(?:what (?:is|are|was|were) (?:the )?(?:[\w-]+ ){0,3}(?:names?|titles?)\b|names? please|called what|what (?:is|was) .{0,40}\bcalled)",
    re.I,
)
_POST = re.compile(
    r"(?:肩書き?|役職|職名|職位|ポスト)(?:は|を|って|が|[?？。]|$)|\bwhat(?:['’]s| is| was| are| were) (?:his|her|their) (?:[\w-]+ ){0,2}(?:positions?|posts?|jobs?|titles?|roles?)\b|"
    r"\bwhat(?:['’]s| is| was) (?:Prof|Dr|Mr|Ms|Mrs|Professor)\b.{1,40}['’]s (?:[\w-]+ ){0,2}(?:job|post|title|position|role)\b|\bwhich posts?\b|\bjob title\b|"
    r"\bwhat positions? (?:does|do|did)\b",
    re.I,
)
_CLAUSE = re.compile(
    r"第何条|どの条文|\b(?:which|what) (?:article|section|clause|paragraph)s? of .{0,60}\b(?:acts?|laws?|rules?|orders?|regulations?|guidelines?|agreement|contract)\b",
    re.I,
)
_REASON = re.compile(
    r"なぜ|何故|なんで(?!も|す|しょ|した)|どうして(?!も)|(?:理由|きっかけ|動機|経緯|原因|要因|わけ|(?<![一-龯])訳)(?:は|を|って|が|の部分を)?(?:、)?(?:何|なん|どこ|どう|教え|知りた|[?？。]|です|でし|$)|"
    rf"{_EN_ASKS}why\b|\breasons? (?:for|why|given|behind|that|does|did)\b|\bwhat (?:made|caused|led|motivated|prompted)\b|\bhow come\b",
    re.I,
)
#: All of them, however many, and some of them: so many names show that a sentence lists them.
_ALL = re.compile(
    r"全部|すべて|全て|一覧|\b(?:full|complete|whole) list\b|\blist (?:all|the)\b|\bby name\b",
    re.I,
)
_SOME = re.compile(r"いくつか|\bsome of\b", re.I)
_WORDS = {**WORDS, "eleven": 11, "twelve": 12}
_HOW_MANY_NAMES = re.compile(
    rf"(?<![\d,.])(?P<figure>\d{{1,3}})(?=校|大学|機関|か国|カ国|人|名|つ|団体)|\b(?P<word>{'|'.join(_WORDS)}) "
    r"(?:[\w-]+ ){0,3}(?:universities|institutions|members|countries|partners|companies|people|professors)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Slot:
    """What is missing in a question: its kind; of a figure the words of the thing that is counted, those that its counter
    stands for (何名 counts people) and its measure, each empty where not said; and how many names are asked for, 1 where it
    does not say.
    """

    kind: SlotKind
    head: str = ""
    counted: str = ""
    measure: Measure = ""
    count: int = 1


def slot_of(question: str) -> Slot | None:
    """The gap that `question` leaves, or None where it asks openly (what, how)."""
    text = unicodedata.normalize("NFKC", question)
    if asks(text):  # before "number of": a telephone number counts nothing
        return Slot("contact")
    for pattern in (_EN_MANY, _EN_NUMBER_OF, _EN_SIZE, _EN_SUM, _JA_COUNT, _JA_AMOUNT, _JA_NUMBER_OF):
        if (found := pattern.search(text)) and not _RANK.search(text):
            groups = found.groupdict()
            head = groups.get("head") or ""
            counter = (groups.get("counter") or "").lstrip("かカヶ") or _AS_COUNTER.get(
                head.split(" ")[-1].lower()
            )
            return Slot("number", head, _COUNTED.get(counter or "", ""), _measure(text))
    if _EN_AMOUNT.search(text) or _JA_CHANGE.search(text) or _measure(text):
        return Slot("number", measure=_measure(text))
    tests: tuple[tuple[SlotKind, re.Pattern[str]], ...] = (
        ("reason", _REASON),
        ("hour", _HOUR),
        ("day", _DAY),
        ("date", _DATE),
        ("person", _ROLE),
        ("role", _POST),
        ("clause", _CLAUSE),
        ("countries", _COUNTRIES),
        ("bodies", _BODIES),
        ("place", _PLACE),
        ("someone", _SOMEONE),
        ("name", _NAME),
    )
    return next(
        (Slot(kind, count=_names_wanted(text)) for kind, pattern in tests if pattern.search(text)), None
    )


def _measure(text: str) -> Measure:
    return next((measure for measure, pattern in _MEASURES.items() if pattern.search(text)), "")


def _names_wanted(text: str) -> int:
    found = _HOW_MANY_NAMES.search(text)
    if found is None:
        return 3 if _ALL.search(text) else 2 if _SOME.search(text) else 1
    return max(int(found["figure"]), 1) if found["figure"] else _WORDS[found["word"].lower()]
