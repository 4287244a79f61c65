"""The domain as frozen types: what a draft, a signal, a rule and a finding are. Imports nothing of ours."""

from __future__ import annotations

import enum
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any as Anything
from typing import Literal, NamedTuple, Protocol, TypeAlias

from msgspec import Struct

Truth: TypeAlias = bool | None  # None: unknown
Kind: TypeAlias = Literal["draft", "macro"]
Scope: TypeAlias = Literal["draft", "conversation", "library"]


class Level(enum.IntEnum):
    """How hard a rule objects. The numbers order them; users see the names in lower case."""

    suggestion = 1
    warning = 2
    error = 3


class Span(NamedTuple):
    """A stretch of a text: 0-based character offsets, `end` exclusive."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def among(self, others: Sequence[Span]) -> Sequence[Span]:
        """Those of the others that share a character with this one; they stand in text order and apart from each other."""
        first = bisect_right(others, self.start, key=lambda other: other.end)
        return others[first : bisect_left(others, self.end, first, key=lambda other: other.start)]


class Sender(str, enum.Enum):
    customer = "customer"
    brand = "brand"
    bot = "bot"
    note = "note"


class Message(Struct, frozen=True):
    """One post of a thread. `author` keeps several customers apart; `public` None: as the thread is."""

    sender: Sender
    text: str
    at: datetime | None = None
    public: bool | None = None
    name: str = ""
    author: str = ""


Thread: TypeAlias = tuple[Message, ...]


class Draft(Struct, frozen=True):
    """One reply before it is sent. `thread` None: not known; empty: this is the first word."""

    text: str
    id: str = ""
    kind: Kind = "draft"
    thread: Thread | None = None
    channel: str | None = None
    public: bool | None = None
    at: datetime | None = None
    brand: str = ""
    status: str = ""
    given: tuple[tuple[str, bool], ...] = ()  # what a macro says of the case that it is for, by names of conditions
    help_desk: str = ""  # whose export its file is, as far as its shape tells
    links: tuple[tuple[str, str], ...] = ()  # the texts that a macro's placeholders stand for, as far as they are known


class Value(NamedTuple):
    """What is known of one name of a condition, in one draft: its truth, where, how much, and the words it rests on."""

    truth: Truth
    spans: tuple[Span, ...] = ()
    score: float | None = None
    words: tuple[str, ...] = ()
    needs: str = ""

    @property
    def number(self) -> float:
        """The score or measure; for a plain signal how often it was found."""
        return len(self.spans) if self.score is None else self.score


FALSE = Value(False)
TRUE = Value(True)


# --- conditions -------------------------------------------------------------------------------------------------


class Named(Struct, frozen=True, tag=True):
    name: str


class Not(Struct, frozen=True, tag=True):
    part: Condition


class All(Struct, frozen=True, tag=True):
    parts: tuple[Condition, ...]


class Any(Struct, frozen=True, tag=True):
    parts: tuple[Condition, ...]


class AtLeast(Struct, frozen=True, tag=True):
    name: str
    number: float


class MoreThan(Struct, frozen=True, tag=True):
    """`limit`: a number, or the name of an option of the rule, of a brand's setting, or `channel.length`."""

    name: str
    limit: float | str


class Then(Struct, frozen=True, tag=True):
    """`then` stands somewhere after `first` in the text."""

    first: str
    then: str


Condition: TypeAlias = Named | Not | All | Any | AtLeast | MoreThan | Then


def names(condition: Condition) -> tuple[str, ...]:
    """Every signal and fact that a condition asks for, in its order."""
    match condition:
        case Named(name) | AtLeast(name, _) | MoreThan(name, _):
            return (name,)
        case Not(part):
            return names(part)
        case Then(first, then):
            return (first, then)
        case All(parts) | Any(parts):
            return tuple(dict.fromkeys(name for part in parts for name in names(part)))


# --- signals, rules, the rulebook -------------------------------------------------------------------------------


