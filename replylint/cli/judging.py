"""Draft after draft: read, judged, placed in its file, masked. What `check` and `signals` run on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from replylint.cli.inputs import Request, Settings, chosen_rules, files_of, located_drafts, time_of
from replylint.context import Context
from replylint.engine import lint
from replylint.masking import Mask
from replylint.model import Brand, Finding, Result, Rulebook
from replylint.reporters import Entry, Judged
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
        needs_mask = not unmasked and (result.findings or result.suppressed)
        yield placed(located, result, _mask(located, rulebook, brand) if needs_mask else None)


def placed(located: Located, result: Result, mask: Mask | None) -> Judged:
    """What was found in one draft, with its places in the file; masked, if there is a mask."""
    return Judged(
        located,
        tuple(_entry(located, finding, mask) for finding in result.findings),
        result.not_evaluated,
        tuple(_entry(located, finding, mask) for finding in result.suppressed),
    )


def _entry(located: Located, finding: Finding, mask: Mask | None) -> Entry:
    place = located.place(finding)
    return Entry(
        mask.finding(finding) if mask else finding, located.lines.place(place.start), located.lines.place(place.end)
    )


def _mask(located: Located, rulebook: Rulebook, brand: Brand) -> Mask:
    """Hides names, too: those of the thread's authors, and whom the draft addresses."""
    draft = located.draft
    addressed = [draft.text[start:end] for start, end in Context(draft, rulebook, brand).value("draft.name").spans]
    return Mask([*(message.name for message in draft.thread or () if message.name), *addressed])


def show_names_of_files(request: Request) -> None:
    for path in files_of(request, Settings(request)):
        print(Path(path))
