"""A page for each rule, from its file, and the table of all rules."""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path

from docs.markdown import code, lines, plain, table, with_links
from replylint.confidence import in_words, measured
from replylint.facts import ABOUT
from replylint.model import (
    BRAND_LISTS,
    Brand,
    Condition,
    Draft,
    Example,
    Kind,
    Option,
    Rule,
    Rulebook,
    Scope,
    Sender,
    Span,
    Study,
)
from replylint.reporters import HOME, who
from replylint.reporters.rulepage import conditions, levels, looked_at, lowered, outline, shown
from replylint.rulebook import packaged_rules
from replylint.slots import unfilled

_SEEN: dict[Scope, str] = {
    "draft": "each reply",
    "conversation": "whole conversations",
    "library": "all macros, or all conversations, of a run",
}
_INDEX = """# Rules

Made from the rule files by `python -m docs`. `replylint explain RULE` shows the same at a terminal. An **error** says do not send this, a
**warning** fix it unless you know better; a **suggestion** is counted and shown with `-v`.
"""
_KINDS: dict[tuple[Kind, ...], str] = {("draft",): "drafts only", ("macro",): "macros only"}


def pages(book: Rulebook) -> dict[str, str]:
    """File names and texts."""
    return {"index.md": _index(book), **{f"{rule.id}.md": page(rule, book) for rule in book.rules}}


def _index(book: Rulebook) -> str:
    parts = [_INDEX]
    for theme, rules in groupby(book.rules, key=lambda rule: rule.theme):
        rows = ([f"[{rule.id}]({rule.id}.md)", levels(rule), plain(rule.why)] for rule in rules)
        parts.append(f"## {theme}\n\n{table(['rule', 'level', 'why'], rows)}")
    return "\n".join(parts)


def page(rule: Rule, book: Rulebook) -> str:
    """One rule, whole."""
    parts = [
        f"# {rule.id}\n\n{plain(levels(rule))} · theme {rule.theme} · since {rule.since}\n",
        f"{plain(rule.why)}\n",
        f"**It says:** {plain(unfilled(rule.message, rule))}\n",
        f"**Where it can't be sure:** {plain(unfilled(rule.softened, rule))}\n"
        if rule.softened not in ("", rule.message)
        else "",
        f"**Instead:** {plain(unfilled(rule.instead, rule))}\n",
        _options(rule),
        f"## Bad\n\n{_examples(rule.bad)}",
        f"## Good\n\n{_examples(rule.good)}",
        f"## Who advises it\n\n{_advice(rule)}",
        f"## How right it is\n\n{_figures(rule)}",
        f"## When it speaks\n\n{_conditions(rule, book)}",
        _switch(rule),
    ]
    return "\n".join(part for part in parts if part)


def _condition(label: str, condition: Condition) -> str:
    """A condition as a list, with lists inside it."""
    (_, first), *rest = outline(condition)
    return "\n".join([f"{label} {plain(first)}", *("    " * depth + f"- {plain(line)}" for depth, line in rest)])


def _conditions(rule: Rule, book: Rulebook) -> str:
    said = [
        *(_condition(label, condition) for label, condition in conditions(rule)),
        f"Looks at {' and '.join(_SEEN[scope] for scope in rule.scope)}"
        + (f", {_KINDS[rule.applies]}." if rule.applies in _KINDS else "."),
    ]
    if rule.when:
        said.append(
            "Where the condition is not known, it is said as a suggestion, on a condition."
            if rule.unknown == "soften"
            else "Where the condition is not known, the rule is counted as not evaluated."
        )
    covered_by = [other.id for other in book.rules if rule.id in other.covers]
    if rule.covers:
        said.append(f"On the same words it is shown in place of {_links(rule.covers)}.")
    if covered_by:
        said.append(f"On the same words {_links(covered_by)} is shown in its place.")
    names = [f"- {_named(name, book)}\n" for name in looked_at(rule)]
    return "\n".join(f"- {line}" for line in said if line) + "\n\nWhat it looks at:\n\n" + "".join(names)


