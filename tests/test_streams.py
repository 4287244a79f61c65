from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from replylint.documents import lines_of, mentions, parts_in, parts_of, read_text
from replylint.errors import InputError
from replylint.model import Fields, Span
from replylint.sources import DRAFT, Located
from replylint.sources.files import read_named, read_path, read_piped
from replylint.sources.structured import read_structured


@given(st.text(st.sampled_from("ab é😀\n\r\u2028\x0c"), max_size=40))
def test_lines_of_a_file_are_those_of_its_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("lines") / "x.jsonl"
    path.write_bytes(text.encode())
    filled = [entry for entry in lines_of([read_text(path)]) if entry[2]]
    assert [entry for entry in lines_of(parts_in(path)) if entry[2]] == filled


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


class Trickle(io.BytesIO):
    """A stream that has only so many bytes at a time, and tells how many were read."""

    def __init__(self, raw: bytes, most: int = 7) -> None:
        super().__init__(raw)
        self.most = most

    def read1(self, size: int | None = -1, /) -> bytes:
        return super().read1(min(self.most, size or self.most))


@given(st.text(st.sampled_from("ab é😀\n\r\u2028\x0c"), max_size=40), st.integers(1, 9))
def test_parts_are_whole_lines(text: str, most: int) -> None:
    parts = list(parts_of(Trickle(text.encode(), most), "f"))
    assert "".join(parts) == text
    assert all(part.endswith("\n") for part in parts[:-1])


BITS = ["a", "é", "😀", " ", ".", '"', '""', ",", ";", "\t", "\n", "\r\n", "\\", '\\"', "[{"]
CELLS = st.lists(st.sampled_from(BITS), max_size=8).map("".join)
FILLED = st.sampled_from(
    ["We are on it, Ann.", 'We say "yes"\nto all of it.', "<p>It is here &amp; now.</p>", '[{"body": "It is so."}]']
)
HEADS = st.sampled_from(
    [["id", "title", "body"], ["name", "note", "text"], ["body"], ["a", "b"], ["Hello, how are you today, Sir."]]
)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


@st.composite
def tables(draw: st.DrawFn) -> str:
    """Tables as programs write them; a few are broken."""
    mark, end = draw(st.sampled_from(",;\t")), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    write = st.sampled_from([_quoted, _quoted, _quoted, str])
    row = st.lists(st.builds(lambda cell, way: way(cell), CELLS | FILLED, write), min_size=1, max_size=3)
    rows = [mark.join(cells) for cells in (draw(HEADS), *draw(st.lists(row, max_size=8)))]
    before = draw(st.sampled_from(["", "", "\ufeff", "\n", f"sep={mark}\n", f"\ufeffsep={mark}\r\n"]))
    return before + end.join(rows) + draw(st.sampled_from(["", end]))


def _told(drafts: Iterable[Located]) -> tuple[list[object], str]:
    """All that is known of the drafts, and what went wrong."""
    found: list[object] = []
    try:
        for one in drafts:
            spans = [one.maps()[DRAFT].span(Span(at, at + 1)) for at in range(len(one.draft.text))]
            places = [(one.lines.place(span.start), one.lines.place(span.end)) for span in spans]
            raw = [one.lines.text[slice(*span)] for span in spans]
            found.append((one.draft, one.key, one.title, one.repeats, one.about.id, one.about.tags, places, raw))
    except InputError as error:
        return found, str(error)
    return found, ""


@pytest.mark.parametrize("fields", [None, Fields(reply="b", title="a")], ids=["no-fields", "fields"])
@pytest.mark.parametrize("named", [True, False], ids=["named", "from-a-folder"])
@given(text=tables(), most=st.integers(1, 60))
@example(text='body\n"";""\n"\n"', most=1)
def test_a_table_in_parts_holds_what_the_whole_holds(text: str, most: int, named: bool, fields: Fields | None) -> None:
    whole, wrong = _told(read_structured([text], "f", ".csv", fields, named))
    parts = parts_of(Trickle(text.encode(), most), "f")
    found, wrong_in_parts = _told(read_structured(parts, "f", ".csv", fields, named))
    assert wrong_in_parts == wrong
    assert found[: len(whole)] == whole
    assert wrong or len(found) == len(whole)


def test_a_comment_and_an_agreement_hold_in_a_later_part() -> None:
    row = '"A {0}","Thanks, we will look into it, {0}. <!-- replylint: ignore greeting -->","{{""ignore"": [""sign-off""]}}"\n'
    text = "title,body,replylint\n" + "".join(row.format(number) for number in range(1_200))
    drafts = list(read_piped(io.BytesIO(text.encode()), "f.csv"))
    assert len({id(one.lines) for one in drafts}) > 2
    (sent, agreed) = sorted(drafts[1_000].comments, key=lambda comment: comment.ignore is not None)
    assert (sent.ignore, sent.text) == (None, "<!-- replylint: ignore greeting -->")
    assert sent.lines.place(sent.span.start)[0] == 1_002
    assert agreed.ignore is not None
    assert agreed.ignore.rules == ("sign-off",)


@pytest.mark.parametrize("name", ["f.csv", "f.jsonl"])
def test_a_stream_is_read_no_further_than_is_asked_for(name: str) -> None:
    row = "1,Thanks we will look into it.\n" if name == "f.csv" else '{"draft": "Thanks, we will look into it."}\n'
    stream = Trickle(("id,body\n" if name == "f.csv" else "").encode() + row.encode() * 5_000, 100)
    drafts = read_piped(stream, name)
    next(drafts)
    assert stream.tell() <= 200
    assert sum(1 for _ in drafts) == 4_999


def test_what_comes_before_a_bad_byte_is_read() -> None:
    rows = b"id,body\n1,It is here.\n2,It is \xff.\n"
    drafts: Iterator[Located] = read_piped(io.BytesIO(rows), "f.csv")
    assert next(drafts).draft.text == "It is here."
    with pytest.raises(InputError, match=r"^f\.csv:3:9: found the byte 0xff"):
        next(drafts)


def test_a_row_that_never_ends_is_not_looked_for_again_and_again() -> None:
    text = 'id,body\n1,"It is here.\n' + "and there\n" * 20_000
    with pytest.raises(InputError, match=r"^f\.csv:2:3: found a quoted cell that never ends"):
        list(read_piped(Trickle(text.encode(), 100), "f.csv"))


def test_a_bad_row_is_found_at_its_place_in_a_later_part() -> None:
    text = "id,body\n" + "1,Thanks we will look into it.\n" * 5_000 + "1,Thanks, really\n"
    expected = r"^f\.csv:5002:10: found 3 cells in a table of 2 columns"
    for drafts in (read_named(text, "f.csv", ".csv"), read_piped(io.BytesIO(text.encode()), "f.csv")):
        with pytest.raises(InputError, match=expected):
            list(drafts)


ROWS = {
    "x.jsonl": '{{"id": "{0}", "draft": "{1}"}}\n',
    "x.csv": '{0},"Delay {0}","{1}\n""So sorry"""\r\n',
}


@pytest.mark.parametrize("name", ROWS)
def test_memory_does_not_grow_with_the_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("w", newline="") as out:
        out.write("id,title,body\r\n" if name == "x.csv" else "")
        for number in range(2_000):
            out.write(ROWS[name].format(number, "Thanks, we will look into it. " * 80))
    drafts = read_path(path)
    next(drafts)
    tracemalloc.start()
    count = sum(1 for _ in drafts)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1_999
    assert path.stat().st_size > 4 << 20 > 2 * peak
