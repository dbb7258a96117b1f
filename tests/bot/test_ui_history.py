"""A visitor's conversations: kept for that visitor alone, bounded, and gone when told so."""

from bot.ui.history import EACH, EXCHANGES, SECONDS, History
from bot.ui.kept import kept
from bot.ui.talk import Talk
from tests.bot.payloads import Reading


def talk(name: str, question: str = "何を確認しますか。") -> Talk:
    return Talk(name=name).ask(question).stopped()


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_conversation_is_the_visitors_own() -> None:
    history = History()
    history.put("a", talk("one"))
    assert history.get("a", "one") == talk("one")
    assert history.get("b", "one") is None and history.get("", "one") is None and history.get("a", "") is None


def test_what_has_no_name_no_visitor_or_no_question_is_not_kept() -> None:
    history = History()
    for visitor, one in (("", talk("one")), ("a", talk("")), ("a", Talk(name="one"))):
        history.put(visitor, one)
    assert history.of("a") == history.of("") == ()


def test_the_latest_changed_comes_first_and_the_oldest_goes() -> None:
    history = History()
    for number in range(EACH + 3):
        history.put("a", talk(str(number)))
    history.put("a", talk("5"))
    names = [one.name for one in history.of("a")]
    assert len(names) == EACH and names[:2] == ["5", str(EACH + 2)] and "2" not in names


def test_exchanges_are_bounded_whoever_asked() -> None:
    history = History()
    long = talk("long").ask("ほかには。").stopped()
    history.put("first", long)
    for number in range(EXCHANGES - 2):
        history.put(f"v{number}", talk("one"))
    history.put("first", long)
    assert history.of("first") == (long,) and history.of("v0") == (talk("one"),)
    history.put("last", talk("one"))
    assert history.of("v0") == () and history.of("v1") != () and history.of("first") == (long,)


def test_what_is_old_goes_although_its_visitor_never_comes_back() -> None:
    clock = Clock()
    history = History(clock)
    history.put("gone", talk("one"))
    clock.now = SECONDS + 1
    assert history.of("another") == ()
    clock.now = 0.0  # so that `of` itself would not find it too old
    assert history.of("gone") == ()


def test_an_old_conversation_is_forgotten_and_all_when_asked() -> None:
    clock = Clock()
    history = History(clock)
    history.put("a", talk("old"))
    clock.now = SECONDS
    history.put("a", talk("new"))
    clock.now += 1
    assert [one.name for one in history.of("a")] == ["new"]
    history.forget("a")
    assert history.of("a") == ()


def test_the_list_names_each_by_its_first_question_and_says_which_is_shown() -> None:
    mine = (talk("two", "長い質問" * 40), talk("one"))
    seen = Reading(kept(mine[1], mine, "ja"))
    assert "何を確認しますか。（表示中）" in seen.text and "長い質問…" in seen.text
    assert seen.addresses == {"/?lang=ja&talk=one", "/?lang=ja&talk=two"}
