from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from replylint.model import Draft, Message, Rulebook, Sender
from replylint.rulebook import load_rulebook

# A busy machine is no failure: speed is measured by the benchmark alone
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

RULES = Path(__file__).parent / "rules"
ANGRY = "Third time I ask. This is useless and ridiculous."


@pytest.fixture(scope="session")
def small() -> Rulebook:
    """A rulebook of four rules, so that tests of the engine do not lean on the packaged ones."""
    return load_rulebook([RULES], packaged=False)


@pytest.fixture(scope="session")
def packaged() -> Rulebook:
    return load_rulebook()


def customer(text: str, **more: object) -> Message:
    return Message(Sender.customer, text, **more)  # type: ignore[arg-type]


def brand(text: str, **more: object) -> Message:
    return Message(Sender.brand, text, **more)  # type: ignore[arg-type]


def answering(text: str, *thread: Message, **more: object) -> Draft:
    return Draft(text, thread=thread, **more)  # type: ignore[arg-type]
