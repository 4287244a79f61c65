from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from replylint.errors import InputError
from replylint.model import Brand, Draft, Finding, Level, Sender, Source, Span
from replylint.sources import DRAFT, Located
from replylint.sources.discovery import discover, holds_replies
from replylint.sources.files import read_named, read_path, read_stdin, read_thread


def read(text: str, suffix: str, name: str = "f") -> list[Located]:
    return list(read_named(text, name + suffix, suffix))


def at(span: Span | None, place: str = "start") -> Finding:
    return Finding("r", Level.warning, span, "", "", "", Source("a", "b"), place=place)


def quoted(located: Located, start: int, end: int) -> str:
    """What stands in the file at the place of a stretch of the draft."""
    place = located.place(at(Span(start, end)))
    return located.lines.text[place.start : place.end]


def test_a_text_file_is_one_draft() -> None:
    (found,) = read("\ufeff\n Hello Ann,\nbye\n", ".txt")
    assert found.draft == Draft("Hello Ann,\nbye")
    assert quoted(found, 6, 9) == "Ann"
    assert found.lines.place(found.place(at(Span(6, 9))).start) == (2, 8, 9)


def test_front_matter_is_no_part_of_a_reply() -> None:
    (found,) = read("---\ntitle: Late\n---\nHello Ann\n", ".md")
    assert found.draft.text == "Hello Ann"
    assert quoted(found, 6, 9) == "Ann"


@pytest.mark.parametrize("suffix", [".txt", ".html", ".md", ".liquid"])
@pytest.mark.parametrize(
    "matter", ["---\ntitle: Late\ntags: [a]\n---\n", '\ufeff+++\r\ntitle = "Late" # so\r\n+++\r\n']
)
def test_front_matter_makes_any_text_a_macro(suffix: str, matter: str) -> None:
    (found,) = read(f"{matter}\n<p>Hello <b>Ann</b></p>\n", suffix)
    assert (found.draft.kind, found.draft.id, found.title) == ("macro", "Late", "Late")
    if suffix != ".txt":
        assert found.draft.text == "Hello Ann"
        assert quoted(found, 6, 9) == "Ann"


@pytest.mark.parametrize("text", ["---\nHello\n---\nAnn", "--- no matter", "---\ntitle: Late"])
def test_dashes_alone_are_no_front_matter(text: str) -> None:
    (found,) = read(text, ".txt")
    assert (found.draft.kind, found.draft.text) == ("draft", text)


def test_templates_are_macros_of_what_they_are_templates_of(tmp_path: Path) -> None:
    for name, text in {
        "late.j2": "Hi {{ name }},\nsorry.",
        "late.html.liquid": "<p>Hi {{ name }},</p>sorry.",
        "all.yaml.j2": '- body: "Hi {{ name }}, sorry."',
    }.items():
        (tmp_path / name).write_text(text)
        (found,) = read_path(tmp_path / name)
        assert (found.draft.kind, found.draft.text.split()) == ("macro", ["Hi", "{{", "name", "}},", "sorry."])


def test_markdown_with_titles_and_fences_holds_macros() -> None:
    text = "# Replies\n\nHow to use them.\n\n## Late\n\n```\nSorry, {name}!\n\nAnn\n```\n\n## Thanks\n\n~~~\nThank you!\n~~~\n"
    late, thanks = read(text, ".md")
    assert (late.draft.id, late.draft.kind, late.draft.text) == ("Late", "macro", "Sorry, {name}!\n\nAnn")
    assert (thanks.draft.text, thanks.key) == ("Thank you!", "reply[1]")
    assert quoted(thanks, 0, 5) == "Thank"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "- Thanks for asking us.\n- We are on it now.\n",
            [("[0]", "Thanks for asking us."), ("[1]", "We are on it now.")],
        ),
        (
            "late: Sorry for the wait.\nhi: Hello there, Ann.\n",
            [("late", "Sorry for the wait."), ("hi", "Hello there, Ann.")],
        ),
        ("replies:\n  - name: Late\n    body: Sorry!\n", [("Late", "Sorry!")]),
        ("late:\n  title: Late\n  tags: [a b c d]\n  text: |\n    Sorry,\n    Ann\n", [("Late", "Sorry,\nAnn\n")]),
    ],
    ids=["list", "map", "named-list", "map-of-mappings"],
)
def test_yaml_macros(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.draft.id, one.draft.text) for one in read(text, ".yaml")] == found
    assert {one.draft.kind for one in read(text, ".yaml")} == {"macro"}


