"""Whole messages of the rules that listen: what the customer said is what they quote."""

from __future__ import annotations

import pytest

from replylint.engine import lint
from replylint.model import Brand, Draft, Message, Rulebook
from tests.conftest import answering, brand, customer


def said(rule: str, draft: Draft, book: Rulebook) -> list[str]:
    return [finding.message for finding in lint(draft, book, Brand(), selected={rule}).findings]


def test_the_open_one_of_two_questions_is_quoted(packaged: Rulebook) -> None:
    draft = answering(
        "Hi Ros, on Tuesdays at seven.",
        customer("When is the next choir practice in the small hall, and do I have to bring music?"),
    )
    assert said("question-unanswered", draft, packaged) == [
        "The customer asks “do I have to bring music?”, and the reply neither answers nor says what it waits for."
    ]


@pytest.mark.parametrize(
    ("rule", "thread", "reply", "count"),
    [
        ("not-personal", (), "Thank you for contacting us! Our team will help.", 1),
        ("not-personal", (customer("Hello"),), "Thank you for contacting us! Our team will help.", 0),
        ("not-personal", (customer("My kettle leaks"),), "Hi Ann, thanks! Our team will help.", 0),
        ("vague-complaint", (customer("you lot are a joke"),), "Oh dear! Bye for now.", 1),
        (
            "vague-complaint",
            (customer("Your barber cut my ear"), brand("A new one is on its way."), customer("you lot are a joke")),
            "Sorry! It comes tomorrow.",
            0,
        ),
        (
            "ask-for-feedback",
            (customer("I need to end my lease"), brand("Sure. May I ask why you are leaving?"), customer("No comment")),
            "No problem. The lease ends today.",
            0,
        ),
        ("link-only", (customer("Can I have the link to the form?"),), "Hi Jo, https://acme.example/f", 0),
        ("bare-minimum", (customer("How deep is the pond?"),), "Not very.", 1),
        ("bare-minimum", (customer("Is the pond deep?"),), "Nope.", 0),
    ],
    ids=[
        "no-thread-softens",
        "nothing-said-nothing-to-take-up",
        "a-name-is-personal",
        "vague",
        "told-before",
        "asked-why-before",
        "the-link-is-what-they-asked-for",
        "a-word-is-no-answer",
        "to-a-yes-or-no-question-it-is",
    ],
)
def test_by_the_thread(rule: str, thread: tuple[Message, ...], reply: str, count: int, packaged: Rulebook) -> None:
    draft = answering(reply, *thread) if thread else Draft(reply)
    assert len(said(rule, draft, packaged)) == count
