from __future__ import annotations

import pytest

from replylint.addressing import addressed, customers, is_for, leading_handles, speaks_to_us
from tests.conftest import brand, customer

TWO = customers((customer("Is it open?", author="a", name="Amy"), customer("And mine?", author="b", name="Mr Bo Lee")))


def test_leading_handles() -> None:
    assert leading_handles("@Acme @jo hello @late") == ("acme", "jo")
    assert leading_handles("hello @acme") == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Amy, from nine to one.", {"a"}),
        ("Yes, Mr Lee.", {"b"}),
        ("Amy, nine to one. Bo, on Friday.", {"a", "b"}),
        ("From nine to one.", set()),
    ],
    ids=["first-name", "surname", "both-in-one-post", "nobody-named-is-for-all"],
)
def test_whom_the_brand_names(text: str, named: set[str]) -> None:
    assert addressed(text, TWO) == named
    assert is_for(brand(text), "a", TWO) is (not named or "a" in named)


def test_one_customer_needs_no_name() -> None:
    assert is_for(brand("Hi Bo"), "a", customers((customer("Hm", author="a", name="Amy"),)))


@pytest.mark.parametrize(
    ("text", "must_name_us", "joins_in", "expected"),
    [
        ("@AcmeHelp is it open?", True, False, True),
        ("Two hours on hold @acme", True, False, True),
        ("My kettle leaks", True, False, False),
        ("My kettle leaks", False, False, True),
        ("@jo shall we try @acme", True, False, False),
        ("@jo shall we try @acme", False, False, False),
        ("@acme @amy same here, ha", False, True, False),
        ("@acme @amy and my order?", False, False, True),
    ],
    ids=[
        "a-longer-handle-of-ours",
        "named-at-the-end",
        "about-us-is-not-to-us",
        "a-review-is-to-us",
        "to-a-friend",
        "tagging-a-friend-below-our-post",
        "joins-another-customers-thread",
        "already-in-talk-with-us",
    ],
)
def test_speaks_to_us(text: str, must_name_us: bool, joins_in: bool, expected: bool) -> None:
    assert speaks_to_us(text, {"acme"}, {"amy"}, must_name_us, joins_in) is expected
