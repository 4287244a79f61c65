"""The output of `replylint signals`: every signal and fact of one draft, for people or a line of JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from rich.text import Text

from replylint.facts import FACTS
from replylint.model import Rulebook, Scene, Value
from replylint.reporters.escaping import harmless, one_line, to_json
from replylint.reporters.full import console_for
from replylint.sources import Located


def _of_draft(scene: Scene, rulebook: Rulebook) -> Iterator[tuple[str, Value]]:
    """The draft's signals that were found."""
    for name in rulebook.signals:
        if name.startswith("draft.") and (value := scene.value(name)).truth:
            yield name.removeprefix("draft."), value


def _customer(value: Value) -> dict[str, Any]:
    shown: dict[str, Any] = {"value": value.truth}
    if value.score is not None:
        shown["score"] = round(value.score, 3)
    if value.words:
        shown["words"] = value.words
    return shown


def write_jsonl(located: Located, scene: Scene, rulebook: Rulebook, out: TextIO) -> None:
    """One line a case; what the draft does not do is left out, what is unknown of the customer is null."""
    text = located.draft.text
    draft: dict[str, Any] = {}
    for name, value in _of_draft(scene, rulebook):
        places = [{"span": [start, end], "text": text[start:end]} for start, end in value.spans]
        draft[name] = places if value.score is None else {"value": round(value.score, 2)}
        if not places and value.score is None:
            draft[name] = True
    customer = {
        name.removeprefix("customer."): _customer(scene.value(name))
        for name in rulebook.signals
        if name.startswith("customer.")
    }
    facts = {name: scene.value(name).truth for name in FACTS}
    row = {"id": located.draft.id, "draft": draft, "customer": customer, "facts": facts}
    out.write(to_json(row) + "\n")


def write_full(located: Located, scene: Scene, rulebook: Rulebook, out: TextIO) -> None:
    console = console_for(out, "auto")
    text = harmless(located.draft.text)
    console.print(Text(one_line(f"{located.path} {located.draft.id}"), "bold"))
    for name, value in _of_draft(scene, rulebook):
        places = ", ".join(f"“{one_line(text[start:end])}” {start}-{end}" for start, end in value.spans)
        console.print(Text.assemble(("  draft.", "dim"), name, "  ", (places or f"{value.number:g}", "cyan")))
    for name in (name for name in rulebook.signals if name.startswith("customer.")):
        value = scene.value(name)
        if value.truth:
            score = "" if value.score is None else f"  {value.score:.2f}"
            words = ", ".join(f"“{one_line(word)}”" for word in value.words)
            console.print(
                Text.assemble(("  customer.", "dim"), name.removeprefix("customer."), score, "  ", (words, "magenta"))
            )
    for name in FACTS:
        truth = scene.value(name).truth
        console.print(Text(f"  {name}  {'unknown' if truth is None else str(truth).lower()}", "dim"))
