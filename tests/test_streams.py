from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.documents import lines_in, lines_of, mentions, read_text
from replylint.errors import InputError
from replylint.sources.files import read_path


@given(st.text(st.sampled_from("ab é😀\n\r\u2028\x0c"), max_size=40))
def test_lines_of_a_file_are_those_of_its_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("lines") / "x.jsonl"
    path.write_bytes(text.encode())
    filled = [entry for entry in lines_of(read_text(path)) if entry[2]]
    assert [entry for entry in lines_in(path) if entry[2]] == filled


def test_a_bad_byte_is_found_in_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes('{"draft": "é"}\n{"draft": "é'.encode() + b"\xff\n")
    with pytest.raises(InputError) as whole:
        read_text(path)
    with pytest.raises(InputError) as streamed:
        list(read_path(path))
    assert str(streamed.value) == str(whole.value)
    assert (streamed.value.line, streamed.value.column) == (2, 13)


def test_a_word_across_two_blocks_is_found(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b" " * ((1 << 20) - 4) + b"replylint ")
    assert mentions(path, b"replylint")
    assert not mentions(path, b"replylinter")


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    with path.open("w") as out:
        for number in range(20_000):
            out.write(f'{{"id": "{number}", "draft": "{"Thanks, we will look into it. " * 8}"}}\n')
    drafts = read_path(path)
    next(drafts)
    tracemalloc.start()
    count = sum(1 for _ in drafts)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 19_999
    assert path.stat().st_size > 4 << 20 > 2 * peak
