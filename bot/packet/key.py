"""The key that a desk seals its packets with: 32 random bytes in a file of its home, readable by its owner alone."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from vectorstore.types import StoreError

_BYTES = 32


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Where the key is. A packet is sealed by whoever holds it, so it belongs in the backup and nowhere else."""

    path: Path

    def read(self) -> bytes:
        """The key; empty where none was made yet. Raises StoreError for a file that holds none."""
        try:
            text = self.path.read_text("ascii").strip()
            key = bytes.fromhex(text)
        except FileNotFoundError:
            return b""
        except (OSError, ValueError):
            raise StoreError(
                f"{self.path} is not a key; restore it from the backup, or move it away"
            ) from None
        if len(key) != _BYTES:
            raise StoreError(f"{self.path} is not a key; restore it from the backup, or move it away")
        return key

    def make(self) -> bytes:
        """The key, made where there is none; of two processes that make it at once, one wins. Raises StoreError."""
        if key := self.read():
            return key
        fresh = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}")
        try:
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(_BYTES))
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(fresh, self.path)
            except FileExistsError:
                pass
        except OSError as error:
            raise StoreError(f"{self.path} cannot be written ({error.strerror})") from None
        finally:
            fresh.unlink(missing_ok=True)
        return self.read()
