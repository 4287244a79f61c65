"""How draft and thread join: whether the reply takes up what was said, repeats itself, asks for what is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from replylint.detectors.folding import fold
from replylint.detectors.sameness import masked, repeated
from replylint.model import FALSE, TRUE, Scene, Sender, Side, Value

_NO_THREAD = Value(None, needs="the thread")
_WORD = re.compile(r"[a-z][a-z']{2,}")
_FEWEST_WORDS = 6  # shorter replies are pleasantries: repeating them is no repeat

# What ends being upset, how much of it is left a turn later, and from what score it counts
_OVER = ("customer.praise", "customer.thanks", "customer.solved")
_FADES = 0.75
_UPSET = 0.6

# An answer of few words gives what was asked for, unless it only says yes or no, agrees, or asks back
_SHORT_ANSWER = 5
_GIVES_NOTHING = frozenset(
    (
        "yes no yeah yep yup nope not yea ya sure none nothing all never still perfect great fine okay good lovely works "
        "either neither whichever which what where how why when who"
    ).split()
)

# Words that stand in any complaint and any reply: sharing them is no sign of having read it
COMMON = frozenset(
    (
        "about after again all also and any anyone anything are ask asked been before being but can come could "
        "customer day days did does doing done down even ever every for from get getting give given goes going "
        "good got had has have having hear hello help here hey him his how into issue issues its just keep know "
        "let like look looking made make many may maybe more most much must need needs never new not nothing now "
        "off one only other our out over own people please problem problems put quite really reply right said same "
        "say see send sent service she should sir some someone something sorry still such support sure take team "
        "tell than thank thanks that the their them then there these they thing things think this those though "
        "time times today told too try trying two use used using very via want wanted was way well went were what "
        "when where which while who why will with without work working would yes yet you your"
    ).split()
)


def content_words(text: str, side: Side) -> set[str]:
    """Stems of the words that say what a text is about."""
    words = fold(text, side).words.decode("ascii")
    return {_stem(word) for word in _WORD.findall(words) if word.split("'")[0] not in COMMON}


def _stem(word: str) -> str:
    word = word.split("'")[0]
    for ending in ("ing", "ies", "ied", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _echo(scene: Scene) -> Value:
    """True where the reply shares a telling word with what the customer said."""
    if scene.turn is None:
        return _NO_THREAD
    earlier = scene.before(Sender.customer) or ()
    said = set().union(
        *(content_words(other.turn or "", "customer") for other in earlier), content_words(scene.turn, "customer")
    )
    return TRUE if said & content_words(scene.draft.text, "draft") else FALSE


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


def _gave_asked(scene: Scene) -> Value:
    """True where the brand's last message asked about the case, and this turn hands over an answer and asks nothing."""
    thread, earlier = scene.draft.thread, scene.before(Sender.brand)
    if thread is None or earlier is None or scene.turn is None:
        return _NO_THREAD
    said = [message.sender for message in thread if message.sender in (Sender.customer, Sender.brand)]
    if not earlier or said[-1] != Sender.customer or not earlier[-1].value("draft.case-question").truth:
        return FALSE
    if any(scene.value(name).truth for name in ("customer.question", "customer.request")):
        return FALSE
    answer = fold(scene.turn, "customer").words.decode("ascii").split()
    is_short = len(answer) <= _SHORT_ANSWER and not _GIVES_NOTHING.intersection(word.strip(".,!") for word in answer)
    return TRUE if is_short or scene.value("customer.hands-over").truth else FALSE


RELATIONS: dict[str, Callable[[Scene], Value]] = {
    "echo": _echo,
    "repeats": _repeats,
    "sent-to-many": _sent_to_many,
    "near-duplicate": _near_duplicate,
    "still-upset": _still_upset,
    "gave-asked": _gave_asked,
}

# The signals of the same turn that a relation looks at
LOOKS_AT: Mapping[str, tuple[str, ...]] = {
    "still-upset": _OVER,
    "gave-asked": ("draft.case-question", "customer.question", "customer.request", "customer.hands-over"),
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
