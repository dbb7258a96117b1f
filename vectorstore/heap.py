"""The C library's heap, from which numpy, SQLite and Chroma take their memory: few parts, and what is free given back.

glibc opens up to eight arenas for every core, and in each of them it keeps what was freed below the last thing in use. Ten
threads that answer while editions change so hold 50 MB more after an hour, and none of it is in use. Elsewhere (musl,
macOS) nothing is done.
"""

import ctypes
from functools import cache

#: glibc's number for M_ARENA_MAX (malloc.h), and how many arenas are enough where Python runs one thread at a time.
_ARENA_MAX, ARENAS = -8, 2


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None)


def few_arenas() -> bool:
    """From now on threads share few arenas; those that there are stay. False where the C library has no such thing."""
    set_option = getattr(_library(), "mallopt", None)
    return bool(set_option and set_option(_ARENA_MAX, ARENAS))


def give_back() -> bool:
    """Gives free memory back to the system; False where there was none to give. Takes some 20 ms."""
    trim = getattr(_library(), "malloc_trim", None)
    return bool(trim and trim(0))
