"""Plans of signals -> finders: any of their parts, all of them, without what an exception overlaps, unless something holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from replylint.detectors.exchange import asks_known
from replylint.detectors.installed import installed
from replylint.detectors.listed import listed
from replylint.detectors.measure import measure
from replylint.detectors.personal_data import personal_data
from replylint.detectors.placeholders import find as placeholders
from replylint.detectors.plan import (
    AllOf,
    AnyOf,
    Data,
    Installed,
    Measured,
    Mood,
    Placeholders,
    Plan,
    Reference,
    Relation,
    Run,
    SettingsList,
    Spelling,
    Textual,
    Tokens,
    Unless,
    Without,
)
from replylint.detectors.reader import longest
from replylint.detectors.relation import RELATIONS
from replylint.detectors.signing import signed
from replylint.detectors.spelling import spelling
from replylint.language import sentences
from replylint.model import FALSE, TRUE, Finder, Scene, Side, Span, TextReading, Value

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


def finder(plan: Plan, side: Side) -> Finder:
    """The compiled form of a plan."""
    match plan:
        case Textual(detector):
            return _in_text(side, lambda scene, reading: found(scene, side, reading.spans(detector)))
        case Tokens(detector):
            return _in_text(side, lambda scene, reading: found(scene, side, reading.tokens(detector)))
        case Mood(label):
            return _in_text(side, lambda scene, reading: reading.mood(label))
        case Data(kinds):
            return _in_text(side, lambda scene, reading: found(scene, side, personal_data(reading.text, kinds)))
        case SettingsList("signs"):
            return _in_text(side, lambda scene, reading: found(scene, side, _signed(reading.text, scene.brand.signs)))
        case Placeholders(kind):
            return _in_text(
                side,
                lambda scene, reading: found(
                    scene, side, placeholders(reading.text, kind, scene.brand.help_desk or scene.draft.help_desk)
                ),
            )
        case SettingsList(key):
            return _in_text(side, lambda scene, _: found(scene, side, listed(scene, side, key)))
        case Spelling(fault):
            return _in_text(side, lambda scene, _: found(scene, side, spelling(scene, side, fault)))
        case Installed(name):
            places = installed(name)
            return _in_text(side, lambda scene, reading: found(scene, side, places(reading.text)))
        case Reference(name) if name.startswith(f"{side}."):
            return lambda scene: scene.value(name)
        case Reference(name):  # places in the other text say nothing of this one
            return lambda scene: scene.value(name)._replace(spans=(), score=None)
        case Run(name, least, gap):
            return lambda scene: _in_runs(scene, side, name, least, gap)
        case Measured(name):
            return lambda scene: measure(name, scene)
        case Relation("asks-known", asks, gave):
            return lambda scene: asks_known(scene, asks, gave)
        case Relation(name):
            return RELATIONS[name]
        case AnyOf(parts):
            detectors = frozenset(part.detector for part in parts if isinstance(part, Textual))
            others = [finder(part, side) for part in parts if not isinstance(part, Textual)]
            located = _in_text(side, lambda scene, reading: _located(scene, side, reading, detectors))
            return any_of([located, *others] if detectors else others)
        case AllOf(parts, within_sentence):
            return all_of([finder(part, side) for part in parts], within_sentence)
        case Without(part, exceptions):
            return without(finder(part, side), finder(exceptions, side))
        case Unless(part, conditions):
            return unless(finder(part, side), finder(conditions, side))


def _in_text(side: Side, look: Callable[[Scene, TextReading], Value]) -> Finder:
    """Looks into the text of that side; unknown where there is none."""

    def find(scene: Scene) -> Value:
        reading = scene.reading(side)
        return _UNKNOWN[side] if reading is None else look(scene, reading)

    return find


def _located(scene: Scene, side: Side, reading: TextReading, detectors: frozenset[int]) -> Value:
    """Where any of these detectors hit; most texts hold no literal of any."""
    hits = reading.hits(detectors)
    return found(scene, side, longest(span for one in hits for span in reading.spans(one))) if hits else FALSE


def _in_runs(scene: Scene, side: Side, name: str, least: int, gap: int) -> Value:
    """Each run of places of that signal as one place, from the first to the last of them."""
    value = scene.value(name)
    if not value.truth:
        return value
    runs: list[list[Span]] = []
    for span in value.spans:
        if runs and span.start - runs[-1][-1].end <= gap:
            runs[-1].append(span)
        else:
            runs.append([span])
    return found(scene, side, [Span(run[0].start, run[-1].end) for run in runs if len(run) >= least])


def _signed(text: str, form: str | bool | None) -> tuple[Span, ...]:
    """Where the text is signed as the brand's agents sign; nowhere where the settings give no example of it."""
    return signed(text, form) if isinstance(form, str) else ()


def any_of(parts: Sequence[Finder]) -> Finder:
    """True where one part is; its places are those of all parts, of overlapping ones the longest."""
    if len(parts) == 1:
        return parts[0]

    def find(scene: Scene) -> Value:
        values = [part(scene) for part in parts]
        true = [value for value in values if value.truth]
        if not true:
            unknown = next((value for value in values if value.truth is None), None)
            scored = [value for value in values if value.score is not None]
            return unknown or max(scored, key=lambda value: value.score or 0.0, default=FALSE)
        if len(true) == 1:
            return true[0]
        scores = [value.score for value in true if value.score is not None]
        words = dict.fromkeys(word for value in true for word in value.words)
        spans = longest(span for value in true for span in value.spans)
        return Value(True, spans, max(scores, default=None), tuple(words))

    return find


def all_of(parts: Sequence[Finder], within_sentence: bool) -> Finder:
    """True where every part is; its places are those of the first part that has one."""
    if len(parts) == 1:
        return parts[0]

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
    stretches = tuple(s for s in sentences(text) if all(s.among(value.spans) for value in values))
    return tuple(span for span in values[0].spans if span.among(stretches))


def without(part: Finder, exceptions: Finder) -> Finder:
    """Places that an exception overlaps do not count."""

    def find(scene: Scene) -> Value:
        value = part(scene)
        if not value.truth or not value.spans:
            return value
        excepted = exceptions(scene).spans
        if not excepted:
            return value
        kept = [index for index, span in enumerate(value.spans) if not span.among(excepted)]
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
