"""Ways to reach someone: which of them a question asks for, which a line shows, and whether it is an office's. Pure.

An office's telephone and address may be quoted where one asks for them; a mailbox, a mobile or a home is somebody's own, and
so is whatever stands beside a person's name.
"""

import re
import unicodedata
from typing import Literal

from bot.privacy import find_personal

Whose = Literal["", "office", "own"]

_ASKS = re.compile(
    r"(?:電話|ファッ?クス|ファクシミリ|FAX)(?:の?番号)?(?:は|を|って|が|[?？。]|$)|"
    r"(?:住所|メールアドレス|郵便番号|連絡先|所在地)(?:は|を|って|が)?、?(?:何|なん|どこ|どちら|教え|知りた|[?？。]|$)|"
    r"(?<!my )(?<!our )(?<!your )\b(?:phone|telephone|fax|e-?mail|postal) (?:number|address)\b|\b(?:fax|phone|telephone) ?\?|"
    r"\bcontact (?:details|information|address)\b|\bhow (?:can|do) (?:i|we|one) (?:contact|reach|call|phone)\b",
    re.I,
)
_FAX = re.compile(r"(?:(?<![A-Za-z])fax|ファッ?クス|ファクシミリ)[^\d(+]{0,8}[+(]?\d[\d ()-]{5,20}", re.I)
_TELEPHONE = re.compile(r"(?<![\d-])\(?0\d{1,4}\)?[- ]\d{1,4}[- ]\d{3,4}(?!\d)|\+\d{1,3}[- (][\d ()-]{6,20}")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]+)+")
_POSTAL = re.compile(r"〒 ?\d{3}|(?<![\d)-])(?<!\) )\d{3}-\d{4}(?![\d-])")
#: What stands before a range of pages, which looks like a postal code.
_PAGES = re.compile(r"\bpp?(?:ages?)?\b[. ]", re.I)
_LABELLED = re.compile(
    r"(?:(?<![A-Za-z])(?:T ?E ?L|Phone|Fax)|電話(?:番号)?|ファッ?クス(?:番号)?|ファクシミリ)[\s.:]{0,3}[+(]?\d",
    re.I,
)
_MOBILE = re.compile(r"(?:81|0)[789]0\d{8}$")
_OWN = re.compile(r"携帯|自宅|個人(?!情報)|(?<![A-Za-z])(?:mobile|cell|home|private)(?![A-Za-z])", re.I)
_NAMED = re.compile(r"氏(?![一-龯])|さん|先生|教授|\b(?:Prof|Dr|Mr|Ms|Mrs)\b")


def asks(text: str) -> bool:
    """Whether a question (NFKC applied) asks how to reach someone."""
    return bool(_ASKS.search(text))


def reaches(question: str, text: str) -> bool:
    """Whether a text (NFKC applied) shows the way that the question asks for: a telephone number is no address."""
    said = question.casefold()
    without_fax = _FAX.sub(" ", text)
    ways = (
        (re.search(r"fax|ファッ?クス|ファクシミリ", said), _FAX.search(text)),
        (re.search(r"mail|メール", said), _MAIL.search(text)),
        (re.search(r"phone|電話|\bcall\b", said), _TELEPHONE.search(without_fax)),
        (
            re.search(r"(?<!mail )address|住所|郵便|postal|どこ|所在地|\bwhere\b", said),
            _POSTAL.search(_TELEPHONE.sub(" ", without_fax)),
        ),
    )
    return any(shown for asked, shown in ways if asked or not any(one for one, _ in ways))


def whose(line: str) -> Whose:
    """Whose way to be reached a line shows; empty where it shows none."""
    text = unicodedata.normalize("NFKC", line)
    found = [(item.kind, text[item.start : item.end]) for item in find_personal(text)]
    phones = [words for kind, words in found if kind == "phone"]
    own = any(kind == "e-mail" for kind, _ in found) or any(_MOBILE.match(_digits(one)) for one in phones)
    abroad = any(one.startswith("+") for one in phones)
    postal = _POSTAL.search(text) and not _PAGES.search(text)
    if not (own or abroad or postal or _LABELLED.search(text)):
        return ""
    return "own" if own or _OWN.search(text) or _NAMED.search(text) else "office"


def _digits(number: str) -> str:
    return "".join(filter(str.isdecimal, number.replace("(0)", "")))
