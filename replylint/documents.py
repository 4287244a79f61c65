"""YAML and JSON files as plain data that remember where each value stands; strict about what is ambiguous."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from json.decoder import scanstring  # type: ignore[attr-defined]
from pathlib import Path
from typing import TypeAlias

import yaml
from msgspec import Struct

from replylint.errors import InputError
from replylint.model import JSON

Key: TypeAlias = str | int
Place: TypeAlias = tuple[Key, ...]
_BLOCK = 1 << 20
_HALVES = re.compile("[\ud800-\udfff]")


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
    with _readable(path):
        raw = Path(path).read_bytes()
    return decode(raw, str(path))


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
        raise InputError("found UTF-16, expected UTF-8", path, 1, 1)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        message = f"found the byte 0x{raw[error.start]:02x}, which is not UTF-8; save the file as UTF-8"
        within, column = line_and_column(before, len(before))
        raise InputError(message, path, line + within - 1, column) from None


def lines_in(path: Path) -> Iterator[tuple[int, int, str]]:
    """The lines of a file as `lines_of` has those of a text, read one after the other."""
    with _readable(path), path.open("rb") as file:
        offset = 0
        for number, raw in enumerate(file, 1):
            line = decode(raw, str(path), number)
            yield number, offset, line.removesuffix("\n").removesuffix("\r")
            offset += len(line)


def mentions(path: Path, word: bytes) -> bool:
    """Whether a file holds these bytes; however long it is, only a part of it is held at a time."""
    with _readable(path), path.open("rb") as file:
        before = b""
        while block := file.read(_BLOCK):
            if word in before + block:
                return True
            before = block[1 - len(word) :]
    return False


# --- YAML -------------------------------------------------------------------------------------------------------


class _Loader(yaml.CSafeLoader):
    """Reads `no`, `yes`, `on`, `off`, `12:30` and dates as words: only `true` and `false` are booleans."""


_PLAIN = (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", "n~\0"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]*(?:[eE][-+]?[0-9]+)?|[-+]?\.[0-9]+", "-+0123456789."),
)
_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in _PLAIN:
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), [c.replace("\0", "") for c in _first]
    )

_DEEPEST = 100  # levels; no library nests deeper, and what reads it may recurse
_MOST_REPEATED = 100_000  # values that aliases add to those that are written out
_CONVERT: dict[str, Callable[[str], JSON]] = {
    "bool": lambda text: text == "true",
    "null": lambda text: None,
    "int": int,
    "float": float,
}


def read_yaml(text: str, path: str) -> Document:
    """The YAML of a file; several documents are a list. Duplicate keys, keys that are no text, and tags are refused."""
    shift = 1 if text.startswith("\ufeff") else 0
    try:
        converter = _Converter(path, text, shift)
        nodes = [converter.node(tree) for tree in yaml.compose_all(text[shift:], Loader=_Loader)]
        if not nodes:
            return Document(path, text, Node(None, 0, len(text)))
        many = Node([node.value for node in nodes], 0, len(text), children=dict(enumerate(nodes)))
        return Document(path, text, nodes[0] if len(nodes) == 1 else many)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise InputError(
            f"broken YAML: {error.problem or error.context}",
            path,
            mark.line + 1 if mark else 1,
            mark.column + 1 if mark else 1,
        ) from None
    except yaml.reader.ReaderError as error:
        raise error_at(f"broken YAML: {error.reason} (#x{error.character:04x})", path, text, error.position) from None
    except UnicodeEncodeError as error:
        raise error_at("broken YAML: a lone surrogate is no character", path, text, error.start + shift) from None
    except RecursionError:
        raise InputError(f"broken YAML: nested deeper than {_DEEPEST} levels", path) from None


class _Converter:
    def __init__(self, path: str, text: str, shift: int) -> None:
        self.path, self.text, self.shift, self.seen = path, text, shift, 0
        self.depth = 0

    def error(self, message: str, node: yaml.Node) -> InputError:
        return error_at(message, self.path, self.text, node.start_mark.index + self.shift)

    def node(self, node: yaml.Node) -> Node:
        self.seen += 1
        if self.seen > len(self.text) + _MOST_REPEATED:  # what is written out takes a character at least
            raise self.error("aliases that expand to more than this file can hold", node)
        start, end = node.start_mark.index + self.shift, node.end_mark.index + self.shift
        if isinstance(node, yaml.ScalarNode):
            return Node(self.scalar(node), start, end, node.style or "")
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.error(f"broken YAML: nested deeper than {_DEEPEST} levels", node)
        if isinstance(node, yaml.SequenceNode):
            items = [self.node(item) for item in node.value]
            found = Node([item.value for item in items], start, end, children=dict(enumerate(items)))
        elif isinstance(node, yaml.MappingNode):
            found = self.mapping(node, start, end)
        else:
            raise self.error("found something that is no text, list or mapping", node)
        self.depth -= 1
        return found

    def scalar(self, node: yaml.ScalarNode) -> JSON:
        tag = node.tag.rpartition(":")[2]
        if tag == "str" or node.style:
            return node.value
        if tag not in _CONVERT:
            raise self.error(f"found the tag {node.tag}; only plain values are allowed", node)
        try:
            return _CONVERT[tag](node.value)
        except ValueError:
            raise self.error(f"found {node.value}, which is no {tag}", node) from None

    def mapping(self, node: yaml.MappingNode, start: int, end: int) -> Node:
        children: dict[Key, Node] = {}
        keys: dict[str, Node] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self.error("found a key that is a list or a mapping; a key is a word", key_node)
            key = key_node.value
            if key in keys:
                first = line_and_column(self.text, keys[key].start)[0]
                raise self.error(
                    f'found the key "{key}" twice (first in line {first}); each key is allowed once', key_node
                )
            keys[key] = self.node(key_node)
            children[key] = self.node(value_node)
        return Node({key: child.value for key, child in children.items()}, start, end, children=children, keys=keys)


# --- JSON -------------------------------------------------------------------------------------------------------

_BLANK = re.compile(r"[ \t\r\n]*")
_ATOM = re.compile(r"[^,\]}\s]+")


def read_json(text: str, path: str, line: int = 1) -> Document:
    """One JSON value. `line`: the number of the text's first line in its file, for errors."""
    shift = 1 if text.startswith("\ufeff") else 0
    try:
        json.loads(text[shift:])
        return Document(path, text, json_node(text, _skip(text, shift)), line)
    except json.JSONDecodeError as error:
        column = error.colno + (shift if error.lineno == 1 else 0)
        raise InputError(f"broken JSON: {error.msg}", path, line + error.lineno - 1, column) from None
    except DuplicateKeyError as error:
        message = f'found the key "{error.key}" twice; each key is allowed once'
        raise error_at(message, path, text, error.at, line) from None
    except RecursionError:
        raise InputError(f"broken JSON: nested deeper than {_DEEPEST} levels", path, line) from None
    except ValueError as error:  # a number of more digits than Python converts
        raise InputError(f"broken JSON: {error}", path, line) from None


