from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.detectors.atoms import marked, needed
from replylint.detectors.plan import loosened


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        (r"\bsorry\b", {"Sorry"}),
        (r"please (?:dm|message) us", {"Please Dm ", "please Dm ", "Please Mes", "please Mes"}),
        (r"\b(?:we|i) (?:can|will) [a-z]+ help you out", {" Help You "}),
        (r"(?:x|yy)zz", {"Xzz", "xzz", "Yyzz", "yyzz"}),
        (r"[0-9]{3} foo", {" Foo"}),
        (r"\d{3}foo", {"Foo"}),
        (r"(?:abc)?def(?:gh|ij)+", {"Def", "def", "Abcdef", "abcdef"}),
        (r"colou?r", {"Color", "color", "Colour", "colour"}),
        (r"\bcolou?r", {"Color", "Colour"}),
        (r"\x02+ now", {"\x02"}),
        (r"a?b*c+", None),
        (r"[a-z]+", None),
        (r"(?:foo|[a-z]+)", None),
        (r"\x02+", {"\x02"}),
    ],
)
def test_the_most_telling_literals(pattern: str, literals: set[str] | None) -> None:
    assert [way[0] for way in needed(pattern)] == ([] if literals is None else [literals])


def test_a_match_needs_one_literal_of_each_set() -> None:
    ((first, *others),) = needed(r"\b(?:we|our team) [a-z]+ (?:refund|return)(?:ed)? .{0,20}(?:money|payment)")
    assert first == {"Money", "money", "Payment", "payment"}  # what stands in the fewest texts
    assert others == [{" Refund ", " Refunded ", " Return ", " Returned "}, {"We ", "Our Team "}]


def test_each_way_to_match_needs_its_own() -> None:
    assert needed(r"\b(?:sorry|apolog(?:y|ies))\b") == (({"Sorry"},), ({"Apology", "Apologies"},))
    ways = needed(r"\b(?:sorry for (?:the [a-z]+ )?delay|(?:call|ring) [a-z]+ back)\b")
    assert ways == (({"Sorry For "}, {"Delay"}), ({"Call ", "Ring "}, {" Back"}))


def test_where_a_word_starts() -> None:
    assert needed(r"(?:^|[.!?] ?|\b(?:and|but) )(?:hey|you[a-z]+)") == (({"Hey", "You"},),)
    assert needed(r"(?:[ab] ?|\b(?:and|but) )(?:hey|you[a-z]+)") == (({"Hey", "hey", "You", "you"},),)


def test_words_that_are_in_most_texts_tell_little() -> None:
    assert needed(r"\b(?:the|our|your) [a-z]+ (?:zip|fee)s?\b")[0][0] == {" Zip", " Zips", " Fee", " Fees"}


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
    "(?:ab c|d[ef] h)",
    " ",
    "(?:^|[.!] ?)",
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
TEXTS = st.text("abcdefghijklmnopqr .", max_size=30)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), TEXTS)
def test_every_match_holds_a_literal_of_each_set_of_one_way(pieces: list[str], text: str) -> None:
    pattern = "".join(pieces)
    ways = needed(pattern)
    for match in re.finditer(pattern, text):
        found = marked(text)[match.start() : match.end()]
        told = [all(any(literal in found for literal in literals) for literals in way) for way in ways]
        assert any(told) or not ways
    assert re.search(loosened(pattern), text) or not re.search(pattern, text)
