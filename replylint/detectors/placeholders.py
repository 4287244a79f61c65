"""Placeholders of help desks in a macro: which of them stand for the customer or the case, and which are broken.

The desk is the one that the settings name, else the one whose export the file is, else the one that knows most of the macro's
placeholders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from msgspec import Struct

from replylint.branches import unmatched
from replylint.detectors.blanks import Syntax, Token, blanks_by_hand, may_hold_blanks, placeholders
from replylint.detectors.reader import longest
from replylint.late import late
from replylint.model import Span

KINDS = ("slot", "broken", "branch", "name", "order", "date", "link")

_NEAR = 0.85
_BELONGS_TO: Mapping[Syntax, Syntax] = {"triple": "bang", "attribute": "double"}  # another spelling of the same desk
_DOTTED = r"[A-Za-z_]+(?:\.\w+)+"
# Begun and not ended, or the other way round; only what reads like a name with dots, for braces stand in code too
_CUT_OFF = late(
    rf"\{{\{{\s*{_DOTTED}(?:\s*\|[^{{}}\n<]*)?\s*\}}?(?![\w.}}\s|])|\{{\{{\s*{_DOTTED}(?=\s+[^\s|}}]|\s*$|\s*<)"
    rf"|(?<!\{{)\{{{_DOTTED}\}}\}}|\{{%{_DOTTED}(?:,\s*fallback=[\w ]*)?(?!%\}})(?=[\s,<]|%?$|\}})"
    rf"|\{{![A-Za-z]+\.\w+(?![\w}}.])|[#%]\{{{_DOTTED}(?![\w}}.])"
)
# What is worked out where it stands is whole, too
_EXPRESSION = late(rf"\{{\{{-?\s*{_DOTTED}\s+(?:[-+*/~%<>=!]|(?:if|or|and|in|is|not)\b)[^{{}}\n]*\}}\}}")
_BRANCH = late(r"\{%-?\s*(?:if|unless|case|for)\b[^%\n]{0,200}%\}")


class Desk(Struct, frozen=True):
    syntax: Syntax
    roots: tuple[str, ...]
    names: tuple[str, ...]


def find(text: str, kind: str, desk: str) -> tuple[Span, ...]:
    """The places of slots for the customer or the case, of slots of one kind, of broken placeholders, or of branches.

    `desk`: the help desk that is known to fill the macro, or empty.
    """
    if not may_hold_blanks(text):
        return ()
    if kind == "branch":
        return tuple(Span(*match.span()) for match in _BRANCH.finditer(text))
    found = placeholders(text)
    if kind == "broken":
        expressions = (Span(*match.span()) for match in _EXPRESSION.finditer(text))
        whole = longest([*(token.span for token in found), *expressions])
        cut = [Span(*m.span()) for m in _CUT_OFF.finditer(text) if not Span(*m.span()).among(whole)]
        return tuple(sorted({*cut, *unmatched(text), *(token.span for token in _foreign(found, desk))}))
    slots = [token for token in (*found, *blanks_by_hand(text)) if not token.is_ours]
    return tuple(sorted(token.span for token in slots if kind in ("slot", token.kind)))


def _foreign(tokens: Sequence[Token], chosen: str) -> Iterator[Token]:
    """The placeholders that the desk of this macro does not know; where no desk knows any, those that nearly are one's."""
    name = chosen if chosen in desks() else _likeliest(tokens)
    if not name:
        yield from (token for token in tokens if any(_nearly_knows(desk, token) for desk in desks()))
        return
    desk = desks()[name]
    for token in tokens:
        if _knows(desk, token):
            continue
        elsewhere = any(_knows(other, token) for other in desks().values())
        if elsewhere or _is_under_root(desk, token) or _nearly_knows(name, token) or token.syntax != desk.syntax:
            yield token


def _is_under_root(desk: Desk, token: Token) -> bool:
    return token.syntax == desk.syntax and token.name.split(".")[0] in desk.roots


def _nearly_knows(name: str, token: Token) -> bool:
    """Whether a name of the desk was meant and misspelt."""
    is_its = token.syntax == desks()[name].syntax and "." in token.name
    return is_its and bool(get_close_matches(token.name, _plain_names(name), 1, _NEAR))


def _likeliest(tokens: Sequence[Token]) -> str:
    """The desk that knows most of the placeholders, and of two such the one that knows the first; none where none knows any."""
    known = {name: [_knows(desk, token) for token in tokens] for name, desk in desks().items()}
    best = max(known, key=lambda name: (sum(known[name]), known[name]), default="")
    return best if best and any(known[best]) else ""


def _knows(desk: Desk, token: Token) -> bool:
    if _BELONGS_TO.get(token.syntax, token.syntax) != desk.syntax:
        return False
    return _pattern(desk.names).fullmatch(token.name) is not None


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    def part(name: str) -> str:
        quoted = re.escape(name).replace(r"\{", "(?:").replace(r"\}", ")").replace(",", "|")
        return quoted.replace(r"\*", r"[\w$-]+").replace(r"\#", r"\d+")

    return re.compile("|".join(f"(?:{part(name)})" for name in names))


@cache
def _plain_names(desk: str) -> tuple[str, ...]:
    """The names of a desk, each written out, as far as they hold no wildcard."""
    found: list[str] = []
    for name in desks()[desk].names:
        spelled = [""]
        for piece in re.split(r"(\{[^{}]*\})", name):
            choices = piece[1:-1].split(",") if piece.startswith("{") else [piece]
            spelled = [one + choice for one in spelled for choice in choices]
        found += [one for one in spelled if "*" not in one and "#" not in one]
    return tuple(found)


@cache
def desks() -> Mapping[str, Desk]:
    """The help desks whose placeholders are known."""
    import msgspec
    import yaml

    path = Path(__file__).parent.parent / "data" / "placeholders.yaml"
    return msgspec.convert(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader), dict[str, Desk])
