"""How draft and thread join: whether the reply takes up what was said, repeats itself, asks for what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from replylint.detectors.clauses import clauses, follows_on, has_words
from replylint.detectors.leads import only_leads
from replylint.detectors.particulars import JUDGEMENTS, particulars, stems
from replylint.detectors.questions import OPEN, has_answer, questions
from replylint.detectors.sameness import masked, repeated
from replylint.model import FALSE, TRUE, Scene, Sender, Span, Value

_NO_THREAD = Value(None, needs="the thread")
_FEWEST_WORDS = 6  # shorter replies are pleasantries: repeating them is no repeat

# What ends being upset, how much of it is left a turn later, and from what score it counts
_OVER = ("customer.praise", "customer.thanks", "customer.solved")
_FADES = 0.75
_UPSET = 0.6

# What a reply may hold that answers a question
_ANSWERS = ("draft.link-help", "draft.reason", "draft.steps", "draft.yes-or-no", "draft.done")
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
_FRAME = ("draft.greeting", "draft.name", "draft.signature")
_SURE = 0.75  # a complaint that says what is wrong
_CURT = 4  # words
_ENOUGH = 1  # word of the case says what it is about
_EDGE = " \n\t.,:;!-@"
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


def _brand(scene: Scene) -> str:
    return scene.draft.brand or scene.brand.name


def _told(scene: Scene) -> Value:
    """What the customer's turn holds of their case, with its words."""
    if scene.turn is None:
        return _NO_THREAD
    found = list(particulars(scene.turn, "customer", _brand(scene)))
    words = tuple(scene.turn[span.start : span.end] for _, span in found)
    return Value(bool(found), tuple(span for _, span in found), None, words)


def _tells_nothing(scene: Scene) -> Value:
    """True where the customer's turn holds no word that anybody could act on."""
    if scene.turn is None:
        return _NO_THREAD
    return Value(not any(word not in JUDGEMENTS for word, _ in particulars(scene.turn, "customer", _brand(scene))))


def _told_before(scene: Scene) -> Value:
    """True where an earlier turn of the customer told what it is about."""
    earlier = scene.before(Sender.customer)
    if earlier is None or scene.turn is None:
        return _NO_THREAD
    told = {stem for other in earlier if other.turn not in scene.turn for stem in stems(other.turn or "", "customer")}
    return Value(len(told) >= _ENOUGH)


def _leaving(scene: Scene) -> Value:
    """The customer's words that they leave, now or before, where nobody has asked them why."""
    if scene.turn is None:
        return _NO_THREAD
    if any(said.value("draft.asks-why").truth for said in scene.before(Sender.brand) or ()):
        return FALSE
    now = scene.value("customer.cancelling")
    if now.truth:
        return now
    for said in scene.before(Sender.customer) or ():
        value = said.value("customer.cancelling")
        is_known = said.value("customer.says-why").truth or said.value("customer.complaint").number >= _SURE
        if value.truth and not is_known:
            return Value(True, words=value.words)
    return FALSE


def _echo(scene: Scene) -> Value:
    """True where the reply shares a telling word with what the customer said, now or before."""
    if scene.turn is None:
        return _NO_THREAD
    earlier = scene.before(Sender.customer) or ()
    said = stems(scene.turn, "customer", _brand(scene)).union(
        *(stems(other.turn or "", "customer") for other in earlier)
    )
    return TRUE if said & stems(scene.draft.text, "draft", _brand(scene)) else FALSE


def _open_questions(scene: Scene) -> Value:
    """The customer's questions to which the reply has no answer, and which it does nothing about; their places and words."""
    if scene.turn is None:
        return _NO_THREAD
    asked = scene.value("customer.question")
    if not asked.truth or scene.value("draft.responds").truth:
        return FALSE
    if scene.value("customer.asks-contact").truth and scene.value("draft.off-platform").truth:
        return FALSE
    says = [name for name in _ANSWERS if scene.value(name).truth]
    rest = _without(scene, _COURTESIES)
    found = [q for q in questions(scene.turn) if any(q.span.overlaps(span) for span in asked.spans)]
    spans = tuple(q.span for q in found if not has_answer(q, rest, says))
    return Value(bool(spans), spans, None, tuple(scene.turn[span.start : span.end] for span in spans))


def _without(scene: Scene, signals: Iterable[str]) -> str:
    """The reply with what these signals found blanked."""
    text = scene.draft.text
    for start, end in (span for name in signals for span in scene.value(name).spans):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _says_more(scene: Scene) -> Value:
    """The clauses that are neither courtesy nor feeling nor the news that it was passed on."""
    text = scene.draft.text
    said = sorted(span for name in _SAYS_NOTHING for span in scene.value(name).spans)
    spans, was_empty = [], False
    for clause in clauses(text):
        is_empty = any(clause.overlaps(span) for span in said)
        if not is_empty and not (was_empty and follows_on(text, clause)):
            if has_words(text, clause):
                spans.append(clause)
        was_empty = is_empty or (was_empty and follows_on(text, clause))
    return Value(bool(spans), tuple(spans))


