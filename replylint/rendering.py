"""The rendering check: a macro filled with ordinary, empty, long and awkward values, and what the customer would then read."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from replylint.context import Context
from replylint.detectors.blanks import Kind, Token, blanks_by_hand, may_hold_blanks, placeholders
from replylint.detectors.measure import length
from replylint.facts import channel_length
from replylint.late import late
from replylint.model import Finding, Level, Source, Span

RENDERING = "rendering"  # an id outside the catalogue of rules
_SOURCE = Source("replylint", "The rendering check: ordinary, empty, long and awkward values")

_FREE_TEXT = late(r"(?:title|subject|description|comment|body|excerpt|note|signature|reason)\w*$", re.I)
_HOUSE = late(r"(?:company|organi[sz]ation|account)\b", re.I)
# What the help desk fills in always: of the case itself, and texts of the house
_NEVER_EMPTY = late(
    r"(?:ticket|case|conversation)\.(?:id|number|ticket_id|display_id|mask_id|url|link\w*|title|subject|status|created\w*"
    r"|updated\w*|via|channel|description\w*|latest\w*|verbatim\w*|public\w*)$|(?:dc|config|time|satisfaction|brand)\.|Today$"
    r"|(?:site|app|topic|context|base|helpdesk)_\w+$|ticket\.(?:brand|group|account)\b|url$|Case\.CaseNumber$"
)
_ORDINARY = {
    "name": "Ann",
    "order": "4471920",
    "date": "12 May 2026",
    "link": "https://acme.example/a",
    "unknown": "blue",
}
_LONG = {
    "name": "Maximiliane-Alexandrina Featherstonehaugh-Cholmondeley",
    "order": "2026-0000-4471920-000123",
    "date": "Wednesday, 30 September 2026 at 11:45 pm",
    "link": "https://acme.example/" + "a/" * 60,
    "unknown": "a value that goes on for about as long as a sentence would, and then a little",
}
_LINE = late(r"(?:title|subject|reason)$", re.I)
_LONG_LINE = "A subject as long as customers write them when all of the story has to go into it, with the date " * 2
_LONG_TEXT = _LONG_LINE * 5
_CLOSING, _OPENING, _PAUSES = ",.;:!?)]}”", "([{“", ",.;:!?"
_QUOTED = 14  # characters around the place, in a message


class Filled(NamedTuple):
    """A macro with its blanks filled, and where each blank's value then stands."""

    text: str
    places: tuple[Span, ...]


class _Trouble(NamedTuple):
    kind: str
    token: Token
    message: str


def rendering(context: Context, level: Level) -> Iterator[Finding]:
    """What goes wrong once the macro is filled: each kind of trouble once, at the first placeholder that makes it."""
    text = context.draft.text
    if context.draft.kind != "macro" or not may_hold_blanks(text):
        return
    desk_fills = placeholders(text)
    tokens = sorted([*desk_fills, *_by_hand(text, desk_fills)], key=lambda token: token.span)
    if not tokens:
        return
    found: dict[str, list[_Trouble]] = {}
    for trouble in (*_empty(text, tokens), *_awkward(text, tokens), *_too_long(context, text, tokens)):
        found.setdefault(trouble.kind, []).append(trouble)
    for kind, (first, *others) in found.items():
        start, end = first.token.span
        more = f" So in {len(others)} more place{'s' if len(others) > 1 else ''}." if others else ""
        yield Finding(
            RENDERING, level, first.token.span, text[start:end], first.message + more,
            _INSTEAD.get(kind, "Write the sentence so that it reads well with any value."), _SOURCE, context.draft.id,
            place="match",
        )  # fmt: skip


_INSTEAD = {
    "empty": "Give the placeholder a fallback where your help desk has one ({{… | default: \"there\"}} in Liquid, "
    "{{… | fallback: \"there\"}} in Intercom, {%…,fallback=there%} in Help Scout), or write the sentence so that it holds without it.",
    "long": "Cut the text until a long value fits, too, or leave the placeholder out.",
}  # fmt: skip


def _by_hand(text: str, whole: Sequence[Token]) -> list[Token]:
    places = sorted(token.span for token in whole)
    return [token for token in blanks_by_hand(text) if not token.span.among(places)]


def fill(text: str, tokens: Sequence[Token], values: Sequence[str]) -> Filled:
    """The text with each blank's value in its place."""
    pieces: list[str] = []
    places: list[Span] = []
    at = size = 0
    for token, value in zip(tokens, values, strict=True):
        before = text[at : token.span.start]
        pieces += (before, value)
        size += len(before)
        places.append(Span(size, size + len(value)))
        size += len(value)
        at = token.span.end
    return Filled("".join((*pieces, text[at:])), tuple(places))


