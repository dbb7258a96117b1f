"""Only our own cookies name a visitor, and a chat session stays with the visitor who named it first."""

from bot.web.visitors import Visitors

SECRET = b"a secret of the tests"


def test_a_cookie_of_another_server_is_nobody() -> None:
    ours, other = Visitors(SECRET), Visitors(b"another secret")
    assert ours.read(ours.issue()) and not ours.read(other.issue())
    assert not any(ours.read(text) for text in ("", ".", "a.b", "é.é", ours.issue()[:-1]))


def test_a_session_stays_with_its_first_visitor() -> None:
    visitors = Visitors(SECRET)
    assert visitors.owns("me", "s") and not visitors.owns("you", "s") and visitors.owns("me", "s")


def test_memory_of_sessions_is_bounded() -> None:
    visitors = Visitors(SECRET, capacity=2)
    assert all(visitors.owns("me", session) for session in "abc")
    assert not visitors.owns("you", "c")
