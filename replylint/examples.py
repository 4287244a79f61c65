"""The examples in rule and signal files: drafts with [[ ]] around the place that is expected."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from replylint.brand import brand_from
from replylint.cases import CaseShape, ConversationShape
from replylint.documents import Document, Place
from replylint.model import Brand, Draft, Example, Message, Sender, Span
from replylint.shapes import convert

_MARK = re.compile(r"\[\[(.*?)\]\]", re.S)


class ExampleShape(CaseShape, forbid_unknown_fields=True, omit_defaults=True):
    """A case, with `customer` as short for a thread of one message, and the brand's `settings`."""

    customer: str | None = None
    settings: Any = None


class ConversationExampleShape(ConversationShape, forbid_unknown_fields=True, omit_defaults=True):
    settings: Any = None


class LibraryExampleShape(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """Macros that a rule of scope library sees together."""

    macros: list[str]
    channel: str | None = None
    public: bool | None = None
    settings: Any = None


def unmark(text: str) -> tuple[str, tuple[Span, ...]]:
    """The text without its marks, and where they stood."""
    marks: list[Span] = []
    pieces: list[str] = []
    at = length = 0
    for match in _MARK.finditer(text):
        pieces += (text[at : match.start()], match[1])
        length += match.start() - at
        marks.append(Span(length, length + len(match[1])))
        length += len(match[1])
        at = match.end()
    return "".join(pieces) + text[at:], tuple(marks)


def read_examples(entries: list[Any], document: Document, place: Place) -> tuple[Example, ...]:
    """The examples of a rule. Raises InputError where one is no case, conversation or list of macros."""
    return tuple(_example(entry, document, (*place, index)) for index, entry in enumerate(entries))


def _example(entry: Any, document: Document, place: Place) -> Example:
    if isinstance(entry, dict) and "messages" in entry:
        conversation = convert(entry, ConversationExampleShape, "a conversation", document, place)
        return Example((conversation.whole(),), (), _settings(entry, document, place), "conversation", document.path)
    if isinstance(entry, dict) and "macros" in entry:
        library = convert(entry, LibraryExampleShape, "a library", document, place)
        plain = [unmark(text) for text in library.macros]
        drafts = tuple(
            Draft(text, f"macro {number}", "macro", None, library.channel, library.public)
            for number, (text, _) in enumerate(plain, 1)
        )
        marks = tuple(mark for _, found in plain for mark in found)
        return Example(
            drafts, marks, _settings(entry, document, place), "library", "\n".join(text for text, _ in plain)
        )
    shape = convert(entry, ExampleShape, "an example", document, place)
    text, marks = unmark(shape.draft)
    draft = shape.as_draft()
    thread = draft.thread
    if shape.customer is not None:
        if thread is not None:
            raise document.error("found both customer and thread; give one of them", place)
        thread = (Message(Sender.customer, shape.customer),)
    draft = msgspec.structs.replace(draft, text=text, thread=thread)
    return Example((draft,), marks, _settings(entry, document, place), "draft", text)


def _settings(entry: Any, document: Document, place: Place) -> Brand:
    settings = entry.get("settings")
    return Brand() if settings is None else brand_from(settings, document, (*place, "settings"))


def read_texts(entries: list[Any], side: str, document: Document, place: Place) -> tuple[Example, ...]:
    """The hits and misses of a signal: plain texts of its side, or whole cases."""
    found = []
    for index, entry in enumerate(entries):
        if not isinstance(entry, str):
            found.append(_example(entry, document, (*place, index)))
            continue
        text, marks = unmark(entry)
        is_draft = side == "draft"
        thread = None if is_draft else (Message(Sender.customer, text),)
        found.append(Example((Draft(text if is_draft else "-", thread=thread),), marks, Brand(), "draft", text))
    return tuple(found)
