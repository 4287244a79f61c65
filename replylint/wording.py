"""Fills the slots of a rule's message: the words that matched, the customer's own words, an option's value."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence

from replylint.context import Context, Limits
from replylint.detectors.spelling import correction
from replylint.late import late
from replylint.model import Span
from replylint.slots import SLOT

_LONGEST_QUOTE = 60
_SENTENCE_END = late(r"[.!?…]+(?=\s|$)|\n+|\s*https?://\S+")
_CLAUSE = late(
    r"[,;:]\s+(?:(?:and|but|or)\s+)?|\s+[–—-]+\s+|\s+(?:and|but|or)\s+|\s+(?=(?:because|so|when|while|yet)\b)"
)
_BEGUN = late(r"(?:[,;:–—-]|\b(?:and|but|or|because|so|when|while|yet))\s*\Z")
_LEAD = late(r"(?:[\s.,;:!?…–—-]|@\w+)+")
_EDGE = late(r"^(?:[\s.,;:!?…–—-]|@\w+|https?://\S+)+|(?:[\s.,;:–—-]|https?://\S+)+$")


class Slots:
    """The values of the slots, for one match of one rule in one draft. Plain look-up, never a format string."""

    def __init__(self, matched: str, context: Context, limits: Limits) -> None:
        self.matched, self.context, self.limits = matched, context, limits

    def fill(self, template: str) -> str:
        return SLOT.sub(lambda slot: self._value(slot[1]), template)

    def _value(self, name: str) -> str:
        if name == "match":
            return shorten(self.matched)
        if name == "match.inside":
            return inside(self.matched)
        if name == "correction":
            return correction(self.matched)
        if name in self.limits:
            return str(self.limits[name])
        value = self.context.value(name)
        if name.startswith("customer.") and self.context.turn is not None:
            return quote(self.context.turn, value.spans)
        if name.startswith("draft.") and value.score is not None:
            return f"{value.score:g}"
        return shorten(", ".join(dict.fromkeys(value.words)))


def inside(text: str) -> str:
    """As it is written inside a sentence: without the capital that only starts one."""
    starts_sentence = text[:1].isupper() and text[1:2].islower()
    return text[:1].lower() + text[1:] if starts_sentence else text


def shorten(text: str) -> str:
    """On one line and cut after a word, so that a message stays readable."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def quote(text: str, spans: Sequence[Span]) -> str:
    """At most 60 characters of the sentence in which most of the places stand: from its start where that fits, else from a clause."""
    if not spans:
        return shorten(_EDGE.sub("", text))
    windows = [
        [s for s in spans if first.start <= s.start and s.end <= first.start + _LONGEST_QUOTE] for first in spans
    ]
    chosen = max(windows, key=len) or [spans[0]]
    breaks = [match.start() for match in _SENTENCE_END.finditer(text)]
    whole = _from_sentence(text, chosen)
    if len(whole) > _LONGEST_QUOTE:  # places of several sentences: those of one
        chosen = max(
            ([s for s in chosen if bisect(breaks, s.start) == bisect(breaks, one.start)] for one in chosen), key=len
        )
        whole = _from_sentence(text, chosen)
    return shorten(whole)


def _from_sentence(text: str, spans: Sequence[Span]) -> str:
    """From a place before the first span that leaves room for all of them to the end of the last one's sentence.

    Where that is in the middle of a clause, an ellipsis says so.
    """
    first, last = spans[0].start, max(span.end for span in spans)
    start = max((m.end() for m in _SENTENCE_END.finditer(text, 0, first)), default=0)
    if lead := _LEAD.match(text, start, first):
        start = lead.end()
    begins = [start, *(m.end() for m in _CLAUSE.finditer(text, start, first)), first]
    begin = next((place for place in begins if last - place <= _LONGEST_QUOTE), first)
    after = _SENTENCE_END.search(text, last)
    said = " ".join(_EDGE.sub("", text[begin : after.start() if after else len(text)]).split())
    return said if begin == start or _BEGUN.search(text, start, begin) else f"… {said}"
