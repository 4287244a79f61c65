"""Numbers about a draft: its length as the platform counts, its reading grade, its words, sentences and questions."""

from __future__ import annotations

import html
import math
import re
import unicodedata
from collections.abc import Callable, Mapping

from replylint import language
from replylint.detectors.asking import things_asked
from replylint.detectors.folding import FILLERS, mask
from replylint.detectors.of_this_case import LOOKS_AT as OF_THIS_CASE
from replylint.detectors.of_this_case import count
from replylint.detectors.register import WORDS_OF_FORM_LETTERS, stiffness
from replylint.late import late
from replylint.model import Scene, Value

_URL = late(f"{FILLERS['url']}+")
_MASKED = late("[" + "".join(FILLERS[name] for name in ("url", "handle", "email", "symbol")) + "]+")
_NO_PROSE = late(f'[{FILLERS["quote"]}{FILLERS["placeholder"]}>|/"]+| [*^~/-] ?[A-Za-z]{{1,10}}\\s*$|\\d{{4,}}')
_SENTENCE_END = late(r"[a-z\d)][.!?]+(?=\s|$)")
_ABBREVIATION = late(r"\b(?:mr|mrs|ms|dr|st|prof|etc|vs|approx|ave|inc|ltd|co|no|jr|sr|[a-z])\.\s", re.I)
_TAG = late(r"<[^<>\n]{1,200}>|^[#*-]+ |```[^`]*```", re.M)
_NAME = late(r"(?<=[a-z0-9,;:'-]) (?!I\b)[A-Z][\w'-]*")
_ASIDE = late(r"(?:\S+[ ,]*){0,5}[^.!?\s]?,?")
_SMALL_STOP = late(r"[;:](?=\s)")
_USUAL_WORDS, _SHORT_LINE = 8, 60
_PLACEHOLDER = late(f"{FILLERS['placeholder']}+")
_FAR_HANDLE = late(r"(@\w+)@[\w-]+(?:\.[\w-]+)+")
_LEADING_HANDLES = late(r"\s*(?:@\w+\s+)+")
_LIGHT = ((0x0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
_JOINER, _LINK_LENGTH = 0x200D, 23


def length(text: str, channel: str | None) -> int:
    """Characters as the channel counts them. X: a link 23, an emoji 2, leading @handles nothing. Mastodon: a link 23, of a
    handle the name alone. There and on Bluesky a whole emoji is 1. Elsewhere: characters.
    """
    text = html.unescape(text)
    if channel in ("x", "twitter"):
        text = text[found.end() :] if (found := _LEADING_HANDLES.match(text)) else text
        return _with_short_links(text, _weight)
    if channel == "mastodon":
        return _with_short_links(_FAR_HANDLE.sub(r"\1", text), _signs)
    return _signs(text) if channel == "bluesky" else len(unicodedata.normalize("NFC", text))


def _with_short_links(text: str, count: Callable[[str], int]) -> int:
    links = [match.span() for match in _URL.finditer(mask(text, "customer"))]
    total = _LINK_LENGTH * len(links)
    at = 0
    for start, end in (*links, (len(text), len(text))):
        total += count(text[at:start])
        at = end
    return total


def _signs(text: str) -> int:
    return _weight(text, heavy=1)


def _weight(text: str, heavy: int = 2) -> int:
    """1 for a Latin, Greek, Cyrillic ... character, `heavy` for any other and for a whole emoji sequence."""
    if text.isascii():
        return len(text)
    total, joined, flag = 0, False, False
    for code in map(ord, unicodedata.normalize("NFC", text)):
        if code == _JOINER or 0xFE00 <= code <= 0xFE0F or 0x1F3FB <= code <= 0x1F3FF:
            joined = code == _JOINER
            continue
        is_flag = 0x1F1E6 <= code <= 0x1F1FF
        if not joined and not (is_flag and flag):
            total += 1 if any(first <= code <= last for first, last in _LIGHT) else heavy
        joined, flag = False, is_flag and not flag
    return total


def _length(scene: Scene) -> float:
    """What a macro's placeholders will hold is not known: they count nothing."""
    text = scene.draft.text
    if scene.draft.kind == "macro":
        for start, end in reversed([match.span() for match in _PLACEHOLDER.finditer(mask(text, "draft"))]):
            text = text[:start] + text[end:]
    return length(text, scene.channel)


def _questions(scene: Scene) -> float:
    reading = scene.reading("draft")
    return things_asked(reading.words.decode("ascii")) if reading else 0


def _plain(scene: Scene) -> str:
    """The draft without links, handles, addresses and symbols, which nobody reads as words."""
    reading = scene.reading("draft")
    return _MASKED.sub(" ", reading.as_written) if reading else ""


def _grade(scene: Scene) -> float:
    """In whole grades: 10.7 is what grade ten reads. Two bounds, each dearer, keep most replies from the libraries."""
    plain, limit = _plain(scene), scene.brand.reading_grade
    most = language.highest_grade(plain, _fewest_sentences(plain))
    if most > limit:
        prose = _prose(plain)
        most = language.highest_grade(prose, _fewest_sentences(prose), _USUAL_WORDS)
        if most > limit:
            most = language.grade(prose, _USUAL_WORDS)
    return math.floor(most)


def _fewest_sentences(text: str) -> int:
    return len(_SENTENCE_END.findall(text)) - len(_ABBREVIATION.findall(text))


def _prose(plain: str) -> str:
    """The sentences alone, without greeting and sign-off; a short line is a sentence, a name as easy as a short word."""
    plain = _NO_PROSE.sub(" ", _NAME.sub(" Name", _TAG.sub("\n", plain)))
    lines = [line.strip(" \t\r\\") for line in plain.split("\n")]
    kept = [line if _is_wrapped(line) else f"{line}." for line in lines if not _ASIDE.fullmatch(line)]
    return _SMALL_STOP.sub(". ", " ".join(kept)) or plain


def _is_wrapped(line: str) -> bool:
    """Whether the sentence is at its end already, or goes on in the next line."""
    return len(line) > _SHORT_LINE or line.endswith((".", "!", "?"))


MEASURES: dict[str, Callable[[Scene], float]] = {
    "length": _length,
    "grade": _grade,
    "questions": _questions,
    "words": lambda scene: language.word_count(_plain(scene)),
    "stiffness": stiffness,
    "particulars": count,
    "sentences": lambda scene: len(language.sentences(scene.draft.text)),
}

# The signals that a measure looks at
MEASURE_LOOKS_AT: Mapping[str, tuple[str, ...]] = {
    "stiffness": (WORDS_OF_FORM_LETTERS,),
    "particulars": OF_THIS_CASE,
}


def measure(name: str, scene: Scene) -> Value:
    return Value(True, score=float(MEASURES[name](scene)))
