"""Each rule's figures support its level, and the figures that ship are those of the rules as they are."""

from __future__ import annotations

import pytest

from benchmarks import challenges
from replylint.confidence import Figures, in_words, measured
from replylint.model import Level, Rulebook
from replylint.rulebook import load_rulebook

RULES = {rule.id: rule for rule in load_rulebook().rules}


@pytest.mark.parametrize("rule", RULES)
def test_challenge_and_figures(packaged: Rulebook, rule: str) -> None:
    now = challenges.score(challenges.FOLDER / f"{rule}.yaml", packaged).figures()
    kept = measured().rules[rule]
    assert (now.hits, now.near_misses) >= (20, 20)
    assert (now.hits_found, now.false_alarms) == (kept.hits_found, kept.false_alarms), "run benchmarks.confidence again"
    assert all(kept.supports(level) for level, _ in RULES[rule].levels) or not RULES[rule].on


def test_no_challenge_without_a_rule() -> None:
    assert {path.stem for path in challenges.FOLDER.glob("*.yaml")} == set(RULES)


@pytest.mark.parametrize(
    ("figures", "level", "supported"),
    [
        (Figures(right=19, wrong=1, errors=20, errors_right=19), Level.error, True),
        (Figures(right=18, wrong=2, errors=20, errors_right=18), Level.error, False),
        (Figures(right=36, wrong=4, errors=20, errors_right=20), Level.error, True),
        (Figures(right=17, wrong=3), Level.warning, True),
        (Figures(right=10, wrong=2, judged_right=6, judged=8), Level.warning, False),
        (Figures(right=1, wrong=9, hits=20, hits_found=16, near_misses=20, false_alarms=1), Level.error, True),
        (Figures(hits=20, hits_found=16, near_misses=20, false_alarms=2), Level.error, False),
        (Figures(hits=20, hits_found=15, near_misses=20), Level.suggestion, False),
    ],
    ids=[
        "95-in-100-is-enough-for-an-error",
        "90-in-100-is-not",
        "of-two-levels-the-errors-count-for-themselves",
        "85-in-100-is-enough-for-a-warning",
        "verdicts-count-like-labels",
        "few-findings-the-challenge-decides",
        "an-error-may-have-one-false-alarm",
        "four-of-five-hits-are-wanted",
    ],
)
def test_what_supports_a_level(figures: Figures, level: Level, supported: bool) -> None:
    assert figures.supports(level) is supported


def test_figures_in_words() -> None:
    said = in_words(Figures(3, 1, 2, hits=20, hits_found=18, near_misses=20, false_alarms=1, fired=5), 1000)
    assert said == [
        "3 of 4 findings on real replies were right (unproven, n = 4).",
        "It found 3 of the 5 replies that readers had flagged for it.",
        "Of cases written to challenge it, it found 18 of 20 and gave a false alarm on 1 of 20 near misses.",
        "It speaks in 5.0 of 1,000 real replies.",
    ]
