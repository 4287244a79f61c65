from __future__ import annotations

import pytest

from replylint.context import Context
from replylint.detectors.exchange import asks_known
from replylint.detectors.relation import RELATIONS
from replylint.model import Brand, Draft, Message, Rulebook, Truth
from tests.conftest import answering, brand, customer


def relation(name: str, draft: Draft, book: Rulebook) -> Truth:
    return RELATIONS[name](Context(draft, book, Brand())).truth


@pytest.mark.parametrize(
    ("reply", "said", "truth"),
    [
        ("Sorry about the kettle, we'll replace it.", "My kettle leaks", True),
        ("We're on to those leaking kettles.", "The kettle is leaking", True),
        ("Sorry to hear that, please DM us.", "My kettle leaks", False),
        ("Please let us know how we can help you.", "Can you help me please, I need help", False),
    ],
)
def test_echo(small: Rulebook, reply: str, said: str, truth: bool) -> None:
    assert relation("echo", answering(reply, customer(said)), small) is truth
    assert relation("echo", Draft(reply), small) is None


def test_what_another_customer_told_is_not_known_of_this_one(packaged: Rulebook) -> None:
    mine = customer("My order number is 48213-77", author="1")
    for author, truth in (("1", True), ("2", False)):
        draft = answering("What is your order number?", mine, customer("It's late", author=author))
        value = asks_known(Context(draft, packaged, Brand()), "draft.asks-order", "customer.gave-order")
        assert value.truth is truth
        assert value.words == (("order number is 48213-77",) if truth else ())
    assert (
        asks_known(
            Context(Draft("What is your order number?"), packaged, Brand()), "draft.asks-order", "customer.gave-order"
        ).truth
        is None
    )


BEFORE = "Hi Ann, we've passed order 12345 on to our courier and will post news here by 5pm. ^JM"


@pytest.mark.parametrize(
    ("reply", "truth"),
    [
        ("Hi Ann, we've passed order 98765 on to our courier and will post news here by 6pm. ^RR", True),
        ("Hi Ann, the courier has found the parcel, it comes tomorrow. ^JM", False),
        ("Thanks, Ann!", False),
    ],
    ids=["only-names-and-numbers-differ", "another-reply", "a-pleasantry"],
)
def test_repeats(small: Rulebook, reply: str, truth: bool) -> None:
    thread: tuple[Message, ...] = (customer("Where is it?"), brand(BEFORE), brand("Thanks, Ann!"), customer("And?"))
    assert relation("repeats", answering(reply, *thread), small) is truth
    assert relation("repeats", Draft(reply), small) is None


ASKED = (customer("The heating won't start"), brand("Sorry! Which model is it?"))


@pytest.mark.parametrize(
    ("thread", "truth"),
    [
        ((*ASKED, customer("Corvo 14")), True),
        ((*ASKED, customer("Here you go, the label says Corvo 14, built in May, with the second pump fitted")), True),
        ((*ASKED, customer("No")), False),
        ((*ASKED, customer("Where does it say?")), False),
        ((*ASKED, customer("We have had nothing but trouble with it ever since your fitter left")), False),
        ((*ASKED, customer("Corvo 14"), brand("Give me a minute.")), False),
        ((customer("Heating's off"), brand("We're on it."), customer("Corvo 14")), False),
        ((customer("Corvo 14"),), False),
    ],
    ids=[
        "short-answer",
        "hands-it-over",
        "mere-no-gives-nothing",
        "asks-back",
        "tells-something-else",
        "brand-spoke-since",
        "nothing-was-asked",
        "first-word",
    ],
)
def test_gave_asked(packaged: Rulebook, thread: tuple[Message, ...], truth: bool) -> None:
    assert relation("gave-asked", answering("-", *thread), packaged) is truth
    assert relation("gave-asked", Draft("-"), packaged) is None


HALF = "The line to your house is fine, and so is the router as far as I can tell from here. Would you have another"


@pytest.mark.parametrize(
    ("last", "reply", "speaks_on", "continues"),
    [
        (brand("The line is fine. (1/2)"), "Is there another socket?", True, True),
        (brand("The line is fine, preferably (1)"), "with another cable.", True, True),
        (brand("The line is fine."), "Is there another socket? 2/2", True, True),
        (brand(HALF), "socket?", True, True),
        (brand(f"{HALF} ^JM"), "Which cable is it?", True, False),
        (brand(f"{HALF}: https://acme.example/x"), "Which cable is it?", True, False),
        (brand("Let me look"), "Is there another socket?", True, False),
        (customer("Well?"), "Is there another socket?", False, False),
    ],
    ids=["part", "bare-number", "marked-now", "breaks-off", "signed", "ends-in-link", "lacks-a-stop", "customer-spoke"],
)
def test_after_own_message(packaged: Rulebook, last: Message, reply: str, speaks_on: bool, continues: bool) -> None:
    thread = (customer("So slow!"), brand("Sorry! 1/2"), customer("Still slow."), last)
    assert relation("speaks-on", answering(reply, *thread), packaged) is speaks_on
    assert relation("continues", answering(reply, *thread), packaged) is continues
    assert relation("continues", Draft(reply), packaged) is None


def test_time_given(packaged: Rulebook) -> None:
    asked = customer("When do we leave?")
    assert (
        relation("time-given", answering("-", asked, brand("You'll leave at 8 pm."), customer("Hm")), packaged) is True
    )
    assert relation("time-given", answering("-", asked, brand("Soon!"), customer("Hm")), packaged) is False
    assert relation("time-given", Draft("-"), packaged) is False
