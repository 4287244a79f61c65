"""Which detectors must have hit for a signal to be found, or a rule to speak: where none of them did, nobody need look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from replylint.detectors.plan import (
    AllOf,
    AnyOf,
    Data,
    Installed,
    Mood,
    Plan,
    ReaderPlan,
    Reference,
    Run,
    Textual,
    Tokens,
    Unless,
    Without,
)
from replylint.model import All, Any, AtLeast, Condition, MoreThan, Named, Rule, Side, Then

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
                return _union(of_plan(part, side) for part in parts)
            case AllOf(parts, _):
                return _smallest(of_plan(part, side) for part in parts)
            case Without(part, _) | Unless(part, _):
                return of_plan(part, side)
            case _:
                return None

    return {name: needed for name in plans if (needed := of_signal(name)) is not None}


def rule_gates(rules: Iterable[Rule], signals: Mapping[str, frozenset[int]], side: Side) -> dict[str, frozenset[int]]:
    """For each rule that can be told so, the detectors of a side of which one must have hit: else it has nothing to say.

    `signals`: the gates of the signals. The customer's hold only where the customer's words are known and English.
    """

    def of_condition(condition: Condition) -> Needed:
        match condition:
            case Named(name):
                return signals.get(name) if name.startswith(f"{side}.") else None
            case AtLeast(name, number) if number > 0:
                return of_condition(Named(name))
            case MoreThan(name, float() | int() as number) if number >= 0:
                return of_condition(Named(name))
            case Then(first, then):
                return _smallest([of_condition(Named(first)), of_condition(Named(then))])
            case All(parts):
                return _smallest(map(of_condition, parts))
            case Any(parts):
                return _union(map(of_condition, parts))
            case _:
                return None

    found = {}
    for rule in rules:
        gate = _smallest(of_condition(condition) for condition in (rule.forbid, rule.when) if condition is not None)
        if gate is not None:
            found[rule.id] = gate
    return found


def of_one_text(plans: Mapping[str, Plan]) -> frozenset[str]:
    """The signals that a text holds whoever reads it, in whatever thread: they are found once a text."""
    known: dict[str, bool] = {}

    def of_signal(name: str) -> bool:
        if name not in known:
            known[name] = of_plan(plans[name], name)
        return known[name]

    def of_plan(plan: Plan, owner: str) -> bool:
        match plan:
            case Textual() | Tokens() | Mood() | Data() | Installed():
                return True
            case Reference(name) | Run(name, _, _):
                return name.partition(".")[0] == owner.partition(".")[0] and of_signal(name)
            case AnyOf(parts):
                return all(of_plan(part, owner) for part in parts)
            case AllOf(parts, within_sentence):
                return not within_sentence and all(of_plan(part, owner) for part in parts)
            case Without(part, other) | Unless(part, other):
                return of_plan(part, owner) and of_plan(other, owner)
            case _:
                return False

    return frozenset(name for name in plans if of_signal(name))


def _smallest(gates: Iterable[Needed]) -> Needed:
    return min((gate for gate in gates if gate is not None), key=len, default=None)


def _union(gates: Iterable[Needed]) -> Needed:
    found = list(gates)
    return None if None in found else frozenset().union(*(gate for gate in found if gate is not None))
