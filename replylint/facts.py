"""What is known around a draft and not from its words: the channel, the thread, the time, the brand's settings."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

from replylint.addressing import addressed, customers
from replylint.answers import NO_THREAD, answered, answered_late, author_of, late
from replylint.english import is_english
from replylint.model import FALSE, TRUE, Draft, Message, Scene, Sender, Thread, Truth, Value

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

NO_CUSTOMER = Value(None, needs="the customer's message")


def _known(truth: Truth, needs: str) -> Value:
    return Value(truth, needs="" if truth is not None else needs)


# --- the thread, and what is said in it -------------------------------------------------------------------------


def last_turn(draft: Draft) -> str | None:
    """The customer's last words: the run of one customer's posts that the draft answers. None: no customer known."""
    thread = draft.thread or ()
    posts = [index for index, message in enumerate(thread) if message.sender in (Sender.customer, Sender.brand)]
    while posts and thread[posts[-1]].sender == Sender.brand:
        posts.pop()
    turn: list[str] = []
    author = thread[posts[-1]].author if posts else ""
    for index in reversed(posts):
        if thread[index].sender == Sender.brand or thread[index].author != author:
            break
        turn.append(thread[index].text)
    return "\n\n".join(reversed(turn)) if turn else None


def turn_ends(thread: Thread) -> Iterator[int]:
    """The index after the last post of each customer's turn: a run of posts by one customer, bots and notes apart."""
    posts = [index for index, message in enumerate(thread) if message.sender in (Sender.customer, Sender.brand)]
    for index, following in zip(posts, [*posts[1:], None], strict=True):
        if thread[index].sender == Sender.brand:
            continue
        after = thread[following] if following is not None else None
        if after is None or after.sender == Sender.brand or after.author != thread[index].author:
            yield index + 1


def said_before(scene: Scene) -> Iterator[tuple[int, Message, Scene]]:
    """The customers' and the brand's messages with their places in the thread, each as a scene of its own."""
    scenes = {
        Sender.customer: iter(scene.before(Sender.customer) or ()),
        Sender.brand: iter(scene.before(Sender.brand) or ()),
    }
    for index, message in enumerate(scene.draft.thread or ()):
        if message.sender in scenes:
            yield index, message, next(scenes[message.sender])


def _brand_said(scene: Scene, signal: str) -> Value:
    """Whether an earlier message of the brand does something, with the words of the first one that does."""
    earlier = scene.before(Sender.brand)
    if earlier is None:
        return NO_THREAD
    found = (other.value(signal) for other in earlier)
    return next((Value(True, words=value.words) for value in found if value.truth), FALSE)


def _first(scene: Scene) -> Value:
    earlier = scene.before(Sender.brand)
    return NO_THREAD if earlier is None else _known(not earlier, "")


def _went_private(scene: Scene) -> Value:
    """A message that is not public, or a request for a DM that the customer took up."""
    return NO_THREAD if scene.draft.thread is None else _known(_private_from(scene) is not None, "")


def _private_from(scene: Scene) -> int | None:
    """The index of the message with which a case that began in public went private."""
    asked, began_public = False, False
    for index, message, said in said_before(scene):
        if message.public is False:
            if began_public:
                return index
            continue
        began_public = began_public or message.public is True or is_public(scene.draft) is not False
        if message.sender == Sender.brand:
            if asked and said.value("draft.dm-notice").truth:
                return index
            asked = asked or bool(said.value("draft.redirect-dm").truth)
        elif asked and said.value("customer.took-up-dm").truth:
            return index
    return None


def _resolved(scene: Scene) -> Value:
    """The status says so, or in the last two messages the customer thanks or the brand reports a resolution."""
    if scene.draft.status == "solved":
        return TRUE
    if scene.draft.thread is None:
        return NO_THREAD
    signs = {Sender.brand: "draft.reports-fix", Sender.customer: "customer.solved"}
    last = list(said_before(scene))[-2:]
    return _known(any(said.value(signs[message.sender]).truth for _, message, said in last), "")


def _fixed(scene: Scene) -> Value:
    """The status says that it is solved, the customer that it works, or the brand that it is done; thanks do not."""
    if scene.draft.status == "solved":
        return TRUE
    brand = _brand_said(scene, "draft.reports-fix")
    return brand if brand.truth else _customers_said(scene, "customer.works-again")


def _closed_publicly(scene: Scene) -> Value:
    """After the case went private, the outcome was told by the brand in public, or by the customer and confirmed."""
    if scene.draft.thread is None:
        return NO_THREAD
    private_from = _private_from(scene)
    told = False
    for index, message, said in said_before(scene):
        if private_from is None or index <= private_from or message.public is False:
            continue
        if message.sender == Sender.customer:
            told = told or any(said.value(f"customer.{sign}").truth for sign in ("solved", "praise"))
        elif told or said.value("draft.reports-fix").truth or said.value("draft.tells-outcome").truth:
            return TRUE
    return FALSE


