"""Drafts judged by several processes: results come back in the order of the drafts, and only so many wait at a time."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, islice
from typing import TYPE_CHECKING

from msgspec import Struct

from replylint.cache import Cache
from replylint.cli.inputs import rulebook_of
from replylint.engine import lint
from replylint.model import Brand, Draft, Ignore, Result, Rulebook, Scope

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from replylint.cli.ignoring import Held
    from replylint.sources import Located

_BATCH = 16  # drafts: some 60 ms of work
_LOOK_FOR_PARENT = 0.5  # seconds
_WAITING = 4  # batches for each process
WORTH_IT = 48  # drafts from which on starting processes costs less than it gains


class Known(Struct, frozen=True):
    """What an unchanged draft came to before, and the names that it makes known, which nobody is shown."""

    result: Result
    names: tuple[str, ...] = ()


class Task(Struct, frozen=True):
    """One draft to be judged, and by which rules. `active`: the suppressions that hold for it."""

    located: Located
    brand: Brand
    rulebook: Rulebook
    chosen: frozenset[str]  # what was asked for
    rules: frozenset[str]  # those, and what the suppressions name
    active: list[Ignore] = []
    held: list[Held] = []  # what is said about it, also what has run out
    digest: bytes = b""  # by which a later run knows it
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
    drafts: Sequence[tuple[Draft, Scope, Sequence[Ignore]]]


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
        if task.known:
            yield task, task.known.result
        else:
            draft = task.located.draft
            yield task, lint(draft, task.rulebook, task.brand, now, task.rules, task.scope, None, task.active)


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
    waiting: deque[tuple[list[Task], Future[list[Result]] | None]] = deque()
    with processes(jobs) as executor:
        for batch in _batches(tasks):
            future = None
            if batch[0].known is None:
                drafts = [(task.located.draft, task.scope, task.active) for task in batch]
                work = Batch(batch[0].brand, batch[0].rules, now, cache, examples, drafts)
                future = executor().submit(_judge, work)
            waiting.append((batch, future))
            if len(waiting) >= jobs * _WAITING:
                yield from _next(waiting)
        while waiting:
            yield from _next(waiting)


@contextmanager
def processes(jobs: int) -> Iterator[Callable[[], Executor]]:
    """Processes, which are started when first asked for. An interrupt or an error ends them at once."""
    from multiprocessing import active_children

    executor: Executor | None = None

    def start() -> Executor:
        nonlocal executor
        executor = executor or _executor(jobs)
        return executor

    try:
        yield start
    except BaseException:  # an interrupt, too, or nobody who reads on: nothing goes on in the background
        for process in active_children():
            process.terminate()
        raise
    finally:
        if executor:
            executor.shutdown(cancel_futures=True)


def _next(waiting: deque[tuple[list[Task], Future[list[Result]] | None]]) -> Iterator[tuple[Task, Result]]:
    batch, future = waiting.popleft()
    known = (task.known.result for task in batch if task.known)
    yield from zip(batch, future.result() if future else known, strict=True)


def _batches(tasks: Iterator[Task]) -> Iterator[list[Task]]:
    """Runs of tasks with the same settings and rules, all of which are known or none."""
    batch: list[Task] = []
    for task in tasks:
        first = batch[0] if batch else task
        is_alike = (task.brand is first.brand and task.rules == first.rules) and bool(task.known) == bool(first.known)
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
        lint(draft, rulebook, batch.brand, batch.now, batch.rules, scope, None, active)
        for draft, scope, active in batch.drafts
    ]
