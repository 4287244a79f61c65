"""Text as Markdown that shows it as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")
_DOI = re.compile(r"(?<=doi )(10\.[^\s,]+)")


def plain(text: str) -> str:
    """The text in one line, with nothing in it that Markdown would read."""
    return _SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", text))


def lines(text: str) -> str:
    """The text with its line breaks, for inside a quotation."""
    return "<br>".join(plain(line) for line in text.split("\n"))


def with_links(text: str) -> str:
    """The text with each DOI as a link."""
    pieces = _DOI.split(text)
    return "".join(
        f"[{piece}](https://doi.org/{piece})" if index % 2 else plain(piece) for index, piece in enumerate(pieces)
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells are Markdown already."""
    every = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in every)


def code(text: str) -> str:
    return f"`{text}`"
