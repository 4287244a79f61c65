"""Makes texts that strangers wrote safe to show: to terminals, to the logs of CI systems, and to whoever renders a report."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from replylint.documents import whole

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_SHOWN = frozenset(f"\n\t{_SPACES}")
_UNKNOWN = "\ufffd"
# Where a line begins with :: or holds ##[ or ##vso[, runners of GitHub and Azure take it for a command to them
_COMMAND = re.compile(r"(?<!\S)::(?=\S)|##(?=\[|vso\[)")
_LINK = re.compile(r"\](?=[(\[])")


def harmless(text: str) -> str:
    """The text with nothing in it that a terminal would obey; each character stays one character."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in _SHOWN else _UNKNOWN for char in text)


def logged(text: str) -> str:
    """The same for logs: nothing in it is a command to a CI system either, wherever lines are broken."""
    return _COMMAND.sub(lambda found: _UNKNOWN + found[0][1:], harmless(text))


def one_line(text: str) -> str:
    return " ".join(logged(text).split())


def no_links(text: str) -> str:
    """The text without links and images of Markdown or SARIF, which would be shown under words of the writer's choice."""
    return _LINK.sub("] ", text)


def to_json(value: Any, indent: bool = False) -> str:
    """JSON in which what is not printable is escaped; half a surrogate pair, which is no character, is U+FFFD."""
    try:
        text = msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        text = whole(json.dumps(msgspec.to_builtins(value), ensure_ascii=False))
    text = text if text.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
    text = _COMMAND.sub(lambda found: f"\\u{ord(found[0][0]):04x}{found[0][1:]}", text)
    return msgspec.json.format(text, indent=2) if indent else text
