"""What must stand in a text for a pattern to match it: for each of its ways, sets of literals of each of which one is in every match.

The idea of a prefilter is that of RE2's FilteredRE2 and of Cox, "Regular Expression Matching with a Trigram Index" (2012).
A literal says by its case where words start, as `marked` has it: "Hi" is in "oh hi", and not in "delhi".
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
Ways: TypeAlias = tuple[tuple[Strings, ...], ...]
Literals: TypeAlias = dict[str, Ways]  # pattern -> what `needed` found of it

_MOST_STRINGS = 16  # a larger set of whole matches is not followed further
_MOST_LITERALS = 512  # a long list of words is as good a set of literals as a short one: all are looked for in one pass
_MOST_CLASS = 4
_MOST_SETS = 4  # of one way: more tell little more
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
_EDGE = "\b"  # before a string: what comes before it is no letter, so that its first letter starts a word
_NOTHING: Strings = frozenset({""})
_DIGITS = [(_constants.CATEGORY, _constants.CATEGORY_DIGIT)]


class Found(NamedTuple):
    """What every match of a part holds. `exact`: all strings that the part matches, if they are few.

    `needed`: the most telling set of literals, one of which is in every match; `sets`: this and other such sets.
    `at_edge`: it ends with what is no letter; `may_be_empty`: or is not there at all.
    """

    exact: Strings | None
    needed: Strings | None = None
    sets: tuple[Strings, ...] = ()
    at_edge: bool = False
    may_be_empty: bool = False


def marked(text: str) -> str:
    """A folded text with its words' first letters in upper case, as literals have them; each character in its place."""
    return text.title()


def needed(pattern: str) -> Ways:
    """For each way in which a pattern can match, sets of literals, of each of which one stands in every such match.

    The most telling set comes first. Empty where nothing can be said.
    """
    try:
        ways = [*map(_way, _alternatives([*_parser.parse(pattern)]))]
    except Exception:  # an expression that RE2 knows and Python does not: it is tried on every text
        return ()
    return tuple(dict.fromkeys(ways)) if all(ways) else ()


def _alternatives(parts: list[tuple[Any, Any]]) -> Iterator[list[tuple[Any, Any]]]:
    """The expressions of which a pattern is no more than a choice, each with the edges around that choice."""
    inner = [index for index, (operator, _) in enumerate(parts) if operator is not _constants.AT]
    if len(inner) == 1:
        (index,) = inner
        operator, argument = parts[index]
        if operator in (_constants.SUBPATTERN, _constants.BRANCH):
            for branch in argument[1] if operator is _constants.BRANCH else [argument[-1]]:
                yield from _alternatives([*parts[:index], *branch, *parts[index + 1 :]])
            return
    yield parts


def _way(parts: list[tuple[Any, Any]]) -> tuple[Strings, ...]:
    found = _sequence(parts)
    best = _better(found.exact, found.needed)
    if best is None:
        return ()
    others = sorted({strings for strings in found.sets if strings != best}, key=lambda one: (_often(one), sorted(one)))
    return tuple(dict.fromkeys(map(_as_marked, (best, *others[: _MOST_SETS - 1]))))


def _as_marked(strings: Strings) -> Strings:
    """As they stand in a marked text; where nobody knows what comes before, with and without a word's start."""
    found = set()
    for string in strings:
        literal = _plain(string)[:ENOUGH]
        start = marked(literal)
        found.add(start)
        if not string.startswith(_EDGE):
            found.add(literal[0] + start[1:])
    return frozenset(found)


def _plain(string: str) -> str:
    return string.removeprefix(_EDGE)


def _useful(strings: Strings) -> bool:
    return 0 < len(strings) <= _MOST_LITERALS and all(
        len(plain) >= _SHORTEST or plain in _COMMON_WORDS for plain in map(_plain, strings)
    )


def _if_useful(strings: Strings | None) -> tuple[Strings, ...]:
    return () if strings is None or not _useful(strings) else (strings,)


@lru_cache(2048)
def _often(strings: Strings) -> int:
    """In how many of a thousand texts one of them stands, about."""
    return sum(map(_chance, strings))


def _chance(string: str) -> int:
    if _plain(string).strip() in _COMMON_WORDS:
        return _COMMON
    # the start of a word tells as much as a character
    return _BY_LENGTH[len(string)] if len(string) < len(_BY_LENGTH) else _RARE


