"""Reads the conditions of a rule file into the model's conditions; checks every name against what is known."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any as Anything

from msgspec import Struct

from replylint.documents import Document, Place
from replylint.errors import listing, nearest
from replylint.facts import FACTS
from replylint.model import All, Any, AtLeast, Condition, MoreThan, Named, Not, Then

NAMED_LIMITS = ("brand.length", "brand.reading_grade", "channel.length")
_FORMS = (
    "a name, {not: C}, {all: [C, ...]}, {any: [C, ...]}, {NAME: {at-least: N}}, {NAME: {more-than: LIMIT}} "
    "or {first: NAME, then: NAME}"
)


class ConditionReader(Struct):
    """Reads conditions of one document: `signals` are the known ones, `options` those of the rule."""

    document: Document
    signals: Collection[str]
    options: Collection[str] = ()

    def read(self, data: Anything, place: Place) -> Condition:
        if isinstance(data, str):
            return Named(self.name(data, place))
        if not isinstance(data, dict) or not data:
            raise self.document.error(f"found {data!r}; a condition is {_FORMS}", place)
        if data.keys() == {"first", "then"}:
            return Then(self.name(data["first"], (*place, "first")), self.name(data["then"], (*place, "then")))
        if len(data) > 1:
            raise self.document.error(f"found the keys {listing(data)} together; a condition is {_FORMS}", place)
        key, value = next(iter(data.items()))
        inside = (*place, key)
        if key == "not":
            return Not(self.read(value, inside))
        if key in ("all", "any"):
            return self._parts(key, value, inside)
        return self._compared(self.name(key, inside), value, inside)

    def _parts(self, key: str, value: Anything, place: Place) -> Condition:
        if not isinstance(value, list) or not value:
            raise self.document.error(f"found {value!r}; `{key}` takes a list of conditions", place)
        parts = tuple(self.read(part, (*place, index)) for index, part in enumerate(value))
        return All(parts) if key == "all" else Any(parts)

    def _compared(self, name: str, value: Anything, place: Place) -> Condition:
        if not isinstance(value, dict) or len(value) != 1 or not value.keys() <= {"at-least", "more-than"}:
            raise self.document.error(f"found {value!r}; allowed: {{at-least: N}} or {{more-than: LIMIT}}", place)
        how, limit = next(iter(value.items()))
        if isinstance(limit, (int, float)) and not isinstance(limit, bool):
            return AtLeast(name, limit) if how == "at-least" else MoreThan(name, limit)
        allowed = (*self.options, *NAMED_LIMITS)
        if how == "more-than" and limit in allowed:
            return MoreThan(name, limit)
        what = f"a number, or one of {listing(allowed)}" if how == "more-than" else "a number"
        raise self.document.error(f'found "{limit}"; `{how}` takes {what}', (*place, how))

    def name(self, name: Anything, place: Place) -> str:
        if name in self.signals or name in FACTS:
            return str(name)
        known = (*self.signals, *FACTS)
        raise self.document.error(f'found "{name}", which is no signal or fact{nearest(str(name), known)}', place)


def can_be_unknown(name: str, contextual: Collection[str]) -> bool:
    """Whether a draft alone may leave this open. `contextual`: the draft's signals that look at the thread."""
    side = name.partition(".")[0]
    if side == "draft":
        return name in contextual
    return side in ("customer", "thread", "channel") or name in ("reply.first", "reply.late", "reply.closing")
