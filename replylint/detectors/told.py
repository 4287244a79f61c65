"""What the customer has told, in this turn and before: the words of their case, ways that they tried, that they leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from replylint.detectors.particulars import JUDGEMENTS, particulars, stems
from replylint.model import FALSE, Scene, Sender, Value

_NO_THREAD = Value(None, needs="the thread")
_ENOUGH = 1  # word of the case says what it is about
_SURE = 0.75  # a complaint that says what is wrong


def brand_name(scene: Scene) -> str:
    return scene.draft.brand or scene.brand.name


def told_stems(scene: Scene) -> frozenset[str]:
    """The stems of the words of the case, of this turn and of all earlier ones."""
    texts = [scene.turn, *(other.turn for other in scene.before(Sender.customer) or ())]
    return frozenset().union(*(stems(text or "", "customer", brand_name(scene)) for text in texts))


def _told(scene: Scene) -> Value:
    """What the customer's turn holds of their case, with its words."""
    if scene.turn is None:
        return _NO_THREAD
    found = particulars(scene.turn, "customer", brand_name(scene))
    words = tuple(scene.turn[span.start : span.end] for _, span in found)
    return Value(bool(found), tuple(span for _, span in found), None, words)


def _tells_nothing(scene: Scene) -> Value:
    """True where the customer's turn holds no word that anybody could act on."""
    if scene.turn is None:
        return _NO_THREAD
    return Value(not any(word not in JUDGEMENTS for word, _ in particulars(scene.turn, "customer", brand_name(scene))))


def _told_before(scene: Scene) -> Value:
    """True where an earlier turn of the customer told what it is about."""
    earlier = scene.before(Sender.customer)
    if earlier is None or scene.turn is None:
        return _NO_THREAD
    told = {
        stem
        for other in earlier
        if other.turn and other.turn not in scene.turn
        for stem in stems(other.turn, "customer")
    }
    return Value(len(told) >= _ENOUGH)


def _tried_before(scene: Scene) -> Value:
    """The customer told, in this turn or an earlier one, that another channel did not help."""
    if scene.turn is None:
        return _NO_THREAD
    for said in (scene, *(scene.before(Sender.customer) or ())):
        value = said.value("customer.tried-channel")
        if value.truth:
            return Value(True, (), None, value.words)
    return FALSE


def _leaving(scene: Scene) -> Value:
    """The customer's words that they leave, now or before, where nobody has asked them why."""
    if scene.turn is None:
        return _NO_THREAD
    if any(said.value("draft.asks-why").truth for said in scene.before(Sender.brand) or ()):
        return FALSE
    now = scene.value("customer.cancelling")
    if now.truth:
        return now
    for said in scene.before(Sender.customer) or ():
        value = said.value("customer.cancelling")
        is_known = said.value("customer.says-why").truth or said.value("customer.complaint").number >= _SURE
        if value.truth and not is_known:
            return Value(True, words=value.words)
    return FALSE


TOLD: Mapping[str, Callable[[Scene], Value]] = {
    "told": _told,
    "told-before": _told_before,
    "tells-nothing": _tells_nothing,
    "tried-before": _tried_before,
    "leaving": _leaving,
}

# The signals that these look at
TOLD_LOOKS_AT: Mapping[str, tuple[str, ...]] = {
    "leaving": ("customer.cancelling", "draft.asks-why", "customer.says-why", "customer.complaint"),
    "tried-before": ("customer.tried-channel",),
}
