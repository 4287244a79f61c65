"""What came of drafts that have not changed since: which rules spoke, and what was not evaluated. No words are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b

import msgspec

from replylint.cache import Cache, code
from replylint.cli.workers import Known, Task
from replylint.model import Result

_FEW = 16  # drafts that are judged sooner than a file is read
_MOST = 50_000  # drafts on one shelf


class Shelf(msgspec.Struct):
    """The drafts that were judged with the same rules and settings. Of each, by numbers in `said`, what it came to."""

    said: list[tuple[str, str]] = []  # a rule that spoke, or one that was not evaluated and what it needs
    drafts: dict[bytes, tuple[list[int], list[int]]] = {}


class Remembered:
    """The shelves of one run: read when the first draft of theirs is asked for, and written at the end."""

    def __init__(self, cache: Cache | None, now: datetime | None) -> None:
        self._cache, self._now = cache, now
        self._old: dict[str, Shelf] = {}
        self._new: dict[str, dict[bytes, Known]] = {}
        self._last: tuple[Task, str] | None = None
        self._count = 0

    def recall(self, task: Task) -> Task:
        """The task with what is known of it. `mark` empty: nothing will be remembered of it."""
        self._count += 1
        if self._cache is None or not task.rulebook.key or self._count > _MOST or task.located.path == "-":
            return task
        mark = blake2b(msgspec.msgpack.encode((task.located.draft, task.scope)), digest_size=16).digest()
        known = self._on(self._shelf(task), mark) if self._count > _FEW else None
        return msgspec.structs.replace(task, mark=mark, known=known)

    def note(self, task: Task, result: Result) -> None:
        if task.mark and task.known is None:
            rules = dict.fromkeys(finding.rule for finding in (*result.findings, *result.suppressed))
            known = Known(tuple(rules), tuple((missing.rule, missing.needs) for missing in result.not_evaluated))
            self._new.setdefault(self._shelf(task), {})[task.mark] = known

    def keep(self) -> None:
        """Writes what is new. What another run writes at the same time may be lost, and is then worked out again."""
        if self._cache is None or self._count <= _FEW:
            return
        for key, drafts in self._new.items():
            shelf = self._cache.get(key, Shelf) or Shelf()
            numbers = {said: number for number, said in enumerate(shelf.said)}

            def numbered(pairs: Iterable[tuple[str, str]], numbers: dict[tuple[str, str], int] = numbers) -> list[int]:
                return [numbers.setdefault(pair, len(numbers)) for pair in pairs]

            for mark, known in drafts.items():
                shelf.drafts[mark] = (numbered((rule, "") for rule in known.rules), numbered(known.not_evaluated))
            kept = dict(list(shelf.drafts.items())[-_MOST:])
            self._cache.put(key, Shelf(list(numbers), kept))

    def _on(self, key: str, mark: bytes) -> Known | None:
        if key not in self._old:
            assert self._cache is not None
            self._old[key] = self._cache.get(key, Shelf) or Shelf()
        shelf = self._old[key]
        try:
            spoke, missing = shelf.drafts[mark]
            return Known(tuple(shelf.said[n][0] for n in spoke), tuple(shelf.said[n] for n in missing))
        except (KeyError, IndexError):  # not there, or damaged
            return None

    def _shelf(self, task: Task) -> str:
        """The name of the shelf: of everything but the draft that a result may depend on."""
        last = self._last
        if last and last[0].brand is task.brand and last[0].rules == task.rules and last[0].rulebook is task.rulebook:
            return last[1]
        what = (code(), task.rulebook.key, task.brand, sorted(task.rules), self._now)
        key = blake2b(msgspec.msgpack.encode(what), digest_size=32).hexdigest()
        self._last = task, key
        return key
