"""Cases and conversations in JSON, JSON Lines and YAML."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from replylint.cases import CaseShape, ConversationShape, replies
from replylint.documents import Document, Place
from replylint.jsons import read_json
from replylint.model import Thread
from replylint.shapes import convert
from replylint.sources import DRAFT, Lines, Located
from replylint.sources.mapping import Mapping, of_node


def is_case(data: Any) -> bool:
    return isinstance(data, dict) and ("draft" in data or "messages" in data)


def from_document(document: Document, lines: Lines) -> Iterator[Located]:
    """The cases and conversations of a document: one object, or a list of them."""
    if isinstance(document.data, list):
        for index in range(len(document.data)):
            yield from _located(document.data[index], document, (index,), lines)
    else:
        yield from _located(document.data, document, (), lines)


def from_line(data: Any, line: str, path: str, number: int, offset: int) -> Iterator[Located]:
    """The case or conversation of one line, already decoded; it is read again with its places when one is asked for."""
    yield from _located(data, None, (), Lines(line, number, offset), path)


def _located(data: Any, document: Document | None, place: Place, lines: Lines, path: str = "") -> Iterator[Located]:
    """`document` None: see `from_line`."""

    @cache
    def again() -> Document:
        return document or read_json(lines.text, path, lines.line)

    def maps_of(keys: dict[int, Place]) -> dict[int, Mapping]:
        read = again()
        return {index: of_node(read.node(place + key), read.text) for index, key in keys.items()}

    path = document.path if document else path
    prefix = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")
    if not is_case(data):
        raise again().error('found no case: a case is an object with "draft", or with "messages"', place)
    shape: type[CaseShape] | type[ConversationShape] = CaseShape if "draft" in data else ConversationShape
    try:
        case = msgspec.convert(data, shape)
    except msgspec.ValidationError:
        case = convert(data, shape, "a case" if shape is CaseShape else "a conversation", again(), place)
    if isinstance(case, CaseShape):
        keys: dict[int, Place] = {index: ("thread", index, "text") for index in range(len(case.thread or ()))}
        yield Located(
            case.as_draft(), path, f"{prefix}.draft".lstrip("."), lines, lambda: maps_of({DRAFT: ("draft",), **keys})
        )
        return
    keys = {index: ("messages", index, "text") for index in range(len(case.messages))}
    whole = case.whole()
    for index, draft in replies(whole):
        mine = {DRAFT: keys[index], **{i: keys[i] for i in range(index)}}
        key = f"{prefix}.messages[{index}]".lstrip(".")
        yield Located(draft, path, key, lines, lambda mine=mine: maps_of(mine), message_index=index)  # type: ignore[misc]
    yield Located(whole, path, f"{prefix}.messages".lstrip("."), lines, lambda: maps_of(keys), "conversation")


def thread_of(document: Document) -> Thread:
    """A thread given by hand: a list of messages, or an object with `thread` or `messages`."""
    data = document.data
    key = next((k for k in ("thread", "messages") if isinstance(data, dict) and k in data), None)
    messages = data[key] if key else data
    if not isinstance(messages, list):
        raise document.error('found no thread: expected a list of messages, or an object with "thread" or "messages"')
    shape = convert({"messages": messages}, ConversationShape, "a thread", document)
    return shape.thread()