def test_notes_and_titles_are_not_linted() -> None:
    text = json.dumps(
        {"categories": [{"section": "Sales", "responses": [{"label": "Demo of ours", "text": "Yes, gladly."}]}]}
    )
    assert [(one.key, one.draft.id, one.draft.text) for one in read(text, ".json")] == [
        ("categories[0].responses[0].text", "Demo of ours", "Yes, gladly.")
    ]


def test_a_file_without_replies_is_an_error() -> None:
    with pytest.raises(InputError, match="found no replies"):
        read('{"version": 3}', ".json")


CASE = {
    "id": "t-1",
    "channel": "x",
    "public": True,
    "brand": "acme",
    "thread": [{"from": "customer", "name": "Sam", "text": "My “bag” is lost 😢", "at": "2026-11-22T09:00:00Z"}],
    "draft": 'Please\n"e-mail" us 😢 now.',
    "at": "2026-11-22T09:07:00Z",
}


@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".yaml"])
def test_cases(suffix: str) -> None:
    text = yaml.safe_dump(CASE, allow_unicode=True) if suffix == ".yaml" else json.dumps(CASE)
    (found,) = read(text, suffix)
    draft = found.draft
    assert (draft.id, draft.channel, draft.public, draft.brand, draft.kind) == ("t-1", "x", True, "acme", "draft")
    assert draft.thread is not None
    assert (draft.thread[0].sender, draft.thread[0].name) == (Sender.customer, "Sam")
    assert quoted(found, 21, 24) == "now"
    assert draft.text[21:24] == "now"
    message = found.place(at(None, "customer-message"))
    assert "bag" in found.lines.text[message.start : message.end]


