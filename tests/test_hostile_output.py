"""Nothing that a stranger wrote acts on whoever reads a report: one corpus, every format, each read by a parser of its own."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from replylint.cli import main
from replylint.cli.check import Format
from replylint.cli.inputs import rulebook_of
from replylint.reporters.escaping import harmless, logged, one_line, to_json
from tests.conftest import ANGRY, RULES
from tests.test_ci_formats import check

CORPUS = {
    "colours": "\x1b[31mred\x1b[0m",
    "title": "\x1b]0;title\x07",
    "hyperlink": "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "c1": "\x9b31m\x9d8;;http://evil.example\x9cclick\x90\x98\x9e\x9f",
    "clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "carriage": "safe\rrm -rf ~\x08\x08\x7f",
    "markup": "[bold red]x[/bold red] [link=http://evil.example]x[/link] :smile: [/]",
    "github": "::error file=a::b\n::stop-commands::t\r\n ::add-mask::x %0A::set-output name=a::b",
    "old-github": "##[set-output name=a]b ##[group]x",
    "azure": "##vso[task.setvariable variable=a]b",
    "xml": "</failure><script>alert(1)</script>]]><!-- &lt; &evil; <!DOCTYPE x [<!ENTITY a 'b'>]>",
    "html": "<img src=x onerror=alert(1)><a href='javascript:alert(1)'>x</a>",
    "markdown": "[click](http://evil.example) ![x](http://evil.example/x.png) [x][y] `a` | b |\n# c",
    "formula": "=cmd|' /C calc'!A0 +1 -1 @SUM(A1) \t=1",
    "bidi": "\u202egnp.exe\u202c \u2066x\u2069 \u200f\u061c",
    "zero-width": "a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg",
    "separators": "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg",
    "tags": "\U000e0041\U000e0042 \ue000 \ufff9\ufffb",
    "quotes": '"\'`\\" \\u001b \\x1b $(id) `id` %s {0} {match}',
    "spaces": "a\u00a0b\u3000c",
}
UNREADABLE = {"nul": "a\0b", "surrogate": "a\ud800b\udfff"}
ALLOWED = frozenset("\n\t\u00a0\u3000")
COMMAND = re.compile(r"##(\[|vso\[)|^\s*::", re.M)
OURS = re.compile(
    r"::(error|warning|notice) (file=[^:,\r\n]*),line=\d+,endLine=\d+(,col=\d+,endColumn=\d+)?,title=[a-z-]+::[^\r\n]*"
)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file for each text, named after it, in which it is the id, the draft, the customer's name and words."""
    monkeypatch.setattr("replylint.rulebook.packaged_rules", lambda: RULES)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    folder = tmp_path / "library"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name, text in {**CORPUS, **UNREADABLE}.items():
        said = [{"from": "customer", "name": text, "text": f"{text} {ANGRY} {text}", "author": text}]
        case = {"id": text, "thread": said, "draft": f"{text} Please e-mail us {text}. You need to {text}"}
        file = text.replace("\0", "0").replace("\ud800", "\udc80").replace("\udfff", "\udcff").replace("/", "÷")
        Path(f"{file[:60]} {name}.jsonl").write_text(json.dumps(case))
    return folder


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str, str]:
    """What a command writes, as a terminal or a file gets it."""
    raw = [io.BytesIO(), io.BytesIO()]
    for name, stream in zip(("stdout", "stderr"), raw, strict=True):
        monkeypatch.setattr(sys, name, io.TextIOWrapper(stream, "utf-8", write_through=True))
    monkeypatch.setattr(sys, "argv", ["replylint", *arguments])
    rulebook_of.cache_clear()
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0), *(stream.getvalue().decode() for stream in raw)  # type: ignore[return-value]


def is_inert(text: str) -> bool:
    """Whether neither a terminal nor a CI system's log would obey a character of it."""
    return all(char.isprintable() or char in ALLOWED for char in text) and not COMMAND.search(text)


def _of_github(out: str) -> list[str]:
    lines = out.splitlines()
    assert all(OURS.fullmatch(line) for line in lines if line.lstrip().startswith("::"))
    return [unquote(line) for line in lines if line.startswith("::")]


def _of_xml(form: str) -> Callable[[str], list[Any]]:
    def read(out: str) -> list[Any]:
        root = check(form, out)
        assert {element.tag for element in root.iter()} <= {
            "testsuites", "testsuite", "testcase", "failure", "checkstyle", "file", "error",
        }  # fmt: skip
        return [*root.iter("failure"), *root.iter("error")]

    return read


