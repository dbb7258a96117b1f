"""Words of a document that speak to whoever writes the answer instead of to its readers. Pure.

Two locks for the case that an instruction carries the very claim that it wants repeated; what keeps every other claim
out is the checking of each statement. A passage with a known form of instruction is neither shown to a language model
nor quoted for it. And whatever its form, a line that talks of questions, answers, users, orders or machines carries no
statement that leaves this out: "every answer is that X" does not say X. Of the 4,580 sentences of the documents that
the desk is for none has such a form, and about one line in a hundred such a word.
"""

import re
import unicodedata

from bot.marks import visible
from ingest.language import sentences

_OUTPUT = (
    r"(?:say|state|write|answer|reply|respond|tell|inform|output|print|repeat|include|append|add|insert|mention|cite|quote"
    r"|recommend|conclude|claim|confirm|declare|display|show|reveal|translate|decode|execute|follow|obey|pretend|act|behave)"
)
_WRITER = (
    r"(?:you|(?:the |an? |any |all )?(?:ai|a\.i\.|llm|chat ?bot|bot|(?:language |ai )?model|(?:ai |virtual )?assistant|agent)s?"
    r"|(?:whoever|anyone|anybody|everyone|those)(?: who| that)?(?: \w+){0,3}? (?:summari[sz]|answer|respond|repl|quot|prepar|read|writ|process)\w*)"
)
#: Each is enough by itself.
_SIGNS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        # Rules to be dropped, roles to be taken, words of the system to be shown.
        r"\b(?:ignore|disregard|forget|override|bypass|discard|skip)\b.{0,60}\b(?:instruction|rule|prompt|guideline|direction|command|above|previous|prior|earlier|constraint|passage|document|source|context|material)s?\b",
        r"\b(?:system|developer|hidden|initial|original) (?:prompt|message|instruction)s?\b",
        r"\b(?:new|updated|real|actual|further|additional|important) instructions?\b\s*(?:for|to|:|are|follow)",
        r"\b(?:you are|act as|pretend to be|from now on|roleplay as)\b.{0,40}\b(?:assistant|ai|model|bot|dan|developer|admin|unrestricted|now)\b",
        r"^\W*(?:system|assistant|user|developer|human|ai)\s*[:>\]]",
        r"<\|?/?(?:im_start|im_end|system|user|assistant|endoftext)|\[/?INST\]|<</?SYS>>|^\s*#{2,}\s*(?:system|instruction|user|assistant)",
        # Told to put words into the answer.
        rf"\b{_WRITER}\b.{{0,60}}\b(?:must|should|shall|have to|need to|are to|is to|ought to|requested to|required to|asked to|instructed to|told to)\b.{{0,40}}\b{_OUTPUT}\b",
        rf"\b{_WRITER}[,:]? (?:please |kindly |always |now |only )*{_OUTPUT}\b",
        rf"(?:^|[;:.,!?]\s)\W*(?:please |kindly |now |then |and |also |always |only |instead,? |be sure to |make sure to |remember to )*{_OUTPUT}(?: back| out| only| exactly| just| again)?(?: to (?:the |every |all )?\w+)?\s*(?:\bthat\b|[:“\"「『]|(?:.{{0,30}}(?:\bthe (?:user|reader|following|words?|phrase|link)\b|\bexactly\b|\bin your\b)))",
        r"\b(?:your|the) (?:answer|reply|response|output|summary)\b.{0,30}\b(?:must|should|shall|has to|needs to|is to|will) (?:be|contain|include|say|state|begin|end|start|consist)",
        r"\btell (?:the|every|each|all) (?:user|reader|visitor|person|asker)s?\b",
        # Japanese.
        r"(?:指示|命令|ルール|規則|プロンプト|設定|制約|上記|以上|これまで|前述).{0,20}(?:無視|忘れ|破棄|上書き|従わ(?:ず|ない))",
        r"(?:システム|開発者|隠し|初期)(?:プロンプト|メッセージ|の?指示)",
        r"(?:あなた|君|貴方|アシスタント|AI|人工知能|(?:言語)?モデル|ボット|LLM|回答(?:者|する方|を書く(?:者|方))|要約(?:者|する方)).{0,80}(?:答え|述べ|伝え|付け加え|書[かきくい]|(?:回答|出力|表示|返答|記載|追加|引用|断言|案内)(?:し|せ|す))(?:よ|ろ|なさい|て(?:ください|下さい|ほしい|くれ)|る?こと|なければ|ねば|る?べき|る?ものと)",
        r"(?:と|旨を?)(?:必ず|そのまま|だけ|のみ)?(?:答え|回答し|書[いき]|述べ|伝え|出力し|表示し|返答し|付け加え|断言し|案内し)(?:よ|ろ|なさい|て(?:ください|下さい|くれ|ね)|ること[。]?$)",
        r"(?:利用者|ユーザー?|質問者|読者)に(?:は)?.{0,200}と(?:必ず)?(?:答え|回答|述べ|伝え|案内|表示)",
        r"^\W*(?:システム|アシスタント|ユーザー?|開発者)\s*[:：]",
        r"(?:回答|返答|出力|要約)(?:文)?(?:に|で|の(?:最後|冒頭|末尾)に)は?.{0,60}(?:含め|加え|書き?|入れ|記載|明記)(?:よ|ろ|なさい|て(?:ください|下さい)|ること)",
    )
)

#: What is talked of when someone talks of asking and answering, or to a machine.
_SITUATION = {
    "reader": r"\b(?:you|your|yours|users?|visitors?|askers?)\b|あなた|利用者|ユーザ|質問者",
    "answer": r"\b(?:answer(?:s|ed|ing)?|repl(?:y|ies|ied)|respon(?:d|ds|se|ses|ding)|outputs?)\b|回答|返答|応答|答え|答える|出力|応じる"
    r"|返(?:して|す|せ)",
    "question": r"\b(?:questions?|quer(?:y|ies)|asked|prompts?)\b|質問|問い|プロンプト",
    "order": r"\b(?:instruct(?:s|ed|ions?)?|overrid\w+|ignor\w+|disregard\w*|obey\w*|pretend\w*|let's|please|kindly|repeat)\b"
    r"|指示|命令|無視|従(?:わ|い|え|う)|(?:て|で)(?:ください|下さい)|なさい|願います",
    "machine": r"\b(?:chat ?bots?|bots?|assistants?|llms?|language models?|a\.?i\.?|gpt|developer|admin|mode)\b|(?<![A-Za-z])(?:AI|LLM)(?![A-Za-z])"
    r"|人工知能|言語モデル|アシスタント|ボット|管理者|開発者|システム[:：]",
    "text": r"\b(?:passages?|summar(?:y|ies|ise|ize)\w*|paragraph|verbatim|first line|last line)\b|抜粋|要約(?:し|す|者)|そのまま|冒頭|末尾",
}
_SITUATIONS = {name: re.compile(pattern, re.I) for name, pattern in _SITUATION.items()}


def situations(text: str) -> frozenset[str]:
    """What a text talks of when it talks of answering."""
    plain = unicodedata.normalize("NFKC", visible(text))
    return frozenset(name for name, pattern in _SITUATIONS.items() if pattern.search(plain))


def speaks_to_writer(text: str) -> bool:
    """Whether a text tells the writer of an answer what to do, in any of its lines or sentences."""
    plain = unicodedata.normalize("NFKC", visible(text))
    parts = dict.fromkeys((*plain.split("\n"), *(plain[start:end] for start, end in sentences(plain))))
    return any(sign.search(part) for part in parts for sign in _SIGNS)
