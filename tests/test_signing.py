from __future__ import annotations

import pytest

from replylint.detectors.signing import signed


@pytest.mark.parametrize(
    ("form", "text", "place"),
    [
        ("^JM", "It left today. ^KO", (15, 18)),
        ("^JM", "It left today. ^ko", (15, 18)),
        ("^JM", "It left today.\n^Kofi A. https://acme.example/x", (15, 23)),
        ("^JM", "It left today. ^{{agent}}", (15, 25)),
        ("-Sam", "It left today — Ravi!", (14, 20)),
        ("(TS)", "It left today. (AB) (2/2)", (15, 19)),
        ("#JD", "It left today #KO", (14, 17)),
        ("Sam from Acme", "It left today. Joe from Acme", (15, 28)),
        ("– Marta, owner", "See you! – Paul, night manager", (9, 30)),
        ("Kind regards, Sam", "It left today.\n\nYours sincerely\nJoan Lee\nAcme Ltd\nLeeds", (16, 40)),
        ("Yours sincerely, Anita Rao", "It left today. Best, Bo", (15, 23)),
    ],
)  # fmt: skip
def test_signed(form: str, text: str, place: tuple[int, int]) -> None:
    assert signed(text, form) == (place,)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("^JM", "It left today. /KO"),
        ("^JM", "^KO here, it left today and is on its way"),
        ("-Sam", "It left today-ish"),
        ("-Sam", "A pre-Order"),
        ("-Sam", "Have a good day -The Acme Team"),
        ("Kind regards, Sam", "It left today.\n\nKind regards,\nThe Acme Team"),
        ("Sam from Acme", "It left today. Joe from Globex"),
        ("(TS)", "It left today (on time)"),
        ("", "It left today."),
    ],
    ids=ascii,
)
def test_not_signed_in_this_form(form: str, text: str) -> None:
    assert signed(text, form) == ()
