from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from replylint.context import Context, evaluate
from replylint.facts import ABOUT, FACTS
from replylint.model import (
    All,
    Any,
    AtLeast,
    Brand,
    Condition,
    Draft,
    Message,
    MoreThan,
    Named,
    Not,
    Rulebook,
    Sender,
    Span,
    Then,
    Truth,
)
from replylint.turns import last_turn
from tests.conftest import answering, brand, customer

TRUE, FALSE, UNKNOWN = Named("kind.macro"), Not(Named("kind.macro")), Named("channel.public")


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        (All((TRUE, TRUE)), True),
        (All((TRUE, UNKNOWN)), None),
        (All((UNKNOWN, FALSE)), False),
        (Any((FALSE, UNKNOWN)), None),
        (Any((UNKNOWN, TRUE)), True),
        (Any((FALSE, FALSE)), False),
        (Not(UNKNOWN), None),
        (Not(TRUE), False),
        (AtLeast("draft.command", 2), True),
        (AtLeast("draft.command", 3), False),
        (MoreThan("draft.command", 2), False),
        (MoreThan("draft.command", "few"), True),
        (MoreThan("draft.command", "channel.length"), None),
        (AtLeast("customer.upset", 0.5), None),
        (Then("draft.apology", "draft.command"), True),
        (Then("draft.redirect-email", "draft.command"), False),
    ],
    ids=str,
)
def test_kleene_logic(small: Rulebook, condition: Condition, truth: Truth) -> None:
    context = Context(Draft("You need to stop. Sorry, you need to e-mail us.", kind="macro"), small, Brand())
    assert evaluate(condition, context, {"few": 1}).truth is truth


def test_then_points_at_what_follows(small: Rulebook) -> None:
    context = Context(Draft("You need to stop. Sorry, you need to wait."), small, Brand())
    assert evaluate(Then("draft.apology", "draft.command"), context, {}).spans == (Span(25, 36),)


def fact(name: str, draft: Draft, book: Rulebook, settings: Brand | None = None, now: datetime | None = None) -> Truth:
    return Context(draft, book, settings or Brand(), now).value(name).truth


@pytest.mark.parametrize(
    ("more", "truth"),
    [
        ({}, None),
        ({"channel": "x"}, True),
        ({"channel": "email"}, False),
        ({"channel": "x", "public": False}, False),
        ({"public": True}, True),
    ],
)
def test_public(small: Rulebook, more: dict[str, object], truth: Truth) -> None:
    assert fact("channel.public", Draft("Hi", **more), small) is truth  # type: ignore[arg-type]


def test_the_first_reply(small: Rulebook) -> None:
    assert fact("reply.first", Draft("Hi"), small) is None
    assert fact("reply.first", answering("Hi"), small) is True
    assert fact("reply.first", answering("Hi", customer("Lost!")), small) is True
    assert fact("reply.first", answering("Hi", customer("Lost!"), Message(Sender.bot, "Got it")), small) is True
    assert fact("reply.first", answering("Hi", customer("Lost!"), brand("Which?")), small) is False


NINE = datetime(2026, 11, 22, 9, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("thread", "minutes", "truth"),
    [
        ((customer("Lost!", at=NINE),), 29, False),
        ((customer("Lost!", at=NINE),), 31, True),
        ((customer("Lost!", at=NINE), customer("Hello?", at=NINE + timedelta(minutes=20))), 31, True),
        ((customer("Lost!", at=NINE), brand("Which?"), customer("Blue", at=NINE + timedelta(minutes=20))), 31, False),
        ((customer("Lost!"),), 31, None),
    ],
    ids=["in-time", "late", "from-the-first-unanswered", "from-the-last-unanswered", "no-time"],
)
def test_late(small: Rulebook, thread: tuple[Message, ...], minutes: int, truth: Truth) -> None:
    draft = answering("Hi", *thread, at=NINE + timedelta(minutes=minutes))
    assert fact("reply.late", draft, small, Brand(response_target=timedelta(minutes=30))) is truth
    assert fact("reply.late", draft, small) is None


def test_the_customers_last_turn() -> None:
    thread = (customer("Lost!"), brand("Which?"), customer("Blue"), customer("Number 7"))
    assert last_turn(answering("Hi", *thread)) == "Blue\n\nNumber 7"
    assert last_turn(answering("Hi", *thread, brand("Thanks"))) == "Blue\n\nNumber 7"
    assert last_turn(answering("Hi", customer("Mine too", author="2"), customer("Lost!", author="1"))) == "Lost!"
    assert last_turn(Draft("Hi")) is None
    assert last_turn(answering("Hi", brand("Hello"))) is None


def test_earlier_messages(small: Rulebook) -> None:
    thread = (customer("Lost!"), brand("Sorry! Please e-mail us."), customer("Hm"))
    assert fact("thread.apologised", answering("Hi", *thread), small) is True
    assert fact("thread.redirected", answering("Hi", *thread), small) is True
    assert fact("thread.apologised", answering("Hi", customer("So sorry, but it is lost")), small) is False
    assert fact("thread.redirected", Draft("Hi"), small) is None


def test_serves_here(small: Rulebook) -> None:
    assert fact("brand.serves-here", Draft("Hi"), small) is True
    assert fact("brand.serves-here", Draft("Hi", channel="tracker"), small) is False
    assert fact("brand.serves-here", Draft("Hi", channel="tracker"), small, Brand(serves_here=True)) is True
    assert fact("brand.serves-here", Draft("Hi"), small, Brand(serves_here=False)) is False


def test_every_fact_is_explained() -> None:
    assert set(ABOUT) == set(FACTS)
