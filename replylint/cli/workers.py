"""Drafts judged by several processes: results come back in the order of the drafts, and only so many wait at a time."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from replylint.cache import Cache
from replylint.cli.inputs import rulebook_of
from replylint.engine import lint
from replylint.model import Brand, Draft, Ignore, NotEvaluated, Result, Rulebook, Scope

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from replylint.cli.ignoring import Held
    from replylint.sources import Located

_BATCH = 16  # drafts: some 20 ms of work
_LOOK_FOR_PARENT = 0.5  # seconds
_WAITING = 4  # batches for each process
WORTH_IT = 256  # drafts from which on starting processes costs less than it gains


class Known(Struct, frozen=True):
    """What an unchanged draft came to before: the rules that spoke, and what was not evaluated."""

    rules: tuple[str, ...]
    not_evaluated: tuple[tuple[str, str], ...]


class Task(Struct, frozen=True):
    """One draft to be judged, and by which rules. `active`: the suppressions that hold for it."""

    located: Located
    brand: Brand
    rulebook: Rulebook
    chosen: frozenset[str]  # what was asked for
    rules: frozenset[str]  # those, and what the suppressions name
    active: list[Ignore] = []
    held: list[Held] = []  # what is said about it, also what has run out
    mark: bytes = b""  # by which a later run knows it
    known: Known | None = None

    @property
    def scope(self) -> Scope:
        return self.located.scope


class Batch(Struct, frozen=True):
    """What one process judges at a time: drafts with the same settings and rules."""

    brand: Brand
    rules: frozenset[str]
    now: datetime | None
    cache: Cache | None
    examples: bool
    drafts: Sequence[tuple[Draft, Scope, Sequence[Ignore], Known | None]]


def cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def results(
    tasks: Iterator[Task], jobs: int | None, now: datetime | None, cache: Cache | None, examples: bool = False
) -> Iterator[tuple[Task, Result]]:
    """Each task with its result, in order. `jobs` None: as many processes as there are cores, where the work is worth it.

    What the reading raises comes after the results of all that was read before, whatever the number of processes.
    """
    count = jobs or cores()
    if count == 1:
        yield from _here(tasks, now)
        return
    ahead = _Ahead(tasks)
    enough = WORTH_IT if jobs is None else 2
    first = list(islice(ahead, enough))
    if len(first) == enough:
        yield from _in_processes(chain(first, ahead), count, now, cache, examples)
    else:
        yield from _here(first, now)
    ahead.complain()


def _here(tasks: Iterable[Task], now: datetime | None) -> Iterator[tuple[Task, Result]]:
    for task in tasks:
        draft, known = task.located.draft, task.known
        yield task, _result(draft, task.rulebook, task.brand, now, task.rules, task.scope, task.active, known)


def _result(
    draft: Draft,
    rulebook: Rulebook,
    brand: Brand,
    now: datetime | None,
    rules: frozenset[str],
    scope: Scope,
    active: Sequence[Ignore],
    known: Known | None,
) -> Result:
    """What the rules say; of a draft that is known, only those are asked that spoke before."""
    if known is None:
        return lint(draft, rulebook, brand, now, rules, scope, None, active)
    missing = tuple(NotEvaluated(rule, needs, draft.id) for rule, needs in known.not_evaluated)
    if not known.rules:
        return Result(not_evaluated=missing)
    found = lint(draft, rulebook, brand, now, frozenset(known.rules), scope, None, active)
    return replace(found, not_evaluated=missing)


class _Ahead(Iterator[Task]):
    """The tasks, as far as they can be read. What reading them raises is kept until it is asked for."""

    def __init__(self, tasks: Iterator[Task]) -> None:
        self._tasks = tasks
        self._raised: Exception | None = None

    def __next__(self) -> Task:
        if self._raised is not None:
            raise StopIteration
        try:
            return next(self._tasks)
        except StopIteration:
            raise
        except Exception as error:
            self._raised = error
            raise StopIteration from None

    def complain(self) -> None:
        if self._raised is not None:
            raise self._raised


def _in_processes(
    tasks: Iterator[Task], jobs: int, now: datetime | None, cache: Cache | None, examples: bool
) -> Iterator[tuple[Task, Result]]:
    from multiprocessing import active_children

    waiting: deque[tuple[list[Task], Future[list[Result]]]] = deque()
    executor = _executor(jobs)
    try:
        for batch in _batches(tasks):
            drafts = [(task.located.draft, task.scope, task.active, task.known) for task in batch]
            work = Batch(batch[0].brand, batch[0].rules, now, cache, examples, drafts)
            waiting.append((batch, executor.submit(_judge, work)))
            if len(waiting) >= jobs * _WAITING:
                yield from _next(waiting)
        while waiting:
            yield from _next(waiting)
    except BaseException:  # an interrupt, too, or nobody who reads on: nothing goes on in the background
        executor.shutdown(wait=False, cancel_futures=True)
        for process in active_children():
            process.terminate()
        raise
    finally:
        executor.shutdown()


def _next(waiting: deque[tuple[list[Task], Future[list[Result]]]]) -> Iterator[tuple[Task, Result]]:
    batch, future = waiting.popleft()
    yield from zip(batch, future.result(), strict=True)


def _batches(tasks: Iterator[Task]) -> Iterator[list[Task]]:
    """Runs of tasks with the same settings and rules."""
    batch: list[Task] = []
    for task in tasks:
        is_alike = bool(batch) and task.brand is batch[0].brand and task.rules == batch[0].rules
        if batch and (len(batch) == _BATCH or not is_alike):
            yield batch
            batch = []
        batch.append(task)
    if batch:
        yield batch


def _executor(jobs: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # A forked process has the rulebook already; elsewhere than on Linux forking is not safe
    way = "fork" if sys.platform == "linux" else "spawn"
    return ProcessPoolExecutor(jobs, get_context(way), _begin)


def _begin() -> None:
    """In a process of its own: an interrupt is the parent's to answer, and without a parent there is nothing to do."""
    import signal
    import time
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = os.getppid()

    def end_with_the_parent() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_FOR_PARENT)
        os._exit(1)

    Thread(target=end_with_the_parent, daemon=True).start()


def _judge(batch: Batch) -> list[Result]:
    rulebook = rulebook_of(batch.brand.rule_paths, batch.brand.packs, batch.brand.language, batch.cache, batch.examples)
    return [
        _result(draft, rulebook, batch.brand, batch.now, batch.rules, scope, active, known)
        for draft, scope, active, known in batch.drafts
    ]
