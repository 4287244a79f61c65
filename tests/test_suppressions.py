"""Suppressions: where they stand, whose they are, and what is said of those that are unused, expired, or would be sent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from replylint.errors import InputError
from replylint.model import Span
from replylint.sources.files import read_named
from tests.test_cli import run

NOW = ("--now", "2026-11-28T09:00:00Z")
CALL = "Please call us today about it."


def findings(folder: Path, *arguments: str, code: int | None = None) -> list[tuple[str, str, int, int]]:
    done = run(
        "check",
        "--kind",
        "macro",
        "--output-format",
        "jsonl",
        "--min-level",
        "suggestion",
        *NOW,
        *arguments,
        cwd=folder,
    )
    assert done.returncode in ((0, 1) if code is None else (code,)), done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return [(r["rule"], r["path"], r["start"]["line"], r["start"]["column"]) for r in rows if "covered_by" not in r]


def ignored(text: str, name: str) -> list[tuple[str, tuple[str, ...]]]:
    """Of each reply in a file its id, and the rules that are ignored in it."""
    found = read_named(text, name, Path(name).suffix)
    return [(one.draft.id, tuple(r for c in one.comments if c.ignore for r in c.ignore.rules)) for one in found]


YAML = """\
replies:
  # replylint: ignore a
  - title: one   # replylint: ignore b
    # replylint: ignore c, d
    body: |  # replylint: ignore e
      Hello there, it is here.
    tags: [x]
    # replylint: ignore f
  # replylint: ignore g
  - title: two
    body: "It is # replylint: no comment"  # replylint: ignore h
  # replylint: ignore i
