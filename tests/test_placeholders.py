"""Placeholders of help desks: which desk a macro is for, and what that desk does not know."""

from __future__ import annotations

import json
import typing

import pytest

from replylint.brand import HelpDesk
from replylint.detectors.blanks import blanks_by_hand, placeholders
from replylint.detectors.placeholders import desks, find
from replylint.sources.files import read_named


@pytest.mark.parametrize(
    ("text", "desk", "found"),
    [
        ("Hi {{ticket.requester.first_name}}", "zendesk", []),
        ("Hi {{ticket.requester.first_name}}", "gorgias", ["{{ticket.requester.first_name}}"]),
        ("Hi {{ ticket.requester.first_name | capitalize }}", "", []),
        ("{{ticket.requester.first_name}}, {{current_user.nmae}}", "", ["{{current_user.nmae}}"]),
        ("{{ticket.ticket_field_360012345678}} {{dc.greeting}}", "zendesk", []),
        ("Hi {{ticket.requester.frist_name}}", "", ["{{ticket.requester.frist_name}}"]),
        ("Hi {{ticket.requester.first_name}", "", ["{{ticket.requester.first_name}"]),
        ("Hi {ticket.requester.first_name}}", "", ["{ticket.requester.first_name}}"]),
        ("About {{ticket.title and more", "", ["{{ticket.title"]),
        ("Hi #{ticket.customer.firstname}", "", []),
        ("Hi #{ticket.customer.firstname} {{recipient.first_name}}", "", ["{{recipient.first_name}}"]),
        ("Hi {{{Recipient.FirstName}}}", "salesforce", []),
        ("Hi {{customer.nickname}}", "", []),
        ('Send {"id": 4, "tags": []} or mv "${f%.csv}" here', "zendesk", []),
        ("It is {{ order.total * 2 }} or {{ order.name if order.name else 'x' }}", "", []),
        ("{%customer.firstName,fallback=there%} {% if a == 'b' %}x{% endif %}", "", []),
        ("{% if a == 'b' %}x", "", ["{% if a == 'b' %}"]),
        ("Hi {{user.name|fallback:'there'}} <attribute key=\"user.name\" default=\"there\"/>", "", []),
    ],
    ids=[
        "known-here", "another-desks-name", "filters-and-blanks-are-fine", "misspelt", "fields-with-numbers", "misspelt-and-alone",
        "end-cut-off",
        "beginning-cut-off", "never-ended", "zammad", "two-desks-in-one-body", "three-braces", "no-desk-known-no-verdict",
        "code-is-no-placeholder", "worked-out-where-it-stands", "control-tags-are-no-placeholder",
        "never-ended-branch", "two-spellings-of-one-desk",
    ],
)  # fmt: skip
def test_broken(text: str, desk: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find(text, "broken", desk)] == found


@pytest.mark.parametrize(
    ("text", "kind", "is_ours", "fallback"),
    [
        ("{{ticket.requester.first_name}}", "name", False, None),
        ('{{user.name|fallback:"there"}}', "name", False, "there"),
        ("{{ ticket.requester.first_name | default: 'you' }}", "name", False, "you"),
        ("{%customer.firstName,fallback=there%}", "name", False, "there"),
        ('<attribute key="user.name" default="there"/>', "name", False, "there"),
        ("{!Contact.FirstName}", "name", False, None),
        ("#{ticket.customer.firstname}", "name", False, None),
        ("%{ticket.name.first}", "name", False, None),
        ("{$contact.firstname}", "name", False, None),
        ("{nick}", "name", False, None),
        ("{{current_user.name}}", "name", True, None),
        ("{%user.firstName%}", "name", True, None),
        ("{{ticket.group.name}}", "unknown", True, None),
        ("{{ticket.organization.name}}", "unknown", False, None),
        ("{{ticket.id}}", "order", False, None),
        ("{{ticket.custom_fields.order_number}}", "order", False, None),
        ("{{ticket.created_at}}", "date", False, None),
        ("{{ticket.due_date}}", "date", False, None),
        ("{{ticket.url}}", "link", False, None),
        ("{{ticket.title}}", "unknown", False, None),
        ("{{{Recipient.FirstName}}}", "name", False, None),
    ],
)
def test_types(text: str, kind: str, is_ours: bool, fallback: str | None) -> None:
    [token] = placeholders(text)
    assert (token.kind, token.is_ours, token.fallback) == (kind, is_ours, fallback)
    assert token.span == (0, len(text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[NAME]", "name"),
        ("[Order number]", "order"),
        ("[Date]", "date"),
        ("[link to form]", "link"),
        ("XXXX", "order"),
        ("<insert issue>", "unknown"),
        ("<ORDER NUMBER>", "order"),
    ],
)
def test_types_of_what_is_filled_in_by_hand(text: str, kind: str) -> None:
    assert [(token.kind, token.syntax) for token in blanks_by_hand(f"Hi {text}, yes.")] == [(kind, "by-hand")]


@pytest.mark.parametrize("text", ["<strong>", "<BR>", "<details open>", "<div class='a b'>", "a <b and c> d"])
def test_tags_are_no_blanks(text: str) -> None:
    assert blanks_by_hand(text) == []


def test_whom_a_reply_addresses_is_the_customer() -> None:
    assert [(token.kind, token.is_ours) for token in placeholders("@{{ author }}, {{ author }}")] == [
        ("name", False),
        ("unknown", True),
    ]


def test_settings_and_table_name_the_same_desks() -> None:
    assert set(typing.get_args(HelpDesk)) == set(desks())


def test_the_file_tells_whose_placeholders_are_right() -> None:
    def broken(text: str) -> list[str]:
        located = next(read_named(text, "m.json", ".json"))
        said = located.draft.text
        return [said[a:b] for a, b in find(said, "broken", located.draft.help_desk)]

    body = "Hi {{ticket.requester.firstname}}, it was sent."  # as Freshdesk spells it
    zendesk = {"macros": [{"title": "late", "actions": [{"field": "comment_value", "value": body}]}]}
    assert broken(json.dumps(zendesk)) == ["{{ticket.requester.firstname}}"]
    assert broken(json.dumps({"macros": [{"title": "late", "body": body}]})) == []
