"""CSV and TSV as documents: a list of rows, each a mapping from the names in the first row to cells with their places."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from msgspec import Struct

from replylint.documents import Document, Key, Node, error_at, line_and_column
from replylint.errors import InputError
from replylint.jsons import DuplicateKeyError, json_node, what_is_broken
from replylint.sources.mapping import of_cell
from replylint.sources.mapping import units_of_cell as units

_DELIMITERS = (",", ";", "\t", "|")
_MARKS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
_NAMED_DELIMITER = re.compile(r"sep=(.)\r?\n", re.I)
_HOLDS_JSON = re.compile(r"\s*(?:\[\s*\{|\{\s*\")")
_SENTENCE = re.compile(r"(?:\S+\s+){3,}\S*[.!]\s*\Z|\S\s*\n\s*\S")  # no name of a column
_SAYS_JSON = re.compile(r"json|actions", re.I)


class Dialect(Struct, frozen=True):
    """How cells are set apart, and whether a quote inside one is doubled (`csv`) or follows a backslash (`csv-backslash`)."""

    delimiter: str
    style: str


def read_table(text: str, path: str, tabs: bool = False) -> Document:
    """The rows under the first one, which names the columns. Raises InputError where a row does not fit."""
    start = 1 if text.startswith("\ufeff") else 0
    failed: InputError | None = None
    named = _NAMED_DELIMITER.match(text, start)
    for dialect in _dialects(text, start, "\t" if tabs else named[1] if named else ""):
        try:
            return Document(path, text, _table(text, path, named.end() if named else start, dialect))
        except InputError as error:  # noqa: PERF203 (at most two)
            failed = failed or error
    raise failed or InputError("found no rows: expected a first row that names the columns", path, 1, 1)


def _dialects(text: str, start: int, delimiter: str) -> Iterator[Dialect]:
    """What the file may be, the likeliest first."""
    first = re.compile(r"[^\r\n]+").search(text, start)
    if first is None:
        return
    likely = delimiter or max(_DELIMITERS, key=lambda mark: (first[0].count(mark), -_DELIMITERS.index(mark)))
    yield Dialect(likely, "csv")
    if '\\"' in text:
        yield Dialect(likely, "csv-backslash")


def _table(text: str, path: str, start: int, dialect: Dialect) -> Node:
    rows = _rows(text, path, start, dialect)
    head = next(rows, None)
    if head is None:
        raise InputError("found no rows: expected a first row that names the columns", path, 1, 1)
    is_reply = any(_SENTENCE.search(cell.value) for cell in head)
    names = _names_by_shape(head) if is_reply else _names(head)
    keys = dict(zip(names, head, strict=True))
    found: list[Node] = []
    for cells in (head, *rows) if is_reply else rows:
        extra = next((cell for cell in cells[len(names) :] if cell.value.strip()), None)
        if extra is not None:
            message = f"found {len(cells)} cells in a table of {len(names)} columns"
            hint = f"a cell that holds {_MARKS.get(dialect.delimiter, dialect.delimiter)} stands in quotes"
            raise error_at(f"{message}; {hint}", path, text, extra.start)
        children: dict[Key, Node] = {n: _opened(cell, path, text, n) for n, cell in zip(names, cells, strict=False)}
        value = {name: child.value for name, child in children.items()}
        found.append(Node(value, cells[0].start, cells[-1].end, children=children, keys=keys))
    return Node([row.value for row in found], start, len(text), children=dict(enumerate(found)))


def _names(head: list[Node]) -> list[str]:
    """The names of the columns; one that stands there again gets its number."""
    names: list[str] = []
    for cell in head:
        name = cell.value.strip()
        again = sum(other == name for other in names)
        names.append(f"{name} ({len(names) + 1})" if again or not name else name)
    return names


def _names_by_shape(first: list[Node]) -> list[str]:
    """The names of columns that the file does not name: the longest cell is the text, and the first of the others its name."""
    text = max(range(len(first)), key=lambda index: len(first[index].value))
    names = [f"column {number}" for number in range(1, len(first) + 1)]
    names[text] = "text"
    if len(first) > 1:
        names[1 if text == 0 else 0] = "name"
    return names


def _rows(text: str, path: str, at: int, dialect: Dialect) -> Iterator[list[Node]]:
    """The rows that hold anything."""
    row: list[Node] = []
    while at < len(text) or row:
        cell = _cell(text, path, at, dialect)
        row.append(cell)
        at = _after(text, cell.end)
        if text.startswith(dialect.delimiter, at):
            at += 1
            continue
        if any(cell.value.strip() for cell in row):
            yield row
        row = []
        at += 2 if text.startswith("\r\n", at) else 1


def _after(text: str, at: int) -> int:
    """Past the blanks that may follow a quoted cell."""
    while text[at : at + 1] == " ":
        at += 1
    return at


def _cell(text: str, path: str, at: int, dialect: Dialect) -> Node:
    quoted = _after(text, at)
    if text.startswith('"', quoted):
        close = _close(text, quoted, dialect)
        if close < 0:
            raise error_at("found a quoted cell that never ends; a quote inside a cell is doubled", path, text, quoted)
        raw = text[quoted : close + 1]
        value = "".join(char for char, _ in units(raw, dialect.style))
        return Node(value, quoted, close + 1, dialect.style)
    end = at
    while end < len(text) and text[end] not in ("\r", "\n", dialect.delimiter):
        end += 1
    return Node(text[at:end], at, end, dialect.style)


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


def _opened(cell: Node, path: str, text: str, name: str) -> Node:
    """What a cell holds: a text, or a list or mapping in JSON. A column that says that it is JSON must be."""
    if not _HOLDS_JSON.match(cell.value):
        return cell
    value = cell.value
    start = len(value) - len(value.lstrip())
    try:
        json.loads(value)
        return json_node(value, start, cell)
    except (json.JSONDecodeError, DuplicateKeyError) as error:
        if not _SAYS_JSON.search(name):
            return cell
        at = error.pos if isinstance(error, json.JSONDecodeError) else error.at
        said = (
            what_is_broken(error)
            if isinstance(error, json.JSONDecodeError)
            else f'the key "{error.key}" stands there twice'
        )
        line, column = line_and_column(text, of_cell(cell, text).at(at))
        raise InputError(f'broken JSON in the column "{name}": {said}', path, line, column) from None
    except RecursionError:
        raise InputError(f'broken JSON in the column "{name}": nested too deeply', path) from None
