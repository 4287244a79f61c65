"""What a stranger sees first: a screen without arguments, help that fits, terminals of all kinds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_cli import run

DRAFT, SAID = "Please e-mail us at bags@acme.example.", "You lost my bag… “Third” time this year!"
COMMANDS = ("check", "init", "rules", "explain", "signals", "test", "show-config", "schema", "clean")
posix = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")


def on_terminal(*arguments: str, **environment: str) -> str:
    """What a terminal of 80 columns gets."""
    import pty

    ours, theirs = pty.openpty()
    clean = {k: v for k, v in os.environ.items() if k not in ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR")}
    done = subprocess.Popen(
        [sys.executable, "-m", "replylint", *arguments], stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
        env={**clean, "COLUMNS": "80", "TERM": "xterm-256color", **environment},
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    try:
        while block := os.read(ours, 1 << 16):
            shown += block
    except OSError:  # the other end is closed
        pass
    done.wait()
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def test_without_arguments_a_short_screen_helps() -> None:
    done = run()
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) < 15
    assert max(map(len, lines)) <= 80
    assert "replylint check draft.txt --to" in done.stdout


def test_help_fits_and_has_examples() -> None:
    top = run("--help", COLUMNS="80").stdout
    commands = top.partition("Commands:")[2]
    assert "..." not in commands
    assert tuple(re.findall(r"^  ([a-z-]+) ", commands, re.M)) == COMMANDS
    for command in COMMANDS:
        said = run(command, "--help", COLUMNS="80").stdout
        assert command == "clean" or f"\n    replylint {command}" in said
        assert [line for line in said.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_completes_commands(shell: str) -> None:
    asked = {
        "bash": {"COMP_WORDS": "replylint expl", "COMP_CWORD": "1"},
        "zsh": {"_TYPER_COMPLETE_ARGS": "replylint expl"},
        "fish": {"_TYPER_COMPLETE_ARGS": "replylint expl", "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }[shell]
    code = "import sys; sys.argv = ['replylint']\nfrom replylint.cli import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True,
        env={**os.environ, **asked, "_REPLYLINT_COMPLETE": f"complete_{shell}"},
    )  # fmt: skip
    assert "explain" in done.stdout
    assert done.stderr == ""


@posix
def test_a_terminal_gets_colours_and_one_that_wants_none_gets_none(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text(DRAFT)
    command = ("check", str(tmp_path / "d.txt"), "--isolated", "--channel", "x", "--to", SAID)
    assert "\x1b[1;38;5;" in (shown := on_terminal(*command))
    assert max(map(len, re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines())) <= 80
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", on_terminal(*command, NO_COLOR="1"))
    assert "\x1b" not in on_terminal(*command, TERM="dumb")


@posix
def test_a_terminal_without_unicode_gets_ascii(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text(DRAFT)
    shown = on_terminal(
        "check", str(tmp_path / "d.txt"), "--isolated", "--channel", "x", "--to", SAID, LC_ALL="C", PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0", TERM="dumb",
    )  # fmt: skip
    assert shown.isascii()
    assert "  | Please e-mail us at bags@acme.example." in shown
    assert '("You lost my bag... "Third" time this year")' in " ".join(shown.split())


@posix
def test_explain_pages_and_shows_no_escapes_as_text() -> None:
    shown = on_terminal("explain", "call-us", PAGER="cat")
    assert "\x1b[1mcall-us" in shown
    assert "ESC" not in shown
