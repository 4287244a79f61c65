from __future__ import annotations

import random
import time

import msgspec

from replylint.covering import cover
from replylint.model import Finding, Level, Rulebook, Source, Span

SOURCE = Source("Ann", "Steps")


def finding(rule: str, span: tuple[int, int] | None, level: Level = Level.warning) -> Finding:
    return Finding(rule, level, Span(*span) if span else None, "", "", "", SOURCE)


def with_covers(book: Rulebook, covers: dict[str, tuple[str, ...]]) -> Rulebook:
    rule = book.rules[0]
    rules = [msgspec.structs.replace(rule, id=id, covers=others) for id, others in covers.items()]
    return msgspec.structs.replace(book, rules=tuple(rules))


def test_it_covers_what_comparing_all_with_all_says(small: Rulebook) -> None:
    chosen = random.Random(6)
    covers = {"a": ("b", "c"), "b": ("c", "d"), "c": ("a",), "d": ()}
    book = with_covers(small, covers)
    for _ in range(300):
        places = [None, *((start, start + chosen.randint(1, 9)) for start in (chosen.randint(0, 40) for _ in range(9)))]
        found = [finding(chosen.choice("abcd"), place, chosen.choice(list(Level))) for place in places]
        chosen.shuffle(found)
        for low, one in zip(found, cover(found, book), strict=True):
            highs = [
                high.rule
                for high in found
                if low.rule in covers[high.rule]
                and high.level >= low.level
                and (low.span is None or high.span is None or low.span.overlaps(high.span))
            ]
            assert bool(one.covered_by) == bool(highs)


def test_thousands_of_findings_take_no_time_to_speak_of(small: Rulebook) -> None:
    book = with_covers(small, {"a": ("b",), "b": ()})
    found = [finding(rule, (at, at + 5)) for at in range(0, 100_000, 10) for rule in "ab"]
    start = time.process_time()
    assert sum(bool(one.covered_by) for one in cover(found, book)) == 10_000
    assert time.process_time() - start < 2
