"""A progress bar on the terminal for work that takes longer than a second."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from replylint.reporters import Judged

if TYPE_CHECKING:
    from rich.progress import Progress

_AT_FIRST = 1.0  # seconds without a bar
_BETWEEN = 0.1


def with_progress(
    judged: Iterable[Judged], sizes: Callable[[], dict[str, int]], out: TextIO, patience: float = _AT_FIRST
) -> Iterator[Judged]:
    """The same drafts; meanwhile `out` shows how many there were. `sizes`: how long each file is, in their order."""
    started = shown = time.monotonic()
    bar: Progress | None = None
    before: dict[str, int] = {}
    count = 0
    try:
        for one in judged:
            count += one.scope == "draft"
            now = time.monotonic()
            if bar is None and now - started >= patience:
                before, total = _summed(sizes())
                bar = _bar(out, total)
            if bar is not None and now - shown >= min(_BETWEEN, patience):
                located, shown = one.located, now
                done = before.get(located.path, 0) + located.lines.offset
                bar.update(bar.task_ids[0], completed=done, drafts=count, refresh=True)
            yield one
    finally:
        if bar is not None:
            bar.stop()


def _summed(sizes: dict[str, int]) -> tuple[dict[str, int], int]:
    """How much comes before each file, and how much there is in all."""
    before, total = {}, 0
    for path, size in sizes.items():
        before[path] = total
        total += size
    return before, total


def _bar(out: TextIO, total: int) -> Progress:
    """It goes when the work is done. Drawn by whoever has the drafts: a thread of its own would not survive a fork."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    text = TextColumn("{task.fields[drafts]:,} drafts")
    bar = Progress(
        BarColumn(), text, TimeElapsedColumn(), console=Console(file=out), transient=True, auto_refresh=False
    )
    bar.add_task("", total=total or None, drafts=0)
    bar.start()
    return bar
