from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.detectors.sameness import Said, alike, shape, telling
from replylint.library import Texts
from replylint.model import Draft
from tests.conftest import customer

ROUTER = "Please switch the router off and on again and wait two minutes."


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (f"Hi Ann, {ROUTER} ^JM", f"Hi Bob, {ROUTER} ^RR", True),
        (f"Again: {ROUTER}", ROUTER, True),
        ("The 9:10 runs 8 minutes late from platform 2.", "The 9:10 runs 14 minutes late from platform 3.", False),
        ("Your report has number 3310, we mend it soon.", "Your report has number 3874, we mend it soon.", True),
        (ROUTER, "Then it is the cable. We send an engineer with a new one.", False),
    ],
    ids=["names-and-signatures", "a-preface", "a-live-status", "a-case-number", "another-reply"],
)
def test_repeats(one: str, other: str, expected: bool) -> None:
    assert Said.of(one, ["Ann", "Bob"]).repeats(Said.of(other, ["Ann", "Bob"])) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You're very welcome, Ann! Have a lovely day and see you soon.", True),
        (f"You're very welcome. {ROUTER}", False),
        ("Thanks for reaching out, please send us your order number by message.", False),
    ],
)
def test_pleasantries(text: str, expected: bool) -> None:
    assert Said.of(text).is_pleasantry is expected


def test_a_reply_is_counted_once_for_each_conversation() -> None:
    texts = Texts()
    sent = [
        Draft(f"Hi {name}, {ROUTER}", id=name, thread=(customer("Hm", name=name),)) for name in ("Ann", "Bob", "Cy")
    ]
    assert [texts.add_reply(draft) for draft in (sent[0], sent[0], *sent[1:])] == [False, False, True, False]
    assert texts.sent(sent[1]) == 3


WORDS = st.lists(st.sampled_from("a b cc dd eee fff gggg hhhh".split()), max_size=14).map(" ".join)


@given(WORDS, WORDS, WORDS)
def test_macros_that_are_alike_share_a_telling_word(one: str, other: str, third: str) -> None:
    shapes = [shape(text) for text in (one, other, third)]
    often = Counter(word for each in shapes for word in each)
    first, second = shapes[:2]
    assert not alike(first, second) or telling(first, often) & telling(second, often)


@given(WORDS, WORDS)
def test_the_order_of_words_and_of_macros_does_not_count(one: str, other: str) -> None:
    first, second, turned = shape(one), shape(other), shape(" ".join(reversed(one.split())))
    assert alike(first, second) == alike(second, first) == alike(turned, second)
    assert alike(first, turned) == bool(one)


def test_of_many_macros_that_say_the_same_the_first_few_are_named() -> None:
    texts, macros = Texts(), [Draft(f"{ROUTER} {number}", kind="macro") for number in range(2000)]
    for number, macro in enumerate(macros):
        texts.add_macro(macro, str(number))
    assert [texts.near(macro) for macro in macros[:3]] == [(), ("0",), ("0", "1")]
    assert {texts.near(macro) for macro in macros[3:]} == {("0", "1", "2")}