def _better(one: Strings | None, other: Strings | None) -> Strings | None:
    """The set that stands in fewer texts."""
    return min((*_if_useful(one), *_if_useful(other)), key=_often, default=None)


def _ends_at_edge(strings: Strings) -> bool:
    return all(string and not string[-1].isalpha() for string in strings)


def _sequence(parts: Iterable[tuple[Any, Any]], at_edge: bool = False) -> Found:
    """Whole matches of parts that follow each other are joined, as long as they are few. `at_edge`: it starts after no letter."""
    exact = _start(at_edge)
    needed: Strings | None = None
    sets: list[Strings] = []
    whole = True
    for operator, argument in _runs(parts):
        at_edge = _ends_at_edge(exact)
        if operator is _constants.AT:
            if argument in (_constants.AT_BOUNDARY, _constants.AT_BEGINNING):
                exact = frozenset(string or _EDGE for string in exact)
            continue
        found = _part(operator, argument, at_edge)
        joined = _joined(exact, found.exact)
        if joined is not None:
            exact = joined
            continue
        whole = False
        needed = _better(_better(needed, exact), found.needed)
        sets += _if_useful(exact)
        if found.exact is None:
            sets += found.sets
            exact = _start(found.at_edge and (at_edge or not found.may_be_empty))
        else:
            exact = frozenset(_EDGE + _plain(string) if at_edge else string for string in found.exact)
    if whole:
        return Found(exact, at_edge=_ends_at_edge(exact))
    return Found(None, _better(needed, exact), (*sets, *_if_useful(exact)), _ends_at_edge(exact))


def _start(at_edge: bool) -> Strings:
    return frozenset({_EDGE}) if at_edge else _NOTHING


def _runs(parts: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    """The parts; characters that follow each other are one."""
    run = ""
    for operator, argument in parts:
        if operator is _constants.LITERAL:
            run += chr(argument)
            continue
        if run:
            yield _constants.LITERAL, run
            run = ""
        yield operator, argument
    if run:
        yield _constants.LITERAL, run


def _joined(one: Strings, other: Strings | None) -> Strings | None:
    if other is None or len(one) * len(other) > _MOST_STRINGS:
        return None
    return frozenset(a + (_plain(b) if a else b) for a in one for b in other)


def _part(operator: Any, argument: Any, at_edge: bool) -> Found:
    if operator is _constants.LITERAL:
        return Found(frozenset({argument}))
    if operator is _constants.SUBPATTERN:
        return _sequence(argument[-1], at_edge)
    if operator is _constants.BRANCH:
        return _branches([_sequence(branch, at_edge) for branch in argument[1]])
    if operator is _constants.IN:
        return _class(argument)
    if operator in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
        least, most, item = argument
        return _repeat(least, most, item, at_edge)
    return Found(None)


def _branches(found: list[Found]) -> Found:
    at_edge = all(branch.at_edge for branch in found)
    every = [branch.exact for branch in found if branch.exact is not None]
    if len(every) == len(found) and len(exact := frozenset().union(*every)) <= _MOST_STRINGS:
        return Found(exact, at_edge=at_edge)
    sets = [_better(branch.exact, branch.needed) for branch in found]
    return _one_of(None if None in sets else frozenset().union(*(s for s in sets if s is not None)), at_edge)


def _class(members: list[tuple[Any, Any]]) -> Found:
    every = [chr(code) for operator, code in members if operator is _constants.LITERAL]
    is_listed = len(every) == len(members)
    at_edge = members == _DIGITS or (is_listed and not any(map(str.isalpha, every)))
    return Found(frozenset(every) if is_listed and len(every) <= _MOST_CLASS else None, at_edge=at_edge)


def _repeat(least: int, most: Any, item: Any, at_edge: bool) -> Found:
    inner = _sequence(item, at_edge and most == 1)
    if least == 0:
        exact = inner.exact | _NOTHING if most == 1 and inner.exact is not None else None
        return Found(exact, at_edge=inner.at_edge, may_be_empty=True)
    return inner if most == 1 else _one_of(_better(inner.exact, inner.needed), inner.at_edge)


def _one_of(strings: Strings | None, at_edge: bool) -> Found:
    """Of a part of which no more is known than that one of these is in every match, and how it ends."""
    is_useful = strings is not None and _useful(strings)
    return Found(None, strings, (strings,), at_edge) if strings and is_useful else Found(None, at_edge=at_edge)
