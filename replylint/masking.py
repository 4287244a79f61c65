"""Hides personal data in what leaves the tool: filler of the same length, so that places never change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

import msgspec

from replylint.detectors.personal_data import KINDS, personal_data
from replylint.model import Finding

_FILLER = "█"
_PART_OF_NUMBER = re.compile(r"(?:\W*\d){3,}\W*")
_HANDLE = re.compile(r"(?<![\w.])@\w+")


class Mask:
    """Masks texts of one draft: e-mail, phone, card and order numbers, handles, and the names that the draft makes known.

    `names` are looked at when the first text is masked: most drafts have no finding.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._said = names

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        parts = {part for name in self._said for part in (name, *name.split()) if len(part) > 1}
        known = sorted(parts, key=len, reverse=True)
        return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, known)) + r")(?!\w)", re.I) if known else None

    def text(self, text: str) -> str:
        for start, end in personal_data(text, tuple(KINDS)):
            text = text[:start] + _FILLER * (end - start) + text[end:]
        for pattern in (_HANDLE, self._names):
            if pattern is not None:
                text = pattern.sub(lambda match: _FILLER * len(match[0]), text)
        return text

    def _word(self, word: str) -> str:
        """A word out of its text, where a part of a number no longer looks like one."""
        return _FILLER * len(word) if _PART_OF_NUMBER.fullmatch(word) else self.text(word)

    def finding(self, finding: Finding) -> Finding:
        evidence = tuple(
            msgspec.structs.replace(entry, words=tuple(map(self._word, entry.words))) for entry in finding.evidence
        )
        edit = finding.edit._replace(replacement=self.text(finding.edit.replacement)) if finding.edit else None
        return msgspec.structs.replace(
            finding,
            text=self.text(finding.text),
            message=self.text(finding.message),
            instead=self.text(finding.instead),
            evidence=evidence,
            edit=edit,
        )
