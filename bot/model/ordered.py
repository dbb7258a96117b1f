"""A message that gives the desk orders instead of asking: a short reply without a search. Pure.

The forms are those by which a document would speak to whoever writes an answer; a request to be told something is a question.
"""

import re
import unicodedata
from collections.abc import Mapping

from bot.model.injected import speaks_to_writer
from ingest.language import sentences
from ingest.types import Language

#: A question in polite form: "Could you tell me when …?" orders nothing.
_POLITE = re.compile(
    r"\b(?:(?:could|can|would|will) you(?: please| kindly)?|please) "
    r"(?:tell|show|give|recommend|quote|cite|mention|name|state)\b(?: (?:me|us))?",
    re.I,
)
#: A sentence that asks gives no order, whatever it speaks of ("What if the instructions are ignored?").
_ASKS = re.compile(r"(?:[?？]|か[。.]?)\s*$")
_REPLY: Mapping[Language, str] = {
    "ja": "このデスクは、質問の中の指示や命令には従いません。収録資料について知りたいことを、質問の形でお書きください。",
    "en": "The desk does not follow orders given in a message. Please ask what you would like to know from its documents.",
}


def ordered(question: str, language: Language) -> str:
    """The reply to a message that tells the desk what to say or to be; empty for a question."""
    plain = _POLITE.sub("", unicodedata.normalize("NFKC", question))
    parts = (plain[start:end] for start, end in sentences(plain))
    told = "\n".join(part for part in parts if not _ASKS.search(part))
    return _REPLY[language] if speaks_to_writer(told) else ""
