"""Data that was worked out once, kept on disk under a hash of what it was made of. A damaged entry counts as none."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import msgspec

from replylint import __version__

Kept = TypeVar("Kept")
_MOST = 24  # entries; those that were not used for longest go
_ENTRY = re.compile(r"[0-9a-f]{64}|tmp[a-z0-9_]{8}")


class Cache(msgspec.Struct, frozen=True):
    """A folder of entries. What can't be read or written is worked out again: a cache never fails."""

    folder: Path

    def get(self, key: str, kind: type[Kept]) -> Kept | None:
        try:
            found = msgspec.msgpack.decode((self.folder / key).read_bytes(), type=kind)
        except (OSError, ValueError, msgspec.MsgspecError):
            return None
        with contextlib.suppress(OSError):
            os.utime(self.folder / key)
        return found

    def put(self, key: str, value: object) -> None:
        """Whole or not at all, also when several processes write at once."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._put(key, msgspec.msgpack.encode(value))
            for old in sorted(self._entries(), key=lambda path: path.stat().st_mtime, reverse=True)[_MOST:]:
                old.unlink(missing_ok=True)
        except OSError:
            return

    def _put(self, key: str, data: bytes) -> None:
        handle, name = tempfile.mkstemp(dir=self.folder)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
            os.replace(name, self.folder / key)
        except OSError:  # a full disk should not get fuller with each run
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise

    def _entries(self) -> list[Path]:
        return [path for path in self.folder.glob("*") if _ENTRY.fullmatch(path.name)]

    def clear(self) -> int:
        """Removes every entry, and nothing else in the folder. Returns how many there were."""
        entries = self._entries()
        for path in entries:
            path.unlink(missing_ok=True)
        return len(entries)


@cache
def code() -> str:
    """Changes with the version and with any file of this package: what an older one worked out is not what this one would."""
    package = Path(__file__).parent
    digest = blake2b(__version__.encode(), digest_size=16)
    for path in sorted(path for path in package.rglob("*") if path.suffix in (".py", ".json", ".yaml", ".txt")):
        status = path.stat()
        digest.update(f"\0{path.relative_to(package)}\0{status.st_size}\0{status.st_mtime_ns}".encode())
    return digest.hexdigest()


def default_folder() -> Path:
    """Where this system keeps what can be made again."""
    from platformdirs import user_cache_path

    return user_cache_path("replylint", appauthor=False)


def cache_of(off: bool, folder: Path | None) -> Cache | None:
    """The cache that the options ask for; by default one in the user's own folder."""
    return None if off else Cache(folder or default_folder())
