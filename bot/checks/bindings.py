"""What stands in brackets after a name goes with that name: 大阪大学（阪大）, Japan Science and Technology Agency (JST).

A statement may not give one name's brackets to another.
"""

import re

from bot.checks.types import Finding, View

_JAPANESE = re.compile(r"(?P<name>[一-鿿々ァ-ヶー・A-Za-z0-9]{2,40})\((?P<inner>[^()]{2,60})\)")
_ENGLISH = re.compile(
    r"(?P<name>[A-Z][\w&'.-]*(?: (?:(?:of|for|the|and|in|on|de) )*[A-Z][\w&'.-]*){0,8}) \((?P<inner>[^()]{2,60})\)"
)


def bindings(text: str) -> tuple[tuple[str, str], ...]:
    """(name, what stands in the brackets after it) of a text in compared form, by place."""
    found = {
        m.start("inner"): (m["name"].removeprefix("The "), m["inner"])
        for m in (*_JAPANESE.finditer(text), *_ENGLISH.finditer(text))
    }
    return tuple(found[at] for at in sorted(found))


def _same(one: str, other: str) -> bool:
    """Whether one name is the other, or its end (the Japan Foundation, Japan Foundation)."""
    return one.lower().endswith(other.lower()) or other.lower().endswith(one.lower())


def check_bindings(view: View) -> tuple[Finding, ...]:
    """Brackets that the source has after another name."""
    if view.cross or view.verbatim:
        return ()
    theirs = bindings(view.source.text)
    for name, inner in bindings(view.statement.text):
        names = [other for other, there in theirs if there == inner]
        if names and not any(_same(name, other) for other in names) and name in view.source.text:
            return (
                Finding(
                    "bindings",
                    True,
                    f"引用では「{inner}」は「{names[0]}」に付いていますが、文では「{name}」です。",
                    f"“{inner}” goes with “{names[0]}” in the quoted text, and with “{name}” in the statement.",
                ),
            )
    return ()
