"""Rules of words that make a Japanese sentence false.

A rule is (kind, name, pattern, replacement as `re.Match.expand` takes it).
"""

from evals.mutations_en import Rule

#: Dictionary form and negative form of predicates that end sentences in official prose.
_PREDICATES = """
行う>行わない 図る>図らない 示す>示さない 挙げる>挙げない 述べる>述べない 含む>含まない 広げる>広げない
進める>進めない 高める>高めない 設ける>設けない 担う>担わない 持つ>持たない 求める>求めない
認める>認めない 支える>支えない 続ける>続けない もたらす>もたらさない 及ぼす>及ぼさない 促す>促さない
扱う>扱わない ある>ない なる>ならない いる>いない れる>れない できる>できない する>しない
"""
#: The same for past forms.
_PAST = """
した>しなかった された>されなかった あった>なかった られた>られなかった なった>ならなかった
行った>行わなかった 始めた>始めなかった 挙げた>挙げなかった いた>いなかった 送った>送らなかった
広げた>広げなかった 設けた>設けなかった 受けた>受けなかった われた>われなかった 増えた>増えなかった
"""
_END = r"(?=[。」]|$)"


def _pairs(table: str) -> tuple[tuple[str, str], ...]:
    return tuple((old, new) for old, new in (pair.split(">") for pair in table.split()))


_NEGATION: tuple[Rule, ...] = (
    *(("negation", "predicate", old + _END, new) for old, new in _pairs(_PREDICATES)),
    *(("negation", "past", rf"{old}{_END}", new) for old, new in _pairs(_PAST)),
    ("negation", "である", rf"である{_END}", "ではない"),
    ("negation", "だ", rf"(?<=[一-龯ァ-ヶ])だ{_END}", "ではない"),
    ("negation", "ます", rf"ます{_END}", "ません"),
    ("negation", "ました", rf"ました{_END}", "ませんでした"),
    ("negation", "です", rf"です{_END}", "ではありません"),
    ("negation", "とは限らない", r"(?<=[るいう])(?:。)$", "とは限らない。"),
    ("negation", "わけではない", r"(?<=[るいうた])(?:。)$", "わけではない。"),
    ("negation", "ことはない", r"(?<=[るう])(?:。)$", "ことはない。"),
    ("negation", "せず", r"(?<=[一-龯])し、", "せず、"),
    ("negation", "せずに", r"(?<=[一-龯])して、", "せずに、"),
    ("negation", "ではなく", r"であり、", "ではなく、"),
    ("negation", "ではない", r"(?<=[一-龯])な(?=[一-龯]{2})", "ではない"),
    ("negation", "くない", r"(高|強|広|深|多|大き)い(?=[一-龯])", r"\1くない"),
    ("negation", "ない kept", r"していない", "している"),
    ("negation", "されていない", r"されていない", "されている"),
    ("negation", "できない", r"できない", "できる"),
    ("negation", "ではない dropped", r"(?:では|で)ない" + _END, "である"),
    ("negation", "なかった", r"しなかった", "した"),
    ("negation", "がない", r"がない|は(?:まだ)?ない" + _END, "がある"),
    ("negation", "てはならない", r"てはならない", "てよい"),
    ("negation", "書かれていない", r"(れて|えて|して|って)いない", r"\1いる"),
    ("negation", "ない dropped", r"(れ|られ|せ)ない", r"\1る"),
    ("negation", "せず dropped", r"せず", "し"),
    ("negation", "なく", r"ではなく、?", "であり、"),
    ("negation", "不十分", "不十分", "十分"),
    ("negation", "十分", r"(?<!不)十分", "不十分"),
    ("negation", "可能", r"(?<![不持])可能(?!性)", "不可能"),
    ("negation", "必要", r"必要(?:がある|である|だ)" + _END, "必要はない"),
    ("negation", "不可欠", "不可欠", "不要"),
    ("negation", "透明", r"(?<!不)透明", "不透明"),
    ("negation", "なしに", r"によって(?=[一-龯])", "なしに"),
    ("negation", "公開", r"(?<!非)公開", "非公開"),
    ("negation", "未", r"実施(?=[しさ])", "未実施と"),
)

