"""Edits in a file: the words change, nothing else does, and what can't be proven is not made."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from replylint.model import Edit
from replylint.sources.files import read_named
from replylint.sources.rewriting import Wish, applied, in_file, rewrite, without_overlaps


def rewritten(text: str, name: str, old: str, new: str, draft: int = 0) -> str | None:
    """The file with the first `old` of that draft replaced; None where that was refused."""
    read = partial(read_named, path=f"m{name}", suffix=name)
    drafts = list(read(text))
    start = drafts[draft].draft.text.index(old)
    result = rewrite(text, drafts, [Wish(draft, Edit(start, start + len(old), new))], read)
    assert bool(result.done) != bool(result.refused)
    return result.text if result.done else None


@pytest.mark.parametrize(
    ("name", "text", "old", "new", "expected"),
    [
        (".txt", "\ufeffHi,\r\n\r\nwe recieve it.\r\n", "recieve", "receive", "\ufeffHi,\r\n\r\nwe receive it.\r\n"),
        (".md", "---\ntitle: recieve\n---\nWe recieve it.", "recieve", "receive", "---\ntitle: recieve\n---\nWe receive it."),
        (".md", "## A\n\n```\nthe the end\n```\n", "the the", "the", "## A\n\n```\nthe end\n```\n"),
        (".yaml", "- body: We recieve it.  # recieve\n", "recieve", "receive", "- body: We receive it.  # recieve\n"),
        (".yaml", "- body: 'It''s the the end'\n", "the the", "the", "- body: 'It''s the end'\n"),
        (".yaml", "- body: 'We dont know it'\n", "dont", "don't", "- body: 'We don''t know it'\n"),
        (".yaml", '- body: "We dont \\u0041 know"\n', "dont", "don't", '- body: "We don\'t \\u0041 know"\n'),
        (".yaml", "- body: >\n    We see the\n    the end\n", "the the", "the", "- body: >\n    We see the end\n"),
        (".yaml", "- body: |\n    We see the\n    the end\n", "the\nthe", "the", "- body: |\n    We see the end\n"),
        (".yaml", '- body: "see the \\\n    the end"\n', "the the", "the", '- body: "see the end"\n'),
        (".json", '[{"body": "\\u00e9 the the \\ud83d\\ude00 end"}]', "the the", "the", '[{"body": "\\u00e9 the \\ud83d\\ude00 end"}]'),
        (".json", '[{"body": "say a word then"}]', "a word", 'a "word"', '[{"body": "say a \\"word\\" then"}]'),
        (".jsonl", '{"draft": "Hi"}\r\n{"draft": "the the"}\r\n', "the the", "the", '{"draft": "Hi"}\r\n{"draft": "the"}\r\n'),
        (".csv", 'title,body\r\nA,"say ""the the"" end"\r\n', "the the", "the", 'title,body\r\nA,"say ""the"" end"\r\n'),
        (".csv", 'title,body\nA,"say a word then"\n', "a word", 'a "word"', 'title,body\nA,"say a ""word"" then"\n'),
        (".html", "<p>See &amp; the the <b>end</b></p>\n", "the the", "the", "<p>See &amp; the <b>end</b></p>\n"),
        (".html", "<p>We see a word here</p>\n", "a word", "a <word>", "<p>We see a &lt;word&gt; here</p>\n"),
        (".json", '[{"body_html": "<p>say <b>the</b> the end</p>"}]', "the the", "the", '[{"body_html": "<p>say <b>the</b> end</p>"}]'),
    ],
    ids=[
        "crlf-and-byte-order-mark", "front-matter-is-left-alone", "fenced", "plain-with-a-comment", "single-quotes",
        "a-quote-is-doubled", "double-quotes", "folded-over-two-lines", "block-over-two-lines", "continued-line",
        "escapes-and-surrogates", "escaped-where-it-must-be", "json-lines", "doubled-quotes-stay",
        "doubled-where-it-must-be", "entities-and-tags-stay", "entities-where-they-must-be", "a-tag-in-between-stays",
    ],
)  # fmt: skip
def test_only_the_words_change(name: str, text: str, old: str, new: str, expected: str) -> None:
    assert rewritten(text, name, old, new, 1 if name == ".jsonl" else 0) == expected


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("- body: We see it here\n", "it: all"),
        ("- body: We see it here\n", "it #1"),
        ("- body: We see it here\n", "\n"),
    ],
    ids=["would-be-a-mapping", "would-be-a-comment", "would-be-folded"],
)
def test_what_would_break_the_file_is_refused(text: str, new: str) -> None:
    assert rewritten(text, ".yaml", "it", new) is None


def test_one_that_is_refused_does_not_stop_the_others() -> None:
    text = "- body: We see it here\n- body: see the the end\n"
    read = partial(read_named, path="m.yaml", suffix=".yaml")
    drafts = list(read(text))
    good, bad = Wish(1, Edit(4, 11, "the")), Wish(0, Edit(7, 9, "it: all"))
    assert rewrite(text, drafts, [bad, good], read) == (
        "- body: We see it here\n- body: see the end\n",
        (good,),
        (bad,),
    )


def test_the_first_of_two_that_overlap() -> None:
    assert without_overlaps([Edit(4, 9, "b"), Edit(0, 5, "a"), Edit(9, 10, "c"), Edit(0, 5, "a")]) == [
        Edit(0, 5, "a"),
        Edit(9, 10, "c"),
    ]
    assert applied("0123456789", [Edit(0, 5, "a"), Edit(9, 10, "c")]) == "a5678c"


WORDS = st.text(st.sampled_from("ab '\"\\\n:#é😀-{}<&"), max_size=12)
DUMPS: dict[str, Callable[[Any], str]] = {
    ".json": json.dumps,
    ".jsonl": lambda data: "".join(json.dumps({"draft": one["body"]}, ensure_ascii=False) + "\n" for one in data),
    ".yaml": partial(yaml.safe_dump, allow_unicode=True, width=20),
}


@pytest.mark.parametrize("name", DUMPS)
@given(before=WORDS, after=WORDS, other=WORDS)
def test_the_structure_stays_but_for_the_words(name: str, before: str, after: str, other: str) -> None:
    bodies = [f"We {before}recieve {after}it.", f"And {other} so on."]
    text = DUMPS[name]([{"body": body, "tags": ["recieve"]} for body in bodies])
    new = rewritten(text, name, "recieve", "receive")
    if new is None:
        return  # a place that the map of this value does not know is left alone
    load = yaml.safe_load if name == ".yaml" else json.loads
    pairs = zip(text.splitlines(), new.splitlines(), strict=True) if name == ".jsonl" else [(text, new)]
    old, changed = ([load(part) for part in side] for side in zip(*pairs, strict=True))
    wanted = json.dumps(old).replace(json.dumps(bodies[0]), json.dumps(bodies[0].replace("recieve", "receive", 1)))
    assert json.dumps(changed) == wanted


@pytest.mark.parametrize(
    ("body", "new"),
    [("We see it here", "it: all"), (">-\n    We see\n    it here", "it\nall")],
    ids=["would-be-a-mapping", "would-be-folded"],
)
def test_reports_offer_no_edit_that_needs_other_quotes(body: str, new: str) -> None:
    text = f"- title: A\n  note: &a We see it here\n  body: {body}\n"
    [located] = read_named(text, "m.yaml", ".yaml")
    start = located.draft.text.index("it")
    found = in_file(located, Edit(start, start + 2, new))
    assert found == ()


def test_an_edit_as_reports_show_it() -> None:
    text = '[{"title": "A", "body_html": "<p>say <b>dont</b> now</p>"}]'
    [located] = read_named(text, "m.json", ".json")
    start = located.draft.text.index("dont")
    [edit] = in_file(located, Edit(start, start + 4, 'do "not"'))
    assert applied(text, [edit]) == '[{"title": "A", "body_html": "<p>say <b>do \\"not\\"</b> now</p>"}]'
