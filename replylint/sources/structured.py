"""YAML, JSON, JSON Lines and tables: cases and conversations, or macros."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from replylint.documents import Document, lines_of
from replylint.errors import InputError, listing
from replylint.jsons import read_json
from replylint.model import Fields
from replylint.sources import Lines, Located, cases, macros
from replylint.sources.keys import REPLY_KEYS, SURE_KEYS

_decode = msgspec.json.Decoder().decode
_TABLES = (".csv", ".tsv")
_NAMES_A_REPLY = re.compile(rf"(?:^|[:,;{{\s])[\"']?(?:{'|'.join(SURE_KEYS)})[\"']?[ \t]*[:,;\t\r\n]", re.I)
_JSON_LINES = (".jsonl", ".ndjson")


def read_structured(
    parts: Iterable[str], path: str, suffix: str, fields: Fields | None = None, named: bool = True
) -> Iterator[Located]:
    """The drafts of a file, whose text may come in parts of whole lines.

    Raises InputError where it holds none; one that was not `named` may be no library at all.
    """
    if suffix in _JSON_LINES:
        yield from read_lines(lines_of(parts), path, fields, named)
    elif suffix in _TABLES:
        from replylint.sources.tables import read_table

        yield from macros.from_documents(read_table(parts, path, suffix == ".tsv"), fields, named)
    else:
        yield from _read_whole("".join(parts), path, suffix, fields, named)


def _read_whole(text: str, path: str, suffix: str, fields: Fields | None, named: bool) -> Iterator[Located]:
    try:
        document = read_json(text, path) if suffix == ".json" else _read_yaml(text, path)
    except InputError as error:
        if suffix != ".json" or not _is_json_lines(text):
            raise error from None
        yield from read_lines(lines_of([text]), path, fields, named)
        return
    if cases.is_case(_first(document.data)):
        yield from cases.from_document(document, Lines(text))
    else:
        yield from macros.from_documents([(document, Lines(text))], fields, named)


def _read_yaml(text: str, path: str) -> Document:
    from replylint.yamls import read_yaml  # which takes time to import, and JSON needs none of it

    return read_yaml(text, path)


def is_library(parts: Callable[[], Iterable[str]], path: str, suffix: str, fields: Fields | None = None) -> bool:
    """Whether a file that nobody named is a library; a broken one, if it names a reply: its reading says what is wrong."""
    try:
        return next(read_structured(parts(), path, suffix, fields, named=False), None) is not None
    except InputError:
        return _NAMES_A_REPLY.search("".join(parts())) is not None


def _first(data: Any) -> Any:
    return data[0] if isinstance(data, list) and data else data


def _is_json_lines(text: str) -> bool:
    """Whether the first line is a whole object, and another one follows."""
    filled = (line for _, _, line in lines_of([text.removeprefix("\ufeff")]) if line.strip())
    try:
        first = _decode(next(filled, ""))
    except (msgspec.DecodeError, RecursionError):
        return False
    return isinstance(first, dict) and next(filled, "").lstrip().startswith("{")


def read_lines(
    lines: Iterable[tuple[int, int, str]], path: str, fields: Fields | None = None, named: bool = True
) -> Iterator[Located]:
    """One case, conversation or macro a line, of lines with their numbers and offsets; blank ones are passed over."""
    last, found = 0, False
    for number, offset, line in lines:
        if not line.strip():
            continue
        last = last or 1
        try:
            data = _decode(line.removeprefix("\ufeff"))
        except (msgspec.DecodeError, RecursionError):
            data = read_json(line, path, number).data  # says where it is broken
        if cases.is_case(data):
            found = True
            yield from cases.from_line(data, line, path, number, offset)
            continue
        if not isinstance(data, dict):
            raise _no_line_of_ours(path, number)
        document = read_json(line, path, number)
        for located in macros.drafts_of([(document, Lines(line, number, offset))], fields, named):
            found = True
            yield located
        last = number
    if named and not found and last:
        raise _no_line_of_ours(path, last)


def _no_line_of_ours(path: str, number: int) -> InputError:
    expected = f'an object with "draft" or "messages", or with one of {listing(REPLY_KEYS, 40)}'
    return InputError(f"found no case and no macro: a line is {expected}", path, number)
