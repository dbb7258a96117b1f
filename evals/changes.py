"""What a run changes about the desk: `--set name=value`. Pure.

A name is a setting of the desk without its prefix (`model`, `reranker`, `embedder`), a part that can be turned off
(`keywords`, `glossary`, `checker`, `refusal`), a weight or threshold (`blend.cosine`, `refusal.threshold`), or
`drop`, the documents that are left out of every search, separated by commas.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite, nan

PARTS = ("keywords", "glossary", "checker", "refusal")
SETTINGS = ("model", "model_url", "reranker", "embedder")
_OFF, _ON = ("off", "no", "false", "0"), ("on", "yes", "true", "1")


class ChangeError(ValueError):
    """A change that the desk does not know; the message lists what it knows."""


@dataclass(frozen=True, slots=True)
class Changes:
    """`off` are parts turned off, `settings` values of the desk's settings, `blend` weights by feature."""

    off: frozenset[str] = frozenset()
    settings: Mapping[str, str] = field(default_factory=dict)
    blend: Mapping[str, float] = field(default_factory=dict)
    threshold: float | None = None
    drop: tuple[str, ...] = ()
    #: As they were given, for the recipe.
    given: tuple[str, ...] = ()


def _number(name: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = nan
    if not isfinite(number):
        raise ChangeError(f"{name} takes a number, not {value!r}")
    return number


def _switch(name: str, value: str) -> bool:
    if value.lower() not in (*_OFF, *_ON):
        raise ChangeError(f"{name} is on or off, not {value!r}")
    return value.lower() in _OFF


def parse_changes(given: Sequence[str]) -> Changes:
    """The changes of `name=value` words. Raises ChangeError."""
    off: set[str] = set()
    settings: dict[str, str] = {}
    blend: dict[str, float] = {}
    threshold: float | None = None
    drop: tuple[str, ...] = ()
    for word in given:
        name, equals, value = (part.strip() for part in word.partition("="))
        if not equals:
            raise ChangeError(f"{word!r} is not of the form name=value")
        if name in PARTS:
            off = off | {name} if _switch(name, value) else off - {name}
        elif name in SETTINGS:
            if not value:
                raise ChangeError(f"{name} takes a value, such as {name}=NAME")
            settings[name] = value
        elif name == "drop":
            drop = tuple(part.strip() for part in value.split(",") if part.strip())
            if not drop:
                raise ChangeError("drop names the documents to leave out, such as drop=004,002")
        elif name == "refusal.threshold":
            threshold = _number(name, value)
        elif name.startswith("blend."):
            blend[name.removeprefix("blend.")] = _number(name, value)
        else:
            known = ", ".join((*PARTS, *SETTINGS, "drop", "refusal.threshold", "blend.FEATURE"))
            raise ChangeError(f"{name!r} cannot be set in a run; known are: {known}")
    return Changes(frozenset(off), settings, blend, threshold, drop, tuple(given))
