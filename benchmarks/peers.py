"""Other linters, as far as they are there: how each is called on a file, and which version it is."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PYTHON = ("proselint", "codespell")
NODE = ("write-good", "alex", "textlint")
OURS = "replylint"


class Programs:
    """Finds the programs: beside this Python, in `node`/node_modules, or on the machine's path."""

    def __init__(self, node: Path) -> None:
        self.node = node

    def path(self, name: str) -> str | None:
        places = [Path(sys.executable).parent / name, self.node / "node_modules" / ".bin" / name]
        return next((str(place.absolute()) for place in places if place.exists()), shutil.which(name))

    def command(self, name: str, *files: str) -> list[str] | None:
        """How the program checks these files; None where it is not there."""
        path = self.path(name)
        if path is None:
            return None
        if name == "proselint" and self.version(name) >= "0.15":
            return [path, "check", *files]
        if name == "textlint":  # it has no rules of its own
            return [path, "--rule", "write-good", *files]
        return [path, *files]

    def version(self, name: str) -> str:
        try:
            return version(name)
        except PackageNotFoundError:
            package = self.node / "node_modules" / name / "package.json"
            return str(json.loads(package.read_bytes())["version"]) if package.exists() else "not installed"

    def versions(self) -> str:
        names = (OURS, *PYTHON, *NODE)
        return ", ".join(f"{name} {self.version(name)}" for name in names) + f", {_node()}"


def _node() -> str:
    path = shutil.which("node")
    found = subprocess.run([path, "--version"], capture_output=True, text=True).stdout.strip() if path else ""
    return f"node {found or 'not installed'}"
