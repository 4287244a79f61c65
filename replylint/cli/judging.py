"""Draft after draft: read, judged, placed in its file, masked. What `check` and `signals` run on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from replylint.cli.inputs import Request, Settings, chosen_rules, files_of, located_drafts, time_of
from replylint.context import Context
from replylint.engine import lint
from replylint.masking import Mask
from replylint.model import Brand, Finding, Rulebook
from replylint.reporters import Judged
from replylint.sources import Located


class Selection(Struct, frozen=True):
    """The words of --select, --ignore and --extend-select."""

    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    extend: Sequence[str] = ()


def judge(request: Request, selection: Selection, unmasked: bool) -> Iterator[Judged]:
    """Lints every draft that was asked for, in the order of the files."""
    settings = Settings(request)
    now = time_of(request.now, "--now")
    for located, brand in located_drafts(request, settings):
        rulebook = settings.rulebook(brand)
        selected = chosen_rules(rulebook, brand, selection.select, selection.ignore, selection.extend)
        result = lint(located.draft, rulebook, brand, now, selected, located.scope)
        mask = partial(_masked, located, rulebook, brand)
        yield Judged(located, result, unchanged if unmasked else mask)


def unchanged(finding: Finding) -> Finding:
    return finding


def _masked(located: Located, rulebook: Rulebook, brand: Brand, finding: Finding) -> Finding:
    """Hides names, too: those of the thread's authors, and whom the draft addresses."""
    draft = located.draft
    addressed = [draft.text[start:end] for start, end in Context(draft, rulebook, brand).value("draft.name").spans]
    return Mask([*(message.name for message in draft.thread or () if message.name), *addressed]).finding(finding)


def show_names_of_files(request: Request) -> None:
    for path in files_of(request, Settings(request)):
        print(Path(path))
