"""What a macro says of itself beside its reply: title, tags, and the `replylint:` key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from replylint.documents import Document, Node, Place
from replylint.model import Fields
from replylint.shapes import convert
from replylint.sources import About
from replylint.sources.keys import names_of, normal
from replylint.sources.vendors import child, says

OWN_KEY = "replylint"
_ID_KEYS = ("id", "key", "title", "name", "label", "shortcut", "short_code", "section")
_TITLE_KEYS = ("title", "name", "label", "subject", "short_code", "shortcut", "trigger", "section", "key", "id")
_TAG_KEYS = ("tags", "tag", "labels", "keywords", "category", "intent")
_TAG_FIELDS = ("current_tags", "set_tags")  # of Zendesk's actions


class OwnShape(Struct, forbid_unknown_fields=True):
    """What the `replylint:` key beside a reply may say."""

    context: dict[str, Any] = {}
    ignore: list[Any] = []


def about(node: Node, place: Place, document: Document, fields: Fields | None = None) -> About:
    """Of the mapping that holds a reply. Raises InputError for a `replylint:` that says what it can't."""
    title = child(node, fields.title) if fields else None
    named = str(title.value) if title is not None and is_scalar(title) else ""
    return About(
        named or _first(node, _ID_KEYS),
        named or _first(node, _TITLE_KEYS),
        _tags(node, (fields.tags,) if fields and fields.tags else _TAG_KEYS),
        *_own(node, place, document),
        (*place, OWN_KEY),
        document,
    )


def is_scalar(node: Node | None) -> bool:
    return node is not None and not isinstance(node.value, (dict, list)) and node.value is not None


def _first(node: Node, keys: tuple[str, ...]) -> str:
    names = {name: node.children[key] for name, key in names_of(node).items()}
    return next((str(names[key].value).strip() for key in keys if is_scalar(names.get(key))), "")


def _tags(node: Node, keys: tuple[str, ...]) -> tuple[str, ...]:
    names = {normal(key): value for key, value in node.children.items()}
    found = [names[normal(key)].value for key in keys if normal(key) in names]
    for value in node.children.values():
        found += [
            child(action, "value").value  # type: ignore[union-attr]
            for action in value.children.values()
            if says(child(action, "field"), *_TAG_FIELDS) and child(action, "value") is not None
        ]
    words: list[str] = []
    for tags in found:
        words += (str(tag) for tag in tags) if isinstance(tags, list) else re.split(r"[,;\s]+", str(tags or ""))
    return tuple(dict.fromkeys(word for word in words if word))


def _own(node: Node, place: Place, document: Document) -> tuple[Mapping[str, bool], tuple[Any, ...]]:
    own = child(node, OWN_KEY)
    if own is None or own.value in (None, ""):
        return {}, ()
    shape = convert(own.value, OwnShape, f"`{OWN_KEY}:`", document, (*place, OWN_KEY))
    for name, truth in shape.context.items():
        if not isinstance(truth, bool):
            found = f'found "{truth}"' if isinstance(truth, str) else "found something else"
            raise document.error(f"{found}; expected true or false", (*place, OWN_KEY, "context", name))
    return shape.context, tuple(shape.ignore)