class Scene(Protocol):
    """One draft with its context while it is judged: what detectors and conditions may ask."""

    @property
    def draft(self) -> Draft: ...
    @property
    def brand(self) -> Brand: ...
    @property
    def channel(self) -> str | None:
        """The draft's own, else the brand's; None where neither names one."""

    @property
    def now(self) -> datetime | None: ...
    @property
    def turn(self) -> str | None:
        """The customer's last turn; None where no customer is known."""

    @property
    def after(self) -> Thread | None:
        """What follows that turn in a whole conversation; None for a draft, which nothing follows yet."""

    @property
    def library(self) -> Library | None:
        """All macros or all conversations of the run, for rules of scope library."""

    def value(self, name: str) -> Value: ...
    def reading(self, side: Side) -> TextReading | None: ...
    def before(self, sender: Sender) -> tuple[Scene, ...] | None:
        """A scene for each earlier message of that sender, oldest first; None where the thread is not known."""


class Library(Protocol):
    """All macros, or all replies of all conversations, of one run."""

    def near(self, draft: Draft) -> tuple[str, ...]:
        """The names of earlier macros that say the same as this one."""

    def sent(self, draft: Draft) -> int:
        """To how many conversations this reply went, names and numbers masked; 0 where an earlier one stands for all."""


Side: TypeAlias = Literal["draft", "customer"]


class TextReading(Protocol):
    """What one pass over one text found; spans are places in `text`, the text as written."""

    text: str

    @property
    def as_written(self) -> str:
        """The text with its case; links, handles, placeholders, quotations and symbols masked, one character for each."""

    @property
    def words(self) -> bytes:
        """The folded text, for which patterns are written."""

    @property
    def values(self) -> dict[str, Value]:
        """The signals of this text alone that were worked out already."""

    def any_hit(self, detectors: frozenset[int]) -> bool:
        """Whether one of these hit, or nearly did."""

    def hits(self, detectors: frozenset[int]) -> Sequence[int]:
        """Those of these that hit, or nearly did; no other did."""

    def spans(self, detector: int) -> tuple[Span, ...]: ...
    def mood(self, label: str) -> Value: ...
    def tokens(self, detector: int) -> tuple[Span, ...]: ...


Finder: TypeAlias = Callable[["Scene"], Value]  # a compiled part of a signal


class Example(Struct, frozen=True):
    """An example of a rule or signal: one draft or conversation, and the places that are marked in it."""

    drafts: tuple[Draft, ...]
    marks: tuple[Span, ...]
    brand: Brand
    scope: Scope
    text: str


class Signal(Struct, frozen=True):
    name: str
    about: str
    path: str
    find: Finder
    gate: frozenset[int] | None = None  # the detectors of which one must have hit; None: no telling
    of_one_text: bool = False  # it depends on nothing but its text
    hits: tuple[Example, ...] = ()
    misses: tuple[Example, ...] = ()
    todo: tuple[Example, ...] = ()


