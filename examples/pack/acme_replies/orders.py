"""Acme's order numbers, whose last digit is a check digit."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ORDER = re.compile(r"\bAC-(\d{6})\b")


def misspelt(text: str, /) -> Iterator[tuple[int, int]]:
    """Where an order number stands that can't be one: its digits with weights 6 to 1 must add up to a multiple of 11."""
    for order in _ORDER.finditer(text):
        if sum(weight * int(digit) for weight, digit in zip(range(6, 0, -1), order[1], strict=True)) % 11:
            yield order.span()
