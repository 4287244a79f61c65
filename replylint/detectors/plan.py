"""A signal as data: what it is built of, before it is compiled to a finder. Small enough to keep in a file."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

from msgspec import Struct

from replylint.detectors.atoms import Literals, Strings, needed
from replylint.detectors.folding import fold
from replylint.model import Side

_MEMORY = 64 << 20
_NUMBER = 4  # bytes
_COMPILED = 8192  # expressions that stay compiled: more than any rulebook has


class Textual(Struct, frozen=True, tag=True):
    """A detector of the side's reader, by its number: phrases or a pattern."""

    detector: int


class Tokens(Struct, frozen=True, tag=True):
    detector: int


class Mood(Struct, frozen=True, tag=True):
    label: str


class Data(Struct, frozen=True, tag=True):
    kinds: tuple[str, ...]


class Placeholders(Struct, frozen=True, tag=True):
    kind: str


class Reference(Struct, frozen=True, tag=True):
    name: str


class Run(Struct, frozen=True, tag=True):
    """Places of one signal that stand close together: at least so many, and no more than `gap` characters apart."""

    name: str
    least: int
    gap: int


class Measured(Struct, frozen=True, tag=True):
    name: str


class SettingsList(Struct, frozen=True, tag=True):
    key: str


class Spelling(Struct, frozen=True, tag=True):
    fault: str


class Relation(Struct, frozen=True, tag=True):
    name: str
    asks: str = ""
    gave: str = ""


class Installed(Struct, frozen=True, tag=True):
    """A detector that another package brings."""

    name: str


class AnyOf(Struct, frozen=True, tag=True):
    parts: tuple[Plan, ...]


class AllOf(Struct, frozen=True, tag=True):
    parts: tuple[Plan, ...]
    within_sentence: bool


class Without(Struct, frozen=True, tag=True):
    part: Plan
    exceptions: Plan


class Unless(Struct, frozen=True, tag=True):
    part: Plan
    conditions: Plan


Plan: TypeAlias = (
    Textual
    | Tokens
    | Mood
    | Data
    | Placeholders
    | Reference
    | Run
    | Measured
    | SettingsList
    | Spelling
    | Relation
    | Installed
    | AnyOf
    | AllOf
    | Without
    | Unless
)


class TokenPattern(Struct, frozen=True):
    """A spaCy token pattern, and the detector of the literals without which it can't match."""

    pattern: list[dict[str, Any]]
    gate: int


class ReaderPlan(Struct, dict=True):
    """All phrases, patterns and token patterns of the signals of one side, each known by a number."""

    side: Side
    language: str = ""
    phrases: dict[str, list[int]] = {}  # folded words -> the detectors that look for them
    patterns: dict[str, int] = {}  # on folded words
    written: dict[str, int] = {}  # on the text as written
    literals: dict[str, bytes] = {}  # literal, as in a marked text -> the sets that it is in: numbers, `as_bytes`
    # by the number of a set: the patterns for which it is the most telling, each with the others of that way to match
    announces: list[list[tuple[int, list[int]]]] = []
    always: list[int] = []  # patterns that no literal announces
    tokens: dict[int, TokenPattern] = {}
    installed: list[str] = []  # the detectors of other packages
    count: int = 0

    def _next(self) -> int:
        self.count += 1
        return self.count

    def add_phrases(self, phrases: Iterable[str]) -> int:
        """Literals, insensitive to case, quotes, blanks and contractions. Returns the detector's number.

        Raises ValueError for one in which nothing is left to look for.
        """
        number = self._next()
        for phrase in phrases:
            folded = fold(phrase.strip(), self.side).words.decode("ascii")
            if not folded:
                raise ValueError(f'found "{phrase}", a phrase without a word')
            self.phrases.setdefault(folded, []).append(number)
        return number

    def add_pattern(self, pattern: str, as_written: bool, literals: Literals) -> int:
        """A RE2 expression on folded words, or on the text as written. Raises ValueError with RE2's own words.

        `literals`: what is known of patterns on folded words already; what is found of this one is added.
        """
        known = {} if as_written else literals
        if pattern not in known:
            compile_pattern(pattern)
            known[pattern] = () if as_written else needed(pattern)
        patterns = self.written if as_written else self.patterns
        if pattern not in patterns:
            patterns[pattern] = number = self._next()
            for way in known[pattern]:
                first, *others = map(self._set, way)
                self.announces[first].append((number, others))
            if not known[pattern]:
                self.always.append(number)
        return patterns[pattern]

    @cached_property
    def _numbers(self) -> dict[Strings, int]:
        return {}

    def _set(self, literals: Strings) -> int:
        """The number of a set of literals; the same for the same set."""
        if literals not in self._numbers:
            self._numbers[literals] = number = len(self.announces)
            self.announces.append([])
            for literal in sorted(literals):
                self.literals[literal] = self.literals.get(literal, b"") + as_bytes(number)
        return self._numbers[literals]

    def add_tokens(self, pattern: list[dict[str, Any]], gate: Iterable[str]) -> int:
        number = self._next()
        self.tokens[number] = TokenPattern(pattern, self.add_phrases(gate))
        return number


def as_bytes(number: int) -> bytes:
    """A number among others: there are tens of thousands of them, which as bytes are read in a fourth of the time."""
    return number.to_bytes(_NUMBER, sys.byteorder)


def unpacked(packed: bytes) -> Sequence[int]:
    return memoryview(packed).cast("I")


@lru_cache(_COMPILED)
def compile_pattern(pattern: str) -> Any:
    """The compiled expression, which runs in time linear in the text. Raises ValueError with RE2's own words."""
    import re2

    try:
        return re2.compile(pattern.encode("latin-1", "replace"), _options())
    except re2.error as error:
        said = error.args[0]
        raise ValueError(said.decode() if isinstance(said, bytes) else str(said)) from None


@lru_cache(_COMPILED)
def compile_test(*patterns: str) -> Any:
    """These expressions, loosened, as one set: its `Match` says only which may match, in a third of the time of finding where.

    Counted repeats make an automaton of hundreds of states, most of which a new text meets for the first time.
    """
    import re2

    test: Any = re2.Set.SearchSet(_options())
    for pattern in patterns:
        test.Add(loosened(pattern).encode("latin-1", "replace"))
    test.Compile()
    return test


_COUNTED = re.compile(r"\\x\{[^}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(\d+)(,?)(\d*)\}", re.S)
_FEW = 3


def loosened(pattern: str) -> str:
    """An expression that matches wherever the pattern does, with open repeats in place of counted ones."""

    def open_repeat(match: re.Match[str]) -> str:
        least, comma, most = match.groups()
        if least is None or int(most or (0 if comma else least)) in range(1, _FEW):
            return match[0]
        return "*" if least == "0" else "+"

    return pattern if r"\Q" in pattern else _COUNTED.sub(open_repeat, pattern)


def _options() -> Any:
    import re2

    kind: Any = re2.Options
    options = kind()
    options.log_errors = False
    options.max_mem = _MEMORY
    options.encoding = kind.Encoding.LATIN1
    return options
