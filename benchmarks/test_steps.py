"""The inner steps of the engine, each timed alone: `pytest benchmarks`, with pytest-benchmark installed."""

from __future__ import annotations

from itertools import cycle, islice
from typing import TYPE_CHECKING

import pytest

from benchmarks.texts import messages, replies
from replylint.context import Context
from replylint.detectors.folding import fold
from replylint.detectors.mood import load_mood
from replylint.detectors.sameness import alike, shape
from replylint.engine import lint
from replylint.model import Brand, Draft, Message, Rulebook, Sender
from replylint.rulebook import load_rulebook

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

pytest.importorskip("pytest_benchmark")
TEXTS = list(islice(replies(), 1000))
SAID = messages()


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


def test_folding(benchmark: BenchmarkFixture) -> None:
    texts = cycle(TEXTS)
    benchmark(lambda: fold(next(texts), "draft"))


def test_one_pass_over_a_text(benchmark: BenchmarkFixture, rulebook: Rulebook) -> None:
    numbered = enumerate(cycle(TEXTS))
    benchmark(lambda: rulebook.read("{1} ({0})".format(*next(numbered)), "draft"))


def test_mood(benchmark: BenchmarkFixture) -> None:
    texts, mood = cycle(SAID), load_mood()
    benchmark(lambda: mood.read(next(texts)).score("upset"))


@pytest.mark.parametrize("name", ["draft.redirect", "draft.apology", "draft.case-question"])
def test_one_signal(benchmark: BenchmarkFixture, rulebook: Rulebook, name: str) -> None:
    numbered = enumerate(cycle(TEXTS))
    benchmark(lambda: Context(Draft("{1} ({0})".format(*next(numbered))), rulebook, Brand()).value(name))


@pytest.mark.parametrize("with_customer", [False, True], ids=["alone", "with-customer"])
def test_one_reply(benchmark: BenchmarkFixture, rulebook: Rulebook, with_customer: bool) -> None:
    numbered, said, brand = enumerate(cycle(TEXTS)), cycle(SAID), Brand()

    def one() -> None:
        thread = (Message(Sender.customer, next(said)),) if with_customer else None
        lint(Draft("{1} ({0})".format(*next(numbered)), thread=thread), rulebook, brand)

    for _ in range(300):  # automata grow with the first texts
        one()
    benchmark(one)


def test_two_macros_compared(benchmark: BenchmarkFixture) -> None:
    shapes = cycle([shape(text) for text in TEXTS])
    benchmark(lambda: alike(next(shapes), next(shapes)))
