"""Under which keys a macro's reply stands, and what stands beside it."""

from __future__ import annotations

import re

from replylint.documents import Key, Node
from replylint.sources.vendors import Text, Twins

_GROUPS = (  # the keys of a reply, the likeliest first; those of one group are its forms
    ("reply", "reply_text", "reply_html", "canned_reply"),
    ("body", "body_text", "body_html"),
    ("content", "contents", "content_text", "content_html"),
    ("message", "message_text", "message_html", "message_body", "msg"),
    ("response", "response_text", "response_html", "canned_response"),
    ("text", "text_html", "chat_text", "default_text"),
    ("answer", "template", "snippet", "comment_value", "comment_value_html", "html", "lines"),
    ("email_body", "email_text", "email_html"),
    ("draft",),
)
_WEAK = ("comment", "description", "value")  # a reply only where nothing else is one
REPLY_KEYS = tuple(key for group in _GROUPS for key in group) + _WEAK
SURE_KEYS = (  # what a broken file must name to be a library
    "reply", "body", "content", "message", "response", "answer", "comment_value", "draft", "messages", "replies", "macros",
)  # fmt: skip
_NAMING = frozenset(
    {
        "id",
        "key",
        "title",
        "name",
        "label",
        "shortcut",
        "short_code",
        "section",
        "trigger",
        "subject",
        "prefix",
        "command",
        "bang",
        "slug",
    }
)
_ABOUT_MANY = frozenset({"category", "folder", "group", "topic", "scenario", "question", "language", "locale"})
_OF_REPLIES = frozenset({"macro", "template", "reply", "response", "canned", "saved", "snippet", "answer"})
_FEWEST_BLANKS = 2  # of a text that is read like a reply: it has at least three words


def normal(key: Key) -> str:
    """A key without its case, its words parted by underscores."""
    return re.sub(r"[\s_-]+|(?<=[a-z0-9])(?=[A-Z])", "_", str(key).strip()).lower()


def names_of(node: Node) -> dict[str, Key]:
    """The keys of a mapping by their plain names; "Macro Name" is a `name`, too, if nothing else is."""
    names = {normal(key): key for key in node.children}
    for name, key in tuple(names.items()):
        words = name.split("_")
        while len(words) > 1 and words[0] in _OF_REPLIES:
            words = words[1:]
        names.setdefault("_".join(words), key)
    return names


def has_title(names: dict[str, Key]) -> bool:
    return not _NAMING.isdisjoint(names)


def is_weak(key: Key) -> bool:
    return normal(key) in _WEAK


def may_name_a_reply(key: Key) -> bool:
    """Whether a text under this key may be a reply of that name."""
    return normal(key).rpartition(".")[2] not in _ABOUT_MANY | _NAMING


def body_of(node: Node, names: dict[str, Key]) -> Twins:
    """The reply of a mapping in its forms."""
    for group in (*_GROUPS, *((key,) for key in _WEAK)):
        texts = ((names[key], text_of(node.children[names[key]])) for key in group if key in names)
        twins: list[Text] = [((key,), text) for key, text in texts if text is not None]
        if twins:
            return list({way: (way, text) for way, text in twins}.values())
    return []


def text_of(node: Node) -> Node | None:
    """A text that says anything; a list of lines is one."""
    if isinstance(node.value, str):
        return node if node.value.strip() else None
    return _joined(node) if _are_lines(node) else None


def _are_lines(node: Node) -> bool:
    """Whether a list holds one text line by line: some are blank, or no sentence of their own."""
    lines = list(node.children.values())
    if not isinstance(node.value, list) or not all(isinstance(line.value, str) and line.cell is None for line in lines):
        return False
    texts = [str(line.value).strip() for line in lines]
    return any(texts) and any(not text or text[-1] == "," or text.count(" ") < _FEWEST_BLANKS for text in texts)


def _joined(node: Node) -> Node:
    value = "\n".join(str(line.value) for line in node.children.values())
    return Node(value, node.start, node.end, "lines", node.children)


def reads_like_a_reply(node: Node) -> bool:
    return isinstance(node.value, str) and node.value.strip().count(" ") >= _FEWEST_BLANKS


def is_sentence(node: Node) -> bool:
    """Whether a text of no name is one to send: a few words, ended as a sentence is."""
    text = str(node.value).strip()
    return text.count(" ") > _FEWEST_BLANKS and text[-1:] in ".!?)”\"'}"
