"""Macros with what they link to: the dynamic content of the same library, read when the first link is met."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import msgspec

from replylint.cli.inputs import Request, Settings, files_of
from replylint.documents import mentions
from replylint.errors import InputError
from replylint.linked import LINK, links_of
from replylint.sources import Located
from replylint.sources.dynamic import texts_by_name
from replylint.sources.files import STRUCTURED, read_path


class Links:
    """The library is the files that were asked for, and those that the settings name."""

    def __init__(self, request: Request, settings: Settings) -> None:
        self._request, self._settings = request, settings

    def filled(self, located: Located) -> Located:
        """The macro with the texts of its links, as far as they are known."""
        if located.draft.kind != "macro" or not LINK.search(located.draft.text):
            return located
        links = links_of(located.draft.text, self._texts)
        return msgspec.structs.replace(located, draft=msgspec.structs.replace(located.draft, links=links))

    @cached_property
    def _texts(self) -> dict[str, str]:
        return texts_by_name(self._drafts())

    def _drafts(self) -> Iterator[Located]:
        whole = msgspec.structs.replace(self._request, paths=(), allow_empty=True)
        wanted = [*files_of(self._request, self._settings), *files_of(whole, self._settings)]
        for path in dict.fromkeys(one.path for one in wanted):
            if _may_hold_items(path):
                try:
                    yield from read_path(path, self._settings.for_path(str(path)).fields)
                except InputError:
                    continue  # its own turn says what is wrong with it


def _may_hold_items(path: Path) -> bool:
    try:
        return path.suffix.lower() in STRUCTURED and mentions(path, b"variants") and mentions(path, b"{{dc.")
    except InputError:
        return False
