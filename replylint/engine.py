"""Judges one draft: (draft, rulebook, brand) -> findings. The one gate for levels, unknowns, ignores and order."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

import msgspec

from replylint.branches import follow, has_tags, together
from replylint.context import OTHER_LANGUAGE, Context, Limits, evaluate
from replylint.covering import cover
from replylint.facts import OF_EACH_TURN, channel_length
from replylint.linked import fill, in_macro
from replylint.model import (
    ENGLISH,
    Brand,
    Choice,
    Draft,
    Edit,
    Evidence,
    Finding,
    Fix,
    Ignore,
    Level,
    Library,
    NotEvaluated,
    Result,
    Rule,
    Rulebook,
    Scope,
    Span,
    Value,
    names,
)
from replylint.notices import level_of
from replylint.rendering import RENDERING, rendering
from replylint.wording import Slots

LONGEST = 100_000  # characters: what is longer is a book and no reply
_DEFAULT = Choice()
_SENTENCE_ENDS = ("", ".", "!", "?", "\n")


def lint(
    draft: Draft,
    rulebook: Rulebook,
    brand: Brand,
    now: datetime | None = None,
    selected: Collection[str] | None = None,
    scope: Scope = "draft",
    library: Library | None = None,
    ignores: Collection[Ignore] | None = None,
) -> Result:
    """Every rule of that scope over one draft, or one whole conversation. `library`: what rules of that scope look at.

    `selected` None: the rules that are on by default or in the settings. `ignores`: what is agreed for this draft; None:
    what the settings say of it.
    """
    ignored = {id for entry in (agreed(brand, draft, now) if ignores is None else ignores) for id in entry.rules}

    def judged(one: Draft) -> Result:
        return _lint(one, rulebook, brand, now, selected, scope, library, ignored)

    if draft.links and draft.kind == "macro" and scope == "draft":
        filled = fill(draft)
        whole = msgspec.structs.replace(draft, text=filled.text, links=())
        found = lint(whole, rulebook, brand, now, selected, scope, library, ignores)
        return in_macro(found, filled, draft.text)
    if draft.kind == "macro" and scope == "draft" and has_tags(draft.text) and (texts := follow(draft.text)):
        drafts = ((text, msgspec.structs.replace(draft, text=text.text)) for text in texts if text.text.strip())
        result = together(
            draft, ((text, judged(one)) for text, one in drafts), lambda id: rulebook.rule(id).require is not None
        )
        return msgspec.structs.replace(result, findings=tuple(sorted(result.findings, key=_order)))
    return judged(draft)


def _lint(
    draft: Draft,
    rulebook: Rulebook,
    brand: Brand,
    now: datetime | None,
    selected: Collection[str] | None,
    scope: Scope,
    library: Library | None,
    ignored: Collection[str],
) -> Result:
    """One text as it stands."""
    context = Context(draft, rulebook, brand, now, library=library)
    rules = [rule for rule in rulebook.rules if _runs(rule, draft, brand, selected, scope)]
    beside = scope == "draft" and runs_beside(RENDERING, brand, selected)
    if (rules or beside) and scope == "draft" and (needs := _why_not(context)):
        return Result(not_evaluated=(NotEvaluated("all", needs, draft.id),))
    findings: list[Finding] = []
    not_evaluated: list[NotEvaluated] = []
    for rule in _that_may_speak(rules, context) if scope == "draft" and not draft.given else rules:
        by_turns = scope == "conversation" and _is_of_turns(rule)
        for outcome in _judge_turns(rule, context) if by_turns else _judge(rule, context):
            (findings if isinstance(outcome, Finding) else not_evaluated).append(outcome)  # type: ignore[arg-type]
    if beside:
        findings += rendering(context, level_of(RENDERING, brand))
    kept = [finding for finding in findings if finding.rule not in ignored]
    suppressed = [finding for finding in findings if finding.rule in ignored]
    return Result(
        tuple(sorted(cover(kept, rulebook), key=_order)), tuple(not_evaluated), tuple(sorted(suppressed, key=_order))
    )


def _that_may_speak(rules: Sequence[Rule], context: Context) -> Iterator[Rule]:
    """Those rules for which one of the detectors hit that they need; the others have nothing to say."""
    gates = context.rulebook.gates
    ours, theirs = gates.get("draft", {}), gates.get("customer", {})
    draft, customer = context.judged("draft"), context.judged("customer")
    for rule in rules:
        if draft is not None and rule.id in ours and not draft.any_hit(ours[rule.id]):
            continue
        if customer is None or rule.id not in theirs or customer.any_hit(theirs[rule.id]):
            yield rule


def _runs(rule: Rule, draft: Draft, brand: Brand, selected: Collection[str] | None, scope: Scope) -> bool:
    if scope not in rule.scope or draft.kind not in rule.applies:
        return False
    return rule.id in selected if selected is not None else brand.rules.get(rule.id, Choice(on=rule.on)).on


def runs_beside(id: str, brand: Brand, selected: Collection[str] | None) -> bool:
    """Whether a check outside the catalogue of rules runs: it obeys the settings and --select as rules do."""
    return id in selected if selected is not None else brand.rules.get(id, _DEFAULT).on


def _why_not(context: Context) -> str:
    """Why no rule can judge this draft; empty where they can."""
    if not context.draft.text.strip():
        return "words: the draft is empty"
    if max(len(context.draft.text), *(len(message.text) for message in context.draft.thread or ()), 0) > LONGEST:
        return f"a text of at most {LONGEST:,} characters"
    if context.value("reply.english").truth is False:
        return ENGLISH
    return "the other parts of this reply" if context.value("reply.part").truth else ""


def _judge(rule: Rule, context: Context) -> Iterator[Finding | NotEvaluated]:
    """What one rule says. Kleene: what is forbidden and not there, or required and there, needs no condition."""
    limits = _limits(rule, context)
    condition = rule.forbid or rule.require
    assert condition is not None
    if rule.require and context.draft.kind == "macro" and not context.value("reply.whole").truth:
        return  # a fragment owes nothing
    # Most replies are let off by the condition where something may be missing, and by not having it where it is forbidden
    when = evaluate(rule.when, context, limits) if rule.when and rule.require else Value(True)
    if when.truth is False:
        return
    what = evaluate(condition, context, limits, places=rule.forbid is not None)
    if rule.require and what.truth is False and _may_hold_it(context):
        what = Value(None, needs="what the macro's placeholders are filled with")
    harmless = rule.forbid is None  # the truth with which there is nothing to say
    if what.truth is harmless:
        return
    if rule.when and rule.forbid:
        when = evaluate(rule.when, context, limits)
    if when.truth is False:
        return
    # A customer who wrote in another language is no unknown customer: there is a condition, and nobody here can read it
    is_skipped = rule.unknown == "skip" or when.needs == OTHER_LANGUAGE.needs
    if what.truth is None or (when.truth is None and is_skipped):
        yield NotEvaluated(rule.id, what.needs or when.needs, context.draft.id)
        return
    level = _level(rule, context, limits, softened=when.truth is None)
    spans: tuple[Span | None, ...] = what.spans if rule.forbid and what.spans else (_place(rule, context),)
    for span in spans:
        yield _finding(rule, context, span, level, when.truth is None, limits)


def _may_hold_it(context: Context) -> bool:
    """Whether a macro has a placeholder or a branch, so that what is missing may come when it is sent."""
    return context.draft.kind == "macro" and any(
        context.value(name).truth for name in ("draft.placeholder", "draft.branch")
    )


def _is_of_turns(rule: Rule) -> bool:
    conditions = (rule.when, rule.forbid, rule.require)
    return any(OF_EACH_TURN.intersection(names(condition)) for condition in conditions if condition)


def _judge_turns(rule: Rule, context: Context) -> Iterator[Finding | NotEvaluated]:
    """What one rule says of each turn of a customer; the place is that turn."""
    for index, turn in context.turns():
        for outcome in _judge(rule, turn):
            is_finding = isinstance(outcome, Finding)
            yield msgspec.structs.replace(outcome, message_index=index) if is_finding else outcome


def _limits(rule: Rule, context: Context) -> Limits:
    """The named limits, and the rule's own options."""
    if context.limits is None:
        context.limits = _named_limits(context)
    if not rule.options:
        return context.limits
    chosen = context.brand.rules.get(rule.id, _DEFAULT).options
    return {**context.limits, **{name: chosen.get(name, option.default) for name, option in rule.options.items()}}


