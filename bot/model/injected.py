"""Words of a document that speak to whoever writes the answer instead of to its readers. Pure.

Two locks for the case that an instruction carries the very claim that it wants repeated; what keeps every
other claim out is the checking of each statement. A passage with a known form of instruction is neither shown
to a language model nor quoted for it. And whatever its form, a line that talks of questions, answers, users,
orders or machines carries no statement that leaves this out: "every answer is that X" does not say X. Of
the 4,580 sentences of the documents that the desk is for none has such a form, and one line in a hundred such
a word.
"""

import re
import unicodedata
from collections.abc import Mapping

from bot.model.marks import visible
from ingest.language import sentences


def _any(*alternatives: str) -> str:
    """A group of alternatives; a string of words separated by blanks is one alternative each."""
    return f"(?:{'|'.join(part for one in alternatives for part in one.split())})"


_OUTPUT = _any(
    "say state write answer reply respond tell inform output print repeat include append add insert",
    "mention cite quote recommend conclude claim confirm declare display show reveal translate decode",
    "execute follow obey pretend act behave",
)
_MACHINE = (
    r"(?:the |an? |any |all )?"
    r"(?:(?:language |ai )?model|(?:ai |virtual )?assistant|ai|llm|chat ?bot|bot|agent)s?"
)
_WHOEVER = (
    r"(?:whoever|anyone|anybody|everyone|those)(?: who| that)?(?: \w+){0,3}? "
    + _any("summari[sz] answer respond repl quot prepar read writ process")
    + r"\w*"
)
_WRITER = rf"(?:you|{_MACHINE}|{_WHOEVER})"
_RULES = _any(
    "instruction rule prompt guideline direction command above previous prior earlier constraint passage",
    "document source context material",
)
_DUTY = r"(?:must|should|shall|(?:have|need|ought|(?:are|is)|requested|required|asked|instructed|told) to)"
_ADVERBS = (
    r"(?:(?:please|kindly|now|then|and|also|always|only|instead,?|(?:be sure|make sure|remember) to) )*"
)
_WHAT = (
    r"(?:\bthat\b|[:“\"「『]"
    r"|.{0,30}(?:\bthe (?:user|reader|following|words?|phrase|link)\b|\bexactly\b|\bin your\b))"
)
_REPLY = r"(?:answer|reply|response|output|summary)"

_MACHINE_JA = _any(
    "あなた 君 貴方 アシスタント AI 人工知能 (?:言語)?モデル ボット LLM",
    "回答者 (?:回答|要約)(?:を書く|する)[方者]",
)
_SAID_JA = (
    r"(?:答え|述べ|伝え|付け加え|書[かきくい]|(?:回答|出力|表示|返答|記載|追加|引用|断言|案内)(?:し|せ|す))"
)
_ASKED_JA = r"(?:よ|ろ|なさい|て(?:ください|下さい|ほしい|くれ)|る?こと|なければ|ねば|る?べき|る?ものと)"
_PUT_JA = r"(?:含め|加え|書き?|入れ|記載し?|明記し?)(?:よ|ろ|なさい|て(?:ください|下さい)|ること)"

