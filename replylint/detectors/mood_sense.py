"""What the words of a text mean together: a vector for each word, summed, and what a language model taught of the sum."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from operator import mul

from msgspec import Struct

from replylint.detectors.mood_features import counts_as

ZERO = ord("?")  # the letter that stands for nought in a vector; those below and above it are steps down and up


class Sense(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`vectors`: word -> a letter for each unit. `steps`: what one step from ZERO is worth to each unit; `starts`: from where.

    `labels`: for each label where it starts from, and what each unit adds. `share`: how much of that its score takes.
    """

    share: dict[str, float] = {}
    steps: list[float] = []
    starts: list[float] = []
    labels: dict[str, list[float]] = {}
    vectors: dict[str, str] = {}

    def units(self, words: Iterable[str]) -> list[float]:
        """How strongly each unit answers to these words; none if no word has a vector."""
        found = [vector for word in words if (vector := self._vector(word))]
        if not found:
            return []
        scale, zero = 1 / math.sqrt(len(found)), ZERO * len(found)
        return [
            math.tanh(start + (sum(column) - zero) * step * scale)
            for column, start, step in zip(zip(*found, strict=True), self.starts, self.steps, strict=True)
        ]

    def push(self, label: str, units: Sequence[float]) -> float:
        """What the units add to the score of a label, in logits."""
        share = self.share.get(label)
        if not share or not units:
            return 0.0
        start, *weights = self.labels[label]
        return share * sum(map(mul, weights, units), start)

    def pushes(self, label: str, units: Sequence[float], words: Sequence[str]) -> dict[int, float]:
        """How much each word pushes the label up or down, by its place."""
        share = self.share.get(label)
        if not share or not units:
            return {}
        found = {place: vector for place, word in enumerate(words) if (vector := self._vector(word))}
        scale = share / math.sqrt(len(found))
        layers = zip(self.labels[label][1:], units, self.steps, strict=True)
        slopes = [scale * weight * step * (1 - unit * unit) for weight, unit, step in layers]
        return {place: sum(map(mul, slopes, vector)) - ZERO * sum(slopes) for place, vector in found.items()}

    def _vector(self, word: str) -> bytes:
        """The vector of a word; empty for one that is not known."""
        return (self.vectors.get(word) or self.vectors.get(counts_as(word, self.vectors), "")).encode()
