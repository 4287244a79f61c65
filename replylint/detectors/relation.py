"""How draft and thread join: whether the reply takes up what was said, repeats itself, asks for what is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from replylint.addressing import addressed, customers, speaks_to_us
from replylint.detectors.folding import fold
from replylint.detectors.sameness import Said
from replylint.model import FALSE, TRUE, Message, Scene, Sender, Side, Span, Value

_NO_THREAD = Value(None, needs="the thread")
_WORD = re.compile(r"[a-z][a-z']{2,}")

# What ends being upset, how much of it is left a turn later, and from what score it counts
_OVER = ("customer.praise", "customer.thanks", "customer.solved")
_FADES = 0.75
_UPSET = 0.6

# What says nothing to somebody who waits, and how many words beside it say something
_ASIDE_OF_WAIT = (
    "draft.greeting",
    "draft.signature",
    "draft.thanks",
    "draft.apology",
    "draft.empathy",
    "draft.callback",
    "draft.vague-time",
    "draft.help-offer",
    "draft.cheers-on",
    "draft.nameless",
)
_ENOUGH_BESIDE_WAIT = 5
# What is said to anybody, and how many words beside it make a try to help
_COURTESIES = (
    "draft.greeting",
    "draft.signature",
    "draft.thanks",
    "draft.empathy",
    "draft.help-offer",
    "draft.stock-phrase",
    "draft.hollow-apology",
    "draft.wish",
    "draft.nameless",
)
_ENOUGH_BESIDE_COURTESY = 8
_SPOKEN_WORD = re.compile(r"\w[\w'’]*")
_CLAUSE = re.compile(r"[^.!?;:,\n]+")

# Where people post to everybody, and a brand collects what only mentions it
_OPEN_NETWORKS = frozenset(["x", "twitter", "bluesky", "mastodon", "threads"])

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
    if scene.library is not None:  # each reply was judged in its own thread already
        return FALSE
    earlier = scene.before(Sender.brand)
    if earlier is None:
        return _NO_THREAD
    names = [name for called in customers(scene.draft.thread or ()).values() for name in called]
    said = Said.of(scene.draft.text, names)
    if said.is_pleasantry:
        return FALSE
    return next((TRUE for other in earlier if said.repeats(Said.of(other.draft.text, names))), FALSE)


def _sent_to_many(scene: Scene) -> Value:
    """To how many conversations of this run the same reply went; told where all of them are known."""
    if scene.library is None:
        return FALSE
    count = scene.library.sent(scene.draft)
    return Value(count > 1, score=float(count))


def _near_duplicate(scene: Scene) -> Value:
    """True where an earlier macro of the library says the same; its words are the names of those."""
    if scene.library is None:
        return Value(None, needs="the whole library")
    names = scene.library.near(scene.draft)
    return Value(bool(names), words=names)


def _says_more_than_wait(scene: Scene) -> Value:
    """Whether enough words are left when one takes away the asking for patience, courtesies and vague promises."""
    return TRUE if _words_left(scene, _ASIDE_OF_WAIT, scene.value("draft.wait").spans) >= _ENOUGH_BESIDE_WAIT else FALSE


def _says_more_than_courtesy(scene: Scene) -> Value:
    """Whether enough words are left for something on the matter when one takes away courtesies and stock lines."""
    return TRUE if _words_left(scene, _COURTESIES) >= _ENOUGH_BESIDE_COURTESY else FALSE


def _words_left(scene: Scene, aside: tuple[str, ...], cut: tuple[Span, ...] = ()) -> int:
    """How many words stand in clauses without any of these signals, and outside the places that are cut."""
    spent = [span for name in aside for span in scene.value(name).spans]
    left = 0
    for clause in _CLAUSE.finditer(scene.draft.text):
        here = Span(*clause.span())
        if not any(span.overlaps(here) for span in spent):
            inside = [span for span in cut if span.overlaps(here)]
            rest = "".join(
                char for at, char in enumerate(clause[0], here.start) if not any(a <= at < b for a, b in inside)
            )
            left += len(_SPOKEN_WORD.findall(rest))
    return left


def _addressed_us(scene: Scene) -> Value:
    """The customer's turn is for the brand and not for a friend, another customer or another company."""
    if scene.draft.thread is None or scene.turn is None:
        return _NO_THREAD
    said = [message for message in scene.draft.thread if message.sender in (Sender.customer, Sender.brand)]
    while said and said[-1].sender == Sender.brand:
        said.pop()
    turn: list[str] = []
    author = said[-1].author if said else ""
    while said and said[-1].sender == Sender.customer and said[-1].author == author:
        turn.append(said.pop().text)
    ours, known = _our_names(scene, said), customers(scene.draft.thread)
    others = {name for other, called in known.items() if other != author for name in called} - ours
    answers = [message for message in said if message.sender == Sender.brand]
    must_name_us = bool(ours) and scene.draft.channel in _OPEN_NETWORKS and not answers
    joins_in = not any(author in addressed(message.text, known) for message in answers)
    return Value(any(speaks_to_us(text, ours, others, must_name_us, joins_in) for text in turn))


def _our_names(scene: Scene, said: list[Message]) -> set[str]:
    """What the brand is called where people write to it."""
    names = [*scene.brand.handles, scene.brand.name, scene.draft.brand]
    names += [message.author for message in said if message.sender == Sender.brand]
    return {name.lower().removeprefix("@").replace(" ", "") for name in names} - {""}


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
    "echo": _echo,
    "repeats": _repeats,
    "sent-to-many": _sent_to_many,
    "near-duplicate": _near_duplicate,
    "still-upset": _still_upset,
    "addressed-us": _addressed_us,
    "says-more-than-wait": _says_more_than_wait,
    "says-more-than-courtesy": _says_more_than_courtesy,
}

# The signals of the same turn that a relation looks at
LOOKS_AT: Mapping[str, tuple[str, ...]] = {
    "still-upset": _OVER,
    "says-more-than-wait": ("draft.wait", *_ASIDE_OF_WAIT),
    "says-more-than-courtesy": _COURTESIES,
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
