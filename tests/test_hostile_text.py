"""Any bytes in any format end in drafts or a clear error, soon."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replylint.documents import decode
from replylint.engine import lint
from replylint.errors import InputError
from replylint.model import Brand, Rulebook
from replylint.sources.files import read_named

SUFFIXES = (".txt", ".md", ".html", ".yaml", ".json", ".jsonl", ".csv", ".tsv")
PIECES = st.sampled_from(
    ["\0", "\u202e", "\u200b", "\ufeff", "\x1b[31m", '"', "'", "{{", "{%", "%}", "<a ", "<!--", "-->", "]]>", "&", "&#0;", "- ", ": ",
     "\n", "\r", "\t", ",", "[", "]", "{", "}", "&a ", "*a", "<<: ", "|\n ", "\\ud800", "\\", "body", "draft", '"draft": "', "e-mail us"]
)  # fmt: skip
ANY = st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=60)
@given(raw=ANY.map(lambda text: text.encode("utf-8", "replace")) | st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(small: Rulebook, suffix: str, raw: bytes) -> None:
    try:
        drafts = list(read_named(decode(raw, "f"), "f", suffix))
    except InputError:
        return
    for located in drafts:
        for finding in lint(located.draft, small, Brand()).findings:
            start, end = located.place(finding)
            assert 0 <= start <= end <= len(raw)


@pytest.mark.parametrize(
    ("suffix", "text", "message"),
    [
        (".json", "[" * 50_000 + "]" * 50_000, "f:1: broken JSON: nested deeper than 100 levels"),
        (".json", '{"a":' * 500 + "1" + "}" * 500, "f:1: broken JSON: nested deeper than 100 levels"),
        (".jsonl", "[" * 50_000 + "]" * 50_000, "f:1: broken JSON: nested deeper than 100 levels"),
        (".yaml", "a: &a [*a]", "f:1:4: broken YAML: nested deeper than 100 levels"),
        (
            ".csv",
            'title,body\na,"never',
            "f:2:3: found a quoted cell that never ends; a quote inside a cell is doubled",
        ),
    ],
)
def test_what_would_explode_is_refused(suffix: str, text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        list(read_named(text, "f", suffix))
    assert str(error.value) == message


@pytest.mark.parametrize(
    "unit", ["<", "<!--", '<a x="', "<a\n", "<foo>", "<![CDATA[", "&", "<a href", "<!-- replylint: ignore "]
)
def test_html_is_read_in_time_linear_in_its_length(unit: str) -> None:
    start = time.process_time()
    list(read_named(unit * (60_000 // len(unit)), "f", ".html"))
    assert time.process_time() - start < 5
