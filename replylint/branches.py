"""Follows the control tags of Liquid and Jinja in a macro: its texts, each branch in one of them, with the way back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from replylint.late import late
from replylint.model import Draft, Finding, NotEvaluated, Result, Span

_TAG = late(
    r"\{%(?P<left>[-~]?)\+?\s*(?:(?P<word>[a-z]+)(?![\w.,])|#)(?P<rest>(?:(?!\{%|%\}).)*?)(?P<right>[-~]?)\+?%\}"
    r"|\{#(?P<open>[-~]?)(?:(?!\{#).)*?(?P<close>[-~]?)#\}",
    re.S,
)
_ENDS = {
    "if": ("endif",), "unless": ("endunless",), "case": ("endcase",), "for": ("endfor",), "tablerow": ("endtablerow",),
    "comment": ("endcomment",), "raw": ("endraw",), "verbatim": ("endverbatim",), "capture": ("endcapture",), "set": ("endset",),
    "with": ("endwith",), "filter": ("endfilter",), "block": ("endblock",), "autoescape": ("endautoescape",), "trans": ("endtrans",),
}  # fmt: skip
_NEXT = {
    "if": ("elsif", "elif", "elseif", "else"), "unless": ("elsif", "else"), "case": ("when", "else"), "for": ("else", "empty"),
}  # fmt: skip
_AS_IT_IS = ("comment", "raw", "verbatim")  # tags inside are none
_KEPT_FOR_LATER = ("capture", "set")  # what stands inside is sent where its name stands, if at all
_ALONE = frozenset("assign increment decrement break continue cycle echo liquid include render import from do".split())
_WORDS = frozenset((*_ENDS, *(e for ends in _ENDS.values() for e in ends), *(n for ns in _NEXT.values() for n in ns)))
WHICH_BRANCH = "which branch of the macro is sent"
_MOST = 32  # texts of one macro: what has more branches is judged in these


class Variant(NamedTuple):
    """One text that the macro can come to, and for each of its pieces where it stands in the macro.

    `is_whole`: whether it is all of a reply, and not what a variable holds.
    """

    text: str
    pieces: tuple[Span, ...]
    is_whole: bool = True

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


class _Parsed(NamedTuple):
    """A macro as stretches of text and choices between branches; what its variables hold; tags that do not match up."""

    parts: _Parts
    variables: list[_Parts]
    wrong: tuple[Span, ...]


def has_tags(text: str) -> bool:
    return ("{%" in text or "{#" in text) and next(_tags(text), None) is not None


def unmatched(text: str) -> tuple[Span, ...]:
    """Control tags without a beginning or an end."""
    return _parse(text).wrong if "{%" in text else ()


def follow(text: str) -> tuple[Variant, ...]:
    """The texts that the macro can come to, so that each branch stands in one, and those that its variables hold.

    None where its tags do not match up.
    """
    parsed = _parse(text)
    if parsed.wrong:
        return ()
    variants = list(_variants(text, parsed.parts, True))
    for parts in parsed.variables:
        variants += _variants(text, parts, False)
    return tuple(variants[:_MOST])


def _variants(text: str, parts: _Parts, is_whole: bool) -> Iterator[Variant]:
    for spans in _expand(parts):
        pieces = tuple(span for span in spans if span.end > span.start)
        yield Variant("".join(text[start:end] for start, end in pieces), pieces, is_whole)


def _expand(parts: _Parts) -> list[list[Span]]:
    choices = [
        [[part]] if isinstance(part, Span) else [pieces for branch in part.branches for pieces in _expand(branch)]
        for part in parts
    ]
    count = max(map(len, choices), default=1)
    return [[span for ways in choices for span in ways[min(number, len(ways) - 1)]] for number in range(count)]


def _tags(text: str) -> Iterator[_Tag]:
    for match in _TAG.finditer(text):
        word = match["word"] or "#"
        if word == "set" and "=" in match["rest"]:
            word = "assign"
        if word in _WORDS or word in _ALONE or word == "#":
            start, end = match.span()
            if match["left"] or match["open"]:  # a dash takes the blanks on its side away
                start = len(text[:start].rstrip())
            if match["right"] or match["close"]:
                end = len(text) - len(text[end:].lstrip())
            yield _Tag(word, Span(start, end))


def _parse(text: str) -> _Parsed:
    parts: _Parts = []
    variables: list[_Parts] = []
    opened: list[_Open] = []
    wrong: list[Span] = []
    at = 0
    for tag in _tags(text):
        kept = opened[-1].tag.word if opened else ""
        if kept in _AS_IT_IS and tag.word not in _ENDS[kept]:
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
            if kept in _KEPT_FOR_LATER:
                variables.append(parts)
            parts = _closed(opened.pop(), parts)
        else:
            wrong.append(tag.span)
    parts.append(Span(at, len(text)))
    return _Parsed(parts, variables, tuple(sorted([*wrong, *(one.tag.span for one in opened)])))


def _closed(one: _Open, last: _Parts) -> _Parts:
    """The parts around a choice that has ended, with it."""
    word = one.tag.word
    branches: Sequence[_Parts] = [*one.branches, last]
    if word == "comment" or word in _KEPT_FOR_LATER:
        return one.outer
    if word not in _NEXT and word != "tablerow":
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
    texts = list(judged)
    whole = sum(variant.is_whole for variant, _ in texts)
    for variant, result in texts:
        for finding in result.findings:
            if finding.span is None and not variant.is_whole:
                continue
            if finding.span is None and whole > 1 and requires(finding.rule):
                unknown.setdefault(finding.rule, NotEvaluated(finding.rule, WHICH_BRANCH, finding.id))
                continue
            placed = _in_macro(finding, variant, draft.text)
            found.setdefault((placed.rule, placed.span), placed)
        if variant.is_whole:
            lacking.update({finding.rule for finding in result.findings if finding.span is None})
        for finding in result.suppressed:
            placed = _in_macro(finding, variant, draft.text)
            suppressed.setdefault((placed.rule, placed.span), placed)
        for missing in result.not_evaluated:
            unknown.setdefault(missing.rule, missing)
    kept = [finding for (rule, span), finding in found.items() if span is not None or lacking[rule] == whole]
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
