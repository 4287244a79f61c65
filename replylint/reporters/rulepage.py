"""One rule as a page for people: what it objects to, why, what to write, who advises it, examples."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from replylint.confidence import in_words, measured
from replylint.facts import ABOUT
from replylint.model import (
    All,
    Any,
    AtLeast,
    Condition,
    Example,
    Level,
    MoreThan,
    Named,
    Not,
    Rule,
    Rulebook,
    Sender,
    Then,
    names,
)
from replylint.reporters import who
from replylint.reporters.escaping import logged
from replylint.slots import unfilled

_MOST_EXAMPLES = 4
_ONE_LINE = 90


def say(condition: Condition) -> str:
    """A condition in words."""
    match condition:
        case Named(name):
            return name
        case Not(All() | Any() as part):
            return f"not ({say(part)})"
        case Not(part):
            return f"not {say(part)}"
        case All(parts):
            return " and ".join(f"({say(part)})" if isinstance(part, Any) else say(part) for part in parts)
        case Any(parts):
            return " or ".join(f"({say(part)})" if isinstance(part, All) else say(part) for part in parts)
        case AtLeast(name, number):
            return f"{name} of at least {number:g}"
        case MoreThan(name, limit):
            return f"{name} above {limit}"
        case Then(first, then):
            return f"{first} and after it {then}"


def outline(condition: Condition, depth: int = 0) -> Iterator[tuple[int, str]]:
    """A condition as lines, each with how many steps it is set in; what is short is one line."""
    parts: tuple[Condition, ...] = ()
    match condition:
        case All(parts):
            heading = "all of these:"
        case Any(parts):
            heading = "any of these:"
        case Not(Any(parts)):
            heading = "none of these:"
        case Not(All(parts)):
            heading = "not all of these at once:"
    said = say(condition)
    if not parts or (len(said) <= _ONE_LINE and (" and " not in said or " or " not in said)):
        yield depth, said
        return
    yield depth, heading
    for part in parts:
        yield from outline(part, depth + 1)


def conditions(rule: Rule) -> Iterator[tuple[str, Condition]]:
    """What a rule asks for, each with a word before it."""
    for label, condition in (("Holds when", rule.when), ("Objects to", rule.forbid), ("Asks for", rule.require)):
        if condition:
            yield label, condition
    for level, condition in rule.levels:
        if condition:
            yield f"Is {_one(level)} where", condition


def show(rule: Rule, book: Rulebook, console: Console) -> None:
    origin = f", from {rule.origin}" if rule.origin else ""
    console.print(
        Text(rule.id, "bold"), Text(logged(f" {levels(rule)}, theme {rule.theme}, since {rule.since}{origin}"), "dim")
    )
    console.print()
    _block(console, "", rule.why)
    _block(console, "Instead: ", unfilled(rule.instead, rule))
    for name, option in rule.options.items():
        _block(console, f"Option {name}: ", f"{option.why} Default {option.default}.")
    console.print()
    _examples(console, "Bad", "red", rule.bad)
    _examples(console, "Good", "green", rule.good)
    for source in rule.sources:
        _block(console, "Advises otherwise: " if source.disagrees else "Advised by: ", who(source))
    for study in rule.research:
        year = f" ({study.year})" if study.year else ""
        _block(console, "Research: ", f"{study.measured} {study.authors}{year}, {study.source}.")
        if study.disagrees:
            _block(console, "It disagrees: ", study.disagrees)
    if rule.id in measured().rules:
        _block(console, "How right it is: ", " ".join(in_words(measured().rules[rule.id], measured().unlabelled)))
    if rule.lowered_from:
        _block(console, "", lowered(rule.lowered_from))
    _detail(rule, book, console)


def _detail(rule: Rule, book: Rulebook, console: Console) -> None:
    """When exactly the rule speaks, and what the names in it mean."""
    console.print()
    console.print(Text("In detail", "bold"))
    for label, condition in conditions(rule):
        (_, first), *rest = outline(condition)
        _block(console, f"{label}: ", first)
        for depth, line in rest:
            console.print(Padding(Text(f"- {line}"), (0, 0, 0, 2 * depth)))
    if rule.unknown == "soften":
        _block(console, "Where that is not known: ", "said as a suggestion, on a condition")
    if rule.covers:
        _block(console, "Covers: ", ", ".join(rule.covers))
    for name in looked_at(rule):
        about = book.signals[name].about if name in book.signals else ABOUT[name]
        console.print(Padding(Text.assemble((name, "italic"), f": {logged(about)}"), (0, 0, 0, 2)))


def shown(examples: tuple[Example, ...]) -> tuple[Example, ...]:
    """The plain ones: in a file they stand below the special cases."""
    return examples[-_MOST_EXAMPLES:]


def looked_at(rule: Rule) -> list[str]:
    """The signals and facts that the rule asks for, each once."""
    return list(dict.fromkeys(name for _, condition in conditions(rule) for name in names(condition)))


def levels(rule: Rule) -> str:
    """The rule's levels in words."""
    return " or ".join(level.name for level, _ in rule.levels) + ("" if rule.on else ", off by default")


def lowered(wanted: Level) -> str:
    """That a rule ships below the level which the advice would give it."""
    return f"The advice would make it {_one(wanted)}; until it is right often enough, it is less."


def _one(level: Level) -> str:
    return f"an {level.name}" if level is Level.error else f"a {level.name}"


def _block(console: Console, label: str, text: str) -> None:
    console.print(Text.assemble((label, "bold"), logged(text)))


def _examples(console: Console, label: str, style: str, examples: tuple[Example, ...]) -> None:
    for example in shown(examples):
        for draft in example.drafts:
            console.print(Text(label, f"bold {style}"))
            for message in draft.thread or ():
                who_said = "Customer" if message.sender == Sender.customer else message.sender.value.capitalize()
                private = " (in private)" if message.public is False else ""
                console.print(
                    Padding(Text.assemble((f"{who_said}{private}: ", "dim"), logged(message.text)), (0, 0, 0, 2))
                )
            if draft.text:
                reply = Text("Reply: ", "dim")
                start = len(reply)
                reply.append(logged(draft.text), "default not dim")
                for mark in example.marks:
                    reply.stylize(f"{style} underline", start + mark.start, start + mark.end)
                console.print(Padding(reply, (0, 0, 0, 2)))
    console.print()
