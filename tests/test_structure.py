"""The shape of the house: which module may import which, and what is not imported before it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "replylint"
LEAVES = {
    "model",
    "errors",
    "documents",
    "jsons",
    "yamls",
    "shapes",
    "cases",
    "english",
    "globs",
    "late",
    "slots",
    "addressing",
    "turns",
}  # words of the domain and of files: all may import them
ARROWS = {
    "replylint": {"engine", "rulebook", "brand"},
    "cli": {
        "cache",
        "linked",
        "rulefile",
        "sources",
        "reporters",
        "engine",
        "covering",
        "rulebook",
        "brand",
        "context",
        "facts",
        "library",
        "masking",
        "notices",
        "rendering",
        "baseline",
        "fingerprints",
        "writing",
        "plugins",
        "exampletest",
        "signals",
        "replylint",
    },
    "masking": {"detectors"},
    "exampletest": {"engine", "context", "library"},
    "reporters": {"sources", "facts", "masking", "replylint", "confidence", "fingerprints", "notices"},
    "rulebook": {"cache", "facts", "detectors", "examples", "plugins", "replylint", "rulefile", "signals"},
    "rulefile": {"conditions", "facts", "examples"},
    "cache": {"replylint"},
    "fingerprints": set(),
    "notices": set(),
    "baseline": {"fingerprints", "writing"},
    "writing": set(),
    "confidence": set(),
    "examples": {"brand"},
    "conditions": {"facts"},
    "signals": {"detectors", "language", "plugins"},
    "detectors": {"branches", "detectors", "language", "plugins"},
    "plugins": set(),
    "engine": {"branches", "context", "covering", "facts", "linked", "notices", "rendering", "wording"},
    "branches": set(),
    "linked": set(),
    "covering": set(),
    "rendering": {"context", "facts", "detectors"},
    "wording": {"context", "detectors"},
    "context": {"facts"},
    "facts": {"answers", "outcome"},
    "answers": set(),
    "outcome": set(),
    "turns": set(),
    "addressing": set(),
    "library": {"detectors"},
    "language": set(),
    "brand": set(),
    "sources": {"sources", "linked"},
    "__main__": {"cli"},
    "errors": set(),
    "model": set(),
    "english": set(),
    "globs": set(),
    "late": set(),
    "slots": set(),
    "documents": set(),
    "jsons": set(),
    "yamls": set(),
    "shapes": set(),
    "cases": set(),
}


def part_of(path: Path) -> str:
    inside = path.relative_to(PACKAGE)
    name = inside.parts[0].removesuffix(".py")
    return "replylint" if name == "__init__" else name


def imports_of(path: Path) -> set[str]:
    """The parts of the package that a module imports anywhere, but for types only."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        modules = []
        if isinstance(node, ast.ImportFrom) and node.module:
            whole = node.module.split(".")
            modules = [whole[1]] if whole[0] == "replylint" and len(whole) > 1 else []
            if node.module == "replylint":
                parts = {p.stem for p in PACKAGE.iterdir()}
                modules = [alias.name if alias.name in parts else "replylint" for alias in node.names]
        elif isinstance(node, ast.Import):
            modules = [alias.name.split(".")[1] for alias in node.names if alias.name.startswith("replylint.")]
        found.update(modules)
    return found


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_follow_the_arrows(path: Path) -> None:
    part = part_of(path)
    allowed = ARROWS[part] | LEAVES | {part}
    if part == "model":
        allowed = set()
    assert imports_of(path) <= allowed


@pytest.mark.parametrize("library", ["spacy", "textstat"])
def test_one_importer_of_heavy_libraries(library: str) -> None:
    importers = {p.name for p in MODULES if f"import {library}" in p.read_text() or f"from {library}" in p.read_text()}
    assert importers == {"language.py"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_says_in_one_line_what_it_is_for(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring
    assert docstring.splitlines()[0].endswith((".", "?"))


def modules_after(*arguments: str) -> set[str]:
    """What is imported when the command line has run."""
    code = (
        "import sys; sys.argv = ['replylint', *sys.argv[1:]]\n"
        "from replylint.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print('\\nMODULES', *sys.modules)"
    )
    out = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, input="Hello!"
    )
    return set(out.stdout.rpartition("MODULES")[2].split())


def test_help_imports_nothing_heavy() -> None:
    heavy = {"spacy", "textstat", "re2", "ahocorasick_rs", "yaml", "rich", "markdown_it", "pydantic", "numpy"}
    assert not modules_after("check", "--help") & heavy


def test_a_usual_draft_needs_neither_spacy_nor_textstat() -> None:
    arguments = ("check", "-", "--to", "Where is my parcel? It is a week late.", "--channel", "x")
    loaded = modules_after(*arguments)
    assert "replylint.engine" in loaded
    assert "importlib.metadata" not in loaded  # what reads entry points, for packs and detectors
    assert not loaded & {"spacy", "textstat", "rich", "markdown_it", "pydantic", "numpy"}