def _says_what_fixed(scene: Scene) -> Value:
    """Somewhere in the public thread it stands what solved the matter, said by the brand or by the customer."""
    if scene.draft.thread is None:
        return NO_THREAD
    signs = {
        Sender.brand: ("draft.says-what-fixed", "draft.asks-steps"),
        Sender.customer: ("customer.gave-steps",),
    }
    public = [(message, said) for _, message, said in said_before(scene) if message.public is not False]
    return _known(any(said.value(sign).truth for message, said in public for sign in signs[message.sender]), "")


def _customers_said(scene: Scene, *signals: str) -> Value:
    """Whether any customer's message of the thread does one of these, with its words."""
    earlier = scene.before(Sender.customer)
    if earlier is None:
        return NO_THREAD
    found = (said.value(signal) for said in earlier for signal in signals)
    return next((Value(True, words=value.words) for value in found if value.truth), FALSE)


def _this_customer(scene: Scene, signal: str) -> Value:
    """Whether the customer whom the reply answers did something in any turn, with the words of the first."""
    thread = scene.draft.thread
    if thread is None:
        return NO_THREAD
    author = author_of(thread)
    mine = (said for _, m, said in said_before(scene) if m.sender == Sender.customer and m.author == author)
    found = (said.value(signal) for said in mine)
    return next((Value(True, words=value.words) for value in found if value.truth), FALSE)


def _attempts(scene: Scene) -> Value:
    """How often the brand honestly tried to help this customer: stock lines, rebukes and jokes are no try."""
    thread = scene.draft.thread
    if thread is None:
        return NO_THREAD
    author, others, answering, tries = author_of(thread), customers(thread), "", 0
    for _, message, said in said_before(scene):
        if message.sender == Sender.customer:
            answering = message.author
        elif author in (addressed(message.text, others) or {answering}):
            tries += bool(said.value("draft.attempt").truth)
    return Value(True, score=float(tries))


# --- the end of it ----------------------------------------------------------------------------------------------


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
    channel = scene.draft.channel or scene.brand.channel
    if channel is None:
        return None
    is_private = scene.value("channel.public").truth is False and channel != "sms"
    return math.inf if is_private else CHANNEL_LENGTH.get(channel, math.inf)


def _serves_here(scene: Scene) -> Value:
    says = scene.brand.serves_here
    channel = scene.draft.channel or scene.brand.channel
    return _known(says if says is not None else channel != "tracker", "")


# A fault of ours, a question, a wish: what a customer may come with
_RAISES = ("customer.complaint", "customer.question", "customer.request", "customer.asks-unmarked")

FACTS: Mapping[str, Callable[[Scene], Value]] = {
    "channel.public": lambda s: _known(is_public(s.draft), "the channel: public or private"),
    "reply.first": _first,
    "reply.late": late,
    "reply.closing": _closing,
    "reply.part": lambda s: s.value("draft.part"),
    "reply.english": lambda s: _known(is_english(s.draft.text), ""),
    "thread.redirected": lambda s: _brand_said(s, "draft.redirect"),
    "thread.apologised": lambda s: _brand_said(s, "draft.apology"),
    "thread.went-private": _went_private,
    "thread.resolved": _resolved,
    "thread.fixed": _fixed,
    "thread.closed-publicly": _closed_publicly,
    "thread.says-what-fixed": _says_what_fixed,
    "thread.raised": lambda s: _customers_said(s, *_RAISES),
    "thread.complained": lambda s: _customers_said(s, "customer.complaint"),
    "thread.has-point": lambda s: _this_customer(s, "customer.has-point"),
    "thread.abused": lambda s: _this_customer(s, "customer.abusive"),
    "thread.attempts": _attempts,
    "thread.answered": answered,
    "thread.answered-late": answered_late,
    "kind.macro": lambda s: _known(s.draft.kind == "macro", ""),
    "brand.serves-here": _serves_here,
    "brand.signs": lambda s: _known(bool(s.brand.signs), ""),
    "voice.casual": lambda s: _known(s.brand.voice == "casual", ""),
    "voice.formal": lambda s: _known(s.brand.voice == "formal", ""),
}

# Facts of each customer's turn in a conversation: a rule that asks for one is judged turn by turn
OF_EACH_TURN = frozenset({"thread.answered", "thread.answered-late"})

# What facts ask of the rulebook: it must hold these signals
NEEDED_SIGNALS = (
    "draft.redirect",
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
)
