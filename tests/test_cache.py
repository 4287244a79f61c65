from __future__ import annotations

from pathlib import Path

from replylint.cache import Cache
from replylint.engine import lint
from replylint.model import Brand, Rulebook
from replylint.rulebook import load_rulebook
from tests.conftest import ANGRY, RULES, answering, customer


def test_the_cache_gives_the_same_findings(tmp_path: Path, small: Rulebook) -> None:
    draft = answering("You need to e-mail us.", customer(ANGRY + " It is broken."))
    first, second = (load_rulebook([RULES], packaged=False, cache=Cache(tmp_path)) for _ in range(2))
    assert len(list(tmp_path.iterdir())) == 1
    assert lint(draft, first, Brand()) == lint(draft, second, Brand()) == lint(draft, small, Brand())


def test_a_changed_rule_is_read_anew(tmp_path: Path) -> None:
    import shutil

    rules, cache = tmp_path / "rules", Cache(tmp_path / "cache")
    shutil.copytree(RULES, rules)
    load_rulebook([rules], packaged=False, cache=cache)
    path = rules / "channel" / "no-email.yaml"
    path.write_text(path.read_text().replace("level: warning", "level: error"))
    assert load_rulebook([rules], packaged=False, cache=cache).rule("no-email").levels[0][0].name == "error"


def test_a_damaged_entry_is_made_again(tmp_path: Path) -> None:
    load_rulebook([RULES], packaged=False, cache=Cache(tmp_path))
    (entry,) = tmp_path.iterdir()
    for damage in (b"", b"\xff", entry.read_bytes()[:-20], b"\x80"):
        entry.write_bytes(damage)
        assert len(load_rulebook([RULES], packaged=False, cache=Cache(tmp_path)).rules) == 4
        assert len(entry.read_bytes()) > 100


def test_a_folder_that_can_not_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert len(load_rulebook([RULES], packaged=False, cache=Cache(tmp_path / "file" / "x")).rules) == 4


def test_clear_removes_entries_and_nothing_else(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("0" * 64, [1])
    (tmp_path / "mine.txt").write_text("x")
    assert cache.clear() == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
