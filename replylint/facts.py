"""What is known around a draft and not from its words: the channel, the thread, the time, the brand's settings."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from replylint.answers import answered, answered_late, late
from replylint.english import is_english
from replylint.model import FALSE, TRUE, Draft, Scene, Sender, Truth, Value
from replylint.outcome import attempts, closed_publicly, fixed, resolved, says_what_fixed, went_private
from replylint.turns import NO_THREAD, brand_said, customers_said, this_customer_said

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
    "facebook": 8000,
    "reddit": 10_000,
    "youtube": 10_000,
    "tiktok": 150,
    "sms": 1600,  # one text of up to ten parts, which phones join
}
CHANNELS = PUBLIC_CHANNELS | PRIVATE_CHANNELS

NO_CUSTOMER = Value(None, needs="the customer's message")


def _known(truth: Truth, needs: str) -> Value:
    return Value(truth, needs="" if truth is not None else needs)


def _first(scene: Scene) -> Value:
    earlier = scene.before(Sender.brand)
    return NO_THREAD if earlier is None else _known(not earlier, "")


def tells_of_customer(draft: Draft) -> bool:
    """Whether a macro says what the customer is like; then it says it all."""
    return any(name.startswith("customer.") for name, _ in draft.given)


def _to_customer(scene: Scene) -> Value:
    """It answers a customer, and is no post of the brand's own. A macro that says what the customer is like does, too."""
    if scene.turn is not None or tells_of_customer(scene.draft):
        return TRUE
    return NO_THREAD if scene.draft.thread is None else FALSE


def _invited(scene: Scene) -> Value:
    """The brand left the door open in its last message."""
    earlier = scene.before(Sender.brand)
    if earlier is None:
        return NO_THREAD
    return earlier[-1].value("draft.invite") if earlier else FALSE


# --- where a reply stands ---------------------------------------------------------------------------------------------


def _closing(scene: Scene) -> Value:
    """The customer thanks or the matter is solved, and nothing new is raised."""
    if scene.turn is None:
        return NO_CUSTOMER
    if scene.value("customer.complaint").truth or scene.value("customer.question").truth:
        return FALSE
    return scene.value("customer.solved")


# --- channel and brand ------------------------------------------------------------------------------------------


def is_public(draft: Draft) -> Truth:
    if draft.public is not None:
        return draft.public
    if draft.channel in PUBLIC_CHANNELS:
        return True
    return False if draft.channel in PRIVATE_CHANNELS else None


def channel_length(scene: Scene) -> float | None:
    """The most that one post may hold; infinite where the channel has no limit, None where it is not known."""
    if scene.channel is None:
        return None
    is_private = scene.value("channel.public").truth is False and scene.channel != "sms"
    return math.inf if is_private else CHANNEL_LENGTH.get(scene.channel, math.inf)


def _whole(scene: Scene) -> Value:
    """A reply to be sent as it is, and no fragment: a greeting, a sign-off, or two sentences."""
    if any(scene.value(name).truth for name in ("draft.greeting", "draft.signature", "draft.sign-off-phrase")):
        return TRUE
    return _known(scene.value("draft.sentences").number >= 2, "")


def _serves_here(scene: Scene) -> Value:
    says = scene.brand.serves_here
    return _known(says if says is not None else scene.channel != "tracker", "")


# A fault of ours, a question, a wish: what a customer may come with
_RAISES = (
    "customer.complaint",
    "customer.question",
    "customer.request",
    "customer.asks-unmarked",
    "customer.has-point",
)

