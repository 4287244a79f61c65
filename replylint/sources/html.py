"""HTML bodies as the words that a reader sees, with the place in the HTML of each character."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from html.entities import html5
from html.parser import HTMLParser

from msgspec import Struct

from replylint.model import Span

_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre hr".split())
_LINES = frozenset(
    "address article aside body center dd details div dt fieldset figcaption figure footer form header html legend li "
    "main nav section summary tbody tfoot thead tr".split()
)
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "textarea", "select", "noscript"})
_INLINE = frozenset(
    "a abbr acronym audio b bdi bdo big button cite code col colgroup del dfn em font i img input ins kbd label mark "
    "picture q s samp small source span strike strong sub sup svg time tt u var video wbr".split()
)
_ELEMENTS = _PARAGRAPHS | _LINES | _CELLS | _UNSEEN | _INLINE | {"br"}
PLACEHOLDERS = ("attribute", "variable")  # Intercom's and Kenchi's elements stand for a word that is filled in

_SHAPE = re.compile(
    r"</?(?:p|br|div|span|ul|ol|li|h[1-6]|table|tbody|tr|td|blockquote|strong|em|b|i|u|hr|font|pre|code|img|sub|sup|details)"
    r"(?:\s[^<>]*)?/?>|<a\s(?=[^<>]*>)[^<>]*href|<!--|<(?:attribute|variable)\s[^<>]*>|&(?:[a-z]{2,8}|#\d{2,5}|#x[0-9a-f]{2,5});",
    re.I,
)
_BLOCK = re.compile(r"<(?:p|div|ul|ol|table|h[1-6]|blockquote|body)(?:\s[^<>]*)?>", re.I)
_BLANKS = frozenset(" \t\r\n\f")
_END_TAG = re.compile(r"</([a-z][^\s/>]*)>")
_OPENS = re.compile(r"<(?:!--|[!?]|/?[a-z])?", re.I)
_NO_TAG = "\ue000"  # for the parser, in place of a "<" that opens nothing
_LONGEST_TAG = 100_000  # characters; a picture may stand in one
_MOST_OPEN = 50  # so many "<" inside one tag, and it is none


class Rendered(Struct, frozen=True):
    """The words of an HTML text; for each character, where what stands for it starts and ends in the HTML."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def is_html(text: str) -> bool:
    """Whether a text of a field that may hold either is HTML: it has a tag, a comment or an entity."""
    return ("<" in text or "&" in text) and _SHAPE.search(text) is not None


def render(html: str) -> Rendered:
    """What a reader sees. Blanks are one blank, as in a browser, if the text has blocks; else they stay as they are.

    Elements that stand for a word to be filled in, and what looks like one but is no element of HTML, are kept as written.
    """
    reader = _Reader(html)
    reader.feed(_that_open(html) + "\n")  # the parser loses an ampersand in the last word of its input
    reader.close()
    return reader.rendered()


