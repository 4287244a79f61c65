"""A macro with the texts that it links to filled in, and the way back: what is said of those belongs where they stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from replylint.model import Draft, Finding, Result, Span

LINK = re.compile(r"\{\{-?\s*(dc\.[\w-]+)\s*-?\}\}")  # Zendesk's dynamic content
_LONGEST = 100_000  # characters that links may add to a text
_DEEPEST = 20  # texts that link to texts


class Filled(NamedTuple):
    """The macro's text with its links filled. `pieces`: each with its place in the macro, and whether it was linked to."""

    text: str
    pieces: tuple[tuple[int, Span, bool], ...]

    def piece(self, at: int) -> tuple[int, Span, bool]:
        """The piece that holds a character."""
        return self.pieces[max(0, bisect_right(self.pieces, at, key=lambda piece: piece[0]) - 1)]

    def span(self, span: Span) -> Span | None:
        """The place in the macro; None where all of it was linked to."""
        first, last = self.piece(span.start), self.piece(max(span.start, span.end - 1))
        if first[2] and last[2]:
            return None
        start = first[1].start if first[2] else first[1].start + span.start - first[0]
        return Span(start, last[1].end if last[2] else last[1].start + span.end - last[0])


def links_of(text: str, known: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The links of a macro that are known, each with the text that it comes to; what leads back to itself stays as it is."""
    names = dict.fromkeys(match[1] for match in LINK.finditer(text))
    resolved: dict[str, str] = {}
    return tuple((name, _resolve(name, known, (), resolved)) for name in names if name in known)


def _resolve(name: str, known: Mapping[str, str], within: tuple[str, ...], resolved: dict[str, str]) -> str:
    """Each text once, however often it is linked to; `within`: the texts that it is being filled into."""
    if name not in resolved:
        text, pieces, at, size = known[name], list[str](), 0, 0
        for match in LINK.finditer(text):
            if match[1] not in known or match[1] in (*within, name) or len(within) == _DEEPEST or size > _LONGEST:
                continue
            linked = _resolve(match[1], known, (*within, name), resolved)
            pieces += (text[at : match.start()], linked)
            size += len(linked)
            at = match.end()
        resolved[name] = "".join((*pieces, text[at:]))[:_LONGEST]
    return resolved[name]


def fill(draft: Draft) -> Filled:
    known, pieces, texts = dict(draft.links), list[tuple[int, Span, bool]](), list[str]()
    at = size = 0
    for match in LINK.finditer(draft.text):
        if match[1] not in known or size > _LONGEST:
            continue
        for text, place, is_linked in (
            (draft.text[at : match.start()], Span(at, match.start()), False),
            (known[match[1]], Span(*match.span()), True),
        ):
            pieces.append((size, place, is_linked))
            texts.append(text)
            size += len(text)
        at = match.end()
    pieces.append((size, Span(at, len(draft.text)), False))
    return Filled("".join((*texts, draft.text[at:])), tuple(one for one in pieces if one[1].end > one[1].start))


def in_macro(result: Result, filled: Filled, text: str) -> Result:
    """What was found in the filled macro, with places in the macro; without what stands in a text that it links to."""
    return msgspec.structs.replace(
        result,
        findings=tuple(_placed(result.findings, filled, text)),
        suppressed=tuple(_placed(result.suppressed, filled, text)),
    )


def _placed(findings: Iterable[Finding], filled: Filled, text: str) -> Iterable[Finding]:
    for finding in findings:
        if finding.span is None:
            yield finding
            continue
        span, edit = filled.span(finding.span), finding.edit
        if span is None:
            continue
        if edit is not None:
            place = filled.span(Span(edit.start, edit.end))
            is_own = place is not None and text[place.start : place.end] == filled.text[edit.start : edit.end]
            edit = edit._replace(start=place.start, end=place.end) if place is not None and is_own else None
        yield msgspec.structs.replace(finding, span=span, text=text[span.start : span.end], edit=edit)
