"""Signals built of parts: any of them, all of them, without what an exception overlaps, unless something else holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from replylint.detectors.measure import measure
from replylint.detectors.personal_data import personal_data
from replylint.detectors.reader import longest
from replylint.language import sentences
from replylint.model import FALSE, TRUE, Finder, Scene, Side, Span, Value

_UNKNOWN = {
    "draft": Value(None, needs="the draft"),
    "customer": Value(None, needs="the customer's message"),
}


def found(scene: Scene, side: Side, spans: Sequence[Span]) -> Value:
    """A signal that holds where it was found; its words are the customer's own, quoted as evidence."""
    if not spans:
        return FALSE
    reading = scene.reading(side)
    text = reading.text if reading else ""
    return Value(True, tuple(spans), None, tuple(text[start:end] for start, end in spans))


def textual(side: Side, detector: int, tokens: bool = False) -> Finder:
    """Phrases, patterns and token patterns: what one text says."""

    def find(scene: Scene) -> Value:
        reading = scene.reading(side)
        if reading is None:
            return _UNKNOWN[side]
        return found(scene, side, reading.tokens(detector) if tokens else reading.spans(detector))

    return find


def mood(side: Side, label: str) -> Finder:
    def find(scene: Scene) -> Value:
        reading = scene.reading(side)
        return _UNKNOWN[side] if reading is None else reading.mood(label)

    return find


def data(side: Side, kinds: tuple[str, ...]) -> Finder:
    def find(scene: Scene) -> Value:
        reading = scene.reading(side)
        return _UNKNOWN[side] if reading is None else found(scene, side, personal_data(reading.text, kinds))

    return find


def reference(name: str) -> Finder:
    return lambda scene: scene.value(name)


def measured(name: str) -> Finder:
    return lambda scene: measure(name, scene)


def settings_list(side: Side, key: str) -> Finder:
    """The words of one of the brand's own lists, whole words in any case."""

    def find(scene: Scene) -> Value:
        reading = scene.reading(side)
        if reading is None:
            return _UNKNOWN[side]
        lower = reading.text.lower()
        spans = [span for word in scene.brand.lists(key) for span in _whole_words(lower, word.lower())]
        return found(scene, side, longest(spans))

    return find


def _whole_words(text: str, word: str) -> Iterable[Span]:
    at = text.find(word) if word else -1
    while at >= 0:
        end = at + len(word)
        if not (at and text[at - 1].isalnum() and word[0].isalnum()) and not (
            text[end : end + 1].isalnum() and word[-1].isalnum()
        ):
            yield Span(at, end)
        at = text.find(word, end)


def any_of(parts: Sequence[Finder]) -> Finder:
    """True where one part is; its places are those of all parts, of overlapping ones the longest."""
    if len(parts) == 1:
        return parts[0]

    def find(scene: Scene) -> Value:
        values = [part(scene) for part in parts]
        true = [value for value in values if value.truth]
        if not true:
            return next((value for value in values if value.truth is None), FALSE)
        if len(true) == 1:
            return true[0]
        scores = [value.score for value in true if value.score is not None]
        words = dict.fromkeys(word for value in true for word in value.words)
        spans = longest(span for value in true for span in value.spans)
        return Value(True, spans, max(scores, default=None), tuple(words))

    return find


def all_of(parts: Sequence[Finder], within_sentence: bool) -> Finder:
    """True where every part is; its places are those of the first part that has one."""

    def find(scene: Scene) -> Value:
        values = []
        for part in parts:
            values.append(value := part(scene))
            if value.truth is False:
                return FALSE
        if unknown := next((value for value in values if value.truth is None), None):
            return unknown
        placed = [value for value in values if value.spans]
        if within_sentence and len(placed) > 1:
            spans = _together(scene.draft.text, placed)
            return Value(True, spans, None, placed[0].words) if spans else FALSE
        return placed[0] if placed else TRUE

    return find


def _together(text: str, values: Sequence[Value]) -> tuple[Span, ...]:
    """The places of the first value in sentences where all the others stand too."""
    stretches = [s for s in sentences(text) if all(any(span.overlaps(s) for span in value.spans) for value in values)]
    return tuple(span for span in values[0].spans if any(span.overlaps(s) for s in stretches))


def without(part: Finder, exceptions: Finder) -> Finder:
    """Places that an exception overlaps do not count."""

    def find(scene: Scene) -> Value:
        value = part(scene)
        if not value.truth or not value.spans:
            return value
        excepted = exceptions(scene).spans
        if not excepted:
            return value
        kept = [index for index, span in enumerate(value.spans) if not any(span.overlaps(other) for other in excepted)]
        if not kept:
            return FALSE
        words = value.words
        if len(words) == len(value.spans):
            words = tuple(words[index] for index in kept)
        return value._replace(spans=tuple(value.spans[index] for index in kept), words=words)

    return find


def unless(part: Finder, conditions: Finder) -> Finder:
    """False wherever one of the conditions holds anywhere in the text."""

    def find(scene: Scene) -> Value:
        value = part(scene)
        if value.truth is False:
            return value
        other = conditions(scene)
        if other.truth:
            return FALSE
        return other if other.truth is None and value.truth else value

    return find
