"""What the rules themselves advise is clean: no good example and no suggested wording sets off another rule."""

from __future__ import annotations

import re

import msgspec

from replylint.engine import lint
from replylint.exampletest import judged_parts
from replylint.model import Brand, Draft, Example, Finding, Level, Rule, Rulebook

_QUOTED = re.compile("“([^”{}]+)”")  # what stands for the match is no wording of ours


def objections(example: Example, book: Rulebook, besides: str) -> list[Finding]:
    """What the other rules say of an example at warning or above, where nothing covers it."""
    return [
        finding
        for draft, scope, library in judged_parts(example)
        for finding in lint(draft, book, example.brand, draft.at, None, scope, library).findings
        if finding.level >= Level.warning and finding.rule != besides and not finding.covered_by
    ]


def rules_of(book: Rulebook) -> list[str]:
    return [rule.id for rule in book.rules]


def test_no_good_example_sets_off_another_rule(packaged: Rulebook) -> None:
    said = {
        f"{rule.id}: {example.text!r} sets off {finding.rule} at {finding.text!r}"
        for rule in packaged.rules
        for example in rule.good
        if example.text
        not in {bad.text for bad in rule.bad}  # a contrast is good in its context, and for this rule alone
        for finding in objections(example, packaged, rule.id)
    }
    assert said == set()


def test_no_suggested_wording_sets_off_another_rule(packaged: Rulebook) -> None:
    said = {
        f"{rule.id}: {words!r} sets off {finding.rule}"
        for rule in packaged.rules
        for words in _QUOTED.findall(rule.instead)
        for finding in lint(Draft(words.rstrip(" .…") + "."), packaged, Brand()).findings
        if finding.level >= Level.warning
    }
    assert said == set()


def fixed(rule: Rule, example: Example, book: Rulebook) -> Draft | None:
    """The first draft of an example with the rule's own edits applied; None where it has none."""
    draft = example.drafts[0]
    edits = [f.edit for f in lint(draft, book, example.brand, draft.at, {rule.id}).findings if f.edit]
    text = draft.text
    for start, end, replacement in sorted(edits, reverse=True):
        text = text[:start] + replacement + text[end:]
    return msgspec.structs.replace(draft, text=text) if edits else None


def test_fixes_mend_and_set_off_nothing_new(packaged: Rulebook) -> None:
    mended = set()
    for rule in (rule for rule in packaged.rules if rule.fix):
        for example in rule.bad:
            after = fixed(rule, example, packaged)
            if after is None:  # a match for which the rule has no rewording
                continue
            mended.add(rule.id)
            before = {f.rule for f in lint(example.drafts[0], packaged, example.brand, after.at).findings}
            new = {f.rule for f in lint(after, packaged, example.brand, after.at).findings if f.level >= Level.warning}
            assert rule.id not in new, after.text
            assert new <= before, after.text
    assert mended == {rule.id for rule in packaged.rules if rule.fix}
