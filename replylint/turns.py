"""Who said what in a thread: the customer's turns, and what the brand, this customer or any customer did before."""

from __future__ import annotations

from collections.abc import Iterator

from replylint.model import FALSE, Draft, Message, Scene, Sender, Thread, Value

NO_THREAD = Value(None, needs="the thread")


def author_of(thread: Thread) -> str:
    """Whom the reply answers."""
    return next((message.author for message in reversed(thread) if message.sender == Sender.customer), "")


def last_turn(draft: Draft) -> str | None:
    """The customer's last words: the run of one customer's posts that the draft answers. None: no customer known."""
    turn: list[Message] = []
    for message in reversed(draft.thread or ()):
        if message.sender == Sender.customer and not (turn and message.author != turn[0].author):
            turn.append(message)
        elif turn and message.sender in (Sender.customer, Sender.brand):
            break
    return "\n\n".join(message.text for message in reversed(turn)) if turn else None


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


def brand_said(scene: Scene, signal: str, to_them: bool = False) -> Value:
    """Whether an earlier message of the brand does something, with the words of the first one that does.

    `to_them`: only what answered the customer whom the reply answers now.
    """
    earlier = scene.before(Sender.brand)
    if earlier is None:
        return NO_THREAD
    author = author_of(scene.draft.thread or ())
    found = (s.value(signal) for s in earlier if not to_them or author_of(s.draft.thread or ()) == author)
    return next((Value(True, words=value.words) for value in found if value.truth), FALSE)


def customers_said(scene: Scene, *signals: str) -> Value:
    """Whether any customer's message of the thread does one of these, with its words."""
    earlier = scene.before(Sender.customer)
    if earlier is None:
        return NO_THREAD
    found = (said.value(signal) for said in earlier for signal in signals)
    return next((Value(True, words=value.words) for value in found if value.truth), FALSE)


def this_customer_said(scene: Scene, signal: str) -> Value:
    """Whether the customer whom the reply answers did something in any turn, with the words of the first."""
    thread = scene.draft.thread
    if thread is None:
        return NO_THREAD
    author = author_of(thread)
    mine = (said for _, m, said in said_before(scene) if m.sender == Sender.customer and m.author == author)
    found = (said.value(signal) for said in mine)
    return next((Value(True, words=value.words) for value in found if value.truth), FALSE)
