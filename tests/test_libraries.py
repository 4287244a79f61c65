"""The shapes in which help desks and teams write macros: what is a reply, and what is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from replylint.errors import InputError
from replylint.model import Fields, Span
from replylint.sources import DRAFT, Located
from replylint.sources.files import read_named, read_path


def read(data: object, suffix: str = ".json", fields: Fields | None = None) -> list[Located]:
    text = data if isinstance(data, str) else json.dumps(data)
    return list(read_named(text, f"f{suffix}", suffix, fields))


def texts(data: object, suffix: str = ".json") -> list[tuple[str, str]]:
    return [(one.title, one.draft.text) for one in read(data, suffix)]


NOTE = "Check the account of the customer first, please."
ZENDESK = {
    "title": "Late::Parcel",
    "actions": [
        {"field": "status", "value": "This is no reply."},
        {"field": "current_tags", "value": "late courier"},
        {"field": "comment_value", "value": ["channel:all", "Hi {{ticket.requester.first_name}}, on its way."]},
    ],
}
LATE = [("Late", "Your parcel is on its way.")]
SAYS = "Your parcel is on its way."
HTML = "<p>Your parcel is <b>on</b> its&nbsp;way.</p>"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"macros": [ZENDESK]}, [("Late::Parcel", "Hi {{ticket.requester.first_name}}, on its way.")]),
        ({"macro": ZENDESK}, [("Late::Parcel", "Hi {{ticket.requester.first_name}}, on its way.")]),
        (
            {
                "title": "Note",
                "actions": [
                    {"field": "comment_mode_is_public", "value": False},
                    {"field": "comment_value", "value": NOTE},
                ],
            },
            None,
        ),
        ({"title": "Far", "actions": [{"field": "comment_value", "value": "MANAGED_CONTENT"}]}, None),
        (
            {
                "title": "Late",
                "actions": [{"field": "comment_value_html", "value": "<p>Your parcel is on its way.</p>"}],
            },
            LATE,
        ),
        (
            {
                "items": [
                    {
                        "name": "Late",
                        "placeholder": "{{dc.late}}",
                        "variants": [{"content": SAYS, "locale_id": 1, "default": True}],
                    }
                ]
            },
            LATE,
        ),
        (
            [{"id": 4, "title": "Late", "content": SAYS, "content_html": HTML.replace("&nbsp;", " "), "folder_id": 3}],
            LATE,
        ),
        (
            {
                "type": "list",
                "data": [{"type": "macro", "id": "1", "name": "Late", "body": f"<p>{SAYS}</p>", "body_text": SAYS}],
            },
            LATE,
        ),
        (
            [{"name": "Late", "text": "Your parcel is<br />on its way.", "chatText": "Your parcel is\non its way."}],
            [("Late", "Your parcel is\non its way.")],
        ),
        (
            [{"name": "Late", "text": "It is on its way.", "chatText": "On its way!"}],
            [("Late", "It is on its way."), ("Late", "On its way!")],
        ),
        (
            {
                "_results": [
                    {
                        "_links": {"self": "x"},
                        "id": "rsp_1",
                        "name": "Late",
                        "subject": "About your parcel order",
                        "body": f"<div>{SAYS}</div>",
                    }
                ]
            },
            LATE,
        ),
        (
            {
                "data": [
                    {
                        "name": "Late",
                        "intent": "shipping/status",
                        "actions": [
                            {"name": "addInternalNote", "arguments": {"body_text": NOTE}},
                            {
                                "name": "setResponseText",
                                "arguments": {"body_text": SAYS, "body_html": f"<div>{SAYS}</div>"},
                            },
                        ],
                    }
                ]
            },
            LATE,
        ),
        ([{"id": 1, "name": "Late", "content": f"<div>{SAYS}</div>", "active": True, "note": NOTE}], LATE),
        ([{"id": 1, "short_code": "Late", "content": SAYS, "account_id": 1}], LATE),
        ([{"isenabled": 1, "title": "Late", "response": SAYS, "notes": NOTE}], LATE),
        ({"replies": [{"id": "canned:1", "title": "Late", "content": SAYS, "usages": 3}]}, LATE),
        (
            {
                "records": [
                    {
                        "attributes": {"type": "QuickText"},
                        "Name": "Late",
                        "Message": SAYS,
                        "Category": "Shipping of parcels",
                        "Channel": "Email",
                    }
                ]
            },
            LATE,
        ),
        (
            {
                "data": {
                    "viewer": {
                        "savedReplies": {"nodes": [{"title": "Late", "body": SAYS, "bodyHTML": f"<p>{SAYS}</p>"}]}
                    }
                }
            },
            LATE,
        ),
        ([{"id": 1, "name": "Late", "content": SAYS}], LATE),
        (
            {
                "data": [
                    {"resource": "macro", "title": "Late", "reply_type": "REPLY", "reply_contents": SAYS},
                    {"resource": "macro", "title": "N", "reply_type": "NOTE", "reply_contents": NOTE},
                ]
            },
            LATE,
        ),
        (
            [{"title": "Late", "msg": SAYS, "fallback": "A parcel is on its way.", "tags": "a, b"}],
            [*LATE, ("Late", "A parcel is on its way.")],
        ),
        ([{"doctype": "HD Saved Reply", "title": "Late", "message": f"<p>{SAYS}</p>", "scope": "Global"}], LATE),
        ([{"name": "Late", "type": "note", "text": NOTE}, {"name": "Late", "text": SAYS}], LATE),
    ],
    ids=(
        "zendesk zendesk-one zendesk-internal zendesk-body-elsewhere zendesk-html zendesk-dynamic-content freshdesk-twins "
        "intercom help-scout-twins help-scout-drift front gorgias zammad chatwoot osticket discourse salesforce github gitlab "
        "kayako live-helper-chat frappe note-beside"
    ).split(),
)
def test_known_shapes(data: object, found: list[tuple[str, str]] | None) -> None:
    if found is None:
        with pytest.raises(InputError, match="found no replies"):
            read(data)
        return
    assert texts(data) == found
    as_lines = data if isinstance(data, list) else [data]
    assert texts("\n".join(json.dumps(one) for one in as_lines), ".jsonl") == found
    assert {one.draft.kind for one in read(data)} == {"macro"}


def test_json_lines_in_a_json_file_are_read() -> None:
    assert texts('{"name": "Late", "content": "On its way."}\n{"name": "Lost", "content": "So sorry."}\n') == [
        ("Late", "On its way."),
        ("Lost", "So sorry."),
    ]


def test_yaml_of_osticket() -> None:
    text = "-\n  isenabled: 1\n  title: Late\n  response: |\n    Hi %{ticket.name.first},<br>\n    on its way.\n  notes: no words to send\n"
    assert texts(text, ".yaml") == [("Late", "Hi %{ticket.name.first},\non its way.")]


@pytest.mark.parametrize(
    ("text", "suffix", "found"),
    [
        (
            'title,active,actions_json\nLate,True,"[{""field"": ""comment_value"", ""value"": ""On its way.""}]"\n',
            ".csv",
            [("Late", "On its way.")],
        ),
        (
            "Name;Reply Text;Notes\nLate;On its way; no rush.;no\n",
            ".csv",
            "f.csv:2:27: found 4 cells in a table of 3 columns; a cell that holds a semicolon stands in quotes",
        ),
        ("sep=;\nName;Response\nLate;On its way.\n", ".csv", [("Late", "On its way.")]),
        (
            'title\tbody\nLate\tHi, "Ann", on its way.\n\nLost\t"So\tsorry"\n',
            ".tsv",
            [("Late", 'Hi, "Ann", on its way.'), ("Lost", "So\tsorry")],
        ),
        (
            'title,body\nLate,"It is "lost", we fear."\n',
            ".csv",
            "f.csv:2:20: found 3 cells in a table of 2 columns; a cell that holds a comma stands in quotes",
        ),
        ('title,body\nLate,"He said "lost" to us."\n', ".csv", [("Late", 'He said "lost" to us.')]),
        ('title,body\nLate,"It is \\"lost\\", we fear."\n', ".csv", [("Late", 'It is "lost", we fear.')]),
        (
            'title,body\nLate,"It is lost\nand gone\n',
            ".csv",
            "f.csv:2:6: found a quoted cell that never ends; a quote inside a cell is doubled",
        ),
        (
            'title,actions_json\nLate,"[{""field"": }]"\n',
            ".csv",
            'f.csv:2:20: broken JSON in the column "actions_json": Expecting value',
        ),
        (
            "file,licence\na.md,MIT or so they say.\n",
            ".csv",
            "f.csv:1:1: found no replies in the columns file, licence; expected one of",
        ),
        (
            'late,"Sorry, it is late.",a\n"b","More, and more.",c\n',
            ".csv",
            [("late", "Sorry, it is late."), ("b", "More, and more.")],
        ),
        ("", ".csv", "f.csv:1:1: found no rows: expected a first row that names the columns"),
        ('{"a": [1,\n 2,]}', ".json", "f.json:2:4: broken JSON: "),
        ('{"name": "a", "body": "b\nc"}', ".json", "f.json:1:25: broken JSON: found the end of the line inside a text"),
    ],
    ids=(
        "zendesk-actions semicolon-inside excel-separator tabs inner-quotes-and-comma inner-quotes backslashes never-ends "
        "broken-json no-replies no-names empty json json-line-break"
    ).split(),
)
def test_tables_and_mistakes(text: str, suffix: str, found: list[tuple[str, str]] | str) -> None:
    if isinstance(found, str):
        with pytest.raises(InputError) as error:
            read(text, suffix)
        assert str(error.value).startswith(found)
    else:
        assert texts(text, suffix) == found


def test_what_a_macro_says_of_itself() -> None:
    (one,) = read(
        "- title: Late\n  tags: [late, courier]\n  replylint:\n"
        "    context: {customer.upset: true}\n    ignore: [call-us]\n  body: On its way.\n",
        ".yaml",
    )
    assert (one.about.title, one.about.tags, one.about.context) == (
        "Late",
        ("late", "courier"),
        {"customer.upset": True},
    )
    assert one.about.ignore == ("call-us",)
    assert one.about.document is not None
    assert one.about.document.node((*one.about.own, "ignore", 0)).value == "call-us"
    (zendesk,) = read({"macros": [ZENDESK]})
    assert zendesk.about.tags == ("late", "courier")
    (matter,) = read(
        "---\ntitle: Late\ntags: late, courier\nreplylint: {context: {customer.upset: true}}\n---\nOn its way.\n", ".md"
    )
    assert (matter.title, matter.about.tags, matter.draft.kind) == ("Late", ("late", "courier"), "macro")
    assert matter.about.context == {"customer.upset": True}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("&late On its way.", "On its way"),
        ("!!str 'On its way.'", "On its way"),
        ("!!str |\n    On its way.", "On its way"),
        ('"On its\\\n    \\ way."', "On its\\\n    \\ way"),
        ('"Ok\x85 On its way."', "On its way"),
    ],
    ids=["anchor", "tag", "tag-before-block", "escaped-line-break", "next-line"],
)
def test_places_in_unusual_yaml(value: str, written: str) -> None:
    (one,) = read(f"- title: Late\n  body: {value}\n", ".yaml")
    at = one.draft.text.index("On its way")
    place = one.maps()[DRAFT].span(Span(at, at + len("On its way")))
    assert one.lines.text[place.start : place.end] == written


def test_several_yaml_documents_in_a_file() -> None:
    assert texts("title: Late\nbody: On its way.\n---\ntitle: Lost\nbody: So sorry.\n", ".yaml") == [
        ("Late", "On its way."),
        ("Lost", "So sorry."),
    ]


@pytest.mark.parametrize(
    ("own", "message"),
    [
        (
            "{contxt: {}}",
            'f.yaml:2:15: found the key "contxt"; allowed in `replylint:`: context, ignore; did you mean "context"?',
        ),
        ("{context: {customer.upset: often}}", 'f.yaml:2:41: found "often"; expected true or false'),
    ],
)
def test_a_wrong_key_of_ours_is_an_error(own: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read(f"- title: Late\n  replylint: {own}\n  body: On its way.\n", ".yaml")
    assert str(error.value).startswith(message)


def test_fields_name_what_stands_where() -> None:
    fields = Fields("say.en", "call", "about")
    (one,) = read(
        [{"call": "Late", "say": {"en": "On its way.", "de": "Unterwegs."}, "about": "late,dhl"}], ".json", fields
    )
    assert (one.title, one.draft.id, one.draft.text, one.about.tags, one.key) == (
        "Late",
        "Late",
        "On its way.",
        ("late", "dhl"),
        "[0].say.en",
    )
    assert [one.draft.text for one in read({"macros": [ZENDESK]}, ".json", fields)] == [
        "Hi {{ticket.requester.first_name}}, on its way."
    ]
    with pytest.raises(InputError, match=r'mappings with the key "bdy".*did you mean "body"\?'):
        read([{"body": "On its way."}], ".json", Fields("bdy"))


MARKDOWN = {
    "fences": (
        "# Replies\n\n## Late\n\n```text\nOn its way.\n```\n\n## Setup\n\n```bash\nnpm i\n```\n",
        [("Late", "On its way.")],
    ),
    "list-items": (
        "# Replies\n\nHow to use them.\n\n* Late\n\nOn its way.\n\n> Quoted.\n\n* Lost\n\nSo sorry.\n",
        [("Late", "On its way.\n\n> Quoted."), ("Lost", "So sorry.")],
    ),
    "bold-lines": (
        "**Late**\n\nOn its way.\n\n**Lost:**\n\nSo sorry.\n",
        [("Late", "On its way."), ("Lost", "So sorry.")],
    ),
    "quotations": (
        "# R\n\n## Late\n\n> On its way,\n> Ann.\n\n---\n\n## Lost\n\n> So sorry.\n",
        [("Late", "On its way,\nAnn."), ("Lost", "So sorry.")],
    ),
    "sections": (
        "# Replies\n\nHow to.\n\n## Late\n\nOn its way.\n\n## Lost\n\nSo\n\nsorry.\n",
        [("Late", "On its way."), ("Lost", "So\n\nsorry.")],
    ),
    "quotations-under-words-on-them": (
        "# R\n\n## Late\n\nIf it is late:\n\n> On its way.\n\n## Lost\n\nIf it is lost:\n\n> So sorry.\n",
        [("Late", "On its way."), ("Lost", "So sorry.")],
    ),
    "one-quotation-among-others": (
        "# R\n\n## Late\n\nYou said:\n\n> It is late.\n\n## Lost\n\nSo sorry.\n",
        [("Late", "You said:\n\n> It is late."), ("Lost", "So sorry.")],
    ),
    "details": (
        (
            "# R\n\n<details>\n<summary><b>Late</b></summary>\n\nOn its way.\n\n</details>\n"
            "<details>\n<summary>Lost</summary>\n\nSo\n\nsorry.\n\n</details>\n"
        ),
        [("Late", "On its way."), ("Lost", "So\n\nsorry.")],
    ),
    "one-title": ("# Late\n\nOn its way.\n\nAnn\n", [("Late", "On its way.\n\nAnn")]),
    "one-reply": ("Hi Ann,\n\n# What next\n\n- On its way.\n", [("", "Hi Ann,\n\n# What next\n\n- On its way.")]),
    "front-matter": (
        "---\ntitle: Late\n---\n## One\n\nOn its way.\n\n## Two\n\nDone.\n\n## Three\n\nBye.\n",
        [("Late", "## One\n\nOn its way.\n\n## Two\n\nDone.\n\n## Three\n\nBye.")],
    ),
    "comments": ("<!-- for parcels -->\nOn its way.\n", [("", "On its way.")]),
}


@pytest.mark.parametrize(("text", "found"), MARKDOWN.values(), ids=MARKDOWN)
def test_markdown(text: str, found: list[tuple[str, str]]) -> None:
    assert texts(text, ".md") == found


def test_html_is_read_as_it_is_seen() -> None:
    body = (
        '<style>p {color: red}</style><p>Hi&nbsp;<attribute key="user.name"/>,</p>\n<p></p>\n'
        "<p>Tom &amp; Ann<br>see\n   <a href='x'>this</a></p>"
        '<ul>\n <li>One</li>\n <li><p>Two</p></li></ul><!-- note --><tool tool="x"></tool> <order number>'
    )
    assert texts([{"title": "Late", "body_html": body}])[0][1] == (
        'Hi\xa0<attribute key="user.name"/>,\n\nTom & Ann\nsee this\n\nOne\n\nTwo\n\n<order number>'
    )


def test_an_html_file_is_one_macro(tmp_path: Path) -> None:
    (tmp_path / "late.html").write_text("<html><head><title>No</title></head><body><p>On its way.</p></body></html>")
    (one,) = read_path(tmp_path / "late.html")
    assert (one.draft.text, one.draft.kind) == ("On its way.", "macro")
