"""Words that come in opposite pairs, by dimension: what `direction` compares. Patterns of both languages."""

#: dimension: (English +, English -, Japanese +, Japanese -); patterns.
OPPOSITES: dict[str, tuple[str, str, str, str]] = {
    "amount": (
        r"increas\w*|grow(?:s|n|ing|th)?|grew|ris(?:e|es|en|ing)|rose|expan[ds]\w*|rais(?:e|es"
        r"|ed|ing)|enlarg\w*|surg\w+"
        r"|multipl(?:y|ied)|gain(?:s|ed|ing)?|boost\w*|enhanc\w*|strengthen\w*|deepen\w*"
        r"|widen\w*|broaden\w*|reinforc\w*|heighten\w*"
        r"|(?:go|goes|gone|went|going) up|improv\w*|accelerat\w*|escalat\w*",
        r"decreas\w*|(?:go|goes|gone|went|going) down|declin\w*|fall(?:s|en|ing)?|fell"
        r"|reduc\w*|shr[iau]nk\w*|drop(?:s|ped|ping)?|diminish\w*|lower(?:s|ed|ing)"
        r"|lessen\w*|weaken\w*|contract(?:ed|ing|ion)|narrow(?:s|ed|ing)?|cut(?:s|ting)?"
        r"|mitigat\w*|worsen\w*|deteriorat\w*"
        r"|undermin\w*|slow(?:s|ed|ing)? down|dwindl\w*|plummet\w*|erod\w*|hamper\w*|hinder\w*",
        r"増(?:加|大|強|額|員|え|や|し|進|設)|拡(?:大|充|張|げ|が)|広(?:げ|が)|上昇|伸(?:び"
        r"|長)|強(?:化|ま|め)|高(?:ま|め)|向上|深(?:め|ま|化)|改善|激化|急増|促進|推進|加速",
        r"減(?:少|額|員|り|ら|る|っ|退|じ)|縮小|縮(?:め|ま)|下降|低下|低減|落ち込|弱(?:化|ま"
        r"|め|体)|下が|下げ|削減|軽減|悪化|緩和|鈍化|急減|後退|阻害|妨げ|抑制|浅く|薄[めまれ]"
        r"|減速|狭(?:め|ま)",
    ),
    "compare": (
        r"more(?! than \d)|large|great|greater|higher|larger|better|stronger|most|highest|largest|best"
        r"|further|exceeds?|outperform\w*|ahead|lead(?=s? in)",
        r"less|fewer|lower|small|smaller|worse|weaker|least|lowest|smallest|worst|lag\w*|behind|trail\w*",
        r"より(?:多|高|大|強|広)|上回|最(?:大|多|高|良|も多|も高|も大)|多(?:い|く|か)|高(?:い"
        r"|く|か)|大き|大規模|強い|優れ|先行",
        r"より(?:少|低|小|弱|狭)|下回|最(?:小|少|低|悪|も少|も低|も小)|少な(?:い|く|か)"
        r"|低(?:い|く|か)|小さ|小規模|弱い|劣|遅れ|立ち遅",
    ),
    "time": (
        r"before|prior to|ahead of|until|preced\w+|earlier|previously|former|pre-\w+",
        r"after|following|subsequent(?:ly)?(?: to)?|since|later|thereafter|follow(?:s|ed)"
        r"|latter|post-\w+|once",
        r"(?<![以午])前(?:に|の|は|から|まで|、)|以前|(?<!後)まで(?=に)|事前|先立|先に|(?<=[年月日代])前",
        r"(?<![今背])後(?:に|の|は|、|から)|以降|以後|事後|その後|のち|から(?=[始開])|(?<=[年月日])後|経て",
    ),
    "begin": (
        r"beg[iau]n\w*|start(?:s|ed|ing)?|launch\w*|introduc\w*|establish\w*|open(?:s|ed"
        r"|ing)?(?! (?:and|to|,))|commenc\w*|set up|found(?:ed|ing)|adopt\w*|creat\w*"
        r"|initiat\w*|join(?:s|ed|ing)?|build\w*|built|continu\w*",
        r"end(?:s|ed|ing)?|stop(?:s|ped|ping)?|terminat\w*|abolish\w*|clos(?:e|es|ed|ing|ure)"
        r"|discontinu\w*|dissol\w*|withdr[ae]w\w*|suspend\w*|cancel\w*|repeal\w*|ceas\w*"
        r"|halt\w*|abandon\w*|leav(?:e|es|ing)|left|dismantl\w*|shut\w*|scrap(?:s|ped)",
        r"開始|始(?:ま|め)|開設|設(?:置|立|け)|導入|創設|新設|採択|開(?:く|催|い|か)|着手"
        r"|立ち上げ|参加|継続|続け(?=[るてたなま])|構築|整備|策定|締結|結(?:び|ん|ぶ)",
        r"終了|終わ|終え|廃止|閉鎖|閉じ|撤廃|撤退|中止|停止|解散|廃|打ち切|脱退|断絶|解消|中断"
        r"|破棄|解体|撤回",
    ),
    "allow": (
        r"allow\w*|permit\w*|approv\w*|authori[sz]\w*|enabl\w*|accept\w*|agree(?:d|s|ment)?"
        r"|endors\w*|support\w*|encourag\w*|promot\w*|facilitat\w*|foster\w*|favou?r\w*"
        r"|advocat\w*|recogni[sz]\w*|grant(?:s|ed|ing)?|help\w*|advanc\w*|assist\w*",
        r"turn(?:s|ed|ing)? down"
        r"|prohibit\w*|forbid\w*|forbade|ban(?:s|ned|ning)?|reject\w*|den(?:y|ies|ied|ial)"
        r"|disapprov\w*|oppos\w*|prevent\w*|discourag\w*|restrict\w*|block\w*|obstruct\w*"
        r"|disagree\w*|condemn\w*|refus\w*|hinder\w*|imped\w*|criticis\w*|criticiz\w*"
        r"|undermin\w*|hamper\w*|inhibit\w*|suppress\w*|exclud\w+|penali[sz]\w*",
        r"許可|認(?:め|可)|承認|賛成|支持|容認|同意|合意|受諾|可とす|採用|推奨|奨励|支援"
        r"|促(?:進|し|す)|助(?:長|け)|推進",
        r"禁(?:止|じ)|却下|拒否|反対|否認|否定|不許可|拒(?:絶|む)|制限|妨(?:げ|害)|損な|阻(?:害|止"
        r"|む)|排除|抑制|批判",
    ),
    "include": (
        r"includ\w*|contain\w*|cover(?:s|ed|ing)|compris\w*|with|involv\w*|added?|adding",
        r"exclud\w*|omit\w*|except(?:ing)?|without|remov\w*|outside|apart from",
        r"含(?:み|む|め|ま)|包含|対象(?:と|に)|加え|伴",
        r"除(?:く|き|い|外)|含まな|対象外|省(?:く|略)|外さ",
    ),
    "flow": (
        r"inbound|incoming|receiv\w*|import\w*|host(?:s|ed|ing)?|attract\w*|inflow\w*|admit\w*"
        r"|accept\w*|recruit\w*|enter\w*",
        r"outbound|outgoing|send(?:s|ing)?|sent|export\w*|dispatch\w*|outflow\w*|expel\w*|(?:be|been) left"
        r"|leav\w+|provid\w+",
        r"受(?:入|け入|け取|領|講|諾)|輸入|招(?:へい|聘|く|い)|立ち?入|入室|流入|搬入|入国|誘致|受けた"
        r"|受け(?=る|て|、)|獲得",
        r"派遣|輸出|送(?:り|る|っ|出)|流出|搬出|出国|留学させ|提供|拠出|放出",
    ),
    "place": (
        r"domestic(?:ally)?|internal(?:ly)?|inside|at home|home|local|intra-\w+",
        r"overseas|foreign|abroad|external(?:ly)?|outside|offshore|extra-\w+"
        r"|international(?:ly)?|inter-\w+",
        r"国内|学内|内部|域内|自国|省内|組織内",
        r"海外|国外|学外|外部|域外|諸外国|外国|他国",
    ),
    "safety": (
        r"safe(?:ly|ty|r)?|secur(?:e|ely|ity)|protect\w*|low-risk|benefi[tc]\w*|advantage\w*"
        r"|benign|trust\w*|strength(?:s)?|opportunit\w*",
        r"danger\w*|unsafe|insecur\w*|expos\w*|high-risk|harm\w*|disadvantage\w*|drawback\w*"
        r"|risk[sy]?|distrust\w*|weakness\w*|threat\w*|vulnerab\w*",
        r"安全(?!保障)|安心|保護|保全|低リスク|利点|長所|信頼|強み|有利|有益|メリット|機会",
        r"危険|脅威|侵害|漏え?い|高リスク|欠点|短所|不信|弱み|不利|有害|デメリット|損失",
    ),
    "outcome": (
        r"succe\w+|achiev\w*|pass(?:es|ed|ing)|complet\w*|solv\w*|resolv\w*|met|meet(?:s)?"
        r"|win(?:s|ning)?|won|retain\w*|keep\w*|kept|maintain\w*|remain\w*",
        r"fail\w*|miss(?:es|ed|ing)|los(?:e|es|t|ing|s)|defeat\w*|lack\w*|unsuccessful\w*"
        r"|forfeit\w*|chang(?:e|es|ed|ing)",
        r"成功|達成|合格|完了|解決|実現|維持|満た",
        r"失敗|未達|不合格|未完|失(?:わ|う|い|っ)|喪失|頓挫|不足|欠け",
    ),
    "range": (
        r"broad(?:ly)?|wide(?:ly|r)?|comprehensive|general|long-?term|long|large(?!st)|major"
        r"|high(?:ly)?|deep(?:ly|er)?|strong(?:ly)?|early|immediate(?:ly)?|at once|rapid\w*"
        r"|fast|quick\w*|frequent\w*|active(?:ly)?|great",
        r"narrow(?:ly|er)?|limited|specific|short-?term|short|small(?!est)|minor|low"
        r"|shallow\w*|weak(?:ly)?|late(?!st)|slow(?:ly)?|gradual\w*|step by step|infrequent\w*"
        r"|passive(?:ly)?|scarce|little|superficial",
        r"広(?:い|く|範)|包括|長期|大規模|主要|深(?:い|く)|積極|早期|早(?:い|く|急)|急(?:速"
        r"|激)|迅速|頻繁|大型|緊急|一斉|直ち|即(?:時|座)|優れ|高度|全般|抜本|恒久|恒常",
        r"狭(?:い|く)|限定的|短期|小規模|副次|浅(?:い|く)|消極|遅(?:い|く|れ)|緩やか|徐々"
        r"|段階的|小型|当面|低度|部分的|一時的|暫定|表面的|末期",
    ),
    "access": (
        r"open(?:ness|ly)?|public(?:ly)?|transparent|transparency|disclos\w*|free(?:dom|ly)?"
        r"|shar(?:e|es|ed|ing)|publish\w*",
        r"clos(?:ed|ing)|private(?:ly)?|opaque|opacity|conceal\w*|confidential\w*|secret\w*"
        r"|withh[eo]ld\w*|hid(?:e|den|ing|es)",
        r"公開|開かれ|オープン|透明|公立|公表|共有|自由|開放",
        r"非公開|閉じ|閉ざ|閉鎖|クローズ|不透明|私立|秘匿|秘密|独占|隠",
    ),
    "rank": (
        r"first(?:ly)?|initial(?:ly)?|primary|begin(?:ning)?|upper|top(?:-down)?|senior"
        r"|undergraduate|maximum|former",
        r"last(?:ly)?|final(?:ly)?|secondary|end|lower|bottom(?:-up)?|junior|graduate"
        r"|postgraduate|minimum|latter",
        r"最初|当初|冒頭|上位|トップ|初め|最大|学部|前者|上級|前半|前期",
        r"最後|最終|末尾|下位|ボトム|終わり|最小|大学院|後者|下級|後半|後期",
    ),
    "likeness": (
        r"same|similar\w*|equal\w*|equivalent|identical|common|agree\w*|consistent\w*|together"
        r"|joint\w*|collaborative\w*|cooperat\w*",
        r"different\w*|dissimilar\w*|unequal\w*|distinct|separate(?:ly)?|differ(?:s|ed|ing)?"
        r"|diverge\w*|independent\w*|alone|compet\w*",
        r"同(?:じ|等|一|様|質)|共通|類似|一致|共同|協調|協力",
        r"異(?:な|質)|相違|別(?:の|々|個)|独自|不一致|単独|対立|競争",
    ),
    "worth": (
        r"important|importance|significan\w*|essential|vital|crucial|critical|key|positive\w*"
        r"|good|excellent|high-quality|valuable|unique|necessary|main",
        r"trivial|insignifican\w*|optional|negligible|unimportant|irrelevant|negative\w*|bad"
        r"|poor|low-quality|worthless|ordinary|unnecessary|peripheral|dispensable",
        r"重要|重大|不可欠|必須|肯定|良(?:い|好)|優秀|有効|有用|必要|大切|適切",
        r"些細|軽微|任意|否定|悪(?:い|影)|不良|劣悪|無効|無用|不要|無意味|不必要|不適切|瑣末|余計",
    ),
    "sure": (
        r"clear(?:ly)?|certain(?:ly|ty)?|definit\w*|confirm\w*|formal\w*|official\w*|possible"
        r"|easy|easily|simple|able",
        r"unclear|uncertain\w*|tentativ\w*|provisional\w*|informal\w*|unofficial\w*|impossible"
        r"|difficult\w*|hard(?:ly)?|complex|unable",
        r"明確|確定|確実|正式|公式|容易|簡単|可能",
        r"不明|未定|不確|非公式|困難|難し|不可能|曖昧",
    ),
}
