"""The locks: killed runs lose nothing, settings reach nothing outside the project, nothing leaves the machine or stays in a cache."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from replylint.brand import load_brand
from replylint.cli.inputs import Request, Settings, located_drafts
from replylint.detectors.plan import compile_pattern
from replylint.errors import InputError
from replylint.sources.discovery import discover
from tests.conftest import RULES
from tests.test_cli import run

SECRET = "kestrel.quux@mail.example"
CASE = {"thread": [{"from": "customer", "name": "Zebulon", "text": f"Useless! Mail {SECRET}, 0800 555 0142."}]}

# --- nothing lost ---------------------------------------------------------------------------------------------------

_WRITE_FOR_EVER = """
import sys
from pathlib import Path
from replylint.writing import write_whole
old, new = "o" * 3_000_000, "n" * 3_000_000
print("started", flush=True)
while True:
    write_whole(Path(sys.argv[1]), new)
    write_whole(Path(sys.argv[1]), old)
"""


def test_a_writer_killed_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    file, choose = tmp_path / "m.yaml", random.Random(6)
    whole = {"o" * 3_000_000, "n" * 3_000_000}
    file.write_text("o" * 3_000_000)
    for _ in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", _WRITE_FOR_EVER, str(file)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout
            writer.stdout.readline()
            time.sleep(choose.random() * 0.05)
            writer.kill()
        assert file.read_text() in whole


@pytest.mark.parametrize("option", ["--fix", "--write-baseline"])
def test_a_command_killed_at_any_moment_leaves_old_or_new(tmp_path: Path, option: str) -> None:
    library, baseline = tmp_path / "m.yaml", tmp_path / "b.json"
    old = "".join(f"- {{title: t{n}, body: Please e-mail us about the the parcel {n}.}}\n" for n in range(60))
    command = ["check", option, "--baseline", str(baseline), "--isolated", str(library)]
    written = library if option == "--fix" else baseline

    def start_anew() -> None:
        library.write_text(old)
        baseline.write_text('{"version": 1, "findings": []}\n')

    start_anew()
    before, start = written.read_text(), time.monotonic()
    run(*command)
    took, after = time.monotonic() - start, written.read_text()
    assert after != before
    choose = random.Random(6)
    for _ in range(4):
        start_anew()
        with subprocess.Popen(
            [sys.executable, "-m", "replylint", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as running:
            time.sleep(took * choose.uniform(0.6, 1))
            running.kill()
        assert written.read_text() in (before, after)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_is_read_only_is_named(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text("- {title: t, body: We have have it.}\n")
    tmp_path.chmod(0o555)
    done = run("check", "--fix", "--isolated", str(tmp_path / "m.yaml"))
    tmp_path.chmod(0o755)
    assert done.returncode == 2
    assert f"{tmp_path / 'm.yaml'}: can't be written: Permission denied" in done.stderr


def test_links_that_loop_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to("b.yaml")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    (tmp_path / "down").symlink_to(".")
    for path in ("a.yaml", "."):
        done = run("check", "--isolated", path, cwd=tmp_path)
        assert done.returncode == 2
        assert "a.yaml: " in done.stderr


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    (tmp_path / "d.txt").write_text("We have it.")
    done = run("check", "--isolated", "d.txt", "-o", "/dev/full", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, "replylint: /dev/full: can't be written: No space left on device\n")
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "replylint", "check", "--isolated", "d.txt"]
        shown = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    assert shown.returncode == 2
    assert "Traceback" not in shown.stderr
    assert "No space left on device" in shown.stderr


_NO_ROOM = """
import resource, sys
from pathlib import Path
import replylint.rulebook
from replylint.cli import main
rules = Path(sys.argv.pop(1))
replylint.rulebook.packaged_rules = lambda: rules
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on the length of files")
@pytest.mark.parametrize("option", ["--fix", "--write-baseline"])
def test_where_there_is_no_room_the_old_file_stays_whole(tmp_path: Path, option: str) -> None:
    library, baseline, cache = tmp_path / "m.yaml", tmp_path / "b.json", tmp_path / "cache"
    old = "".join(f"- {{title: t{n}, body: You need to e-mail us about parcel {n}.}}\n" for n in range(90))
    library.write_text(old)
    baseline.write_text('{"version": 1, "findings": []}\n')
    written = library if option == "--fix" else baseline
    before = written.read_text()
    options = ["--fix", "--unsafe-fixes"] if option == "--fix" else [option]
    command = ["check", *options, "--baseline", "b.json", "--isolated", "--cache-dir", "cache", "m.yaml"]
    done = subprocess.run(
        [sys.executable, "-c", _NO_ROOM, str(RULES), *command], capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == 2
    assert done.stderr.endswith(f"{written.name}: can't be written: File too large\n")
    assert written.read_text() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.json", "cache", "m.yaml"]
    assert [path for path in cache.iterdir() if path.name.startswith("tmp")] == []


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no folder in which not even the superuser may write")
def test_where_nobody_may_write(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text("We have have it.")
    for options in (("-o", "/proc/r.txt"), ("--write-baseline", "--baseline", "/proc/b.json")):
        done = run("check", "--isolated", "d.txt", *options, cwd=tmp_path)
        assert done.returncode == 2
        assert re.search(rf"replylint: {options[-1]}: can't be written: \w", done.stderr)


def test_a_file_that_vanishes_is_named_and_the_others_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("replylint.rulebook.packaged_rules", lambda: RULES)
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("We have it.")
    request = Request(paths=tuple(str(tmp_path / f"{name}.txt") for name in "abc"), isolated=True)
    drafts = located_drafts(request, Settings(request))
    assert next(drafts)[0].path.endswith("a.txt")
    (tmp_path / "b.txt").unlink()
    assert next(drafts)[0].path.endswith("c.txt")
    with pytest.raises(InputError) as error:
        next(drafts)
    assert str(error.value) == f"{tmp_path / 'b.txt'}: no such file"


def test_no_home_is_needed(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text("We have it, and it is on its way to you now.")
    for home in ("", "/nonexistent", "/dev/null"):
        done = run("check", "d.txt", cwd=tmp_path, HOME=home, XDG_CACHE_HOME="")
        assert (done.returncode, done.stderr) == (0, "")


def test_a_working_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    code = (
        f"import os, sys; os.chdir({str(tmp_path)!r}); os.rmdir({str(tmp_path)!r})\n"
        "sys.argv = ['replylint', 'check', 'd.txt']\nfrom replylint.cli import main\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "No such file or directory" in done.stderr


# --- hostile settings and rules -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            "extends: ../../other.yaml",
            ':1:10: found "../../other.yaml"; only a file inside the project can be extended',
        ),
        ("extends: /etc/passwd", ':1:10: found "/etc/passwd"; only a file inside the project can be extended'),
        ("extends: .replylint.yaml", ':1:10: ".replylint.yaml" extends this file in turn'),
        ("extends: link.yaml", ':1:10: found "link.yaml"; only a file inside the project can be extended'),
        ("rule_paths: [../other]", ':1:14: found "../other"; only a folder inside the project can hold rules'),
        ("rule_paths: [/etc]", ':1:14: found "/etc"; only a folder inside the project can hold rules'),
    ],
)
def test_settings_reach_nothing_outside_the_project(tmp_path: Path, settings: str, message: str) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / "other.yaml").write_text("brand: Acme")
    (project / "link.yaml").symlink_to(tmp_path / "other.yaml")
    file = project / ".replylint.yaml"
    file.write_text(settings)
    with pytest.raises(InputError) as error:
        load_brand(file)
    assert str(error.value) == f"{file}{message}"