def _named(name: str, book: Rulebook) -> str:
    if name in book.signals:
        return f"[{name}](../signals.md#{name}): {plain(book.signals[name].about)}"
    return f"[{name}](../writing-rules.md#facts): {plain(ABOUT[name])}"


def _links(rules: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"[{rule}]({rule}.md)" for rule in rules)


def _options(rule: Rule) -> str:
    if not rule.options:
        return ""
    rows = ([code(name), _value(option), plain(option.why)] for name, option in rule.options.items())
    return f"## Options\n\n{table(['option', 'default', 'why'], rows)}"


def _examples(examples: tuple[Example, ...]) -> str:
    return "\n<!-- -->\n\n".join(_example(example) for example in shown(examples))


def _example(example: Example) -> str:
    said = []
    for draft in example.drafts:
        if around := _around(draft, example.brand):
            said.append(f"<em>{plain(around)}</em>")
        for message in draft.thread or ():
            sender = "Customer" if message.sender == Sender.customer else message.sender.value.capitalize()
            private = " (in private)" if message.public is False else ""
            said.append(f"{sender}{private}: {lines(message.text)}")
        if draft.text:
            said.append(f"**Reply:** {_marked(draft.text, example.marks)}")
    return "".join(f"> {line}\n" if index == 0 else f">\n> {line}\n" for index, line in enumerate(said))


def _around(draft: Draft, brand: Brand) -> str:
    """Where the example plays, as far as it is told."""
    said = [
        f"On {draft.channel}" if draft.channel else "",
        "" if draft.public is None else "In public" if draft.public else "In private",
        "Macro" if draft.kind == "macro" else "",
        f"At {draft.at:%Y-%m-%d %H:%M}" if draft.at else "",
    ]
    for key in ("voice", "signs", "serves_here", "response_target", "length", "help_desk", *BRAND_LISTS):
        value = getattr(brand, key)
        if value not in (None, "", ()):
            said.append(f"{key}: {', '.join(value) if isinstance(value, tuple) else str(value).lower()}")
    for rule, choice in brand.rules.items():
        said.append(f"{rule}: {', '.join(f'{name} {value}' for name, value in choice.options.items()) or choice.level}")
    return "; ".join(part for part in said if part)


def _marked(text: str, marks: tuple[Span, ...]) -> str:
    """The reply with the expected places in bold."""
    parts, end = [], 0
    for mark in marks:
        parts += [lines(text[end : mark.start]), f"<strong>{lines(text[mark.start : mark.end])}</strong>"]
        end = mark.end
    return "".join([*parts, lines(text[end:])])


def _advice(rule: Rule) -> str:
    advised = [
        f"- {'Advises otherwise: ' if source.disagrees else ''}{plain(who(source))}\n" for source in rule.sources
    ]
    return "".join(advised) + "".join(_study(study) for study in rule.research)


def _study(study: Study) -> str:
    year = f" ({study.year})" if study.year else ""
    disagrees = f" It disagrees: {plain(study.disagrees)}" if study.disagrees else ""
    return f"- Research: {plain(study.measured)} {plain(study.authors)}{year}, {with_links(study.source)}.{disagrees}\n"


def _figures(rule: Rule) -> str:
    figures = measured().rules.get(rule.id)
    if figures is None:
        return "Not measured yet.\n"
    said = in_words(figures, measured().unlabelled)
    if rule.lowered_from:
        said = [*said, lowered(rule.lowered_from)]
    return f"{plain(' '.join(said))}\n"


def _switch(rule: Rule) -> str:
    """How to change it in the settings, with its first option where it has one."""
    other = "off" if rule.on else "on"
    settings = [f"rules: {{{rule.id}: {other}}}"]
    for name, option in list(rule.options.items())[:1]:
        settings.append(f"# or\nrules: {{{rule.id}: {{{name}: {_value(option)}}}}}")
    folder = Path(os.path.relpath(rule.path, packaged_rules())).as_posix()
    return (
        "## Settings\n\n```yaml\n"
        + "\n".join(settings)
        + f"\n```\n\nIts file: [rules/{folder}]({HOME}/blob/main/rules/{folder})\n"
    )


def _value(option: Option) -> str:
    return f"{option.default:g}" if isinstance(option.default, float) else str(option.default)
