"""Which reader a file takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from replylint.documents import Piped, decode, parts_in, parts_of, read_text
from replylint.errors import InputError
from replylint.jsons import read_json
from replylint.model import Fields, Thread
from replylint.sources import Lines, Located, texts, without_twins

_MARKDOWN = (".md", ".markdown")
_HTML = (".html", ".htm")
_TEXT = (".txt", ".text", "")
_IN_PARTS = (".jsonl", ".ndjson", ".csv", ".tsv")  # of any length: read as far as is asked for
STRUCTURED = (".yaml", ".yml", ".json", *_IN_PARTS)
_TEMPLATES = (".j2", ".jinja", ".jinja2", ".liquid")  # read where they are named: a folder may hold others
SUFFIXES = (*_MARKDOWN, *_TEXT, *_HTML, *STRUCTURED)
READ = (*SUFFIXES, *_TEMPLATES)


def read_path(path: Path, fields: Fields | None = None, named: bool = True) -> Iterator[Located]:
    """The drafts of one file. Raises InputError where it can't be read or holds none.

    `fields`: where things stand in a file of no known shape. `named`: whether somebody asked for this very file; one that a
    folder brought along may be no library, and then holds nothing.
    """
    suffix = suffix_of(path)
    if suffix in _IN_PARTS:
        yield from _read_parts(parts_in(path), str(path), suffix, fields, named)
    else:
        yield from read_named(read_text(path), str(path), suffix, fields, named)


def suffix_of(path: Path) -> str:
    """The ending by which a file is read. Raises InputError for one that is not known."""
    suffix = path.suffix.lower()
    inner = Path(path.stem).suffix.lower()
    if suffix in _TEMPLATES and inner in STRUCTURED:
        return inner
    if suffix not in READ:
        known = ", ".join(s for s in READ if s)
        raise InputError(f'found a file that ends in "{path.suffix}"; known are {known}', str(path))
    return suffix


def read_named(
    text: str, path: str, suffix: str, fields: Fields | None = None, named: bool = True, twins: bool = False
) -> Iterator[Located]:
    """The drafts of a text that is known by the ending of its file's name. `twins`: in all of their forms."""
    if suffix in _IN_PARTS:
        return _read_parts([text], path, suffix, fields, named, twins)
    drafts = _read(text, path, suffix, fields, named)
    if not twins:
        drafts = without_twins(drafts)
    if "replylint" not in text:
        return drafts
    from replylint.sources.comments import attached

    return attached(drafts, Lines(text), path, suffix)


def _read_parts(
    parts: Iterable[str], path: str, suffix: str, fields: Fields | None = None, named: bool = True, twins: bool = False
) -> Iterator[Located]:
    """The drafts of a text that comes in parts, those of one part with the comments that stand in it."""
    from replylint.sources.structured import read_structured

    drafts = read_structured(parts, path, suffix, fields, named)
    for lines, some in groupby(drafts if twins else without_twins(drafts), lambda one: one.lines):
        if "replylint" in lines.text:
            from replylint.sources.comments import attached

            yield from attached(some, lines, path, suffix)
        else:
            yield from some


def _read(text: str, path: str, suffix: str, fields: Fields | None, named: bool) -> Iterator[Located]:
    if suffix in _MARKDOWN:
        from replylint.sources.markdown import read_markdown

        yield from read_markdown(text, path)
    elif suffix in STRUCTURED:
        from replylint.sources.structured import read_structured

        yield from read_structured([text], path, suffix, fields, named)
    elif suffix in _TEMPLATES or _has_front_matter(text, path):
        from replylint.sources.markdown import read_markdown

        yield from read_markdown(text, path, "macro")
    elif suffix in _HTML:
        yield from texts.read_html(text, path)
    else:
        yield from texts.read_plain(text, path)


def _has_front_matter(text: str, path: str) -> bool:
    if not text.removeprefix("\ufeff").startswith(("---", "+++")):
        return False
    from replylint.sources.front_matter import front_matter

    matter = front_matter(text, path)
    return matter is not None and matter.is_data


def read_stdin(text: str, name: str, fields: Fields | None = None, twins: bool = False) -> Iterator[Located]:
    """A draft, a transcript, or what the file's name says that it is."""
    suffix = Path(name).suffix.lower()
    if suffix:
        yield from read_named(text, name, suffix, fields, twins=twins)
    elif texts.is_transcript(text):
        yield from texts.read_transcript(text, name)
    else:
        yield from texts.read_plain(text, name)


def read_piped(file: Piped, name: str, fields: Fields | None = None) -> Iterator[Located]:
    """What comes on stdin; as it comes, if its name says that it can be read in parts."""
    suffix = Path(name).suffix.lower()
    if suffix in _IN_PARTS:
        return _read_parts(parts_of(file, name), name, suffix, fields)
    return read_stdin(decode(file.read(), name), name, fields)


def read_thread(path: Path) -> Thread:
    """A thread from a file: messages in JSON or YAML, or `Customer:` and `Agent:` lines."""
    from replylint.yamls import read_yaml

    text, suffix = read_text(path), path.suffix.lower()
    if suffix in (".yaml", ".yml", ".json"):
        from replylint.sources import cases

        document = read_json(text, str(path)) if suffix == ".json" else read_yaml(text, str(path))
        return cases.thread_of(document)
    return texts.transcript_thread(text, str(path))
