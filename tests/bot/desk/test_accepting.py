"""Acceptances in the desk's database: all or none, each version for itself, with a record of who accepted what."""

import json

import pytest

from bot.desk.accepting import accept, accept_live, accepted, unaccepted
from bot.desk.file import OfficeError
from bot.desk.keeping import examine
from bot.desk.rules import Actor, NotPermitted
from bot.store import acceptances, audit
from bot.store.opening import Data
from tests.bot.desk.making import SATO, MemoryWriter
from tests.bot.pages import documents

GUIDE, OLDER, LONG = ("手引き.md", "v2"), ("手引き.md", "v1"), (f"{'長い名前/' * 600}資料.md", "v1")


def test_what_is_accepted_is_kept_once_with_who_and_when(data: Data) -> None:
    assert accepted(data, (GUIDE, LONG)) == frozenset()
    assert accept(data, (GUIDE, LONG, GUIDE), "sato") == (GUIDE, LONG)
    assert accept(data, (GUIDE, LONG), "suzuki") == ()
    assert accepted(data, (GUIDE, OLDER, LONG)) == {GUIDE, LONG}
    with data.database.reading() as transaction:
        held = [(one.source, one.version, one.by) for one in acceptances.acceptances(transaction)]
        log = list(audit.records(transaction))
    assert held == [(*GUIDE, "sato"), (*LONG, "sato")]
    assert {(one.actor, one.action) for one in log} == {("sato", "document.accepted")}
    assert [tuple(json.loads(one.detail).values()) for one in log] == [GUIDE, LONG]
    assert log[0].subject == "document:手引き.md" and examine(data)


def test_an_acceptance_that_fails_leaves_nothing(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = acceptances.put_acceptance

    def fails(transaction: object, one: acceptances.Acceptance) -> None:
        if one.source == LONG[0]:
            raise ZeroDivisionError
        kept(transaction, one)  # type: ignore[arg-type]

    monkeypatch.setattr(acceptances, "put_acceptance", fails)
    with pytest.raises(ZeroDivisionError):
        accept(data, (GUIDE, LONG), "sato")
    assert accepted(data, (GUIDE, LONG)) == frozenset()
    with data.database.reading() as transaction:
        assert audit.count(transaction) == 0


def test_a_large_library_is_accepted_and_looked_up_whole(data: Data) -> None:
    library = tuple((f"{n}.md", "v1") for n in range(1_201))
    accept(data, library[:-1], "sato")
    assert accepted(data, library) == set(library[:-1])


def test_staff_accept_what_they_looked_at_all_or_none_and_nobody_else_does(data: Data) -> None:
    held = documents()
    writer = MemoryWriter(held, unaccepted=frozenset(one.source for one in held))
    listed = tuple((one.source, one.version) for one in unaccepted(writer))
    assert sorted(source for source, _ in listed) == sorted(writer.unaccepted)
    with pytest.raises(NotPermitted):
        accept_live(data, writer, Actor("mori", "researcher"), listed)
    for wrong, words in (((), "選んで"), ((*listed, (listed[0][0], "v0")), "変わりました")):
        with pytest.raises(OfficeError) as refused:
            accept_live(data, writer, SATO, wrong)
        assert words in refused.value.said("ja") and refused.value.said("en").isascii()
    assert accepted(data, listed) == frozenset()
    assert accept_live(data, writer, SATO, listed) == listed
    with data.database.reading() as transaction:
        assert {(one.actor, one.action) for one in audit.records(transaction)} == {
            ("sato", "document.accepted")
        }
