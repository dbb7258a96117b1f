"""Older and variant characters -> today's, one for one, so that offsets hold: 國立大學 is 国立大学.

Of the characters that the lists of 1946 and 1981 replaced, those that stand in words of administration and scholarship,
and variants that names keep (髙橋, 﨑). A character that stands for several today (辨, 瓣 and 辯 are all 弁) is among them;
one that is a word of its own today is not.
"""

_OLD = (
    "國學會總經濟獨讓硏敎髙﨑澤邊齋廣發變應點體圖畫聲藝勞壓圍醫壹榮營衛驛圓鹽奧歐假價擴殼覺樂渴觀關陷卷歸氣龜僞戲"
    "犧舊擧峽挾區驅勳徑惠揭溪莖螢輕鷄縣儉劍圈檢權獻險顯驗嚴效恆黃鑛號碎濟劑雜參慘棧蠶贊殘絲齒兒辭實寫釋壽收從澁"
    "獸縱肅處敍將燒稱證乘剩壤孃條淨狀疊觸寢愼眞盡粹醉隨髓樞數聲靜齊攝竊專戰淺潛纖踐錢禪曾雙壯搜爭窗莊裝騷增藏臟"
    "屬續墮對帶滯臺瀧擇擔膽團斷彈遲晝蟲鑄廳聽敕鎭遞鐵轉傳黨盜燈當鬪德獨讀屆貳惱腦霸廢拜賣麥髮拔濱竝邊辨瓣辯舖"
    "穗寶豐沒飜萬滿默彌藥譯豫餘與譽搖樣謠來賴亂覽龍兩獵壘勵禮隸靈齡戀爐郞錄灣"
)
_NEW = (
    "国学会総経済独譲研教高崎沢辺斎広発変応点体図画声芸労圧囲医壱栄営衛駅円塩奥欧仮価拡殻覚楽渇観関陥巻帰気亀偽戯"
    "犠旧挙峡挟区駆勲径恵掲渓茎蛍軽鶏県倹剣圏検権献険顕験厳効恒黄鉱号砕済剤雑参惨桟蚕賛残糸歯児辞実写釈寿収従渋"
    "獣縦粛処叙将焼称証乗剰壌嬢条浄状畳触寝慎真尽粋酔随髄枢数声静斉摂窃専戦浅潜繊践銭禅曽双壮捜争窓荘装騒増蔵臓"
    "属続堕対帯滞台滝択担胆団断弾遅昼虫鋳庁聴勅鎮逓鉄転伝党盗灯当闘徳独読届弐悩脳覇廃拝売麦髪抜浜並辺弁弁弁舗"
    "穂宝豊没翻万満黙弥薬訳予余与誉揺様謡来頼乱覧竜両猟塁励礼隷霊齢恋炉郎録湾"
)
_TODAY = str.maketrans(_OLD, _NEW)


def today(text: str) -> str:
    """A text with today's characters; as long as it was."""
    return text.translate(_TODAY)
