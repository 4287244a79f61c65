"""The baseline of an old library: hides what was there, shows what is new, says what is stale, holds no words."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from replylint.baseline import Baseline, Known, known_in, write_baseline
from replylint.errors import InputError
from replylint.model import Finding, Level, Source, Span
from tests.test_cli import run

FILE = ".replylint-baseline.json"
OLD = "late: Hi {name}, unfortunately that is our policy. You need to wait.\nlost: Hi {name}, you need to wait, you need to call us.\n"
CLEAN = "2 drafts checked: nothing to object to (also 3 suppressed; -v lists them)\n"
ONLY = ("--select", "you-need-to", "--min-level", "suggestion")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library whose only rule is you-need-to, with its baseline written."""
    (tmp_path / "macros").mkdir()
    (tmp_path / "macros" / "m.yaml").write_text(OLD)
    rules = [json.loads(line)["rule"] for line in run("rules", "--json").stdout.splitlines()]
    off = ", ".join(f"{rule}: off" for rule in rules if rule != "you-need-to")
    settings = f"files: ['macros/*.yaml']\nkind: macro\nbaseline: {FILE}\nrules: {{{off}}}\n"
    (tmp_path / ".replylint.yaml").write_text(settings)
    done = run("check", "--write-baseline", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(f"{FILE}: 3 findings written\n")
    return tmp_path


def check(folder: Path, *arguments: str) -> tuple[str, str]:
    done = run("check", "--min-level", "suggestion", *arguments, cwd=folder)
    assert done.returncode in (0, 1)
    return done.stdout, done.stderr


def test_what_was_there_is_hidden_wherever_it_stands(library: Path) -> None:
    assert check(library) == (CLEAN, "")
    (library / "macros" / "m.yaml").write_text(
        "# above\n\nnew: Hi {name}, it is here.\n" + OLD.replace("You need  to", "You need to")
    )
    assert check(library)[0].startswith("3 drafts checked: nothing to object to (also 3 suppressed")
    assert check(library, "macros/m.yaml", "--baseline", FILE)[1] == ""
    (library / "macros" / "m.yaml").rename(library / "macros" / "renamed.yaml")
    assert check(library) == (CLEAN.replace("2", "3"), "")


def test_what_is_new_shows(library: Path) -> None:
    (library / "macros" / "m.yaml").write_text(OLD + "gone: Hi {name}, you need to wait.\n")
    assert check(library)[0].count("you-need-to") == 1
    (library / "macros" / "m.yaml").write_text(OLD.replace("call us", "call us; you need to pay"))
    assert check(library)[0].count("you-need-to") == 1


def test_stale_entries_are_reported_and_pruned(library: Path) -> None:
    (library / "macros" / "m.yaml").write_text(
        OLD.replace("You need to wait", "Please wait").replace(", you need to call", ", do call")
    )
    (out, err), entry = check(library), "macros/m.yaml: you-need-to"
    assert "(also 1 suppressed" in out
    assert err.endswith(f"{FILE}: 2 of its findings no longer found; --prune takes them out: {entry}, {entry}\n")
    assert check(library, "-q")[1] == ""
    assert "2 of its findings taken out" in check(library, "--prune")[1]
    assert [(k.path, k.rule, k.count) for k in known_in(library / FILE)] == [("macros/m.yaml", "you-need-to", 1)]
    assert check(library)[1] == ""


def test_a_part_of_the_rules_or_files_makes_nothing_stale(library: Path) -> None:
    (library / "macros" / "m.yaml").write_text("late: Hi {name}, it is here.\n")
    (library / "macros" / "other.yaml").write_text("fine: Hi {name}, it is here.\n")
    assert check(library, "--select", "say-please")[1] == ""
    assert check(library, "macros/other.yaml")[1] == ""
    assert "no longer found" in check(library)[1]


def test_writing_for_some_files_keeps_the_others(library: Path) -> None:
    (library / "macros" / "other.yaml").write_text("more: Hi {name}, you need to wait.\n")
    assert run("check", "--write-baseline", "macros/other.yaml", cwd=library).returncode == 0
    assert {k.path for k in known_in(library / FILE)} == {"macros/m.yaml", "macros/other.yaml"}
    assert check(library)[1] == ""


def test_it_holds_no_words(library: Path) -> None:
    text = (library / FILE).read_text()
    for word in ("need", "wait", "late", "lost"):
        assert word not in text.replace("you-need-to", "")
    assert text.splitlines()[0] == '{"version": 1, "findings": ['
    assert text.endswith("\n]}\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "no such baseline; --write-baseline writes it"),
        ('{"version": 2, "findings": []}', ':1:13: found the version 2; this replylint reads 1'),
        (
            '{"version": 1, "findings": [{"path": "a", "rul": "b"}]}',
            'found the key "rul"; allowed in a baseline: count, fingerprint, path, rule; did you mean "rule"?',
        ),
        ('{"version": 1', ":1:14: broken JSON: Expecting ',' delimiter"),
    ],
)  # fmt: skip
def test_mistakes(tmp_path: Path, text: str | None, message: str) -> None:
    if text is not None:
        (tmp_path / "b.json").write_text(text)
    done = run("check", "-", "--baseline", "b.json", stdin="Hi", cwd=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr


def test_prune_needs_a_baseline(tmp_path: Path) -> None:
    done = run("check", "-", "--prune", stdin="Hi", cwd=tmp_path)
    assert done.returncode == 2
    assert "--prune needs a baseline" in done.stderr


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / FILE
    write_baseline(file, [Known("a.yaml", "call-us", "0" * 32)])
    before = file.read_text()

    def fails(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(InputError, match="can't be written"):
        write_baseline(file, [])
    assert file.read_text() == before
    assert os.listdir(tmp_path) == [FILE]


def found(text: str) -> Finding:
    return Finding("call-us", Level.warning, Span(0, len(text)), text, "", "", Source("a", "b"))


def test_blanks_and_case_make_no_difference_and_counts_do(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").touch()
    key = Baseline(tmp_path / FILE).key(str(tmp_path / "a.yaml"), "late", found("Call us"))
    baseline = Baseline(tmp_path / FILE, [Known(*key, 2)])
    a = str(tmp_path / "a.yaml")
    assert [baseline.takes(a, "late", found(t)) for t in ("call  us", "CALL\nUS", "call us")] == [True, True, False]
    assert not baseline.takes(a, "lost", found("call us"))
    assert baseline.stale([a], ["call-us"]) == []
