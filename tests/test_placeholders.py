"""Placeholders of help desks: which desk a macro is for, and what that desk does not know."""

from __future__ import annotations

import typing

import pytest

from replylint.brand import HelpDesk
from replylint.detectors.placeholders import desks, find


@pytest.mark.parametrize(
    ("text", "desk", "found"),
    [
        ("Hi {{ticket.requester.first_name}}", "zendesk", []),
        ("Hi {{ticket.requester.first_name}}", "gorgias", ["{{ticket.requester.first_name}}"]),
        ("Hi {{ ticket.requester.first_name | capitalize }}", "", []),
        ("{{ticket.requester.first_name}}, {{current_user.nmae}}", "", ["{{current_user.nmae}}"]),
        ("{{ticket.ticket_field_360012345678}} {{dc.greeting}}", "zendesk", []),
        ("Hi {{ticket.requester.first_name}", "", ["{{ticket.requester.first_name}"]),
        ("Hi {ticket.requester.first_name}}", "", ["{ticket.requester.first_name}}"]),
        ("About {{ticket.title and more", "", ["{{ticket.title"]),
        ("Hi #{ticket.customer.firstname}", "", []),
        ("Hi #{ticket.customer.firstname} {{recipient.first_name}}", "", ["{{recipient.first_name}}"]),
        ("Hi {{{Recipient.FirstName}}}", "salesforce", []),
        ("Hi {{customer.nickname}}", "", []),
        ('Send {"id": 4, "tags": []} or mv "${f%.csv}" here', "zendesk", []),
        ("{%customer.firstName,fallback=there%} {% if a == 'b' %}x{% endif %}", "", []),
    ],
    ids=[
        "known-here", "another-desks-name", "filters-and-blanks-are-fine", "misspelt", "fields-with-numbers", "end-cut-off",
        "beginning-cut-off", "never-ended", "zammad", "two-desks-in-one-body", "three-braces", "no-desk-known-no-verdict",
        "code-is-no-placeholder", "control-tags-are-no-placeholder",
    ],
)  # fmt: skip
def test_broken(text: str, desk: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find(text, "broken", desk)] == found


def test_settings_and_table_name_the_same_desks() -> None:
    assert set(typing.get_args(HelpDesk)) == set(desks())
