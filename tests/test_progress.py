from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

from replylint.cli.progress import with_progress
from replylint.model import Draft, Result
from replylint.reporters import Judged
from replylint.sources import Lines, Located, plain


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def judged(count: int) -> Iterator[Judged]:
    for number in range(count):
        located = Located(Draft("Hi"), "a.jsonl" if number < count // 2 else "b.jsonl", "draft", Lines("Hi"), plain(0))
        yield Judged(located, Result(), lambda finding: finding)


def test_all_drafts_pass_and_are_counted() -> None:
    out = Terminal()
    assert len(list(with_progress(judged(1200), lambda: {"a.jsonl": 10, "b.jsonl": 30}, out, 0))) == 1200
    assert "1,200 drafts" in out.getvalue()


def test_work_of_less_than_a_second_shows_nothing() -> None:
    out = Terminal()
    assert len(list(with_progress(judged(3), dict, out))) == 3
    assert out.getvalue() == ""


def test_a_reader_who_stops_leaves_no_bar() -> None:
    out = Terminal()
    drafts = with_progress(judged(10), dict, out, 0)
    next(drafts)
    drafts.close()  # type: ignore[attr-defined]
    assert out.getvalue().endswith("\x1b[?25h") or "\x1b[2K" in out.getvalue()
