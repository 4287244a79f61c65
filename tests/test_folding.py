from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.detectors.folding import fold


def words(text: str) -> str:
    return fold(text, "draft").words.decode("ascii")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("We can't do THAT", "we can not do that"),
        ("we cannot / cant do that", "we can not / can not do that"),
        ("Don’t worry, we’ll help", "do not worry, we will help"),
        ("It's Ann's order", "it is ann's order"),
        ("pls DM us ur  info", "please dm us your information"),
        ("E-mail\nus", "email us"),
        ("one\n\n two", "one\ntwo"),
        ("Q&amp;A &amp; more", "q&a and more"),
        ("AT&T", "at&t"),
        ("Résumé – naïve…", "resume - naive."),
        ("significant runway", "significant runway"),
        ("zero\u200bwidth", "zerowidth"),
    ],
    ids=lambda text: text[:20],
)
def test_folds(text: str, folded: str) -> None:
    assert words(text) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("see https://acme.example/x?y=1.", "see \x02\x02."),
        ("see acme.co.uk/help now", "see \x02 now"),
        ("hi @ann_b!", "hi \x03!"),
        ("write help@acme.example", "write \x06"),
        ("Hi {{ticket.requester.first_name}},", "hi \x04,"),
        ("Hi [NAME], hi [your name]", "hi \x04, hi \x04"),
        ("you said “call us now”", 'you said "\x05"'),
        ('press "Reset" twice', 'press "\x05" twice'),
        ("> you need to call\nhello", "\x05 hello"),
        ("so sad 😢", "so sad \x1a"),
    ],
    ids=lambda text: text[:20],
)
def test_masks_what_is_no_language(text: str, folded: str) -> None:
    squeezed = "".join(
        c for i, c in enumerate(words(text)) if not (c in "\x02\x03\x04\x05\x06" and words(text)[i - 1 : i] == c)
    )
    assert squeezed == folded.replace("\x02\x02", "\x02")


@pytest.mark.parametrize(
    ("text", "found", "place"),
    [
        ("We can't  help you", "not help", "can't  help"),
        ("We’d love to", "would love", "We’d love"),
        ("Well, don't panic", "not panic", "don't panic"),
        ("é😀 pls DM us", "please dm us", "pls DM us"),
        ("a\n\n\nb &amp; c", "b and c", "b &amp; c"),
    ],
)
def test_places_lead_back_to_the_text_as_written(text: str, found: str, place: str) -> None:
    folded = fold(text, "draft")
    start = folded.words.index(found.encode())
    span = folded.span(start, start + len(found))
    assert text[span.start : span.end] == place


def test_a_quotation_of_a_customer_stays_readable() -> None:
    assert fold('I said "call me"', "customer").words == b'i said "call me"'


PIECES = [
    "can't",
    "Don’t",
    "pls",
    "u",
    " ",
    "  ",
    "\n",
    "\n\n",
    "&amp;",
    "é",
    "😀",
    "@ann",
    "https://a.example/b",
    "word",
    ".",
    "{{x}}",
    "\u200b",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_every_place_maps_into_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    folded = fold(text, "draft")
    for start in range(len(folded.words)):
        span = folded.span(start, start + 1)
        assert 0 <= span.start <= span.end <= len(text)
    assert len(folded.as_written) == len(text)


@given(st.text(max_size=80))
def test_any_text_folds(text: str) -> None:
    folded = fold(text, "draft")
    assert folded.words.isascii()
    assert len(folded.as_written) == len(text)
