"""Tables for pages written by hand: the settings, the facts, the signals."""

from __future__ import annotations

from typing import Any

import msgspec

from docs.markdown import code, plain, table
from replylint.brand import FileShape
from replylint.facts import ABOUT
from replylint.model import Rulebook

_KINDS = {"string": "text", "array": "list", "object": "mapping", "boolean": "true or false", "integer": "number"}


def settings() -> str:
    """Every key of `.replylint.yaml`, from its JSON Schema."""
    schema = msgspec.json.schema(FileShape)
    keys = schema["$defs"]["FileShape"]["properties"]
    rows = (
        [code(key), _kind(about, schema["$defs"]), _default(about), about["description"]] for key, about in keys.items()
    )
    return table(["key", "value", "default", "what it says"], rows)


def _kind(about: dict[str, Any], named: dict[str, Any]) -> str:
    if "anyOf" in about:
        kinds = [_kind(part, named) for part in about["anyOf"] if part.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if "$ref" in about:
        return _kind(named[about["$ref"].rpartition("/")[2]], named)
    if "enum" in about:
        return ", ".join(code(word) for word in about["enum"] if word is not None)
    kind: str = about["type"]
    return _KINDS.get(kind, kind)


def _default(about: dict[str, Any]) -> str:
    default = about.get("default")
    return code(f"{default:g}") if isinstance(default, float | int) and not isinstance(default, bool) else ""


def facts() -> str:
    return table(["fact", "holds where"], ([code(name), plain(about)] for name, about in sorted(ABOUT.items())))


def signals(book: Rulebook) -> str:
    """Every signal with an anchor."""
    parts = []
    for side, title in (("draft", "Of the reply"), ("customer", "Of the customer's words")):
        named = [signal for name, signal in sorted(book.signals.items()) if name.startswith(f"{side}.")]
        rows = ([f'<a id="{signal.name}"></a>{code(signal.name)}', plain(signal.about)] for signal in named)
        parts.append(f"## {title}\n\n{table(['signal', 'about'], rows)}")
    return "\n".join(parts)
