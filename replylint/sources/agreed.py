"""What the `replylint:` key beside a reply ignores: rules, or rules with reason, owner and day."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from replylint.documents import Document, Place
from replylint.model import Ignore, Span
from replylint.shapes import convert
from replylint.sources import About, Comment, Lines


class AgreedShape(Struct, forbid_unknown_fields=True):
    """One entry of `ignore:`."""

    rules: list[str]
    reason: str = ""
    owner: str = ""
    until: date | None = None


def agreed(about: About, lines: Lines) -> tuple[Comment, ...]:
    """The entries of `ignore:`, each with its place. `lines`: of the file, or of the line, that they stand in."""
    if about.document is None:
        return ()
    return tuple(_comment(about.document, (*about.own, "ignore", index), lines) for index in range(len(about.ignore)))


def _comment(document: Document, place: Place, lines: Lines) -> Comment:
    node = document.node(place)
    if isinstance(node.value, str):
        ignore = Ignore((node.value,))
    else:
        entry = convert(node.value, AgreedShape, "an entry of `ignore:`", document, place)
        if not entry.rules:
            raise document.error("an ignore names its rules; found none", (*place, "rules"))
        ignore = Ignore(tuple(entry.rules), "", entry.reason, entry.owner, entry.until)
    length = len(document.text[node.start : node.end].rstrip()) if node.cell is None else 0
    return Comment(Span(node.offset, node.offset + length), lines, document.path, ignore)
