"""The model's answer where it comes whole and stands up, the passages' own sentences where not, and a note
that says so.

The fallback is always at hand: whatever a model does, the desk answers as well as it does without one.
"""

import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace

from bot.model.support import Reader
from bot.model.unavailable import ModelUnavailable
from bot.model.written import condense_with, stream_with
from bot.privacy import mask, was_masked
from bot.types import Answer, Chat, Draft, Step, Turn
from ingest.types import Language
from vectorstore.types import Hit

#: Drafts -> the checked answer, or None where none of them is supported.
Verified = Callable[[tuple[Draft, ...]], Answer | None]

#: Seconds after which a step without text is passed on.
PAUSE = 0.25
#: Said under an answer whose question was sent without its personal data.
MASKED: Mapping[Language, str] = {
    "ja": "質問に含まれる個人情報（電話番号など）は、伏せて言語モデルに送りました。",
    "en": "Personal data in the question, such as telephone numbers, were masked before it was sent to the language model.",
}
#: Said under an answer that was written without the model although there is one.
UNAVAILABLE: Mapping[Language, str] = {
    "ja": "言語モデルから完全な回答が得られなかったため、資料の文をそのまま示しています。",
    "en": "No whole answer came from the language model, so the documents' own sentences are shown.",
}
UNCONFIRMED: Mapping[Language, str] = {
    "ja": "言語モデルの回答は資料で裏付けられなかったため示さず、資料の文をそのまま示しています。",
    "en": "The documents did not bear out the language model's answer, so their own sentences are shown.",
}


@dataclass(frozen=True, slots=True)
class Model:
    """A language model with its name."""

    name: str
    chat: Chat
    #: Whether personal data in questions are masked before they are sent.
    masks: bool = False
    #: Closes the model's connections and ends its thread.
    close: Callable[[], None] = field(default=lambda: None, repr=False)

    def sent(self, text: str) -> str:
        """A text of the asker's as the model gets it."""
        return mask(text).text if self.masks else text


def attempt(
    model: Model,
    query: str,
    hits: tuple[Hit, ...],
    language: Language,
    reader: Reader,
    verified: Verified,
    otherwise: Callable[[], Answer | None],
    remarks: str | None = None,
) -> Generator[Step, None, Answer | None]:
    """The answer to `query`, by the model if it can be, else `otherwise`; None where neither gives one.

    `remarks` of the staff, empty or not, ask for a draft for them. On the way yields each supported statement as
    text, and an empty one now and then, so that the caller can close this at any time.
    """
    asked = model.sent(query)
    hidden = (MASKED[language],) if asked != query or was_masked(query) else ()
    drafts: list[Draft] = []
    told = time.monotonic()
    try:
        for ready in stream_with(model.chat, asked, hits, language, reader, remarks and model.sent(remarks)):
            fresh = tuple(draft for draft in dict.fromkeys(ready) if draft not in drafts)
            drafts.extend(fresh)
            text = "".join(f"{draft.text}\n" for draft in fresh if draft.quotes and verified((draft,)))
            if text or time.monotonic() - told >= PAUSE:
                yield Step("text", text=text)
                told = time.monotonic()
        note = UNCONFIRMED[language]
        answer = verified(tuple(drafts))
        if answer is not None:
            return replace(answer, model=model.name, notes=(*answer.notes, *hidden))
    except ModelUnavailable:
        note = UNAVAILABLE[language]
    answer = otherwise()
    return replace(answer, notes=(*answer.notes, *hidden, note)) if answer else None


def condensed(model: Model, question: str, history: tuple[Turn, ...], otherwise: Callable[[], str]) -> str:
    """The question as it stands alone, by the model if it can be, else by `otherwise`."""
    try:
        turns = tuple(
            Turn(model.sent(turn.question), model.sent(turn.answer), model.sent(turn.query))
            for turn in history
        )
        return condense_with(model.chat, model.sent(question), turns)
    except ModelUnavailable:
        return otherwise()
