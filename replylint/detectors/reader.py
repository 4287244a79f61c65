"""One pass over a text says which phrases and patterns of one side could hit; they are looked for only when asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

from replylint.detectors.atoms import ENOUGH, marked
from replylint.detectors.folding import Folded, fold
from replylint.detectors.mood import Reading as MoodReading
from replylint.detectors.mood import load_mood
from replylint.detectors.plan import ReaderPlan, compile_pattern, compile_test, unpacked
from replylint.model import FALSE, Side, Span, Value

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

_TOGETHER = 32  # patterns in one pass: of many more the automaton would grow large
_FEW = 4_000  # characters: so many are cut to pieces and looked up in the time in which an automaton is built


class Told(NamedTuple):
    """What a literal tells that stands in a text. Sets of literals are bits of a number.

    `ways`: patterns for which it is the most telling, each with the other sets of which a literal must stand there too.
    """

    sets: int
    ways: tuple[tuple[int, int], ...]


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
        self._phrases, self._literals, self._announces = plan.phrases, plan.literals, plan.announces
        self._told = cache(self._tell)
        self._characters = 0  # read so far

    def regex(self, detector: int) -> Any:
        """The compiled pattern, the same for all texts."""
        return compile_pattern(self._sources[detector])

    def may_match(self, detector: int, words: bytes) -> bool:
        """Whether a pattern on folded words matches or nearly does, in less than a third of the time of finding where."""
        return compile_test(self._sources[detector]).Match(words) is not None

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
        text = marked(words.decode("ascii"))
        self._characters += len(text)
        literals, found = self._in_pieces(text) if self._characters < _FEW else self._in_one_pass(text)
        told = [*map(self._told, literals)]
        sets = reduce(or_, [one.sets for one in told], 0)
        patterns = {pattern for one in told for pattern, others in one.ways if sets & others == others}
        phrases: dict[int, list[tuple[int, int]]] = {}
        for detectors, start, end in found:
            if is_whole(words, start, end):
                for number in detectors:
                    phrases.setdefault(number, []).append((start, end))
        return phrases, patterns

    def _tell(self, literal: str) -> Told:
        sets = unpacked(self._literals[literal])
        ways = [(pattern, _bits(others)) for one in sets for pattern, others in self._announces[one]]
        return Told(_bits(sets), tuple(ways))

    def _in_one_pass(self, text: str) -> tuple[Iterable[str], Iterable[tuple[list[int], int, int]]]:
        """The literals that stand in this marked text, and the places of phrases, each with its detectors."""
        automaton, literals, phrases = self._automaton
        found = automaton.find_matches_as_indexes(text.encode("ascii"), overlapping=True)
        of_patterns = {index for index, _, _ in found if index < len(literals)}
        places = [(phrases[i - len(literals)], start, end) for i, start, end in found if i >= len(literals)]
        return map(literals.__getitem__, of_patterns), places

    @cached_property
    def _automaton(self) -> tuple[BytesAhoCorasick, list[str], list[list[int]]]:
        """All literals and phrases, the literals first; for each phrase its detectors."""
        from ahocorasick_rs import BytesAhoCorasick, Implementation

        literals = [*self._literals]
        every = [one.encode("ascii", "replace") for one in (*literals, *map(marked, self._phrases))]
        automaton = BytesAhoCorasick(every or [b"\0"], implementation=Implementation.NoncontiguousNFA)
        return automaton, literals, [*self._phrases.values()]

    def _in_pieces(self, text: str) -> tuple[Iterable[str], Iterable[tuple[list[int], int, int]]]:
        """As `_in_one_pass`, by looking up each piece of the text that is no longer than a literal."""
        pieces = {text[start:end] for start in range(len(text)) for end in range(start + 1, start + 1 + ENOUGH)}
        places = (
            (detectors, start, start + len(phrase))
            for phrase, detectors in self._phrases.items()
            for start in _places(text, marked(phrase))
        )
        return self._literals.keys() & pieces, places


def _bits(numbers: Iterable[int]) -> int:
    return reduce(or_, [1 << number for number in numbers], 0)


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
        self._phrases, announced = reader.hits(self.folded)
        unannounced = reader.unannounced(self.folded)
        self._patterns = announced | unannounced
        self._tested: dict[int, bool] = dict.fromkeys(unannounced, True)
        self.values: dict[str, Value] = {}
        self._spans: dict[int, tuple[Span, ...]] = {}
        self._moods: dict[str, Value] = {}

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
        if hit is None:  # several threads may read one text: each may test, and none takes away what another looks for
            hit = self._tested[pattern] = self._reader.may_match(pattern, self.words)
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
        if label not in self._moods:
            self._moods[label] = self._felt(label)
        return self._moods[label]

    def _felt(self, label: str) -> Value:
        score = self._mood.score(label)
        if score < load_mood().threshold(label):
            return FALSE._replace(score=score)
        spans = tuple(Span(*place) for place in self._mood.words(label))
        return Value(True, spans, score, tuple(self.text[start:end] for start, end in spans))

    @cached_property
    def _mood(self) -> MoodReading:
        return load_mood().read(self.text)


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
