"""Who answered a customer, and when: the first answer, its time against the response target, a late reply."""

from __future__ import annotations

from datetime import timedelta

from replylint.addressing import customers, is_for
from replylint.model import FALSE, Message, Scene, Sender, Value
from replylint.turns import NO_THREAD, author_of

_NO_TARGET = Value(None, needs="the time limit of the brand")
_NO_CONVERSATION = Value(None, needs="a whole conversation")


def spoken(time: timedelta) -> str:
    """A stretch of time in the unit that one would say it in."""
    minutes = int(time.total_seconds()) // 60
    if minutes < 120:
        return f"{minutes} minute{'s' * (minutes != 1)}"
    return f"{minutes // 60} hours" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"


def _past_target(scene: Scene, time: timedelta) -> Value:
    """Whether so long a wait is past the brand's target; its words say how long it was."""
    target = scene.brand.response_target
    if target is None:
        return _NO_TARGET
    return Value(time > target, words=(spoken(time),) if time > target else ())


def late(scene: Scene) -> Value:
    """Past the response target, counted from the customer's first message that nobody answered."""
    draft = scene.draft
    if draft.thread is None:
        return NO_THREAD
    author, everybody = author_of(draft.thread), customers(draft.thread)
    waiting: list[Message] = []
    for message in draft.thread:
        if message.sender == Sender.brand and is_for(message, author, everybody):
            waiting = []
        elif message.sender == Sender.customer and message.author == author:
            waiting.append(message)
    if not waiting:
        return FALSE
    if scene.brand.response_target is None:
        return _NO_TARGET
    since, at = waiting[0].at, draft.at or scene.now
    if since is None or at is None:
        return Value(None, needs="the times of the customer's message and of the reply")
    return _past_target(scene, at - since)


def _answer(scene: Scene) -> Message | None:
    """The brand's next message to this customer, in public or in private; bots and notes answer nobody."""
    thread, after = scene.draft.thread or (), scene.after or ()
    author, everybody = author_of(thread), customers(thread + after)
    return next((m for m in after if m.sender == Sender.brand and is_for(m, author, everybody)), None)


def answered(scene: Scene) -> Value:
    """Whether an answer came; not known while the response target still leaves time for one."""
    thread = scene.draft.thread
    if thread is None or scene.after is None:
        return _NO_CONVERSATION
    if _answer(scene):
        return Value(True)
    asked, target = thread[-1].at, scene.brand.response_target
    if asked and target and scene.now and asked <= scene.now <= asked + target:
        return Value(None, needs="the end of the time in which an answer is due")
    return FALSE


def answered_late(scene: Scene) -> Value:
    """This customer's first turn, and the first answer to it came past the response target."""
    thread = scene.draft.thread
    if thread is None or scene.after is None:
        return _NO_CONVERSATION
    author, everybody = author_of(thread), customers(thread + scene.after)
    first = next(index for index, m in enumerate(thread) if m.sender == Sender.customer and m.author == author)
    answer = _answer(scene)
    if answer is None or any(m.sender == Sender.brand and is_for(m, author, everybody) for m in thread[first:]):
        return FALSE
    since = thread[first].at
    if scene.brand.response_target is None:
        return _NO_TARGET
    if since is None or answer.at is None:
        return Value(None, needs="the times of the messages")
    return _past_target(scene, answer.at - since)
