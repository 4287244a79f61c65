"""The cells of CSV and TSV, row after row, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from replylint.documents import Node, line_and_column
from replylint.errors import InputError
from replylint.sources.mapping import units_of_cell


class Dialect(Struct, frozen=True):
    """How cells are set apart, and whether a quote inside one is doubled (`csv`) or follows a backslash (`csv-backslash`)."""

    delimiter: str
    style: str

    @property
    def plain(self) -> re.Pattern[str]:
        """A cell without quotes around it."""
        return re.compile(f"[^\r\n{re.escape(self.delimiter)}]*")


class UnendedError(InputError):
    """A quoted cell does not end in this text."""


def rows(text: str, path: str, at: int, dialect: Dialect, first_line: int = 1) -> Iterator[tuple[list[Node], int]]:
    """The rows that hold anything, and where each one's line has ended. `first_line`: the number of the text's first."""
    row: list[Node] = []
    plain = dialect.plain
    while at < len(text) or row:
        cell = _cell(text, path, at, dialect, plain, first_line)
        row.append(cell)
        at = _after(text, cell.end)
        if text.startswith(dialect.delimiter, at):
            at += 1
            continue
        at += 2 if text.startswith("\r\n", at) else 1
        if any(cell.value.strip() for cell in row):
            yield row, at
        row = []


def _after(text: str, at: int) -> int:
    """Past the blanks that may follow a quoted cell."""
    while text[at : at + 1] == " ":
        at += 1
    return at


def _cell(text: str, path: str, at: int, dialect: Dialect, plain: re.Pattern[str], first_line: int) -> Node:
    quoted = _after(text, at)
    if text.startswith('"', quoted):
        close = _close(text, quoted, dialect)
        if close < 0:
            line, column = line_and_column(text, quoted)
            message = "found a quoted cell that never ends; a quote inside a cell is doubled"
            raise UnendedError(message, path, line + first_line - 1, column)
        return Node(_value(text[quoted : close + 1], dialect.style), quoted, close + 1, dialect.style)
    found = plain.match(text, at)
    end = found.end() if found else at
    return Node(text[at:end], at, end, dialect.style)


def _value(raw: str, style: str) -> str:
    if style == "csv":
        return raw[1:-1].replace('""', '"')
    return "".join(char for char, _ in units_of_cell(raw, style))


def _close(text: str, opened: int, dialect: Dialect) -> int:
    """Where the quote stands that ends a cell; one that no delimiter and no line's end follows is part of its text."""
    at = opened + 1
    while (quote := text.find('"', at)) >= 0:
        if dialect.style == "csv-backslash" and _is_escaped(text, quote):
            at = quote + 1
        elif text.startswith('"', quote + 1):
            at = quote + 2
        else:
            follows = _after(text, quote + 1)
            if follows == len(text) or text[follows] in ("\r", "\n", dialect.delimiter):
                return quote
            at = quote + 1
    return -1


def _is_escaped(text: str, at: int) -> bool:
    before = at
    while text[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1
