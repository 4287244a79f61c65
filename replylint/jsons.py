"""JSON as documents; strict about keys that stand there twice."""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]

from replylint.documents import DEEPEST, Document, Key, Node, error_at, whole
from replylint.errors import InputError

_BLANK = re.compile(r"[ \t\r\n]*")
_AFTER_LAST = re.compile(r",\s*[\]}]")
_ATOM = re.compile(r"[^,\]}\s]+")


def read_json(text: str, path: str, line: int = 1) -> Document:
    """One JSON value. `line`: the number of the text's first line in its file, for errors."""
    shift = 1 if text.startswith("\ufeff") else 0
    try:
        json.loads(text[shift:])
        return Document(path, text, json_node(text, _skip(text, shift)), line)
    except json.JSONDecodeError as error:
        column = error.colno + (shift if error.lineno == 1 else 0)
        raise InputError(f"broken JSON: {what_is_broken(error)}", path, line + error.lineno - 1, column) from None
    except DuplicateKeyError as error:
        message = f'found the key "{error.key}" twice; each key is allowed once'
        raise error_at(message, path, text, error.at, line) from None
    except RecursionError:
        raise InputError(f"broken JSON: nested deeper than {DEEPEST} levels", path, line) from None
    except ValueError as error:  # a number of more digits than Python converts
        raise InputError(f"broken JSON: {error}", path, line) from None


def what_is_broken(error: json.JSONDecodeError) -> str:
    """What the usual mistakes come to; else what the decoder says."""
    text, at = error.doc, error.pos
    if not text.strip():
        return "there is nothing in it"
    if text.startswith(("//", "/*", "#"), at):
        return "found a comment, and JSON has none"
    comma = _AFTER_LAST.match(text, max(0, text.rfind(",", 0, at + 1)))
    if comma and comma.end() > at:
        return "found a comma after the last entry"
    if error.msg.startswith("Invalid control character") and text[at : at + 1] in ("\r", "\n"):
        return "found the end of the line inside a text; its closing quote is missing, or a line break is written \\n"
    return error.msg.removesuffix(" at")


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
    if depth == DEEPEST:
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
