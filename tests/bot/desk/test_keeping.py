"""Tampering is found, erasure leaves no word, backups restore, and a kill in any step leaves the old state or the new."""

import json
import os
import signal
import sqlite3
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, text

from bot.desk.file import File
from bot.desk.keeping import Unsound, erase, examine, purge, restore, trail
from bot.desk.office import Office
from bot.store import audit, backup
from bot.store.anchor import read_head
from bot.store.errors import DatabaseError
from bot.store.opening import Data, open_data
from tests.bot.desk.making import INVENTED, QUESTION, SATO, SUZUKI, in_review, office_of, sentences
from tests.conftest import Ticking

SECRET = "秘密の相手先カナリア"
MARK = "canary-7f3a@example.ac.jp"


def busy(data: Data) -> Office:
    """An office with a ticket sent, one in review, and a comment."""
    office = office_of(data)
    number = in_review(office)
    office.act(number, SUZUKI, "approve")
    office.act(number, SATO, "send")
    office.comment(in_review(office, INVENTED + "[1]"), SUZUKI, "電話で確認した")
    return office


def tampered(data: Data, *statements: str) -> set[str]:
    """The kinds of problems that are found after statements by somebody who can write to the database."""
    with data.database.connection() as connection:
        if data.database.sqlite:
            connection.execute(text("DROP TRIGGER audit_no_UPDATE"))
            connection.execute(text("DROP TRIGGER audit_no_DELETE"))
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        for statement in statements:
            connection.execute(text(statement))
    return {problem.kind for problem in trail(data)[1]}


SWAP = tuple(
    f"UPDATE audit SET number = {new} WHERE number = {old}" for old, new in ((3, 900), (4, 3), (900, 4))
)


@pytest.mark.parametrize(
    ("statements", "kind"),
    [
        (("UPDATE audit SET actor = 'mori' WHERE number = 3",), "edited"),
        (("UPDATE audit SET detail = '{}' WHERE number = 2",), "edited"),
        (("DELETE FROM audit WHERE number = 3",), "deleted"),
        (SWAP, "reordered"),
        (("DELETE FROM audit WHERE number > 5",), "truncated"),
        (("DELETE FROM audit",), "truncated"),
    ],
)
def test_every_tampering_is_found(data: Data, statements: tuple[str, ...], kind: str) -> None:
    busy(data)
    assert trail(data)[1] == ()
    assert kind in tampered(data, *statements)
    with pytest.raises(Unsound, match="audit"):
        examine(data)


def test_a_clock_that_is_set_back_is_found(data: Data, clock: Ticking) -> None:
    office = busy(data)
    clock.now -= timedelta(hours=3)
    office.escalate(QUESTION)
    assert {problem.kind for problem in trail(data)[1]} == {"clock"}


def test_a_chain_forged_from_the_middle_on_differs_from_the_anchor(data: Data) -> None:
    office = busy(data)
    kept = read_head(data.audit.anchor)
    assert kept
    assert "truncated" in tampered(data, f"DELETE FROM audit WHERE number > {kept.number - 2}")
    for _ in range(2):
        office.escalate(QUESTION)
    assert "edited" in {problem.kind for problem in trail(data, kept)[1]}


def test_an_erased_ticket_leaves_a_proof_and_no_word(data: Data, tmp_path: Path) -> None:
    office = busy(data)
    number = office.escalate(f"{SECRET}との共同研究について", contact=MARK, context=SECRET)
    office.draft(number, SATO)
    office.edit(number, SATO, f"{SECRET}について確認する。")
    office.comment(number, SUZUKI, SECRET)
    proof = erase(data, number, "system:test")
    assert proof.texts >= 6 and SECRET not in str(proof) and MARK not in str(proof)
    ticket = office.file(number).ticket
    assert ticket.erased and (ticket.question, ticket.contact, ticket.salt) == ("", "", "")
    with data.database.reading() as transaction:
        record = next(r for r in audit.records(transaction, f"ticket:{number}") if r.number == proof.record)
    assert record.action == "ticket.erased" and record.digest == proof.digest
    assert examine(data)
    with pytest.raises(DatabaseError, match="already"):
        erase(data, number, "system:test")
    if data.database.sqlite:
        held = b"".join(path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file())
        assert SECRET.encode() not in held and MARK.encode() not in held
        assert json.dumps(SECRET)[1:-1].encode() not in held


