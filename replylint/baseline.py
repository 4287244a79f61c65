"""The baseline: what was found when an old library was taken on. Hashes of words, never the words; keys that no line moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import Path

import msgspec

from replylint.documents import read_text
from replylint.errors import InputError
from replylint.fingerprints import fingerprint
from replylint.jsons import read_json
from replylint.model import Finding
from replylint.shapes import decode
from replylint.writing import write_whole

FILE_NAME = ".replylint-baseline.json"
VERSION = 1


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True, order=True):
    """Findings that were there before: of one rule, in one macro, on the same words, so many times."""

    path: str
    rule: str
    fingerprint: str
    count: int = 1


class BaselineShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file of a baseline."""

    version: int
    findings: list[Known]


class Baseline:
    """What a run may still take from it. Paths are those from the folder of its file, so that they hold on every machine."""

    def __init__(self, file: Path, known: Iterable[Known] = ()) -> None:
        self.file = file
        self._folder = file.resolve().parent
        self._paths: dict[str, str] = {}
        self._left: Counter[tuple[str, str, str]] = Counter()
        for entry in known:
            self._left[entry.path, entry.rule, entry.fingerprint] += entry.count
        self._moved = self._of_files_that_are_gone()

    def takes(self, path: str, macro: str, finding: Finding) -> bool:
        """Whether the finding was there before. Each entry counts for as many findings as it had, also after its file moved."""
        key = self.key(path, macro, finding)
        if self._left[key] <= 0:
            key = next((k for k in self._moved.get(key[1:], ()) if self._left[k] > 0), key)
        self._left[key] -= 1
        return self._left[key] >= 0

    def key(self, path: str, macro: str, finding: Finding) -> tuple[str, str, str]:
        return self.place(path), finding.rule, fingerprint(finding, macro)

    def place(self, path: str) -> str:
        """A file's path from the baseline's folder."""
        if path not in self._paths:
            whole = Path(path).resolve()
            inside = whole.is_relative_to(self._folder)
            self._paths[path] = (
                path if path == "-" else (whole.relative_to(self._folder) if inside else whole).as_posix()
            )
        return self._paths[path]

    def stale(self, linted: Collection[str], rules: Collection[str]) -> list[Known]:
        """Entries that nothing answers to any more: of files that were linted, with those `rules`, or that are gone."""
        gone = {key for keys in self._moved.values() for key in keys}
        places = {self.place(path) for path in linted}
        return sorted(
            Known(*key, count)
            for key, count in self._left.items()
            if count > 0 and (key in gone or (key[0] in places and key[1] in rules))
        )

    def _of_files_that_are_gone(self) -> dict[tuple[str, str], list[tuple[str, str, str]]]:
        there = {path: path == "-" or (self._folder / path).exists() for path in {key[0] for key in self._left}}
        found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
        for key in self._left:
            if not there[key[0]]:
                found.setdefault(key[1:], []).append(key)
        return found


def read_baseline(file: Path) -> Baseline:
    """Raises InputError where it can't be read, or is none."""
    return Baseline(file, known_in(file))


def known_in(file: Path) -> list[Known]:
    if not file.is_file():
        raise InputError("no such baseline; --write-baseline writes it", str(file))
    document = read_json(read_text(file), str(file))
    shape = decode(document, BaselineShape, "a baseline")
    if shape.version != VERSION:
        raise document.error(f"found the version {shape.version}; this replylint reads {VERSION}", ("version",))
    return shape.findings


def write_baseline(file: Path, known: Iterable[Known]) -> None:
    """One entry a line, in order, so that changes read well."""
    lines = ",\n".join("  " + msgspec.json.encode(entry).decode() for entry in sorted(known))
    body = f"\n{lines}\n" if lines else ""
    write_whole(file, f'{{"version": {VERSION}, "findings": [{body}]}}\n')
