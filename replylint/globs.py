"""Globs as in .gitignore, for what settings and options name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def matches(path: Path, globs: Sequence[str], root: Path) -> bool:
    """Whether a file is one that the globs name, as in .gitignore, from the folder `root`."""
    if not globs:
        return False
    from pathspec import GitIgnoreSpec

    try:
        inside = path.resolve().relative_to(root.resolve())
    except ValueError:
        return False
    return GitIgnoreSpec.from_lines(globs).match_file(inside.as_posix())
