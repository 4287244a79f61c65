from __future__ import annotations

from threading import Thread
from unittest.mock import patch

from hypothesis import example, given
from hypothesis import strategies as st

from replylint.detectors import reader
from replylint.detectors.plan import ReaderPlan
from replylint.detectors.reader import Reader
from replylint.model import Span

PHRASES = ["call us", "us", "as soon as possible", "so so"]
PATTERNS = [r"\b(?:call|ring) (?:us|me)\b", r"soon(?:er)?", r"possib(?:le|ly) (?:not|so)", r"[0-9]+"]


def hits(text: str, few: int) -> list[list[Span]]:
    """Where each phrase and each pattern stands, when so few characters are looked up in pieces."""
    plan = ReaderPlan("draft")
    detectors = [plan.add_phrases([phrase]) for phrase in PHRASES]
    detectors += [plan.add_pattern(pattern, as_written=False, literals={}) for pattern in PATTERNS]
    with patch.object(reader, "_FEW", few):
        reading = Reader(plan).read(text)
        return [list(reading.spans(detector)) for detector in detectors]


def test_phrases_and_patterns_are_found() -> None:
    assert hits("Call us, as soon as possible. Call us 12 times!", few=1_000) == [
        [(0, 7), (30, 37)],
        [(5, 7), (35, 37)],
        [(9, 28)],
        [],
        [(0, 7), (30, 37)],
        [(12, 16)],
        [],
        [(38, 40)],
    ]


def test_threads_that_read_one_text_at_a_time_find_the_same() -> None:
    plan = ReaderPlan("draft")
    number = plan.add_pattern(PATTERNS[0], as_written=False, literals={})
    reading = Reader(plan).read("Call us!")
    found = []
    may_match = Reader.may_match

    def while_another_looks(self: Reader, detector: int, words: bytes) -> bool:
        if not found:
            found.append("started")
            other = Thread(target=lambda: found.append(list(reading.hits(frozenset({detector})))))
            other.start()
            other.join()
        return may_match(self, detector, words)

    with patch.object(Reader, "may_match", while_another_looks):
        assert reading.any_hit(frozenset({number}))
    assert found == ["started", [number]]


WORDS = st.sampled_from(
    ["call", "ring", "us", "me", "as", "so", "soon", "sooner", "possible", "possibly", "not", "7", "bus", ","]
)


@given(st.lists(WORDS).map(" ".join))
@example("so so so")
@example("")
def test_pieces_and_one_pass_find_the_same(text: str) -> None:
    assert hits(text, few=1_000_000) == hits(text, few=0)