_FORCE: tuple[Rule, ...] = (
    ("force", "must to may", r"しなければならない", "してもよい"),
    ("force", "must to strive", r"しなければならない", "するよう努める"),
    ("force", "must to should", r"する必要がある", "することが望ましい"),
    ("force", "must to can", r"(?:する)?必要(?:がある|である|だ)", "することができる"),
    ("force", "必要 to 望ましい", r"(?<=が)必要(?=である|だ|。|と)", "望ましいもの"),
    ("force", "不可欠 to 有益", r"(?:必要)?不可欠", "任意"),
    ("force", "べき to できる", r"すべき(?:である|だ)?", "することができる"),
    ("force", "べき to must", r"すべきである", "しなければならない"),
    ("force", "prohibition", r"てはならない", "ないことが望ましい"),
    ("force", "can to must", r"することができる", "しなければならない"),
    ("force", "can to must", r"(?<=[一-龯])できる", "しなければならない"),
    ("force", "can dropped", r"することができる", "する"),
    ("force", "can dropped", r"(?<=[一-龯])できる", "する"),
    ("force", "求められる", r"することが求められ(?=る)", "することが許され"),
    ("force", "求められる to できる", r"が求められる", "が可能である"),
    ("force", "strive dropped", r"するよう努め(?=る)", "しなければならないとす"),
    ("force", "努める", r"に努める", "を義務付けられる"),
    ("force", "目指す", r"を目指(?:す|している)", "を義務とする"),
    ("force", "予定", r"する予定である", "しなければならない"),
    ("force", "予定 dropped", r"する予定である", "した"),
    ("force", "かもしれない", r"(?<=[るうい])かもしれない", ""),
    ("force", "可能性", r"する可能性がある", "する"),
    ("force", "可能性 to 必要", r"可能性がある", "必要がある"),
    ("force", "おそれ", r"(?:する)?おそれがある", "することになる"),
    ("force", "plain to must", rf"(?<=[一-龯])する{_END}", "しなければならない"),
    ("force", "plain to can", rf"(?<=[一-龯])する{_END}", "することができる"),
    ("force", "plain to may", rf"(?<=[一-龯])する{_END}", "するかもしれない"),
    ("force", "plain to should", rf"(?<=[一-龯])する{_END}", "すべきである"),
    ("force", "ている to must", rf"(?<=[一-龯])している{_END}", "しなければならない"),
    ("force", "ている to 予定", rf"(?<=[一-龯])している{_END}", "する予定である"),
    ("force", "られる to must", rf"(?<=[一-龯])される{_END}", "されなければならない"),
    ("force", "られる to may", rf"(?<=[一-龯])される{_END}", "される可能性がある"),
    ("force", "である to べき", rf"である{_END}", "であるべきだ"),
    ("force", "である to だろう", rf"である{_END}", "であろう可能性がある"),
    ("force", "期待", r"が期待される", "が義務付けられる"),
)

