"""How often each packaged rule was right when it was measured: the figures behind its level, made by benchmarks/confidence.py."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from replylint.model import Level

# How often a finding of that level must be right; below, the rule ships a level lower
FLOORS = {Level.error: 0.95, Level.warning: 0.85, Level.suggestion: 0.0}
ENOUGH = 20  # findings; with fewer, the challenge file decides and the rule is called unproven
LEAST_RECALL = 0.8


class Figures(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one rule came to. Findings are whole replies: a rule that speaks twice in one reply counts once."""

    right: int = 0  # findings on labelled replies that the labels confirm
    wrong: int = 0
    missed: int = 0
    judged_right: int = 0  # findings on other replies that readers agreed with
    judged: int = 0
    hits: int = 0  # of the challenge file
    hits_found: int = 0
    near_misses: int = 0
    false_alarms: int = 0
    errors: int = 0  # of all findings, those at the level error, which some rules give to the surest alone
    errors_right: int = 0
    fired: int = 0  # unlabelled replies in which the rule spoke

    @property
    def findings(self) -> int:
        return self.right + self.wrong + self.judged

    @property
    def precision(self) -> float | None:
        return (self.right + self.judged_right) / self.findings if self.findings else None

    @property
    def proven(self) -> bool:
        return self.findings >= ENOUGH

    def passes_challenge(self, level: Level) -> bool:
        """Four of five hits found; of twenty near misses one false alarm for an error, two for a warning or suggestion."""
        most = 1 if level is Level.error else 2
        return self.hits > 0 and self.hits_found / self.hits >= LEAST_RECALL and self.false_alarms <= most

    def supports(self, level: Level) -> bool:
        """Whether a rule with these figures may ship at that level."""
        right, findings = self.right + self.judged_right, self.findings
        if level is Level.error:
            right, findings = self.errors_right, self.errors
        return right >= FLOORS[level] * findings if findings >= ENOUGH else self.passes_challenge(level)


class Measured(msgspec.Struct, frozen=True):
    """All figures, and on how many replies they rest."""

    labelled: int
    unlabelled: int
    rules: dict[str, Figures]


@cache
def measured() -> Measured:
    return msgspec.json.decode((Path(__file__).parent / "data" / "quality.json").read_bytes(), type=Measured)


def in_words(figures: Figures, unlabelled: int) -> list[str]:
    """The figures as sentences."""
    said = []
    if figures.findings:
        right = figures.right + figures.judged_right
        unproven = "" if figures.proven else f" (unproven, n = {figures.findings})"
        said.append(f"{right} of {figures.findings} findings on real replies were right{unproven}.")
        if 0 < figures.errors < figures.findings:
            said.append(f"As an error it was right {figures.errors_right} of {figures.errors} times.")
    else:
        said.append("Unproven on real replies, n = 0.")
    if cases := figures.right + figures.missed:
        said.append(f"It found {figures.right} of the {cases} replies that readers had flagged for it.")
    if figures.hits:
        said.append(
            f"Of cases written to challenge it, it found {figures.hits_found} of {figures.hits} and gave a false alarm "
            f"on {figures.false_alarms} of {figures.near_misses} near misses."
        )
    if unlabelled:
        said.append(f"It speaks in {1000 * figures.fired / unlabelled:.1f} of 1,000 real replies.")
    return said
