"""Decodes a document into a typed shape, strictly; what does not fit is an error with file, line, and what is allowed."""

from __future__ import annotations

import re
import typing
from typing import Any, TypeVar

import msgspec

from replylint.documents import Document, Place
from replylint.errors import InputError, listing, nearest

Shape = TypeVar("Shape", bound=msgspec.Struct)

_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")
_UNKNOWN_KEY = re.compile(r"unknown field `([^`]+)`")
_MISSING_KEY = re.compile(r"missing required field `([^`]+)`")
_EXPECTED = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")
_BAD_WORD = re.compile(r"Invalid enum value '([^']*)'")
_PLAIN_WORDS = {
    "array": "a list",
    "object": "a mapping",
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "null": "nothing",
}


def decode(document: Document, shape: type[Shape], what: str, place: Place = ()) -> Shape:
    """The value at `place` as `shape`. Raises InputError; `what` names the thing in errors: "a rule", "the settings"."""
    return convert(document.node(place).value, shape, what, document, place)


def convert(value: Any, shape: type[Shape], what: str, document: Document, place: Place = ()) -> Shape:
    if not isinstance(value, dict):
        raise document.error(f"found {_kind(value)}, where {what} should be: a mapping of keys", place)
    try:
        return msgspec.convert(value, shape, strict=True)
    except msgspec.ValidationError as error:
        raise _explain(str(error), shape, what, document, place) from None


def _explain(message: str, shape: type[msgspec.Struct], what: str, document: Document, place: Place) -> InputError:
    said, _, path = message.partition(" - at `$")
    steps = tuple(int(index) if index else name for name, index in _STEP.findall(path.rstrip("`")))
    at = place + steps
    if unknown := _UNKNOWN_KEY.search(said):
        allowed = keys_of(_shape_at(shape, steps))
        found = unknown[1]
        return document.error_at_key(
            f'found the key "{found}"; allowed in {what}: {listing(allowed, 60)}{nearest(found, allowed)}', (*at, found)
        )
    if missing := _MISSING_KEY.search(said):
        return document.error(f'the key "{missing[1]}" is missing in {what}', at)
    if bad := _BAD_WORD.search(said):
        allowed = _words_at(shape, steps)
        return document.error(f'found "{bad[1]}"; allowed: {listing(allowed)}{nearest(bad[1], allowed)}', at)
    if expected := _EXPECTED.search(said):
        wanted = " or ".join(_PLAIN_WORDS.get(word.strip(), word.strip()) for word in expected[1].split("|"))
        return document.error(f"found {_kind(document.node(at).value)}; expected {wanted}", at)
    return document.error(said[:1].lower() + said[1:], at)


def _kind(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list) else f'"{value}"'


def keys_of(shape: Any) -> list[str]:
    is_shape = isinstance(shape, type) and issubclass(shape, msgspec.Struct)
    return [field.encode_name for field in msgspec.structs.fields(shape)] if is_shape else []


def _type_at(shape: Any, steps: Place) -> Any:
    """The type that stands at a way into a shape."""
    for step in steps:
        candidates = [shape, *typing.get_args(shape)]
        if isinstance(step, int):
            shape = next(
                (arg for c in candidates if typing.get_origin(c) in (list, tuple) for arg in typing.get_args(c)), None
            )
            continue
        struct = next((c for c in candidates if isinstance(c, type) and issubclass(c, msgspec.Struct)), None)
        hints = typing.get_type_hints(struct) if struct else {}
        names = {field.encode_name: field.name for field in msgspec.structs.fields(struct)} if struct else {}
        shape = hints.get(names.get(str(step), ""))
    return shape


def _shape_at(shape: Any, steps: Place) -> Any:
    found = _type_at(shape, steps)
    return next((c for c in (found, *typing.get_args(found)) if keys_of(c)), None)


def _words_at(shape: Any, steps: Place) -> list[str]:
    def words(kind: Any) -> list[str]:
        if typing.get_origin(kind) is typing.Literal:
            return [str(word) for word in typing.get_args(kind)]
        return [word for arg in typing.get_args(kind) for word in words(arg)]

    return words(_type_at(shape, steps))