_QUANTITY: tuple[Rule, ...] = (
    ("quantifier", "all to some", r"(?:すべて|全て)の", "一部の"),
    ("quantifier", "all dropped", r"(?:すべて|全て)の", "多くの"),
    ("quantifier", "some to all", r"一部の", "すべての"),
    ("quantifier", "many to all", r"多くの", "すべての"),
    ("quantifier", "many to few", r"多くの", "少数の"),
    ("quantifier", "few to most", r"いくつかの|複数の", "すべての"),
    ("quantifier", "most to all", r"(?:ほとんど|大半|大部分)の?", "すべて"),
    ("quantifier", "each to some", r"各(?=大学|機関|国|プロ)", "一部の"),
    ("quantifier", "only dropped", r"(?:のみ|だけ)(?=[をがにで])(?!で(?:は)?なく)", ""),
    ("quantifier", "only added", r"(?<=[一-龯ァ-ヶー])を(?=[一-龯]{2}する|[一-龯]{2}し)", "のみを"),
    ("quantifier", "only added", r"(?<=[一-龯ァ-ヶー])に(?:対して|ついて)", "だけに対して"),
    (
        "quantifier",
        "all added",
        r"(?<=[、はのがを])(大学|研究者|学生|機関|教員)(?=[はがをにの])",
        r"すべての\1",
    ),
    (
        "quantifier",
        "some added",
        r"(?<=[、はのがを])(大学|研究者|学生|機関|教員)(?=[はがをにの])",
        r"一部の\1",
    ),
    ("quantifier", "ge to le", r"(?<=[人名年月日件校円%％倍回国社割分歳])以上", "以下"),
    ("quantifier", "le to ge", r"(?<=[人名年月日件校円%％倍回国社割分歳])以下", "以上"),
    ("quantifier", "lt to gt", "未満", "以上"),
    ("quantifier", "gt to lt", r"を超える|を超え", "に満たない"),
    ("quantifier", "about dropped", r"約(?=\d)", ""),
    ("quantifier", "about to ge", r"約(?=\d)", "少なくとも"),
    ("quantifier", "about to half", r"ほぼ半数", "過半数"),
    ("quantifier", "at least", "少なくとも", "最大でも"),
    ("quantifier", "at most", r"最大(?=\d)", "最低"),
    ("quantifier", "mainly to only", r"主に", "もっぱら"),
    ("quantifier", "mainly to all", r"主に", "すべて"),
    ("quantifier", "bound added", r"(?<=\d)(人|か国|校|件|大学|単位|プログラム)(?!以|未|を超|間)", r"\1以上"),
    ("quantifier", "both", r"両方|双方", "いずれか一方"),
)

#: Words and their opposites.
_OPPOSITES = """
増加>減少 減少>増加 増え>減っ 拡大>縮小 縮小>拡大 強化>弱化 向上>低下 低下>向上 促進>阻害 推進>抑制
受入れ>派遣 受け入れ>派遣 受入>送出 派遣>受入 輸出>輸入 国内>国外 海外>国内 諸外国>国内 上回>下回
下回>上回 軽減>増大 支援>妨害 賛成>反対 開始>終了 設立>廃止 設置>廃止 導入>撤廃 長期>短期 短期>長期
急速>緩慢 段階的>一斉 広げ>狭め 高め>低め 深め>薄め 以前>以後 流出>流入 同等>異質 公表>秘匿 重要>些細
許可>禁止 締結>破棄 より包括的>より限定的 激化>緩和 強め>弱め 広範>限定的 開かれた>閉ざされた
"""
_DIRECTION: tuple[Rule, ...] = (
    *(("direction", "opposite", old, new) for old, new in _pairs(_OPPOSITES)),
    ("direction", "before after", r"(?<=[のた])後(?=[、に])", "前"),
    ("direction", "before after", r"(?<=[の])前(?=[、に])", "後"),
    ("direction", "から へ", r"([一-龯ァ-ヶー]{2,12})から([一-龯ァ-ヶー]{2,12})(へ|に|まで)", r"\2から\1\3"),
    ("direction", "ではなく", r"([一-龯ァ-ヶー]{2,12})ではなく、?([一-龯ァ-ヶー]{2,12})", r"\2ではなく\1"),
    ("direction", "以降", r"(?<=年)以降", "以前"),
    ("direction", "first last", r"最初の", "最後の"),
)

_ACTORS: tuple[Rule, ...] = tuple(
    ("body", "actor", old, new)
    for old, new in (
        (r"研究者", "学生"),
        (r"(?<!留)学生", "研究者"),
        (r"政府", "企業"),
        (r"(?<![一-龯])大学(?=[はがを])", "企業"),
        (r"著者ら", "政府"),
        (r"教員", "職員"),
        (r"産業界", "政府"),
    )
)

JAPANESE: tuple[Rule, ...] = (*_NEGATION, *_FORCE, *_QUANTITY, *_DIRECTION, *_ACTORS)
