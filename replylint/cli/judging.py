"""Draft after draft: read, judged, placed in its file, masked. What `check` and `signals` run on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from replylint.cli.inputs import Request, Settings, chosen_rules, files_of, located_drafts, time_of
from replylint.context import Context
from replylint.engine import lint
from replylint.library import Texts
from replylint.masking import Mask
from replylint.model import Brand, Finding, Rulebook, Scope
from replylint.reporters import Judged
from replylint.sources import Located


class Selection(Struct, frozen=True):
    """The words of --select, --ignore and --extend-select."""

    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    extend: Sequence[str] = ()


def judge(request: Request, selection: Selection, unmasked: bool) -> Iterator[Judged]:
    """Lints every draft that was asked for, in the order of the files; last what only all of them together tell."""
    settings = Settings(request)
    now = time_of(request.now, "--now")
    texts = Texts()
    together: list[tuple[Located, Brand]] = []

    def judged(located: Located, brand: Brand, scope: Scope) -> Judged:
        rulebook = settings.rulebook(brand)
        selected = chosen_rules(rulebook, brand, selection.select, selection.ignore, selection.extend)
        result = lint(located.draft, rulebook, brand, now, selected, scope, texts if scope == "library" else None)
        mask = partial(_masked, located, rulebook, brand)
        return Judged(located, result, unchanged if unmasked else mask, scope)

    for located, brand in located_drafts(request, settings):
        yield judged(located, brand, located.scope)
        if _added(texts, located):
            together.append((located, brand))
    for located, brand in together:
        yield judged(located, brand, "library")


def _added(texts: Texts, located: Located) -> bool:
    """Adds a macro, or a reply of a conversation, to the texts of the run; whether rules of that scope look at it."""
    if located.draft.kind == "macro":
        texts.add_macro(located.draft, located.draft.id or located.path)
        return True
    return located.message_index is not None and texts.add_reply(located.draft)


def unchanged(finding: Finding) -> Finding:
    return finding


def _masked(located: Located, rulebook: Rulebook, brand: Brand, finding: Finding) -> Finding:
    """Hides names, too: those of the thread's authors, and whom the draft addresses."""
    draft = located.draft
    addressed = [draft.text[start:end] for start, end in Context(draft, rulebook, brand).value("draft.name").spans]
    return Mask([*(message.name for message in draft.thread or () if message.name), *addressed]).finding(finding)


def show_names_of_files(request: Request) -> None:
    for wanted in files_of(request, Settings(request)):
        print(wanted.path)
