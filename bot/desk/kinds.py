"""What a question asks for: who, when, how long, …, or yes or no; and whether it denies. Pure, in both languages."""

import re
from collections.abc import Mapping

YES_OR_NO = "yes or no"
_BEGIN = r"(?:^|[.,?!:;] ?|know |tell me |wonder )(?:(?:to|by|from|with|for|of|at|on|in) )?"
_DO = r"(?:is|are|was|were|do|does|did|can|could|should|must|will|would|may|has|have)\b"

#: What a question asks for, by the words that ask for it.
_KINDS: Mapping[str, str] = {
    "who": r"(?:誰|だれ|どなた)(?!でも|も|か(?!が|ら))|(?:どの|どこの|どちらの)(?:大学|学校)|(?:担当|承認|対象|責任|決定|申請|提出|署名|管理|発行|所有|権利)者(?:は|を|$|で|に)|任命権|発行元|"
    r"持ち主|権者|どの(?:部署|団体|組織|課|窓口|機関)|どちら(?:に帰属|の大学|が)|どこが|(?:連絡|通報|相談|問い?合わせ|問合せ|申請|提出|届出|送付|報告)先|窓口|担当部署|担当です|"
    r"どこ[にへ](?:まず|すぐ|最初に)?(?:連絡|届|申|相談|通報|知らせ|聞|質問|問い|報告|提出|伝え|話|尋ね|たずね)|どんな(?:人|相手)|どのような(?:人|相手|方が|者)|(?:人|者|相手)の範囲|どの範囲の(?:人|教|職|研究)|どういう人|何者|"
    rf"{_BEGIN}who(?:m|se)?\b|(?:which|what) (?:people|persons?|office|unit|organi[sz]ation|body|university|universities|institutions?|department|"
    r"part(?:y|ies)|members? of staff|kind of (?:people|person)s?)|in charge of\b|"
    r"where (?:do|should|can|must|is|are) .{0,40}(?:report|turn|apply|ask|complain|notif)|where (?:do|should|can) (?:i|we) (?:report|apply|ask|turn)",
    "when": r"いつ(?!でも|も)|どの(?:時点|段階|タイミング)|時期|タイミング|何日(?!間)|何月|何年(?:に|の)|のは何年|改訂年|開催日|期日|締め?切|期限(?!間)|何時(?!間)|"
    r"何(?:日|週間|[かヶカ]月|時間)(?:以内|前|後)|どれだけ早く|予告の|通告の期間|"
    rf"{_BEGIN}when {_DO}|\b(?:until|till|since|by) when\b|(?:at|by|on) (?:what|which) (?:point|time|stage|date|day)\b|"
    r"(?:what|which) (?:year|month|date|day)|deadline|\bdue\b(?! diligence)(?! to)|how soon|within how many|how (?:long|many \w+|far) (?:before|beforehand|in advance|ahead)|"
    r"time limit|notice period|period of notice|\btiming\b",
    "where": r"(?<!出)どこ(?!まで|が|の大学)|場所|所在|会場|開催地|どの(?:国|都市|町)|何か国|"
    rf"{_BEGIN}where\b|(?:what|which) (?:places?|countr\w+|cit\w+)|\bvenue|\blocation",
    "how long": r"(?<!のは)何年(?!に|の|ごと|から|度)|年数|日数|何[かヶカ]月(?!ごと|前)|期間|何日間|何週間|何日(?=で|かか|くらい|ほど|まで)|何時間|時間の上限|いつまで|"
    r"どの(?:くらい|ぐらい|程度)の(?:間|時間|日数)|どれ(?:くらい|ぐらい|だけ)の(?:期間|時間|間|日数)|最長|任期|年限|"
    r"how long|how soon|longest|duration|retention period|processing time|notice period|term of (?:validity|office)|"
    r"how (?:many|much) (?:\w+ )?(?:years|months|weeks|days|hours|semesters|time)|time limit|(?:limit on|number of|weekly) (?:\w+ )?hours|hours per week|within how many|until when",
    "how often": r"頻度|間隔|何[かヶカ]月ごと|何年ごと|何回|何度(?!か)|how (?:often|frequently)|at what intervals?|how many times|frequency",
    "how many": r"どれ(?:だけ|くらい|ほど)の(?:学生|人|教員|大学|数|企業|研究者)|何(?:人|名|校|件|か所|箇所|単位|科目|部|文字|カ所|ヶ所)|いくつ|人数|(?:学生|者|件|校|員|単位|会員)の?数|定員|必要単位|何か国|"
    r"how many(?! (?:\w+ )?(?:years|months|weeks|days|hours|semesters|times))|(?:what (?:is|was)|total) (?:the )?(?:\w+ )?number of (?!hours)|of how many|how large|how much credit",
    "money": r"いくら|金額|費用はどの|(?:料|額|会費|参加費|家賃)(?:は[?？]?$|を教)|how much(?! (?:time|credit))|\bamount\b|(?:what|which) sum|what (?:does|do|did|would|will) .{0,60}\bcost\b|how high is|what is the (?:\w+ ){0,3}(?:fee|price)\b",
    "share": r"何割|何パーセント|割合|percentage|what share|how large a share|what proportion|overhead rate|の率|どのくらいの率",
    "why": r"なぜ|何故|どうして|理由(?!に|と)|ねらい|狙い|\bwhy\b|\breasons?\b|what (?:makes|made|led)",
    "difference": r"違(?:い|う(?!法)|っ)|異な|相違|differ|distinct",
    "connection": r"どう関(?:係|連|わ)|関係は何|what is the connection|how .{3,40} relate",
    "criteria": r"基準|観点|何が見られ|criteri|what do (?:we|you) look (?:at|for)|on what basis|what counts",
    "definition": r"(?:(?<!こ)と|って)(?:は)?何(?:です|の|を指|でしょ|か|$)|とは[?？]?$|意味|定義|どういう(?:もの|状態|規制|こと|意味)|って、?どういう|\bdefin|\bmean(?:s|t|ing)?\b|"
    r"refers? to|what does .{0,60}(?:cover|stand for|refer)|notion of|^what (?:is|are) (?:a |an )?(?:[\w-]+ ){0,3}[\w-]+\?$|explain what",
    "language": r"何語|使用言語|どの言語|(?:which|what) language",
    "level": r"どの程度|どれ(?:くらい|ぐらい|だけ)でき|(?:what|which) (?:\w+ )?(?:level|score)|how good|英語力|語学要件",
    "how": r"どう(?!違|異|して|か|で(?:す|しょ)|い|関|なり|なる|な)|どのように|どうすれば|どうやって|何をすれば|何を(?:済ませ|しておけば|しなけれ|したら)|"
    rf"{_BEGIN}how {_DO}|how (?:can|do|does|did|should|is|are|to|may) |in what way|by what means|what is the way|what (?:do|does|must|should|can) .{{0,40}}(?:have to |need to )?do (?:to|in|prior|before|when|if)|what has to be done|what (?:do|does) .{{2,30}} have to do",
    "position": r"立場|見解|位置づけ|どう見て|どう考え|意見は|\bstance\b|(?:what|which) (?:position|view)|how (?:does|do) .{0,60} (?:view|see|regard)\b|say about",
    "effect": r"どうな(?:り|る)|どのような(?:罰|処分|影響)|罰則|処罰|どう処分|どのように処分|what happens|penalt|punish|consequence|sanctions does",
}
_SAYS = {kind: re.compile(pattern) for kind, pattern in _KINDS.items()}
#: What a noun asks for where the question is open and asks for nothing else.
_NOUNS: Mapping[str, re.Pattern[str]] = {
    "how": re.compile(r"方法|手続|手順|やり方|仕方|procedure|formalit"),
    "money": re.compile(r"(?:料|額|会費|参加費|家賃)(?:の額)?(?:は|を)|\bfees?\b"),
}
#: An open question that names nothing of these, or a noun alone.
_OPEN = re.compile(
    r"何|なに|なん(?:です|でしょ)|どの|どれ|どう(?!か)|どんな|どちら|教えて|知りたい|挙げて|説明して|お聞き|伺い|は[?？]?$|"
    rf"{_BEGIN}(?:what|which)\b|\bfrom which (?:\w+ ){{0,2}}\w+\?$|please explain"
)
_NEGATIVE = re.compile(
    r"(?:なくて|ない(?!か)|なかった|ずに)|不要|いらない|除外|免除され(?!ます)|"
    r"\bnot\b|\bwithout\b|n't\b|\bexempt\b|\bexcluded\b|\bneed no\b"
)
_POLITE = re.compile(
    r"なくては(?:なら|いけ)(?:ない)?|な(?:い(?:と|で)|ければ)(?:いけない|ならない|だめ|いけ|なら|は)?|(?:ては|では|と)いけない|いけないの|なければいけない|なければならない|かもしれない|"
    r"構わない|かまわない|問題ない|差し支え(?:ない|ありません)|(?:では|じゃ)ないか|ないでしょうか|のではと|認められない|許されない|"
    r"\bnot (?:allowed|permitted)|non-\w+|without (?:delay|fail)|がなくても|(?:verify|check|sure|confirm) .{0,50}(?:n't|is not|are not)|without (?:a licen[cs]e|permission|approval|authori[sz]ation|consent|informing|asking)|許可(?:なし|なく)"
)


#: A question within a question, as in "does one check who owns it".
_WITHIN = re.compile(r"(?:どこ|誰|いつ|何|どの|どう)[^、。？?]{1,24}か(?=を|について|は確認|どうか)")


def asked_for(folded: str) -> frozenset[str]:
    """What a question asks for, never nothing."""
    folded = _WITHIN.sub(" ", folded)
    kinds = frozenset(kind for kind, says in _SAYS.items() if says.search(folded))
    if not kinds and _OPEN.search(folded):
        kinds = frozenset(kind for kind, says in _NOUNS.items() if says.search(folded)) or frozenset({"what"})
    return kinds or frozenset({YES_OR_NO})


def denies(folded: str) -> bool:
    """Whether a question denies what it asks about; politeness and duty are no denial."""
    return bool(_NEGATIVE.search(_POLITE.sub(" ", folded)))