def _that_open(html: str) -> str:
    """The HTML without each "<" that opens nothing: the parser would look for its end in all that follows, each time."""
    pieces: list[str] = []
    at = until = opened = 0
    for found in _OPENS.finditer(html):
        start, sign = found.span()[0], found[0]
        if start >= until:
            close = "-->" if sign == "<!--" else ">"
            last = html.find(close, start, None if sign == "<!--" else start + _LONGEST_TAG)
            until, opened = (len(html), _MOST_OPEN) if last < 0 else (last + len(close), 0)
        opened += 1
        if sign == "<" or opened > _MOST_OPEN:
            pieces += (html[at:start], _NO_TAG)
            at = start + 1
    return "".join((*pieces, html[at:]))


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.html = html
        self.line_starts = [0, *(match.end() for match in re.finditer("\n", html))]
        self.chars: list[str] = []
        self.spans: list[Span] = []
        self.breaks: list[Span] = []  # the tags that end the line, once a word follows
        self.wanted = 0  # how many line breaks they come to
        self.collapses = _BLOCK.search(html) is not None
        self.ended = frozenset(_END_TAG.findall(html.lower()))
        self.kept = self.unseen = 0  # how many <pre>, and elements that show nothing, are open

    def rendered(self) -> Rendered:
        last = len(self.chars)
        while last and self.chars[last - 1].isspace():
            last -= 1
        first = 0
        while first < last and self.chars[first].isspace():
            first += 1
        spans = self.spans[first:last]
        return Rendered("".join(self.chars[first:last]), [s.start for s in spans], [s.end for s in spans])

    def here(self) -> int:
        line, column = self.getpos()
        return self.line_starts[line - 1] + column

    # --- what comes in ----------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self.here()
        raw = self.html[start : start + len(self.get_starttag_text() or "")]
        if tag in PLACEHOLDERS or (tag not in _ELEMENTS and not self.is_component(tag, raw)):
            self.write(raw, start)
            return
        if tag in _UNSEEN:
            self.unseen += not raw.endswith("/>")
        if tag == "pre":
            self.kept += 1
        self.end_line(tag, Span(start, start + len(raw)))

    def is_component(self, tag: str, raw: str) -> bool:
        """Whether an element that HTML does not know is an application's own, and no blank to fill in such as <order number>."""
        return "=" in raw or tag in self.ended

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        start = self.here()
        if tag in _UNSEEN and self.unseen:
            self.unseen -= 1
        if tag == "pre" and self.kept:
            self.kept -= 1
        self.end_line(tag, Span(start, self.html.find(">", start) + 1 or len(self.html)))

    def handle_data(self, data: str) -> None:
        self.write(data, self.here())

    def handle_entityref(self, name: str) -> None:
        start = self.here()
        closed = self.html.startswith(";", start + 1 + len(name))
        raw = f"&{name};" if closed else f"&{name}"
        meant = html5.get(f"{name};" if closed else name)
        if meant is None:
            self.write(raw, start)
        else:
            self.write_as(meant, Span(start, start + len(raw)))

    def handle_charref(self, name: str) -> None:
        start = self.here()
        end = start + 2 + len(name)
        self.write_as(unescape(f"&#{name};"), Span(start, end + self.html.startswith(";", end)))

    # --- what goes out ----------------------------------------------------------------------------------------------

    def end_line(self, tag: str, span: Span) -> None:
        if tag == "br":
            self.breaks.append(span)
            self.wanted = max(self.wanted, 0) + 1
        elif tag in _PARAGRAPHS or tag in _LINES:
            self.breaks.append(span)
            self.wanted = max(self.wanted, 2 if tag in _PARAGRAPHS else 1)
        elif tag in _CELLS and self.chars:
            self.write_as(" ", span)

    def write(self, raw: str, start: int) -> None:
        """Text that stands in the HTML as it is."""
        for at, char in enumerate(raw, start):
            self.put("<" if char == _NO_TAG and self.html[at] == "<" else char, Span(at, at + 1))

    def write_as(self, text: str, span: Span) -> None:
        """Text that all of a stretch of the HTML stands for; a character that is written out is not collapsed."""
        for char in text:
            self.put(char, span)

    def put(self, char: str, span: Span) -> None:
        if self.unseen:
            return
        if char in _BLANKS and not self.kept:
            if self.breaks and (self.collapses or char in "\r\n"):
                return  # a line break beside a tag that ends the line
            if self.collapses:
                if self.chars and self.chars[-1] not in (" ", "\n"):
                    self.add(" ", span)
                elif self.chars and self.chars[-1] == " ":
                    self.spans[-1] = self.spans[-1]._replace(end=span.end)
                return
        if self.breaks:
            self.break_line()
        self.add(char, span)

    def break_line(self) -> None:
        while self.chars and self.chars[-1] in (" ", "\t"):
            self.chars.pop()
            self.spans.pop()
        if self.chars:
            for number in range(self.wanted):
                self.add("\n", self.breaks[min(number, len(self.breaks) - 1)])
        self.breaks, self.wanted = [], 0

    def add(self, char: str, span: Span) -> None:
        self.chars.append(char)
        self.spans.append(span)
