"""The files that `init` writes: settings, pre-commit entry, CI step."""

from __future__ import annotations

from pathlib import Path

import yaml

from replylint import __version__
from replylint.baseline import FILE_NAME as BASELINE
from replylint.cli.library import Library
from replylint.documents import Document, read_text
from replylint.reporters import HOME
from replylint.writing import write_whole
from replylint.yamls import read_yaml

_PRE_COMMIT = f"""\
- repo: {HOME}
  rev: v{__version__}
  hooks:
    - id: replylint-library
"""
_TRACKER = ("channel: tracker", "serves_here: false")
_WHY_TRACKER = "an issue tracker only tells people where to go"
_GITHUB = f"""\
name: replylint
on: [push, pull_request]
permissions:
  contents: read
jobs:
  replylint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: {HOME.removeprefix("https://github.com/")}@v{__version__}
"""
GITLAB = f"""\
replylint:
  image: python:3.12-slim
  before_script:
    - apt-get update -qq && apt-get install -y -qq git
    - pip install --quiet "git+{HOME}@v{__version__}"
  script:
    - replylint check --output-format gitlab --output-file gl-code-quality.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality.json
"""


def settings(library: Library, brand: str, tracker: bool, baseline: bool) -> str:
    """`.replylint.yaml` for a library."""
    lines = [f"# Settings of replylint; `replylint show-config` shows what is in force. {HOME}"]
    if brand:
        lines.append(_pair("brand", brand))
    lines += [_pair("files", library.globs()), "kind: macro"]
    if library.help_desk:
        lines.append(_pair("help_desk", library.help_desk))
    if tracker and not library.is_tracker:
        lines.append(f"overrides: [{{{_pair('files', library.trackers)}, {', '.join(_TRACKER)}}}]  # {_WHY_TRACKER}")
    elif tracker:
        lines += [_TRACKER[0], f"{_TRACKER[1]}  # {_WHY_TRACKER}"]
    if baseline:
        lines.append(_pair("baseline", BASELINE))
    lines.append(f"rules_as_of: {__version__}  # rules that are newer are suggestions")
    return "\n".join(lines) + "\n"


def _pair(key: str, value: str | list[str]) -> str:
    shown: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=1 << 30)
    return f"{key}: {shown.removesuffix(chr(10)).removesuffix(chr(10) + '...')}"


def write(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text)
    return f"wrote {_shown(path)}"


def integrations(here: Path, ci: str) -> list[str]:
    """Writes what the repository has room for, and says what to add by hand where a file is there already."""
    top = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), None)
    if top is None:
        return []
    if top != here:
        return [f"{here.name} is a folder of the repository {top}: run `replylint check` here in its hook and its CI"]
    return [_pre_commit(top), *_step(top, ci)]


def _pre_commit(top: Path) -> str:
    path = top / ".pre-commit-config.yaml"
    if not path.exists():
        return write(path, "repos:\n" + _indented(_PRE_COMMIT, "  "))
    text = read_text(path)
    if HOME in text:
        return f"{path.name} has replylint already"
    changed = _with_entry(read_yaml(text, str(path)))
    if changed is None:
        return f"add to {path.name}, under repos:\n{_indented(_PRE_COMMIT, '  ')}".rstrip()
    return write(path, changed)


def _with_entry(document: Document) -> str | None:
    """The file with our entry as the first of its list, all else as it was; None where that list is not in lines."""
    repos, text = document.node(("repos",)), document.text
    first = repos.children.get(0)
    if first is None or not isinstance(repos.value, list):
        return None
    start = text.rfind("\n", 0, first.start) + 1
    indent = text[start : first.start].partition("-")[0]
    if indent.strip() or not text[start + len(indent) :].startswith("-"):
        return None
    ending = "\r\n" if "\r\n" in text else "\n"
    entry = _indented(_PRE_COMMIT, indent).replace("\n", ending)
    return text[:start] + entry + text[start:]


def _step(top: Path, ci: str) -> list[str]:
    wanted = ci if ci != "auto" else _ci_of(top)
    if wanted == "none":
        return []
    path = top / (".github/workflows/replylint.yml" if wanted == "github" else ".gitlab-ci.yml")
    step = _GITHUB if wanted == "github" else GITLAB
    if not path.exists():
        return [write(path, step)]
    if "replylint" in read_text(path):
        return [f"{_shown(path)} has replylint already"]
    return [f"add to {_shown(path)}:\n{step}".rstrip()]


def _ci_of(top: Path) -> str:
    if (top / ".gitlab-ci.yml").exists():
        return "gitlab"
    if (top / ".github").is_dir():
        return "github"
    config = top / ".git" / "config"
    remotes = config.read_text(encoding="utf-8", errors="replace") if config.is_file() else ""
    return "github" if "github.com" in remotes else "gitlab" if "gitlab" in remotes else "none"


def _indented(text: str, indent: str) -> str:
    return "".join(indent + line for line in text.splitlines(keepends=True))


def _shown(path: Path) -> str:
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)