@pytest.mark.parametrize("key", ["files", "exclude", "overrides"])
def test_a_glob_that_would_never_end_ends(tmp_path: Path, key: str) -> None:
    glob = "*a" * 25 + "*b"
    settings = {key: [{"files": glob, "voice": "casual"}] if key == "overrides" else [glob]}
    (tmp_path / ".replylint.yaml").write_text(json.dumps(settings))
    (tmp_path / f"{'a' * 200}.txt").write_text("We have it.")
    start = time.process_time()
    brand = load_brand(tmp_path / ".replylint.yaml", tmp_path / f"{'a' * 200}.txt")
    assert discover([tmp_path], brand, tmp_path, force_exclude=True) is not None
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            "a: &a [x,x,x,x,x,x,x,x,x]\n"
            + "".join(f"{c}: &{c} [{','.join(['*' + p] * 9)}]\n" for p, c in pairwise("abcdefghi")),
            "aliases that expand",
        ),
        ("rules: " + "[" * 5000, "broken YAML: "),  # in the words of the YAML library
        ("brand: !!python/object/apply:os.system [id]", "found a list; expected text"),
        ("brand: !!binary aGk=", "found the tag tag:yaml.org,2002:binary; only plain values are allowed"),
        ("brand: \0", "broken YAML: control characters are not allowed"),
        ("? [a]\n: b", "found a key that is a list or a mapping"),
        ("length: " + "9" * 5000, "found 9999"),
        ("".join(f"k{n}: 1\n" for n in range(5000)), 'found the key "k0"; allowed in the settings'),
    ],
    ids=["aliases", "deep", "python", "binary", "nul", "key", "number", "many-keys"],
)
def test_settings_that_mean_harm_are_refused_soon(tmp_path: Path, settings: str, message: str) -> None:
    file, start = tmp_path / ".replylint.yaml", time.process_time()
    file.write_text(settings)
    with pytest.raises(InputError) as error:
        load_brand(file)
    assert error.value.message.startswith(message)
    assert error.value.line
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    "pattern", ["a{1001}", "(a{1000}){1000}", "((((a{30}){30}){30}){30}){30}", "(?:x{500}y?){900}"]
)
def test_a_pattern_that_repeats_too_much_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"bad repetition operator|pattern too large|invalid repetition size"):
        compile_pattern(pattern)


