"""Passwords: argon2id with the parameters that OWASP's cheat sheet on password storage names, and what is too weak."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

#: 19 MiB, two passes, one lane.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
#: Lengths in characters. NIST SP 800-63B asks for at least 8, better 15; rules on kinds of characters do not help.
SHORTEST, LONGEST = 12, 1_000
_FEW = 5


class WeakPassword(ValueError):
    """A password that will not do; the message says why."""


def check_password(name: str, password: str) -> None:
    """Raises WeakPassword for one that is too short or long, or as easily guessed as the account's name."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(f"a password needs {SHORTEST} to {LONGEST:,} characters")
    if len(set(password)) < _FEW or name.casefold() in password.casefold() and len(password) < 2 * len(name):
        raise WeakPassword("this password is too easily guessed; several words in a row are a good one")


def hash_password(password: str) -> str:
    """A password's hash, with its parameters and salt in it. Takes some hundredths of a second on purpose."""
    return _HASHER.hash(password)


def matches(hashed: str, password: str) -> bool:
    """Whether a hash is of this password."""
    try:
        return _HASHER.verify(hashed, password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False


def outdated(hashed: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(hashed)


def nobodys_hash() -> str:
    """A hash that no password has: comparing with it takes as long as with a real one."""
    return _HASHER.hash("")
