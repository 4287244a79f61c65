"""What is known around a draft: the thread and options as facts, and three-valued logic over signals and facts."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime

from replylint.english import is_english
from replylint.model import (
    FALSE,
    TRUE,
    All,
    Any,
    AtLeast,
    Brand,
    Condition,
    Draft,
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
    Truth,
    Value,
)

PUBLIC_CHANNELS = frozenset(
    "x twitter facebook instagram review forum bluesky mastodon threads reddit youtube tiktok tracker".split()
)
PRIVATE_CHANNELS = frozenset(["chat", "email", "sms", "dm", "whatsapp", "messenger", "phone", "ticket"])
# What a network takes in one public post, in its own counting; private messages have no such limit
CHANNEL_LENGTH = {
    "x": 280,
    "twitter": 280,
    "bluesky": 300,
    "mastodon": 500,
    "threads": 500,
    "instagram": 2200,
    "sms": 160,
}
CHANNELS = PUBLIC_CHANNELS | PRIVATE_CHANNELS

_NO_THREAD = Value(None, needs="the thread")
_NO_CUSTOMER = Value(None, needs="the customer's message")


def _known(truth: Truth, needs: str) -> Value:
    return Value(truth, needs="" if truth is not None else needs)


class Context:
    """One draft while it is judged. Each signal and fact is worked out once, when it is first asked for."""

    def __init__(
        self, draft: Draft, rulebook: Rulebook, brand: Brand, now: datetime | None = None, turn: str | None = None
    ) -> None:
        self.draft, self.rulebook, self.brand, self.now = draft, rulebook, brand, now
        self.turn = last_turn(draft) if turn is None else turn
        self._values: dict[str, Value] = {}
        self._readings: dict[Side, TextReading | None] = {}
        self._before: dict[Sender, tuple[Context, ...] | None] = {}

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
        if name.startswith("customer."):
            if self.turn is None:
                return _NO_CUSTOMER
            if not is_english(self.turn):
                return Value(None, needs="a customer's message in English")
        return signal.find(self)

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


def last_turn(draft: Draft) -> str | None:
    """The customer's last words: the run of one customer's posts that the draft answers. None: no customer known."""
    thread = [message for message in draft.thread or () if message.sender in (Sender.customer, Sender.brand)]
    turn: list[Message] = []
    for message in reversed(thread):
        if message.sender != Sender.customer:
            if turn:
                break
            continue
        if turn and turn[-1].author != message.author:
            break
        turn.append(message)
    return "\n\n".join(message.text for message in reversed(turn)) if turn else None


# --- facts ------------------------------------------------------------------------------------------------------


def is_public(draft: Draft) -> Truth:
    if draft.public is not None:
        return draft.public
    if draft.channel in PUBLIC_CHANNELS:
        return True
    return False if draft.channel in PRIVATE_CHANNELS else None


def channel_length(context: Context) -> float | None:
    """The most that one post may hold; infinite where the channel has no limit, None where it is not known."""
    channel = context.draft.channel or context.brand.channel
    if channel is None:
        return None
    is_private = context.value("channel.public").truth is False and channel != "sms"
    return math.inf if is_private else CHANNEL_LENGTH.get(channel, math.inf)


def _thread_has(context: Context, signal: str, sender: Sender = Sender.brand) -> Value:
    """Whether a message of that sender does something, with the words of the first one that does."""
    earlier = context.before(sender)
    if earlier is None:
        return _NO_THREAD
    for other in earlier:
        value = other.value(signal)
        if value.truth:
            return Value(True, words=value.words)
    return FALSE


def _first(context: Context) -> Value:
    earlier = context.before(Sender.brand)
    return _NO_THREAD if earlier is None else _known(not earlier, "")


def _late(context: Context) -> Value:
    """Past the response target, counted from the customer's first message that nobody answered."""
    draft = context.draft
    if draft.thread is None:
        return _NO_THREAD
    waiting: list[Message] = []
    for message in draft.thread:
        if message.sender == Sender.brand:
            waiting = []
        elif message.sender == Sender.customer:
            waiting.append(message)
    since, at = waiting[0].at if waiting else None, draft.at or context.now
    if context.brand.response_target is None:
        return Value(None, needs="the time limit of the brand")
    if since is None or at is None:
        return Value(None, needs="the times of the customer's message and of the reply")
    return _known(at - since > context.brand.response_target, "")


def _went_private(context: Context) -> Value:
    """A message that is not public, or a request for a DM that the customer took up."""
    thread = context.draft.thread
    if thread is None:
        return _NO_THREAD
    if any(message.public is False and message.sender != Sender.note for message in thread):
        return TRUE
    return _known(_private_from(context) is not None, "")


def _private_from(context: Context) -> int | None:
    """The index of the message with which the case went private."""
    asked = False
    brand, customer = iter(context.before(Sender.brand) or ()), iter(context.before(Sender.customer) or ())
    for index, message in enumerate(context.draft.thread or ()):
        if message.public is False and message.sender != Sender.note:
            return index
        if message.sender == Sender.brand:
            said = next(brand)
            if asked and said.value("draft.dm-notice").truth:
                return index
            asked = asked or bool(said.value("draft.redirect-dm").truth)
        elif message.sender == Sender.customer and next(customer).value("customer.took-up-dm").truth and asked:
            return index
    return None


