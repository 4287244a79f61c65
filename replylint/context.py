"""One draft while it is judged: each signal and fact worked out once, and three-valued logic over them."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import TypeAlias

import msgspec

from replylint.english import is_english
from replylint.facts import FACTS, NO_CUSTOMER, tells_of_customer
from replylint.model import (
    FALSE,
    TRUE,
    All,
    Any,
    AtLeast,
    Brand,
    Condition,
    Draft,
    Library,
    Message,
    MoreThan,
    Named,
    Not,
    Rulebook,
    Sender,
    Side,
    Span,
    TextReading,
    Then,
    Thread,
    Value,
)
from replylint.turns import last_turn, turn_ends

Limits: TypeAlias = Mapping[str, float | str]  # the rule's options and the named limits

AS_GIVEN = "as the macro says"
OTHER_LANGUAGE = Value(None, needs="a customer's message in English")


class Context:
    """One draft while it is judged. Each signal and fact is worked out once, when it is first asked for.

    `after`: in a whole conversation, what follows the customer's turn that is judged. `library`: all texts of the run.
    """

    def __init__(
        self,
        draft: Draft,
        rulebook: Rulebook,
        brand: Brand,
        now: datetime | None = None,
        turn: str | None = None,
        after: Thread | None = None,
        library: Library | None = None,
    ) -> None:
        self.draft, self.rulebook, self.brand, self.now = draft, rulebook, brand, now
        self.turn = last_turn(draft) if turn is None else turn
        self.after, self.library = after, library
        self.limits: Limits | None = None  # the named limits, once worked out
        self._values: dict[str, Value] = {name: _given(truth) for name, truth in draft.given}
        self._readings: dict[Side, TextReading | None] = {}
        self._before: dict[Sender, tuple[Context, ...] | None] = {}

    @property
    def channel(self) -> str | None:
        return self.draft.channel or self.brand.channel

    def reading(self, side: Side) -> TextReading | None:
        if side not in self._readings:
            text = self.draft.text if side == "draft" else self.turn
            self._readings[side] = None if text is None else self.rulebook.read(text, side)
        return self._readings[side]

    def value(self, name: str) -> Value:
        value = self._values.get(name)
        if value is None:
            value = self._values[name] = self._find(name)
        return value

    def _find(self, name: str) -> Value:
        signal = self.rulebook.signals.get(name)
        if signal is None:
            return FACTS[name](self)
        side: Side = "customer" if name.startswith("customer.") else "draft"
        if side == "customer" and self._unheard is not None:
            return self._unheard
        if (signal.gate is None and not signal.of_one_text) or (reading := self.reading(side)) is None:
            return signal.find(self)
        is_kept = signal.of_one_text and not self.draft.given
        value = reading.values.get(name) if is_kept else None
        if value is None:
            hit = signal.gate is None or reading.any_hit(signal.gate)
            value = signal.find(self) if hit else FALSE
            if is_kept:
                reading.values[name] = value
        return value

    @cached_property
    def _unheard(self) -> Value | None:
        """What every signal of the customer is where their words can't be read; None where they can."""
        if self.turn is None:
            return FALSE if tells_of_customer(self.draft) else NO_CUSTOMER
        return None if is_english(self.turn) else OTHER_LANGUAGE

    def judged(self, side: Side) -> TextReading | None:
        """The text of that side, where there is one that can be judged."""
        return None if side == "customer" and self._unheard is not None else self.reading(side)

    def before(self, sender: Sender) -> tuple[Context, ...] | None:
        """A context for each earlier message of that sender: a brand's as its draft, a customer's as its turn."""
        if sender not in self._before:
            thread = self.draft.thread
            self._before[sender] = (
                None
                if thread is None
                else tuple(
                    self._around(index, message) for index, message in enumerate(thread) if message.sender == sender
                )
            )
        return self._before[sender]

    def _around(self, index: int, message: Message) -> Context:
        thread = (self.draft.thread or ())[:index]
        is_brand = message.sender == Sender.brand
        draft = Draft(
            message.text if is_brand else "", thread=thread, channel=self.draft.channel, public=self.draft.public
        )
        return Context(draft, self.rulebook, self.brand, self.now, None if is_brand else message.text)

    def turns(self) -> Iterator[tuple[int, Context]]:
        """In a whole conversation, a context for each turn of a customer, and the index of the turn's last message."""
        thread = self.draft.thread or ()
        for end in turn_ends(thread):
            said = thread[end - 1].public
            public = self.draft.public if said is None else said
            draft = msgspec.structs.replace(self.draft, thread=thread[:end], public=public)
            yield end - 1, Context(draft, self.rulebook, self.brand, self.now, None, thread[end:], self.library)


def _given(truth: bool) -> Value:
    return Value(truth, score=float(truth), words=(AS_GIVEN,) if truth else ())


# --- three-valued logic -----------------------------------------------------------------------------------------


def evaluate(condition: Condition, context: Context, limits: Limits, places: bool = False) -> Value:
    """Kleene's strong logic; an unknown result says what it needs.

    `places`: what holds is asked for all its places, and not only until it is known to hold.
    """
    if type(condition) is Named:  # most are, and each reply asks hundreds
        return context.value(condition.name)
    return _WAYS[type(condition)](condition, context, limits, places)


def _negated(condition: Not, context: Context, limits: Limits, _: bool) -> Value:
    value = evaluate(condition.part, context, limits)
    return Value(not value.truth) if value.truth is not None else value


def _every(condition: All, context: Context, limits: Limits, places: bool) -> Value:
    unknown, found = None, TRUE
    for part in condition.parts:
        value = evaluate(part, context, limits, places)
        if value.truth is False:
            return FALSE
        if value.truth is None:
            unknown = unknown or value
        elif not found.spans:
            found = value
    return unknown or found


def _some(condition: Any, context: Context, limits: Limits, places: bool) -> Value:
    unknown, true = None, []
    for part in condition.parts:
        value = evaluate(part, context, limits, places)
        if value.truth:
            if not places:
                return value
            true.append(value)
        elif value.truth is None:
            unknown = unknown or value
    if len(true) == 1:
        return true[0]
    if true:
        return Value(True, _outermost(span for value in true for span in value.spans))
    return unknown or FALSE


def _at_least(condition: AtLeast, context: Context, _: Limits, __: bool) -> Value:
    value = context.value(condition.name)
    return value if value.truth is None else value._replace(truth=value.number >= condition.number)


def _more_than(condition: MoreThan, context: Context, limits: Limits, _: bool) -> Value:
    value, limit = context.value(condition.name), condition.limit
    most = limits.get(limit) if isinstance(limit, str) else limit
    if value.truth is None:
        return value
    if not isinstance(most, (int, float)):
        return Value(None, needs="the channel")
    return value._replace(truth=value.number > most)


def _in_order(condition: Then, context: Context, _: Limits, __: bool) -> Value:
    """The places of `then` that stand after the first place of `first`."""
    first, then = context.value(condition.first), context.value(condition.then)
    if first.truth is False or then.truth is False:
        return FALSE
    if first.truth is None or then.truth is None:
        return first if first.truth is None else then
    earliest = min((span.end for span in first.spans), default=0)
    spans = tuple(span for span in then.spans if span.start >= earliest)
    return Value(True, spans) if spans else FALSE


_WAYS: Mapping[type, Callable[[typing.Any, Context, Limits, bool], Value]] = {
    Not: _negated,
    All: _every,
    Any: _some,
    AtLeast: _at_least,
    MoreThan: _more_than,
    Then: _in_order,
}


def _outermost(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In text order, without those that lie inside another one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return tuple(kept)