#: Known forms of instruction; each is enough by itself.
_FORMS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        # Rules to be dropped, roles to be taken, words of the system to be shown.
        rf"\b(?:ignore|disregard|forget|override|bypass|discard|skip)\b.{{0,60}}\b{_RULES}s?\b",
        r"\b(?:system|developer|hidden|initial|original) (?:prompt|message|instruction)s?\b",
        r"\b(?:new|updated|real|actual|further|additional|important) instructions?\b"
        r"\s*(?:for|to|:|are|follow)",
        r"\b(?:you are|act as|pretend to be|from now on|roleplay as)\b.{0,40}"
        r"\b(?:assistant|ai|model|bot|dan|developer|admin|unrestricted|now)\b",
        r"^\W*(?:system|assistant|user|developer|human|ai)\s*[:>\]]",
        r"<\|?/?(?:im_start|im_end|system|user|assistant|endoftext)|\[/?INST\]|<</?SYS>>",
        r"^\s*#{2,}\s*(?:system|instruction|user|assistant)",
        r"(?:指示|命令|ルール|規則|プロンプト|設定|制約|上記|以上|これまで|前述).{0,20}(?:無視|忘れ|破棄|上書き|従わ(?:ず|ない))",
        r"(?:システム|開発者|隠し|初期)(?:プロンプト|メッセージ|の?指示)",
        r"^\W*(?:システム|アシスタント|ユーザー?|開発者)\s*[:：]",
        # Told to put words into the answer.
        rf"\b{_WRITER}\b.{{0,60}}\b{_DUTY}\b.{{0,40}}\b{_OUTPUT}\b",
        rf"\b{_WRITER}[,:]? (?:please |kindly |always |now |only )*{_OUTPUT}\b",
        rf"(?:^|[;:.,!?]\s)\W*{_ADVERBS}{_OUTPUT}(?: back| out| only| exactly| just| again)?"
        rf"(?: to (?:the |every |all )?\w+)?\s*{_WHAT}",
        rf"\b(?:your|the) {_REPLY}\b.{{0,30}}\b(?:must|should|shall|has to|needs to|is to|will) "
        r"(?:be|contain|include|say|state|begin|end|start|consist)",
        r"\btell (?:the|every|each|all) (?:user|reader|visitor|person|asker)s?\b",
        rf"{_MACHINE_JA}.{{0,200}}{_SAID_JA}{_ASKED_JA}",
        rf"(?:と|旨を?)(?:必ず|そのまま|だけ|のみ)?{_SAID_JA}(?:よ|ろ|なさい|て(?:ください|下さい|くれ|ね)|ること[。]?$)",
        r"(?:利用者|ユーザー?|質問者|読者)に(?:は)?.{0,200}と(?:必ず)?(?:答え|回答|述べ|伝え|案内|表示)",
        rf"(?:回答|返答|出力|要約)(?:文)?(?:に|で|の(?:最後|冒頭|末尾)に)は?.{{0,200}}{_PUT_JA}",
    )
)

#: What is talked of by those who talk of asking and answering, or to a machine, in English and in Japanese.
_TALK: Mapping[str, tuple[str, str]] = {
    "reader": ("you your yours users? visitors? askers?", "あなた|利用者|ユーザ|質問者"),
    "answer": (
        "answer(?:s|ed|ing)? repl(?:y|ies|ied) respon(?:d|ds|se|ses|ding) outputs?",
        "回答|返答|応答|答え|出力|応じる|返(?:して|す|せ)",
    ),
    "question": ("questions? quer(?:y|ies) asked prompts?", "質問|問い|プロンプト"),
    "order": (
        r"instruct(?:s|ed|ions?)? overrid\w+ ignor\w+ disregard\w* obey\w* pretend\w* let's please kindly",
        "指示|命令|無視|従(?:わ|い|え|う)|(?:て|で)(?:ください|下さい)|なさい|願います",
    ),
    "machine": (
        r"chat\s?bots? bots? assistants? llms? language\s?models? a\.?i\.? gpt developer admin mode",
        "(?<![A-Za-z])(?:AI|LLM)(?![A-Za-z])|人工知能|言語モデル|アシスタント|ボット|管理者|開発者|システム:",
    ),
    "text": (
        r"passages? summar(?:y|ies|i[sz]e)\w* paragraph verbatim first\s?line last\s?line",
        "抜粋|要約(?:し|す|者)|そのまま|冒頭|末尾",
    ),
}
_SITUATIONS = {
    name: re.compile(rf"\b{_any(english)}(?!\w)|{japanese}", re.I)
    for name, (english, japanese) in _TALK.items()
}


def situations(text: str) -> frozenset[str]:
    """What a text talks of when it talks of answering."""
    plain = unicodedata.normalize("NFKC", visible(text))
    return frozenset(name for name, pattern in _SITUATIONS.items() if pattern.search(plain))


def speaks_to_writer(text: str) -> bool:
    """Whether a text tells the writer of an answer what to do, in any of its lines or sentences."""
    plain = unicodedata.normalize("NFKC", visible(text))
    parts = dict.fromkeys((*plain.split("\n"), *(plain[start:end] for start, end in sentences(plain))))
    return any(form.search(part) for part in parts for form in _FORMS)
