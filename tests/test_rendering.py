"""The rendering check: what the customer would read once a macro is filled, and what is fine as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from replylint.engine import lint
from replylint.model import Brand, Choice, Draft, Finding, Ignore, Level, Rulebook
from tests.test_cli import check, found, run

NAME = "{{ticket.requester.first_name}}"
FIELD = "{{ticket.custom_fields.colour}}"


def rendered(text: str, book: Rulebook, brand: Brand | None = None, **more: object) -> tuple[Finding, ...]:
    draft = Draft(text, kind="macro", **more)  # type: ignore[arg-type]
    return lint(draft, book, brand or Brand(), None, {"rendering"}).findings


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        (f"Hi {NAME}, it is here.", "Hi , it is here."),
        (f"{NAME}, it is here.", ", it is here."),
        (f"Hi, {NAME}, it is here.", "Hi, , it is here."),
        (f"We sent the {FIELD} one.", "We sent the  one."),
        (f"It is ({FIELD}) here.", "It is () here."),
        (f"Colour: {FIELD}\nBye.", "Colour: "),
        ("It is the #{ticket.customer.firstname} one.", "It is the  one."),
        ("Hello {%customer.firstName%}! It is here.", "Hello ! It is here."),
    ],
    ids=["greeting", "line-begins", "two-commas", "two-spaces", "nothing-in-brackets", "label", "zammad", "help-scout"],
)
def test_nothing_where_a_value_was_to_be(text: str, reads: str, small: Rulebook) -> None:
    [finding] = rendered(text, small)
    assert finding.message == f"Where “{finding.text}” is empty, the customer reads “{reads}”."
    assert finding.span
    assert text[finding.span.start : finding.span.end] == finding.text
    assert finding.level is Level.warning


@pytest.mark.parametrize(
    "text",
    [
        "Hi {{ticket.requester.first_name | default: 'there'}}, it is here.",
        "Hi {%customer.firstName,fallback=there%}, it is here.",
        "Your ticket {{ticket.id}} is open. {{ticket.url}}",
        "Regards,\n{{current_user.name}}",
        f"It is here. {FIELD} See you.",
        f"Thank you {NAME}",
        "Hi [NAME], it is ____ here.",
        f"Hi{{% if a %}} {NAME}{{% endif %}}",
        "It is here.",
    ],
    ids=[
        "fallback", "help-scouts-fallback", "the-help-desk-always-knows", "an-agent-has-a-name", "a-sentence-of-its-own",
        "a-name-at-the-end", "filled-in-by-hand", "in-a-branch", "no-blank",
    ],
)  # fmt: skip
def test_what_reads_well(text: str, small: Rulebook) -> None:
    assert rendered(text, small) == ()


def test_a_first_and_a_last_name_are_missed_together(small: Rulebook) -> None:
    [finding] = rendered("Hi {{ticket.requester.first_name}} {{ticket.requester.last_name}}, it is here.", small)
    assert finding.text == NAME
    assert "more place" not in finding.message


def test_more_places_are_counted(small: Rulebook) -> None:
    [finding] = rendered(f"Hi {NAME}, it is here. Bye {NAME}, see you.", small)
    assert finding.message.endswith("reads “Hi , it is here. Bye”. So in 1 more place.")


def test_free_text_ends_as_its_writer_ended_it(small: Rulebook) -> None:
    [finding] = rendered("About {{ticket.title}}. Here it is.", small)
    assert (
        finding.message
        == "With “Where is my order?” for “{{ticket.title}}” the customer reads “Where is my order?. Here it is.”."
    )


def test_past_the_limit_of_the_channel(small: Rulebook) -> None:
    text = f"{NAME} " + "it is here, " * 21
    [finding] = [f for f in rendered(text, small, channel="x", public=True) if "limit" in f.message]
    assert finding.message == "Filled with long values this is 307 characters, and 280 is the limit."
    assert not [f for f in rendered(text, small, channel="x", public=False) if "limit" in f.message]
    too_long_in_any_case = f"{NAME} " + "it is here, " * 30
    assert not [f for f in rendered(too_long_in_any_case, small, channel="x", public=True) if "limit" in f.message]


def test_it_obeys_the_settings(small: Rulebook) -> None:
    draft = Draft(f"Hi {NAME}, it is here.", id="m", kind="macro")
    assert [f.rule for f in lint(draft, small, Brand()).findings] == ["rendering"]
    assert lint(draft, small, Brand(rules={"rendering": Choice(on=False)})).findings == ()
    assert lint(draft, small, Brand(rules={"rendering": Choice(level=Level.error)})).findings[0].level is Level.error
    agreed = lint(draft, small, Brand(ignore=(Ignore(("rendering",), "m"),)))
    assert (agreed.findings, len(agreed.suppressed)) == ((), 1)
    assert lint(Draft(draft.text), small, Brand(), None, {"rendering"}).findings == ()  # a draft is filled already


def test_on_the_command_line(tmp_path: Path) -> None:
    text = f"Hi {NAME}, it is here."
    (tmp_path / "m.json").write_text('[{"title": "a", "body": "' + text + '"}]')
    done = check("--select", "rendering", str(tmp_path / "m.json"))
    assert (found(done), done.returncode) == (["rendering"], 0)
    assert found(check("--select", "all", "--ignore", "rendering", str(tmp_path / "m.json"))).count("rendering") == 0
    (tmp_path / ".replylint.yaml").write_text("rules: {rendering: off}\n")
    assert "rendering" not in found(check(str(tmp_path / "m.json")))
    (tmp_path / ".replylint.yaml").write_text("rules: {renderin: off}\n")
    assert 'did you mean "rendering"' in run("check", "m.json", cwd=tmp_path).stderr