def test_a_purge_erases_what_is_old_and_closed_and_nothing_else(data: Data, clock: Ticking) -> None:
    office = busy(data)
    open_ticket = office.escalate(QUESTION, contact=MARK)
    clock.now += timedelta(days=100)
    assert purge(data, days=365, contact_days=90).tickets == 0
    clock.now += timedelta(days=300)
    done = purge(data, days=365, contact_days=90)
    assert done.tickets == 1
    assert [one.number for one in office.listed() if one.erased] == [1]
    assert office.file(open_ticket).ticket.contact == MARK
    assert examine(data)


def test_a_backup_restores_into_a_clean_folder_of_either_kind(
    data: Data, tmp_path: Path, clock: Ticking
) -> None:
    office = busy(data)
    manifest = backup.back_up(data.database, tmp_path / "b.zip", clock)
    assert manifest.tables["tickets"].rows == 2 and (tmp_path / "b.zip").stat().st_mode & 0o777 == 0o600
    fresh = open_data("", tmp_path / "clean", clock)
    restore(fresh, tmp_path / "b.zip")
    assert "2 tickets" in examine(fresh)
    again = office_of(fresh)
    for ticket in office.listed():
        assert again.file(ticket.number) == office.file(ticket.number)
    assert again.escalate(QUESTION) == office.escalate(QUESTION)
    with pytest.raises(DatabaseError, match="not empty"):
        restore(fresh, tmp_path / "b.zip")
    fresh.close()


def test_a_backup_of_sqlite_restores_into_postgresql(
    postgres: str, data: Data, tmp_path: Path, clock: Ticking
) -> None:
    if data.database.sqlite:
        return  # the way there needs an empty PostgreSQL, which the other run of this test has
    held = open_data("", tmp_path / "sqlite", clock)
    busy(held)
    backup.back_up(held.database, tmp_path / "b.zip", clock)
    restore(data, tmp_path / "b.zip")
    assert "2 tickets" in examine(data)
    assert office_of(data).escalate(QUESTION) == 3
    held.close()


@pytest.mark.parametrize("harm", ["cut", "changed", "other"])
def test_a_damaged_backup_is_refused_and_changes_nothing(
    data: Data, tmp_path: Path, clock: Ticking, harm: str
) -> None:
    busy(data)
    path = tmp_path / "b.zip"
    backup.back_up(data.database, path, clock)
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:-400])
    elif harm == "other":
        path.write_text("no zip")
    else:
        with zipfile.ZipFile(path) as held:
            parts = {name: held.read(name) for name in held.namelist()}
        parts["tables/tickets.jsonl"] = (
            parts["tables/tickets.jsonl"].replace(b"new", b"old").replace(b"ja", b"en")
        )
        with zipfile.ZipFile(path, "w") as out:
            for name, content in parts.items():
                out.writestr(name, content)
    fresh = open_data("", tmp_path / "clean", clock)
    with pytest.raises(backup.BadBackup):
        restore(fresh, path)
    assert "0 tickets" in examine(fresh)
    fresh.close()


def test_a_damaged_file_is_found(tmp_path: Path, clock: Ticking) -> None:
    data = open_data("", tmp_path, clock)
    for n in range(40):
        office_of(data).escalate(f"{QUESTION}{n}" * 20)
    data.close()
    with sqlite3.connect(tmp_path / "desk.sqlite") as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    path = tmp_path / "desk.sqlite"
    content = bytearray(path.read_bytes())
    content[8 * 4096 : 14 * 4096] = b"\xa5" * (6 * 4096)
    path.write_bytes(content)
    with pytest.raises(DatabaseError, match="restore"):
        examine(open_data("", tmp_path, clock))


