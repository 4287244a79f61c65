"""Numbers about a draft: its length as the platform counts, its reading grade, its words, sentences and questions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from replylint import language
from replylint.detectors.folding import FILLERS, fold
from replylint.detectors.particulars import count
from replylint.model import Scene, Value

_URL = re.compile(f"{FILLERS['url']}+")
_MASKED = re.compile("[" + "".join(FILLERS[name] for name in ("url", "handle", "email", "symbol")) + "]+")
_LEADING_HANDLES = re.compile(r"\s*(?:@\w+\s+)+")
_LIGHT = ((0x0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
_JOINER, _LINK_LENGTH = 0x200D, 23


def length(text: str, channel: str | None) -> int:
    """Characters as the channel counts them. X: a link 23, an emoji 2, leading @handles nothing. Elsewhere: characters."""
    if channel not in ("x", "twitter"):
        return len(unicodedata.normalize("NFC", text))
    text = text[found.end() :] if (found := _LEADING_HANDLES.match(text)) else text
    links = [match.span() for match in _URL.finditer(fold(text, "customer").as_written.decode("ascii"))]
    total = _LINK_LENGTH * len(links)
    at = 0
    for start, end in (*links, (len(text), len(text))):
        total += _weight(unicodedata.normalize("NFC", text[at:start]))
        at = end
    return total


def _weight(text: str) -> int:
    """1 for a Latin, Greek, Cyrillic ... character, 2 for any other and for a whole emoji sequence."""
    total, joined, flag = 0, False, False
    for code in map(ord, text):
        if code == _JOINER or 0xFE00 <= code <= 0xFE0F or 0x1F3FB <= code <= 0x1F3FF:
            joined = code == _JOINER
            continue
        is_flag = 0x1F1E6 <= code <= 0x1F1FF
        if not joined and not (is_flag and flag):
            total += 1 if any(first <= code <= last for first, last in _LIGHT) else 2
        joined, flag = False, is_flag and not flag
    return total


def _plain(scene: Scene) -> str:
    """The draft without links, handles, addresses and symbols, which nobody reads as words."""
    return _MASKED.sub(" ", fold(scene.draft.text, "draft").as_written.decode("ascii"))


def _grade(scene: Scene) -> float:
    plain = _plain(scene)
    most = language.highest_grade(plain)
    return most if most <= scene.brand.reading_grade else language.grade(plain)


MEASURES: dict[str, Callable[[Scene], float]] = {
    "length": lambda scene: length(scene.draft.text, scene.draft.channel),
    "grade": _grade,
    "words": lambda scene: language.word_count(_plain(scene)),
    "particulars": count,
    "sentences": lambda scene: len(language.sentences(scene.draft.text)),
}


def measure(name: str, scene: Scene) -> Value:
    return Value(True, score=float(MEASURES[name](scene)))
