"""What `init` finds out about a library: its files, their format, how many replies, and whether it is an issue tracker's."""

from __future__ import annotations

import re
import typing
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from replylint.brand import HelpDesk
from replylint.errors import InputError
from replylint.model import Brand
from replylint.sources import Located
from replylint.sources.discovery import discover, holds_replies
from replylint.sources.files import SUFFIXES, read_path
from replylint.sources.vendors import desk_of

_NAMES = re.compile(r"(?i)macro|canned|repl(?:y|ies)|respon[sd]|snippet|template|quick.?text|saved")
_TRACKERS = (".github", ".gitlab")
_OF_TRACKERS = re.compile(
    r"(?i)\b(?:pull requests?|PRs?\b|merge requests?|issue (?:tracker|template)|(?:this|the|your|new|an|open|related) issues?|"
    r"bug reports?|reproductions?|repro\b|minimal reproduc\w+|maintainers?|stack ?overflow|contributing|github|gitlab|triage|backlog)"
)
_SHARE = 0.5  # of the replies that speak of issues and pull requests
_NAMED_FORMATS = {
    ".md": "Markdown", ".markdown": "Markdown", ".yaml": "YAML", ".yml": "YAML", ".json": "JSON", ".jsonl": "JSON Lines",
    ".ndjson": "JSON Lines", ".csv": "CSV", ".tsv": "TSV", ".html": "HTML", ".htm": "HTML",
}  # fmt: skip


class LibraryFile(Struct, frozen=True):
    path: str  # from the folder of the settings, with forward slashes
    format: str
    desk: str
    replies: int
    is_tracker: bool = False  # whether its replies answer issues and pull requests


class Library(Struct, frozen=True):
    """A library as it was found."""

    parts: tuple[LibraryFile, ...]

    @property
    def trackers(self) -> list[str]:
        return [part.path for part in self.parts if part.is_tracker]

    @property
    def is_tracker(self) -> bool:
        """Whether all of it is an issue tracker's."""
        return len(self.trackers) == len(self.parts)

    @property
    def files(self) -> list[Path]:
        return [Path(part.path) for part in self.parts]

    @property
    def help_desk(self) -> str:
        """The one that all files with a known shape are of; empty where there is none, or the settings don't know it."""
        desks = {part.desk for part in self.parts if part.desk}
        return next(iter(desks)) if len(desks) == 1 and desks <= set(typing.get_args(HelpDesk)) else ""

    def globs(self) -> list[str]:
        """What `files:` says: a folder of many files as a glob, else each file."""
        folders = Counter((str(Path(p.path).parent), Path(p.path).suffix) for p in self.parts)
        found = []
        for part in self.parts:
            folder, suffix = str(Path(part.path).parent), Path(part.path).suffix
            many = folders[folder, suffix] > 1 and folder not in (".", *_TRACKERS)
            found.append(f"{Path(folder).as_posix()}/*{suffix}" if many else part.path)
        return list(dict.fromkeys(found))

    def lines(self) -> Iterator[str]:
        for part in self.parts:
            desk = f", {part.desk}" if part.desk else ""
            yield f"{part.path}: {part.replies} {'replies' if part.replies != 1 else 'reply'} ({part.format}{desk})"


def find(paths: list[Path], here: Path) -> list[Path]:
    """The library's files: those named, or what looks like one from here on. Raises InputError where there is none."""
    brand = Brand()
    if paths:
        wanted = discover(paths, brand, here)
        found = [one.path for one in wanted if one.named or holds_replies(one, brand)]
    else:
        wanted = discover([Path()], brand, here)
        named = [one for one in wanted if _NAMES.search(str(one.path)) and holds_replies(one, brand)]
        hidden = (path for folder in _TRACKERS for path in sorted(Path(folder).rglob("*")))
        found = [one.path for one in named]
        found += [
            p for p in hidden if p.is_file() and p.suffix and p.suffix.lower() in SUFFIXES and _is_saved_replies(p)
        ]
    if not found:
        where = ", ".join(map(str, paths)) or "this folder and those in it"
        raise InputError(f"found no replies in {where}; name the library's files or folder: replylint init PATH")
    return found


def _is_saved_replies(path: Path) -> bool:
    return bool(re.search(r"(?i)repl(?:y|ies)|canned|responses", path.name))


def describe(files: list[Path], here: Path) -> Library:
    """Reads them all. Raises InputError for one that can't be read, or that holds no replies."""
    return Library(tuple(_described(path, here) for path in files))


def _described(path: Path, here: Path) -> LibraryFile:
    drafts = [one for one in read_path(path) if one.scope == "draft"]
    whole = path.resolve()
    inside = whole.relative_to(here.resolve()) if whole.is_relative_to(here.resolve()) else whole
    desks = Counter(desk for one in drafts if (desk := _desk(one)))
    about_issues = sum(bool(_OF_TRACKERS.search(one.draft.text)) for one in drafts)
    return LibraryFile(
        inside.as_posix(),
        _NAMED_FORMATS.get(path.suffix.lower(), "text"),
        next(iter(desks), ""),
        len(drafts),
        not set(_TRACKERS).isdisjoint(inside.parts) or about_issues > _SHARE * len(drafts),
    )


def _desk(located: Located) -> str:
    about = located.about
    desk = desk_of(about.document.node(about.own[:-1])) if about.document is not None else None
    return desk.name if desk else ""
