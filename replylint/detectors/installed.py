"""A detector that another package brings: what it gives is checked, and what it raises names it and no text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from replylint import plugins
from replylint.detectors.reader import longest
from replylint.errors import InputError
from replylint.model import Span


def installed(name: str) -> Callable[[str], tuple[Span, ...]]:
    """Where that detector finds something in a text. Raises InputError where it is not installed, or does not work."""
    find, origin = plugins.detector(name)
    who = f'the detector "{name}" of {origin}'

    def spans(text: str) -> Iterator[Span]:
        for place in find(text):
            match place:
                case (int(start), int(end)) if 0 <= start < end <= len(text):
                    yield Span(start, end)
                case _:
                    raise InputError(
                        f"{who} gave {place!r:.60} for a text of {len(text)} characters; expected (start, end)"
                    )

    def places(text: str) -> tuple[Span, ...]:
        try:
            return longest(spans(text))
        except InputError:
            raise
        except Exception as error:  # whose words may be those of the text
            raise InputError(f"{who} failed: {type(error).__name__} in {_last_place(error)}") from error

    return places


def _last_place(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "it"
