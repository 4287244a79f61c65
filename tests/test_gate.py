from __future__ import annotations

import msgspec

from replylint.detectors.gate import of_one_text, rule_gates
from replylint.detectors.plan import AllOf, AnyOf, Mood, Plan, Reference, Textual, Without
from replylint.engine import lint
from replylint.model import All, Any, AtLeast, Brand, Condition, Draft, MoreThan, Named, Not, Rule, Rulebook, Then

SIGNALS = {"draft.a": frozenset({1}), "draft.b": frozenset({2, 3}), "customer.c": frozenset({4})}


def gate_of(rule: Rule, forbid: Condition, when: Condition | None = None) -> frozenset[int] | None:
    changed = msgspec.structs.replace(rule, forbid=forbid, require=None, when=when)
    return rule_gates([changed], SIGNALS, "draft").get(rule.id)


def test_what_a_rule_needs_of_the_draft(small: Rulebook) -> None:
    rule = small.rules[0]
    a, b, c = Named("draft.a"), Named("draft.b"), Named("customer.c")
    assert gate_of(rule, a) == {1}
    assert gate_of(rule, Any((a, b))) == {1, 2, 3}
    assert gate_of(rule, Any((a, c))) is None
    assert gate_of(rule, All((b, a, c))) == {1}
    assert gate_of(rule, Then("draft.b", "draft.a")) == {1}
    assert gate_of(rule, AtLeast("draft.b", 2)) == {2, 3}
    assert gate_of(rule, MoreThan("draft.b", 1)) == {2, 3}
    assert gate_of(rule, b, when=a) == {1}


def test_what_holds_where_nothing_was_found_needs_nothing(small: Rulebook) -> None:
    rule = small.rules[0]
    assert gate_of(rule, Not(Named("draft.a"))) is None
    assert gate_of(rule, AtLeast("draft.a", 0)) is None
    assert gate_of(rule, MoreThan("draft.a", -1)) is None
    assert gate_of(rule, MoreThan("draft.a", "most")) is None
    assert gate_of(rule, Named("customer.c")) is None


def test_what_looks_at_more_than_its_text_is_no_signal_of_one_text() -> None:
    plans: dict[str, Plan] = {
        "draft.plain": Without(AnyOf((Textual(1), Mood("upset"))), Reference("draft.other")),
        "draft.other": Textual(2),
        "draft.joined": AllOf((Textual(1), Reference("customer.said")), False),
        "draft.leaning": AnyOf((Textual(1), Reference("draft.joined"))),
        "customer.said": Textual(3),
    }
    assert of_one_text(plans) == {"draft.plain", "draft.other", "customer.said"}


def without_gates(rulebook: Rulebook) -> Rulebook:
    signals = {
        name: msgspec.structs.replace(signal, gate=None, of_one_text=False) for name, signal in rulebook.signals.items()
    }
    return msgspec.structs.replace(rulebook, gates={}, signals=signals)


def test_gates_change_no_finding(packaged: Rulebook) -> None:
    slow = without_gates(packaged)
    examples = [e for rule in packaged.rules for e in (*rule.bad[:1], *rule.good[:1]) if e.scope == "draft"]
    assert len(examples) > 50
    for example in examples:
        for draft in example.drafts:
            assert lint(draft, packaged, example.brand) == lint(draft, slow, example.brand)


def test_what_a_macro_says_of_itself_stands_for_what_was_not_found(packaged: Rulebook) -> None:
    slow = without_gates(packaged)
    for text in ("Hi Ann, it is on its way to you. Best, Jo", "Please call us on 0800 555 0199."):
        for name in ("draft.redirect", "draft.link", "draft.apology"):
            draft = Draft(text, kind="macro", given=((name, True), ("customer.upset", True)))
            assert lint(draft, packaged, Brand()) == lint(draft, slow, Brand())
            plain = msgspec.structs.replace(draft, given=())
            assert lint(plain, packaged, Brand()) == lint(plain, slow, Brand())
