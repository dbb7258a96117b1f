"""The audit log: append-only, chained, and its head kept outside."""

import json

import pytest
from sqlalchemy import text

from bot.store import audit
from bot.store.anchor import AnchorError, Head, advance, parse_head, read_head
from bot.store.opening import Data


def test_records_are_chained_and_the_head_is_anchored(data: Data) -> None:
    with data.database.writing() as transaction:
        first = data.audit.record(transaction, "sato", "ticket.new", "ticket:1", {"state": "new"})
        second = data.audit.record(transaction, "suzuki", "ticket.assign", "ticket:1", {"to": "佐藤"})
    assert (first.number, first.previous) == (1, audit.NOTHING)
    assert (second.number, second.previous) == (2, first.digest)
    assert json.loads(second.detail) == {"to": "佐藤"}
    assert read_head(data.audit.anchor) == Head(2, second.digest)
    with data.database.reading() as transaction:
        assert list(audit.records(transaction)) == [first, second]
        assert audit.head(transaction) == Head(2, second.digest)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit", "DELETE FROM audit WHERE number = 1"]
)
def test_no_statement_of_the_desk_changes_the_log(data: Data, statement: str) -> None:
    with data.database.writing() as transaction:
        data.audit.record(transaction, "sato", "ticket.new", "ticket:1")
    with pytest.raises(Exception, match="append-only"), data.database.writing() as transaction:
        transaction.execute(text(statement))
    with data.database.reading() as transaction:
        assert audit.count(transaction) == 1


def test_the_anchor_moves_forward_only(data: Data) -> None:
    path = data.audit.anchor
    advance(path, Head(5, "a" * 64))
    advance(path, Head(3, "b" * 64))
    assert read_head(path) == Head(5, "a" * 64)
    advance(path, Head(3, "b" * 64), force=True)
    assert read_head(path) == Head(3, "b" * 64)
    with pytest.raises(AnchorError, match="head of an audit log"):
        parse_head("12 short")