# --- privacy --------------------------------------------------------------------------------------------------------

_OFFLINE = """
import socket, sys
def refuse(*a, **k): raise SystemExit("network")
for name in ("connect", "connect_ex", "sendto"): setattr(socket.socket, name, refuse)
for name in ("create_connection", "getaddrinfo", "gethostbyname"): setattr(socket, name, refuse)
from replylint.cli import main
main()
"""
COMMANDS = [
    ["check", "--verbose"], ["check", "--diff"], ["check", "--output-format", "sarif"], ["check", "--statistics"], ["signals"],
    ["rules"], ["explain", "channel-redirect-upset"], ["test"], ["show-config"], ["schema", "rule"], ["clean"], ["init", "--yes"],
    ["--version"],
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_uses_the_network(tmp_path: Path, command: list[str]) -> None:
    case = tmp_path / "c.jsonl"
    case.write_text(json.dumps(CASE | {"draft": "Sorry, please e-mail us about your your bag. Is it large?"}))
    files = [str(case)] if command[0] in ("check", "signals") else []
    done = subprocess.run(
        [sys.executable, "-c", _OFFLINE, *command, *files],
        cwd=tmp_path, capture_output=True, text=True, stdin=subprocess.DEVNULL, env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
    )  # fmt: skip
    assert "network" not in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1, 2), done.stderr


def test_what_a_customer_said_stays_in_no_cache_and_no_machine_format(tmp_path: Path) -> None:
    case, cache = tmp_path / "c.jsonl", tmp_path / "cache"
    case.write_text(json.dumps(CASE | {"draft": f"Zebulon, please e-mail us at {SECRET} or call 0800 555 0142."}))
    private = (SECRET, "kestrel", "Zebulon", "0142", "Useless!")
    for form in ("concise", "json", "jsonl", "github", "gitlab", "sarif", "junit", "checkstyle", "rdjson", "full"):
        done = run("check", str(case), "--isolated", "--cache-dir", str(cache), "-v", "--output-format", form)
        for word in private[:-1]:
            assert word not in done.stdout + done.stderr
    entries = [path for path in cache.rglob("*") if path.is_file()]
    assert entries
    for entry in entries:
        assert not [word for word in private if word.encode() in entry.read_bytes()]
