"""Macros in documents: those of known help desks, any list or map of them, and what the settings' `fields:` name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from replylint.documents import Document, Key, Node, Place
from replylint.errors import InputError, listing, nearest
from replylint.model import Draft, Fields
from replylint.sources import DRAFT, Lines, Located
from replylint.sources.about import OWN_KEY, about, is_scalar
from replylint.sources.keys import (
    REPLY_KEYS,
    body_of,
    has_title,
    is_sentence,
    is_weak,
    may_name_a_reply,
    names_of,
    normal,
    reads_like_a_reply,
    text_of,
)
from replylint.sources.mapping import Mapping, of_node
from replylint.sources.vendors import Twins, child, desk_of, says

_BESIDE = frozenset(
    {OWN_KEY, "notes", "note", "internal_note", "internal_notes", "tags", "labels", "keywords", "comments", "restriction",
     "metadata", "meta", "attributes", "conditions", "fields", "usage", "author", "created_by", "updated_by"}
)  # fmt: skip
_HOLDS_ALL = ("attributes", "fields")  # where nothing but an id stands beside them
_WORD = re.compile(
    r"\{[{%][^{}]*\}+|<(?:attribute|variable)\b[^<>]*>|(\w+)"
)  # what is filled in is spelt as the form wants it


Part: TypeAlias = tuple[Document, Lines]  # of a file, or all of it


class Found(NamedTuple):
    """One reply with its twins, and the mapping that it stands in. `around`: the title of what that stands in."""

    item: Node
    place: Place
    twins: Twins
    around: str = ""
    is_known: bool = False  # whether its shape leaves no doubt that it is a macro
    desk: str = ""  # whose export it surely is


def from_documents(parts: Iterable[Part], fields: Fields | None = None, named: bool = True) -> Iterator[Located]:
    """Every reply of a file, which comes in parts. `fields`: under which keys the settings say that things stand.

    Raises InputError where one that was `named` holds none.
    """
    first: Document | None = None
    keys: set[str] = set()
    is_empty = True

    def noted() -> Iterator[Part]:
        nonlocal first
        for part in parts:
            first = first or part[0]
            if fields and is_empty:
                keys.update(str(key) for node in _mappings(part[0].root) for key in node.children)
            yield part

    for located in drafts_of(noted(), fields, named):
        is_empty = False
        yield located
    if named and is_empty and first:
        raise _nothing_found(first, fields, keys)


def drafts_of(parts: Iterable[Part], fields: Fields | None = None, named: bool = True) -> Iterator[Located]:
    """The replies, if there are any, with their twins."""
    for found, (document, lines) in _chosen(parts, fields, named):
        yield from _located(found, document, lines, fields)


def _chosen(parts: Iterable[Part], fields: Fields | None, named: bool) -> Iterator[tuple[Found, Part]]:
    """What `fields` name; else the macros of known help desks, and, where no fields are named, what reads like a reply.

    A file that nobody `named` is a library if some are a help desk's, or have a title and a reply. What waits for a later part
    to decide is held.
    """
    held: list[tuple[Found, Part]] = []
    is_sure = named and fields is None
    for part in parts:
        root = part[0].root
        found = list(_named(root, (), fields)) if fields else list(_replies(root, (), ""))
        if fields and found and not is_sure:
            held, is_sure = [], True
        elif fields and not is_sure:
            found = [one for one in _replies(root, (), "") if one.is_known]
        is_sure = is_sure or (fields is None and any(one.is_known for one in found))
        held += ((one, part) for one in found)
        if is_sure:
            yield from held
            held = []
    if fields:
        yield from held


def _nothing_found(document: Document, fields: Fields | None, keys: Iterable[str]) -> InputError:
    if document.root.value in (None, [], {}):
        return document.error("found no replies: there is nothing in it")
    if fields:
        expected = f'mappings with the key "{fields.reply}", as `fields:` in the settings says'
        return document.error(f"found no replies: expected {expected}{nearest(fields.reply, keys)}")
    if _is_table(document):
        columns = listing((str(key) for key in document.root.children[0].children), 20)
        expected = f"found no replies in the columns {columns}; expected one of {listing(REPLY_KEYS, 40)}"
        return document.error(f"{expected}, or `fields:` in the settings that name it")
    expected = f"texts, or mappings with one of the keys {listing(REPLY_KEYS, 40)}"
    return document.error(f"found no replies: expected {expected}; `fields:` in the settings can name another")


def _mappings(node: Node) -> Iterator[Node]:
    if isinstance(node.value, dict):
        yield node
    for inner in node.children.values():
        yield from _mappings(inner)


def _is_table(document: Document) -> bool:
    row = child(document.root, 0)
    return row is not None and any(cell.style.startswith("csv") for cell in row.children.values())


# --- one reply ----------------------------------------------------------------------------------------------------------


def _located(found: Found, document: Document, lines: Lines, fields: Fields | None) -> Iterator[Located]:
    """The reply and its twins."""
    said: list[list[str]] = []
    known = about(found.item, found.place, document, fields)
    for way, node in found.twins:
        place = (*found.place, *way)
        text, maps = read_body(node, document.text, "html" in normal(place[-1]))
        words = list(filter(None, _WORD.findall(text.lower())))
        key = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")
        draft = Draft(text, known.id or key, "macro", given=tuple(known.context.items()), help_desk=found.desk)
        title = known.title or found.around
        yield Located(draft, document.path, key, lines, maps, title=title, about=known, repeats=words in said)
        said.append(words)


def read_body(node: Node, text: str, as_html: bool = False) -> tuple[str, Callable[[], dict[int, Mapping]]]:
    """The words of a body, which may be HTML, and their places. `text`: of the file."""
    value: str = node.value
    if "<" not in value and "&" not in value:
        return value, lambda: {DRAFT: of_node(node, text)}
    from replylint.sources.html import is_html, render

    if not as_html and not is_html(value):
        return value, lambda: {DRAFT: of_node(node, text)}
    rendered = render(value)
    inner = Mapping(0, rendered.starts, rendered.ends, ("html",))
    return rendered.text, lambda: {DRAFT: inner.within(of_node(node, text))}


# --- where replies stand ------------------------------------------------------------------------------------------------


def _replies(node: Node, place: Place, around: str, in_list: bool = False) -> Iterator[Found]:
    if isinstance(node.value, list):
        for index, inner in node.children.items():
            if not is_scalar(inner):
                yield from _replies(inner, (*place, index), around, True)
            elif reads_like_a_reply(inner):
                yield Found(node, place, [((index,), inner)], around, is_sentence(inner))
    elif isinstance(node.value, dict):
        desk = desk_of(node)
        if desk is not None:
            yield from (
                Found(node, place, twins, around, True, desk.name if desk.is_sure else "")
                for twins in desk.replies(node)
            )
        elif not _is_internal(node):
            yield from _of_mapping(node, place, around, in_list)


def _of_mapping(node: Node, place: Place, around: str, in_list: bool) -> Iterator[Found]:
    names = names_of(node)
    is_named = has_title(names)
    twins = body_of(node, names)
    if twins:
        is_only = in_list and len(node.children) == len(twins) + 1
        yield Found(node, place, twins, around, is_named and (is_only or not is_weak(twins[0][0][0])))
    read = {way[0] for way, _ in twins}
    title = _title(node, names) or around
    for key, inner in node.children.items():
        name = normal(key)
        if key in read or (name in _BESIDE and (twins or name not in _HOLDS_ALL)):
            continue
        if not is_scalar(inner):
            if not twins or not _is_plain_list(inner):  # beside a reply, a list of words is its tags
                yield from _replies(inner, (*place, key), title)
        elif (
            not (twins or is_named or inner.style.startswith("csv"))
            and may_name_a_reply(key)
            and reads_like_a_reply(inner)
        ):
            yield Found(node, place, [((key,), inner)], str(key), is_sentence(inner))


def _title(node: Node, names: dict[str, Key]) -> str:
    ways = ("title", "name", "label", "section", "key")
    found = (node.children[names[key]] for key in ways if key in names)
    return next((str(value.value) for value in found if is_scalar(value)), "")


def _named(node: Node, place: Place, fields: Fields) -> Iterator[Found]:
    """The texts under the key that the settings name, however deep they stand."""
    way: Place = tuple(fields.reply.split(".")) if fields.reply not in node.children else (fields.reply,)
    found = child(node, *way)
    reply = text_of(found) if found is not None else None
    if reply is not None:
        yield Found(node, place, [(way, reply)], is_known=True)
        return
    for key, inner in node.children.items():
        yield from _named(inner, (*place, key), fields)


def _is_internal(node: Node) -> bool:
    """Whether the text is for colleagues only."""
    return says(child(node, "internal"), True) or any(
        says(child(node, key), "note", "internal", "internal_note") for key in ("type", "reply_type", "kind")
    )


def _is_plain_list(node: Node) -> bool:
    return isinstance(node.value, list) and all(is_scalar(inner) for inner in node.children.values())
