"""Hashes and seal of a packet: a hash for every value in it, one over all, and a seal that only the desk's key makes.

The hashes tell which value was edited. Whoever edits can work them out anew, so the seal covers them. Pure.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from typing import Any, cast

from bot.packet.types import Packet, SealPart

#: The parts that prove the others.
PROOF = ("hashes", "hash", "seal")
#: Hexadecimal digits of a value's hash and of a key's name: 128 and 64 bits.
SHORT, NAME = 32, 16


def sha256(text: str) -> str:
    """SHA-256 of a text in UTF-8, as hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(value: Any) -> str:
    """A value as JSON in its one form: sorted keys, no spaces. Raises ValueError for what JSON has not."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def values(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """(path, value) of every value below; an empty list or object is a value."""
    if isinstance(value, dict) and value:
        parts: Iterator[tuple[Any, Any]] = iter(value.items())
    elif isinstance(value, list) and value:
        parts = iter(enumerate(value))
    else:
        yield path, value
        return
    for name, part in parts:
        yield from values(part, f"{path}.{name}" if path else str(name))


def hashes_of(body: Mapping[str, Any]) -> dict[str, str]:
    """Path -> hash of every value but those that prove the others."""
    rest = {name: part for name, part in body.items() if name not in PROOF}
    return {path: sha256(f"{path}\0{canonical(value)}")[:SHORT] for path, value in values(rest)}


def hash_of(hashes: Mapping[str, str]) -> str:
    """The hash over all hashes."""
    return sha256(canonical(dict(hashes)))


def key_name(key: bytes) -> str:
    """What a key is called by; tells nothing of it."""
    return hashlib.sha256(b"desk packet key\0" + key).hexdigest()[:NAME] if key else ""


def seal_of(whole: str, key: bytes) -> SealPart:
    """The seal on a packet's hash; empty without a key."""
    mac = hmac.new(key, whole.encode(), hashlib.sha256).hexdigest() if key else ""
    return SealPart(key=key_name(key), hmac=mac)


def sealed(body: Mapping[str, Any], key: bytes) -> Packet:
    """A packet of everything but its proof, with its proof."""
    hashes = hashes_of(body)
    whole = hash_of(hashes)
    rest = {name: part for name, part in body.items() if name not in PROOF}
    return cast(Packet, {**rest, "hashes": hashes, "hash": whole, "seal": seal_of(whole, key)})


def seal_fits(packet: Packet, key: bytes) -> bool:
    """Whether the seal is this key's on this hash."""
    return bool(key) and hmac.compare_digest(seal_of(packet["hash"], key)["hmac"], packet["seal"]["hmac"])
