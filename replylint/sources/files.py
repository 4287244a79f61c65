"""Which reader a file takes, and which files a folder or the settings name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from replylint.documents import read_json, read_text, read_yaml
from replylint.errors import InputError
from replylint.globs import matches
from replylint.model import Brand, Fields, Thread
from replylint.sources import Lines, Located, cases, macros, texts

_MARKDOWN = (".md", ".markdown")
_TEXT = (".txt", ".text", "")
_STRUCTURED = (".yaml", ".yml", ".json")
SUFFIXES = (*_MARKDOWN, *_TEXT, *_STRUCTURED, ".jsonl", ".ndjson")
_NEVER = re.compile(r"(?i)(readme|changelog|changes|license|licence|contributing|code_of_conduct|security)(\.|$)|^\.")
_NEVER_FOLDERS = frozenset({".git", ".github", ".gitlab", "node_modules", "__pycache__", ".venv", "venv"})


def read_path(path: Path, fields: Fields | None = None) -> Iterator[Located]:
    """The drafts of one file. Raises InputError where it can't be read or holds none.

    `fields`: where things stand in a file of no known shape.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(s for s in SUFFIXES if s)
        raise InputError(f'found a file that ends in "{path.suffix}"; known are {known}', str(path))
    yield from read_named(read_text(path), str(path), suffix, fields)


def read_named(text: str, path: str, suffix: str, fields: Fields | None = None) -> Iterator[Located]:
    """The drafts of a text that is known by the ending of its file's name."""
    drafts = _read(text, path, suffix, fields)
    if "replylint:" not in text:
        return drafts
    from replylint.sources.comments import attached

    return attached(drafts, text, path, suffix)


def _read(text: str, path: str, suffix: str, fields: Fields | None) -> Iterator[Located]:
    if suffix in _MARKDOWN:
        yield from texts.read_markdown(text, path)
    elif suffix in (".jsonl", ".ndjson"):
        yield from cases.read_json_lines(text, path)
    elif suffix in _STRUCTURED:
        yield from _structured(text, path, suffix == ".json", fields)
    else:
        yield from texts.read_plain(text, path)


def _structured(text: str, path: str, is_json: bool, fields: Fields | None) -> Iterator[Located]:
    document = read_json(text, path) if is_json else read_yaml(text, path)
    data, lines = document.data, Lines(text)
    first = data[0] if isinstance(data, list) and data else data
    if cases.is_case(first):
        yield from cases.from_document(document, lines)
    else:
        yield from macros.from_document(document, lines, fields)


def read_stdin(text: str, name: str, fields: Fields | None = None) -> Iterator[Located]:
    """A draft, a transcript, or what the file's name says that it is."""
    suffix = Path(name).suffix.lower()
    if suffix:
        yield from read_named(text, name, suffix, fields)
    elif texts.is_transcript(text):
        yield from texts.read_transcript(text, name)
    else:
        yield from texts.read_plain(text, name)


def read_thread(path: Path) -> Thread:
    """A thread from a file: messages in JSON or YAML, or `Customer:` and `Agent:` lines."""
    text, suffix = read_text(path), path.suffix.lower()
    if suffix in _STRUCTURED:
        document = read_json(text, str(path)) if suffix == ".json" else read_yaml(text, str(path))
        return cases.thread_of(document)
    return texts.transcript_thread(text, str(path))


def discover(paths: list[Path], brand: Brand, root: Path, force_exclude: bool = False) -> list[Path]:
    """The files that the paths name: each file as it is; of folders the known shapes; without paths, what `files:` names.

    `force_exclude`: of the files named, too, only known shapes and those of `files:`, and none that is excluded.
    """
    wanted = dict.fromkeys(path for glob in brand.files for path in sorted(root.glob(glob)) if path.is_file())
    if not paths:
        return [path for path in wanted if not _excluded(path, root, brand)]
    found: list[Path] = []
    listed = {path.resolve() for path in wanted}
    for path in paths:
        if path.is_dir():
            found += [p for p in sorted(path.rglob("*")) if _is_library(p, path) and not _excluded(p, root, brand)]
        elif not force_exclude or (
            not _excluded(path, root, brand) and (path.resolve() in listed or _is_library(path, path.parent))
        ):
            found.append(path)
    return list(dict.fromkeys(found))


def _is_library(path: Path, root: Path) -> bool:
    inside = path.relative_to(root)
    return (
        path.is_file()
        and path.suffix.lower() in SUFFIXES
        and path.suffix != ""
        and not _NEVER.search(path.name)
        and not _NEVER_FOLDERS & set(inside.parts[:-1])
    )


def _excluded(path: Path, root: Path, brand: Brand) -> bool:
    return matches(path, brand.exclude, root)
