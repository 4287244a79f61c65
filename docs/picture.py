"""What replylint says of the README's draft, as text and as a picture of a terminal."""

from __future__ import annotations

import io
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

README = Path(__file__).parent.parent / "README.md"
_WIDTH = 100
_COMMAND = re.compile(r'^echo "(?P<draft>[^"]*)" \| (?P<command>replylint check -.*)$', re.M)


class Said(NamedTuple):
    """The command as typed, and what it printed."""

    typed: str
    colored: str
    plain: str


def said() -> Said:
    """Runs the README's first command on a draft, as at a terminal."""
    found = _COMMAND.search(README.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError("README.md has no command on a draft")
    arguments = [*shlex.split(found["command"])[1:], "--output-format", "full", "--isolated"]
    colored, plain = (_run(found["draft"], [*arguments, "--color", color]) for color in ("always", "never"))
    return Said(f"$ {found[0]}", colored, "".join(f"{line.rstrip()}\n" for line in plain.splitlines()))


def _run(draft: str, arguments: list[str]) -> str:
    environment = {
        "COLUMNS": str(_WIDTH),
        "TERM": "xterm-256color",
        "PYTHONPATH": str(README.parent),
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "replylint", *arguments],
        input=draft + "\n", capture_output=True, text=True, encoding="utf-8", env=environment, cwd=README.parent,
    )  # fmt: skip
    if done.returncode not in (0, 1):
        raise ValueError(done.stderr)
    return done.stdout


def svg(said: Said) -> str:
    """The terminal as SVG, without a font from the network."""
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=_WIDTH, file=io.StringIO(), markup=False, highlight=False, force_terminal=True)
    console.print(Text(said.typed, "bold"))
    console.print()
    console.print(Text.from_ansi(said.colored))
    text = console.export_svg(title="replylint", unique_id="finding")
    text = re.sub(r"\s*@font-face \{.*?\}", "", text, flags=re.S)
    return text.replace("Fira Code, monospace", "ui-monospace, Menlo, Consolas, monospace")
