"""Data that was worked out once, kept on disk under a hash of what it was made of. A damaged entry counts as none."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import TypeVar

import msgspec

Kept = TypeVar("Kept")
_ENTRY = re.compile(r"[0-9a-f]{64}|tmp[a-z0-9_]{8}")


class Cache(msgspec.Struct, frozen=True):
    """A folder of entries. What can't be read or written is worked out again: a cache never fails."""

    folder: Path

    def get(self, key: str, kind: type[Kept]) -> Kept | None:
        try:
            return msgspec.msgpack.decode((self.folder / key).read_bytes(), type=kind)
        except (OSError, ValueError):  # msgspec's errors are ValueErrors
            return None

    def put(self, key: str, value: object) -> None:
        """Whole or not at all, also when several processes write at once."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self.folder)
            with os.fdopen(handle, "wb") as out:
                out.write(msgspec.msgpack.encode(value))
            os.replace(name, self.folder / key)
        except OSError:
            return

    def clear(self) -> int:
        """Removes every entry, and nothing else in the folder. Returns how many there were."""
        entries = [path for path in self.folder.glob("*") if _ENTRY.fullmatch(path.name)]
        for path in entries:
            path.unlink(missing_ok=True)
        return len(entries)


def default_folder() -> Path:
    """Where this system keeps what can be made again."""
    from platformdirs import user_cache_path

    return user_cache_path("replylint", appauthor=False)


def cache_of(off: bool, folder: Path | None) -> Cache | None:
    """The cache that the options ask for; by default one in the user's own folder."""
    return None if off else Cache(folder or default_folder())
