"""One pass over a text says which phrases and patterns of one side hit; places are found only for those that are asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import re2
from ahocorasick_rs import BytesAhoCorasick
from msgspec import Struct

from replylint.detectors.folding import Folded, fold
from replylint.detectors.mood import Reading as MoodReading
from replylint.detectors.mood import load_mood
from replylint.model import FALSE, Side, Span, Value

_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789")
_MEMORY = 64 << 20


def options() -> re2.Options:
    chosen = re2.Options()
    chosen.log_errors = False
    chosen.max_mem = _MEMORY
    chosen.encoding = re2.Options.Encoding.LATIN1  # type: ignore[attr-defined]
    return chosen


class TokenPattern(Struct, frozen=True):
    """A spaCy token pattern, and the detector of the literals without which it can't match."""

    pattern: list[dict[str, Any]]
    gate: int


class Reader:
    """All phrases, patterns and token patterns of the signals of one side, each known by a number."""

    def __init__(self, side: Side, language: str = "") -> None:
        self.side: Side = side
        self.language = language
        self._phrases: dict[bytes, list[int]] = {}
        self._patterns: dict[tuple[str, bool], int] = {}
        self.tokens: dict[int, TokenPattern] = {}
        self.regexes: dict[int, Any] = {}
        self.written: set[int] = set()
        self._count = 0

    def _next(self) -> int:
        self._count += 1
        return self._count

    def add_phrases(self, phrases: Iterable[str]) -> int:
        """Literals, insensitive to case, quotes, blanks and contractions. Returns the detector's number."""
        number = self._next()
        for phrase in phrases:
            self._phrases.setdefault(fold(phrase.strip(), self.side).words, []).append(number)
        return number

    def add_pattern(self, pattern: str, as_written: bool) -> int:
        """A RE2 expression on folded words, or on the text as written. Raises ValueError with RE2's own words."""
        if (pattern, as_written) not in self._patterns:
            try:
                compiled = re2.compile(pattern.encode("latin-1", "replace"), options())
            except re2.error as error:
                said = error.args[0]
                raise ValueError(said.decode() if isinstance(said, bytes) else str(said)) from None
            number = self._next()
            self._patterns[pattern, as_written] = number
            self.regexes[number] = compiled
            if as_written:
                self.written.add(number)
        return self._patterns[pattern, as_written]

    def add_tokens(self, pattern: list[dict[str, Any]], gate: Sequence[str]) -> int:
        number = self._next()
        self.tokens[number] = TokenPattern(pattern, self.add_phrases(gate))
        return number

    def compile(self) -> None:
        self._literals = list(self._phrases)
        self._automaton = BytesAhoCorasick(self._literals or [b"\0"])
        self._sets = tuple(self._compile_set(as_written) for as_written in (False, True))

    def _compile_set(self, as_written: bool) -> tuple[Any, tuple[int, ...]]:
        chosen = [(pattern, number) for (pattern, written), number in self._patterns.items() if written == as_written]
        patterns = re2.Set.SearchSet(options())
        for pattern, _ in chosen:
            patterns.Add(pattern.encode("latin-1", "replace"))
        patterns.Compile()
        return patterns, tuple(number for _, number in chosen)

    def read(self, text: str) -> TextReading:
        return TextReading(self, text)

    def literal_hits(self, words: bytes) -> dict[int, list[tuple[int, int]]]:
        """Places in the folded words, for each detector of phrases that hit; whole words only."""
        hits: dict[int, list[tuple[int, int]]] = {}
        last = len(words)
        for index, start, end in self._automaton.find_matches_as_indexes(words, overlapping=True):
            if start and words[start] in _WORD and words[start - 1] in _WORD:
                continue
            if end < last and words[end - 1] in _WORD and words[end] in _WORD:
                continue
            for number in self._phrases.get(self._literals[index], ()):
                hits.setdefault(number, []).append((start, end))
        return hits

    def pattern_hits(self, folded: Folded) -> set[int]:
        hits: set[int] = set()
        for (patterns, numbers), text in zip(self._sets, (folded.words, folded.as_written), strict=True):
            if numbers:
                hits.update(numbers[index] for index in patterns.Match(text) or ())
        return hits


class TextReading:
    """What one text does, as far as a single text can tell. Spans are places in `text`."""

    def __init__(self, reader: Reader, text: str) -> None:
        self.text, self._reader = text, reader
        self.folded = fold(text, reader.side)
        self._literals = reader.literal_hits(self.folded.words)
        self._patterns = reader.pattern_hits(self.folded)
        self._spans: dict[int, tuple[Span, ...]] = {}
        self._mood: MoodReading | None = None

    def spans(self, detector: int) -> tuple[Span, ...]:
        """Where a detector hit; of overlapping places the longest."""
        if detector in self._literals or detector in self._patterns:
            if detector not in self._spans:
                self._spans[detector] = longest(self._locate(detector))
            return self._spans[detector]
        return ()

    def _locate(self, detector: int) -> list[Span]:
        folded = self.folded
        if detector in self._literals:
            return [folded.span(start, end) for start, end in self._literals[detector]]
        regex = self._reader.regexes[detector]
        as_written = detector in self._reader.written
        found = []
        for match in regex.finditer(folded.as_written if as_written else folded.words):
            start, end = next(
                (match.span(g) for g in range(1, regex.groups + 1) if match.span(g)[0] >= 0), match.span()
            )
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
        spans = tuple(Span(*place) for place in self._mood.words(label))
        score = self._mood.score(label)
        if score < load_mood().threshold(label):
            return FALSE._replace(score=score)
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