"""


def test_each_yaml_comment_is_about_one_macro() -> None:
    assert ignored(YAML, "m.yaml") == [("one", ("a", "b", "c", "d", "e", "f")), ("two", ("g", "h", "i"))]
    assert ignored("\ufeff" + YAML.replace("\n", "\r\n"), "m.yaml") == ignored(YAML, "m.yaml")


def test_each_markdown_comment_is_about_the_reply_below_it() -> None:
    text = (
        "# Replies\n\n<!-- replylint: ignore a -->\n## One\n<!-- replylint:\nignore b -->\n```\nIt is here.\n```\n\n"
        "<!-- replylint: ignore c -->\n## Two\n\n```\nIt is there.\n```\n"
    )
    assert ignored(text, "m.md") == [("One", ("a", "b")), ("Two", ("c",))]


def test_a_comment_is_none_of_the_words_of_a_markdown_reply() -> None:
    text = (
        f"<!-- replylint: ignore a -->\n{CALL}\n\n<!-- replylint: ignore b -->\n\nBye. <!-- replylint: ignore c -->\n"
    )
    (one,) = read_named(text, "m.md", ".md")
    assert one.draft.text.split() == [*CALL.split(), "Bye."]
    assert [c.ignore.rules for c in one.comments if c.ignore] == [("a",), ("b",), ("c",)]
    place = one.maps()[-1].span
    for word in ("call", "Bye"):
        start = one.draft.text.index(word)
        span = place(Span(start, start + len(word)))
        assert text[span.start : span.end] == word


def test_everything_that_a_comment_says() -> None:
    text = (
        "# replylint: ignore call-us, say-please reason=legal said so owner=ann until=2027-01-31\na: It is here, sir.\n"
    )
    (one,) = read_named(text, "m.yaml", ".yaml")
    (comment,) = one.comments
    assert comment.ignore is not None
    assert comment.ignore.rules == ("call-us", "say-please")
    assert (comment.ignore.reason, comment.ignore.owner, str(comment.ignore.until)) == (
        "legal said so",
        "ann",
        "2027-01-31",
    )
    assert comment.text == text.splitlines()[0]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("ignore", "an ignore names its rules: replylint: ignore RULE reason=..."),
        ("ignore reason=x", "an ignore names its rules: replylint: ignore RULE reason=..."),
        ("ignroe call-us", 'found "replylint: ignroe"; allowed: ignore; did you mean "ignore"?'),
        ("ignore call-us resaon=x", 'found "resaon="; allowed: reason, owner, until; did you mean "reason"?'),
        ("ignore call-us until=soon", "found until=soon; expected a day such as 2027-01-31"),
    ],
)
def test_mistakes_name_file_line_and_what_is_allowed(comment: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        list(read_named(f"\n  # replylint: {comment}\na: It is here, sir.\n", "m.yaml", ".yaml"))
    assert str(error.value) == f"m.yaml:2:3: {message}"


def test_what_is_suppressed_does_not_show_and_is_counted(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(
        f"# replylint: ignore call-us reason=agreed owner=ann until=2026-11-28\na: {CALL}\n"
    )
    done = run("check", "m.yaml", "--select", "call-us", "--fail-level", "warning", *NOW, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (
        0,
        "1 draft checked: nothing to object to (also 1 suppressed; -v lists them)\n",
    )


@pytest.mark.parametrize(
    "text",
    [
        f"a:\n  body: {CALL}\n  replylint: {{ignore: [call-us]}}\n",
        f"a:\n  body: {CALL}\n  replylint:\n    ignore:\n      - {{rules: [call-us], reason: as we all agreed, owner: ann}}\n",
    ],
    ids=["a-word", "with-reason"],
)
def test_the_key_beside_a_reply(tmp_path: Path, text: str) -> None:
    (tmp_path / "m.yaml").write_text(text)
    assert findings(tmp_path, "m.yaml", "--select", "call-us,unused-ignore,expired-ignore", code=0) == []
    (tmp_path / "m.yaml").write_text(text.replace("call us", "write"))
    assert [f[0] for f in findings(tmp_path, "m.yaml", "--select", "unused-ignore")] == ["unused-ignore"]


def test_a_rule_that_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(f"a:\n  body: {CALL}\n  replylint: {{ignore: [call-uss]}}\n")
    done = run("check", "m.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert 'm.yaml:3:24: found the rule "call-uss", which is not known; did you mean "call-us"?' in done.stderr


def test_unused_and_expired(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(
        f"# replylint: ignore call-us, say-please\na: {CALL}\n# replylint: ignore call-us until=2026-11-27\nb: {CALL}\n"
    )
    wanted = ("--select", "call-us,unused-ignore,expired-ignore")
    assert findings(tmp_path, "m.yaml", *wanted) == [
        ("call-us", "m.yaml", 4, 11), ("unused-ignore", "m.yaml", 1, 1), ("expired-ignore", "m.yaml", 3, 1),
    ]  # fmt: skip
    assert findings(tmp_path, "m.yaml", "--select", "expired-ignore") == [("expired-ignore", "m.yaml", 3, 1)]
    assert findings(tmp_path, "m.yaml", *wanted, "--ignore", "unused-ignore,expired-ignore") == [
        ("call-us", "m.yaml", 4, 11)
    ]
    (tmp_path / ".replylint.yaml").write_text("rules: {unused-ignore: error, expired-ignore: off}\n")
    found = findings(tmp_path, "m.yaml", "--ignore", "macros", code=1)
    assert [f[0] for f in found if f[0].endswith("-ignore")] == ["unused-ignore"]


def test_what_could_not_be_judged_is_not_called_unused(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(
        "# replylint: ignore missing-apology\na: Bonjour, votre colis est en route demain.\n"
    )
    assert findings(tmp_path, "m.yaml", "--select", "unused-ignore") == []


def test_entries_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / ".replylint.yaml").write_text(
        "files: ['m*.yaml']\nignore:\n  - {macro: a, rules: [call-us]}\n  - {macro: a, rules: [say-please]}\n"
        "  - {macro: b, rules: [call-us], until: 2026-01-31}\n  - {macro: gone, rules: [call-us]}\n"
    )
    (tmp_path / "m.yaml").write_text(f"a: {CALL}\nb: {CALL}\n")
    wanted = ("--select", "call-us,unused-ignore,expired-ignore")
    settings = str(tmp_path.resolve() / ".replylint.yaml")
    part = [("call-us", "m.yaml", 2, 11), ("unused-ignore", settings, 4, 5), ("expired-ignore", settings, 5, 5)]
    assert findings(tmp_path, "m.yaml", *wanted) == part
    whole = [(rule, Path(path).name, *place) for rule, path, *place in findings(tmp_path, *wanted)]
    assert sorted(whole) == sorted(
        [(r, Path(p).name, *place) for r, p, *place in [*part, ("unused-ignore", settings, 6, 5)]]
    )


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("m.yaml", f"a: |\n  {CALL}\n  # replylint: ignore call-us\n", (3, 3)),
        ("m.md", f"# R\n\n## A\n\n```\n{CALL}\n<!-- replylint: ignore call-us -->\n```\n", (7, 1)),
        ("m.txt", f"{CALL}\n<!-- replylint: ignore call-us -->\n", (2, 1)),
        ("m.json", json.dumps({"a": {"body": f"{CALL} <!-- replylint: ignore call-us -->"}}), (1, 48)),
    ],
)
def test_a_comment_in_a_reply_would_be_sent(tmp_path: Path, name: str, text: str, place: tuple[int, int]) -> None:
    (tmp_path / name).write_text(text)
    found = findings(tmp_path, name, "--select", "call-us,sent-comment", code=1)
    assert [f for f in found if f[0] == "sent-comment"] == [("sent-comment", name, *place)]
    assert "call-us" in [f[0] for f in found]
    assert [f[0] for f in findings(tmp_path, name, "--select", "call-us", code=0)] == [
        f[0] for f in found if f[0] == "call-us"
    ]


def test_prose_about_replylint_is_no_comment_to_it() -> None:
    text = "# replylint: {ignore: [call-us]}\n# see replylint: the docs\na: It is here, sir.\n"
    assert ignored(text, "m.yaml") == [("a", ())]


def test_notices_have_a_page(tmp_path: Path) -> None:
    page = run("explain", "unused-ignore").stdout
    assert page.startswith("unused-ignore warning\n")
    assert "Instead: Take it out" in page