FACTS: Mapping[str, Callable[[Scene], Value]] = {
    "channel.public": lambda s: _known(is_public(s.draft), "the channel: public or private"),
    "channel.review": lambda s: Value(s.channel == "review"),
    "reply.first": _first,
    "reply.to-customer": _to_customer,
    "reply.late": late,
    "reply.closing": _closing,
    "reply.part": lambda s: s.value("draft.part"),
    "reply.english": lambda s: _known(is_english(s.draft.text), ""),
    "thread.redirected": lambda s: brand_said(s, "draft.redirect-outright", to_them=True),
    "thread.apologised": lambda s: brand_said(s, "draft.apology"),
    "thread.invited": _invited,
    "thread.thanked": lambda s: brand_said(s, "draft.thanks"),
    "thread.went-private": went_private,
    "thread.resolved": resolved,
    "thread.fixed": fixed,
    "thread.closed-publicly": closed_publicly,
    "thread.says-what-fixed": says_what_fixed,
    "thread.raised": lambda s: customers_said(s, *_RAISES),
    "thread.complained": lambda s: customers_said(s, "customer.complaint"),
    "thread.has-point": lambda s: this_customer_said(s, "customer.has-point"),
    "thread.abused": lambda s: this_customer_said(s, "customer.abusive"),
    "thread.attempts": attempts,
    "thread.answered": answered,
    "thread.answered-late": answered_late,
    "reply.whole": _whole,
    "kind.macro": lambda s: _known(s.draft.kind == "macro", ""),
    "brand.serves-here": _serves_here,
    "brand.signs": lambda s: Value(
        bool(s.brand.signs), words=(s.brand.signs,) if isinstance(s.brand.signs, str) else ()
    ),
    "voice.casual": lambda s: _known(s.brand.voice == "casual", ""),
    "voice.formal": lambda s: _known(s.brand.voice == "formal", ""),
}

# What each fact says, for people
ABOUT: Mapping[str, str] = {
    "channel.public": "Anyone can read the reply.",
    "channel.review": "It answers a review, where nobody can be written to in private.",
    "reply.first": "The brand has not answered in this thread yet.",
    "reply.to-customer": "It answers a customer, and is no post of the brand's own.",
    "reply.late": "The reply comes past the brand's response target, counted from the first message that nobody answered.",
    "reply.closing": "The customer thanks or the matter is solved, and nothing new is raised.",
    "reply.part": "The post is one part of several.",
    "reply.english": "The reply is in English.",
    "reply.whole": "It is a reply to be sent as it is, and no fragment.",
    "thread.redirected": "The brand sent this customer elsewhere before.",
    "thread.apologised": "The brand said sorry before.",
    "thread.thanked": "The brand said thanks before.",
    "thread.invited": "The brand left the door open in its last message.",
    "thread.went-private": "The talk went on in private.",
    "thread.resolved": "The matter is solved.",
    "thread.closed-publicly": "The outcome stands in the public thread.",
    "thread.says-what-fixed": "The public thread says what solved it.",
    "thread.fixed": "What was wrong works again.",
    "thread.raised": "A customer came with a fault, a question or a wish.",
    "thread.complained": "A customer complained.",
    "thread.has-point": "This customer has raised something that can be answered.",
    "thread.abused": "This customer was abusive before.",
    "thread.attempts": "How often the brand honestly tried to help this customer.",
    "thread.answered": "The brand answered this turn of the customer.",
    "thread.answered-late": "The first answer to this customer came past the brand's response target.",
    "kind.macro": "It is a macro and no draft.",
    "brand.serves-here": "The brand serves customers on this channel; so it does unless the settings say otherwise.",
    "brand.signs": "The settings say that agents sign.",
    "voice.casual": "The settings choose a casual voice.",
    "voice.formal": "The settings choose a formal voice.",
}

# Facts of each customer's turn in a conversation: a rule that asks for one is judged turn by turn
OF_EACH_TURN = frozenset({"thread.answered", "thread.answered-late"})

# What facts ask of the rulebook: it must hold these signals
NEEDED_SIGNALS = (
    "draft.redirect-outright",
    "draft.redirect-dm",
    "draft.apology",
    "draft.attempt",
    "draft.dm-notice",
    "draft.reports-fix",
    "draft.tells-outcome",
    "draft.says-what-fixed",
    "draft.asks-steps",
    "customer.gave-steps",
    "draft.part",
    "customer.took-up-dm",
    "customer.solved",
    "customer.works-again",
    "customer.praise",
    "customer.complaint",
    "customer.question",
    "customer.request",
    "customer.has-point",
    "customer.abusive",
    "customer.asks-unmarked",
    "draft.greeting",
    "draft.signature",
    "draft.sign-off-phrase",
    "draft.sentences",
    "draft.placeholder",
    "draft.branch",
)
