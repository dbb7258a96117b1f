"""A reverse proxy in front of the desk that is believed: who the visitor is, and where they come from.

For universities with Shibboleth (GakuNin): the web server does the single sign-on and names the user in a
header. Such a header counts only in a request that comes from one of the configured addresses; the proxy must
remove what a visitor sends under the same name.
"""

import ipaddress
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.accounts.roles import NOBODY, Role, Who, role_of

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
#: A name as an identity provider gives it: eduPersonPrincipalName and its like.
_NAME = re.compile(r"[\w.@+!:/=\-]{1,200}", re.ASCII)


class ProxyError(ValueError):
    """A setting about the proxy that cannot be used; the message says what it takes."""


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies that are believed, and how they say who somebody is. Without `user`, they say nothing of that.

    `roles` maps a user's name, or one of the values in the `groups` header, to a role; the first one that fits
    counts. Who fits none is a researcher.
    """

    networks: tuple[Network, ...] = ()
    user: str = ""
    groups: str = ""
    roles: tuple[tuple[str, Role], ...] = ()

    def trusts(self, address: str) -> bool:
        """Whether a request from this address comes from one of the proxies."""
        try:
            peer = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(peer in network for network in self.networks)

    def client(self, peer: str, forwarded_for: str) -> str:
        """The address that a proxy speaks for: the last one in its list that is not itself a proxy."""
        for part in reversed(forwarded_for.split(",")):
            address = _address(part.strip())
            if not address:
                return peer
            if not self.trusts(address):
                return address
        return peer

    def who(self, headers: Mapping[str, Sequence[str]]) -> Who:
        """Who the proxy says that it is; NOBODY where it does not say, or says it twice."""
        names = headers.get(self.user, ()) if self.user else ()
        if len(names) != 1 or not _NAME.fullmatch(names[0].strip()):
            return NOBODY
        name = names[0].strip()
        held = {name, *re.split(r"[;,\s]+", " ".join(headers.get(self.groups, ())))}
        fitting: list[Role] = [role for value, role in self.roles if value in held]
        role: Role = fitting[0] if fitting else "researcher"
        return Who(name, role, f"proxy:{name}")


def _address(text: str) -> str:
    """An address without its port, or "" for what is none."""
    bare = text[1:].partition("]")[0] if text.startswith("[") else text
    for candidate in (bare, bare.rpartition(":")[0]):
        try:
            return str(ipaddress.ip_address(candidate))
        except ValueError:
            continue
    return ""


def proxies_of(addresses: Sequence[str], user: str, groups: str, roles: Sequence[str]) -> Proxies:
    """The proxies out of the settings' parts; a role is written `value=role`. Raises ProxyError."""
    try:
        networks = tuple(ipaddress.ip_network(address, strict=False) for address in addresses)
    except ValueError as error:
        raise ProxyError(f"DESK_PROXY takes addresses or networks such as 192.0.2.10: {error}") from None
    if user and not networks:
        raise ProxyError(
            "DESK_PROXY_USER needs DESK_PROXY, the address of the web server that sets the header"
        )
    return Proxies(networks, user.lower(), groups.lower(), tuple(map(_role, roles)))


def _role(text: str) -> tuple[str, Role]:
    value, equals, role = text.rpartition("=")
    try:
        if not (value and equals):
            raise ValueError(f"{text!r} is not VALUE=ROLE")
        return value.strip(), role_of(role.strip())
    except ValueError as error:
        raise ProxyError(f"DESK_PROXY_ROLES takes staff@example.ac.jp=staff, …: {error}") from None
