"""CSV and TSV as documents: rows, each a mapping from the names in the first row to cells with their places."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from replylint.documents import Document, Key, Node, error_at
from replylint.errors import InputError
from replylint.jsons import DuplicateKeyError, json_node, what_is_broken
from replylint.sources import Lines
from replylint.sources.cells import Dialect, UnendedError, rows
from replylint.sources.mapping import of_cell

_DELIMITERS = (",", ";", "\t", "|")
_MARKS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
_NAMED_DELIMITER = re.compile(r"sep=(.)\r?\n", re.I)
_FILLED_LINE = re.compile(r"[^\r\n]+")
_UNDECIDED = re.compile(r'\\["\\]')  # what is read otherwise where quotes follow a backslash
_HOLDS_JSON = re.compile(r"\s*(?:\[\s*\{|\{\s*\")")
_SENTENCE = re.compile(r"(?:\S+\s+){3,}\S*[.!]\s*\Z|\S\s*\n\s*\S")  # no name of a column
_SAYS_JSON = re.compile(r"json|actions", re.I)


class Columns(Struct, frozen=True):
    """What the beginning of a table says of all of it."""

    delimiter: str
    names: list[str]


class Block(Struct, frozen=True):
    """The rows that end in a stretch of the file, and where what follows them starts. `columns` None: they are not told yet."""

    columns: Columns | None
    rows: list[Node]
    start: int
    end: int


def read_table(parts: Iterable[str], path: str, tabs: bool = False) -> Iterator[tuple[Document, Lines]]:
    """The rows under the first one, which names the columns, and their place in the file; so many at a time as end in a part.

    `parts`: the file's text in whole lines; one may be all of it. Raises InputError where a row does not fit.
    """
    left, rest, is_last = iter(parts), Lines(""), False
    columns: Columns | None = None
    count = 0
    while not is_last or rest.text:
        text, is_last = _more(rest.text, left)
        block = _read(Lines(text, rest.line, rest.offset), path, columns, tabs, is_last)
        columns = block.columns
        if block.rows or (is_last and not count):
            lines = Lines(text[: block.end], rest.line, rest.offset)
            children = dict[Key, Node](enumerate(block.rows, count))
            root = Node([row.value for row in block.rows], block.start, block.end, children=children)
            yield Document(path, lines.text, root, lines.line), lines
            count += len(block.rows)
        line = rest.line + text.count("\n", 0, block.end)
        rest = Lines(text[block.end :], line, rest.offset + block.end)


def _more(text: str, left: Iterator[str]) -> tuple[str, bool]:
    """What is left of the last part with what follows, and whether that is all there is.

    It is twice as long at least, so that the end of a long row is not looked for again and again. Where a quote may follow a
    backslash, it is all there is: only that tells whether it does.
    """
    found, size, needs_all = [text], 0, False
    for part in left:
        found.append(part)
        size += len(part)
        needs_all = needs_all or _UNDECIDED.search(part) is not None
        if size >= len(text) and not needs_all:
            return "".join(found), False
    return "".join(found), True


def _read(lines: Lines, path: str, columns: Columns | None, tabs: bool, is_last: bool) -> Block:
    """The rows of a stretch, in the likeliest dialect that fits."""
    text, start, delimiter = lines.text, 0, columns.delimiter if columns else ""
    if columns is None:
        start = 1 if text.startswith("\ufeff") else 0
        named, first = _NAMED_DELIMITER.match(text, start), _FILLED_LINE.search(text, start)
        if first is None:
            return _nothing(path, is_last)
        likely = max(_DELIMITERS, key=lambda mark: (first[0].count(mark), -_DELIMITERS.index(mark)))
        delimiter = "\t" if tabs else named[1] if named else likely
        start = named.end() if named else start
    try:
        return _rows(lines, path, start, Dialect(delimiter, "csv"), columns, is_last)
    except InputError:
        if '\\"' in text:
            try:
                return _rows(lines, path, start, Dialect(delimiter, "csv-backslash"), columns, is_last)
            except InputError:
                pass  # what is wrong in the likelier one is said
        raise


def _nothing(path: str, is_last: bool) -> Block:
    if is_last:
        raise InputError("found no rows: expected a first row that names the columns", path, 1, 1)
    return Block(None, [], 0, 0)


def _rows(lines: Lines, path: str, start: int, dialect: Dialect, columns: Columns | None, is_last: bool) -> Block:
    """The rows up to the last line's end, or to the end of the file."""
    text, end, whole = lines.text, 0, 0
    keys: dict[str, Node] = {}  # only where the first row is part of the stretch
    found: list[Node] = []
    try:
        for cells, at in rows(text, path, start, dialect, lines.line):
            if columns is None:
                is_reply = any(_SENTENCE.search(cell.value) for cell in cells)
                columns = Columns(dialect.delimiter, _names_by_shape(cells) if is_reply else _names(cells))
                keys = dict(zip(columns.names, cells, strict=True))
                if not is_reply:
                    continue
            found.append(_row(cells, columns, path, lines, keys))
            if text.startswith("\n", at - 1):
                whole, end = len(found), at
    except UnendedError:
        # The rows before it come first, unless it may end in the other dialect
        if is_last and (not whole or '\\"' in text):
            raise
        is_last = False
    if is_last:
        return Block(columns, found, start, len(text)) if columns else _nothing(path, is_last)
    if keys and not whole:  # the names are read again with the first row
        columns = None
    return Block(columns, found[:whole], start, end)


def _row(cells: list[Node], columns: Columns, path: str, lines: Lines, keys: dict[str, Node]) -> Node:
    names = columns.names
    extra = next((cell for cell in cells[len(names) :] if cell.value.strip()), None)
    if extra is not None:
        message = f"found {len(cells)} cells in a table of {len(names)} columns"
        hint = f"a cell that holds {_MARKS.get(columns.delimiter, columns.delimiter)} stands in quotes"
        raise error_at(f"{message}; {hint}", path, lines.text, extra.start, lines.line)
    children: dict[Key, Node] = {n: _opened(cell, path, lines, n) for n, cell in zip(names, cells, strict=False)}
    value = {name: child.value for name, child in children.items()}
    return Node(value, cells[0].start, cells[-1].end, children=children, keys=keys)


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


def _opened(cell: Node, path: str, lines: Lines, name: str) -> Node:
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
        place = of_cell(cell, lines.text).at(at)
        raise error_at(f'broken JSON in the column "{name}": {said}', path, lines.text, place, lines.line) from None
    except RecursionError:
        raise InputError(f'broken JSON in the column "{name}": nested too deeply', path) from None
