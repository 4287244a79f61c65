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
        "Hi Ros, it ends on 30 April.", customer("When does my tariff end, and will I be charged if I leave early?")
    )
    assert said("question-unanswered", draft, packaged) == [
        "The customer asks “will I be charged if I leave early?”, and the reply neither answers nor says what it waits for."
    ]


@pytest.mark.parametrize(
    ("rule", "thread", "reply", "count"),
    [
        ("not-personal", (), "Thanks for getting in touch! Please send us a DM.", 1),
        ("not-personal", (customer("Hello"),), "Thanks for getting in touch! Please send us a DM.", 0),
        ("not-personal", (customer("My kettle leaks"),), "Hi Ann, thanks! Please send us a DM.", 0),
        ("vague-complaint", (customer("you lot are rubbish"),), "Sorry! Have a nice evening.", 1),
        (
            "vague-complaint",
            (customer("My card was swallowed"), brand("A new one is on its way."), customer("you lot are rubbish")),
            "Sorry! It comes tomorrow.",
            0,
        ),
        (
            "ask-for-feedback",
            (customer("I want to end my contract"), brand("Of course. Why are you leaving?"), customer("No comment")),
            "All right. It ends today.",
            0,
        ),
        ("link-only", (customer("Can I have the link to the form?"),), "Hi Jo, https://acme.example/f", 0),
        ("bare-minimum", (customer("Is the pool heated?"),), "Nope.", 1),
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
    ],
)
def test_by_the_thread(rule: str, thread: tuple[Message, ...], reply: str, count: int, packaged: Rulebook) -> None:
    draft = answering(reply, *thread) if thread else Draft(reply)
    assert len(said(rule, draft, packaged)) == count
