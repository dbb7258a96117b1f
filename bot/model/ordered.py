"""A message that gives the desk orders instead of asking: a short reply without a search. Pure.

The forms are those by which a document would speak to whoever writes an answer. No lock: who hides an order in a question has it
searched for, and what is shown is checked as ever.
"""

import re
import unicodedata
from collections.abc import Mapping

from bot.model.injected import speaks_to_writer
from ingest.language import sentences
from ingest.types import Language

#: What asks, whatever it speaks of ("What if the instructions are ignored?", 「規則に従わない場合の対応を教えてください」): a message with
#: such a sentence is searched for, and what is told besides has no effect on a search.
_ASKS = re.compile(
    r"(?:[?？]|か[。.]?|(?:教えて|説明して)(?:ください|下さい|ほしい|くださいませんか|もらえますか)?(?:です)?[。.]?|知りたい(?:です|のですが)?[。.]?)\s*$|"
    r"\b(?:tell|show|give) (?:me|us)\b"
)
_REPLY: Mapping[Language, str] = {
    "ja": "このデスクは、質問の中の指示や命令には従いません。収録資料について知りたいことを、質問の形でお書きください。",
    "en": "The desk does not follow orders given in a message. Please ask what you would like to know from its documents.",
}


def ordered(question: str, language: Language) -> str:
    """The reply to a message that tells the desk what to say or to be; empty for a question."""
    plain = unicodedata.normalize("NFKC", question)
    if any(_ASKS.search(plain[start:end]) for start, end in sentences(plain)):
        return ""
    return _REPLY[language] if speaks_to_writer(plain) else ""
