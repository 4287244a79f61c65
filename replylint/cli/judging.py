"""Draft after draft: read, judged, placed in its file, masked. What `check` and `signals` run on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path

from msgspec import Struct

from replylint.cli.ignoring import Suppressions
from replylint.cli.inputs import Request, Settings, chosen_rules, files_of, located_drafts, time_of
from replylint.cli.linking import Links
from replylint.cli.remembering import Remembered, names_in
from replylint.cli.workers import Task, results
from replylint.engine import lint
from replylint.library import Texts
from replylint.masking import Mask
from replylint.model import Brand, Result, Rulebook, Scope
from replylint.rendering import RENDERING
from replylint.reporters import Judged
from replylint.reporters.escaping import logged
from replylint.sources import Located

_LONGEST_NAME = 50  # of the 60 characters that a message quotes


class Selection(Struct, frozen=True):
    """The words of --select, --ignore and --extend-select."""

    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    extend: Sequence[str] = ()


def judge(request: Request, selection: Selection, unmasked: bool) -> Iterator[Judged]:
    """Lints every draft that was asked for, in the order of the files; last what only all of them together tell."""
    settings = Settings(request)
    now = time_of(request.now, "--now")
    suppressions = Suppressions((now or datetime.now(timezone.utc)).date(), None if unmasked else Mask(()))
    texts, links = Texts(), Links(request, settings)
    together: list[Task] = []
    last: tuple[Rulebook, Brand, frozenset[str]] | None = None

    def choose(rulebook: Rulebook, brand: Brand) -> frozenset[str]:
        """The rules for a draft; mostly those of the draft before, whose settings are the same."""
        nonlocal last
        if last is None or last[0] is not rulebook or last[1] is not brand:
            rules = chosen_rules(rulebook, brand, selection.select, selection.ignore, selection.extend)
            last = (rulebook, brand, rules)
        return last[2]

    def task(located: Located, brand: Brand) -> Task:
        rulebook = settings.rulebook(brand)
        chosen = choose(rulebook, brand)
        held = suppressions.of(located, brand, rulebook, chosen)
        active = suppressions.active(held)
        # What is ignored is judged in any case, so that it can be told whether there is something to ignore
        rules = chosen.union(*(ignore.rules for ignore in active)) if active else chosen
        return Task(located, brand, rulebook, chosen, rules, active, held)

    def judged(task: Task, result: Result, scope: Scope) -> Iterator[Judged]:
        located, brand, rulebook = task.located, task.brand, task.rulebook
        if task.held and (scope != "library" or not request.paths):  # a part of the library can't tell what all would
            kind = located.draft.kind
            able = {rule.id for rule in rulebook.rules if scope in rule.scope and kind in rule.applies}
            if kind == "macro" and scope == "draft":
                able.add(RENDERING)
            suppressions.note(task.held, result, able)
        mask = None if unmasked else mask_of([located], rulebook, brand, task.known.names if task.known else None)
        yield Judged(located, result, mask, scope, rulebook)
        if located.scope == scope:
            yield from suppressions.sent(located, brand, task.chosen, task.active)

    remembered = Remembered(request.cache, now)
    tasks = (
        remembered.recall(task(links.filled(located), brand)) for located, brand in located_drafts(request, settings)
    )
    for one, result in results(tasks, request.jobs, now, request.cache, request.examples):
        remembered.note(one, result)
        yield from judged(one, result, one.scope)
        if _is_macro(one) or (one.located.message_index is not None and texts.add_reply(one.located.draft)):
            together.append(one)
    remembered.keep()
    for one, result in _of_library(together, texts, remembered, now):
        yield from judged(one, result, "library")
    yield from suppressions.left(whole=not request.paths)


def _is_macro(task: Task) -> bool:
    return task.located.draft.kind == "macro"


def _of_library(
    tasks: Sequence[Task], texts: Texts, remembered: Remembered, now: datetime | None
) -> Iterator[tuple[Task, Result]]:
    """What the rules say that look at all texts of the run. `texts`: the replies among them."""
    only_macros = all(map(_is_macro, tasks)) and not texts.has_replies
    known = remembered.recall_library(tasks) if only_macros else None
    if known is not None:
        yield from zip(tasks, known, strict=True)
        return
    for located in (task.located for task in tasks if _is_macro(task)):
        texts.add_macro(located.draft, located.draft.id or _short(located.path))
    results = []
    for one in tasks:
        result = lint(one.located.draft, one.rulebook, one.brand, now, one.rules, "library", texts, one.active)
        results.append(result)
        yield one, result
    if only_macros:
        remembered.note_library(tasks, results)


def _short(path: str) -> str:
    """A file as a message has room for it: of a long path its end, which tells it from others."""
    return path if len(path) <= _LONGEST_NAME else "…/" + "/".join(Path(path).parts[-2:])


def mask_of(drafts: Sequence[Located], rulebook: Rulebook, brand: Brand, known: Sequence[str] | None = None) -> Mask:
    """Hides names, too: those of the threads' authors, and whom the drafts address, unless that is known."""

    def names() -> Iterator[str]:
        for draft in (located.draft for located in drafts):
            yield from (message.name for message in draft.thread or () if message.name)
            yield from names_in(draft, rulebook, brand) if known is None else known

    return Mask(names())


def show_names_of_files(request: Request) -> None:
    for wanted in files_of(request, Settings(request)):
        print(logged(str(wanted.path)).replace("\n", " "))


def sizes_of_files(request: Request) -> dict[str, int]:
    """How long each file is that was asked for, in bytes."""
    return {str(wanted.path): wanted.path.stat().st_size for wanted in files_of(request, Settings(request))}
