from __future__ import annotations

import pytest

from replylint.detectors.clauses import clauses, follows_on
from replylint.detectors.leads import only_leads
from replylint.detectors.particulars import particulars


def found(text: str, brand: str = "") -> list[str]:
    return [text[span.start : span.end] for _, span in particulars(text, "draft", brand)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hi! Sorry about the kettle, we'll replace the lid. ^JM", ["kettle", "replace", "lid"]),
        ("Thank you for contacting us. Please reply with more details and our team will help.", []),
        ("Your message was received and we respond within three business days.", []),
        ("Please call 0800 555 0199 or see https://acme.example/x #help", []),
        ("Hello,\n\nwe take this seriously.\n\nKind regards,\nMaria Costa", []),
        ("Have a great Tuesday!", []),
        ("See you in Leeds at 5:45 pm", ["Leeds", "5:45"]),
    ],
    ids=["of-the-case", "anyone's", "how-long-answers-take", "contacts", "who-signs", "wishes", "place-and-time"],
)
def test_particulars(text: str, words: list[str]) -> None:
    assert found(text) == words


def test_the_brand_is_no_particular() -> None:
    assert found("Your Sprint team", "sprintcare") == []
    assert found("Your Sprint team") == ["Sprint"]


def test_clauses_and_those_that_follow_on() -> None:
    text = "Sorry, Ann, as our cooks work hard. As of 4.30 it is open."
    stretches = list(clauses(text))
    assert [text[start:end].strip() for start, end in stretches] == [
        "Sorry",
        "Ann",
        "as our cooks work hard",
        "As of 4.30 it is open",
    ]
    assert [follows_on(text, clause) for clause in stretches] == [False, False, True, False]


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("You'll find it on this page:", True),
        ("This should help!", True),
        ("", True),
        ("No, only on Mondays!", False),
        ("An E stands for a flat battery, which is under the lid.", False),
    ],
)
def test_only_leads(text: str, leads: bool) -> None:
    assert only_leads(text) is leads
