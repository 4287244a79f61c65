"""One rule file -> a Rule: its keys, conditions and examples checked; every mistake is an error with file and line."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import msgspec

from replylint.conditions import ConditionReader, can_be_unknown
from replylint.documents import Document
from replylint.errors import listing, nearest
from replylint.examples import read_examples
from replylint.facts import FACTS
from replylint.model import Condition, Fix, Kind, Level, Option, Rule, Scope, Source, Study, names
from replylint.shapes import decode
from replylint.slots import SLOT

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_PLACES = ("start", "end", "reply", "customer-message")
Applies = Literal["reply", "macro"]


class ResearchShape(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A study that the advice rests on, and where it says otherwise."""

    study: str
    disagrees: str = ""


class RuleShape(msgspec.Struct, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """One rule. Its id is the file's name, its theme the folder's."""

    level: Any
    since: str
    message: str
    instead: str
    why: str
    sources: list[Source]
    bad: list[Any]
    good: list[Any]
    scope: Scope | list[Scope] = "draft"
    applies: Applies | list[Applies] = msgspec.field(default_factory=lambda: ["reply", "macro"])
    default: Literal["on", "off"] = "on"
    when: Any = None
    unknown: Literal["skip", "soften"] | None = None
    forbid: Any = None
    require: Any = None
    place: str = "start"
    options: dict[str, Option] = {}
    covers: list[str] = []
    softened: str = ""
    fix: Fix | None = None
    research: list[str | ResearchShape] = []
    lowered_from: str | None = None
    todo: list[Any] = []


class RuleReader:
    """Reads one rule file. `contextual`: the draft's signals that look at the thread; `studies`: those of research.yaml."""

    def __init__(
        self,
        document: Document,
        signals: Collection[str],
        contextual: Collection[str],
        studies: Mapping[str, Study] = MappingProxyType({}),
    ) -> None:
        self.document, self.signals, self.contextual, self.studies = document, signals, contextual, studies
        self.path = Path(document.path)
        self.shape = decode(self.document, RuleShape, "a rule")
        self.conditions = ConditionReader(document, signals, tuple(self.shape.options))

    def rule(self) -> Rule:
        shape, document = self.shape, self.document
        if not _ID.fullmatch(self.path.stem):
            raise document.error(
                f'found the file name "{self.path.stem}"; a rule\'s id is words in lower case joined by "-"'
            )
        when, forbid, require = (self._condition(key) for key in ("when", "forbid", "require"))
        rule = Rule(
            id=self.path.stem,
            theme=self.path.parent.name,
            path=str(self.path),
            levels=self._levels(),
            since=shape.since,
            scope=tuple([shape.scope] if isinstance(shape.scope, str) else shape.scope),
            applies=self._applies(),
            on=shape.default == "on",
            when=when,
            asks=names(when) if when else (),
            unknown=shape.unknown or "skip",
            forbid=forbid,
            require=require,
            place=shape.place,
            options=shape.options,
            covers=tuple(shape.covers),
            message=shape.message,
            softened=shape.softened,
            instead=shape.instead,
            fix=shape.fix,
            why=shape.why,
            sources=tuple(shape.sources),
            research=tuple(self._study(entry, index) for index, entry in enumerate(shape.research)),
            lowered_from=None if shape.lowered_from is None else self._level(shape.lowered_from, ("lowered-from",)),
            bad=read_examples(shape.bad, document, ("bad",)),
            good=read_examples(shape.good, document, ("good",)),
            todo=read_examples(shape.todo, document, ("todo",)),
        )
        self._check(rule)
        return rule

    def _study(self, entry: str | ResearchShape, index: int) -> Study:
        key, disagrees = (entry, "") if isinstance(entry, str) else (entry.study, entry.disagrees)
        if key not in self.studies:
            raise self.document.error(
                f'found "{key}", which is no study of research.yaml{nearest(key, self.studies)}', ("research", index)
            )
        return msgspec.structs.replace(self.studies[key], disagrees=disagrees)

    def _condition(self, key: str) -> Condition | None:
        data = getattr(self.shape, key)
        return None if data is None else self.conditions.read(data, (key,))

    def _applies(self) -> tuple[Kind, ...]:
        given = [self.shape.applies] if isinstance(self.shape.applies, str) else self.shape.applies
        return tuple("draft" if kind == "reply" else "macro" for kind in given)

    def _levels(self) -> tuple[tuple[Level, Condition | None], ...]:
        given = self.shape.level if isinstance(self.shape.level, list) else [self.shape.level]
        levels: list[tuple[Level, Condition | None]] = []
        for index, entry in enumerate(given):
            place = ("level", index) if isinstance(self.shape.level, list) else ("level",)
            if isinstance(entry, dict) and len(entry) == 1:
                name, data = next(iter(entry.items()))
                levels.append((self._level(name, place), self.conditions.read(data, (*place, name))))
            else:
                levels.append((self._level(entry, place), None))
        if not levels or levels[-1][1] is not None or any(condition is None for _, condition in levels[:-1]):
            raise self.document.error(
                "`level` is one level, or a list of {level: condition} that ends with a plain level", ("level",)
            )
        return tuple(levels)

    def _level(self, name: Any, place: tuple[str | int, ...]) -> Level:
        allowed = [level.name for level in Level]
        if name not in allowed:
            raise self.document.error(
                f'found the level "{name}"; allowed: {listing(allowed)}{nearest(str(name), allowed)}', place
            )
        return Level[name]

    def _check(self, rule: Rule) -> None:
        error, shape = self.document.error_at_key, self.shape
        if (rule.forbid is None) == (rule.require is None):
            raise error("a rule needs either `forbid` or `require`", ())
        for key in ("sources", "bad", "good"):
            if not getattr(shape, key):
                raise error(f"`{key}` is empty; a rule needs at least one", (key,))
        open_names = [name for name in rule.asks if can_be_unknown(name, self.contextual)]
        if open_names and shape.unknown is None:
            raise error(
                f"`when` may be unknown ({listing(open_names)}): say what then, `unknown: skip` or `unknown: soften`",
                ("when",),
            )
        if (rule.unknown == "soften") != bool(rule.softened):
            raise error(
                "`unknown: soften` and `softened` go together", ("softened",) if rule.softened else ("unknown",)
            )
        if any(slot.startswith(("customer.", "thread.")) for slot in SLOT.findall(rule.softened)):
            raise error(
                "`softened` is said where the customer is not known: it has no slot for their words", ("softened",)
            )
        if rule.require is None and shape.place != "start":
            raise error("`place` goes with `require`; what is forbidden has a place of its own", ("place",))
        if shape.place not in _PLACES and shape.place not in self.signals:
            raise error(
                f'found "{shape.place}"; allowed: {listing(_PLACES)}, or a signal{nearest(shape.place, (*_PLACES, *self.signals))}',
                ("place",),
            )
        if rule.fix and rule.fix.only and rule.fix.only not in self.signals:
            raise self.document.error(
                f'found "{rule.fix.only}", which is no signal{nearest(rule.fix.only, self.signals)}', ("fix", "only")
            )
        self._check_slots(rule)
        self._check_scope(rule, open_names)
        of_context = [name for name in rule.asks if not name.startswith("draft.") or name in self.contextual]
        if of_context and not _has_contrast(rule):
            raise error(
                "a rule with `when` needs a contrast: one draft that is bad in one context and good in another",
                ("good",),
            )

    def _check_slots(self, rule: Rule) -> None:
        for key in ("message", "softened", "instead"):
            for slot in SLOT.findall(getattr(rule, key)):
                known = (*self.signals, *FACTS, *rule.options, "brand.length", "brand.reading_grade", "channel.length")
                if slot not in known and not (slot in ("match", "match.inside", "correction") and rule.forbid):
                    hint = (
                        "`match` goes with `forbid`"
                        if slot == "match"
                        else f"it is no signal, fact or option{nearest(slot, known)}"
                    )
                    raise self.document.error_at_key(f"found the slot {{{slot}}}: {hint}", (key,))

    def _check_scope(self, rule: Rule, open_names: list[str]) -> None:
        place = ("scope",) if "scope" in self.document.root.children else ()
        if rule.scope == ("library",) and "macro" not in rule.applies:
            raise self.document.error(
                "scope library holds macros, and this rule does not apply to macros: it can never match", place
            )
        if rule.scope == ("conversation",) and rule.applies == ("macro",):
            raise self.document.error("a macro has no conversation: this rule can never match", place)
        if (
            rule.applies == ("macro",)
            and rule.unknown == "skip"
            and any(name.startswith(("customer.", "thread.")) for name in open_names)
        ):
            raise self.document.error(
                "a macro has no customer, and `unknown: skip` then skips it: this rule can never match", place
            )
        if rule.scope == ("conversation",) and any(e.scope != "conversation" for e in (*rule.bad, *rule.good)):
            raise self.document.error("an example of a rule of scope conversation has `messages`", ("bad",))


def _has_contrast(rule: Rule) -> bool:
    """Whether a good example has the words of a bad one, in another context; whole conversations differ in their words."""
    if "conversation" in rule.scope:
        return True
    said = {example.text for example in rule.bad}
    return any(example.text in said for example in rule.good)
