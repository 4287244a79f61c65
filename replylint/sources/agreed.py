"""What the `replylint:` key beside a reply ignores: rules, or rules with reason, owner and day."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from replylint.documents import Document, Place
from replylint.model import Ignore, Span
from replylint.shapes import convert
from replylint.sources import Comment, Lines

OWN_KEY = "replylint"


class AgreedShape(Struct, forbid_unknown_fields=True):
    """One entry of `ignore:`."""

    rules: list[str]
    reason: str = ""
    owner: str = ""
    until: date | None = None


def agreed_in(document: Document, place: Place, lines: Lines) -> tuple[Comment, ...]:
    """The entries of `ignore:` under the key at `place`, if it is there."""
    around, key = document.node(place[:-1]), place[-1]
    own = around.children.get(key) if document.data is not None else None
    entries = own.children.get("ignore") if own is not None else None
    if entries is None or entries.value is None:
        return ()
    at = (*place, "ignore")
    if not isinstance(entries.value, list):
        raise document.error("found no list; `ignore:` is a list of rules, or of mappings with the key rules", at)
    return tuple(_comment(document, (*at, index), lines) for index in range(len(entries.value)))


def _comment(document: Document, place: Place, lines: Lines) -> Comment:
    node = document.node(place)
    if isinstance(node.value, str):
        ignore = Ignore((node.value,))
    else:
        entry = convert(node.value, AgreedShape, "an entry of `ignore:`", document, place)
        if not entry.rules:
            raise document.error("an ignore names its rules; found none", (*place, "rules"))
        ignore = Ignore(tuple(entry.rules), "", entry.reason, entry.owner, entry.until)
    end = node.start + len(document.text[node.start : node.end].rstrip())
    return Comment(Span(node.start, end), lines, document.path, ignore)
