from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from replylint.brand import load_brand
from replylint.errors import InputError
from replylint.model import Brand, Choice, Ignore, Level

SETTINGS = """
brand: Acme
handles: ["@AcmeHelp"]
contacts: ["0800 555 0199"]
voice: casual
signs: "^JM"
serves_here: false
channel: x
response_target: 1h 30m
reading_grade: 8
ignore: [{macro: t-1, rules: [no-email], reason: agreed, owner: ann, until: 2027-01-31}]
rules_as_of: 0.1.0
rules: {hard-to-read: off, say-please: warning, too-many-asks: {questions: 4, level: error}}
"""


def load(tmp_path: Path, text: str) -> Brand:
    path = tmp_path / ".replylint.yaml"
    path.write_text(text)
    return load_brand(path)


def test_settings(tmp_path: Path) -> None:
    brand = load(tmp_path, SETTINGS)
    assert (brand.name, brand.handles, brand.voice, brand.signs) == ("Acme", ("@AcmeHelp",), "casual", "^JM")
    assert (brand.serves_here, brand.response_target, brand.reading_grade) == (False, timedelta(minutes=90), 8)
    (entry,) = brand.ignore
    assert entry == Ignore(("no-email",), "t-1", "agreed", "ann", date(2027, 1, 31), brand.path, entry.span)
    assert SETTINGS[entry.span.start : entry.span.end].startswith("{macro: t-1, ")
    assert brand.rules == {
        "hard-to-read": Choice(on=False),
        "say-please": Choice(level=Level.warning),
        "too-many-asks": Choice(level=Level.error, options={"questions": 4}),
    }


def test_no_settings_are_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path, "# nothing yet\n") == Brand(path=str(tmp_path / ".replylint.yaml"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("voise: casual", '1:1: found the key "voise"; allowed in the settings: '),
        ("voice: loud", '1:8: found "loud"; allowed: casual, formal'),
        ("reading_grade: low", '1:16: found "low"; expected a number'),
        ("response_target: soon", '1:18: found "soon"; expected a time such as 30m, 2h or 1d'),
        ("rules: {a: loud}", '1:12: found "loud"; allowed: error, off, on, suggestion, warning, or options'),
        ("ignore: [{rules: [a]}]", '1:10: the key "macro" is missing in the settings'),
        ("rules_as_of: next", '1:14: found "next"; expected a version, as in 0.1.0'),
        ("- a", "1:1: found a list, where the settings should be: a mapping of keys"),
    ],
)
def test_mistakes(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        load(tmp_path, text)
    assert str(error.value).startswith(f"{tmp_path}/.replylint.yaml:{message}")


def test_extends_and_overrides(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "house.yaml").write_text("voice: formal\nlength: 300\nrules: {a: off, b: error}\nrule_paths: [rules]\n")
    (tmp_path / "team").mkdir()
    (tmp_path / "team" / ".replylint.yaml").write_text(
        "extends: ../house.yaml\nlength: 200\nrules: {b: off}\n"
        "overrides: [{files: 'legal/**', voice: casual, rules: {a: warning}}]\n"
    )
    path = tmp_path / "team" / ".replylint.yaml"
    plain = load_brand(path, tmp_path / "team" / "m.yaml")
    assert (plain.voice, plain.length, plain.rule_paths) == ("formal", 200, (str(tmp_path / "team" / ".." / "rules"),))
    assert plain.rules == {"a": Choice(on=False), "b": Choice(on=False)}
    legal = load_brand(path, tmp_path / "team" / "legal" / "deep" / "m.yaml")
    assert (legal.voice, legal.rules["a"]) == ("casual", Choice(level=Level.warning))


@pytest.mark.parametrize(
    ("extends", "message"),
    [
        ("../outside.yaml", 'found "../outside.yaml"; only a file inside the project can be extended'),
        (".replylint.yaml", '".replylint.yaml" extends this file in turn'),
        ("none.yaml", "none.yaml: no such file"),
    ],
)
def test_what_can_not_be_extended(tmp_path: Path, extends: str, message: str) -> None:
    (tmp_path / "outside.yaml").write_text("voice: formal")
    (tmp_path / "p").mkdir()
    with pytest.raises(InputError) as error:
        load(tmp_path / "p", f"extends: {extends}")
    assert message in str(error.value)
