from __future__ import annotations

import pytest

from replylint.detectors.personal_data import KINDS, personal_data


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        ("email", "Is ann.lee@mail.example right?", ["ann.lee@mail.example"]),
        ("desk", "Write to help@acme.example or ann.lee@acme.example", ["help@acme.example"]),
        ("phone", "We rang 07700 900123.", ["07700 900123"]),
        ("phone", "It's (312) 555-0147 now", ["(312) 555-0147"]),
        ("phone", "@116094 (2/2) on 12-03-2024, 9876543 people", []),
        ("card", "4111 1111 1111 1111, not 4111 1111 1111 1112", ["4111 1111 1111 1111"]),
        ("number", "Order no: GB-77281-X left.", ["GB-77281-X"]),
        ("number", "Membership no. 6335 0921 7740 has it.", ["6335 0921 7740"]),
        ("number", "The PNR is QWERTY.", ["QWERTY"]),
        ("number", "JD0146600123456789 and 1Z999AA10123456784", ["JD0146600123456789", "1Z999AA10123456784"]),
        ("number", "sort code 20-45-18", ["20-45-18"]),
        ("number", "Order within 24hrs, order by 12.30, invoice 2024, card ending 1234", []),
        ("address", "At 8 Hawthorn Avenue, DE22 4QT", ["8 Hawthorn Avenue", "DE22 4QT"]),
    ],
    ids=ascii,
)  # fmt: skip
def test_kinds(kind: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in personal_data(text, (kind,))] == found


def test_the_first_kind_named_wins() -> None:
    text = "account 4111 1111 1111 1111"
    assert len(personal_data(text, tuple(KINDS))) == 1
