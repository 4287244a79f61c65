"""How stiff a reply is: form-letter words, passives, long words and long sentences, less what people say across a counter."""

from __future__ import annotations

import re

from replylint.late import late
from replylint.model import Scene

WORDS_OF_FORM_LETTERS = "draft.stiff-words"

_WORD = late(r"[A-Za-z][A-Za-z'-]*")
_LONG_WORD = late(r"\b[a-z]{10,}\b")
_PASSIVE = late(r"\b(?:is|are|was|were|be|been|being) (?:[a-z]+ly )?[a-z]{2,}(?:ed|wn|ought|ent)\b")
_SPOKEN = late(
    r"\w'(?:t|s|re|ve|ll|d|m)\b|\b(?:I|me|my|hi|hey|yes|no|oh|sorry|thanks|lovely|great|please)\b|[!?\x1a]", re.I
)
_END = late(r"[.!?;:]+(?=\s|$)|\n+")
_FEWEST_WORDS = 12  # shorter replies have no register
_USUAL_SENTENCE = 15


def stiffness(scene: Scene) -> float:
    """From 0 to 100. A reply without a word of form letters is not stiff, however long its sentences."""
    formal = scene.value(WORDS_OF_FORM_LETTERS)
    reading = scene.reading("draft")
    if not formal.truth or reading is None:
        return 0.0
    text = reading.as_written
    words = len(_WORD.findall(text))
    if words < _FEWEST_WORDS:
        return 0.0
    per_hundred = 100 / words
    stretches = sum(1 for part in _END.split(text) if len(part.split()) > 2) or 1
    signs = 2 * len(formal.spans) + len(_PASSIVE.findall(text)) + 0.5 * len(_LONG_WORD.findall(text))
    spoken = 2 * len(_SPOKEN.findall(text))
    long_sentences = max(0.0, words / stretches - _USUAL_SENTENCE)
    return max(0.0, min(100.0, per_hundred * (signs - spoken) + long_sentences))
