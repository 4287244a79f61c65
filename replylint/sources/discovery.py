"""Which files a command lints: those named, of folders the libraries, without either what the settings' `files:` name."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from replylint.documents import parts_in
from replylint.errors import InputError
from replylint.globs import matches, real
from replylint.model import Brand
from replylint.sources import structured
from replylint.sources.files import STRUCTURED, SUFFIXES

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_NEVER = re.compile(
    r"(?i)^(?:readme|changelog|changes|history|news|licen[cs]e|notice|authors|contributing|code_of_conduct|security|support|"
    r"codeowners|package|package-lock|composer|tsconfig[\w.-]*|jsconfig|lerna|renovate|vercel|netlify|mkdocs|_config|"
    r"docker-compose[\w.-]*|compose|action|requirements[\w-]*|robots|appveyor|azure-pipelines|bitbucket-pipelines|"
    r"openapi|swagger|codecov|pnpm-[\w-]+)(?:\.|$)|^\."
)
_NEVER_FOLDERS = frozenset(
    {".git", ".github", ".gitlab", ".circleci", "node_modules", "__pycache__", ".venv", "venv", "LICENSES"}
)


class Wanted(NamedTuple):
    """A file to lint. `named`: somebody asked for this very file, so that it must hold replies."""

    path: Path
    named: bool


def discover(paths: list[Path], brand: Brand, root: Path, force_exclude: bool = False) -> list[Wanted]:
    """The files that the paths name: each file as it is; of folders what may be a library; without paths, what `files:` names.

    What `exclude` or a .gitignore names is left out, but for a file that was named itself. `force_exclude`: of those, too, and
    of those named only libraries and what `files:` names.
    """
    ignored = Ignored()
    listed = {real(path): path for glob in brand.files for path in sorted(root.glob(glob)) if path.is_file()}
    kept = {
        place: path for place, path in listed.items() if not _is_excluded(path, root, brand) and not ignored.file(path)
    }
    if not paths:
        return [Wanted(path, True) for path in kept.values()]
    found: dict[Path, Wanted] = {}
    for path in paths:
        if path.is_dir():
            for inside in sorted(_walk(path, ignored)):
                is_listed = real(inside) in kept
                if is_listed or (_may_be_library(inside) and not _is_excluded(inside, root, brand)):
                    found.setdefault(inside, Wanted(inside, is_listed))
        elif not force_exclude or real(path) in kept:
            found[path] = Wanted(path, True)
        elif brand.files and path.suffix.lower() not in STRUCTURED:
            continue  # what the library holds is said, and a text has no shape that would tell
        elif _may_be_library(path) and not _is_excluded(path, root, brand) and not ignored.file(path):
            found.setdefault(path, Wanted(path, False))
    return list(found.values())


def holds_replies(wanted: Wanted, brand: Brand) -> bool:
    """Whether a file would be linted: one that nobody named is, if its shape is that of a library and it is no rule."""
    suffix = wanted.path.suffix.lower()
    if wanted.named or suffix not in STRUCTURED:
        return True
    if any(real(wanted.path).is_relative_to(real(Path(folder))) for folder in brand.rule_paths):
        return False
    try:
        return structured.is_library(lambda: parts_in(wanted.path), str(wanted.path), suffix, brand.fields)
    except InputError:  # it can't be read
        return True


def _walk(folder: Path, ignored: Ignored) -> Iterator[Path]:
    """The files under a folder, without folders that hold no replies or that git ignores."""
    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in _NEVER_FOLDERS and not ignored.folder(Path(here, name))]
        yield from (path for name in files if not ignored.file(path := Path(here, name)))


def _may_be_library(path: Path) -> bool:
    suffix = path.suffix.lower()
    return suffix != "" and suffix in SUFFIXES and not _NEVER.search(path.name) and not _in_never_folder(path)


def _in_never_folder(path: Path) -> bool:
    return not path.is_absolute() and not _NEVER_FOLDERS.isdisjoint(path.parts[:-1])


def _is_excluded(path: Path, root: Path, brand: Brand) -> bool:
    return matches(path, brand.exclude, root)


class Ignored:
    """What the .gitignore files of a repository name; the deepest file that says anything of a path decides."""

    def __init__(self) -> None:
        self._spec = lru_cache(None)(_spec)
        self._top = lru_cache(None)(_top)

    def file(self, path: Path) -> bool:
        real = Path(os.path.abspath(path))
        top = self._top(real.parent)
        if top is None:
            return False
        inside = real.relative_to(top).parts
        folders = (top.joinpath(*inside[:depth]) for depth in range(1, len(inside)))
        return any(self._says(folder, top, "/") for folder in folders) or self._says(real, top, "")

    def folder(self, path: Path) -> bool:
        real = Path(os.path.abspath(path))
        top = self._top(real.parent)
        return top is not None and self._says(real, top, "/")

    def _says(self, real: Path, top: Path, ending: str) -> bool:
        for folder in real.parents:
            spec = self._spec(folder)
            if spec is not None:
                said = spec.check_file(real.relative_to(folder).as_posix() + ending).include
                if said is not None:
                    return bool(said)
            if folder == top:
                break
        return False


def _top(folder: Path) -> Path | None:
    """The top of the repository that a folder is in."""
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)


def _spec(folder: Path) -> GitIgnoreSpec | None:
    """What the folder's .gitignore says, and, at the top of a repository, .git/info/exclude."""
    lines: list[str] = []
    for path in (folder / ".git" / "info" / "exclude", folder / ".gitignore"):
        if path.is_file():
            lines += path.read_text(encoding="utf-8", errors="replace").splitlines()
    if not lines:
        return None
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)
