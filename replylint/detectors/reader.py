"""One pass over a text says which phrases and patterns of one side could hit; they are looked for only when asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from replylint.detectors.atoms import ENOUGH
from replylint.detectors.folding import Folded, fold
from replylint.detectors.mood import Reading as MoodReading
from replylint.detectors.mood import load_mood
from replylint.detectors.plan import ReaderPlan, compile_pattern, compile_test
from replylint.model import FALSE, Side, Span, Value

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

_TOGETHER = 32  # patterns in one pass: of many more the automaton would grow large
_FEW = 4_000  # characters: so many are cut to pieces and looked up in the time in which an automaton is built


class Reader:
    """The phrases and patterns of one side, ready to run. All literals, also those of patterns, are found in one pass."""

    def __init__(self, plan: ReaderPlan) -> None:
        self.side: Side = plan.side
        self.language, self.tokens = plan.language, plan.tokens
        self._sources = {number: pattern for pattern, number in (*plan.patterns.items(), *plan.written.items())}
        self.written = frozenset(plan.written.values())
        folded = [number for number in plan.always if number not in self.written]
        written = [number for number in plan.always if number in self.written]
        self._always = [
            (tuple(numbers[start : start + _TOGETHER]), numbers is written)
            for numbers in (folded, written)
            for start in range(0, len(numbers), _TOGETHER)
        ]
        self._phrases, self._literals = plan.phrases, plan.literals
        self._characters = 0  # read so far
        self._announced: list[list[int]] = [[] for _ in range(plan.sets)]
        self._others: dict[int, frozenset[int]] = {}
        for pattern, (first, *others) in plan.needs.items():
            self._announced[first].append(pattern)
            if others:
                self._others[pattern] = frozenset(others)

    def regex(self, detector: int) -> Any:
        """The compiled pattern, the same for all texts."""
        return compile_pattern(self._sources[detector])

    def may_match(self, detector: int, folded: Folded) -> bool:
        """Whether a pattern matches or nearly does, in less than a third of the time of finding where."""
        test = compile_test(self._sources[detector])
        return bool(test.Match(folded.as_written if detector in self.written else folded.words))

    def read(self, text: str) -> TextReading:
        return TextReading(self, text)

    def unannounced(self, folded: Folded) -> set[int]:
        """Those patterns without literals that match or nearly do."""
        found = set[int]()
        for numbers, is_written in self._always:
            test = compile_test(*map(self._sources.__getitem__, numbers))
            found.update(
                numbers[index] for index in test.Match(folded.as_written if is_written else folded.words) or ()
            )
        return found

    def hits(self, folded: Folded) -> tuple[dict[int, list[tuple[int, int]]], set[int]]:
        """Places of whole phrases for each detector that hit, and the patterns of which all literals stand there."""
        words = folded.words
        self._characters += len(words)
        sets, found = self._in_pieces(words) if self._characters < _FEW else self._in_one_pass(words)
        announced = set[int]().union(*map(self._announced.__getitem__, sets))
        others = self._others
        patterns = {pattern for pattern in announced if pattern not in others or others[pattern] <= sets}
        phrases: dict[int, list[tuple[int, int]]] = {}
        for detectors, start, end in found:
            if is_whole(words, start, end):
                for number in detectors:
                    phrases.setdefault(number, []).append((start, end))
        return phrases, patterns

    def _in_one_pass(self, words: bytes) -> tuple[set[int], Iterable[tuple[list[int], int, int]]]:
        """The sets of which a literal stands in these words, and the places of phrases, each with its detectors."""
        automaton, phrases, sets = self._automaton
        found = automaton.find_matches_as_indexes(words, overlapping=True)
        standing = set[int]().union(*map(sets.__getitem__, {index for index, _, _ in found}))
        return standing, [(phrases[index], start, end) for index, start, end in found if index < len(phrases)]

    @cached_property
    def _automaton(self) -> tuple[BytesAhoCorasick, list[list[int]], list[list[int]]]:
        """All phrases and literals; for each phrase its detectors, and for each of both the sets that it is in."""
        from ahocorasick_rs import BytesAhoCorasick, Implementation

        literals = [literal.encode("ascii", "replace") for literal in (*self._phrases, *self._literals)]
        automaton = BytesAhoCorasick(literals or [b"\0"], implementation=Implementation.NoncontiguousNFA)
        return automaton, [*self._phrases.values()], [*([] for _ in self._phrases), *self._literals.values()]

    def _in_pieces(self, words: bytes) -> tuple[set[int], Iterable[tuple[list[int], int, int]]]:
        """As `_in_one_pass`, by looking up each piece of the text that is no longer than a literal."""
        text = words.decode("ascii")
        pieces = {text[start:end] for start in range(len(text)) for end in range(start + 1, start + 1 + ENOUGH)}
        standing = set[int]().union(*map(self._literals.__getitem__, self._literals.keys() & pieces))
        return standing, (
            (detectors, start, start + len(phrase))
            for phrase, detectors in self._phrases.items()
            for start in _places(text, phrase)
        )


def _places(text: str, phrase: str) -> Iterator[int]:
    start = text.find(phrase)
    while start >= 0:
        yield start
        start = text.find(phrase, start + 1)


def is_whole(words: bytes, start: int, end: int) -> bool:
    """Whether a stretch begins and ends at the edge of a word."""
    return not (words[max(0, start - 1) : start + 1].isalnum() and start) and not (
        words[end - 1 : end + 1].isalnum() and end < len(words)
    )


class TextReading:
    """What one text does, as far as a single text can tell. Spans are places in `text`."""

    def __init__(self, reader: Reader, text: str) -> None:
        self.text, self._reader = text, reader
        self.folded = fold(text, reader.side)
        self._phrases, self._patterns = reader.hits(self.folded)
        unannounced = reader.unannounced(self.folded)
        self._patterns |= unannounced
        self._tested: dict[int, bool] = dict.fromkeys(unannounced, True)
        self.values: dict[str, Value] = {}
        self._spans: dict[int, tuple[Span, ...]] = {}
        self._mood: MoodReading | None = None

    @property
    def as_written(self) -> str:
        return self.folded.as_written.decode("ascii")

    @property
    def words(self) -> bytes:
        return self.folded.words

    def any_hit(self, detectors: frozenset[int]) -> bool:
        """Whether one of them hit, or nearly did; patterns are tested one after the other, and no more than needed."""
        return not detectors.isdisjoint(self._phrases) or any(map(self._hit, detectors & self._patterns))

    def hits(self, detectors: frozenset[int]) -> list[int]:
        """Those of them that hit, or nearly did."""
        return [*filter(self._hit, detectors & self._patterns), *detectors.intersection(self._phrases)]

    def _hit(self, pattern: int) -> bool:
        hit = self._tested.get(pattern)
        if hit is None:
            hit = self._tested[pattern] = self._reader.may_match(pattern, self.folded)
        return hit

    def spans(self, detector: int) -> tuple[Span, ...]:
        """Where a detector hit; of overlapping places the longest."""
        if detector not in self._spans:
            if detector in self._phrases:
                places = [self.folded.span(start, end) for start, end in self._phrases[detector]]
            else:
                places = self._locate(detector) if detector in self._patterns and self._hit(detector) else []
            self._spans[detector] = longest(places) if places else ()
        return self._spans[detector]

    def _locate(self, detector: int) -> list[Span]:
        """Where a pattern matches; the group that took part, where the pattern has groups."""
        folded = self.folded
        as_written = detector in self._reader.written
        regex = self._reader.regex(detector)
        groups = range(1, regex.groups + 1)
        found = []
        for match in regex.finditer(folded.as_written if as_written else folded.words):
            start, end = next((span for span in map(match.span, groups) if span[0] >= 0), None) or match.span()
            found.append(Span(start, end) if as_written else folded.span(start, end))
        return found

    def tokens(self, detector: int) -> tuple[Span, ...]:
        """Where a token pattern hit. Imports spaCy only if a literal of its gate stands in the text."""
        pattern = self._reader.tokens[detector]
        if not self.spans(pattern.gate):
            return ()
        from replylint.language import find_tokens

        return longest(find_tokens(self.text, pattern.pattern, self._reader.language))

    def mood(self, label: str) -> Value:
        """The score of the mood model, and the words that it rests on."""
        if self._mood is None:
            self._mood = load_mood().read(self.text)
        score = self._mood.score(label)
        if score < load_mood().threshold(label):
            return FALSE._replace(score=score)
        spans = tuple(Span(*place) for place in self._mood.words(label))
        return Value(True, spans, score, tuple(self.text[start:end] for start, end in spans))


def longest(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In text order, without those that overlap a longer one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if kept and span.start < kept[-1].end:
            if span.end - span.start > kept[-1].end - kept[-1].start:
                kept[-1] = span
        elif span.end > span.start:
            kept.append(span)
    return tuple(kept)


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same places, in text order and apart from each other: overlapping ones are one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
