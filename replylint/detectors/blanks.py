"""The blanks of a macro as typed tokens: every help desk's placeholders, and what a person fills in by hand."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Mapping
from typing import Literal, NamedTuple

from replylint.late import late
from replylint.model import Span

Syntax = Literal[
    "double", "percent", "bang", "hash", "percent-brace", "triple", "dollar-brace", "brace", "attribute", "by-hand"
]
Kind = Literal["name", "order", "date", "link", "unknown"]

_NAME = r"[A-Za-z_][\w-]*(?:(?:\.[A-Za-z_$][\w-]*)|(?:\[[^\[\]{}\n]{0,40}\]))*"
_WHOLE: Mapping[Syntax, re.Pattern[str]] = {
    "triple": re.compile(rf"\{{\{{\{{\s*({_NAME})\s*\}}\}}\}}"),
    "double": re.compile(rf"\{{\{{-?\s*({_NAME})\s*(?:\|[^{{}}\n]*)?-?\}}\}}"),
    "percent": re.compile(rf"\{{%({_NAME})(?:,\s*fallback=[^%\n]*)?%\}}"),
    "bang": re.compile(rf"\{{!\s*({_NAME})\s*\}}"),
    "hash": re.compile(rf"#\{{\s*({_NAME})\s*\}}"),
    "percent-brace": re.compile(rf"%\{{\s*({_NAME})\s*\}}"),
    "dollar-brace": re.compile(rf"(?<!\{{)\{{\$({_NAME})\}}"),
    "brace": re.compile(r"(?<![{#%$!\w])\{(nick|operator)\}(?!\})"),
    "attribute": re.compile(r"<attribute\s[^<>\n]*?key=[\"']([\w.]+)[\"'][^<>\n]*>(?:</attribute>)?"),
}
# A blank that a person fills in by hand, unless it is for the agent's own name
_BY_HAND = late(
    r"\[(?!(?i:your (?:full |first )?name|signature|agent|my name|our |team|company))[A-Za-z][\w ,/'&:.’-]{1,60}\](?!\()"
    r"|(?<![{#%$!\w])\{[a-z][\w ]{1,30}\}(?!\})|(?<!\w)[Xx]{4,}(?!\w)|_{3,}|<(?:name|NAME|first name|customer)>"
    r"|<[A-Z]{2,}(?:[ _-][A-Z]+)+>"
    r"|<(?:insert|enter|fill in|add|the|their|customer(?:'s|s)?|order|issue|ticket|project|product)[ _-][\w -]{1,40}>"
    r"|<variable\s[^<>\n]{1,200}>(?:</variable>)?"  # an element that HTML does not know, of Kenchi
)
_OF_OURS = late(
    r"(?:current_user|agent|operator|my_name|my_username|user|author|teammate|owner|sender|staff|mailbox|inbox|account|helpdesk_name|signature|User|Sender|company)\b"
    r"|(?:ticket|case)\.(?:agent|assignee|assignee_user|owner|group|brand|dept|team|staff|internal_agent|assigned_team)\b"
)
_FALLBACK = late(
    r"\|\s*(?:fallback|default)\s*[:(]\s*[\"'“‘](?P<filter>[^\"'”’]*)|,\s*fallback=(?P<part>[^%\n]*)%"
    r"|\bdefault=[\"'](?P<attribute>[^\"']*)"
)
_INDEX = late(r"\[[^\]]*\]")
# What a blank is for, by the words of its name; the first that fits counts
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("link", re.compile(r"\b(?:url|link|href|website|page)s?\b")),
    ("unknown", re.compile(r"\b(?:group|brand|organization|organisation|company|product|mailbox|inbox|account|app|site|team)\b")),
    ("name", re.compile(r"\b(?:name|firstname|lastname|fullname|username|nick|first name|customer|recipient name)$|\bname\b")),
    ("date", re.compile(r"\b(?:date|datetime|time|day|today|due|deadline)\b| at\b")),
    ("order", re.compile(r"\b(?:id|number|no|code|reference|ref|order|ticket|case|booking|tracking|xxxx+)$")),
)  # fmt: skip
_CAMEL = late(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z]+")


class Token(NamedTuple):
    """One blank: its name without index and filter, how it is written, where, what it is for.

    `fallback`: instead of nothing. `is_handle`: after an @, whom the reply addresses.
    """

    name: str
    syntax: Syntax
    span: Span
    kind: Kind
    fallback: str | None = None
    is_handle: bool = False

    @property
    def is_ours(self) -> bool:
        """Whether it stands for the agent or the house, and not for the customer or the case."""
        if self.is_handle:
            return False
        if self.name.startswith("user.") and (self.fallback is not None or self.syntax == "attribute"):
            return False  # Intercom's word for the customer
        return _OF_OURS.match(self.name) is not None


def may_hold_blanks(text: str) -> bool:
    return any(sign in text for sign in "{[_<") or "xx" in text.lower()


def placeholders(text: str) -> list[Token]:
    """The help desk's placeholders that are whole, in text order."""
    found: list[Token] = []
    places: list[Span] = []
    for syntax, pattern in _WHOLE.items():
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if not span.among(places):
                insort(places, span)
                name = _INDEX.sub("", match[1])
                is_handle = text[span.start - 1 : span.start] == "@"
                kind: Kind = "name" if is_handle else _kind(name)
                found.append(Token(name, syntax, span, kind, _fallback(match[0]), is_handle))
    return sorted(found, key=lambda token: token.span)


def blanks_by_hand(text: str) -> list[Token]:
    """The blanks that a person has to fill in."""
    return [Token(m[0], "by-hand", Span(*m.span()), _kind(m[0])) for m in _BY_HAND.finditer(text)]


def _kind(name: str) -> Kind:
    words = _CAMEL.sub(" ", name).strip().lower()
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), "unknown")


def _fallback(written: str) -> str | None:
    found = _FALLBACK.search(written)
    return next((part for part in found.groups() if part is not None), "") if found else None