def _resolved(context: Context) -> Value:
    """The status says so, or in the last two messages the customer thanks or the brand reports a resolution."""
    if context.draft.status == "solved":
        return TRUE
    thread = context.draft.thread
    if thread is None:
        return _NO_THREAD
    spoken = [m for m in thread if m.sender in (Sender.customer, Sender.brand)]
    scenes = {
        Sender.customer: list(context.before(Sender.customer) or ()),
        Sender.brand: list(context.before(Sender.brand) or ()),
    }
    for message in reversed(spoken[-2:]):
        other = scenes[message.sender].pop()
        if message.sender == Sender.brand and other.value("draft.reports-fix").truth:
            return TRUE
        if message.sender == Sender.customer and other.value("customer.solved").truth:
            return TRUE
    return FALSE


def _closed_publicly(context: Context) -> Value:
    """After the case went private, the outcome was told by the brand in public, or by the customer and confirmed."""
    if context.draft.thread is None:
        return _NO_THREAD
    private_from = _private_from(context)
    brand, customer = iter(context.before(Sender.brand) or ()), iter(context.before(Sender.customer) or ())
    told = False
    for index, message in enumerate(context.draft.thread):
        if message.sender not in (Sender.brand, Sender.customer):
            continue
        said = next(brand if message.sender == Sender.brand else customer)
        if private_from is None or index <= private_from or message.public is False:
            continue
        if message.sender == Sender.customer:
            told = told or bool(said.value("customer.solved").truth)
        elif told or said.value("draft.reports-fix").truth:
            return TRUE
    return FALSE


def _closing(context: Context) -> Value:
    """The customer thanks or the matter is solved, and nothing new is raised."""
    if context.turn is None:
        return _NO_CUSTOMER
    if context.value("customer.complaint").truth or context.value("customer.question").truth:
        return FALSE
    return context.value("customer.solved")


def _serves_here(context: Context) -> Value:
    says = context.brand.serves_here
    channel = context.draft.channel or context.brand.channel
    return _known(says if says is not None else channel != "tracker", "")


FACTS: Mapping[str, Callable[[Context], Value]] = {
    "channel.public": lambda c: _known(is_public(c.draft), "the channel: public or private"),
    "reply.first": _first,
    "reply.late": _late,
    "reply.closing": _closing,
    "reply.part": lambda c: c.value("draft.part"),
    "reply.english": lambda c: _known(is_english(c.draft.text), ""),
    "thread.redirected": lambda c: _thread_has(c, "draft.redirect"),
    "thread.apologised": lambda c: _thread_has(c, "draft.apology"),
    "thread.went-private": _went_private,
    "thread.resolved": _resolved,
    "thread.closed-publicly": _closed_publicly,
    "kind.macro": lambda c: _known(c.draft.kind == "macro", ""),
    "brand.serves-here": _serves_here,
    "brand.signs": lambda c: _known(bool(c.brand.signs), ""),
    "voice.casual": lambda c: _known(c.brand.voice == "casual", ""),
    "voice.formal": lambda c: _known(c.brand.voice == "formal", ""),
}

# What facts ask of the rulebook: it must hold these signals
NEEDED_SIGNALS = (
    "draft.redirect",
    "draft.redirect-dm",
    "draft.apology",
    "draft.dm-notice",
    "draft.reports-fix",
    "draft.part",
    "customer.took-up-dm",
    "customer.solved",
    "customer.complaint",
    "customer.question",
)


# --- three-valued logic -----------------------------------------------------------------------------------------


def evaluate(condition: Condition, context: Context, limits: Mapping[str, float | str]) -> Value:
    """Kleene's strong logic; an unknown result says what it needs. `limits`: the rule's options and the named limits."""
    match condition:
        case Named(name):
            return context.value(name)
        case Not(part):
            value = evaluate(part, context, limits)
            return Value(not value.truth) if value.truth is not None else value
        case All(parts):
            return _every(parts, context, limits)
        case Any(parts):
            return _some(parts, context, limits)
        case AtLeast(name, number):
            value = context.value(name)
            return value if value.truth is None else value._replace(truth=value.number >= number)
        case MoreThan(name, limit):
            value = context.value(name)
            most = limits.get(limit) if isinstance(limit, str) else limit
            if value.truth is None:
                return value
            if not isinstance(most, (int, float)):
                return Value(None, needs="the channel")
            return value._replace(truth=value.number > most)
        case Then(first, then):
            return _in_order(context.value(first), context.value(then))


def _every(parts: tuple[Condition, ...], context: Context, limits: Mapping[str, float | str]) -> Value:
    unknown, places = None, TRUE
    for part in parts:
        value = evaluate(part, context, limits)
        if value.truth is False:
            return FALSE
        if value.truth is None:
            unknown = unknown or value
        elif not places.spans:
            places = value
    return unknown or places


def _some(parts: tuple[Condition, ...], context: Context, limits: Mapping[str, float | str]) -> Value:
    unknown, true = None, []
    for part in parts:
        value = evaluate(part, context, limits)
        if value.truth:
            true.append(value)
        elif value.truth is None:
            unknown = unknown or value
    if len(true) == 1:
        return true[0]
    if true:
        spans = sorted({span for value in true for span in value.spans})
        return Value(
            True, tuple(s for s in spans if not any(s != o and o.start <= s.start and s.end <= o.end for o in spans))
        )
    return unknown or FALSE


def _in_order(first: Value, then: Value) -> Value:
    """The places of `then` that stand after the first place of `first`."""
    if first.truth is False or then.truth is False:
        return FALSE
    if first.truth is None or then.truth is None:
        return first if first.truth is None else then
    earliest = min((span.end for span in first.spans), default=0)
    spans = tuple(span for span in then.spans if span.start >= earliest)
    return Value(True, spans) if spans else FALSE


def spans_overlap(one: tuple[Span, ...], other: tuple[Span, ...]) -> bool:
    return any(a.overlaps(b) for a in one for b in other)
