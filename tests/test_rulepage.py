from __future__ import annotations

from replylint.model import All, Any, AtLeast, Named, Not
from replylint.reporters.rulepage import outline, say

A, B, C = (Named(f"customer.signal-with-a-long-name-{letter}") for letter in "abc")


def test_what_is_denied_together_keeps_its_brackets() -> None:
    assert say(All((Named("a"), Not(Any((Named("b"), Named("c"))))))) == "a and not (b or c)"
    assert say(Not(All((Named("a"), Not(AtLeast("b", 0.5)))))) == "not (a and not b of at least 0.5)"


def test_a_short_condition_is_one_line() -> None:
    assert list(outline(Any((Named("a"), Named("b"))))) == [(0, "a or b")]


def test_a_long_condition_is_a_list_of_lists() -> None:
    assert list(outline(All((A, Not(Any((A, B, C))), Not(All((A, B, C))), Any((A, All((B, C)))))))) == [
        (0, "all of these:"),
        (1, A.name),
        (1, "none of these:"),
        *((2, part.name) for part in (A, B, C)),
        (1, "not all of these at once:"),
        *((2, part.name) for part in (A, B, C)),
        (1, "any of these:"),
        (2, A.name),
        (2, f"{B.name} and {C.name}"),
    ]
