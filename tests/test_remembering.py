from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from replylint.cli.remembering import Remembered
from tests.test_workers import write

COUNT = 40


def run(folder: Path, *options: str) -> bytes:
    command = [
        sys.executable,
        "-m",
        "replylint",
        "check",
        "-e",
        "--output-format",
        "json",
        "-v",
        "--cache-dir",
        "cache",
    ]
    done = subprocess.run([*command, "cases.jsonl", *options], capture_output=True, cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "cases.jsonl", COUNT)
    return tmp_path


def test_a_second_run_says_the_same(folder: Path) -> None:
    plain = run(folder, "--no-cache")
    assert run(folder) == run(folder) == run(folder, "-j", "2") == plain
    assert json.loads(plain)["summary"]["drafts"] == COUNT + 1


def test_what_is_known_is_not_judged_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from replylint.cache import Cache
    from replylint.cli import workers
    from replylint.cli.inputs import Request
    from replylint.cli.judging import Selection, judge

    asked: list[int] = []
    lint = workers.lint

    def counting(*arguments: object) -> object:
        asked.append(len(arguments[4]))  # type: ignore[arg-type]
        return lint(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(workers, "lint", counting)
    request = Request((str(folder / "cases.jsonl"),), isolated=True, cache=Cache(folder / "cache"), jobs=1)
    first = [one.result for one in judge(request, Selection(), True)]
    assert len(asked) > COUNT
    asked.clear()
    assert [one.result for one in judge(request, Selection(), True)] == first
    assert not asked


def test_settings_rules_and_drafts_count(folder: Path) -> None:
    run(folder)
    (folder / ".replylint.yaml").write_text("rules: {vague-timeframe: error, you-need-to: off}\nvoice: formal\n")
    assert run(folder) == run(folder) == run(folder, "--no-cache")
    assert run(folder, "--select", "vague-timeframe") == run(folder, "--no-cache", "--select", "vague-timeframe")
    text = (folder / "cases.jsonl").read_text()
    (folder / "cases.jsonl").write_text(text.replace("asap", "on Friday at noon"))
    assert run(folder) == run(folder, "--no-cache")


def test_no_words_can_be_read(folder: Path) -> None:
    run(folder)
    kept = b"".join(path.read_bytes() for path in (folder / "cache").iterdir() if path.stat().st_size < 100_000)
    assert len(kept) > COUNT * 100
    for word in (b"vague-timeframe", b"Ann", b"asap", b"calm down", b"Useless", b"acme"):
        assert word not in kept


def test_an_unchanged_library_is_not_compared_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from replylint.cache import Cache
    from replylint.cli import judging
    from replylint.cli.inputs import Request
    from replylint.reporters import Judged

    compared: list[object] = []
    lint = judging.lint

    def counting(*arguments: object) -> object:
        compared.append(arguments[5])
        return lint(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(judging, "lint", counting)
    macros = [tmp_path / f"{number:02}.txt" for number in range(20)]
    for number, path in enumerate(macros):
        path.write_text(f"Your cello number {number} is ready, the luthier rings at noon today.")

    def found(cache: Cache | None) -> list[Judged]:
        request = Request(tuple(map(str, macros)), isolated=True, cache=cache, jobs=1, kind="macro")
        return list(judging.judge(request, judging.Selection(), True))

    def alike(judged: list[Judged]) -> int:
        return sum(bool(one.result.findings) for one in judged if one.scope == "library")

    cache = Cache(tmp_path / "cache")
    first = found(cache)
    assert alike(first) == 19
    assert compared == ["library"] * 20
    again = found(cache)
    assert [(one.located.path, one.result, one.scope) for one in again] == [
        (one.located.path, one.result, one.scope) for one in first
    ]
    assert len(compared) == 20
    assert not any(b"cello" in path.read_bytes() for path in cache.folder.iterdir() if path.stat().st_size < 100_000)
    macros[0] = macros[0].rename(tmp_path / "00-renamed.txt")
    assert [one.result for one in found(cache)] == [one.result for one in found(None)]
    assert "/00-renamed.txt" in found(cache)[-1].result.findings[0].message
    macros[3].write_text("The harp has new strings; please fetch it on Friday between four and six.")
    assert alike(found(cache)) == alike(found(None)) == 18


def test_a_damaged_shelf_is_made_again(folder: Path) -> None:
    plain = run(folder)
    shelves = [path for path in (folder / "cache").iterdir() if path.stat().st_size < 100_000]
    for damage in (b"", b"\x80", b"\x81\xa6drafts\xc0", shelves[0].read_bytes().replace(b"\0", b"\1")):
        for path in shelves:
            path.write_bytes(damage)
        assert run(folder) == plain


def test_without_a_cache_nothing_is_remembered(folder: Path) -> None:
    run(folder, "--no-cache")
    assert not (folder / "cache").exists()
    Remembered(None, None).keep()
