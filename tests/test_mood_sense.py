"""The sense of words: vectors of letters, summed, and a small layer over them."""

from __future__ import annotations

import math

import pytest

from replylint.detectors.mood import load_mood
from replylint.detectors.mood_features import counts_as
from replylint.detectors.mood_sense import Sense

# "?" is nought, "A" two steps up, "=" two steps down
SMALL = Sense(
    share={"upset": 0.5},
    steps=[0.5, 0.25],
    starts=[0.0, 0.1],
    labels={"upset": [0.25, 1.0, 2.0]},
    vectors={"late": "A?", "lovely": "=A", "0": "?="},
)


def test_units_are_of_the_sum_of_the_vectors() -> None:
    assert SMALL.units(["late", "unheard", "lovely"]) == pytest.approx([0.0, math.tanh(0.1 + 0.5 / math.sqrt(2))])


def test_nothing_known_pushes_nothing() -> None:
    assert SMALL.units(["unheard"]) == []
    assert SMALL.push("upset", []) == 0.0
    assert SMALL.pushes("upset", [], []) == {}


def test_push_is_shared() -> None:
    assert SMALL.push("upset", [0.5, 0.25]) == pytest.approx(0.5 * (0.25 + 0.5 + 0.5))
    assert SMALL.push("praise", [0.5, 0.25]) == 0.0


def test_pushes_say_which_word() -> None:
    words = ["so", "late", "lovely"]
    pushes = SMALL.pushes("upset", SMALL.units(words), words)
    assert list(pushes) == [1, 2]
    assert pushes[1] == pytest.approx(0.5 * 1.0 / math.sqrt(2))


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("17.42", "0"),
        ("£84", "$"),
        ("!!!!", "!!"),
        ("?!?", "?!"),
        (".....", "..."),
        ("driver's", "driver"),
        ("sooo", "so"),
        ("@brand", ""),
    ],
)
def test_counts_as(word: str, form: str) -> None:
    assert counts_as(word, {"so"}) == form


def test_packaged_vectors_have_a_letter_for_each_unit() -> None:
    sense = load_mood().model.sense
    assert {len(vector) for vector in sense.vectors.values()} == {len(sense.steps)} == {len(sense.starts)}
    assert {len(row) - 1 for row in sense.labels.values()} == {len(sense.steps)}
