"""YAML files as documents; strict about what is ambiguous."""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from replylint.documents import DEEPEST, Document, Key, Node, error_at, line_and_column
from replylint.errors import InputError
from replylint.model import JSON


class _Loader(yaml.CSafeLoader):
    """Reads `no`, `yes`, `on`, `off`, `12:30` and dates as words: only `true` and `false` are booleans."""


_PLAIN = (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", "n~\0"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]*(?:[eE][-+]?[0-9]+)?|[-+]?\.[0-9]+", "-+0123456789."),
)
_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in _PLAIN:
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), [c.replace("\0", "") for c in _first]
    )

_MOST_REPEATED = 100_000  # values that aliases add to those that are written out
_CONVERT: dict[str, Callable[[str], JSON]] = {
    "bool": lambda text: text == "true",
    "null": lambda text: None,
    "int": int,
    "float": float,
}


def read_yaml(text: str, path: str) -> Document:
    """The YAML of a file; several documents are a list. Duplicate keys, keys that are no text, and tags are refused."""
    shift = 1 if text.startswith("\ufeff") else 0
    try:
        converter = _Converter(path, text, shift)
        nodes = [converter.node(tree) for tree in yaml.compose_all(text[shift:], Loader=_Loader)]
        if not nodes:
            return Document(path, text, Node(None, 0, len(text)))
        many = Node([node.value for node in nodes], 0, len(text), children=dict(enumerate(nodes)))
        return Document(path, text, nodes[0] if len(nodes) == 1 else many)
    except yaml.MarkedYAMLError as error:
        mark, around = error.problem_mark or error.context_mark, error.context_mark
        where = f" {error.context} from line {around.line + 1}" if mark and around and around.line < mark.line else ""
        raise InputError(
            f"broken YAML: {error.problem or error.context}{where}",
            path,
            mark.line + 1 if mark else 1,
            mark.column + 1 if mark else 1,
        ) from None
    except yaml.reader.ReaderError as error:
        raise error_at(f"broken YAML: {error.reason} (#x{error.character:04x})", path, text, error.position) from None
    except UnicodeEncodeError as error:
        raise error_at("broken YAML: a lone surrogate is no character", path, text, error.start + shift) from None
    except RecursionError:
        raise InputError(f"broken YAML: nested deeper than {DEEPEST} levels", path) from None


class _Converter:
    def __init__(self, path: str, text: str, shift: int) -> None:
        self.path, self.text, self.shift, self.seen = path, text, shift, 0
        self.depth = 0

    def error(self, message: str, node: yaml.Node) -> InputError:
        return error_at(message, self.path, self.text, node.start_mark.index + self.shift)

    def node(self, node: yaml.Node) -> Node:
        self.seen += 1
        if self.seen > len(self.text) + _MOST_REPEATED:  # what is written out takes a character at least
            raise self.error("aliases that expand to more than this file can hold", node)
        start, end = node.start_mark.index + self.shift, node.end_mark.index + self.shift
        if isinstance(node, yaml.ScalarNode):
            return Node(self.scalar(node), start, end, node.style or "")
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error(f"broken YAML: nested deeper than {DEEPEST} levels", node)
        if isinstance(node, yaml.SequenceNode):
            items = [self.node(item) for item in node.value]
            found = Node([item.value for item in items], start, end, children=dict(enumerate(items)))
        elif isinstance(node, yaml.MappingNode):
            found = self.mapping(node, start, end)
        else:
            raise self.error("found something that is no text, list or mapping", node)
        self.depth -= 1
        return found

    def scalar(self, node: yaml.ScalarNode) -> JSON:
        tag = node.tag.rpartition(":")[2]
        if tag == "str" or node.style:
            return node.value
        if tag not in _CONVERT:
            raise self.error(f"found the tag {node.tag}; only plain values are allowed", node)
        try:
            return _CONVERT[tag](node.value)
        except ValueError:
            raise self.error(f"found {node.value}, which is no {tag}", node) from None

    def mapping(self, node: yaml.MappingNode, start: int, end: int) -> Node:
        children: dict[Key, Node] = {}
        keys: dict[str, Node] = {}
        merged: list[Node] = []
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self.error("found a key that is a list or a mapping; a key is a word", key_node)
            key = key_node.value
            if key == "<<" and not key_node.style and (others := self.merged(value_node)):
                merged += others
                continue
            if key in keys:
                first = line_and_column(self.text, keys[key].start)[0]
                raise self.error(
                    f'found the key "{key}" twice (first in line {first}); each key is allowed once', key_node
                )
            keys[key] = self.node(key_node)
            children[key] = self.node(value_node)
        for other in merged:  # the nearest counts: what stands here, then what was named first
            children = {**other.children, **children}
            keys = {**other.keys, **keys}
        return Node({key: child.value for key, child in children.items()}, start, end, children=children, keys=keys)

    def merged(self, node: yaml.Node) -> list[Node]:
        """The mappings that a merge key names; none where its value is something else."""
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return [self.node(one) for one in nodes] if all(isinstance(one, yaml.MappingNode) for one in nodes) else []
