"""`check --fix` and `--diff` as a user meets them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.test_cli import run

MACROS = """\
# ours
- title: One
  body: 'We recieve the the form, it''s here.'
- title: Two
  body: You need to restart it.
"""
SAFE = MACROS.replace("recieve the the", "receive the")


@pytest.fixture
def macros(tmp_path: Path) -> Path:
    path = tmp_path / "m.yaml"
    path.write_text(MACROS)
    return path


def test_fix_makes_the_safe_ones_and_a_second_run_changes_nothing(macros: Path) -> None:
    macros.chmod(0o640)
    done = run("check", "--fix", "--select", "typo", "m.yaml", cwd=macros.parent)
    assert (done.returncode, macros.read_text()) == (0, SAFE)
    assert done.stdout == "2 drafts checked: nothing to object to\n"
    assert done.stderr == "replylint: fixed 2 in 1 file\n"
    assert stat.S_IMODE(macros.stat().st_mode) == 0o640
    assert [path.name for path in macros.parent.iterdir()] == ["m.yaml"]
    before = macros.stat()
    assert run("check", "--fix", "--select", "typo", "m.yaml", cwd=macros.parent).stderr == ""
    assert macros.stat().st_mtime_ns == before.st_mtime_ns
    assert run("check", "--diff", "--select", "typo", "m.yaml", cwd=macros.parent).stdout == ""


def test_rewordings_are_made_when_asked_for(macros: Path) -> None:
    done = run("check", "--fix", "m.yaml", cwd=macros.parent)
    assert done.stderr == "replylint: fixed 2 in 1 file\nreplylint: 1 more can be reworded with --unsafe-fixes\n"
    run("check", "--fix", "--unsafe-fixes", "m.yaml", cwd=macros.parent)
    assert "need to" not in macros.read_text()
    assert run("check", "--diff", "--unsafe-fixes", "m.yaml", cwd=macros.parent).returncode == 0


def test_diff_shows_and_changes_nothing(macros: Path) -> None:
    done = run("check", "--diff", "m.yaml", cwd=macros.parent)
    assert (done.returncode, macros.read_text()) == (1, MACROS)
    assert done.stdout == (
        "--- m.yaml\n+++ m.yaml\n@@ -1,5 +1,5 @@\n # ours\n - title: One\n"
        "-  body: 'We recieve the the form, it''s here.'\n+  body: 'We receive the form, it''s here.'\n"
        " - title: Two\n   body: You need to restart it.\n"
    )
    assert run("check", "--diff", "--exit-zero", "m.yaml", cwd=macros.parent).returncode == 0


def test_a_diff_hides_personal_data(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text("Hi Ann, we recieve it from ann.lee@mail.example.")
    hidden = run("check", "--diff", "d.txt", cwd=tmp_path).stdout
    assert "+Hi ███, we receive it from █████████████████████." not in hidden  # the last full stop stays, too
    assert "ann.lee" not in hidden
    assert "Ann" not in hidden
    assert "+Hi Ann, we receive it from ann.lee@" in run("check", "--diff", "--show-text", "d.txt", cwd=tmp_path).stdout


def test_stdin_is_printed_and_the_report_goes_to_stderr() -> None:
    done = run("check", "--fix", "-", stdin="Hi Ann,\r\nwe recieve it.\r\n")
    assert done.stdout.encode() == b"Hi Ann,\r\nwe receive it.\r\n"
    assert "1 draft checked" in done.stderr


def test_a_link_stays_a_link(macros: Path) -> None:
    (macros.parent / "link.yaml").symlink_to("m.yaml")
    run("check", "--fix", "--select", "typo", "link.yaml", cwd=macros.parent)
    assert (macros.parent / "link.yaml").is_symlink()
    assert macros.read_text() == SAFE


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_may_not_be_written(macros: Path) -> None:
    macros.chmod(0o440)
    done = run("check", "--fix", "m.yaml", cwd=macros.parent)
    assert (done.returncode, done.stderr) == (2, "replylint: m.yaml: can't be fixed: the file is not writable\n")


def test_what_was_sent_is_not_rewritten(tmp_path: Path) -> None:
    sent = (
        '{"id": "c", "messages": [{"from": "customer", "text": "Hi?"}, {"from": "brand", "text": "We recieve it."}]}\n'
    )
    (tmp_path / "c.jsonl").write_text(sent)
    run("check", "--fix", "c.jsonl", cwd=tmp_path)
    assert (tmp_path / "c.jsonl").read_text() == sent


def test_a_fix_without_end(tmp_path: Path) -> None:
    rule = (Path(__file__).parent / "rules" / "channel" / "no-email.yaml").read_text()
    (tmp_path / "house" / "channel").mkdir(parents=True)
    rule = rule.replace("instead:", 'fix: {replace: "kindly {match}", safe: true}\ninstead:', 1)
    (tmp_path / "house" / "channel" / "no-email.yaml").write_text(rule)
    (tmp_path / ".replylint.yaml").write_text("rule_paths: [house]\n")
    (tmp_path / "d.txt").write_text("Please e-mail us.")
    done = run("check", "--fix", "--select", "no-email", "d.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == "replylint: d.txt: the fixes of no-email never come to an end; the file was left as it is\n"
    assert (tmp_path / "d.txt").read_text() == "Please e-mail us."


def test_both_forms_of_a_reply_are_mended(tmp_path: Path) -> None:
    text = '[{"name": "a", "text": "We recieve it.<br>Bye", "chatText": "We recieve it.\\nBye"}]'
    (tmp_path / "m.json").write_text(text)
    done = run("check", "--fix", "--select", "typo", "m.json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "replylint: fixed 2 in 1 file\n")
    assert (tmp_path / "m.json").read_text() == text.replace("recieve", "receive")


def test_unsafe_fixes_alone() -> None:
    done = run("check", "--unsafe-fixes", "-", stdin="Hi")
    assert (done.returncode, done.stderr) == (
        2,
        "replylint: --unsafe-fixes goes with --fix or --diff, or the formats sarif and rdjson, which offer fixes\n",
    )
