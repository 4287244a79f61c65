from __future__ import annotations

import pytest

from replylint.engine import lint
from replylint.model import Brand, Draft, Edit, Rulebook
from replylint.wording import inside


def edits(rule: str, draft: str, book: Rulebook) -> list[Edit | None]:
    return [finding.edit for finding in lint(Draft(draft), book, Brand(), None, {rule}).findings]


def test_an_order_becomes_a_request(packaged: Rulebook) -> None:
    assert edits("you-need-to", "You need to restart it.", packaged) == [Edit(0, 11, "Please")]
    assert edits("you-need-to", "Then you must ring us.", packaged) == [Edit(5, 13, "please")]


def test_a_reproach_has_no_rewording(packaged: Rulebook) -> None:
    assert edits("you-need-to", "You should have read the terms.", packaged) == [None]


def test_a_please_goes_in_front(packaged: Rulebook) -> None:
    assert edits("say-please", "Send us the photo.", packaged) == [Edit(0, 17, "Please send us the photo")]
    assert edits("say-please", "Sorry! DM us the photo.", packaged) == [Edit(7, 22, "Please DM us the photo")]
    assert edits("say-please", "@AnnLee DM us the photo.", packaged) == [Edit(8, 23, "Please DM us the photo")]
    assert edits("say-please", "Look, and DM us the photo.", packaged) == [Edit(10, 25, "please DM us the photo")]
    assert edits("say-please", "We need your order number.", packaged) == [None]


@pytest.mark.parametrize(
    ("text", "expected"), [("Send it", "send it"), ("DM us", "DM us"), ("I want it", "I want it"), ("", "")]
)
def test_inside_a_sentence(text: str, expected: str) -> None:
    assert inside(text) == expected
