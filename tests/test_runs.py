from __future__ import annotations

import pytest

from replylint.context import Context
from replylint.model import Brand, Draft, Rulebook


@pytest.mark.parametrize(
    ("draft", "runs"),
    [
        pytest.param(
            "It's not here, it never was, and nothing is planned.", ("not here, it never was, and nothing",), id="three"
        ),
        pytest.param("It's not here, and it never was.", (), id="two-are-no-run"),
        pytest.param(
            "It's not here. " + "The van is on its way to you now. " * 3 + "It never was.", (), id="far-apart"
        ),
    ],
)
def test_places_close_together_are_one_place(packaged: Rulebook, draft: str, runs: tuple[str, ...]) -> None:
    value = Context(Draft(draft), packaged, Brand()).value("draft.negative-run")
    assert tuple(draft[start:end] for start, end in value.spans) == runs
