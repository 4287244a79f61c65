from __future__ import annotations

import os
import shutil
import zipfile
from pathlib import Path
from unittest.mock import patch

import pytest
from hatchling.builders.wheel import WheelBuilder

from replylint import rulebook
from replylint.cache import Cache
from replylint.detectors import plan
from replylint.engine import lint
from replylint.model import Brand, Rulebook
from replylint.rulebook import load_rulebook
from tests.conftest import ANGRY, RULES, answering, customer


def test_the_cache_gives_the_same_findings(tmp_path: Path, small: Rulebook) -> None:
    draft = answering("You need to e-mail us.", customer(ANGRY + " It is broken."))
    first, second = (load_rulebook([RULES], packaged=False, cache=Cache(tmp_path)) for _ in range(2))
    assert len(list(tmp_path.iterdir())) == 2  # the rulebook, and the literals of its patterns
    assert lint(draft, first, Brand()) == lint(draft, second, Brand()) == lint(draft, small, Brand())


def test_a_changed_rule_is_read_anew(tmp_path: Path) -> None:
    rules, cache = tmp_path / "rules", Cache(tmp_path / "cache")
    shutil.copytree(RULES, rules)
    load_rulebook([rules], packaged=False, cache=cache)
    path = rules / "channel" / "no-email.yaml"
    path.write_text(path.read_text().replace("level: warning", "level: error"))
    assert load_rulebook([rules], packaged=False, cache=cache).rule("no-email").levels[0][0].name == "error"


def test_a_changed_rule_does_not_have_the_literals_of_all_patterns_found_anew(tmp_path: Path) -> None:
    rules, cache = tmp_path / "rules", Cache(tmp_path / "cache")
    shutil.copytree(RULES, rules)
    load_rulebook([rules], packaged=False, cache=cache)
    path = rules / "signals" / "customer" / "angry-again.yaml"
    path.write_text(
        "about: Again.\nany-of:\n  - pattern: '\\bnot once more\\b'\nhits: [not once more]\nmisses: [hello]\n"
    )
    with patch.object(plan, "needed", wraps=plan.needed) as needed:
        changed = load_rulebook([rules], packaged=False, cache=cache)
    assert [call.args for call in needed.call_args_list] == [(r"\bnot once more\b",)]
    draft = answering("You need to e-mail us.", customer(ANGRY + " It is broken."))
    assert lint(draft, changed, Brand()) == lint(draft, load_rulebook([rules], packaged=False), Brand())


def test_a_wheel_brings_the_literals_of_all_packaged_patterns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (wheel,) = WheelBuilder(str(Path(__file__).parent.parent)).build(directory=str(tmp_path), versions=["standard"])
    shipped = zipfile.ZipFile(wheel).extract("replylint/data/literals.msgpack", tmp_path)
    monkeypatch.setattr(rulebook, "SHIPPED", Path(shipped))
    monkeypatch.setattr(plan, "needed", lambda pattern: pytest.fail(f"looked for the literals of {pattern}"))
    for cache in (None, Cache(tmp_path / "cache")):
        assert len(load_rulebook(cache=cache).rules) > 70


def test_a_damaged_entry_is_made_again(tmp_path: Path) -> None:
    load_rulebook([RULES], packaged=False, cache=Cache(tmp_path))
    whole = {entry: entry.read_bytes() for entry in tmp_path.iterdir()}
    for cut in (0, 1, -20):
        for entry, data in whole.items():
            entry.write_bytes(data[:cut])
        assert len(load_rulebook([RULES], packaged=False, cache=Cache(tmp_path)).rules) == 4
        assert {entry: entry.read_bytes() for entry in tmp_path.iterdir()} == whole


def test_a_folder_that_can_not_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert len(load_rulebook([RULES], packaged=False, cache=Cache(tmp_path / "file" / "x")).rules) == 4


def test_clear_removes_entries_and_nothing_else(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("0" * 64, [1])
    (tmp_path / "mine.txt").write_text("x")
    assert cache.clear() == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_what_was_used_lately_stays(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for number in range(40):
        cache.put(f"{number:064}", number)
        os.utime(tmp_path / f"{number:064}", (number, number))
        assert cache.get(f"{0:064}", int) == 0
    assert cache.get(f"{1:064}", int) is None
    assert cache.get(f"{39:064}", int) == 39
