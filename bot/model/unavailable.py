"""The one way in which a language model fails, in words of ours: what a provider says is never passed on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Failure = Literal[
    "settings", "unreachable", "busy", "failed", "key", "rejected", "late", "cut", "filtered", "overlong",
    "empty", "unreadable", "unfit",
]  # fmt: skip

#: Kind of failure -> what it is, in English and Japanese.
WORDS: Mapping[Failure, tuple[str, str]] = {
    "settings": ("The language model is not set up.", "言語モデルの設定に誤りがあります。"),
    "unreachable": ("The language model cannot be reached.", "言語モデルに接続できません。"),
    "busy": ("The language model takes no more requests for now.", "言語モデルが混み合っています。"),
    "failed": ("The language model's server failed.", "言語モデルのサーバーで障害が起きました。"),
    "key": ("The language model's server refused the key.", "言語モデルのサーバーが鍵を受け付けません。"),
    "rejected": (
        "The language model's server refused the request.",
        "言語モデルのサーバーが要求を拒みました。",
    ),
    "late": ("The language model took too long.", "言語モデルが時間内に応答しませんでした。"),
    "cut": ("The language model's answer was cut off.", "言語モデルの回答が途中で切れました。"),
    "filtered": (
        "The language model's provider held its answer back.",
        "言語モデルの提供者が回答を差し止めました。",
    ),
    "overlong": ("The language model's answer was too long.", "言語モデルの回答が長すぎました。"),
    "empty": ("The language model wrote nothing.", "言語モデルが何も書きませんでした。"),
    "unfit": ("The language model cannot be asked this.", "この質問は言語モデルに渡せません。"),
    "unreadable": (
        "The language model's reply could not be read.",
        "言語モデルの応答を読み取れませんでした。",
    ),
}


class ModelUnavailable(Exception):
    """No whole answer came from the language model. `kind` says why; `hint` is what to change, where that is
    known.

    `reason` is the English sentence (also ``str(error)``), `reason_ja` the Japanese one.
    """

    def __init__(self, kind: Failure, hint: str = "", hint_ja: str = "") -> None:
        super().__init__(kind, hint, hint_ja)
        self.kind = kind
        english, japanese = WORDS[kind]
        self.reason = f"{english} {hint}".strip()
        self.reason_ja = japanese + (hint_ja or hint)

    def __str__(self) -> str:
        return self.reason


@dataclass(frozen=True, slots=True)
class Trouble:
    """An error of a provider: its kind, whether asking again may help, and the seconds that the server asks
    for.
    """

    failure: Failure
    again: bool
    pause: float = 0.0


_BY_STATUS: Mapping[int, Trouble] = {
    401: Trouble("key", again=False),
    403: Trouble("key", again=False),
    408: Trouble("failed", again=True),
    429: Trouble("busy", again=True),
}
#: Why a model stopped, as providers name it: after these a reply is whole, after those and any other it is
#: not.
WHOLE = frozenset({"stop", "end_turn", "stop_sequence", "eos_token"})
STOPPED: Mapping[str, Failure] = {
    "length": "overlong",
    "max_tokens": "overlong",
    "content_filter": "filtered",
    "safety": "filtered",
    "refusal": "filtered",
}


def stopped(reason: str) -> Failure | None:
    """What a reply that ended for `reason` lacks; None where it is whole. No reason at all means that it was
    cut.
    """
    return None if reason.lower() in WHOLE else STOPPED.get(reason.lower(), "cut")


def trouble(error: BaseException) -> Trouble:
    """What an error is, by its HTTP status and its type; its words are not read."""
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    if isinstance(status, int):
        known = _BY_STATUS.get(status) or Trouble(
            "failed" if status >= 500 else "rejected", again=status >= 500
        )
        return Trouble(known.failure, known.again, _retry_after(getattr(response, "headers", None)))
    names = {kind.__name__ for kind in type(error).__mro__}
    if isinstance(error, OSError) or any("Connect" in name or "Timeout" in name for name in names):
        return Trouble("unreachable", again=True)
    return Trouble("unreadable", again=False)


def _retry_after(headers: Any) -> float:
    """The header's seconds; 0 where it has none, or a date."""
    try:
        return max(float(headers.get("retry-after", 0)), 0.0)
    except (AttributeError, TypeError, ValueError):
        return 0.0
