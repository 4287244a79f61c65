"""How help desks write a macro down: for each, how it is told, and where its replies stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from msgspec import Struct

from replylint.documents import Node, Place

Text: TypeAlias = tuple[Place, Node]
Twins: TypeAlias = list[Text]  # one reply in several forms, such as plain and HTML

_ELSEWHERE = "MANAGED_CONTENT"  # Zendesk: the body stands in another file


class Desk(Struct, frozen=True):
    """One help desk's macro: whether a mapping is one, and its replies, each with its twins. Internal ones are left out.

    `is_sure`: nobody else writes macros down like this.
    """

    name: str
    is_macro: Callable[[Node], bool]
    replies: Callable[[Node], Iterator[Twins]]
    is_sure: bool = False


def child(node: Node | None, *keys: str | int) -> Node | None:
    """The value under the keys, one inside the other, if it is there."""
    for key in keys:
        node = node.children.get(key) if node is not None else None
    return node


def says(node: Node | None, *words: object) -> bool:
    """Whether a value is one of the words, whatever its case."""
    return node is not None and str(node.value).strip().lower() in {str(word).lower() for word in words}


def _is_text(node: Node | None) -> bool:
    return node is not None and isinstance(node.value, str) and bool(node.value.strip())


def _twins(node: Node, *ways: Place) -> Twins:
    found = ((way, child(node, *way)) for way in ways)
    return [(way, text) for way, text in found if text is not None and _is_text(text)]


def _keyed(*groups: tuple[str, ...]) -> Callable[[Node], Iterator[Twins]]:
    """Replies that stand under keys; those of one group are twins."""
    return lambda node: (twins for group in groups if (twins := _twins(node, *((key,) for key in group))))


def _has(*keys: str) -> Callable[[Node], bool]:
    return lambda node: all(key in node.children for key in keys)


def _actions(node: Node) -> list[tuple[Place, Node]]:
    """The actions of a macro; in a table, whichever column holds them."""
    for key, value in node.children.items():
        first = child(value, 0)
        if isinstance(value.value, list) and first is not None and {"field", "name"} & set(first.children):
            return [((key, index), action) for index, action in value.children.items()]
    return []


def _is_zendesk(node: Node) -> bool:
    return any({"field", "value"} <= set(action.children) for _, action in _actions(node))


def _zendesk(node: Node) -> Iterator[Twins]:
    actions = _actions(node)
    if any(says(child(a, "field"), "comment_mode_is_public") and says(child(a, "value"), False) for _, a in actions):
        return
    twins: Twins = []
    for place, action in actions:
        if not says(child(action, "field"), "comment_value", "comment_value_html"):
            continue
        way: Place = (*place, "value")
        value = child(action, "value")
        if value is not None and isinstance(value.value, list) and value.children:
            last = len(value.children) - 1  # the channel, then the text
            way, value = (*way, last), value.children[last]
        if value is not None and _is_text(value) and value.value != _ELSEWHERE:
            twins.append((way, value))
    if twins:
        yield twins


def _is_gorgias(node: Node) -> bool:
    return any({"name", "arguments"} <= set(action.children) for _, action in _actions(node))


def _gorgias(node: Node) -> Iterator[Twins]:
    for place, action in _actions(node):
        if says(child(action, "name"), "setResponseText"):
            twins = _twins(action, ("arguments", "body_text"), ("arguments", "body_html"))
            yield [((*place, *way), text) for way, text in twins]


def _kayako(node: Node) -> Iterator[Twins]:
    if not says(child(node, "reply_type"), "NOTE"):
        yield from _keyed(("reply_contents",))(node)


def _is_intercom(node: Node) -> bool:
    return says(child(node, "type"), "macro") and ("body_text" in node.children or "body" in node.children)


def _is_front(node: Node) -> bool:
    return "body" in node.children and (
        "_links" in node.children or (_is_text(child(node, "id")) and str(node.children["id"].value).startswith("rsp_"))
    )


def _is_espanso(node: Node) -> bool:
    return "replace" in node.children and not {"trigger", "triggers", "regex"}.isdisjoint(node.children)


DESKS = (
    Desk("zendesk", _is_zendesk, _zendesk, True),
    Desk("gorgias", _is_gorgias, _gorgias, True),
    Desk("zendesk", _has("locale_id", "content"), _keyed(("content",)), True),
    Desk("kayako", _has("reply_contents"), _kayako),
    Desk("intercom", _is_intercom, _keyed(("body_text", "body")), True),
    Desk("freshdesk", _has("content_html", "title"), _keyed(("content_html", "content"))),
    Desk("front", _is_front, _keyed(("body",)), True),
    Desk("help-scout", _has("name", "chatText"), _keyed(("text", "chatText"))),
    Desk("osticket", _has("isenabled", "title", "response"), _keyed(("response",))),
    Desk("live-helper-chat", _has("msg", "title"), _keyed(("msg",), ("fallback",), ("fallback_msg",))),
    Desk("salesforce", _has("Name", "Message"), _keyed(("Message",))),
    Desk("frappe", _has("title", "message", "scope"), _keyed(("message",))),
    Desk("chatwoot", _has("short_code", "content"), _keyed(("content",))),
    Desk("zammad", _has("name", "content", "active"), _keyed(("content",))),
    Desk("espanso", _is_espanso, _keyed(("replace",))),
    Desk("github", _has("title", "body", "bodyHTML"), _keyed(("body",))),
    Desk("discourse", _has("title", "content", "usages"), _keyed(("content",))),
)  # fmt: skip


def desk_of(node: Node) -> Desk | None:
    """The help desk whose macro a mapping is."""
    return next((desk for desk in DESKS if desk.is_macro(node)), None)