def _of_sarif(out: str) -> list[Any]:
    found = check("sarif", out)["runs"][0]["results"]
    for one in found:
        assert not re.search(r"\]\(", one["message"]["text"])
        uri = unquote(one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        assert harmless(uri) == uri
    return list(found)


def _of_rdjson(out: str) -> list[Any]:
    found = check("rdjson", out)["diagnostics"]
    for one in found:  # reviewdog writes it as a comment in Markdown
        html = MarkdownIt("commonmark", {"html": False}).render(one["message"])
        assert not re.search(r"<(a|img) ", html)
    return list(found)


READERS: dict[str, Callable[[str], list[Any]]] = {
    "full": lambda out: re.findall(r"^error channel-redirect-upset", out, re.M),
    "concise": lambda out: [
        line for line in out.splitlines() if re.search(r":\d+:\d+: (error|warning) [a-z-]+: ", line)
    ],
    "json": lambda out: json.loads(out)["findings"],
    "jsonl": lambda out: [json.loads(line) for line in out.split("\n")[:-1]],
    "github": _of_github,
    "gitlab": lambda out: check("gitlab", out),
    "sarif": _of_sarif,
    "junit": _of_xml("junit"),
    "checkstyle": _of_xml("checkstyle"),
    "rdjson": _of_rdjson,
}


def test_every_format_has_a_reader() -> None:
    assert set(READERS) == {form.value for form in Format}


@pytest.mark.parametrize("shown", [["--show-text"], []], ids=["text", "masked"])
@pytest.mark.parametrize("form", READERS)
def test_no_text_acts_on_the_reader(
    library: Path, monkeypatch: pytest.MonkeyPatch, form: str, shown: list[str]
) -> None:
    code, out, err = run(monkeypatch, "check", ".", "-v", "-j", "1", "--output-format", form, *shown)
    assert (code, err) == (1, "")
    found = READERS[form](out)
    assert len(found) >= len(CORPUS)
    inert = out if form != "github" else re.sub("^::", "", out, flags=re.M)
    assert is_inert(inert), [line for line in inert.splitlines() if not is_inert(line)]
    if form == "jsonl" and shown:  # whoever reads JSON gets the texts as they are
        assert set(CORPUS.values()) <= {one["id"] for one in found}


def test_colours_are_the_only_escapes_in_colour(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, out, _ = run(monkeypatch, "check", ".", "-v", "-j", "1", "--output-format", "full", "--color", "always")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out)
    assert plain != out
    assert is_inert(plain)


@pytest.mark.parametrize(
    "command",
    [
        ("check", "--show-files"),
        ("check", "--statistics"),
        ("signals", "--output-format", "full"),
        ("signals", "--output-format", "jsonl"),
    ],
    ids=" ".join,
)
def test_other_commands_show_nothing_that_acts(
    library: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    _, out, err = run(monkeypatch, *command, ".")
    assert is_inert(out), [line for line in out.splitlines() if not is_inert(line)]
    assert err == ""


def test_errors_and_diffs_show_nothing_that_acts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("replylint.rulebook.packaged_rules", lambda: RULES)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.chdir(tmp_path)
    for name, text in CORPUS.items():
        file = Path(f"{text.replace('/', '÷')[:60]}{name}.json")
        file.write_text(json.dumps({"draft": "x", text: 1}))
        Path(f"{name}.yaml").write_text(json.dumps({"drfat": 1, text: text}))
        for arguments in (
            (str(file),),
            (f"{name}.yaml", "--config", f"{name}.yaml"),
            ("-", "--channel", text),
            ("--select", text, "-"),
        ):
            code, out, err = run(monkeypatch, "check", *arguments)
            assert code == 2, (arguments, out, err)
            assert is_inert(out + err), err
    Path("d.md").write_text(f"# a\n\nWe have have it.\n {CORPUS['github']} \x1b[31m\n\n# b\n\nHello there, Ann.\n")
    _, out, _ = run(monkeypatch, "check", "--diff", "d.md", "--unsafe-fixes", "--select", "all")
    assert is_inert(out)


def test_what_is_only_text_stays_as_it_is() -> None:
    text = "Grüße\u00a0an “Zoë” 🙂 a::b 5::6 # ## 100% [x] <3 =D @ann"
    assert (harmless(text), logged(text), one_line(text)) == (text, text, text.replace("\u00a0", " "))
    assert harmless("a\x1bb\u202ec\td\n") == "a\ufffdb\ufffdc\td\n"
    assert logged("::a b ::c ##[d] ##vso[e]") == "\ufffd:a b \ufffd:c \ufffd#[d] \ufffd#vso[e]"


def test_json_says_what_was_said() -> None:
    for text in CORPUS.values():
        assert json.loads(to_json({"a": [text]})) == {"a": [text]}
        assert is_inert(to_json(text)), text
    assert json.loads(to_json("a\ud800b")) == "a\ufffdb"


def test_rules_and_settings_of_a_stranger_show_nothing_that_acts(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "".join(text for text in CORPUS.values() if max(text) < "\U00010000")  # YAML knows no surrogate pairs
    rule = {
        "level": "warning", "since": "0.1.0", "forbid": "draft.command", "message": text.replace("{", "("), "why": text,
        "instead": text.replace("{", "("), "sources": [{"author": text, "article": text, "date": text, "point": text}],
        "bad": [{"draft": f"You need to wait. {text}"}], "good": [{"draft": f"Could you wait? {text}"}, {"draft": "You need to wait."}],
    }  # fmt: skip
    folder = library / "own" / "the\x1b[31mme"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(json.dumps(rule))
    (library / ".replylint.yaml").write_text(json.dumps({"rule_paths": ["own"], "brand": text, "banned": [text]}))
    for command in (["rules"], ["rules", "--json"], ["explain", "mine"], ["test"], ["test", "-v"], ["show-config"]):
        _, out, err = run(monkeypatch, *command)
        assert is_inert(out.replace("\u00a0", " ")), (
            command,
            [line for line in out.splitlines() if not is_inert(line)],
        )
        assert ("not as expected" in out) == (command[0] == "test")
        assert err == ""
