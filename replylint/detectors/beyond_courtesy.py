"""What a reply says beyond courtesy: whether it takes up what was told, answers what was asked, or only points to a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from replylint.detectors.clauses import clauses, follows_on, has_words
from replylint.detectors.leads import only_leads
from replylint.detectors.particulars import stems
from replylint.detectors.questions import OPEN, has_answer, questions
from replylint.detectors.reader import joined
from replylint.detectors.told import brand_name, told_stems
from replylint.model import FALSE, TRUE, Scene, Span, Value

_NO_THREAD = Value(None, needs="the thread")
_CURT = 4  # words
_FEW = 8
_EDGE = " \n\t.,:;!-@"

# Signals: what frames a reply, what tells nothing of the matter, what may hold an answer
_FRAME = ("draft.greeting", "draft.name", "draft.signature")
_COURTESIES = (
    "draft.courtesy",
    "draft.greeting",
    "draft.name",
    "draft.apology",
    "draft.empathy",
    "draft.help-offer",
    "draft.signature",
    "draft.redirect",
)
_SAYS_NOTHING = (
    "draft.courtesy",
    "draft.thanks",
    "draft.apology",
    "draft.empathy",
    "draft.greeting",
    "draft.name",
    "draft.signature",
    "draft.passes-on",
    "draft.stock-phrase",
    "draft.acknowledges-praise",
    "draft.invite",
    "draft.promotion",
    "draft.argues",
    "draft.dismissive",
)
_NO_PUTTING_OFF = ("draft.case-question", "customer.dm-shut")
_ANSWERS = ("draft.link-help", "draft.reason", "draft.steps", "draft.yes-or-no", "draft.done")
_LEADS = (*_FRAME, "draft.link", "draft.courtesy", "draft.thanks", "draft.apology", "draft.help-offer", "draft.empathy")


def _echo(scene: Scene) -> Value:
    """True where the reply shares a telling word with what the customer said, now or before."""
    if scene.turn is None:
        return _NO_THREAD
    return TRUE if told_stems(scene) & stems(scene.draft.text, "draft", brand_name(scene)) else FALSE


def _takes_up(scene: Scene) -> Value:
    """True where the reply shares a telling word with what the customer said, in more than its courtesies."""
    if scene.turn is None:
        return _NO_THREAD
    return TRUE if told_stems(scene) & stems(_without(scene, _COURTESIES), "draft", brand_name(scene)) else FALSE


def _says_more(scene: Scene) -> Value:
    """The clauses that are neither courtesy nor feeling nor the news that it was passed on."""
    text = scene.draft.text
    said = joined(span for name in _SAYS_NOTHING for span in scene.value(name).spans)
    spans, was_empty = [], False
    for clause in clauses(text):
        is_empty = bool(clause.among(said))
        is_empty = is_empty or (was_empty and follows_on(text, clause))
        if not is_empty and has_words(text, clause):
            spans.append(clause)
        was_empty = is_empty
    return Value(bool(spans), tuple(spans))


def _open_questions(scene: Scene) -> Value:
    """The customer's questions to which the reply has no answer, and which it does nothing about; their places and words."""
    if scene.turn is None:
        return _NO_THREAD
    asked = scene.value("customer.question")
    if not asked.truth:
        return FALSE
    is_put_off = scene.value("draft.bare-dm").truth and not any(scene.value(name).truth for name in _NO_PUTTING_OFF)
    if scene.value("draft.responds").truth and not is_put_off:
        return FALSE
    if scene.value("customer.asks-contact").truth and scene.value("draft.off-platform").truth:
        return FALSE
    says = [name for name in _ANSWERS if scene.value(name).truth]
    rest = _without(scene, _COURTESIES)
    found = [q for q in questions(scene.turn) if q.span.among(asked.spans)]
    spans = tuple(q.span for q in found if is_put_off or not has_answer(q, rest, says))
    if is_put_off and not found:  # asked without the words of a question
        spans = tuple(clause for clause in clauses(scene.turn) if clause.among(asked.spans))[:1]
    return Value(bool(spans), spans, None, tuple(scene.turn[span.start : span.end] for span in spans))


def _curt(scene: Scene) -> Value:
    """Where a question that wants more than a word gets no more than a few, without a fact in them."""
    if scene.turn is None:
        return _NO_THREAD
    asked = scene.value("customer.question")
    if not asked.truth:
        return FALSE
    wants_more = any(q.kind in OPEN and q.span.among(asked.spans) for q in questions(scene.turn))
    return _no_more_than(scene, _CURT) if wants_more else FALSE


def _few_words(scene: Scene) -> Value:
    """The reply, where it has no more than a few words and no figure beside its greeting, name and signature."""
    return _no_more_than(scene, _FEW)


def _no_more_than(scene: Scene, most: int) -> Value:
    left = _without(scene, _FRAME)
    words = [word for word in left.split() if word[0] != "@" and any(map(str.isalnum, word))]
    if not 0 < len(words) <= most or any(char.isdigit() for word in words for char in word) or "://" in left:
        return FALSE
    start = left.index(words[0])
    return Value(True, (Span(start, max(start + 1, len(left.rstrip(_EDGE)))),))


def _link_only(scene: Scene) -> Value:
    """The first link of a reply that holds nothing beside them but courtesies and the words that lead to them."""
    links = scene.value("draft.link").spans
    if not links:
        return FALSE
    rest = _without(scene, _LEADS)
    return Value(True, links[:1]) if only_leads(rest) else FALSE


def _without(scene: Scene, signals: Iterable[str]) -> str:
    """The reply with what these signals found blanked."""
    text, at = scene.draft.text, 0
    pieces: list[str] = []
    for start, end in joined(span for name in signals for span in scene.value(name).spans):
        pieces += (text[at:start], " " * (end - start))
        at = end
    return "".join((*pieces, text[at:]))


TAKES_UP: Mapping[str, Callable[[Scene], Value]] = {
    "echo": _echo,
    "takes-up": _takes_up,
    "says-more": _says_more,
    "open-questions": _open_questions,
    "curt": _curt,
    "few-words": _few_words,
    "link-only": _link_only,
}

# The signals that these look at
TAKES_UP_LOOKS_AT: Mapping[str, tuple[str, ...]] = {
    "takes-up": _COURTESIES,
    "says-more": _SAYS_NOTHING,
    "open-questions": (
        "customer.question",
        "customer.asks-contact",
        "draft.off-platform",
        "draft.responds",
        "draft.bare-dm",
        *_NO_PUTTING_OFF,
        *_ANSWERS,
        *_COURTESIES,
    ),
    "curt": ("customer.question", *_FRAME),
    "few-words": _FRAME,
    "link-only": _LEADS,
}