def test_json_lines_name_the_line() -> None:
    text = json.dumps(CASE) + "\r\n\r\n" + json.dumps(CASE | {"id": "t-2"})
    second = read(text, ".jsonl")[1]
    line, column, offset = second.lines.place(second.place(at(Span(21, 24))).start)
    assert (line, text[offset : offset + 3]) == (3, "now")
    assert text.splitlines()[2][column - 1 : column + 2] == "now"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"draft": ', "c.jsonl:2:11: broken JSON: Expecting value"),
        (
            "[1]",
            'c.jsonl:2: found no case and no macro: a line is an object with "draft" or "messages", or with one of ',
        ),
        ('{"draft": 3}', 'c.jsonl:2:11: found "3"; expected text'),
        (
            '{"draft": "a", "chanel": "x"}',
            'c.jsonl:2:16: found the key "chanel"; allowed in a case: at, brand, channel',
        ),
        (
            '{"draft": "a", "thread": [{"from": "client", "text": "b"}]}',
            'c.jsonl:2:36: found "client"; allowed: agent, bot, brand, customer, note, system',
        ),
    ],
    ids=["broken", "no-case", "type", "unknown-key", "unknown-word"],
)
def test_broken_cases_name_the_place(line: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read(json.dumps(CASE) + "\n" + line, ".jsonl", "c")
    assert str(error.value).startswith(message)


def test_a_conversation_is_every_reply_and_the_whole() -> None:
    conversation = {
        "id": "c-1",
        "messages": [
            {"from": "customer", "text": "Lost!"},
            {"from": "brand", "text": "Which bag?"},
            {"role": "agent", "text": "Any news?", "public": False},
        ],
    }
    first, second, whole = read(json.dumps(conversation), ".json")
    assert (first.message_index, first.draft.text, len(first.draft.thread or ())) == (1, "Which bag?", 1)
    assert (second.message_index, second.draft.public, len(second.draft.thread or ())) == (2, False, 2)
    assert (whole.scope, len(whole.draft.thread or ())) == ("conversation", 3)
    assert quoted(second, 0, 3) == "Any"


def test_transcripts_end_with_the_draft() -> None:
    (found,) = read_stdin(
        "Customer: Where is it?\nSam again.\nAgent: On its way.\nCustomer: Still?\nAgent: Arrived, Sam!\n", "-"
    )
    assert [(m.sender.value, m.text) for m in found.draft.thread or ()] == [
        ("customer", "Where is it?\nSam again."),
        ("brand", "On its way."),
        ("customer", "Still?"),
    ]
    assert found.draft.text == "Arrived, Sam!"
    assert quoted(found, 0, 7) == "Arrived"
    with pytest.raises(InputError, match="the last line is not the draft"):
        list(read_stdin("Agent: Hi\nCustomer: Still?", "-"))


def test_a_thread_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("Customer: Lost!\nAgent: Which?")
    (tmp_path / "t.yaml").write_text("- {from: customer, text: Lost!}\n- {from: brand, text: Which?}")
    (tmp_path / "t.json").write_text(
        '{"thread": [{"from": "customer", "text": "Lost!"}, {"from": "brand", "text": "Which?"}]}'
    )
    threads = [read_thread(tmp_path / name) for name in ("t.txt", "t.yaml", "t.json")]
    assert threads[0] == threads[1] == threads[2]


TEXTS = st.text(st.sampled_from("ab\"'\\\n\t é😀:#-{}[]|>&*!%@,"), min_size=1, max_size=40).filter(str.strip)


@given(TEXTS, st.booleans())
def test_json_places_are_exact(text: str, ascii_only: bool) -> None:
    (found,) = read(json.dumps({"draft": text}, ensure_ascii=ascii_only), ".json")
    raw = found.lines.text
    for index, char in enumerate(text):
        place = found.maps()[DRAFT].span(Span(index, index + 1))
        assert json.loads(f'"{raw[place.start : place.end]}"') == char


@given(TEXTS, st.sampled_from(["|", ">", '"', "'", None]), st.integers(10, 60))
def test_yaml_places_are_exact(text: str, style: str | None, width: int) -> None:
    raw = yaml.dump({"draft": text}, default_style=style, allow_unicode=True, width=width)
    (found,) = read(raw, ".yaml")
    assert found.draft.text == text
    mapping = found.maps()[DRAFT]
    assert mapping.starts is None or len(mapping.starts) == len(text)
    for index, char in enumerate(text):
        if not char.isspace():
            place = mapping.span(Span(index, index + 1))
            source = found.lines.text[place.start : place.end]
            assert source in (char, char * 2) or yaml.safe_load(f'"{source}"') == char


def test_discovery(tmp_path: Path) -> None:
    for name in ("README.md", "b/a.md", "b/LICENSE.txt", "c.yaml", "skip/d.yaml", ".git/e.md", "f.py", "CHANGELOG.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    names = [str(one.path.relative_to(tmp_path)) for one in discover([tmp_path], Brand(exclude=("skip/**",)), tmp_path)]
    assert names == ["b/a.md", "c.yaml"]
    assert discover([], Brand(files=("b/*.md",)), tmp_path) == [(tmp_path / "b" / "a.md", True)]
    assert discover([tmp_path / "README.md"], Brand(), tmp_path) == [(tmp_path / "README.md", True)]


def wanted(paths: list[Path], root: Path, brand: Brand | None = None, force: bool = False) -> list[str]:
    found = discover(paths, brand or Brand(), root, force)
    return [str(one.path.relative_to(root)) for one in found if holds_replies(one, brand or Brand())]


def test_the_teams_own_rules_are_no_library(tmp_path: Path) -> None:
    for name in ("house/a.yaml", "macros/b.yaml"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("late:\n  title: Late\n  body: Hi, thanks for writing to us.\n")
    assert wanted([tmp_path], tmp_path, Brand(rule_paths=(str(tmp_path / "house"),))) == ["macros/b.yaml"]


def test_discovery_keeps_to_gitignore(tmp_path: Path) -> None:
    for name, text in {
        ".git/info/exclude": "mine.md\n",
        ".gitignore": "build/\n*.bak.md\n/top.md\n",
        "sub/.gitignore": "!kept.bak.md\nold\n",
        **dict.fromkeys(("mine.md", "top.md", "build/a.md", "a.bak.md", "a.md"), "Hello."),
        **dict.fromkeys(("sub/top.md", "sub/kept.bak.md", "sub/old/b.md", "sub/deep/old/c.md"), "Hello."),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert wanted([tmp_path], tmp_path) == ["a.md", "sub/kept.bak.md", "sub/top.md"]
    assert wanted([tmp_path / "sub" / "deep"], tmp_path) == []
    named = [tmp_path / "build" / "a.md", tmp_path / "a.md"]
    assert wanted(named, tmp_path) == ["build/a.md", "a.md"]
    assert wanted(named, tmp_path, force=True) == ["a.md"]
    assert wanted(named, tmp_path, Brand(files=("mine.md",)), force=True) == []
    assert wanted([], tmp_path, Brand(files=("**/*.md",))) == ["a.md", "sub/kept.bak.md", "sub/top.md"]


def test_of_a_folder_only_libraries_are_read(tmp_path: Path) -> None:
    for name, text in {
        "package.json": '{"name": "a", "description": "A thing for us."}',
        "info.json": '{"name": "a", "description": "A thing for us."}',
        "numbers.csv": "year,what\n2026,It went up a lot.\n",
        "flow.yml": "name: build it\njobs: {test: {steps: [{name: a, run: make it all}]}}\n",
        "saved.json": '[{"name": "Late", "description": "Your parcel is on its way."}]',
        "macros.csv": "title,body\nLate,On its way.\n",
        "greetings.yaml": "hi: Hello there, dear Ann.\n",
        "broken.json": '{"name": "late", "body": ',
        "chart.yaml": "name: {{ .Values.name }}\nspec: {{ toYaml . }}: 4\n",
    }.items():
        (tmp_path / name).write_text(text)
    assert wanted([tmp_path], tmp_path) == ["broken.json", "greetings.yaml", "macros.csv", "saved.json"]
    assert wanted([tmp_path / "info.json"], tmp_path) == ["info.json"]
    assert wanted([tmp_path / "info.json"], tmp_path, force=True) == []
    assert wanted([tmp_path / "info.json"], tmp_path, Brand(files=("*.json",)), force=True) == ["info.json"]
    assert wanted([tmp_path], tmp_path, Brand(files=("info.*",), exclude=("*.yaml", "broken*"))) == [
        "info.json",
        "macros.csv",
        "saved.json",
    ]


def test_unreadable_files(tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes("café\nna".encode() + b"\xefve")
    (tmp_path / "wide.txt").write_bytes("hi".encode("utf-16"))
    for name, message in (
        ("latin.txt", "latin.txt:2:3: found the byte 0xef, which is not UTF-8; save the file as UTF-8"),
        ("wide.txt", "wide.txt:1:1: found UTF-16, expected UTF-8; save the file as UTF-8"),
        ("none.txt", "none.txt: no such file"),
        (
            "a.docx",
            (
                'a.docx: found a file that ends in ".docx"; known are .md, .markdown, .txt, .text, .html, .htm, .yaml, .yml, '
                ".json, .jsonl, .ndjson, .csv, .tsv, .j2, .jinja, .jinja2, .liquid"
            ),
        ),
    ):
        with pytest.raises(InputError) as error:
            list(read_path(tmp_path / name))
        assert str(error.value).removeprefix(f"{tmp_path}/") == message