def _curt(scene: Scene) -> Value:
    """Where a question that wants more than a word gets no more than a few, without a fact in them."""
    if scene.turn is None:
        return _NO_THREAD
    asked = scene.value("customer.question")
    if not asked.truth:
        return FALSE
    left = _without(scene, _FRAME)
    words = [word for word in left.split() if word[0] != "@" and any(map(str.isalnum, word))]
    is_short = 0 < len(words) <= _CURT and not any(char.isdigit() for char in left) and "://" not in left
    wants_more = any(q.kind in OPEN and q.span.overlaps(span) for q in questions(scene.turn) for span in asked.spans)
    if not is_short or not wants_more:
        return FALSE
    start = len(left) - len(left.lstrip(_EDGE))
    return Value(True, (Span(start, len(left.rstrip(_EDGE))),))


def _link_only(scene: Scene) -> Value:
    """The first link of a reply that holds nothing beside them but courtesies and the words that lead to them."""
    links = scene.value("draft.link").spans
    if not links:
        return FALSE
    rest = _without(
        scene,
        ("draft.link", *_FRAME, "draft.courtesy", "draft.thanks", "draft.apology", "draft.help-offer", "draft.empathy"),
    )
    return Value(True, links[:1]) if only_leads(rest) else FALSE


def _takes_up(scene: Scene) -> Value:
    """True where the reply shares a telling word with what the customer said, in more than its courtesies."""
    if scene.turn is None:
        return _NO_THREAD
    earlier = scene.before(Sender.customer) or ()
    said = stems(scene.turn, "customer", _brand(scene)).union(
        *(stems(other.turn or "", "customer") for other in earlier)
    )
    return TRUE if said & stems(_without(scene, _COURTESIES), "draft", _brand(scene)) else FALSE


def _tried_before(scene: Scene) -> Value:
    """The customer told, in this turn or an earlier one, that another channel did not help."""
    if scene.turn is None:
        return _NO_THREAD
    for said in (scene, *(scene.before(Sender.customer) or ())):
        value = said.value("customer.tried-channel")
        if value.truth:
            return Value(True, (), None, value.words)
    return FALSE


def _repeats(scene: Scene) -> Value:
    """True where the brand said the same before in this thread, names and numbers masked."""
    earlier = scene.before(Sender.brand)
    if earlier is None:
        return _NO_THREAD
    mine = masked(scene.draft.text)
    if len(mine) < _FEWEST_WORDS:
        return FALSE
    return next((TRUE for other in earlier if repeated(mine, masked(other.draft.text))), FALSE)


def _sent_to_many(scene: Scene) -> Value:
    """To how many conversations of this run the same reply went."""
    if scene.library is None:
        return Value(None, needs="all conversations")
    count = scene.library.sent(scene.draft)
    return Value(count > 1, score=float(count))


def _near_duplicate(scene: Scene) -> Value:
    """True where an earlier macro of the library says the same; its words are the names of those."""
    if scene.library is None:
        return Value(None, needs="the whole library")
    names = scene.library.near(scene.draft)
    return Value(bool(names), words=names)


def _still_upset(scene: Scene) -> Value:
    """The customer was upset earlier in the thread and nothing since says that it is over; less sure than the turn itself."""
    earlier = scene.before(Sender.customer)
    if earlier is None or scene.turn is None:
        return _NO_THREAD
    if any(scene.value(over).truth for over in _OVER):
        return FALSE
    values = [other.value("customer.upset") for other in earlier]
    strongest = max(values, key=lambda value: value.score or 0.0, default=FALSE)
    score = _FADES * (strongest.score or 0.0)
    return Value(score >= _UPSET, (), score, strongest.words)


RELATIONS: dict[str, Callable[[Scene], Value]] = {
    "told": _told,
    "leaving": _leaving,
    "told-before": _told_before,
    "tells-nothing": _tells_nothing,
    "says-more": _says_more,
    "curt": _curt,
    "takes-up": _takes_up,
    "tried-before": _tried_before,
    "link-only": _link_only,
    "open-questions": _open_questions,
    "echo": _echo,
    "repeats": _repeats,
    "sent-to-many": _sent_to_many,
    "near-duplicate": _near_duplicate,
    "still-upset": _still_upset,
}

# The signals of the same turn and reply that a relation looks at
LOOKS_AT: Mapping[str, tuple[str, ...]] = {
    "still-upset": _OVER,
    "says-more": _SAYS_NOTHING,
    "takes-up": _COURTESIES,
    "leaving": ("customer.cancelling", "draft.asks-why", "customer.says-why", "customer.complaint"),
    "tried-before": ("customer.tried-channel",),
    "link-only": (
        "draft.link",
        *_FRAME,
        "draft.courtesy",
        "draft.thanks",
        "draft.apology",
        "draft.help-offer",
        "draft.empathy",
    ),
    "curt": ("customer.question", *_FRAME),
    "open-questions": (
        "customer.question",
        "customer.asks-contact",
        "draft.off-platform",
        "draft.responds",
        *_ANSWERS,
        *_COURTESIES,
    ),
}


def asks_known(scene: Scene, asks: str, gave: str) -> Value:
    """Where the draft asks for something that a customer's message in the thread already holds."""
    asked = scene.value(asks)
    if asked.truth is False:
        return FALSE
    earlier = scene.before(Sender.customer)
    if earlier is None:
        return _NO_THREAD
    words = tuple(word for other in earlier for word in other.value(gave).words)
    return asked._replace(words=words) if words else FALSE