class Source(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who advises it. `disagrees`: this one advises otherwise."""

    author: str
    article: str
    date: str = ""
    point: str | int = ""
    disagrees: bool = False


class Study(Struct, frozen=True, forbid_unknown_fields=True):
    """What research measured about the advice of a rule. `disagrees`: where it says otherwise, in words."""

    authors: str
    year: str | int
    measured: str
    source: str
    disagrees: str = ""


class Option(Struct, frozen=True, forbid_unknown_fields=True):
    """A setting of one rule: its default, its type and why one would change it."""

    default: float | str
    type: Literal["number", "text"]
    why: str


class Fix(Struct, frozen=True, forbid_unknown_fields=True):
    """What to write in place of the match. `safe`: may be applied without asking. `only`: it fits the
    places of that signal."""

    replace: str
    safe: bool = False
    only: str = ""


class Rule(Struct, frozen=True):
    id: str
    theme: str
    path: str
    levels: tuple[tuple[Level, Condition | None], ...]
    since: str
    scope: tuple[Scope, ...]
    applies: tuple[Kind, ...]
    on: bool
    when: Condition | None
    asks: tuple[str, ...]  # the signals and facts of `when`
    unknown: Literal["skip", "soften"]
    forbid: Condition | None
    require: Condition | None
    place: str
    options: Mapping[str, Option]
    covers: tuple[str, ...]
    message: str
    softened: str
    instead: str
    fix: Fix | None
    why: str
    sources: tuple[Source, ...]
    research: tuple[Study, ...] = ()
    lowered_from: Level | None = (
        None  # the level that the advice gives it, where its measured precision does not reach it
    )
    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()
    todo: tuple[Example, ...] = ()
    origin: str = ""  # the rule pack, or the folder of the team's own; empty for a packaged rule


class Rulebook(Struct, frozen=True):
    """All rules and signals, compiled. `read` makes the one pass over a text of that side.

    `gates`: for rules the detectors of which one must have hit, else the rule has nothing to say.
    """

    rules: tuple[Rule, ...]
    signals: Mapping[str, Signal]
    read: Callable[[str, Side], TextReading]
    gates: Mapping[Side, Mapping[str, frozenset[int]]] = {}
    key: str = ""  # of the files that it was made of; empty where nobody keeps anything of it

    def rule(self, id: str) -> Rule:
        return next(rule for rule in self.rules if rule.id == id)


# --- the brand's settings ---------------------------------------------------------------------------------------


class Ignore(Struct, frozen=True):
    """Findings of one macro that were agreed to be fine, by whom, and until when. `path` and `span`: where that stands."""

    rules: tuple[str, ...]
    macro: str = ""
    reason: str = ""
    owner: str = ""
    until: date | None = None
    path: str = ""
    span: Span = Span(0, 0)


class Choice(Struct, frozen=True):
    """What the settings say of one rule: off, another level, or options."""

    on: bool = True
    level: Level | None = None
    options: Mapping[str, float | str] = {}


class Fields(Struct, frozen=True, forbid_unknown_fields=True):
    """Under which keys things stand in a file of no known shape."""

    reply: str
    title: str = ""
    tags: str = ""


class Brand(Struct, frozen=True):
    """The settings in force, with their defaults."""

    name: str = ""
    handles: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    voice: Literal["casual", "formal", ""] = ""
    signs: str | bool | None = None
    serves_here: bool | None = None
    channel: str | None = None
    response_target: timedelta | None = None
    reading_grade: float = 10
    length: int | None = None
    files: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    kind: Kind | None = None
    ignore: tuple[Ignore, ...] = ()
    rules: Mapping[str, Choice] = {}
    rule_paths: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    rules_as_of: str = ""
    language: str = ""
    help_desk: str = ""
    fields: Fields | None = None
    baseline: str = ""
    path: str = ""

    def lists(self, key: str) -> tuple[str, ...]:
        """The words of one of the lists that a signal may take `from:` the settings."""
        found: tuple[str, ...] = getattr(self, key)
        return found


BRAND_LISTS = ("handles", "products", "contacts", "competitors", "banned")


# --- what comes out ---------------------------------------------------------------------------------------------


class Evidence(Struct, frozen=True):
    """Why a rule held here: one signal or fact, with the words that it rests on."""

    signal: str
    score: float | None = None
    words: tuple[str, ...] = ()


class Edit(NamedTuple):
    """Replace `start` to `end` of the draft's text."""

    start: int
    end: int
    replacement: str


class Finding(Struct, frozen=True):
    """What a rule objects to. `span` None: something is missing, and `place` says where to put it."""

    rule: str
    level: Level
    span: Span | None
    text: str
    message: str
    instead: str
    source: Source
    id: str = ""
    place: str = "start"
    evidence: tuple[Evidence, ...] = ()
    also: tuple[str, ...] = ()
    covered_by: str = ""
    message_index: int | None = None
    edit: Edit | None = None
    fix_is_safe: bool = False


ENGLISH = "a reply in English"  # what a draft in another language needs


class NotEvaluated(Struct, frozen=True):
    """A rule that could not be judged, and what it would need to know."""

    rule: str
    needs: str
    id: str = ""


class Result(Struct, frozen=True):
    """What one draft or one run came to."""

    findings: tuple[Finding, ...] = ()
    not_evaluated: tuple[NotEvaluated, ...] = ()
    suppressed: tuple[Finding, ...] = ()


JSON: TypeAlias = Anything  # decoded YAML or JSON
