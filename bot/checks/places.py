"""Countries, regions and cities by one name for both languages: 中国, China and Chinese are one place."""

import re
from functools import cache

#: English forms | Japanese forms; the first English form is the name.
_PLACES = """
Japan Japanese Japan's|日本 我が国 わが国
China Chinese PRC|中国 中華人民共和国
Korea Korean|韓国
Taiwan Taiwanese|台湾
Mongolia Mongolian|モンゴル
India Indian|インド
Indonesia Indonesian|インドネシア
Vietnam Vietnamese|ベトナム
Thailand Thai|タイ王国 タイの タイ、 タイと
Malaysia Malaysian|マレーシア
Singapore Singaporean|シンガポール
Philippines Philippine Filipino|フィリピン
Brunei|ブルネイ
Cambodia Cambodian|カンボジア
Myanmar Burmese|ミャンマー
Laos Laotian|ラオス
America American USA U.S. US|米国 アメリカ 合衆国
Britain British UK U.K. England English|英国 イギリス
Germany German|ドイツ 独国
France French|フランス 仏国
Italy Italian|イタリア
Spain Spanish|スペイン
Netherlands Dutch|オランダ
Belgium Belgian|ベルギー
Switzerland Swiss|スイス
Sweden Swedish|スウェーデン
Norway Norwegian|ノルウェー
Finland Finnish|フィンランド
Denmark Danish|デンマーク
Russia Russian|ロシア
Ukraine Ukrainian|ウクライナ
Turkey Turkish|トルコ
Egypt Egyptian|エジプト
Kenya Kenyan|ケニア
Ethiopia Ethiopian|エチオピア
Iran Iranian|イラン
Israel Israeli|イスラエル
Australia Australian|オーストラリア 豪州
Zealand|ニュージーランド
Canada Canadian|カナダ
Brazil Brazilian|ブラジル
Mexico Mexican|メキシコ
Asia Asian|アジア
Europe European EU|欧州 ヨーロッパ
Africa African|アフリカ
Tokyo|東京
Kyoto|京都
Osaka|大阪
Nagoya|名古屋
Sendai|仙台
Fukuoka|福岡
Hiroshima|広島
Sapporo|札幌
Tsukuba|筑波
Dalian|大連
Beijing|北京
Shanghai|上海
Seoul|ソウル
Bangkok|バンコク
Hanoi|ハノイ
London|ロンドン
Paris|パリ
Ulaanbaatar|ウランバートル
Leiden|ライデン
""".strip()


@cache
def _english() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _PLACES.splitlines():
        names = line.split("|")[0].split()
        table.update({name.lower(): names[0] for name in names if name not in ("US", "English")})
    return table


@cache
def _japanese() -> tuple[re.Pattern[str], dict[str, str]]:
    table: dict[str, str] = {}
    for line in _PLACES.splitlines():
        english, japanese = line.split("|")
        table.update({name: english.split()[0] for name in japanese.split()})
    joined = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    return re.compile(rf"(?<![ァ-ヶー])(?:{joined})(?![ァ-ヶー])"), table


_ENGLISH_WORD = re.compile(r"\b(?:U\.S\.A?|U\.K|[A-Z][A-Za-z]+)\b\.?")


def place(word: str) -> str:
    """The place that an English word names, or ""."""
    return _english().get(word.lower().rstrip(".") + ("." if "." in word.rstrip(".") else ""), "")


def places(text: str) -> tuple[tuple[str, int, int], ...]:
    """(place, start, end) of every place that a text names, in either language."""
    pattern, table = _japanese()
    found = [(table[m.group()], m.start(), m.end()) for m in pattern.finditer(text)]
    for match in _ENGLISH_WORD.finditer(text):
        name = place(match.group())
        if name:
            found.append((name, match.start(), match.end()))
    return tuple(sorted(found, key=lambda item: item[1:]))
