from __future__ import annotations

import pytest

from replylint.context import Context
from replylint.detectors.measure import measure
from replylint.model import Brand, Draft, Rulebook


def stiffness(text: str, book: Rulebook) -> float:
    return measure("stiffness", Context(Draft(text), book, Brand())).number


STIFF = (
    "It has been ascertained that the aforementioned parcel was misrouted prior to its arrival, and it shall be "
    "returned in accordance with the terms."
)


def test_a_form_letter_is_stiff(packaged: Rulebook) -> None:
    assert stiffness(STIFF, packaged) > 45


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The parcel went the wrong way. We send it again today. It is with you on Friday.", id="plain"),
        pytest.param(
            "Oh no, sorry! It's gone the wrong way, but we've found it, and it'll be with you on Friday, or on Saturday "
            "if the van's full, which it sometimes is at this time of year.",
            id="long-and-spoken",
        ),
        pytest.param("The aforementioned parcel is here.", id="too-short-to-tell"),
    ],
)
def test_what_people_say_is_not_stiff(packaged: Rulebook, text: str) -> None:
    assert stiffness(text, packaged) == 0


def test_contractions_take_the_edge_off(packaged: Rulebook) -> None:
    assert stiffness(STIFF + " Sorry, I'm on it, and you'll hear from me!", packaged) < stiffness(STIFF, packaged)
