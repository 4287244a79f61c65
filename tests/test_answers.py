from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from replylint.answers import spoken
from replylint.context import Context
from replylint.model import Brand, Draft, Message, Rulebook, Sender, Truth
from tests.conftest import brand, customer

NINE = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)
HALF_AN_HOUR = Brand(response_target=timedelta(minutes=30))


def after(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def of_turns(name: str, book: Rulebook, *thread: Message, now: datetime | None = None) -> list[Truth]:
    whole = Context(Draft("", thread=thread), book, HALF_AN_HOUR, now)
    return [turn.value(name).truth for _, turn in whole.turns()]


AMY = customer("Is it open?", author="a", name="Amy", at=NINE)
BO = customer("And mine?", author="b", name="Bo", at=NINE)


@pytest.mark.parametrize(
    ("answer", "truths"),
    [
        (brand("It is."), [True, True]),
        (brand("It is, Bo."), [False, True]),
        (brand("It is, Amy. Bo, yours is on its way."), [True, True]),
        (Message(Sender.bot, "Thanks!"), [False, False]),
    ],
    ids=["for-all", "for-the-one-it-names", "for-both", "a-bot-answers-nobody"],
)
def test_answered(small: Rulebook, answer: Message, truths: list[Truth]) -> None:
    assert of_turns("thread.answered", small, AMY, BO, answer) == truths


def test_there_is_still_time_to_answer(small: Rulebook) -> None:
    assert of_turns("thread.answered", small, AMY, now=after(10)) == [None]
    assert of_turns("thread.answered", small, AMY, now=after(40)) == [False]


def test_first_answer_past_the_target(small: Rulebook) -> None:
    thread = (AMY, brand("Yes.", at=after(45)), customer("Great", author="a", name="Amy"), brand("Bye", at=after(200)))
    assert of_turns("thread.answered-late", small, *thread) == [True, False]


def test_late_says_how_late(small: Rulebook) -> None:
    draft = Draft("Yes", thread=(AMY,), at=after(100))
    assert Context(draft, small, HALF_AN_HOUR).value("reply.late").words == ("100 minutes",)
    follow_up = Draft("And more", thread=(AMY, brand("Yes", at=after(5))), at=after(100))
    assert Context(follow_up, small, HALF_AN_HOUR).value("reply.late").truth is False


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=119), "119 minutes"),
        (timedelta(hours=26), "26 hours"),
        (timedelta(days=3, hours=4), "3 days"),
    ],
)
def test_spoken(time: timedelta, said: str) -> None:
    assert spoken(time) == said
