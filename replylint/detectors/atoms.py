"""What must stand in a text for a pattern to match it: sets of literals, of each of which one is in every match.

The idea of a prefilter is that of RE2's FilteredRE2 and of Cox, "Regular Expression Matching with a Trigram Index" (2012).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, NamedTuple, TypeAlias

# Python's own parser of expressions, under the two names that it has had
_IN_PACKAGE = sys.version_info >= (3, 11)
_constants = import_module("re._constants" if _IN_PACKAGE else "sre_constants")
_parser = import_module("re._parser" if _IN_PACKAGE else "sre_parse")

Strings: TypeAlias = frozenset[str]

_MOST_STRINGS = 64  # a larger set of whole matches is not followed further
_MOST_LITERALS = 512  # a long list of words is as good a set of literals as a short one: all are looked for in one pass
_MOST_CLASS = 4
_SHORTEST = 2
_LONG = 6
_MOST_BESIDE = 24  # a set beside the most telling one must be small: it only narrows what that one lets through
_NOTHING: Strings = frozenset({""})


class Found(NamedTuple):
    """`exact`: all strings that the part matches, if they are few; `needed`: literals, one of which is in every match."""

    exact: Strings | None
    needed: Strings | None


_ANYTHING = Found(None, None)


def atoms(pattern: str) -> Strings | None:
    """The literals, one of which every match of the pattern holds; None where nothing can be said."""
    try:
        found = _sequence(_parser.parse(pattern))
    except Exception:  # an expression that RE2 knows and Python does not: it is tried on every text
        return None
    return _better(found.exact, found.needed)


def needed(pattern: str) -> tuple[Strings, ...]:
    """Sets of literals, of each of which one stands in every match, the most telling first; empty where nothing can be said."""
    best = atoms(pattern)
    if best is None:
        return ()
    others = {strings for strings in _sets(_parser.parse(pattern)) if strings != best and len(strings) <= _MOST_BESIDE}
    return best, *sorted(others, key=lambda strings: sorted(strings))


def _sets(parts: Iterable[tuple[Any, Any]]) -> Iterator[Strings]:
    """The useful sets of each part of a sequence, whole matches that follow each other joined."""
    exact: Strings | None = _NOTHING
    for operator, argument in parts:
        found = _part(operator, argument)
        joined = _joined(exact, found.exact)
        if joined is not None:
            exact = joined
            continue
        if _useful(exact) and exact is not None:
            yield exact
        exact = found.exact if found.exact is not None else _NOTHING
        if operator is _constants.SUBPATTERN and found.exact is None:
            yield from _sets(argument[-1])
        elif found.needed is not None and _useful(found.needed):
            yield found.needed
    if _useful(exact) and exact is not None:
        yield exact


def _useful(strings: Strings | None) -> bool:
    return (
        strings is not None and len(strings) <= _MOST_LITERALS and min(map(_telling, strings), default=0) >= _SHORTEST
    )


def _telling(string: str) -> int:
    """How rare a literal is: by its length; the fillers of masked stretches are rare however short."""
    return min(_LONG, len(string) + (0 if string.replace("\n", "").isprintable() else _LONG))


def _better(one: Strings | None, other: Strings | None) -> Strings | None:
    """The set that tells more: whose shortest literal is longer, then the smaller one."""
    useful = [strings for strings in (one, other) if strings is not None and _useful(strings)]
    return max(useful, key=lambda strings: (min(map(_telling, strings)), -len(strings)), default=None)


def _sequence(parts: Iterable[tuple[Any, Any]]) -> Found:
    exact: Strings | None = _NOTHING
    needed: Strings | None = None
    whole = True
    for operator, argument in parts:
        found = _part(operator, argument)
        joined = _joined(exact, found.exact)
        if joined is not None:
            exact = joined
            continue
        whole = False
        needed = _better(_better(needed, exact), found.needed)
        exact = found.exact if found.exact is not None else _NOTHING
    return Found(exact if whole else None, needed if whole else _better(needed, exact))


def _joined(one: Strings | None, other: Strings | None) -> Strings | None:
    if one is None or other is None or len(one) * len(other) > _MOST_STRINGS:
        return None
    return frozenset(a + b for a in one for b in other)


def _part(operator: Any, argument: Any) -> Found:
    if operator is _constants.LITERAL:
        return Found(frozenset({chr(argument)}), None)
    if operator is _constants.AT:
        return Found(_NOTHING, None)
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
    exact = frozenset().union(*every) if len(every) == len(found) else None
    sets = [_better(branch.exact, branch.needed) for branch in found]
    needed = None if None in sets else frozenset().union(*(s for s in sets if s is not None))
    if exact is not None and len(exact) <= _MOST_STRINGS:
        return Found(exact, None)
    return Found(None, needed if _useful(needed) else None)


def _class(members: list[tuple[Any, Any]]) -> Found:
    if len(members) <= _MOST_CLASS and all(operator is _constants.LITERAL for operator, _ in members):
        return Found(frozenset(chr(code) for _, code in members), None)
    return _ANYTHING


def _repeat(least: int, most: Any, item: Any) -> Found:
    inner = _sequence(item)
    if least == 0:
        return Found(inner.exact | _NOTHING if most == 1 and inner.exact is not None else None, None)
    return inner if most == 1 else Found(None, _better(inner.exact, inner.needed))
