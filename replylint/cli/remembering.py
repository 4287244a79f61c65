"""What came of drafts that have not changed since. What is kept of a draft only who has the draft can read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b, shake_256

import msgspec

from replylint.cache import Cache, Kept, code
from replylint.cli.workers import Known, Task
from replylint.context import Context
from replylint.model import Brand, Draft, Result, Rulebook

_FEW = 16  # drafts that are judged sooner than a file is written
_MOST = 10_000  # drafts on one shelf
_MARK, _SEAL = 16, 32  # bytes of a draft's digest: what it is kept under, and the rest, which is kept nowhere


class Shelf(msgspec.Struct):
    """The drafts that were judged with the same rules and settings: of each what is known, sealed, under its mark."""

    drafts: dict[bytes, bytes] = {}


class Remembered:
    """The shelves of one run: read when the first draft of theirs is asked for, and written at the end."""

    def __init__(self, cache: Cache | None, now: datetime | None) -> None:
        self._cache, self._now = cache, now
        self._old: dict[str, Shelf] = {}
        self._new: dict[str, dict[bytes, bytes]] = {}
        self._last: tuple[Task, str] | None = None
        self._count = 0

    def recall(self, task: Task) -> Task:
        """The task with what is known of it. `digest` empty: nothing will be remembered of it."""
        self._count += 1
        if self._cache is None or not task.rulebook.key or self._count > _MOST or task.located.path == "-":
            return task
        content = msgspec.msgpack.encode((task.located.draft, task.scope, task.active))
        digest = blake2b(content, digest_size=_MARK + _SEAL).digest()
        sealed = self._shelf(self._key(task)).drafts.get(digest[:_MARK])
        known = None if sealed is None else _opened(sealed, digest[_MARK:], Known)
        return msgspec.structs.replace(task, digest=digest, known=known)

    def note(self, task: Task, result: Result) -> None:
        if task.digest and task.known is None:
            found = result.findings or result.suppressed
            names = names_in(task.located.draft, task.rulebook, task.brand) if found else ()
            known = msgspec.msgpack.encode(Known(result, names))
            mark, seal = task.digest[:_MARK], task.digest[_MARK:]
            self._new.setdefault(self._key(task), {})[mark] = _mixed(known, seal)

    def recall_library(self, macros: Sequence[Task]) -> list[Result] | None:
        """What came of all these macros together, where none of them has changed."""
        if self._cache is None or not (digest := self._digest_of_all(macros)):
            return None
        sealed = self._cache.get(_name(digest), bytes)
        return None if sealed is None else _opened(sealed, digest[_MARK:], list[Result])

    def note_library(self, macros: Sequence[Task], results: Sequence[Result]) -> None:
        if self._cache is not None and (digest := self._digest_of_all(macros)):
            self._cache.put(_name(digest), _mixed(msgspec.msgpack.encode(results), digest[_MARK:]))

    def _digest_of_all(self, tasks: Sequence[Task]) -> bytes:
        """Of the macros and the files that they stand in, after which the results call them.

        Empty where one of them is remembered nowhere, or there are so few that they are sooner judged again.
        """
        if len(tasks) <= _FEW or not all(task.digest for task in tasks):
            return b""
        digest = blake2b(digest_size=_MARK + _SEAL)
        for task in tasks:
            digest.update(self._key(task).encode() + task.digest + blake2b(os.fsencode(task.located.path)).digest())
        return digest.digest()

    def keep(self) -> None:
        """Writes what is new. What another run writes at the same time may be lost, and is then worked out again."""
        if self._cache is None or self._count <= _FEW:
            return
        for key, new in self._new.items():
            shelf = self._cache.get(key, Shelf) or Shelf()
            shelf.drafts |= new
            self._cache.put(key, Shelf(dict(list(shelf.drafts.items())[-_MOST:])))

    def _shelf(self, key: str) -> Shelf:
        if key not in self._old:
            assert self._cache is not None
            self._old[key] = self._cache.get(key, Shelf) or Shelf()
        return self._old[key]

    def _key(self, task: Task) -> str:
        """The name of the shelf: of everything but the draft that a result may depend on."""
        last = self._last
        if last and last[0].brand is task.brand and last[0].rules == task.rules and last[0].rulebook is task.rulebook:
            return last[1]
        what = (code(), task.rulebook.key, task.brand, sorted(task.rules), self._now)
        key = blake2b(msgspec.msgpack.encode(what), digest_size=32).hexdigest()
        self._last = task, key
        return key


def _name(digest: bytes) -> str:
    """The name of a library's entry: a part of its digest, as the rest is its seal."""
    return blake2b(digest[:_MARK], digest_size=32).hexdigest()


def names_in(draft: Draft, rulebook: Rulebook, brand: Brand) -> tuple[str, ...]:
    """The names that the draft makes known."""
    spans = Context(draft, rulebook, brand).value("draft.name").spans
    return tuple(draft.text[start:end] for start, end in spans)


def _mixed(data: bytes, seal: bytes) -> bytes:
    """Data added bit by bit to a stream that only this seal gives; once more, and it is the data again."""
    stream = shake_256(seal).digest(len(data))
    return (int.from_bytes(data, "big") ^ int.from_bytes(stream, "big")).to_bytes(len(data), "big")


def _opened(sealed: bytes, seal: bytes, kind: type[Kept]) -> Kept | None:
    try:
        return msgspec.msgpack.decode(_mixed(sealed, seal), type=kind)
    except (ValueError, msgspec.MsgspecError):  # damaged
        return None
