"""Accounts, logins and tokens on a real database: nothing is kept in the clear, and everything ends when it should."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.accounts.accounts import AccountError, Accounts
from bot.accounts.logins import FREE, IDLE, LONGEST, Begun, Logins, Wrong, wait_after
from bot.accounts.passwords import WeakPassword, check_password, hash_password, matches
from bot.accounts.roles import NOBODY
from bot.store.opening import Data
from tests.canaries import PASSWORDS
from tests.conftest import Ticking

_, WORDS, OTHER = PASSWORDS


@pytest.fixture
def accounts(data: Data) -> Accounts:
    made = Accounts(data)
    made.add("sato", "staff", WORDS)
    return made


@pytest.fixture
def logins(data: Data) -> Logins:
    return Logins(data)


def begun(logins: Logins, name: str = "sato", password: str = WORDS, address: str = "192.0.2.1") -> Begun:
    found = logins.begin(name, password, address)
    assert isinstance(found, Begun)
    return found


@pytest.mark.parametrize(
    ("name", "password", "good"),
    [
        ("sato", WORDS, True),
        ("sato", OTHER, True),
        ("sato", "short", False),
        ("sato", "x" * 1_001, False),
        ("sato", "aaaaaaaaaaaaaaa", False),
        ("sato.hanako", "sato.hanako1", False),
    ],
)
def test_weak_passwords_are_refused(name: str, password: str, good: bool) -> None:
    if good:
        check_password(name, password)
    else:
        with pytest.raises(WeakPassword):
            check_password(name, password)


def test_a_hash_is_argon2id_salted_and_fits_one_password() -> None:
    first, second = hash_password(WORDS), hash_password(WORDS)
    assert first.startswith("$argon2id$") and first != second
    assert matches(first, WORDS) and not matches(first, OTHER) and not matches("nonsense", WORDS)


def test_nothing_secret_is_kept_in_the_clear(data: Data, accounts: Accounts, logins: Logins) -> None:
    token, secret = accounts.token("sato"), begun(logins).secret
    with data.database.connection() as connection:
        rows = [
            str(row)
            for table in ("accounts", "tokens", "logins", "attempts", "audit")
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        ]
    assert len(rows) >= 6
    assert not any(one in row for row in rows for one in (token, secret, WORDS))


def test_accounts_are_added_once_changed_and_listed(accounts: Accounts) -> None:
    accounts.add("Suzuki", "evaluator", OTHER)
    with pytest.raises(AccountError, match="already"):
        accounts.add("suzuki", "staff", OTHER)
    for bad in ("", "名前", "a b", "../x", "x" * 101):
        with pytest.raises(AccountError, match="letters"):
            accounts.add(bad, "staff", OTHER)
    accounts.set_role("suzuki", "admin")
    accounts.set_disabled("sato", True)
    assert [(a.name, a.role, a.disabled) for a in accounts.every()] == [
        ("sato", "staff", True),
        ("suzuki", "admin", False),
    ]
    with pytest.raises(AccountError, match="no account"):
        accounts.set_password("nobody", OTHER)


def test_every_change_of_an_account_is_in_the_audit_log(
    data: Data, accounts: Accounts, logins: Logins
) -> None:
    accounts.token("sato")
    accounts.set_password("sato", OTHER)
    logins.end(begun(logins, password=OTHER).secret)
    accounts.set_disabled("sato", True)
    with data.database.connection() as connection:
        actions = list(connection.execute(text("SELECT action FROM audit ORDER BY number")).scalars())
    assert actions == [
        "account.add",
        "token.add",
        "account.password",
        "login",
        "logout",
        "account.disable",
    ]


def test_a_login_says_who_it_is_until_it_is_ended(accounts: Accounts, logins: Logins) -> None:
    first = begun(logins)
    assert (first.who.name, first.who.role) == ("sato", "staff") and logins.find(first.secret) == first.who
    second = begun(logins)
    assert second.secret != first.secret
    logins.end(first.secret)
    assert logins.find(first.secret) == NOBODY and logins.find(second.secret).known
    assert logins.find("") == logins.find("x" * 43) == NOBODY


def test_a_new_login_of_a_browser_ends_its_old_one(accounts: Accounts, logins: Logins) -> None:
    first = begun(logins)
    logins.begin("sato", WORDS, "192.0.2.1", first.secret)
    assert logins.find(first.secret) == NOBODY


def test_a_login_ends_when_it_is_idle_and_after_eight_hours(
    accounts: Accounts, logins: Logins, clock: Ticking
) -> None:
    idle = begun(logins).secret
    clock.now += IDLE - timedelta(minutes=1)
    assert logins.find(idle).known
    clock.now += IDLE - timedelta(minutes=1)
    assert logins.find(idle).known, "using it keeps it"
    clock.now += IDLE
    assert not logins.find(idle).known
    used = begun(logins).secret
    for _ in range(int(LONGEST / timedelta(minutes=20)) - 1):
        clock.now += timedelta(minutes=20)
        assert logins.find(used).known
    clock.now += timedelta(minutes=20)
    assert not logins.find(used).known


@pytest.mark.parametrize("change", ["password", "role", "disabled"])
def test_logins_end_with_the_account_that_they_were_for(
    accounts: Accounts, logins: Logins, change: str
) -> None:
    secret, token = begun(logins).secret, accounts.token("sato")
    assert accounts.by_token(token).name == "sato"
    if change == "password":
        accounts.set_password("sato", OTHER)
    elif change == "role":
        accounts.set_role("sato", "researcher")
    else:
        accounts.set_disabled("sato", True)
    assert logins.find(secret) == NOBODY
    assert accounts.by_token(token).known == (change != "disabled")


def test_tokens_are_random_end_together_and_are_not_guessed(accounts: Accounts) -> None:
    first, second = accounts.token("sato"), accounts.token("sato")
    assert first != second and accounts.by_token(second).role == "staff"
    assert (
        accounts.by_token(first[:-1] + "x") == accounts.by_token("desk_") == accounts.by_token("") == NOBODY
    )
    assert accounts.drop_tokens("sato") == 2 and accounts.by_token(first) == NOBODY


def test_after_five_failures_an_account_waits_longer_and_longer_from_any_address(
    accounts: Accounts, logins: Logins, clock: Ticking
) -> None:
    for n in range(FREE):
        assert logins.begin("sato", "wrong words here", f"192.0.2.{n}") == Wrong()
    locked = logins.begin("sato", WORDS, "198.51.100.7")
    assert isinstance(locked, Wrong) and 25 <= locked.wait <= 31
    clock.now += timedelta(seconds=31)
    assert logins.begin("sato", "wrong words here", "192.0.2.9") == Wrong()
    longer = logins.begin("sato", WORDS, "198.51.100.7")
    assert isinstance(longer, Wrong) and longer.wait > 50
    clock.now += timedelta(seconds=61)
    assert begun(logins).who.name == "sato"
    assert logins.begin("sato", "wrong words here", "198.51.100.8") == Wrong(), "the count begins anew"


def test_an_address_that_fails_waits_whatever_names_it_tries(accounts: Accounts, logins: Logins) -> None:
    for n in range(FREE):
        assert logins.begin(f"name{n}", "wrong words here", "2001:db8::1") == Wrong()
    locked = logins.begin("sato", WORDS, "2001:db8::ffff")
    assert isinstance(locked, Wrong) and locked.wait > 0, "another address of the same network"
    assert begun(logins, address="2001:db8:0:1::1").who.name == "sato"


def test_unknown_names_lock_like_known_ones(accounts: Accounts, logins: Logins) -> None:
    waits = []
    for name in ("sato", "nobody"):
        replies = [logins.begin(name, "wrong words here", f"10.{len(name)}.0.{n}") for n in range(7)]
        waits.append([isinstance(r, Wrong) and r.wait > 0 for r in replies])
    assert waits[0] == waits[1] == [False] * 5 + [True] * 2


def test_the_wait_grows_and_has_an_end() -> None:
    waits = [wait_after(n).total_seconds() for n in (0, 4, 5, 6, 7, 10, 1_000)]
    assert waits == [0, 0, 30, 60, 120, 900, 900]
