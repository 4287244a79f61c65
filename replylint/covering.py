"""One phrase, one visible finding: what a more telling finding on the same words covers is marked, and named there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from replylint.model import Finding, Rulebook


class _Above:
    """The findings that may cover those of one rule. A long text has thousands, so they are looked up by their place."""

    def __init__(self) -> None:
        self.everywhere: list[int] = []  # they are about the whole reply
        self._placed: list[tuple[int, int, int]] = []  # start, end, index
        self._ends: list[int] = []  # the furthest end so far, in the order of the starts

    def add(self, finding: Finding, index: int) -> None:
        if finding.span:
            self._placed.append((*finding.span, index))
        else:
            self.everywhere.append(index)

    def close(self) -> None:
        self._placed.sort()
        furthest = 0
        for _, end, _ in self._placed:
            furthest = max(furthest, end)
            self._ends.append(furthest)

    def on(self, covered: Finding) -> list[int]:
        """The indexes of those on the same words, in the order of the findings."""
        if covered.span is None:
            return sorted([*self.everywhere, *(index for _, _, index in self._placed)])
        found, at = [*self.everywhere], bisect_left(self._placed, (covered.span.end,)) - 1
        while at >= 0 and self._ends[at] > covered.span.start:
            if self._placed[at][1] > covered.span.start:
                found.append(self._placed[at][2])
            at -= 1
        return sorted(found)


def cover(findings: Sequence[Finding], rulebook: Rulebook) -> list[Finding]:
    """The findings, each with the rule that covers it and those that it covers."""
    covers = {rule.id: rule.covers for rule in rulebook.rules}
    above: dict[str, _Above] = {}
    for index, finding in enumerate(findings):
        for id in covers.get(finding.rule, ()):
            above.setdefault(id, _Above()).add(finding, index)
    for one in above.values():
        one.close()
    over: dict[int, int] = {}
    for low, covered in enumerate(findings):
        if covered.rule in above:
            highs = above[covered.rule].on(covered)
            high = next((high for high in highs if findings[high].level >= covered.level), None)
            if high is not None:
                over[low] = high
    also: dict[int, list[str]] = {}
    for low, high in over.items():
        top, seen = high, {low}
        while top in over and top not in seen:
            seen.add(top)
            top = over[top]
        over[low] = top
        also.setdefault(top, []).append(findings[low].rule)
    return [
        msgspec.structs.replace(
            finding,
            covered_by=findings[over[index]].rule if index in over else "",
            also=tuple(dict.fromkeys(also.get(index, ()))),
        )
        for index, finding in enumerate(findings)
    ]
