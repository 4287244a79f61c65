"""Decoded text -> place in the file: for each character of a text, where it starts and ends among the file's characters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from replylint.documents import Node
from replylint.model import Span

_JSON_UNIT = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.S)
_YAML_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r?\n[ \t]*|.)", re.S)
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")  # an anchor or a tag before a YAML value
_BLANKS = " \t\r\n\x85\u2028\u2029"  # for YAML, the last three end a line, too
_CELL_UNIT = {"csv": re.compile(r'""|.', re.S), "csv-backslash": re.compile(r'""|\\"|\\\\|.', re.S)}
_NAMED = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b", " ": " ",
    '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


class Mapping(Struct, frozen=True):
    """`starts` and `ends`: places in the file, 0-based, one for each character of the text; `base` is where the text starts.

    `written`: how the file writes the text, the innermost way first: "html", then "json", then "csv".
    """

    base: int
    starts: Sequence[int] | None = None  # None: character after character from `base`
    ends: Sequence[int] | None = None
    written: tuple[str, ...] = ()

    def span(self, span: Span) -> Span:
        """The place in the file of a place in the text."""
        if self.starts is None or self.ends is None:
            return Span(self.base + span.start, self.base + span.end)
        if not self.starts:
            return Span(self.base, self.base)
        last = len(self.starts) - 1
        start = self.starts[span.start] if span.start <= last else self.ends[last]
        return Span(start, self.ends[min(span.end - 1, last)] if span.end > span.start else start)

    def at(self, index: int) -> int:
        """Where a character of the text starts in the file."""
        return self.span(Span(index, index)).start

    def within(self, outer: Mapping) -> Mapping:
        """The same for a text whose places are those of another text, which `outer` maps into the file."""
        written = self.written + outer.written
        if self.starts is None or self.ends is None:
            if outer.starts is None or outer.ends is None:
                return Mapping(outer.base + self.base, written=written)
            return Mapping(outer.at(self.base), outer.starts[self.base :], outer.ends[self.base :], written)
        spans = [outer.span(Span(*unit)) for unit in zip(self.starts, self.ends, strict=True)]
        return Mapping(outer.at(self.base), [span.start for span in spans], [span.end for span in spans], written)


def of_node(node: Node, text: str) -> Mapping:
    """The mapping of a text value of a document; where it can't be aligned, the start of the value."""
    if node.style == "lines":
        return _of_lines(node, text)
    if node.cell is not None:
        return _of_value(node, node.cell.value).within(of_node(node.cell, text))
    return _of_value(node, text)


def _of_lines(node: Node, text: str) -> Mapping:
    """Of a list of lines as one text; a line break is all that stands between two of them."""
    starts: list[int] = []
    ends: list[int] = []
    last, written = node.start, tuple[str, ...]()
    for number, line in enumerate(node.children.values()):
        inner = of_node(line, text)
        if number:
            starts.append(last)
            ends.append(max(line.start, last))
        size, written = len(str(line.value)), inner.written
        starts += inner.starts or range(inner.base, inner.base + size)
        ends += inner.ends or range(inner.base + 1, inner.base + 1 + size)
        last = line.end
    return Mapping(node.start, starts, ends, written)


def _of_value(node: Node, text: str) -> Mapping:
    raw, written = text[node.start : node.end], (node.style or "plain",)
    if node.style == "json" and "\\" not in raw:
        return Mapping(node.start + 1, written=written)
    if node.style in _CELL_UNIT:
        return of_cell(node, text)
    units = _json_units(raw) if node.style == "json" else _yaml_units(raw, node)
    value: str = node.value
    if units is None or len(units) != len(value):
        return Mapping(node.start, [node.start] * len(value), [node.start] * len(value), written)
    starts, ends = [node.start + start for start, _ in units], [node.start + end for _, end in units]
    return Mapping(node.start, starts, ends, written)


def _json_units(raw: str) -> list[tuple[int, int]]:
    return [match.span() for match in _JSON_UNIT.finditer(raw, 1, len(raw) - 1)]


def units_of_cell(raw: str, style: str) -> list[tuple[str, Span]]:
    """The characters of a quoted cell, each with the place in the cell that stands for it."""
    found = _CELL_UNIT[style].finditer(raw, 1, len(raw) - 1)
    return [(match[0][-1], Span(*match.span())) for match in found]


def of_cell(node: Node, text: str) -> Mapping:
    """The mapping of a cell of a table."""
    raw, written = text[node.start : node.end], ("csv" if text.startswith('"', node.start) else "csv-plain",)
    if written == ("csv-plain",):
        return Mapping(node.start, written=written)
    if len(raw) == len(node.value) + 2:
        return Mapping(node.start + 1, written=written)
    spans = [span for _, span in units_of_cell(raw, node.style)]
    starts, ends = [node.start + span.start for span in spans], [node.start + span.end for span in spans]
    return Mapping(node.start, starts, ends, (node.style,))


def _yaml_units(raw: str, node: Node) -> list[tuple[int, int]] | None:
    """Walks value and source side by side: blanks may be folded, quotes doubled, characters escaped."""
    properties = _PROPERTIES.match(raw)
    at = properties.end() if properties else 0
    at = at + 1 if node.style in ("'", '"') else raw.find("\n") + 1 if node.style in ("|", ">") else at
    units: list[tuple[int, int]] = []
    for char in node.value:
        if char in _BLANKS and at < len(raw) and raw[at] in _BLANKS:
            end = at + 2 if raw.startswith("\r\n", at) else at + 1
            units.append((at, end))
            at = end
            continue
        found = _yaml_unit(raw, at, char, node.style)
        if found is None:
            if char != "\n" or raw[at:].strip():
                return None
            found = (len(raw), len(raw))  # a line break that the block's end implies
        units.append(found)
        at = found[1]
    return units


def _yaml_unit(raw: str, at: int, char: str, style: str) -> tuple[int, int] | None:
    """The next stretch of the source that stands for `char`; blanks and line continuations before it are passed over."""
    while at < len(raw):
        if style == '"' and raw[at] == "\\":
            escape = _YAML_ESCAPE.match(raw, at)
            if escape is None:
                return None
            if _unescape(escape[0]) == char:
                return escape.span()
            if escape[0][1] not in "\r\n":
                return None
            at = escape.end()
        elif style == "'" and raw.startswith("''", at) and char == "'":
            return at, at + 2
        elif raw[at] == char:
            return at, at + 1
        elif raw[at] in _BLANKS:
            at += 1
        else:
            return None
    return None


def _unescape(escape: str) -> str:
    name = escape[1]
    return chr(int(escape[2:], 16)) if name in "xuU" else _NAMED.get(name, "")
