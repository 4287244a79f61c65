"""Streams that bear every text: what the terminal's encoding lacks is shown in ASCII."""

from __future__ import annotations

import codecs
import sys

_ALIKE = {
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "│": "|", "█": "#", "·": "*", "•": "*",
    "\u00a0": " ", "\ufffd": "?",
}  # fmt: skip


def alike(error: UnicodeError) -> tuple[str, int]:
    """An error handler of codecs: the nearest ASCII, else the character's number."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_ALIKE.get(char) or char.encode("ascii", "backslashreplace").decode() for char in lacking), error.end


def prepare() -> None:
    """Makes stdout and stderr bear every text. What a machine reads is escaped as JSON would be, and not only alike."""
    codecs.register_error("replylint.alike", alike)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replylint.alike" if stream.isatty() else "backslashreplace")
