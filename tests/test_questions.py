from __future__ import annotations

import pytest

from replylint.detectors.questions import Kind, has_answer, questions


def spans(turn: str) -> list[tuple[int, int, Kind]]:
    return [(*question.span, question.kind) for question in questions(turn)]


@pytest.mark.parametrize(
    ("turn", "found"),
    [
        ("What time do you open on Sunday?", [(0, 32, Kind.time)]),
        ("@acme is the pool heated?? asking for my nan", [(6, 26, Kind.whether)]),
        ("When does it end, and will I be charged?", [(0, 22, Kind.time), (22, 40, Kind.whether)]),
        ("Love it! How much is the small one?", [(9, 35, Kind.price)]),
        ("please tell me how long it takes", [(7, 32, Kind.time)]),
        ("why did you take it off the menu", [(0, 32, Kind.why)]),
        ("Which is better for a bad back, the Cloud or the Firma?", [(0, 55, Kind.choice)]),
    ],
)
def test_each_question_is_found_with_its_place(turn: str, found: list[tuple[int, int, Kind]]) -> None:
    assert spans(turn) == found


@pytest.mark.parametrize(
    "turn",
    [
        "My kettle leaks.",
        "Do you even test this stuff??",
        "Isn't this the cutest burrito?",
        "$3 bowls and double meat?! Day made",
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
        ("How much is the small one?", "12 pounds.", True),
        ("How much is the small one?", "It is so pretty.", False),
        ("Is the pool heated?", "28 degrees all summer.", True),
        ("Is the pool heated?", "Our pool is one of the biggest on the coast.", False),
        ("Do I have to pay customs to Norway?", "We ship to over 40 countries.", False),
        ("Which is better, the Cloud or the Firma?", "The Firma, if you sleep on your back.", True),
        ("Which is better, the Cloud or the Firma?", "Delivery is free.", False),
    ],
)
def test_an_answer_is_of_the_kind_that_is_asked_for(turn: str, rest: str, answered: bool) -> None:
    (question,) = questions(turn)
    assert has_answer(question, rest, ()) is answered
