"""Words for the language model, as files that are edited without Python: `answer.en.md`, `answer.ja.md`, …

A file has two parts, `## system` and `## user`. Holes are written `$name` and stand in the user part only, so
that nothing that others wrote can get among the instructions; a dollar sign is written `$$`. A file that does
not fit is found when it is loaded, before any model is called. Knows no model, no passage and no question.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

#: Prompt -> the holes that the program fills; a prompt has exactly these, in every language.
HOLES: Mapping[str, frozenset[str]] = {
    "answer": frozenset({"passages", "question"}),
    "condense": frozenset({"history", "question"}),
    "draft": frozenset({"passages", "question", "remarks"}),
    "judge": frozenset({"passages", "statement"}),
}
LANGUAGES = ("en", "ja")

_PART = re.compile(r"^## (\S+)[ \t]*$", re.MULTILINE)
_HOLE = re.compile(r"\$(?:(?P<name>[a-z_]+)|(?P<dollar>\$)|(?P<stray>))")


class PromptError(ValueError):
    """A prompt file that cannot be used, or values that do not fit it; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt in one language. `holes` are the names that `fill` needs values for."""

    name: str
    language: str
    system: str
    user: str
    holes: frozenset[str]


def _parts(text: str, where: str) -> tuple[str, str]:
    pieces = _PART.split(text)
    if pieces[0].strip() or [part.strip() for part in pieces[1::2]] != ["system", "user"]:
        raise PromptError(
            f"{where}: needs the two parts '## system' and '## user', in this order, and nothing before"
        )
    system, user = pieces[2].strip(), pieces[4].strip()
    if not system or not user:
        raise PromptError(f"{where}: a part is empty")
    return system, user


def _holes(text: str, where: str) -> frozenset[str]:
    found = list(_HOLE.finditer(text))
    if any(hole["stray"] is not None for hole in found):
        raise PromptError(f"{where}: a dollar sign that is no hole is written $$")
    return frozenset(hole["name"] for hole in found if hole["name"])


def parse(name: str, language: str, text: str) -> Prompt:
    """A prompt from the text of its file. Raises PromptError."""
    where = f"{name}.{language}.md"
    system, user = _parts(text, where)
    if _holes(system, where):
        raise PromptError(f"{where}: '## system' has a hole; what others wrote belongs in '## user'")
    holes = _holes(user, where)
    if holes != HOLES[name]:
        raise PromptError(f"{where}: holes {_listed(holes)} instead of {_listed(HOLES[name])}")
    return Prompt(name, language, system.replace("$$", "$"), user, holes)


def _listed(holes: frozenset[str]) -> str:
    return ", ".join(f"${hole}" for hole in sorted(holes)) or "none"


def load(name: str, language: str) -> Prompt:
    """The prompt `name` in `language`. Raises PromptError for an unknown one and for a file that does not
    fit.
    """
    if name not in HOLES or language not in LANGUAGES:
        raise PromptError(f"there is no prompt {name}.{language}.md")
    text = files("prompts").joinpath(f"{name}.{language}.md").read_text("utf-8")
    return parse(name, language, text)


def fill(prompt: Prompt, values: Mapping[str, str]) -> tuple[str, str]:
    """(system text, user text) with every hole filled; a `$name` inside a value stays as it is.

    Raises PromptError where a value is missing or has no hole.
    """
    if set(values) != prompt.holes:
        wrong = _listed(frozenset(set(values) ^ prompt.holes))
        raise PromptError(f"{prompt.name}.{prompt.language}.md: missing or unknown value for {wrong}")
    user = _HOLE.sub(lambda hole: values[hole["name"]] if hole["name"] else "$", prompt.user)
    return prompt.system, user


def digest(prompt: Prompt) -> str:
    """SHA-256 of the prompt's words as hexadecimal: what an evidence packet names a prompt by."""
    return hashlib.sha256(f"{prompt.system}\0{prompt.user}".encode()).hexdigest()
