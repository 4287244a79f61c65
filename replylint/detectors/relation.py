"""How draft and thread join: whether the reply takes up what was said, repeats itself, asks for what is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from replylint.detectors.beyond_courtesy import TAKES_UP, TAKES_UP_LOOKS_AT
from replylint.detectors.sameness import masked, repeated
from replylint.detectors.told import TOLD, TOLD_LOOKS_AT
from replylint.model import FALSE, TRUE, Scene, Sender, Value

_NO_THREAD = Value(None, needs="the thread")
_FEWEST_WORDS = 6  # shorter replies are pleasantries: repeating them is no repeat

# What ends being upset, how much of it is left a turn later, and from what score it counts
_OVER = ("customer.praise", "customer.thanks", "customer.solved")
_FADES = 0.75
_UPSET = 0.6


def _repeats(scene: Scene) -> Value:
    """True where the brand said the same before in this thread, names and numbers masked."""
    earlier = scene.before(Sender.brand)
    if earlier is None:
        return _NO_THREAD
    mine = masked(scene.draft.text)
    if len(mine) < _FEWEST_WORDS:
        return FALSE
    return next((TRUE for other in earlier if repeated(mine, masked(other.draft.text))), FALSE)


def _sent_to_many(scene: Scene) -> Value:
    """To how many conversations of this run the same reply went."""
    if scene.library is None:
        return Value(None, needs="all conversations")
    count = scene.library.sent(scene.draft)
    return Value(count > 1, score=float(count))


def _near_duplicate(scene: Scene) -> Value:
    """True where an earlier macro of the library says the same; its words are the names of those."""
    if scene.library is None:
        return Value(None, needs="the whole library")
    names = scene.library.near(scene.draft)
    return Value(bool(names), words=names)


def _still_upset(scene: Scene) -> Value:
    """The customer was upset earlier in the thread and nothing since says that it is over; less sure than the turn itself."""
    earlier = scene.before(Sender.customer)
    if earlier is None or scene.turn is None:
        return _NO_THREAD
    if any(scene.value(over).truth for over in _OVER):
        return FALSE
    values = [other.value("customer.upset") for other in earlier]
    strongest = max(values, key=lambda value: value.score or 0.0, default=FALSE)
    score = _FADES * (strongest.score or 0.0)
    return Value(score >= _UPSET, (), score, strongest.words)


RELATIONS: dict[str, Callable[[Scene], Value]] = {
    **TOLD,
    **TAKES_UP,
    "repeats": _repeats,
    "sent-to-many": _sent_to_many,
    "near-duplicate": _near_duplicate,
    "still-upset": _still_upset,
}

# The signals of the same turn and reply that a relation looks at
LOOKS_AT: Mapping[str, tuple[str, ...]] = {"still-upset": _OVER, **TOLD_LOOKS_AT, **TAKES_UP_LOOKS_AT}


def asks_known(scene: Scene, asks: str, gave: str) -> Value:
    """Where the draft asks for something that a customer's message in the thread already holds."""
    asked = scene.value(asks)
    if asked.truth is False:
        return FALSE
    earlier = scene.before(Sender.customer)
    if earlier is None:
        return _NO_THREAD
    words = tuple(word for other in earlier for word in other.value(gave).words)
    return asked._replace(words=words) if words else FALSE
