"""One file a format -> drafts with their places in the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from replylint.documents import Document, Place
from replylint.model import Draft, Finding, Ignore, Scope, Span
from replylint.sources import mapping

Maps = Callable[[], Mapping[int, "mapping.Mapping"]]
DRAFT = -1  # the key of the draft's own text; messages of the thread have their index


class Lines:
    """Line and column of places in one file, or in a part of it that starts at `line` and `offset`."""

    def __init__(self, text: str, line: int = 1, offset: int = 0) -> None:
        self.text, self.line, self.offset = text, line, offset

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def place(self, at: int) -> tuple[int, int, int]:
        """1-based line and column, 0-based offset in the file, of a place in the part."""
        number = bisect_right(self._starts, at) - 1
        return self.line + number, at - self._starts[number] + 1, self.offset + at

    def byte_column(self, at: int) -> int:
        """The column of a place in the part, counted in bytes of UTF-8, from 1."""
        start = self._starts[bisect_right(self._starts, at) - 1]
        return len(self.text[start:at].encode("utf-8", "surrogatepass")) + 1


class Comment(Struct, frozen=True):
    """What a file says to replylint of one of its drafts. `ignore` None: it stands in the reply itself, and would be sent."""

    span: Span  # in `lines.text`
    lines: Lines
    path: str
    ignore: Ignore | None

    @property
    def text(self) -> str:
        return self.lines.text[self.span.start : self.span.end]


class About(Struct, frozen=True):
    """`context`: what the macro says of the case that it is for, by the names of conditions. `own`: where that stands."""

    id: str = ""
    title: str = ""
    tags: tuple[str, ...] = ()
    context: Mapping[str, bool] = {}
    ignore: tuple[Any, ...] = ()
    own: Place = ()
    document: Document | None = None


class Located(Struct, frozen=True):
    """One draft, or a whole conversation, and how to find its words in its file."""

    draft: Draft
    path: str
    key: str  # the way to the draft in the file: "draft", "replies[2].body"
    lines: Lines
    maps: Maps
    scope: Scope = "draft"
    message_index: int | None = None
    title: str = ""
    comments: tuple[Comment, ...] = ()
    about: About = About()
    repeats: bool = False  # the words of its twin, in another form: HTML beside plain text

    def place(self, finding: Finding) -> Span:
        """The place of a finding in `lines.text`; of something missing, the place that its rule names."""
        maps = self.maps()
        text = self.draft.text
        if finding.span is not None and self.scope == "draft":
            return maps[DRAFT].span(finding.span) if DRAFT in maps else Span(0, 0)
        last = max((index for index in maps if index != DRAFT), default=DRAFT)
        if finding.place == "customer-message" or self.scope == "conversation":
            customers = [i for i, m in enumerate(self.draft.thread or ()) if m.sender == "customer" and i in maps]
            chosen = customers[-1] if customers and finding.place == "customer-message" else last
            chosen = chosen if finding.message_index is None else finding.message_index
            if chosen in maps and chosen != DRAFT:
                return maps[chosen].span(Span(0, len((self.draft.thread or ())[chosen].text)))
        if DRAFT not in maps:
            return Span(0, 0)
        wanted = {
            "end": Span(max(0, len(text) - 1), len(text)),
            "reply": Span(0, len(text)),
        }.get(finding.place, Span(0, min(1, len(text))))
        return maps[DRAFT].span(wanted)


def without_twins(drafts: Iterable[Located]) -> Iterator[Located]:
    """Each reply once, in the first of its forms."""
    return (one for one in drafts if not one.repeats)


def plain(base: int) -> Maps:
    """The maps of a draft that stands in its file as it is."""
    return lambda: {DRAFT: mapping.Mapping(base)}
