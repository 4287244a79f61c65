"""Files as texts, and as plain data that remembers where each value stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeAlias

from msgspec import Struct

from replylint.errors import InputError
from replylint.model import JSON

Key: TypeAlias = str | int
Place: TypeAlias = tuple[Key, ...]
_BLOCK = 1 << 20
_PART = 1 << 16
_HALVES = re.compile("[\ud800-\udfff]")
DEEPEST = 100  # levels; no library nests deeper, and what reads it may recurse


class Piped(Protocol):
    """A binary file, or stdin, that waits for no more than it has."""

    def read(self) -> bytes: ...
    def read1(self, size: int, /) -> bytes: ...


class Node(Struct):
    """One value of a document: raw text from `start` to `end` (0-based characters), children by key or index."""

    value: JSON
    start: int
    end: int
    style: str = ""  # of a text: " ' | > as in YAML, "json", "csv", or empty for a plain one
    children: dict[Key, Node] = {}
    keys: dict[str, Node] = {}
    cell: Node | None = None  # the text value that holds this one: JSON in a cell of a table

    @property
    def offset(self) -> int:
        """Where it starts in the file; inside a cell, where that starts."""
        return self.start if self.cell is None else self.cell.offset


class Document(Struct):
    """A decoded file. `node` and `error` take the way to a value: keys and indexes from the root."""

    path: str
    text: str
    root: Node
    line: int = 1  # the number of the text's first line in its file

    @property
    def data(self) -> JSON:
        return self.root.value

    def node(self, place: Place) -> Node:
        """The value at `place`, or the nearest one around it."""
        node = self.root
        for key in place:
            if key not in node.children:
                break
            node = node.children[key]
        return node

    def error(self, message: str, place: Place = ()) -> InputError:
        """An error at the value of `place`."""
        return error_at(message, self.path, self.text, self.node(place).offset, self.line)

    def error_at_key(self, message: str, place: Place) -> InputError:
        """An error at the key itself: it is not known, or its value is what it must not be as a whole."""
        around = self.node(place[:-1])
        node = around.keys.get(str(place[-1]), around) if place else self.root
        return error_at(message, self.path, self.text, node.offset, self.line)


def error_at(message: str, path: str, text: str, offset: int, first_line: int = 1) -> InputError:
    line, column = line_and_column(text, offset)
    return InputError(message, path, line + first_line - 1, column)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """1-based line and column, in characters, of a 0-based offset."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def read_text(path: Path | str) -> str:
    """The file's characters, line endings untouched. Raises InputError where it can't be read as UTF-8."""
    return decode(read_bytes(path), str(path))


def read_bytes(path: Path | str) -> bytes:
    """What the file holds. Raises InputError where it can't be read."""
    with _readable(path):
        return Path(path).read_bytes()


@contextmanager
def _readable(path: Path | str) -> Iterator[None]:
    """Makes what the system says of a file that it can't read an InputError."""
    try:
        yield
    except FileNotFoundError:
        raise InputError("no such file", str(path)) from None
    except IsADirectoryError:
        raise InputError("is a folder, not a file", str(path)) from None
    except (OSError, ValueError) as error:
        raise InputError(f"can't be read: {getattr(error, 'strerror', None) or error}", str(path)) from None


def decode(raw: bytes, path: str, line: int = 1) -> str:
    """`line`: where in the file the bytes begin."""
    if line == 1 and raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InputError("found UTF-16, expected UTF-8; save the file as UTF-8", path, 1, 1)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        message = f"found the byte 0x{raw[error.start]:02x}, which is not UTF-8; save the file as UTF-8"
        within, column = line_and_column(before, len(before))
        raise InputError(message, path, line + within - 1, column) from None


def parts_in(path: Path) -> Iterator[str]:
    """A file's text in parts, as `parts_of` has them."""
    with _readable(path), path.open("rb") as file:
        yield from parts_of(file, str(path))


def parts_of(file: Piped, path: str) -> Iterator[str]:
    """A text as it comes, in parts of whole lines. Raises InputError at a byte that is not UTF-8, after the lines before it."""
    line, held = 1, list[bytes]()
    while raw := file.read1(_PART):
        end = raw.rfind(b"\n") + 1
        if end:
            lines = b"".join((*held, raw[:end]))
            yield from _decoded(lines, path, line)
            line += lines.count(b"\n")
            held = []
        held.append(raw[end:])
    yield from _decoded(b"".join(held), path, line)


def _decoded(lines: bytes, path: str, line: int) -> Iterator[str]:
    if not lines:
        return
    try:
        yield decode(lines, path, line)
    except InputError as error:
        before = lines.split(b"\n")[: error.line - line]
        if before:
            yield decode(b"\n".join((*before, b"")), path, line)
        raise


def lines_of(parts: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Number (1-based), offset and content of each line of a text in parts, without its line ending."""
    number, offset = 1, 0
    for part in parts:
        for line in part.removesuffix("\n").split("\n"):
            yield number, offset, line.removesuffix("\r")
            number, offset = number + 1, offset + len(line) + 1


def whole(text: str) -> str:
    """The text with U+FFFD for half a surrogate pair: JSON and command lines may hold one, and no library bears it."""
    return text if text.isascii() else _HALVES.sub("\ufffd", text)


def mentions(path: Path, word: bytes) -> bool:
    """Whether a file holds these bytes; however long it is, only a part of it is held at a time."""
    with _readable(path), path.open("rb") as file:
        before = b""
        while block := file.read(_BLOCK):
            if word in before + block:
                return True
            before = block[1 - len(word) :]
    return False
