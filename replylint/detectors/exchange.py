"""How a reply stands in its exchange: what the brand said before, here or to others, whom the customer speaks to, what they gave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from replylint.addressing import addressed, customers, speaks_to_us
from replylint.detectors.folding import fold
from replylint.detectors.particulars import stem
from replylint.detectors.sameness import Said
from replylint.late import late
from replylint.model import FALSE, TRUE, Message, Scene, Sender, Value

_NO_THREAD = Value(None, needs="the thread")

# What ends being upset, how much of it is left a turn later, from what score it counts, and how upset the turn itself
# must at least sound: an answer to our question is mostly just that
_OVER = ("customer.praise", "customer.thanks", "customer.solved", "customer.gave-asked")
_FADES = 0.75
_UPSET = 0.6
_LEANS = 0.4

# In a review or in private people tell all that happened, or answer in half a line: what score it takes there
_SURE = 0.7

# An answer of few words gives what was asked for, unless it only says yes or no, agrees, or asks back
_SHORT_ANSWER = 5
_GIVES_NOTHING = frozenset(
    (
        "yes no yeah yep yup nope not yea ya sure none nothing all never still perfect great fine okay good lovely works "
        "either neither whichever which what where how why when who"
    ).split()
)

# How a question is put, and not what it asks for
_FRAME = frozenset(
    (
        "a an the and or of on in at to for from with by via it is are was were be been do does did have has had can could would will "
        "may might shall should you u your ur yours we us our i me my this that these those there here what which who whom whose where "
        "when why how whether if so any some both also please pls kindly just let know tell give send share provide confirm supply "
        "advise dm pm message private direct inbox reply number numbers no details detail info information more further full exact like "
        "need want help assist check look see find out into again hi hello hey thanks thank sorry then able not having get got use take "
        "using happen happened happening issue problem one thing now today enable able better preferably through team concerned"
    ).split()
)
_ASKS = ("draft.question", "draft.asks-personal-data")
_WORD = late(r"[a-z][a-z']+")
_SAME = 0.6
_MOST_QUOTED = 60  # characters of the answer

# A shorter post that lacks its full stop is only careless
_FILLS_A_POST = 100
_LINK = b"\x02"
_FIRST_OF_SOME = late(r"\([1-9]\)$|\.\.\.$|…$")

# Where people post to everybody, and a brand collects what only mentions it
_OPEN_NETWORKS = frozenset(["x", "twitter", "bluesky", "mastodon", "threads"])


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
    """The customer was upset earlier in the thread and still sounds a little like it; less sure than the turn itself."""
    earlier, turn = scene.before(Sender.customer), scene.reading("customer")
    if earlier is None or turn is None:
        return _NO_THREAD
    if any(scene.value(over).truth for over in _OVER) or (turn.mood("upset").score or 0.0) < _LEANS:
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


def _last_word(scene: Scene) -> Scene | None:
    """The brand's own last message, where nobody has spoken since."""
    said = [m.sender for m in scene.draft.thread or () if m.sender in (Sender.customer, Sender.brand)]
    earlier = scene.before(Sender.brand)
    return earlier[-1] if earlier and said[-1] == Sender.brand else None


def _speaks_on(scene: Scene) -> Value:
    """True where the brand spoke last: the reply adds to its own message."""
    return _NO_THREAD if scene.draft.thread is None else Value(_last_word(scene) is not None)


def _continues(scene: Scene) -> Value:
    """True where the brand spoke last and was not done: parts of one message, or broken off in the middle of a sentence."""
    if scene.draft.thread is None:
        return _NO_THREAD
    last = _last_word(scene)
    if last is None or not last.draft.text.strip():
        return FALSE
    text = last.draft.text.strip()
    if scene.value("draft.part").truth or last.value("draft.part").truth or _FIRST_OF_SOME.search(text):
        return TRUE
    breaks_off = (text[-1].isalnum() or text[-1] in ",;&") and len(text) >= _FILLS_A_POST
    return Value(
        breaks_off and not last.value("draft.signature").truth and not fold(text, "draft").words.endswith(_LINK)
    )


def _time_given(scene: Scene) -> Value:
    """True where the brand gave a time before; a reply without a thread stands alone."""
    earlier = scene.before(Sender.brand) or ()
    return Value(any(other.value("draft.timeframe").truth for other in earlier))


def asks_known(scene: Scene, asks: str, gave: str) -> Value:
    """Where the draft asks for something that an earlier message of the same customer already holds."""
    asked = scene.value(asks)
    if asked.truth is False:
        return FALSE
    earlier = scene.before(Sender.customer)
    if earlier is None:
        return _NO_THREAD
    authors = [message.author for message in scene.draft.thread or () if message.sender == Sender.customer]
    own = [other for other, author in zip(earlier, authors, strict=True) if author == authors[-1]]
    words = tuple(word for other in own for word in other.value(gave).words)
    return asked._replace(words=words) if words else FALSE


def _asked_for(scene: Scene) -> frozenset[str]:
    """The stems of the things that a message of the brand asks for."""
    text = scene.draft.text
    asked = [text[span.start : span.end].lower() for name in _ASKS for span in scene.value(name).spans]
    return frozenset(stem(word) for part in asked for word in _WORD.findall(part) if word not in _FRAME)


def _asks_the_same(scene: Scene) -> Value:
    """Where the draft asks for what the brand's last message asked for, and the customer answered or sent it."""
    earlier = scene.before(Sender.brand)
    if earlier is None or scene.turn is None:
        return _NO_THREAD
    if not earlier or _last_word(scene) is not None or not scene.value("customer.has-answered").truth:
        return FALSE
    asked = next((value for value in map(scene.value, _ASKS) if value.truth), FALSE)
    if not asked.truth:
        return FALSE
    is_sent = scene.value("customer.says-sent").truth is True
    if not _same_things(_asked_for(scene), _asked_for(earlier[-1]), is_sent=is_sent):
        return FALSE
    return asked._replace(score=None, words=(scene.turn.strip()[:_MOST_QUOTED],))


def _same_things(now: frozenset[str], then: frozenset[str], *, is_sent: bool) -> bool:
    """Whether most of what is asked now was asked then, and the other way round; of who has sent it, one way is enough."""
    same = len(now & then)
    most = min if is_sent else max
    return bool(same) and same >= _SAME * most(len(now), len(then))


def _hardly_sounds(scene: Scene, label: str) -> Value:
    """True of a review, or of what was written in private, that hardly sounds so: it takes more there than in a post to all."""
    told = scene.reading("customer")
    if told is None or not (scene.value("channel.review").truth or scene.value("channel.public").truth is False):
        return FALSE
    return Value((told.mood(label).score or 0.0) < _SURE)


EXCHANGE: Mapping[str, Callable[[Scene], Value]] = {
    "repeats": _repeats,
    "sent-to-many": _sent_to_many,
    "near-duplicate": _near_duplicate,
    "addressed-us": _addressed_us,
    "still-upset": _still_upset,
    "hardly-upset": partial(_hardly_sounds, label="upset"),
    "hardly-complains": partial(_hardly_sounds, label="complaint"),
    "gave-asked": _gave_asked,
    "speaks-on": _speaks_on,
    "continues": _continues,
    "time-given": _time_given,
    "asks-the-same": _asks_the_same,
}
EXCHANGE_LOOKS_AT: Mapping[str, tuple[str, ...]] = {
    "still-upset": _OVER,
    "gave-asked": ("draft.case-question", "customer.question", "customer.request", "customer.hands-over"),
    "continues": ("draft.part",),
    "asks-the-same": (*_ASKS, "customer.has-answered", "customer.says-sent"),
}
