"""The one error that a user can cause; the command line catches it in one place and exits 2."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class InputError(Exception):
    """What was asked can't be done: says file, line, column, what was found and what is allowed.

    `line` and `column` are 1-based characters; 0 means that the place is the whole file.
    """

    def __init__(self, message: str, path: str = "", line: int = 0, column: int = 0) -> None:
        self.message, self.path, self.line, self.column = message, path, line, column
        super().__init__(str(self))

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        return f"{place}: {self.message}" if place else self.message


def nearest(word: str, allowed: Iterable[str]) -> str:
    """`; did you mean "x"?` for the nearest allowed word, else an empty text."""
    close = difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.6)
    return f'; did you mean "{close[0]}"?' if close else ""


def listing(words: Iterable[str], most: int = 12) -> str:
    """`a, b, c`, sorted, cut after `most` words."""
    ordered = sorted(words)
    return ", ".join(ordered[:most]) + (f" and {len(ordered) - most} more" if len(ordered) > most else "")
