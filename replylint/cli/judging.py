"""Draft after draft: read, judged, placed in its file, masked. What `check` and `signals` run on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from functools import partial

from msgspec import Struct

from replylint.cli.ignoring import Suppressions
from replylint.cli.inputs import Request, Settings, chosen_rules, files_of, located_drafts, time_of
from replylint.context import Context
from replylint.engine import lint
from replylint.library import Texts
from replylint.masking import Mask
from replylint.model import Brand, Finding, Rulebook, Scope
from replylint.rendering import RENDERING
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
    suppressions = Suppressions((now or datetime.now(timezone.utc)).date(), unchanged if unmasked else Mask(()).finding)
    texts = Texts()
    together: list[tuple[Located, Brand]] = []
    last: tuple[Rulebook, Brand, frozenset[str]] | None = None

    def choose(rulebook: Rulebook, brand: Brand) -> frozenset[str]:
        """The rules for a draft; mostly those of the draft before, whose settings are the same."""
        nonlocal last
        if last is None or last[0] is not rulebook or last[1] is not brand:
            rules = chosen_rules(rulebook, brand, selection.select, selection.ignore, selection.extend)
            last = (rulebook, brand, rules)
        return last[2]

    def judged(located: Located, brand: Brand, scope: Scope) -> Iterator[Judged]:
        rulebook = settings.rulebook(brand)
        chosen = choose(rulebook, brand)
        held = suppressions.of(located, brand, rulebook, chosen)
        active = suppressions.active(held)
        # What is ignored is judged in any case, so that it can be told whether there is something to ignore
        rules = chosen.union(*(ignore.rules for ignore in active))
        result = lint(located.draft, rulebook, brand, now, rules, scope, texts if scope == "library" else None, active)
        if held and (scope != "library" or not request.paths):  # a part of the library can't tell what all of it would
            kind = located.draft.kind
            able = {rule.id for rule in rulebook.rules if scope in rule.scope and kind in rule.applies}
            if kind == "macro" and scope == "draft":
                able.add(RENDERING)
            suppressions.note(held, result, able)
        mask = partial(_masked, located, rulebook, brand)
        yield Judged(located, result, unchanged if unmasked else mask, scope, rulebook)
        if located.scope == scope:
            yield from suppressions.sent(located, brand, chosen, active)

    for located, brand in located_drafts(request, settings):
        yield from judged(located, brand, located.scope)
        if _added(texts, located):
            together.append((located, brand))
    for located, brand in together:
        yield from judged(located, brand, "library")
    yield from suppressions.left(whole=not request.paths)


def _added(texts: Texts, located: Located) -> bool:
    """Adds a macro, or a reply of a conversation, to the texts of the run; whether rules of that scope look at it."""
    if located.draft.kind == "macro":
        texts.add_macro(located.draft, located.draft.id or located.path)
        return True
    return located.message_index is not None and texts.add_reply(located.draft)


def unchanged(finding: Finding) -> Finding:
    return finding


def _masked(located: Located, rulebook: Rulebook, brand: Brand, finding: Finding) -> Finding:
    return mask_of([located], rulebook, brand).finding(finding)


def mask_of(drafts: Sequence[Located], rulebook: Rulebook, brand: Brand) -> Mask:
    """Hides names, too: those of the threads' authors, and whom the drafts address."""
    names: list[str] = []
    for draft in (located.draft for located in drafts):
        names += [message.name for message in draft.thread or () if message.name]
        names += [draft.text[start:end] for start, end in Context(draft, rulebook, brand).value("draft.name").spans]
    return Mask(names)


def show_names_of_files(request: Request) -> None:
    for wanted in files_of(request, Settings(request)):
        print(wanted.path)
