from __future__ import annotations

import pytest

from replylint.context import Context
from replylint.detectors.contradiction import denies
from replylint.model import Brand, Draft, Rulebook
from tests.conftest import answering, customer


def found(reply: str, said: str, book: Rulebook) -> list[str]:
    value = denies(Context(answering(reply, customer(said)), book, Brand()))
    return [reply[span.start : span.end] for span in value.spans]


@pytest.mark.parametrize(
    ("reply", "said", "spans"),
    [
        ("Our cleaners don't break lamps.", "Your cleaner broke our lamp", ["Our cleaners don't break"]),
        ("Hi Ann. We've never had a leak.", "you leaked my address", ["We've never had a leak"]),
        ("He did ring, at ten.", "Your driver never rang", ["He did ring"]),
        ("They haven't doubled.", "Your prices have doubled", ["They haven't doubled"]),
        ("Nobody was laughing, Ann.", "Your staff laughed at me", ["Nobody was laughing"]),
    ],
    ids=["irregular-verb", "noun-after-had", "insists-on-what-was-missed", "first-word", "nobody"],
)
def test_denies(small: Rulebook, reply: str, said: str, spans: list[str]) -> None:
    assert found(reply, said, small) == spans


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("It hasn't leaked.", "Has the pipe leaked?"),
        ("We don't refund tickets.", "I want you to refund my ticket"),
        ("It hasn't shipped yet.", "The app says it shipped"),
        ("Doesn't it leak any more?", "The kettle leaks"),
        ("We didn't receive your form.", "I received the wrong form"),
        ("It doesn't charge, you're right.", "My phone doesn't charge"),
        ("Did they break the lamp?", "They broke the lamp"),
    ],
    ids=[
        "a-question-reports-nothing",
        "a-wish-reports-nothing",
        "not-yet-is-no-denial",
        "a-question-back",
        "not-received-looks-for-it",
        "agreeing-on-what-is-missing",
        "asking-whether",
    ],
)
def test_denies_not(small: Rulebook, reply: str, said: str) -> None:
    assert found(reply, said, small) == []


def test_denial_without_a_customer_is_unknown(small: Rulebook) -> None:
    assert denies(Context(Draft("Our cleaners don't break lamps."), small, Brand())).truth is None
    assert denies(Context(Draft("Thanks, Ann!"), small, Brand())).truth is False
