from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

CHECK = [sys.executable, "-m", "replylint", "check", "--isolated", "-e", "--output-format", "jsonl", "-v"]
DRAFTS = (
    "Please e-mail us at help@acme.example.",
    "So sorry, Ann! I've sent a new one today, it is with you on Friday. ^Jo",
    "You need to calm down. Unfortunately we can't do anything asap.",
)


def write(path: Path, count: int, broken: bool = False) -> Path:
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            case = {"id": str(number), "draft": f"{DRAFTS[number % 3]} ({number})"}
            if number % 2:
                case["thread"] = [{"from": "customer", "text": "Third time I ask. Useless! Where is it?"}]  # type: ignore[assignment]
            out.write(json.dumps(case) + "\n")
        conversation = {
            "id": "c",
            "messages": [{"from": "customer", "text": "It broke."}, {"from": "brand", "text": DRAFTS[0]}],
        }
        out.write(json.dumps(conversation) + "\n")
        if broken:
            out.write('{"draft": \n')
    return path


def run(path: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*CHECK, str(path), *options], capture_output=True)


def test_the_number_of_processes_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.jsonl", 70)
    one, two, usual = run(path, "-j", "1"), run(path, "-j", "2"), run(path)
    assert one.stdout.count(b"\n") > 70
    assert one.stdout == two.stdout == usual.stdout


def test_the_number_of_processes_changes_nothing_of_what_examples_come_to(tmp_path: Path) -> None:
    rule = (Path(__file__).parent / "rules" / "channel" / "no-email.yaml").read_text()
    (tmp_path / "channel").mkdir()
    for number in range(3):
        broken = rule.replace("We have sent it.", f"Do e-mail us {number}.").replace("no-email", f"no-email-{number}")
        (tmp_path / "channel" / f"no-email-{number}.yaml").write_text(broken)
    test = [sys.executable, "-m", "replylint", "test", "--isolated", "-v", str(tmp_path)]
    one, two, usual = (subprocess.run([*test, *jobs], capture_output=True) for jobs in (["-j", "1"], ["-j", "2"], []))
    assert one.stdout.count(b"and should not be") == 3
    assert one.stdout == two.stdout == usual.stdout


def test_what_comes_before_a_broken_line_is_shown_in_any_case(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.jsonl", 40, broken=True)
    one, two = run(path, "-j", "1"), run(path, "-j", "2")
    assert one.returncode == two.returncode == 2
    assert one.stdout == two.stdout != b""
    assert one.stderr == two.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no signals between processes")
def test_an_interrupt_ends_all_processes_at_once(tmp_path: Path) -> None:
    path = write(tmp_path / "cases.jsonl", 30_000)
    process = subprocess.Popen(
        [*CHECK, str(path), "-j", "2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    start = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert time.monotonic() - start < 5
    assert process.returncode not in (0, 1)
    assert b"Traceback" not in errors
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
