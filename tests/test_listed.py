from __future__ import annotations

import pytest

from replylint.context import Context
from replylint.detectors.listed import listed
from replylint.model import Brand, Draft, Rulebook
from tests.conftest import answering, customer


def found(text: str, key: str, word: str, book: Rulebook) -> list[str]:
    brand = Brand(**{key: (word,)})  # type: ignore[arg-type]
    return [text[start:end] for start, end in listed(Context(Draft(text), book, brand), "draft", key)]


@pytest.mark.parametrize(
    ("text", "name", "hits"),
    [
        ("Unlike globex's, ours has a lid. GLOBEX!", "Globex", ["globex", "GLOBEX"]),
        ("Globexia is a plant.", "Globex", []),
        ("Dear Mr Globex, hello.", "Globex", []),
        ("Hi Globex, hello.", "Globex", []),
        ("Hi Globex team, hello.", "Globex", ["Globex"]),
        ("No spark at the plug. Spark is off.", "Spark", []),
        ("The new Spark coach goes there.", "Spark", ["Spark"]),
        ("Ask @spark or spark.example instead.", "Spark", ["spark", "spark"]),
        ("It is first direct to Leeds, unlike First Direct.", "First Direct", ["First Direct"]),
        ("On Monday, or in May.", "Monday", []),
    ],
    ids=[
        "any-case", "part-of-a-word", "a-surname", "who-is-addressed", "a-team", "an-ordinary-word", "a-capital-inside",
        "a-handle-or-domain", "two-ordinary-words", "a-weekday",
    ],
)  # fmt: skip
def test_names_of_companies(small: Rulebook, text: str, name: str, hits: list[str]) -> None:
    assert found(text, "competitors", name, small) == hits


def test_the_customer_s_own_name_is_no_company(small: Rulebook) -> None:
    draft = answering("Thanks, Chase", customer("hi", name="Chase Lee"))
    assert listed(Context(draft, small, Brand(competitors=("Chase",))), "draft", "competitors") == ()


@pytest.mark.parametrize(
    ("text", "word", "hits"),
    [
        ("Hey Guys, no\nworries.", "no worries", ["no\nworries"]),
        ("We can’t, and we can't.", "can't", ["can’t", "can't"]),
        ("Cheapside is not cheap.", "cheap", ["cheap"]),
        ("See https://acme.example/cheap or @cheap", "cheap", []),
        ("You wrote “cheap”.", "cheap", []),
        ("Straße, İstanbul, then cheap", "cheap", ["cheap"]),
        ("So kind 🙏", "🙏", ["🙏"]),
    ],
    ids=[
        "across-lines", "any-apostrophe", "whole-words", "links-and-handles", "quotations", "lower-case-may-be-longer", "emoji",
    ],
)  # fmt: skip
def test_words_to_avoid(small: Rulebook, text: str, word: str, hits: list[str]) -> None:
    assert found(text, "banned", word, small) == hits


def test_contacts_are_found_as_they_stand(small: Rulebook) -> None:
    assert found("Write to Help@acme.example.", "contacts", "help@acme.example", small) == ["Help@acme.example"]
