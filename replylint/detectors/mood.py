"""Scores what a customer wrote: upset, complaint, question, praise and more, each with the words that it rests on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct, field

from replylint.detectors.mood_features import (
    BREAK,
    DURATION,
    NUMBER,
    START,
    Extractor,
    Family,
    Found,
    Hits,
    Next,
    Word,
    places,
    sequences,
)
from replylint.detectors.mood_sense import Sense

# Below this share of known words the text is hardly English, and what was found is chance.
_LEAST_KNOWN = 0.35
_MARKS = (".", ";", "!", "!!", "?", "??", "?!", "\n")
# Less than this is no reason to show a word to a reader.
_LEAST_PUSH = 0.3
_FUNCTION_WORDS = frozenset(
    (
        "a an the and or but if of to in on at by for from with as is are was were be been am do does did has have "
        "had will would can could should i me my we us our you your he she it its they them their this that these "
        "those there here so just then than also about into out up off over what when where who how which one two "
        "^ . , i'm i've i'd i'll it's that's you're we're they're"
    ).split()
)


class Label(Struct, frozen=True, forbid_unknown_fields=True):
    """`base`: the score of a text in which nothing is found, in logits. `steepness`: how much of what is found counts."""

    base: float
    threshold: float
    steepness: float = 1.0


class Model(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What the packaged file holds. Weights are in logits: feature -> label -> weight, by hand and learned added up."""

    about: str
    knowledge: str
    labels: dict[str, Label]
    spellings: dict[str, str]
    families: dict[str, str]
    near: list[tuple[str, str]]
    later: list[tuple[str, str]]
    by_hand: dict[str, dict[str, float]]
    learned: dict[str, dict[str, float]]
    sense: Sense = Sense()


class Reading(Struct, frozen=True):
    """What one text says about the mood of who wrote it. Scores are worked out when asked for."""

    text: str
    found: Found
    units: Sequence[float]
    mood: Mood

    @property
    def hits(self) -> Hits:
        return self.found.hits

    def score(self, label: str) -> float:
        """The probability, from 0 to 1, that the label holds."""
        weights, how = self.mood.weights(label), self.mood.model.labels[label]
        total = how.base + how.steepness * sum([weights[name] for name in self.found.hits if name in weights])
        total += self.mood.model.sense.push(label, self.units)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def words(self, label: str, most: int = 5) -> tuple[tuple[int, int], ...]:
        """Where the words stand that pushed the score up most, in the order of the text."""
        weights, steepness = self.mood.weights(label), self.mood.model.labels[label].steepness
        pushes: dict[int, float] = {}
        joined: set[int] = set()
        for place, push in self.mood.model.sense.pushes(label, self.units, self.found.words).items():
            token = self.found.origins[place]
            pushes[token] = pushes.get(token, 0.0) + push
        for name, (first, last) in self.hits.items():
            if (weight := steepness * weights.get(name, 0.0)) and first >= 0:
                together = range(first, last + 1) if last - first <= 2 and name[0] != "<" else (first, last)
                for token in set(together):
                    pushes[token] = pushes.get(token, 0.0) + weight / len(set(together))
                if weight > _LEAST_PUSH and len(together) > 1:
                    joined.update(together)
        return self._spans(pushes, joined, most)

    def _spans(self, pushes: Mapping[int, float], joined: set[int], most: int) -> tuple[tuple[int, int], ...]:
        """Neighbouring tokens that push become one span; the strongest spans are kept."""
        where = places(self.text)
        groups: list[tuple[float, int, int]] = []
        previous = -2
        for token in sorted(token for token, push in pushes.items() if push >= _LEAST_PUSH):
            start, end = where[token]
            if token not in joined and self.text[start:end].lower() in _FUNCTION_WORDS:
                continue
            if token == previous + 1 and "\n" not in self.text[groups[-1][2] : start]:
                push, start, _ = groups.pop()
                groups.append((push + pushes[token], start, end))
            else:
                groups.append((pushes[token], start, end))
            previous = token
        strongest = sorted(groups, reverse=True)[:most]
        return tuple(sorted((start, end) for _, start, end in strongest if self.text[start:end].strip(" .\n")))


class Mood(Struct, frozen=True):
    """A linear model of a few thousand words, pairs and families of words, each weight readable in the file, and a sense of words."""

    model: Model
    extractor: Extractor
    by_label: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.model.labels)

    def threshold(self, label: str) -> float:
        """The score from which the label is taken to hold."""
        return self.model.labels[label].threshold

    def weights(self, label: str) -> Mapping[str, float]:
        if label not in self.by_label:
            if label not in self.model.labels:
                raise KeyError(label)
            weights = {name: by[label] for name, by in self.model.by_hand.items() if label in by}
            for name, by in self.model.learned.items():
                if label in by:
                    weights[name] = weights.get(name, 0.0) + by[label]
            self.by_label[label] = weights
        return self.by_label[label]

    def read(self, text: str) -> Reading:
        found = self.extractor.find(text)
        if found.known < _LEAST_KNOWN:
            found = found._replace(hits={}, words=())
        return Reading(text, found, self.model.sense.units(found.words), self)


def build(model: Model) -> Mood:
    """The mood that a model file describes."""
    return Mood(model, build_extractor(model, sequences(name for name in _features(model) if _is_sequence(name))))


def build_extractor(model: Model, following: Mapping[str, Next]) -> Extractor:
    """`following`: for each word and family what may follow it."""
    near, later = _pairs(model.near, "~"), _pairs(model.later, "..")
    openers = {f"<{earlier}>" for earlier, _ in model.later}
    names = [f"<{name}>" for name in model.families]
    families = {
        name: Family(name, near.get(name, {}), later.get(name, {}), name in openers, following.get(name, {}))
        for name in (*names, BREAK, NUMBER, DURATION, "<sum>", "<clock>")
    }
    features = _features(model)
    in_family = {word: f"<{name}>" for name, words in model.families.items() for word in words.split()}
    in_family |= dict.fromkeys(_MARKS, BREAK)
    forms = {*in_family, *model.spellings}.union(*(name.split(" ") for name in features if name[0] != "("))
    lexicon = {
        form: Word(form, form in features, following.get(form, {}), families.get(in_family.get(form, "")))
        for form in forms
    }
    lexicon |= {variant: lexicon[form] for form, variants in model.spellings.items() for variant in variants.split()}
    return Extractor(lexicon, families, following.get(START, {}))


def _features(model: Model) -> set[str]:
    return {*model.by_hand, *model.learned}


def _is_sequence(name: str) -> bool:
    return " " in name and name[0] != "(" and "~" not in name and ".." not in name


def _pairs(pairs: Sequence[tuple[str, str]], sign: str) -> dict[str, dict[str, str]]:
    """Later family -> earlier family -> name of the feature."""
    table: dict[str, dict[str, str]] = {}
    for earlier, later in pairs:
        table.setdefault(f"<{later}>", {})[f"<{earlier}>"] = f"<{earlier}> {sign} <{later}>"
    return table


@cache
def load_mood() -> Mood:
    """The packaged model."""
    import msgspec

    path = Path(__file__).parent.parent / "data" / "mood.json"
    return build(msgspec.json.decode(path.read_bytes(), type=Model))
