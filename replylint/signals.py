"""rules/signals/**/*.yaml -> plans of signals; their phrases and patterns go to the plan of the side's reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from replylint import language, plugins
from replylint.detectors.atoms import Literals
from replylint.detectors.folding import FILLERS
from replylint.detectors.measure import MEASURE_LOOKS_AT, MEASURES
from replylint.detectors.mood import load_mood
from replylint.detectors.personal_data import KINDS
from replylint.detectors.placeholders import KINDS as PLACEHOLDER_KINDS
from replylint.detectors.plan import (
    AllOf,
    AnyOf,
    Data,
    Installed,
    Measured,
    Mood,
    Placeholders,
    Plan,
    ReaderPlan,
    Reference,
    Relation,
    Run,
    SettingsList,
    Spelling,
    Textual,
    Tokens,
    Unless,
    Without,
)
from replylint.detectors.relation import LOOKS_AT, RELATIONS
from replylint.detectors.spelling import FAULTS
from replylint.documents import Document, Place
from replylint.errors import InputError, listing, nearest
from replylint.model import BRAND_LISTS, Side
from replylint.shapes import decode


class PartShape(msgspec.Struct, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """One way in which a signal is found: exactly one of the keys, and what goes with it."""

    phrases: list[str] | None = None
    pattern: str | None = None
    tokens: list[dict[str, Any]] | None = None
    signal: str | None = None
    run: str | None = None
    measure: str | None = None
    relation: str | None = None
    mood: str | None = None
    personal_data: list[str] | None = None
    placeholders: str | None = None
    spelling: str | None = None
    detector: str | None = None
    source: str | None = msgspec.field(default=None, name="from")
    as_written: bool = False  # with `pattern`: case and contractions as they stand in the text
    gate: list[str] = []  # with `tokens`: literals without which it can't match
    at_least: int = 2  # with `run`: so many places of that signal, none further apart than `gap` characters
    gap: int = 80
    asks: str = ""  # with `relation: asks-known`: the draft's signal and the customer's that it is about
    gave: str = ""


class SignalShape(msgspec.Struct, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """One signal. Its name is the file's name, its side the folder's: draft or customer."""

    about: str
    hits: list[Any]
    misses: list[Any]
    any_of: list[PartShape] | None = None
    all_of: list[PartShape] | None = None
    within: Literal["text", "sentence"] = "text"
    without: list[PartShape] = []  # what overlaps one of these does not count
    unless: list[PartShape] = []  # where one of these holds anywhere, nothing counts
    words: dict[str, list[str]] = {}  # lists for {name} in this signal's patterns
    todo: list[Any] = []


_WAYS = (
    "phrases",
    "pattern",
    "tokens",
    "signal",
    "run",
    "measure",
    "relation",
    "mood",
    "personal-data",
    "placeholders",
    "spelling",
    "detector",
    "from",
)
_NAME = re.compile(r"\{([a-z][a-z-]*)\}")
_FILLER_WORDS = {name: f"{re.escape(filler)}+" for name, filler in FILLERS.items()}
_UNFOLDED = re.compile(r"n't\b|n'\?t|[’“”]|(?<!\\)[A-Z]")


def expand(pattern: str, words: Mapping[str, Iterable[str]], seen: tuple[str, ...] = ()) -> str:
    """A pattern with each {name} replaced by the alternatives of that list. Raises ValueError for an unknown name."""

    def alternatives(match: re.Match[str]) -> str:
        name = match[1]
        if name in _FILLER_WORDS:
            return _FILLER_WORDS[name]
        if name not in words:
            known = (*words, *_FILLER_WORDS)
            raise ValueError(f"found {{{name}}}, which is no list of words{nearest(name, known)}")
        if name in seen:
            raise ValueError(f"the list of words {{{name}}} contains itself")
        return "(?:" + "|".join(expand(word, words, (*seen, name)) for word in words[name]) + ")"

    return _NAME.sub(alternatives, pattern)


class SignalBuilder:
    """Makes the plans of signals, one file after the other. `finish` checks them together."""

    def __init__(self, words: Mapping[str, list[str]], language_name: str, literals: Literals) -> None:
        self.words, self.language, self.literals = words, language_name, literals
        self.readers: dict[Side, ReaderPlan] = {
            "draft": ReaderPlan("draft", language_name),
            "customer": ReaderPlan("customer", language_name),
        }
        self.references: dict[str, list[tuple[str, Document, Place]]] = {}
        self.contextual: set[str] = set()

    def build(self, name: str, document: Document) -> tuple[SignalShape, Plan]:
        """The plan of the signal in that document; `name` is `draft.x` or `customer.x`."""
        shape = decode(document, SignalShape, "a signal")
        if (shape.any_of is None) == (shape.all_of is None):
            raise document.error("a signal needs either any-of or all-of")
        if not shape.hits and not shape.all_of:
            raise document.error("a signal needs hits: texts in which it is found", ("hits",))
        build = _Builder(self, name, document, {**self.words, **shape.words})
        if shape.all_of is not None:
            plan: Plan = AllOf(build.parts(shape.all_of, "all-of"), shape.within == "sentence")
        else:
            plan = AnyOf(build.parts(shape.any_of or [], "any-of"))
        if shape.without:
            plan = Without(plan, AnyOf(build.parts(shape.without, "without")))
        if shape.unless:
            plan = Unless(plan, AnyOf(build.parts(shape.unless, "unless")))
        return shape, plan

    def finish(self) -> None:
        """Checks references for unknown names and circles."""
        for name, used in self.references.items():
            for other, document, place in used:
                if other not in self.references:
                    raise document.error(f'found "{other}", which is no signal{nearest(other, self.references)}', place)
                if self._reaches(other, name, set()):
                    raise document.error(f'the signals "{name}" and "{other}" contain each other', place)
        changed = True
        while changed:
            more = {
                n
                for n, used in self.references.items()
                if any(o in self.contextual or o.startswith("customer.") for o, _, _ in used)
            }
            changed = not more <= self.contextual
            self.contextual |= more

    def _reaches(self, start: str, goal: str, seen: set[str]) -> bool:
        if start == goal:
            return True
        if start in seen:
            return False
        seen.add(start)
        return any(self._reaches(other, goal, seen) for other, _, _ in self.references.get(start, ()))


class _Builder:
    """Makes the plans of the parts of one signal."""

    def __init__(self, owner: SignalBuilder, name: str, document: Document, words: Mapping[str, list[str]]) -> None:
        self.owner, self.name, self.document, self.words = owner, name, document, words
        self.side: Side = "draft" if name.startswith("draft.") else "customer"
        owner.references.setdefault(name, [])

    def parts(self, shapes: list[PartShape], key: str) -> tuple[Plan, ...]:
        if not shapes:
            raise self.document.error(f"`{key}` is empty", (key,))
        return tuple(self.part(shape, (key, index)) for index, shape in enumerate(shapes))

    def part(self, shape: PartShape, place: Place) -> Plan:
        given = [way for way in _WAYS if way in self.document.node(place).children]
        if len(given) != 1:
            raise self.document.error(
                f"found {' and '.join(given) or 'none'}; a part has exactly one of {listing(_WAYS)}", place
            )
        inside = (*place, given[0])
        method = getattr(self, "_" + given[0].replace("-", "_"))
        plan: Plan = method(shape, inside)
        return plan

    def _one_of(self, found: str, allowed: Iterable[str], place: Place) -> str:
        names = list(allowed)
        if found not in names:
            raise self.document.error(f'found "{found}"; allowed: {listing(names, 40)}{nearest(found, names)}', place)
        return found

    def _phrases(self, shape: PartShape, place: Place) -> Plan:
        try:
            return Textual(self.owner.readers[self.side].add_phrases(shape.phrases or []))
        except ValueError as error:
            raise self.document.error(str(error), place) from None

    def _pattern(self, shape: PartShape, place: Place) -> Plan:
        written = shape.pattern or ""
        if not shape.as_written and (bad := _UNFOLDED.search(written)):
            raise self.document.error(
                f'found "{bad[0]}" in a pattern: patterns see folded words (lower case, "can not" for "can\'t"); '
                "fold it, or set `as-written: true`",
                place,
            )
        try:
            pattern = expand(written, self.words)
            return Textual(self.owner.readers[self.side].add_pattern(pattern, shape.as_written, self.owner.literals))
        except ValueError as error:
            raise self.document.error(
                f"{error} (in the signal {self.name}; RE2 has no lookaround and no backreferences)", place
            ) from None

    def _tokens(self, shape: PartShape, place: Place) -> Plan:
        if not shape.gate:
            raise self.document.error("`tokens` needs a `gate`: literals without which it can't match", place)
        try:
            language.check_token_keys(shape.tokens or [], self.owner.language)
            return Tokens(self.owner.readers[self.side].add_tokens(shape.tokens or [], shape.gate))
        except ValueError as error:
            raise self.document.error(str(error), place) from None

    def _signal(self, shape: PartShape, place: Place) -> Plan:
        return Reference(self._named(shape.signal or "", place))

    def _run(self, shape: PartShape, place: Place) -> Plan:
        return Run(self._named(shape.run or "", place), shape.at_least, shape.gap)

    def _named(self, name: str, place: Place) -> str:
        full = name if "." in name else f"{self.side}.{name}"
        self.owner.references[self.name].append((full, self.document, place))
        return full

    def _measure(self, shape: PartShape, place: Place) -> Plan:
        name = self._one_of(shape.measure or "", MEASURES, place)
        self.owner.references[self.name] += [(other, self.document, place) for other in MEASURE_LOOKS_AT.get(name, ())]
        return Measured(name)

    def _relation(self, shape: PartShape, place: Place) -> Plan:
        self.owner.contextual.add(self.name)
        name = self._one_of(shape.relation or "", (*RELATIONS, "asks-known"), place)
        if name != "asks-known":
            self.owner.references[self.name] += [(other, self.document, place) for other in LOOKS_AT.get(name, ())]
            return Relation(name)
        for key in ("asks", "gave"):
            if not getattr(shape, key):
                raise self.document.error(f"`relation: asks-known` needs `{key}`: the name of a signal", place)
        asks, gave = f"draft.{shape.asks}", f"customer.{shape.gave}"
        self.owner.references[self.name] += [(asks, self.document, place[:-1]), (gave, self.document, place[:-1])]
        return Relation(name, asks, gave)

    def _mood(self, shape: PartShape, place: Place) -> Plan:
        return Mood(self._one_of(shape.mood or "", load_mood().labels, place))

    def _personal_data(self, shape: PartShape, place: Place) -> Plan:
        kinds = tuple(
            self._one_of(kind, KINDS, (*place, index)) for index, kind in enumerate(shape.personal_data or [])
        )
        return Data(kinds)

    def _placeholders(self, shape: PartShape, place: Place) -> Plan:
        return Placeholders(self._one_of(shape.placeholders or "", PLACEHOLDER_KINDS, place))

    def _spelling(self, shape: PartShape, place: Place) -> Plan:
        return Spelling(self._one_of(shape.spelling or "", FAULTS, place))

    def _detector(self, shape: PartShape, place: Place) -> Plan:
        name = shape.detector or ""
        try:
            plugins.detector(name)
        except InputError as error:
            raise self.document.error(error.message, place) from None
        self.owner.readers[self.side].installed.append(name)
        return Installed(name)

    def _from(self, shape: PartShape, place: Place) -> Plan:
        allowed = [f"brand.{key}" for key in (*BRAND_LISTS, "signs")]
        return SettingsList(self._one_of(shape.source or "", allowed, place).removeprefix("brand."))
