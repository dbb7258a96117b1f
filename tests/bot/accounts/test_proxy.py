"""Single sign-on: a proxy's word counts from its own address alone, and says at most what the setting lets it."""

from typing import Any

import pytest

from bot.accounts.proxy import ProxyError, proxies_of
from bot.accounts.roles import NOBODY
from bot.web.request import see

PROXIES = proxies_of(
    ("192.0.2.10", "2001:db8::/64"),
    "X-Remote-User",
    "X-Shib-Affiliation",
    ("sato@example.ac.jp=admin", "staff@example.ac.jp=staff"),
)


def scope(peer: str, **headers: str) -> dict[str, Any]:
    named = {"host": "127.0.0.1:7860", **{k.replace("_", "-"): v for k, v in headers.items()}}
    return {
        "type": "http",
        "method": "GET",
        "path": "/",
        "client": (peer, 1),
        "headers": [(k.encode(), v.encode()) for k, v in named.items()],
    }


@pytest.mark.parametrize(
    ("user", "groups", "role"),
    [
        ("suzuki@example.ac.jp", "", "researcher"),
        ("suzuki@example.ac.jp", "member@example.ac.jp;staff@example.ac.jp", "staff"),
        ("sato@example.ac.jp", "staff@example.ac.jp", "admin"),
        ("suzuki@example.ac.jp", "notstaff@example.ac.jp", "researcher"),
        ("", "staff@example.ac.jp", None),
        ("a\tb", "", None),
        ("x" * 201, "", None),
        ("山田", "", None),
    ],
)
def test_a_user_gets_the_role_of_the_first_entry_that_fits(user: str, groups: str, role: str | None) -> None:
    seen = see(scope("192.0.2.10", x_remote_user="", x_shib_affiliation=groups), PROXIES)
    headers = {**seen.headers, "x-remote-user": [user]}
    assert PROXIES.who(headers).role == role


def test_a_user_named_twice_is_nobody() -> None:
    assert PROXIES.who({"x-remote-user": ["sato@example.ac.jp", "x"]}) == NOBODY


@pytest.mark.parametrize(
    ("peer", "believed"),
    [
        ("192.0.2.10", True),
        ("2001:db8::7", True),
        ("192.0.2.11", False),
        ("127.0.0.1", False),
        ("unknown", False),
    ],
)
def test_forwarded_headers_are_read_from_the_proxy_alone(peer: str, believed: bool) -> None:
    told = {
        "x_forwarded_for": "198.51.100.7",
        "x_forwarded_host": "desk.example.ac.jp",
        "x_forwarded_proto": "https",
    }
    seen = see(scope(peer, **told), PROXIES)
    expected = (
        ("198.51.100.7", "desk.example.ac.jp", "https") if believed else (peer, "127.0.0.1:7860", "http")
    )
    assert (seen.address, seen.host, seen.scheme) == expected
    assert seen.proxied == believed


@pytest.mark.parametrize(
    ("chain", "address"),
    [
        ("203.0.113.5, 198.51.100.7", "198.51.100.7"),
        ("203.0.113.5, 198.51.100.7, 192.0.2.10", "198.51.100.7"),
        ("198.51.100.7:4711", "198.51.100.7"),
        ("[2001:db8:1::5]:80", "2001:db8:1::5"),
        ("203.0.113.5, nonsense", "192.0.2.10"),
        ("", "192.0.2.10"),
    ],
)
def test_the_visitors_address_is_the_last_that_is_no_proxy(chain: str, address: str) -> None:
    assert see(scope("192.0.2.10", x_forwarded_for=chain), PROXIES).address == address


@pytest.mark.parametrize(
    ("addresses", "user", "roles", "words"),
    [
        (("proxy.example.ac.jp",), "", (), "DESK_PROXY takes"),
        ((), "X-Remote-User", (), "needs DESK_PROXY"),
        (("192.0.2.1",), "X-Remote-User", ("staff",), "DESK_PROXY_ROLES"),
        (("192.0.2.1",), "X-Remote-User", ("a=king",), "roles are researcher"),
    ],
)
def test_a_setting_that_cannot_be_used_says_what_it_takes(
    addresses: tuple[str, ...], user: str, roles: tuple[str, ...], words: str
) -> None:
    with pytest.raises(ProxyError, match=words):
        proxies_of(addresses, user, "", roles)