def whole(text: str) -> str:
    """The text with U+FFFD for half a surrogate pair: JSON and command lines may hold one, and no library bears it."""
    return text if text.isascii() else _HALVES.sub("\ufffd", text)


class DuplicateKeyError(Exception):
    """An object of JSON has a key twice, the second time at `at`."""

    def __init__(self, key: str, at: int) -> None:
        self.key, self.at = key, at
        super().__init__(key)


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def json_node(text: str, at: int, cell: Node | None = None, depth: int = 0) -> Node:
    """The value that starts at `at`; the text, that of a `cell` or of a file, is known to be valid JSON.

    Raises RecursionError where it nests too deeply.
    """
    start, first = at, text[at]
    if first == '"':
        value, end = scanstring(text, at + 1, True)
        return Node(whole(value), start, end, "json", cell=cell)
    if first not in "[{":
        atom = _ATOM.match(text, at)
        end = atom.end() if atom else at + 1
        return Node(json.loads(text[at:end]), start, end, cell=cell)
    if depth == _DEEPEST:
        raise RecursionError
    children: dict[Key, Node] = {}
    keys: dict[str, Node] = {}
    at = _skip(text, at + 1)
    while text[at] not in "]}":
        if first == "{":
            name = json_node(text, at, cell)
            if name.value in keys:
                raise DuplicateKeyError(name.value, at)
            keys[name.value] = name
            at = _skip(text, _skip(text, name.end) + 1)
        child = children[name.value if first == "{" else len(children)] = json_node(text, at, cell, depth + 1)
        at = _skip(text, child.end)
        if text[at] == ",":
            at = _skip(text, at + 1)
    value = {k: c.value for k, c in children.items()} if first == "{" else [c.value for c in children.values()]
    return Node(value, start, at + 1, children=children, keys=keys, cell=cell)


def lines_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Number (1-based), offset and content of each line, without its line ending."""
    offset = 0
    for number, line in enumerate(text.split("\n"), 1):
        yield number, offset, line.removesuffix("\r")
        offset += len(line) + 1