# --- values -----------------------------------------------------------------------------------------------------


def _ordinary(token: Token) -> str:
    return _ORDINARY[token.kind]


def _can_be_empty(token: Token) -> bool:
    return token.syntax != "by-hand" and not token.is_ours and not _NEVER_EMPTY.match(token.name)


def _missing(token: Token) -> str:
    """What is sent where the value is missing."""
    return (token.fallback or "") if _can_be_empty(token) else _ordinary(token)


def _odd(token: Token) -> str:
    """Free text ends as its writer ended it, and the name of a house may end in a full stop."""
    if token.fallback is None and token.syntax != "by-hand" and _FREE_TEXT.search(token.name):
        return "Where is my order?"
    return "Acme Inc." if token.kind == "unknown" and _HOUSE.search(token.name) else _ordinary(token)


def _lengthy(token: Token) -> str:
    if token.syntax == "by-hand":
        return _ordinary(token)  # whoever fills it in sees how long it gets
    if _FREE_TEXT.search(token.name):
        return _LONG_LINE if _LINE.search(token.name) else _LONG_TEXT
    return _LONG[token.kind]


# --- what goes wrong --------------------------------------------------------------------------------------------


def _empty(text: str, tokens: Sequence[Token]) -> Iterator[_Trouble]:
    filled = fill(text, tokens, [_missing(token) for token in tokens])
    told = -1
    for token, (start, end) in zip(tokens, filled.places, strict=True):
        if end > start or not _reads_badly(filled.text, start, token.kind):
            continue
        if told >= 0 and not filled.text[told:start].strip():
            continue  # a first and a last name are missed together
        told = start
        yield _Trouble(
            "empty",
            token,
            f"Where “{_short(text, token)}” is empty, the customer reads “{_around(filled.text, start)}”.",
        )


def _reads_badly(text: str, at: int, kind: Kind) -> bool:
    """Whether something shows that a value is missing there."""
    left, right = text[at - 1 : at], text[at : at + 1]
    line = text[:at].rpartition("\n")[2].strip(" \t\xa0")
    if right and right in _CLOSING:
        return not line or left in " \xa0" or left in _OPENING or left in _PAUSES
    if left == '"' or left == "#":
        return right == left or not right.isalnum()
    if not line or left not in (" ", "\xa0"):
        return False
    if right == " ":
        return line[-1] not in ".!?"
    return right in ("", "\r", "\n") and kind != "name" and line[-1] not in ".!?,"


def _awkward(text: str, tokens: Sequence[Token]) -> Iterator[_Trouble]:
    filled = fill(text, tokens, [_odd(token) for token in tokens])
    for token, (start, end) in zip(tokens, filled.places, strict=True):
        value, right = filled.text[start:end], filled.text[end : end + 1]
        if value.endswith((".", "?")) and right and right in (_PAUSES if value.endswith("?") else ".!?"):
            read = _around(filled.text, end)
            yield _Trouble("awkward", token, f"With “{value}” for “{_short(text, token)}” the customer reads “{read}”.")


def _too_long(context: Context, text: str, tokens: Sequence[Token]) -> Iterator[_Trouble]:
    """Only where it is the values that make it too long: what is so without them is too long in any case."""
    most = min(channel_length(context) or math.inf, math.inf if context.brand.length is None else context.brand.length)
    if math.isinf(most) or length(fill(text, tokens, [""] * len(tokens)).text, context.channel) > most:
        return
    for values, what in ((_ordinary, "ordinary"), (_lengthy, "long")):
        size = length(fill(text, tokens, [values(token) for token in tokens]).text, context.channel)
        if size > most:
            longest = max(tokens, key=lambda token: len(values(token)))
            yield _Trouble(
                "long", longest, f"Filled with {what} values this is {size:g} characters, and {most:g} is the limit."
            )
            return


def _short(text: str, token: Token) -> str:
    return " ".join(text[token.span.start : token.span.end].split())


def _around(text: str, at: int) -> str:
    """The words around the place, in its line."""
    first, last = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    last = len(text) if last < 0 else last
    start, end = max(first, at - _QUOTED), min(last, at + _QUOTED)
    while start > first and not text[start - 1].isspace():
        start -= 1
    while end < last and not text[end].isspace():
        end += 1
    return text[start:end].rstrip("\r")
