"""Follows the control tags of Liquid and Jinja in a macro: its texts, each branch in one of them, with the way back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from replylint.model import Draft, Finding, NotEvaluated, Result, Span

_TAG = re.compile(r"\{%(-?)\s*([a-z]+)(?![\w.,])(?:[^%\n]|%(?!\}))*?(-?)%\}|\{#(-?)[^\n]*?(-?)#\}")
_ENDS = {
    "if": ("endif",), "unless": ("endunless",), "case": ("endcase",), "for": ("endfor",), "tablerow": ("endtablerow",),
    "comment": ("endcomment",), "raw": ("endraw",), "capture": ("endcapture",),
}  # fmt: skip
_NEXT = {
    "if": ("elsif", "elif", "else"), "unless": ("elsif", "else"), "case": ("when", "else"), "for": ("else",),
}  # fmt: skip
_ALONE = frozenset(
    "assign set increment decrement break continue cycle echo liquid include render import from do".split()
)
_WORDS = frozenset((*_ENDS, *(e for ends in _ENDS.values() for e in ends), *(n for ns in _NEXT.values() for n in ns)))
WHICH_BRANCH = "which branch of the macro is sent"
_MOST = 32  # texts of one macro: what has more branches is judged in these


class Variant(NamedTuple):
    """One text that the macro can come to, and for each of its pieces where it stands in the macro."""

    text: str
    pieces: tuple[Span, ...]

    def span(self, span: Span) -> Span:
        """The place in the macro of a place in this text."""
        start = self._place(span.start)
        return Span(start, self._place(span.end - 1) + 1 if span.end > span.start else start)

    def _place(self, at: int) -> int:
        for start, end in self.pieces:
            if at < end - start:
                return start + at
            at -= end - start
        return self.pieces[-1].end if self.pieces else 0


class _Tag(NamedTuple):
    word: str
    span: Span


class _Choice(NamedTuple):
    branches: tuple[_Parts, ...]


_Parts = list["Span | _Choice"]


class _Open(NamedTuple):
    """A tag that waits for its end, with the branches before the one that is being read, and what parted them."""

    tag: _Tag
    outer: _Parts
    branches: list[_Parts]
    words: list[str]


def has_branches(text: str) -> bool:
    return "{%" in text and any(tag.word in _ENDS for tag in _tags(text))


def unmatched(text: str) -> tuple[Span, ...]:
    """Control tags without a beginning or an end."""
    return _parse(text)[1] if "{%" in text else ()


def follow(text: str) -> tuple[Variant, ...]:
    """The texts that the macro can come to, so that each branch stands in one; none where its tags do not match up."""
    parts, wrong = _parse(text)
    if wrong:
        return ()
    variants = (tuple(span for span in pieces if span.end > span.start) for pieces in _expand(parts)[:_MOST])
    return tuple(Variant("".join(text[start:end] for start, end in pieces), pieces) for pieces in variants)


def _expand(parts: _Parts) -> list[list[Span]]:
    choices = [
        [[part]] if isinstance(part, Span) else [pieces for branch in part.branches for pieces in _expand(branch)]
        for part in parts
    ]
    count = max(map(len, choices), default=1)
    return [[span for ways in choices for span in ways[min(number, len(ways) - 1)]] for number in range(count)]


def _tags(text: str) -> Iterator[_Tag]:
    for match in _TAG.finditer(text):
        word = match[2] or "#"
        if word in _WORDS or word in _ALONE or word == "#":
            start, end = match.span()
            if match[1] or match[4]:  # a dash takes the blanks on its side away
                start = len(text[:start].rstrip())
            if match[3] or match[5]:
                end = len(text) - len(text[end:].lstrip())
            yield _Tag(word, Span(start, end))


def _parse(text: str) -> tuple[_Parts, tuple[Span, ...]]:
    """The macro as stretches of text and choices between branches; and the tags that do not match up."""
    parts: _Parts = []
    opened: list[_Open] = []
    wrong: list[Span] = []
    at = 0
    for tag in _tags(text):
        kept = opened[-1].tag.word if opened else ""
        if kept in ("comment", "raw") and tag.word not in _ENDS[kept]:
            continue
        parts.append(Span(at, max(at, tag.span.start)))
        at = max(at, tag.span.end)
        if tag.word in _ENDS:
            opened.append(_Open(tag, parts, [], []))
            parts = []
        elif tag.word in _ALONE or tag.word == "#":
            continue
        elif opened and tag.word in _NEXT.get(kept, ()):
            opened[-1].branches.append(parts)
            opened[-1].words.append(tag.word)
            parts = []
        elif opened and tag.word in _ENDS[kept]:
            parts = _closed(opened.pop(), parts)
        else:
            wrong.append(tag.span)
    parts.append(Span(at, len(text)))
    return parts, tuple(sorted([*wrong, *(one.tag.span for one in opened)]))


def _closed(one: _Open, last: _Parts) -> _Parts:
    """The parts around a choice that has ended, with it."""
    word = one.tag.word
    branches: Sequence[_Parts] = [*one.branches, last]
    if word == "comment":
        return one.outer
    if word in ("raw", "capture"):
        return [*one.outer, *last]
    if word == "case":
        branches = branches[1:]  # nothing is sent of what stands before the first `when`
    may_be_none: list[_Parts] = [] if "else" in one.words else [[]]
    return [*one.outer, _Choice((*branches, *may_be_none))]


# --- what the texts came to, as of the macro --------------------------------------------------------------------


def together(draft: Draft, judged: Iterable[tuple[Variant, Result]], requires: Callable[[str], bool]) -> Result:
    """What was found in any of the texts, each place once. `requires`: whether that rule asks for something to be there.

    What is missing counts only where every text lacks it, and of a rule that requires something not even then: which
    branch will be sent is not known.
    """
    found: dict[tuple[str, Span | None], Finding] = {}
    suppressed: dict[tuple[str, Span | None], Finding] = {}
    unknown: dict[str, NotEvaluated] = {}
    lacking: Counter[str] = Counter()
    count = 0
    for variant, result in judged:
        count += 1
        for finding in result.findings:
            if finding.span is None and requires(finding.rule):
                unknown.setdefault(finding.rule, NotEvaluated(finding.rule, WHICH_BRANCH, finding.id))
                continue
            placed = _in_macro(finding, variant, draft.text)
            found.setdefault((placed.rule, placed.span), placed)
        lacking.update({finding.rule for finding in result.findings if finding.span is None})
        for finding in result.suppressed:
            placed = _in_macro(finding, variant, draft.text)
            suppressed.setdefault((placed.rule, placed.span), placed)
        for missing in result.not_evaluated:
            unknown.setdefault(missing.rule, missing)
    kept = [finding for (rule, span), finding in found.items() if span is not None or lacking[rule] == count]
    return Result(tuple(kept), tuple(unknown.values()), tuple(suppressed.values()))


def _in_macro(finding: Finding, variant: Variant, text: str) -> Finding:
    """With its place in the macro; without a fix, where the words stand on both sides of a tag."""
    if finding.span is None:
        return finding
    span = variant.span(finding.span)
    edit = finding.edit
    if edit is not None:
        start, end = variant.span(Span(edit.start, edit.end))
        is_whole = text[start:end] == variant.text[edit.start : edit.end]
        edit = edit._replace(start=start, end=end) if is_whole else None
    return msgspec.structs.replace(finding, span=span, text=text[span.start : span.end], edit=edit)
