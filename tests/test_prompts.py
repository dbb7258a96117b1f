"""Prompt files: both languages alike, holes that fit, nothing from others among the instructions."""

import pytest

from prompts import HOLES, LANGUAGES, Prompt, PromptError, digest, fill, load, parse

EVERY = [(name, language) for name in HOLES for language in LANGUAGES]
GOOD = "## system\nRules.\n\n## user\nQ: $question\nH: $history\n"


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_a_prompt_loads_and_takes_its_values(name: str, language: str) -> None:
    prompt = load(name, language)
    assert prompt.holes == HOLES[name]
    system, user = fill(prompt, {hole: f"<{hole} $question $$ 値>" for hole in prompt.holes})
    assert system == prompt.system and "$" not in system
    assert all(user.count(f"<{hole} $question $$ 値>") == 1 for hole in prompt.holes)


@pytest.mark.parametrize("name", HOLES)
def test_both_languages_have_the_same_holes_and_different_words(name: str) -> None:
    one, other = (load(name, language) for language in LANGUAGES)
    assert one.holes == other.holes and digest(one) != digest(other)
    assert len(digest(one)) == 64 and digest(one) == digest(load(name, LANGUAGES[0]))


@pytest.mark.parametrize(
    "values", [{}, {"question": "q"}, {"question": "q", "history": "h", "passages": "p"}]
)
def test_a_missing_or_unknown_value_is_an_error(values: dict[str, str]) -> None:
    with pytest.raises(PromptError, match=r"\$(history|passages)"):
        fill(load("condense", "ja"), values)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (GOOD.replace("$history", "$histories"), "holes"),
        (GOOD.replace("$history", ""), "holes"),
        (GOOD.replace("Rules.", "Rules on $question"), "system"),
        (GOOD.replace("## user", "## User"), "two parts"),
        (GOOD.replace("## system\n", ""), "two parts"),
        (GOOD + "## more\nx", "two parts"),
        ("before\n" + GOOD, "two parts"),
        (GOOD.replace("Rules.", ""), "empty"),
        (GOOD.replace("Q:", "5 $ Q:"), r"\$\$"),
        ("", "two parts"),
    ],
)
def test_a_file_that_does_not_fit_is_found_when_it_is_loaded(text: str, why: str) -> None:
    with pytest.raises(PromptError, match=why):
        parse("condense", "en", text)


@pytest.mark.parametrize(("name", "language"), [("nosuch", "en"), ("answer", "fr"), ("../answer", "en")])
def test_an_unknown_prompt_is_an_error(name: str, language: str) -> None:
    with pytest.raises(PromptError, match="no prompt"):
        load(name, language)


def test_a_dollar_is_written_twice() -> None:
    prompt = parse("condense", "en", GOOD.replace("Rules.", "Costs $$5.").replace("Q:", "$$1 Q:"))
    assert fill(prompt, {"question": "a", "history": "b"}) == ("Costs $5.", "$1 Q: a\nH: b")


def test_a_prompt_is_a_value() -> None:
    assert parse("condense", "en", GOOD) == Prompt(
        "condense", "en", "Rules.", "Q: $question\nH: $history", frozenset({"question", "history"})
    )
