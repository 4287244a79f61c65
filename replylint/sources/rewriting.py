"""Edits of drafts -> changes of their file: only the words change, and reading the changed file again has to prove it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import msgspec

from replylint.errors import InputError
from replylint.model import Edit, Span
from replylint.sources import DRAFT, Located

Read: TypeAlias = Callable[[str], Iterable[Located]]
Change: TypeAlias = tuple[Edit, ...]  # in characters of the file: what one edit of a draft comes to


class Wish(NamedTuple):
    """One edit that is wanted, in the draft with that number in its file."""

    draft: int
    edit: Edit


class Rewritten(NamedTuple):
    """The file with the edits that could be made, and those that would have touched more than their words."""

    text: str
    done: tuple[Wish, ...]
    refused: tuple[Wish, ...]


def without_overlaps(edits: Iterable[Edit]) -> list[Edit]:
    """In text order; of edits that overlap, or that begin at the same place, the first."""
    kept: list[Edit] = []
    for edit in sorted(set(edits), key=lambda e: (e.start, e.end)):
        if not kept or (edit.start >= kept[-1].end and edit.start > kept[-1].start):
            kept.append(edit)
    return kept


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits that do not overlap."""
    for start, end, replacement in sorted(edits, reverse=True):
        text = text[:start] + replacement + text[end:]
    return text


def rewrite(text: str, drafts: Sequence[Located], wishes: Sequence[Wish], read: Read) -> Rewritten:
    """Makes the edits in the file's text. `drafts`: what `read` finds in it, in that order.

    Where a place is folded over lines or broken by tags there are several ways to take words out of it, and each is tried
    until the file reads as it did but for the words that were to change.
    """
    if not wishes:
        return Rewritten(text, (), ())
    ways = {wish: list(_ways(drafts[wish.draft], wish.edit)) for wish in wishes}
    at_once = {wish: spellings[0] for wish, spellings in ways.items() if spellings}
    if len(at_once) == len(ways) and (new := _proven(text, drafts, at_once, read)) is not None:
        return Rewritten(new, tuple(wishes), ())
    done: dict[Wish, Change] = {}
    best = text
    for wish, spellings in ways.items():
        for change in spellings:
            if (new := _proven(text, drafts, {**done, wish: change}, read)) is not None:
                done[wish], best = change, new
                break
    return Rewritten(best, tuple(done), tuple(wish for wish in wishes if wish not in done))


def _proven(text: str, drafts: Sequence[Located], chosen: dict[Wish, Change], read: Read) -> str | None:
    """The changed text, if it reads as the old one does but for these edits."""
    changes = list(dict.fromkeys(part for change in chosen.values() for part in change))
    if len(without_overlaps(changes)) < len(changes):
        return None
    new = applied(text, changes)
    edits: dict[int, list[Edit]] = {}
    for draft, edit in chosen:
        edits.setdefault(draft, []).append(edit)
    expected = [_with_edits(located, edits.get(number, ())) for number, located in enumerate(drafts)]
    try:
        return new if [_said(located) for located in read(new)] == expected else None
    except InputError:
        return None


def _said(located: Located) -> tuple[object, ...]:
    return located.draft, located.key, located.title, located.scope, located.message_index


def _with_edits(located: Located, edits: Iterable[Edit]) -> tuple[object, ...]:
    draft = located.draft
    changed = msgspec.structs.replace(draft, text=applied(draft.text, edits)) if edits else draft
    return (changed, *_said(located)[1:])


def in_file(located: Located, edit: Edit) -> Change:
    """What an edit of the draft comes to in the file, for reports: whole words where the file has them so, else the plainest way.

    Nothing where that may not be how the file reads: its places are not known, or the words could need quotes.
    """
    mapping = located.maps().get(DRAFT)
    if mapping is None or any(
        _WANTS_QUOTES[way].search(edit.replacement) for way in _WANTS_QUOTES.keys() & mapping.written
    ):
        return ()
    start, end, _ = _trimmed(located.draft.text, edit)
    whole, lines = mapping.span(Span(edit.start, edit.end)), located.lines
    if (
        lines.text[whole.start : whole.end] == located.draft.text[edit.start : edit.end]
    ):  # whole words are read with more ease
        spelt = _spelt(edit.replacement, mapping.written)
        return (Edit(lines.offset + whole.start, lines.offset + whole.end, spelt),)
    change: Change = next(_ways(located, edit), ())
    return change if start == end or all(one.start < one.end for one in change) else ()


# --- from a place in the text to the file -----------------------------------------------------------------------


def _ways(located: Located, edit: Edit) -> Iterator[Change]:
    """How the edit may be written in the file, the plainest way first; none where the place is not known."""
    start, end, new = _trimmed(located.draft.text, edit)
    for places in _cuts(located, start, end):
        spelt = _spelt(new, located.maps()[DRAFT].written)
        yield _at(places, spelt)


def _at(places: Sequence[Span], spelt: str) -> Change:
    """The new words in the first of the places; the others go."""
    return tuple(Edit(start, end, "" if number else spelt) for number, (start, end) in enumerate(places))


def _trimmed(text: str, edit: Edit) -> Edit:
    """Without what stays at both ends: the less is touched, the better."""
    start, end, new = edit
    while start < end and new and text[start] == new[0]:
        start, new = start + 1, new[1:]
    while start < end and new and text[end - 1] == new[-1]:
        end, new = end - 1, new[:-1]
    return Edit(start, end, new)


def _cuts(located: Located, start: int, end: int) -> Iterator[list[Span]]:
    """The stretches of the file to take out: from the first character to the last, or character by character."""
    maps = located.maps()
    if DRAFT not in maps:
        return
    mapping, offset = maps[DRAFT], located.lines.offset
    if start == end:
        at = mapping.span(Span(start, start)).start + offset
        yield [Span(at, at)]
        return
    pieces: list[Span] = []
    for index in range(start, end):
        first, last = mapping.span(Span(index, index + 1))
        if pieces and pieces[-1].end == first + offset:
            pieces[-1] = Span(pieces[-1].start, last + offset)
        else:
            pieces.append(Span(first + offset, last + offset))
    raw = located.lines.text
    gaps = [raw[one.end - offset : two.start - offset] for one, two in pairwise(pieces)]
    if not any(gap.strip(" \t\r\n\\") for gap in gaps):  # only where a value goes on in the next line
        yield [Span(pieces[0].start, pieces[-1].end)]
    if len(pieces) > 1:
        yield pieces


_WANTS_QUOTES: Mapping[str, re.Pattern[str]] = {  # what words can't hold where the file writes them without quotes
    "plain": re.compile(r"[\n:#,\[\]{}]|^[^\w ]"),
    "csv-plain": re.compile(r"[\r\n\t,;|\"]"),
    "|": re.compile("\n"),
    ">": re.compile("\n"),
}
_WRITTEN: Mapping[str, Callable[[str], str]] = {
    "json": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    '"': lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "'": lambda text: text.replace("'", "''"),
    "csv": lambda text: text.replace('"', '""'),
    "csv-backslash": lambda text: text.replace('"', '""'),
    "html": lambda text: html.escape(text, quote=False),
}


def _spelt(new: str, written: Sequence[str]) -> str:
    """As the file writes it: JSON and YAML escape, tables and single quotes double, HTML has its entities."""
    for way in written:
        new = _WRITTEN.get(way, str)(new)
    return new
