"""What must stand in a text for a pattern to match it: sets of literals, of each of which one is in every match.

The idea of a prefilter is that of RE2's FilteredRE2 and of Cox, "Regular Expression Matching with a Trigram Index" (2012).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any, NamedTuple, TypeAlias

# Python's own parser of expressions, under the two names that it has had
_IN_PACKAGE = sys.version_info >= (3, 11)
_constants = import_module("re._constants" if _IN_PACKAGE else "sre_constants")
_parser = import_module("re._parser" if _IN_PACKAGE else "sre_parse")

Strings: TypeAlias = frozenset[str]
Literals: TypeAlias = dict[str, tuple[Strings, ...]]  # pattern -> what `needed` found of it

_MOST_STRINGS = 16  # a larger set of whole matches is not followed further
_MOST_LITERALS = 512  # a long list of words is as good a set of literals as a short one: all are looked for in one pass
_MOST_CLASS = 4
_SHORTEST = 2
ENOUGH = 10  # characters of a literal: more tell little more, and make the automaton large
# In how many of a thousand texts a literal stands, about: by its length, and words that are in most texts
_BY_LENGTH = (1000, 900, 200, 60, 25, 12)
_RARE = 5
_COMMON = 400
_COMMON_WORDS = frozenset(
    "a all am an and any are as at be been but by can could did do does for from get had has have he if in is it just me my no not"
    " now of on or our out so that the their them there they this to up us was we were what when which will with would you your"
    " \x02 \x03 \x1a".split(" ")
)
_NOTHING: Strings = frozenset({""})


class Found(NamedTuple):
    """What every match of a part holds. `exact`: all strings that the part matches, if they are few.

    `needed`: the most telling set of literals, one of which is in every match; `sets`: this and other such sets.
    """

    exact: Strings | None
    needed: Strings | None = None
    sets: tuple[Strings, ...] = ()


_ANYTHING = Found(None)


def needed(pattern: str) -> tuple[Strings, ...]:
    """Sets of literals, of each of which one stands in every match, the most telling first; empty where nothing can be said."""
    try:
        found = _sequence(_parser.parse(pattern))
    except Exception:  # an expression that RE2 knows and Python does not: it is tried on every text
        return ()
    best = _better(found.exact, found.needed)
    if best is None:
        return ()
    others = {_cut(strings) for strings in found.sets if strings != best}
    return _cut(best), *sorted(others, key=lambda strings: sorted(strings))


def _cut(strings: Strings) -> Strings:
    return frozenset(string[:ENOUGH] for string in strings)


def _useful(strings: Strings) -> bool:
    return 0 < len(strings) <= _MOST_LITERALS and all(len(s) >= _SHORTEST or s in _COMMON_WORDS for s in strings)


def _if_useful(strings: Strings | None) -> tuple[Strings, ...]:
    return () if strings is None or not _useful(strings) else (strings,)


@lru_cache(2048)
def _often(strings: Strings) -> int:
    """In how many of a thousand texts one of them stands, about."""
    return sum(map(_chance, strings))


def _chance(string: str) -> int:
    if string.strip() in _COMMON_WORDS:
        return _COMMON
    return _BY_LENGTH[len(string)] if len(string) < len(_BY_LENGTH) else _RARE


def _better(one: Strings | None, other: Strings | None) -> Strings | None:
    """The set that stands in fewer texts."""
    return min((*_if_useful(one), *_if_useful(other)), key=_often, default=None)


def _sequence(parts: Iterable[tuple[Any, Any]]) -> Found:
    """Whole matches of parts that follow each other are joined, as long as they are few."""
    exact: Strings | None = _NOTHING
    needed: Strings | None = None
    sets: list[Strings] = []
    whole = True
    for found in _parts(parts):
        joined = _joined(exact, found.exact)
        if joined is not None:
            exact = joined
            continue
        whole = False
        needed = _better(_better(needed, exact), found.needed)
        sets += _if_useful(exact)
        sets += found.sets if found.exact is None else ()
        exact = found.exact if found.exact is not None else _NOTHING
    sets += _if_useful(exact)
    return Found(exact, needed, tuple(sets)) if whole else Found(None, _better(needed, exact), tuple(sets))


def _parts(parts: Iterable[tuple[Any, Any]]) -> Iterator[Found]:
    """What each part holds; characters that follow each other are one part."""
    run = ""
    for operator, argument in parts:
        if operator is _constants.LITERAL:
            run += chr(argument)
        elif operator is not _constants.AT:
            if run:
                yield Found(frozenset({run}))
                run = ""
            yield _part(operator, argument)
    if run:
        yield Found(frozenset({run}))


def _joined(one: Strings | None, other: Strings | None) -> Strings | None:
    if one is None or other is None or len(one) * len(other) > _MOST_STRINGS:
        return None
    return frozenset(a + b for a in one for b in other)


def _part(operator: Any, argument: Any) -> Found:
    if operator is _constants.SUBPATTERN:
        return _sequence(argument[-1])
    if operator is _constants.BRANCH:
        return _branches([_sequence(branch) for branch in argument[1]])
    if operator is _constants.IN:
        return _class(argument)
    if operator in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
        return _repeat(*argument)
    return _ANYTHING


def _branches(found: list[Found]) -> Found:
    every = [branch.exact for branch in found if branch.exact is not None]
    if len(every) == len(found) and len(exact := frozenset().union(*every)) <= _MOST_STRINGS:
        return Found(exact)
    sets = [_better(branch.exact, branch.needed) for branch in found]
    return _one_of(None if None in sets else frozenset().union(*(s for s in sets if s is not None)))


def _class(members: list[tuple[Any, Any]]) -> Found:
    if len(members) <= _MOST_CLASS and all(operator is _constants.LITERAL for operator, _ in members):
        return Found(frozenset(chr(code) for _, code in members))
    return _ANYTHING


def _repeat(least: int, most: Any, item: Any) -> Found:
    inner = _sequence(item)
    if least == 0:
        return Found(inner.exact | _NOTHING if most == 1 and inner.exact is not None else None)
    return inner if most == 1 else _one_of(_better(inner.exact, inner.needed))


def _one_of(strings: Strings | None) -> Found:
    """Of a part of which no more is known than that one of these is in every match."""
    return Found(None, strings, (strings,)) if strings is not None and _useful(strings) else _ANYTHING
