"""Under which keys a reply stands: compound names, lists of lines, what stands beside it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.sources.keys import normal
from tests.test_libraries import texts
from tests.test_places import assert_exact, from_json
from tests.test_places import read as read_text

SAYS = "It is on its way to you."
INTERCOM = '<attribute key="user.name" default="you"/>'


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ([{"Macro Name": "Late one of all", "Reply Body": SAYS}], [("Late one of all", SAYS)]),
        ([{"templateName": "Late", "templateBody": SAYS, "createdBy": "Ann of the team"}], [("Late", SAYS)]),
        ([{"category": "All of the late ones", "replies": [{"answer": SAYS}]}], [("", SAYS)]),
        ({"Late": {"prefix": "late", "body": ["Hi,", "", SAYS], "description": "Says that it is late"}}, [("", f"Hi,\n\n{SAYS}")]),
        ({"Late": {"lines": ["Hi,", SAYS]}}, [("", f"Hi,\n{SAYS}")]),
        ({"late": {"response": [SAYS, f"Well, {SAYS}"]}}, [("", SAYS), ("", f"Well, {SAYS}")]),
        ({"matches": [{"trigger": ":l", "replace": SAYS, "vars": [{"name": "d", "format": "the day and hour"}]}]}, [(":l", SAYS)]),
        (
            [{"type": "macro", "name": "Late", "body_text": "Hi {{user.name|fallback:'you'}}", "body": f"<p>Hi {INTERCOM}</p>"}],
            [("Late", "Hi {{user.name|fallback:'you'}}")],
        ),
        ({"data": [{"id": 1, "attributes": {"title": "Late", "body": SAYS}}]}, [("Late", SAYS)]),
        ({"en.late.subject": "About it all here", "en.late.body": SAYS}, [("en.late.body", SAYS)]),
        ([{"message_id": 4, "note_text": "A note of ours only", "text": SAYS}], [("", SAYS)]),
    ],
    ids=[
        "compound-names", "in-camel-case", "a-category-is-no-reply", "lines-of-an-editors-snippet", "lines", "alternatives-are-no-lines",
        "variables-are-no-replies", "twins-with-two-spellings-of-a-blank", "all-of-it-in-attributes", "dotted-keys", "what-is-beside",
    ],
)  # fmt: skip
def test_what_is_the_reply(data: object, found: list[tuple[str, str]]) -> None:
    assert texts(data) == found


def test_keys_are_compared_without_case() -> None:
    assert [normal(key) for key in ("bodyHTML", "Short-Code", " Reply text ", "id2Text")] == [
        "body_html", "short_code", "reply_text", "id2_text",
    ]  # fmt: skip


@given(st.lists(st.text(st.sampled_from('ab "\\é😀,.')), max_size=5), st.booleans())
def test_places_in_lists_of_lines(lines: list[str], ascii_only: bool) -> None:
    lines = ["Hi,", *lines]
    data = json.dumps({"title": "a", "body": lines}, ensure_ascii=ascii_only, indent=1)
    (one,) = read_text(data, ".json")
    assert one.draft.text == "\n".join(lines)

    def unescaped(raw: str) -> str:
        return "\n".join(from_json(part) for part in raw.split('",\n  "'))

    assert_exact(one, unescaped)
