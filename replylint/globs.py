"""Globs as in .gitignore, for what settings and options name."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path


def real(path: Path) -> Path:
    """Where a path leads; of links that loop, the last one: reading it says what is wrong."""
    return Path(os.path.realpath(path))


def matches(path: Path, globs: Sequence[str], root: Path) -> bool:
    """Whether a file is one that the globs name, as in .gitignore, from the folder `root`."""
    if not globs:
        return False
    from pathspec import GitIgnoreSpec

    try:
        inside = real(path).relative_to(real(root))
    except ValueError:
        return False
    return GitIgnoreSpec.from_lines(globs).match_file(inside.as_posix())
