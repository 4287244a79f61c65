"""Regular expressions that are compiled when they are first used: one draft needs few of all that there are."""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    """Stands for a compiled expression, and becomes like it attribute by attribute."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._pattern, self._flags), name)
        setattr(self, name, found)
        return found


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, but a mistake in the expression shows only when it is used."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
