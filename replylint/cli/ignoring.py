"""Suppressions over a run: which hold for a draft, and in the end which nobody needs and which have run out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

import msgspec

from replylint.documents import line_and_column, read_text
from replylint.errors import InputError, nearest
from replylint.masking import Mask
from replylint.model import Brand, Draft, Ignore, Result, Rulebook
from replylint.notices import NOTICES, finding_of, level_of
from replylint.reporters import Judged
from replylint.sources import Comment, Lines, Located, plain


class Held(msgspec.Struct):
    """One suppression, and what became of it: the rules that it hid, and those that could not be judged."""

    comment: Comment
    brand: Brand
    macro: str
    notices: Collection[str]
    used: set[str]
    judged: set[str]
    unknown: set[str]


class Suppressions:
    """Those of files and of the settings. `today`: the day on which agreements are looked at; `mask`: None shows all."""

    def __init__(self, today: date, mask: Mask | None) -> None:
        self._today, self._mask = today, mask
        self._settings: dict[tuple[str, int], tuple[Ignore, Brand, Collection[str]]] = {}
        self._held: dict[tuple[str, int], Held] = {}
        self._lines: dict[str, Lines] = {}

    def of(self, located: Located, brand: Brand, rulebook: Rulebook, notices: Collection[str]) -> list[Held]:
        """All that is said about one draft; also what has run out. `notices`: which of them were asked for."""
        said = [comment for comment in located.comments if comment.ignore]
        for entry in brand.ignore:
            self._settings.setdefault((entry.path, entry.span.start), (entry, brand, notices))
        said += [self._of_settings(entry) for entry in brand.ignore if entry.macro == located.draft.id]
        found = []
        for comment in said:
            key = (comment.path, comment.span.start + comment.lines.offset)
            if key not in self._held:
                _check(comment, {*(rule.id for rule in rulebook.rules), *NOTICES})
                self._held[key] = Held(comment, brand, located.draft.id, notices, set(), set(), set())
            found.append(self._held[key])
        return found

    def active(self, held: list[Held]) -> list[Ignore]:
        return [one.comment.ignore for one in held if one.comment.ignore and not self._is_over(one)]

    def note(self, held: list[Held], result: Result, judged: Collection[str]) -> None:
        """Remembers what was hidden in a draft, and which rules were `judged` at all."""
        for one in held:
            one.used |= {finding.rule for finding in result.suppressed}
            one.judged |= set(judged)
            one.unknown |= {missing.rule for missing in result.not_evaluated}

    def left(self, whole: bool) -> Iterator[Judged]:
        """What there is to say of the suppressions themselves, once every draft was judged.

        `whole`: it was the whole library, so that a macro that was not met is not there.
        """
        for key, (entry, brand, notices) in self._settings.items():
            if whole and key not in self._held:
                comment = self._of_settings(entry)
                held = Held(comment, brand, entry.macro, notices, set(), set(), set())
                yield from self._judged(comment, held, "unused-ignore", f"there is no macro “{entry.macro}”")
        for one in self._held.values():
            ignore = one.comment.ignore
            assert ignore is not None
            if self._is_over(one):
                yield from self._judged(one.comment, one, "expired-ignore", str(ignore.until))
                continue
            if "all" in one.unknown:
                continue
            unused = [rule for rule in ignore.rules if rule in one.judged - one.used - one.unknown]
            if unused:
                yield from self._judged(one.comment, one, "unused-ignore", ", ".join(unused))

    def sent(self, located: Located, brand: Brand, notices: Collection[str], active: list[Ignore]) -> Iterator[Judged]:
        """Comments that stand in the text of a reply."""
        ignored = any("sent-comment" in ignore.rules for ignore in active)
        for comment in located.comments:
            if comment.ignore is None and not ignored:
                held = Held(comment, brand, located.draft.id, notices, set(), set(), set())
                yield from self._judged(comment, held, "sent-comment")

    def _is_over(self, held: Held) -> bool:
        ignore = held.comment.ignore
        return bool(ignore and ignore.until and self._today > ignore.until)

    def _of_settings(self, entry: Ignore) -> Comment:
        if entry.path not in self._lines:
            self._lines[entry.path] = Lines(read_text(entry.path))
        return Comment(entry.span, self._lines[entry.path], entry.path, entry)

    def _judged(self, comment: Comment, held: Held, id: str, what: str = "") -> Iterator[Judged]:
        if id not in held.notices:
            return
        found = finding_of(id, level_of(id, held.brand), comment.text, what, held.macro)
        located = Located(
            Draft(comment.text, held.macro), comment.path, "ignore", comment.lines, plain(comment.span.start)
        )
        yield Judged(located, Result((found,)), self._mask, "library")


def _check(comment: Comment, known: Collection[str]) -> None:
    for rule in comment.ignore.rules if comment.ignore else ():
        if rule not in known:
            lines = comment.lines
            line, column = line_and_column(lines.text, comment.span.start)
            message = f'found the rule "{rule}", which is not known{nearest(rule, known)}'
            raise InputError(message, comment.path, lines.line + line - 1, column)
