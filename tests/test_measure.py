from __future__ import annotations

from itertools import pairwise

import pytest

from replylint import language
from replylint.context import Context
from replylint.detectors.measure import length, measure
from replylint.language import plain_sentences
from replylint.model import Brand, Draft, Rulebook


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Hello", 5),
        ("@ann @bo_b Hello", 5),
        ("Hello @ann", 10),
        ("See https://acme.example/a/very/long/way/to/the/page?x=1 now", 4 + 23 + 4),
        ("See acme.co.uk", 4 + 23),
        ("Hi 😀", 5),
        ("👩‍👩‍👧‍👦", 2),
        ("👍🏽", 2),
        ("🇬🇧🇫🇷", 4),
        ("é", 1),
        ("e\u0301", 1),
        ("こんにちは", 10),
        ("don’t – “x”…", 13),
    ],
    ids=ascii,
)
def test_length_on_x(text: str, count: int) -> None:
    assert length(text, "x") == count


def test_length_elsewhere_is_characters() -> None:
    assert length("@ann see https://acme.example 😀", "facebook") == 31
    assert length("bread &amp; butter", "facebook") == 14


def test_length_on_mastodon_and_bluesky() -> None:
    assert length("@ann@far.example see https://acme.example/a/long/way 👩‍👩‍👧‍👦", "mastodon") == 4 + 5 + 23 + 2
    assert length("Hi 👍🏽 こ", "bluesky") == 6


def test_what_a_macro_s_placeholder_will_hold_is_not_counted(small: Rulebook) -> None:
    text = "Hi {{ticket.requester.first_name}}, done."
    assert measure("length", Context(Draft(text, kind="macro"), small, Brand())).number == 10
    assert measure("length", Context(Draft(text), small, Brand())).number == len(text)


HARD = (
    "Notwithstanding aforementioned circumstances, comprehensive investigation of organisational infrastructure "
    "necessitates considerable administrative authorisation."
)


def grade(text: str, book: Rulebook, limit: float = 10) -> float:
    return measure("grade", Context(Draft(text), book, Brand(reading_grade=limit))).number


def test_grade(small: Rulebook) -> None:
    assert grade("We sent it today. It will be there on Friday. See you then!", small) < 5
    assert grade(HARD, small) > 20


def test_grade_is_never_above_its_cheap_bound() -> None:
    for text in ("We sent it. It is there. Call Ann at ten. All is well.", HARD, "Hi", ""):
        assert language.grade(text) <= language.highest_grade(text) + 0.01


def test_links_and_handles_are_no_hard_words(small: Rulebook) -> None:
    plain = grade("We sent it today.", small, 0)
    assert (
        grade("@acmesupportinternational We sent it today. https://acme.example/averylongwaytothepage", small, 0)
        <= plain + 3
    )


def test_sentences_and_words(small: Rulebook) -> None:
    scene = Context(Draft("Hi Ann. We sent it! https://acme.example/x Is it there?"), small, Brand())
    assert measure("sentences", scene).number == 3
    assert measure("words", scene).number == 8


def test_greeting_names_and_sign_off_are_no_hard_words(small: Rulebook) -> None:
    plain = "We sent it to the shop in the old town by the river, and it is ready for you there."
    letter = (
        f"Dear Mrs Featherstonehaugh,\n\n{plain.replace('old town', 'Wolverhampton')}\n\nYours sincerely,\nBartholomew"
    )
    assert abs(grade(letter, small, 0) - grade(plain, small, 0)) <= 1


def test_a_few_long_words_are_no_hard_text(small: Rulebook) -> None:
    assert grade("We have forwarded it to our international reservations department.", small) <= 12


def test_most_replies_need_no_library(small: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "grade", lambda *_: pytest.fail("asked the libraries"))
    assert grade("Hi Dr. Hall. The part came in today, and we can fit it on Friday. Does ten suit you?", small) < 10


@pytest.mark.parametrize(
    "text", ["Read on - now | please & thank you 🙂", "* One -> two -- three £ = four", '… and "so" on +']
)
def test_words_and_marks_are_counted_as_textstat_counts_them(text: str) -> None:
    import textstat

    letters, words = textstat.char_count(text, ignore_spaces=True), textstat.lexicon_count(text)
    assert language.grade(text) == pytest.approx(4.71 * letters / words + 0.5 * words - 21.43)


def test_blanks_around_a_text_are_no_sentences_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_pipeline", lambda *_: pytest.fail("asked spaCy"))
    assert language.sentences("\n It came. Use it.\n\n") == ((2, 10), (11, 18))


HARDLY_PLAIN = (
    "One.  Two.", "One. \nTwo.\n\n Three", "Sure! *JB", "Sure. ^JB (1/2)", "Nice! #happy", "Is it 11.0.2? Or 11.1.1. Ok",
    "In the US. We ship.", "Yes (it is). Do. -Ann", "It is $9. Or [this]. Or {{name}}! @acme will", "I do. ~AT", "No!! Really?",
    "See acme.example/help. It is 0.5% or $9.50. Yes - it is! – Olu", "Open 9:00 to 17:00. Part 1/2. =Jo",
    "At 9 a.m. or so. Plan B. Take a. Now.", "x.y Z. A", "Set .banner for it. In the U.S. we do, e.g. so.",
)  # fmt: skip


def test_plain_sentences_are_those_of_spacy(packaged: Rulebook) -> None:
    import spacy

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    texts = {example.text for rule in packaged.rules for example in (*rule.bad, *rule.good) if example.text}
    texts |= {"\n\n".join(pair) for pair in pairwise(sorted(texts))}
    plain = {text: found for text in (*texts, *HARDLY_PLAIN) if (found := plain_sentences(text))}
    assert len(plain) > len(texts) * 2 / 3
    assert plain.keys() >= set(HARDLY_PLAIN)
    for text, found in plain.items():
        assert found == tuple((sentence.start_char, sentence.end_char) for sentence in pipeline(text).sents)


@pytest.mark.parametrize("text", ["Ask Mr. Lee. Now.", "Wait... what? No", "Hi. (Yes)", "Hi. 🙂 Yes", "はい。 Yes. No"])
def test_what_is_not_plain_is_for_spacy(text: str) -> None:
    assert plain_sentences(text) == ()
