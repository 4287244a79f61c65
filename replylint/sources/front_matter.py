"""What stands between lines of dashes or pluses at the top of a file: what its reply says of itself, and none of its words."""

from __future__ import annotations

import re
from typing import NamedTuple

from replylint.documents import Document
from replylint.errors import InputError
from replylint.sources import About
from replylint.sources.about import about

_YAML = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.S | re.M)
_TOML = re.compile(r"\A\ufeff?\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.S | re.M)
_TITLE = re.compile(r"^(?:title|name)[ \t]*=[ \t]*([\"'])(.*?)\1[ \t]*(?:#.*)?\r?$", re.M)


class FrontMatter(NamedTuple):
    """`end`: where the file's own text begins. `is_data`: whether it is data, and not only lines between dashes."""

    end: int
    about: About
    is_data: bool


def front_matter(text: str, path: str) -> FrontMatter | None:
    """Of a file that has any. Raises InputError where it says to replylint what it can't."""
    from replylint.yamls import read_yaml

    if (found := _TOML.match(text)) is not None:
        title = _TITLE.search(found[1])
        named = title[2] if title else ""
        return FrontMatter(found.end(), About(named, named), True)
    if (found := _YAML.match(text)) is None:
        return None
    try:
        document = read_yaml(blank(text[: found.start(1)]) + found[1], path)
    except InputError:
        if re.search(r"^replylint[ \t]*:", found[1], re.M):
            raise
        return FrontMatter(found.end(), About(), False)
    if not isinstance(document.data, dict):
        return FrontMatter(found.end(), About(), False)
    return FrontMatter(found.end(), about(document.root, (), Document(path, text, document.root)), True)


def blank(text: str) -> str:
    """The same lines, all of blanks, so that what follows keeps its place."""
    return re.sub(r"[^\r\n]", " ", text)
