from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.detectors.atoms import needed
from replylint.detectors.plan import loosened


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        (r"\b(?:sorry|apolog(?:y|ies))\b", {"sorry", "apology", "apologies"}),
        (r"please (?:dm|message) us", {"please dm ", "please mes"}),
        (r"\b(?:we|i) (?:can|will) [a-z]+ help you out", {" help you "}),
        (r"(?:x|yy)zz", {"xzz", "yyzz"}),
        (r"[0-9]{3} foo", {" foo"}),
        (r"(?:abc)?def(?:gh|ij)+", {"def", "abcdef"}),
        (r"colou?r", {"color", "colour"}),
        (r"\x02+ now", {"\x02"}),
        (r"a?b*c+", None),
        (r"[a-z]+", None),
        (r"(?:foo|[a-z]+)", None),
        (r"\x02+", {"\x02"}),
    ],
)
def test_the_most_telling_literals(pattern: str, literals: set[str] | None) -> None:
    assert needed(pattern)[:1] == (() if literals is None else (literals,))


def test_a_match_needs_one_literal_of_each_set() -> None:
    sets = needed(r"\b(?:we|our team) [a-z]+ (?:refund|return)(?:ed)? .{0,20}(?:money|payment)")
    assert sets[0] == {"money", "payment"}  # what stands in the fewest texts
    assert {frozenset({" refund ", " refunded ", " return ", " returned "}), frozenset({"we ", "our team "})} == set(
        sets[1:]
    )


def test_words_that_are_in_most_texts_tell_little() -> None:
    assert needed(r"\b(?:the|our|your) [a-z]+ (?:zip|fee)s?\b")[0] == {" zip", " zips", " fee", " fees"}


@pytest.mark.parametrize(
    ("pattern", "open_pattern"),
    [
        (r"[^.!?]{0,160}\?", r"[^.!?]*\?"),
        (r"(?: [a-z]+){1,5}? now", r"(?: [a-z]+)+? now"),
        (r"a{2}b{0,1}c{,4}", r"a{2}b{0,1}c{,4}"),
        (r"\d{4}|\{4}|[{4}]{9}|\x{41}", r"\d+|\{4}|[{4}]+|\x{41}"),
        (r"x{3,}", "x+"),
        (r"\Qx{3,}\E", r"\Qx{3,}\E"),
    ],
)
def test_loosened(pattern: str, open_pattern: str) -> None:
    assert loosened(pattern) == open_pattern


PIECES = [
    "ab",
    "c",
    "(?:de|fg)",
    "h?",
    "[ij]",
    "(?:kl)+",
    "m*",
    r"\b",
    ".",
    "(no|pq|r)",
    ".{0,3}",
    "[a-d]{2,4}",
    "(?:ab){3}?",
]
TEXTS = st.text("abcdefghijklmnopqr ", max_size=30)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), TEXTS)
def test_every_match_holds_a_literal_of_each_set(pieces: list[str], text: str) -> None:
    pattern = "".join(pieces)
    for match in re.finditer(pattern, text):
        assert all(any(literal in match[0] for literal in literals) for literals in needed(pattern))
    assert re.search(loosened(pattern), text) or not re.search(pattern, text)