def _named_limits(context: Context) -> Limits:
    brand, most = context.brand, channel_length(context)
    return {
        "brand.reading_grade": brand.reading_grade,
        "brand.length": math.inf if brand.length is None else brand.length,
        **({} if most is None else {"channel.length": most}),
    }


def _level(rule: Rule, context: Context, limits: Limits, softened: bool) -> Level:
    """The one gate: softened and too new rules are suggestions, the settings come before the rule's own word."""
    if softened or is_newer(rule.since, context.brand.rules_as_of):
        return Level.suggestion
    chosen = context.brand.rules.get(rule.id, _DEFAULT).level
    if chosen is not None:
        return chosen
    for level, condition in rule.levels:
        if condition is None or evaluate(condition, context, limits).truth:
            return level
    return rule.levels[-1][0]


def is_newer(version: str, than: str) -> bool:
    """Whether a rule came after the version that the settings hold on to."""
    return bool(than) and [int(n) for n in version.split(".")] > [int(n) for n in than.split(".")]


def _place(rule: Rule, context: Context) -> Span | None:
    """For something missing: the place of the signal that the rule names, else None."""
    if "." in rule.place:
        spans = context.value(rule.place).spans
        return spans[0] if spans else None
    return None


def _finding(rule: Rule, context: Context, span: Span | None, level: Level, softened: bool, limits: Limits) -> Finding:
    text = context.draft.text[span.start : span.end] if span else ""
    slots = Slots(text, context, limits)
    return Finding(
        rule=rule.id,
        level=level,
        span=span,
        text=text,
        message=slots.fill(rule.softened if softened else rule.message),
        instead=slots.fill(rule.instead),
        source=next((source for source in rule.sources if not source.disagrees), rule.sources[0]),
        id=context.draft.id,
        place="match" if span else rule.place,
        evidence=() if softened else tuple(_evidence(rule.asks, context)),
        edit=_edit(rule.fix, span, text, slots) if span and _fits(rule.fix, span, context) else None,
        fix_is_safe=bool(rule.fix and rule.fix.safe),
    )


