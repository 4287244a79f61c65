"""A text cut into clauses, and which of them only go on with the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from replylint.late import late
from replylint.model import Span

_CLAUSE = late(r"[^.!?;,\n\u2013\u2014]+(?:[.,](?=\d)[^.!?;,\n\u2013\u2014]*)*")
_FOLLOWS = late(
    r"\s*(?:as|and|when|whenever|especially|particularly|more|most|after|since|while|even|because|who|which|that|to|so|with|in|on|at|from|for"
    r"|where|if|either|too|again|both|including|like|though)\b",
    re.I,
)
_MASKED = late(r"https?://\S+|[@#]\w+")
_WORD = late(r"[A-Za-z][A-Za-z'\u2019]*|\d[\d.,:/-]*")
_COMMAS = (",", ";", "\u2013", "\u2014")
_FEWEST_WORDS = 2


def clauses(text: str) -> Iterator[Span]:
    """Stretches between full stops, commas, dashes and line ends."""
    for match in _CLAUSE.finditer(_MASKED.sub(lambda m: " " * len(m[0]), text)):
        yield Span(*match.span())


def follows_on(text: str, clause: Span) -> bool:
    """Whether a clause hangs on the one before: as our cooks work hard, and after such a day."""
    return text[max(0, clause.start - 1) : clause.start] in _COMMAS and bool(
        _FOLLOWS.match(text, clause.start, clause.end)
    )


def has_words(text: str, clause: Span) -> bool:
    return len(_WORD.findall(_MASKED.sub(" ", text[clause.start : clause.end]))) >= _FEWEST_WORDS
