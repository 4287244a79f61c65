from __future__ import annotations

import pytest

from replylint.detectors.asking import things_asked
from replylint.detectors.folding import fold


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("We sent it today, Ann.", 0),
        ("Which shop was it?", 1),
        ("Which shop was it, and when did you go?", 2),
        ("Where? When? What size? Any marks?", 4),
        ("Please send us your name, postcode, email and the date of the order.", 4),
        ("Could you tell us what came, whether it's damaged and if you have a photo?", 3),
        ("- what's your plan?\n- how many files?\n- which OS?", 3),
        ("I'll need your order number and a photo.", 2),
        ("Please DM us your name (and the city, state and zip code) and phone number.", 2),
        ("Would you like a new one, or shall I refund it?", 0),
        ("Is there anything else we can help with?", 0),
        ("Do you have two e-mails, a work and a private account, and are they linked?", 2),
        ("Was it the app or the website?", 0),
        ("Again? That's not on, is it? Which shop was it?", 1),
        ("People ask themselves: is the lid on? Is the jug locked?", 0),
        ("We'll ask for your name and your date of birth.", 0),
        ("We'd like to help, so let us know in DM.", 0),
        ("Could you send a photo and tell us what was in it?", 2),
    ],
    ids=ascii,
)
def test_things_asked(text: str, count: int) -> None:
    assert things_asked(fold(text, "draft").words.decode("ascii")) == count