def _evidence(asked: Iterable[str], context: Context) -> Iterator[Evidence]:
    for name in asked:
        value = context.value(name)
        if value.truth:
            yield Evidence(name, None if value.score is None else round(value.score, 2), value.words)


def _fits(fix: Fix | None, span: Span, context: Context) -> bool:
    return not (fix and fix.only) or bool(span.among(context.value(fix.only).spans))


def _edit(fix: Fix | None, span: Span, text: str, slots: Slots) -> Edit | None:
    if fix is None:
        return None
    replacement = slots.fill(fix.replace)
    before = slots.context.draft.text[: span.start].rstrip(" ")
    begins = before[-1:] in _SENTENCE_ENDS or before.rpartition(" ")[2].startswith(("@", "http"))
    if text[:1].isupper() and (text[1:2].islower() or begins):
        replacement = replacement[:1].upper() + replacement[1:]
    return Edit(span.start, span.end, replacement)


def agreed(brand: Brand, draft: Draft, now: datetime | None) -> tuple[Ignore, ...]:
    """What the settings ignore in a macro, for as long as that was agreed."""
    mine = (entry for entry in brand.ignore if entry.macro == draft.id)
    return tuple(entry for entry in mine if not (entry.until and now and now.date() > entry.until))


def _order(finding: Finding) -> tuple[int, int, int, str]:
    start = finding.span.start if finding.span else (1 << 60 if finding.place == "end" else -1)
    return (start, -finding.level, finding.span.end if finding.span else 0, finding.rule)
