from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.documents import line_and_column
from replylint.errors import InputError
from replylint.jsons import read_json
from replylint.yamls import read_yaml


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\na: 2", 'f.yaml:2:1: found the key "a" twice (first in line 1); each key is allowed once'),
        (
            "a: [1",
            "f.yaml:2:1: broken YAML: did not find expected ',' or ']' while parsing a flow sequence from line 1",
        ),
        ("? [a]\n: 1", "f.yaml:1:3: found a key that is a list or a mapping; a key is a word"),
        (
            "a: !!python/object:os.system x",
            "f.yaml:1:4: found the tag tag:yaml.org,2002:python/object:os.system; only plain values are allowed",
        ),
        ("a: x\0y", "f.yaml:1:5: broken YAML: control characters are not allowed (#x0000)"),
        (
            "a: 'b\nc: d",
            "f.yaml:2:5: broken YAML: found unexpected end of stream while scanning a quoted scalar from line 1",
        ),
        ("a: b\n c: d", "f.yaml:2:3: broken YAML: mapping values are not allowed in this context"),
    ],
)
def test_broken_yaml(text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read_yaml(text, "f.yaml")
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1,\n "b": }', "f.json:2:7: broken JSON: Expecting value"),
        ('{"a": 1, "a": 2}', 'f.json:1:10: found the key "a" twice; each key is allowed once'),
        ("[" * 100_000, "f.json:1: broken JSON: nested deeper than 100 levels"),
        ("", "f.json:1:1: broken JSON: there is nothing in it"),
        ('[{"a": 1} // so\n]', "f.json:1:11: broken JSON: found a comment, and JSON has none"),
        ('["a",]', "broken JSON: found a comma after the last entry"),
        ('{"a": ",]" 1}', "f.json:1:12: broken JSON: Expecting ',' delimiter"),
        ('["a\n"]', "closing quote is missing, or a line break is written \\n"),
    ],
)
def test_broken_json(text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read_json(text, "f.json")
    assert str(error.value).endswith(message)  # which character a last comma's error is at, differs among Pythons


def test_merge_keys_bring_what_does_not_stand_there_itself() -> None:
    document = read_yaml("a: &a {x: 1, y: 1}\nb: {<<: *a, y: 2}\nc: {<<: [{z: 3, x: 3}, *a]}\nd: {'<<': {}}\n", "f")
    assert document.data == {
        "a": {"x": 1, "y": 1},
        "b": {"x": 1, "y": 2},
        "c": {"z": 3, "x": 3, "y": 1},
        "d": {"<<": {}},
    }
    assert document.node(("b", "x")).start == document.node(("a", "x")).start


def test_only_true_and_false_are_booleans() -> None:
    found = read_yaml("default: off\nno: yes\non: on\na: true\nb: 12:30\nc: 2026-11-22\nd: 010\n", "f").data
    assert found == {"default": "off", "no": "yes", "on": "on", "a": True, "b": "12:30", "c": "2026-11-22", "d": "010"}


def test_aliases_that_explode_are_refused() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{n}: &{n} [{', '.join([f'*{p}'] * 9)}]" for p, n in zip("abcdefgh", "bcdefghi", strict=True)]
    with pytest.raises(InputError, match="aliases that expand"):
        read_yaml("\n".join(lines), "f.yaml")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES, st.sampled_from([None, 2]))
def test_json_keeps_values_and_places(value: object, indent: int | None) -> None:
    import json

    text = "\ufeff" + json.dumps(value, indent=indent)
    document = read_json(text, "f.json")
    assert document.data == value
    assert json.loads(text[document.root.start : document.root.end]) == value


def test_line_and_column() -> None:
    assert line_and_column("ab\ncd", 0) == (1, 1)
    assert line_and_column("ab\ncd", 4) == (2, 2)
