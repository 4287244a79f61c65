"""Writes a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from replylint.errors import InputError

_NEW = 0o644


def write_whole(path: Path, text: str) -> None:
    """Puts the text in place of the file's, if there is one; its permissions stay, and a link stays a link."""
    target = path.resolve()
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(text.encode())
            if target.exists():
                shutil.copymode(target, name)
            else:
                os.chmod(name, _NEW)
            os.replace(name, target)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
    except OSError as error:
        raise InputError(f"can't be written: {error.strerror or error}", str(path)) from None
