"""Lists and maps of macros in YAML and JSON: the replies are found by their keys, however deep they stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from replylint.documents import Document, Node, Place
from replylint.errors import listing
from replylint.model import Draft, Fields
from replylint.sources import DRAFT, Lines, Located
from replylint.sources.agreed import OWN_KEY, agreed_in
from replylint.sources.mapping import Mapping, of_node

REPLY_KEYS = (
    "reply",
    "body",
    "body_text",
    "content",
    "contents",
    "message",
    "response",
    "text",
    "comment",
    "description",
    "value",
)
_TITLE_KEYS = ("id", "key", "title", "name", "label", "shortcut", "short_code", "section")
_FEWEST_BLANKS = 2  # a plain text in a list is a reply if it has at least three words


def from_document(document: Document, lines: Lines, fields: Fields | None = None) -> Iterator[Located]:
    """Every reply of the document. `fields`: under which keys the settings say that reply and title stand.

    Raises InputError where it holds none.
    """
    if fields:
        found = list(_named(document.root, (), fields))
        expected = f'mappings with the key "{fields.reply}", as `fields:` in the settings says'
    else:
        found = list(_replies(document.root, (), ""))
        expected = f"texts, or mappings with one of the keys {listing(REPLY_KEYS)}"
    if not found:
        raise document.error(f"found no replies: expected {expected}")
    for place, node, title in found:
        key = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")
        draft = Draft(node.value, title or key, "macro")
        comments = agreed_in(document, (*place[:-1], OWN_KEY), lines)
        yield Located(
            draft, document.path, key, lines, partial(_maps, node, document.text), title=title, comments=comments
        )


def _maps(node: Node, text: str) -> dict[int, Mapping]:
    return {DRAFT: of_node(node, text)}


def _replies(node: Node, place: Place, title: str) -> Iterator[tuple[Place, Node, str]]:
    """The texts that are replies, with the way to them and their title."""
    if isinstance(node.value, dict):
        name = next((str(node.children[key].value) for key in _TITLE_KEYS if _is_scalar(node.children.get(key))), title)
        body = next((key for key in REPLY_KEYS if _is_text(node.children.get(key))), None)
        if body is not None:
            yield (*place, body), node.children[body], name
        for key, child in node.children.items():
            if key == OWN_KEY:
                continue
            if not _is_scalar(child):
                if body is None or not _is_plain_list(child):  # beside a reply, a list of words is its tags
                    yield from _replies(child, (*place, key), name)
            elif body is None and not set(node.children) & set(_TITLE_KEYS) and _reads_like_a_reply(child):
                yield (*place, key), child, str(key)
    elif isinstance(node.value, list):
        for index, child in node.children.items():
            if not _is_scalar(child):
                yield from _replies(child, (*place, index), "")
            elif _reads_like_a_reply(child):
                yield (*place, index), child, title


def _named(node: Node, place: Place, fields: Fields) -> Iterator[tuple[Place, Node, str]]:
    """The texts under the key that the settings name, however deep they stand."""
    reply = node.children.get(fields.reply) if isinstance(node.value, dict) else None
    if reply is not None and _is_text(reply):
        title = node.children.get(fields.title)
        yield (*place, fields.reply), reply, str(title.value) if title is not None and _is_scalar(title) else ""
        return
    for key, child in node.children.items():
        yield from _named(child, (*place, key), fields)


def _is_scalar(node: Node | None) -> bool:
    return node is not None and not isinstance(node.value, (dict, list)) and node.value is not None


def _is_plain_list(node: Node) -> bool:
    return isinstance(node.value, list) and all(_is_scalar(child) for child in node.children.values())


def _is_text(node: Node | None) -> bool:
    return node is not None and isinstance(node.value, str) and bool(node.value.strip())


def _reads_like_a_reply(node: Node) -> bool:
    return isinstance(node.value, str) and node.value.strip().count(" ") >= _FEWEST_BLANKS
