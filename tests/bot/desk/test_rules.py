"""The rules: who may do what, in every state."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.rules import (
    ACTIONS,
    MOVES,
    STATES,
    Action,
    Actor,
    NotPermitted,
    Situation,
    State,
    after,
    options,
    refusal,
)

SATO, SUZUKI = Actor("sato", "staff"), Actor("suzuki", "staff")
REVIEW = Situation("in review", frozenset({"sato"}), 0, True)


@pytest.mark.parametrize(
    ("action", "situation", "who", "reason", "why"),
    [
        ("approve", REVIEW, SATO, "", "two persons"),
        ("approve", REVIEW, SUZUKI, "", None),
        ("approve", Situation("in review", frozenset({"sato"}), 1, True), SUZUKI, "", "unsupported"),
        ("approve", Situation("in review", frozenset(), 0, True), SUZUKI, "", "two persons"),
        ("override", REVIEW, SATO, "条文で確認済み", "drafter"),
        ("override", REVIEW, SUZUKI, "  ", "reason"),
        ("override", REVIEW, SUZUKI, "条文で確認済み", None),
        ("return", REVIEW, SUZUKI, "", "reason"),
        ("return", REVIEW, SUZUKI, "二つ目の文を直してください", None),
        ("submit", Situation("drafted", frozenset({"sato"}), 0, False), SATO, "", "empty"),
        ("send", Situation("drafted", frozenset({"sato"}), 0, True), SUZUKI, "", "state"),
        ("draft", REVIEW, SATO, "", "state"),
        ("comment", Situation("sent"), SATO, "", None),
        ("assign", Situation("sent"), SATO, "", "state"),
    ],
)
def test_the_rules(action: Action, situation: Situation, who: Actor, reason: str, why: str | None) -> None:
    assert refusal(action, situation, who, reason) == why


@pytest.mark.parametrize("role", ["researcher", "evaluator", "", "Staff"])
def test_no_other_role_may_do_anything(role: str) -> None:
    for state, action in product(STATES, ACTIONS):
        situation = Situation(state, frozenset({"sato"}), 0, True)
        assert refusal(action, situation, Actor("mori", role), "reason") == "role"
    assert not options(REVIEW, Actor("", "staff"))


@given(
    st.sampled_from(STATES), st.sets(st.sampled_from(["sato", "suzuki"])), st.integers(0, 2), st.booleans()
)
def test_only_approval_leads_to_approved_and_only_sending_to_sent(
    state: State, writers: set[str], unsupported: int, written: bool
) -> None:
    situation = Situation(state, frozenset(writers), unsupported, written)
    for action in options(situation, SATO):
        new = after(action, situation, SATO, "reason")
        assert new != "sent" or action == "send" and state == "approved" or state == "sent"
        if action == "approve":
            assert "sato" not in writers and writers and not unsupported and state == "in review"
        assert new != "approved" or action == "approve" or state == "approved"


def test_every_action_has_a_refusal_in_both_languages() -> None:
    assert set(MOVES) == set(ACTIONS)
    with pytest.raises(NotPermitted) as refused:
        after("approve", REVIEW, SATO)
    assert "別の担当者" in refused.value.said("ja")
    assert "another member" in refused.value.said("en")
