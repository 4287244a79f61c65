"""What is left of a reply without its courtesies, its steps or its asking for patience, and where its warm words stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from replylint.detectors.folding import fold
from replylint.detectors.particulars import stems
from replylint.detectors.reader import joined
from replylint.language import sentences
from replylint.model import FALSE, TRUE, Scene, Span, Value

_NO_THREAD = Value(None, needs="the thread")
_SPOKEN_WORD = re.compile(r"\w[\w'’]*")
_CLAUSE = re.compile(r"[^.!?;:,\n]+")
_THING = re.compile(r"\b(?:my|the|an?|your|this|that|our|some|ordered|bought) ((?:[a-z-]{2,} )?[a-z-]{3,})\b")


def _signals(names: str) -> tuple[str, ...]:
    return tuple(f"draft.{name}" for name in names.split())


# What says nothing to somebody who waits, and how many words beside it say something
_ASIDE_OF_WAIT = _signals("greeting signature thanks apology empathy callback vague-time help-offer cheers-on nameless")
_ENOUGH_BESIDE_WAIT = 5
# What is said to anybody, and how many words beside it make a try to help
_COURTESIES = _signals("greeting signature thanks empathy help-offer stock-phrase hollow-apology wish nameless")
_ENOUGH_BESIDE_COURTESY = 8
# What a stock acknowledgement is made of, and how many words of a sentence may stand beside it without saying anything
_OF_A_RECEIPT = _signals("acknowledgement thanks thanks-line greeting signature sign-off-phrase stock-phrase")
_MOST_BESIDE_A_RECEIPT = 6
_THANKFUL = ("customer.praise", "customer.thanks", "customer.solved", "customer.share", "customer.feedback")
_FEWEST_SENTENCES = 4  # a shorter reply has no middle


def _blanked(text: str, spans: tuple[Span, ...]) -> str:
    """The text with blanks in place of these stretches."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _says_more_than_wait(scene: Scene) -> Value:
    """Whether enough words are left when one takes away the asking for patience, courtesies and vague promises."""
    return TRUE if _words_left(scene, _ASIDE_OF_WAIT, scene.value("draft.wait").spans) >= _ENOUGH_BESIDE_WAIT else FALSE


def _says_more_than_courtesy(scene: Scene) -> Value:
    """Whether enough words are left for something on the matter when one takes away courtesies and stock lines."""
    return TRUE if _words_left(scene, _COURTESIES) >= _ENOUGH_BESIDE_COURTESY else FALSE


def _words_left(scene: Scene, aside: tuple[str, ...], cut: tuple[Span, ...] = ()) -> int:
    """How many words stand in clauses without any of these signals, and outside the places that are cut."""
    spent = joined(span for name in aside for span in scene.value(name).spans)
    left = 0
    for clause in _CLAUSE.finditer(scene.draft.text):
        here = Span(*clause.span())
        if not here.among(spent):
            inside = here.among(cut)
            rest = "".join(
                char for at, char in enumerate(clause[0], here.start) if not any(a <= at < b for a, b in inside)
            )
            left += len(_SPOKEN_WORD.findall(rest))
    return left


def _nothing_else(scene: Scene) -> Value:
    """True where no sentence holds more than an acknowledgement, thanks, a greeting, a name or a signature."""
    text = _blanked(scene.draft.text, tuple(span for name in _OF_A_RECEIPT for span in scene.value(name).spans))
    left = (_SPOKEN_WORD.findall(text[start:end]) for start, end in sentences(scene.draft.text))
    return FALSE if any(len(words) > _MOST_BESIDE_A_RECEIPT for words in left) else TRUE


def _answers_thanks(scene: Scene) -> Value:
    """True where the customer praised, thanked, shared or reported something unasked; false also where no customer is known."""
    if scene.turn is None:
        return FALSE
    return next((TRUE for name in _THANKFUL if scene.value(name).truth), FALSE)


def _restates(scene: Scene) -> Value:
    """True where the reply shares a telling word with what the customer said, outside of its instructions."""
    if scene.turn is None:
        return _NO_THREAD
    text = _blanked(scene.draft.text, scene.value("draft.instruction").spans)
    return TRUE if stems(scene.turn, "customer") & stems(text, "draft") else FALSE


def _names_thing(scene: Scene) -> Value:
    """True where the reply names one of the things that the customer named, or the customer named none."""
    if scene.turn is None:
        return _NO_THREAD
    things = _THING.findall(fold(scene.turn, "customer").words.decode("ascii"))
    named = stems(" . ".join(things), "customer")
    return TRUE if not named or named & stems(scene.draft.text, "draft") else FALSE


def _warm_inside(scene: Scene) -> Value:
    """The warm words, where they stand only in the middle of a reply: a fifth of it before them and a fifth after."""
    warm = scene.value("draft.warm").spans
    text = scene.draft.text
    if not warm or len(sentences(text)) < _FEWEST_SENTENCES:
        return FALSE
    start, end = sentences(text)[0].end, sentences(text)[-1].start
    inside = all(start <= span.start and span.end <= end for span in warm)
    return Value(True, warm, words=tuple(text[a:b] for a, b in warm)) if inside else FALSE


REMAINS: Mapping[str, Callable[[Scene], Value]] = {
    "says-more-than-wait": _says_more_than_wait,
    "says-more-than-courtesy": _says_more_than_courtesy,
    "nothing-else": _nothing_else,
    "answers-thanks": _answers_thanks,
    "restates": _restates,
    "names-thing": _names_thing,
    "warm-inside": _warm_inside,
}
REMAINS_LOOKS_AT: Mapping[str, tuple[str, ...]] = {
    "says-more-than-wait": ("draft.wait", *_ASIDE_OF_WAIT),
    "says-more-than-courtesy": _COURTESIES,
    "nothing-else": _OF_A_RECEIPT,
    "answers-thanks": _THANKFUL,
    "restates": ("draft.instruction",),
    "warm-inside": ("draft.warm",),
}
