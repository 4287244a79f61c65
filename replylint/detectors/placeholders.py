"""Placeholders of help desks in a macro: which of them stand for the customer or the case, and which are broken.

The desk is the one that the settings name, else the one that knows most of the macro's placeholders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from msgspec import Struct

from replylint.model import Span

KINDS = ("slot", "broken", "branch")
Syntax = Literal["double", "percent", "bang", "hash", "percent-brace", "triple"]

_NAME = r"[A-Za-z_][\w-]*(?:(?:\.[A-Za-z_$][\w-]*)|(?:\[[^\[\]{}\n]{0,40}\]))*"
_WHOLE: Mapping[Syntax, re.Pattern[str]] = {
    "triple": re.compile(rf"\{{\{{\{{\s*({_NAME})\s*\}}\}}\}}"),
    "double": re.compile(rf"\{{\{{-?\s*({_NAME})\s*(?:\|[^{{}}\n]*)?-?\}}\}}"),
    "percent": re.compile(rf"\{{%({_NAME})(?:,\s*fallback=[^%\n]*)?%\}}"),
    "bang": re.compile(rf"\{{!\s*({_NAME})\s*\}}"),
    "hash": re.compile(rf"#\{{\s*({_NAME})\s*\}}"),
    "percent-brace": re.compile(rf"%\{{\s*({_NAME})\s*\}}"),
}
_DOTTED = r"[A-Za-z_]+(?:\.\w+)+"
# Begun and not ended, or the other way round; only what reads like a name with dots, for braces stand in code too
_CUT_OFF = re.compile(
    rf"\{{\{{\s*{_DOTTED}(?:\s*\|[^{{}}\n<]*)?\s*\}}?(?![\w.}}\s|])|\{{\{{\s*{_DOTTED}(?=\s+[^\s|}}]|\s*$|\s*<)"
    rf"|(?<!\{{)\{{{_DOTTED}\}}\}}|\{{%{_DOTTED}(?:,\s*fallback=[\w ]*)?(?!%\}})(?=[\s,<]|%?$|\}})"
    rf"|\{{![A-Za-z]+\.\w+(?![\w}}.])|[#%]\{{{_DOTTED}(?![\w}}.])"
)
# A blank that a person fills in by hand, unless it is for the agent's own name
_BY_HAND = re.compile(
    r"\[(?!(?i:your (?:full |first )?name|signature|agent|my name|our |team|company))[A-Za-z][\w ,/'&:.’-]{1,60}\](?!\()"
    r"|(?<![{#%$!\w])\{[a-z][\w ]{1,30}\}(?!\})|(?<!\w)[Xx]{4,}(?!\w)|_{3,}|<(?:name|NAME|first name|customer)>"
    r"|<(?:attribute|variable)\s[^<>\n]{1,200}>"  # elements that HTML does not know, of Intercom and Kenchi
)
_OF_OURS = re.compile(
    r"(?:current_user|agent|user|author|teammate|owner|sender|staff|mailbox|inbox|account|helpdesk_name|signature|User|Sender|company)\b"
    r"|(?:ticket|case)\.(?:agent|assignee|assignee_user|owner|group|brand|dept|team|staff|internal_agent|assigned_team)\b"
)
_BRANCH = re.compile(r"\{%-?\s*(?:if|unless|case|for)\b[^%\n]{0,200}%\}")
_INDEX = re.compile(r"\[[^\]]*\]")


class Desk(Struct, frozen=True):
    syntax: Syntax
    roots: tuple[str, ...]
    names: tuple[str, ...]


class Token(NamedTuple):
    """One placeholder: its name without index and filter, how it is written, where."""

    name: str
    syntax: Syntax
    span: Span


def find(text: str, kind: str, desk: str) -> tuple[Span, ...]:
    """The places of slots for the customer or the case, of broken placeholders, or of branches. `desk`: of the settings, or empty."""
    if not any(sign in text for sign in "{[_") and "xx" not in text.lower() and "<" not in text:
        return ()
    if kind == "branch":
        return tuple(Span(*match.span()) for match in _BRANCH.finditer(text))
    found = sorted(_tokens(text), key=lambda token: token.span)
    if kind == "slot":
        mine = [token.span for token in found if not _OF_OURS.match(token.name)]
        return tuple(sorted([*mine, *(Span(*match.span()) for match in _BY_HAND.finditer(text))]))
    whole = [token.span for token in found]
    cut = [Span(*m.span()) for m in _CUT_OFF.finditer(text) if not any(s.overlaps(Span(*m.span())) for s in whole)]
    return tuple(sorted([*cut, *(token.span for token in _foreign(found, desk))]))


def _tokens(text: str) -> Iterator[Token]:
    taken: list[Span] = []
    for syntax, pattern in _WHOLE.items():
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                yield Token(_INDEX.sub("", match[1]), syntax, span)


def _foreign(tokens: Sequence[Token], chosen: str) -> Iterator[Token]:
    """The placeholders that the desk of this macro does not know."""
    name = chosen or _likeliest(tokens)
    if not name:
        return
    desk = desks()[name]
    for token in tokens:
        if _knows(desk, token):
            continue
        elsewhere = any(_knows(other, token) for other in desks().values())
        own = token.name.split(".")[0] in desk.roots and token.syntax == desk.syntax
        near = token.syntax == desk.syntax and bool(get_close_matches(token.name, _plain_names(name), 1, 0.85))
        if elsewhere or own or near or token.syntax != desk.syntax:
            yield token


def _likeliest(tokens: Sequence[Token]) -> str:
    """The desk that knows most of the placeholders, and of two such the one that knows the first; none where none knows any."""
    known = {name: [_knows(desk, token) for token in tokens] for name, desk in desks().items()}
    best = max(known, key=lambda name: (sum(known[name]), known[name]), default="")
    return best if best and any(known[best]) else ""


def _knows(desk: Desk, token: Token) -> bool:
    if token.syntax != desk.syntax and not (token.syntax == "triple" and desk.syntax == "bang"):
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
