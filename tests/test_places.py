"""Whatever the format, the place of a stretch of a reply covers in the file what the reply says there."""

from __future__ import annotations

import csv
import html
import io
import json
import textwrap
from collections.abc import Callable

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from replylint.model import Span
from replylint.sources import DRAFT, Located
from replylint.sources.files import read_named
from replylint.sources.html import render

WORDS = st.text(st.sampled_from("ab\"'\\é😀:#-{}[]|>&*!%@,;/"), min_size=1, max_size=6)
BODIES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
MANY = st.lists(BODIES, min_size=1, max_size=3)
LINES = st.lists(BODIES, min_size=1, max_size=4).map("\n".join)


def read(text: str, suffix: str) -> list[Located]:
    return list(read_named(text, f"f{suffix}", suffix))


def assert_exact(located: Located, unescaped: Callable[[str], str]) -> None:
    """Each stretch between two words, and each character, is in the file what it is in the reply."""
    text, mapping = located.draft.text, located.maps()[DRAFT]
    visible = [index for index, char in enumerate(text) if not char.isspace()]
    spans = [(index, index + 1) for index in visible] + [(index, visible[-1] + 1) for index in visible]
    for start, end in spans:
        place = mapping.span(Span(start, end))
        found = unescaped(located.lines.text[place.start : place.end])
        assert found.split() == text[start:end].split()


def from_json(raw: str) -> str:
    return str(json.loads(f'"{raw}"'))


def from_csv(raw: str) -> str:
    return raw.replace('""', '"')


def table(rows: list[list[str]], delimiter: str, end: str, quoting: int) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


@given(
    MANY,
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_tables(bodies: list[str], delimiter: str, end: str, all_quoted: bool) -> None:
    quoting = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    bodies = [f"{body}\n“{body}”" for body in bodies]
    rows = [["title", "body", "n"], *([str(i), body, ""] for i, body in enumerate(bodies))]
    text = table(rows, delimiter, end, quoting)
    found = read("\ufeff" + text, ".tsv" if delimiter == "\t" else ".csv")
    assert [one.draft.text for one in found] == bodies
    assert [one.title for one in found] == [str(i) for i in range(len(bodies))]
    for one in found:
        assert_exact(one, from_csv)


@given(MANY, st.booleans())
def test_json_inside_a_table(bodies: list[str], ascii_only: bool) -> None:
    cells = [json.dumps([{"field": "comment_value", "value": body}], ensure_ascii=ascii_only) for body in bodies]
    text = table([["title", "actions_json"], *(["Late", cell] for cell in cells)], ",", "\r\n", csv.QUOTE_MINIMAL)
    found = read(text, ".csv")
    assert [one.draft.text for one in found] == bodies
    for one in found:
        assert_exact(one, lambda raw: from_json(from_csv(raw)))


@given(MANY, st.booleans(), st.sampled_from([".json", ".jsonl"]))
def test_json_and_json_lines(bodies: list[str], ascii_only: bool, suffix: str) -> None:
    items = [{"name": "Late", "content": body} for body in bodies]
    whole = json.dumps(items, ensure_ascii=ascii_only, indent=1)
    lines = "\n\n".join(json.dumps(item, ensure_ascii=ascii_only) for item in items)
    found = read(whole if suffix == ".json" else lines, suffix)
    assert [one.draft.text for one in found] == bodies
    for one in found:
        assert_exact(one, from_json)


@given(
    LINES,
    st.sampled_from(["|", "|-", "|+", ">", ">-", "|2", ">2-"]),
    st.integers(0, 2),
    st.sampled_from(["\n", "\r\n"]),
)
def test_block_scalars(body: str, style: str, depth: int, end: str) -> None:
    folded = body.replace("\n", "\n\n") if style.startswith(">") else body
    indent = "  " * depth
    block = textwrap.indent(folded, indent + "    ")
    text = f"{indent}- title: Late\n{indent}  body: {style}  # as it is sent\n{block}\n"
    (found,) = read(text.replace("\n", end), ".yaml")
    assert found.draft.text.split() == body.split()
    assert_exact(found, lambda raw: raw)


@given(BODIES, st.sampled_from([None, '"', "'", ">", "|"]), st.integers(4, 30), st.booleans())
def test_wrapped_scalars(body: str, style: str | None, width: int, unicode: bool) -> None:
    text = yaml.dump([{"title": "Late", "body": body}], default_style=style, width=width, allow_unicode=unicode)
    (found,) = read(text, ".yaml")
    assert found.draft.text == body

    def unescaped(raw: str) -> str:
        marked = {'"': f'"{raw}"', "'": f"'{raw}'"}.get(quote_of(found))
        return str(yaml.safe_load(marked)) if marked else raw

    assert_exact(found, unescaped)


def quote_of(located: Located) -> str:
    """The quote in which the YAML writes the body."""
    raw = located.lines.text
    at = located.maps()[DRAFT].base
    return next((char for char in (raw[at], raw[at - 1]) if char in "\"'"), "")  # what looks like HTML begins inside


TAGS = st.sampled_from(
    [
        "<b>{}</b>",
        '<a href="https://a.example/?a=1&amp;b=2">{}</a>',
        "{}<br/>",
        "<p>{}</p>\n",
        "<ul><li>{}</li></ul>",
        "{}",
    ]
)
ENTITIES = {"é": "&eacute;", "'": "&#39;", "😀": "&#x1F600;", " ": "\n  "}


@given(st.lists(st.tuples(BODIES, TAGS, st.booleans()), min_size=1, max_size=5), st.booleans())
def test_html_bodies(parts: list[tuple[str, str, bool]], in_table: bool) -> None:
    body = "<div>"
    for words, tag, with_entities in parts:
        escaped = html.escape(words, quote=False)
        for char, entity in ENTITIES.items() if with_entities else ():
            escaped = escaped.replace(char, entity)
        body += tag.format(escaped) + " "
    said = " ".join(words for words, _, _ in parts)
    if in_table:
        (found,) = read(table([["title", "body"], ["Late", body + "</div>"]], ",", "\n", csv.QUOTE_MINIMAL), ".csv")
    else:
        (found,) = read(json.dumps([{"title": "Late", "content_html": body + "</div>"}]), ".json")
    assert found.draft.text.split() == said.split()
    unescaped = from_csv if in_table else from_json
    assert_exact(found, lambda raw: render(unescaped(raw)).text)


@pytest.mark.parametrize("mark", ["", "> "])
@given(LINES)
def test_markdown(mark: str, body: str) -> None:
    quoted = "\n".join((mark or "    ") + "w " + line for line in body.split("\n"))
    fence = f"```\n{quoted}\n```" if not mark else quoted
    found = read(f"# Replies\n\n## Late\n\n{fence}\n\n## Early\n\n{fence}\n", ".md")
    assert [one.draft.id for one in found] == ["Late", "Early"]
    for one in found:
        assert one.draft.text.split() == " ".join("w " + line for line in body.split("\n")).split()
        assert_exact(one, lambda raw: raw.replace("\n> ", "\n"))
