from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.detectors.atoms import atoms


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\b(?:sorry|apolog(?:y|ies))\b", {"sorry", "apology", "apologies"}),
        (r"please (?:dm|message) us", {"please dm us", "please message us"}),
        (r"\b(?:we|i) (?:can|will) [a-z]+ help you out", {" help you out"}),
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
def test_atoms(pattern: str, needed: set[str] | None) -> None:
    found = atoms(pattern)
    assert found == (None if needed is None else frozenset(needed))


PIECES = ["ab", "c", "(?:de|fg)", "h?", "[ij]", "(?:kl)+", "m*", r"\b", ".", "(no|pq|r)"]
TEXTS = st.text("abcdefghijklmnopqr ", max_size=30)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), TEXTS)
def test_every_match_holds_an_atom(pieces: list[str], text: str) -> None:
    pattern = "".join(pieces)
    needed = atoms(pattern)
    for match in re.finditer(pattern, text):
        assert needed is None or any(atom in match[0] for atom in needed)
