"""Which detectors must have hit for a signal to be found at all: where none of them did, it is false without a look."""

from __future__ import annotations

from collections.abc import Mapping

from replylint.detectors.plan import AllOf, AnyOf, Plan, ReaderPlan, Reference, Run, Textual, Tokens, Unless, Without
from replylint.model import Side

Needed = frozenset[int] | None  # None: it may be found whatever hit


def gates(plans: Mapping[str, Plan], readers: Mapping[Side, ReaderPlan]) -> dict[str, frozenset[int]]:
    """For each signal that can be told so, the detectors of its own side of which one must have hit."""
    known: dict[str, Needed] = {}

    def of_signal(name: str) -> Needed:
        if name not in known:
            known[name] = of_plan(plans[name], "draft" if name.startswith("draft.") else "customer")
        return known[name]

    def of_plan(plan: Plan, side: Side) -> Needed:
        match plan:
            case Textual(detector):
                return frozenset({detector})
            case Tokens(detector):
                return frozenset({readers[side].tokens[detector].gate})
            case Reference(name) | Run(name, _, _):
                return of_signal(name) if name.startswith(f"{side}.") else None
            case AnyOf(parts):
                found = [of_plan(part, side) for part in parts]
                return None if None in found else frozenset().union(*(part for part in found if part is not None))
            case AllOf(parts, _):
                sure = [part for part in (of_plan(part, side) for part in parts) if part is not None]
                return min(sure, key=len, default=None)
            case Without(part, _) | Unless(part, _):
                return of_plan(part, side)
            case _:
                return None

    return {name: needed for name in plans if (needed := of_signal(name)) is not None}
