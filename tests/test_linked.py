"""Macros that link to dynamic content: judged as they are sent, and what stands in an item is said of the item."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.linked import fill, links_of
from replylint.model import Draft, Span
from tests.test_cli import run


@pytest.mark.parametrize(
    ("text", "known", "filled"),
    [
        ("{{dc.hi}} It came.", {"dc.hi": "Hello!"}, "Hello! It came."),
        ("{{ dc.hi }}{{dc.no}}", {"dc.hi": "Hello!"}, "Hello!{{dc.no}}"),
        ("{{dc.a}}", {"dc.a": "a {{dc.b}}", "dc.b": "b {{dc.c}}", "dc.c": "c"}, "a b c"),
        ("{{dc.a}}", {"dc.a": "a {{dc.b}}", "dc.b": "b {{dc.a}}"}, "a b {{dc.a}}"),
        ("{{dc.a}} {{dc.a}}", {"dc.a": "{{dc.a}}"}, "{{dc.a}} {{dc.a}}"),
    ],
    ids=["known", "not-known", "one-in-the-other", "round-and-round", "itself"],
)
def test_what_is_sent(text: str, known: dict[str, str], filled: str) -> None:
    assert fill(Draft(text, links=links_of(text, known))).text == filled


def test_texts_that_link_to_each_other_many_times_stay_small() -> None:
    known = {f"dc.{n}": f"{{{{dc.{n + 1}}}}} " * 50 for n in range(1000)} | {"dc.1000": "x" * 1000}
    filled = fill(Draft("{{dc.0}}" * 1000, links=links_of("{{dc.0}}", known)))
    assert 100_000 < len(filled.text) < 300_000


@given(st.lists(st.sampled_from(["{{dc.a}}", "{{dc.b}}", "{{dc.none}}", "xy", " "]), max_size=8))
def test_every_place_leads_back(parts: list[str]) -> None:
    text = "".join(parts)
    filled = fill(Draft(text, links=(("dc.a", "AAA"), ("dc.b", ""))))
    assert filled.text == text.replace("{{dc.a}}", "AAA").replace("{{dc.b}}", "")
    for index, char in enumerate(filled.text):
        place = filled.span(Span(index, index + 1))
        assert (place is None) == (char == "A")
        assert place is None or text[place.start : place.end] == char


def library(folder: Path, macro: str, item: str) -> None:
    variants = [{"locale_id": 4, "content": "Guten Tag"}, {"locale_id": 1, "default": True, "content": item}]
    (folder / "macros.json").write_text(
        json.dumps({"macros": [{"title": "late", "actions": [{"field": "comment_value", "value": macro}]}]})
    )
    (folder / "dynamic.json").write_text(json.dumps({"items": [{"placeholder": "{{dc.sorry}}", "variants": variants}]}))


def found(folder: Path, *arguments: str) -> list[tuple[str, str, str]]:
    done = run("check", "--show-text", "--output-format", "jsonl", *arguments, cwd=folder)
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    for one in findings:
        text = (folder / one["path"]).read_text()
        assert text[one["start"]["offset"] : one["end"]["offset"]] == one["text"]
    return [(one["path"], one["rule"], one["text"]) for one in findings]


def test_findings_stand_where_the_words_stand(tmp_path: Path) -> None:
    library(tmp_path, "Hi, we recieve it. {{dc.sorry}}", "We definately do.")
    wrong = [("dynamic.json", "typo", "definately"), ("macros.json", "typo", "recieve")]
    assert found(tmp_path, ".", "--select", "typo") == wrong
    assert found(tmp_path, "macros.json", "--select", "typo") == wrong[1:]


def test_a_macro_is_judged_as_it_is_sent(tmp_path: Path) -> None:
    library(tmp_path, "Sorry about the {{dc.sorry}} it is sent.", "the parcel,")
    assert found(tmp_path, "macros.json", "--select", "typo") == []
    (tmp_path / ".replylint.yaml").write_text("files: ['*.json']\n")
    assert found(tmp_path, "macros.json", "--select", "typo") == [("macros.json", "typo", "the {{dc.sorry}}")]
