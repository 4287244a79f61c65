from __future__ import annotations

import pytest

from replylint.detectors.questions import Kind, has_answer, questions


def spans(turn: str) -> list[tuple[int, int, Kind]]:
    return [(*question.span, question.kind) for question in questions(turn)]


@pytest.mark.parametrize(
    ("turn", "found"),
    [
        ("What time do you open on Sunday?", [(0, 32, Kind.time)]),
        ("@acme is the pond deep?? my dog loves water", [(6, 24, Kind.whether)]),
        ("When is it, and do I bring music?", [(0, 16, Kind.time), (16, 33, Kind.whether)]),
        ("Love it! How much is a seat?", [(9, 28, Kind.price)]),
        ("please tell me how long the walk is", [(7, 35, Kind.time)]),
        ("why did you cut down the old oak", [(0, 32, Kind.why)]),
        ("Which is better for shade, the fern or the hosta?", [(0, 49, Kind.choice)]),
    ],
)
def test_each_question_is_found_with_its_place(turn: str, found: list[tuple[int, int, Kind]]) -> None:
    assert spans(turn) == found


@pytest.mark.parametrize(
    "turn",
    [
        "My kettle leaks.",
        "Do you even care??",
        "Isn't that the prettiest fern?",
        "Free ferns and a hosta?! Great",
        "let me know if you need anything from me",
    ],
    ids=["a-statement", "anger", "wonder", "no-order-of-words-of-a-question", "an-offer"],
)
def test_what_asks_nothing(turn: str) -> None:
    assert spans(turn) == []


@pytest.mark.parametrize(
    ("turn", "rest", "answered"),
    [
        ("What time does it start?", "At nine.", True),
        ("What time does it start?", "It is magical.", False),
        ("How much is a seat?", "12 pounds.", True),
        ("How much is a seat?", "It is so pretty.", False),
        ("Is the pond deep?", "Two metres in the middle.", True),
        ("Is the pond deep?", "Our pond sparkles like a gem.", False),
        ("Do I need a licence for the canoe?", "Canoes came to us in 1970.", False),
        ("Which is better, the fern or the hosta?", "The fern, if it stays damp.", True),
        ("Which is better, the fern or the hosta?", "Both were bred in Kent.", False),
    ],
)
def test_an_answer_is_of_the_kind_that_is_asked_for(turn: str, rest: str, answered: bool) -> None:
    (question,) = questions(turn)
    assert has_answer(question, rest, ()) is answered
