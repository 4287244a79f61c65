"""Runs the examples of rules and signals: each bad one must be found at its marks, each good one must not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct

from replylint.cases import replies
from replylint.context import Context
from replylint.engine import lint
from replylint.library import Texts
from replylint.model import Draft, Example, Finding, Rule, Rulebook, Scope, Signal, Span


class Outcome(Struct):
    """What came of some examples."""

    examples: int = 0
    failures: list[str] = []
    todo: list[str] = []


class Check(NamedTuple):
    """One example of a rule or signal. `expected` None: not found yet."""

    of: Rule | Signal
    kind: str
    example: Example
    expected: bool | None


def checks(rulebook: Rulebook) -> list[Check]:
    """All examples, in the order of their files."""
    groups: list[tuple[Rule | Signal, str, Iterable[Example], bool | None]] = []
    for rule in rulebook.rules:
        groups += ((rule, "bad", rule.bad, True), (rule, "good", rule.good, False), (rule, "todo", rule.todo, None))
    for signal in rulebook.signals.values():
        groups += ((signal, "hits", signal.hits, True), (signal, "misses", signal.misses, False))
        groups.append((signal, "todo", signal.todo, None))
    return [Check(of, kind, example, expected) for of, kind, examples, expected in groups for example in examples]


def run(some: Iterable[Check], rulebook: Rulebook) -> Outcome:
    outcome = Outcome()
    for check in some:
        spans_of = _spans_of_rule if isinstance(check.of, Rule) else _spans_of_signal
        _note(outcome, check, spans_of(check.of, check.example, rulebook))  # type: ignore[arg-type]
    return outcome


def _spans_of_rule(rule: Rule, example: Example, rulebook: Rulebook) -> list[Span] | None:
    """Where the rule objects; None where it does not object at all."""
    found = list(findings_of(rule, example, rulebook))
    return [finding.span for finding in found if finding.span] if found else None


def findings_of(rule: Rule, example: Example, rulebook: Rulebook) -> Iterator[Finding]:
    """What one rule says of an example."""
    for draft, scope, library in judged_parts(example):
        if scope in rule.scope:
            yield from lint(draft, rulebook, example.brand, draft.at, {rule.id}, scope, library).findings


def judged_parts(example: Example) -> list[tuple[Draft, Scope, Texts | None]]:
    """What of an example is judged: its draft; each reply of a conversation, and the whole; each macro, alone and in its library."""
    texts = Texts()
    parts: list[tuple[Draft, Scope, Texts | None]] = []
    for draft in example.drafts:
        if example.scope == "conversation":
            parts += [(reply, "draft", None) for _, reply in replies(draft)]
        if example.scope == "library":
            texts.add_macro(draft, draft.id)
            parts.append((draft, "draft", None))
        parts.append((draft, example.scope, texts if example.scope == "library" else None))
    return parts


def _spans_of_signal(signal: Signal, example: Example, rulebook: Rulebook) -> list[Span] | None:
    draft, _, library = judged_parts(example)[-1]
    value = Context(draft, rulebook, example.brand, library=library).value(signal.name)
    return list(value.spans) if value.truth else None


def _note(outcome: Outcome, check: Check, spans: list[Span] | None) -> None:
    outcome.examples += 1
    example, expected = check.example, check.expected
    name = f"{check.of.path}: {check.kind}: {_excerpt(example)}"
    if expected is None:
        (outcome.todo if spans is None else outcome.failures).append(
            name if spans is None else f"{name}\n    found now: move it from todo"
        )
    elif expected and spans is None:
        outcome.failures.append(f"{name}\n    not found")
    elif not expected and spans is not None:
        outcome.failures.append(f"{name}\n    found{''.join(_quoted(example, spans))}, and should not be")
    elif expected and example.marks and list(example.marks) != spans:
        marked, found = "".join(_quoted(example, example.marks)), "".join(_quoted(example, spans or ()))
        outcome.failures.append(f"{name}\n    found{found or ' no place'}, expected{marked}")


def _excerpt(example: Example) -> str:
    said = example.text or " / ".join(message.text for draft in example.drafts for message in draft.thread or ())
    return " ".join(said.split())[:100]


def _quoted(example: Example, spans: object) -> Iterator[str]:
    for start, end in spans:  # type: ignore[attr-defined]
        yield f" “{example.text[start:end]}” ({start}-{end})"