Do = Callable[[Office, int], object]
STEPS: dict[str, tuple[str, Do]] = {
    "escalate": ("", lambda office, number: office.escalate(QUESTION)),
    "edit": ("drafted", lambda office, number: office.edit(number, SATO, "\n".join(sentences(office)))),
    "submit": ("drafted", lambda office, number: office.act(number, SATO, "submit")),
    "override": ("open", lambda office, number: office.override(number, SUZUKI, INVENTED, "規程で確認した")),
    "return": ("review", lambda office, number: office.act(number, SUZUKI, "return", "直してください")),
    "approve": ("review", lambda office, number: office.act(number, SUZUKI, "approve")),
    "erase": ("review", lambda office, number: erase(office.data, number, "system:test")),
}


def before(office: Office, state: str) -> int:
    """A ticket in the state that a step begins with."""
    if state in ("review", "open"):
        return in_review(office, INVENTED + "[1]" if state == "open" else "")
    number = office.escalate(QUESTION)
    if state == "drafted":
        office.draft(number, SATO)
    return number


def killed(setting: str, home: Path, clock: Ticking, do: Do, number: int, at: int) -> bool:
    """Does it in a process of its own that is killed before its `at`-th statement, commit or rename; whether it was."""
    child = os.fork()
    if child == 0:
        try:
            _dies(setting, home, clock, do, number, at)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _dies(setting: str, home: Path, clock: Ticking, do: Do, number: int, at: int) -> None:
    data, count = open_data(setting, home, clock), 0

    def step(*_: object) -> None:
        nonlocal count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(data.database._engine, "before_cursor_execute", step)
    event.listen(data.database._engine, "commit", step)
    rename = os.replace
    os.replace = lambda *names: (step(), rename(*names))[1]  # type: ignore[assignment]
    do(office_of(data), number)


def consistent(file: File, log: list[audit.Record]) -> bool:
    """Whether a ticket is exactly what its records say."""
    acts = [record.action.removeprefix("ticket.") for record in log]
    states = [
        json.loads(record.detail).get("state") for record in log if "state" in json.loads(record.detail)
    ]
    if file.ticket.erased:
        return "erased" in acts and not file.versions and not file.ticket.question
    drafted = [at for at, act in enumerate(acts) if act == "draft"]
    moved = [at for at, record in enumerate(log) if "state" in json.loads(record.detail)]
    expected = (
        states[-1]
        if states and (not drafted or moved[-1] > drafted[-1])
        else ("drafted" if drafted else "new")
    )
    reasons = sum(
        bool(json.loads(record.detail).get("reason")) for record in log if record.action != "ticket.override"
    )
    return (
        file.ticket.state == expected
        and len(file.versions) == file.ticket.version == acts.count("draft")
        and len(file.overrides) == acts.count("override")
        and len(file.comments) == reasons + acts.count("comment")
        and bool(file.ticket.approved_by) == (file.ticket.state in ("approved", "sent"))
    )


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_in_any_step_leaves_the_old_state_or_the_new_one(
    data: Data, database_url: str, tmp_path: Path, clock: Ticking, step: str
) -> None:
    office, (state, do) = office_of(data), STEPS[step]
    for at in range(1, 200):
        number = before(office, state)
        was_killed = killed(database_url, tmp_path / "home", clock, do, number, at)
        data.close()
        assert trail(data)[1] == (), at
        with data.database.reading() as transaction:
            logs = {
                n: list(audit.records(transaction, f"ticket:{n}"))
                for n in (t.number for t in office.listed(most=3))
            }
        assert all(consistent(office.file(n), log) for n, log in logs.items()), at
        if not was_killed:
            return
    raise AssertionError("the step never ended")
