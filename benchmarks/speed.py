"""How fast the tool is, as whole processes, beside other linters in the same run.

    python -m benchmarks.speed [--runs 5] [--replies 50000] [--node FOLDER] [--write BENCHMARKS.md] [--profile]

Ratios say more than seconds: all programs take turns on the same machine and the same texts. A peer that is not installed is
left out; `--node` is the folder in which `npm install write-good alex textlint textlint-rule-write-good` was run.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.peers import NODE, OURS, PYTHON, Programs
from benchmarks.texts import messages, replies, write_cases, write_files, write_rules, write_text

TO = "Third time I ask. Where is my parcel? It is a week late."
PEERS = (*PYTHON, *NODE)
_LONGEST = 300  # seconds that a peer may take


class Took(NamedTuple):
    seconds: float
    megabytes: float  # at most, of the process itself


def run(command: Sequence[str], folder: Path) -> Took | None:
    """None where the program failed or took too long."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while True:
        done, status, usage = os.wait4(process.pid, os.WNOHANG)
        if done:
            break
        if time.perf_counter() - start > _LONGEST and OURS not in command[0]:
            process.kill()
            os.wait4(process.pid, 0)
            return None
        time.sleep(0.001)
    took = time.perf_counter() - start
    process.returncode = code = os.waitstatus_to_exitcode(status)
    return Took(took, usage.ru_maxrss / 1024) if code in (0, 1) or "codespell" in command[0] else None


class Work:
    """One row of the table: the same work by several programs. `make` gives the command of each run."""

    def __init__(self, name: str, count: int = 1, target: str = "") -> None:
        self.name, self.count, self.target = name, count, target
        self.commands: dict[str, tuple[Callable[[int], list[str]], int]] = {}

    def add(self, program: str, command: list[str] | None, count: int | None = None) -> None:
        if command is not None:
            self.add_each(program, lambda _: command, count)

    def add_each(self, program: str, make: Callable[[int], list[str]], count: int | None = None) -> None:
        self.commands[program] = (make, count or self.count)

    def medians(self, runs: int, folder: Path) -> dict[str, Took]:
        """The programs take turns, so that a busy machine slows all of them."""
        taken: dict[str, list[Took]] = {program: [] for program in self.commands}
        for number in range(runs):
            for program, (make, _) in self.commands.items():
                if (number == 0 or taken[program]) and (took := run(make(number), folder)):
                    taken[program].append(took)
        return {
            program: Took(statistics.median(t.seconds for t in each), max(t.megabytes for t in each))
            for program, each in taken.items()
            if each
        }


def works(folder: Path, count: int, peer_count: int, programs: Programs, runs: int) -> list[Work]:
    draft = folder / "draft.txt"
    draft.write_text(next(replies()) + "\n", encoding="utf-8")
    libraries = [folder / f"library{number}" for number in range(runs + 1)]
    for number, library in enumerate(libraries):
        write_files(library, 500, seed=number)
    files = [[str(path) for path in sorted(library.iterdir())] for library in libraries]
    write_text(folder / "some.txt", peer_count)
    for name, with_customer in (("alone", False), ("cases", True)):
        write_cases(folder / f"{name}.jsonl", count, with_customer)
    write_rules(folder / "own", phrases=2000, patterns=500)
    (folder / "own.yaml").write_text("rule_paths: [own]\n")

    check = [str(programs.path(OURS)), "check", "--isolated", "--cache-dir", str(folder / "cache")]
    own = [*check[:2], "--config", str(folder / "own.yaml"), *check[3:]]
    macros = [*check, "--kind", "macro"]
    alone, cases = str(folder / "alone.jsonl"), str(folder / "cases.jsonl")

    start = Work("--help", target="0.10 s")
    start.add(OURS, [check[0], "--help"])
    for peer in PYTHON:
        start.add(peer, [path, "--help"] if (path := programs.path(peer)) else None)
    one = Work("one draft with the customer's message", target="0.20 s")
    one.add(OURS, [*check, str(draft), "--to", TO, "--channel", "x"])
    many = Work("500 files of macros", 500, "0.60 s")
    many.add_each(OURS, lambda number: [*macros, *files[number]])  # others each time, so that none is known
    unchanged = Work("the same 500 files again", 500, "0.25 s")
    unchanged.add(OURS, [*macros, *files[0]])
    rows = [start, one, many, unchanged]
    for name, jobs in (("one core", "1"), ("all cores", str(os.cpu_count()))):
        with_customer = Work(
            f"{count:,} replies with the customer's message, {name}", count, "12,000/s" if jobs == "1" else ""
        )
        with_customer.add(OURS, [*check, "--no-cache", "-j", jobs, cases])
        rows.append(with_customer)
    replies_alone = Work(f"{count:,} replies alone, one core", count, "20,000/s")
    replies_alone.add(OURS, [*check, "--no-cache", "-j", "1", alone])
    with_own = Work(f"{count:,} replies alone, with 2,000 phrases and 500 patterns more", count)
    with_own.add(OURS, [*own, "--no-cache", "-j", "1", alone])
    for work, of, number in (
        (one, [str(draft)], 1),
        (many, files[0], 500),
        (replies_alone, [str(folder / "some.txt")], peer_count),
    ):
        for peer in PEERS:
            work.add(peer, programs.command(peer, *of), number)
    return [*rows, replies_alone, with_own]


def library_call(rounds: int = 2000) -> tuple[float, float]:
    """Microseconds of one reply through the library, warm: alone, and with the customer's message."""
    import replylint

    rules, source, said = replylint.load_rules(), replies(), messages()
    drafts = [next(source) for _ in range(2 * rounds)]
    found = []
    for with_customer in (False, True):
        threads = [
            [{"from": "customer", "text": said[n % len(said)]}] if with_customer else None for n in range(2 * rounds)
        ]
        for half in (slice(rounds), slice(rounds, None)):  # the first half warms up
            start = time.perf_counter()
            for draft, thread in zip(drafts[half], threads[half], strict=True):
                replylint.lint(draft, thread=thread, rules=rules)
            took = (time.perf_counter() - start) / rounds * 1e6
        found.append(took)
    return found[0], found[1]


def table(rows: Sequence[Work], runs: int, folder: Path) -> str:
    names = (OURS, *PEERS)
    lines = [f"| work | target | {' | '.join(names)} | memory |", "|---" * (len(names) + 3) + "|"]
    for work in rows:
        medians = work.medians(runs, folder)
        cells = [_cell(work, name, medians[name].seconds) if name in medians else "" for name in names]
        memory = _memory(medians[OURS].megabytes) if OURS in medians else ""
        lines.append(f"| {work.name} | {work.target} | {' | '.join(cells)} | {memory} |")
        print(lines[-1], file=sys.stderr, flush=True)
    return "\n".join(lines)


def _memory(megabytes: float) -> str:
    """The peak of a process; what starts as a copy of this one can't be seen to take less."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{megabytes:.0f} MB" if megabytes > own * 1.05 else f"under {own:.0f} MB"


def _cell(work: Work, program: str, taken: float) -> str:
    count = work.commands[program][1]
    return f"{taken:.2f} s" + (f" ({count / taken:,.0f}/s)" if count > 1 else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--replies", type=int, default=50_000)
    parser.add_argument("--peer-replies", type=int, default=2_000, help="what the peers get in place of them")
    parser.add_argument("--node", type=Path, default=Path(), help="the folder that holds node_modules")
    parser.add_argument("--write", type=Path, help="write the table to this file")
    parser.add_argument("--profile", action="store_true", help="where the time of the library call goes, instead")
    chosen = parser.parse_args()
    if chosen.profile:
        import cProfile

        cProfile.run("from benchmarks.speed import library_call; library_call(3000)", sort="tottime")
        return
    programs = Programs(chosen.node.absolute())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = works(folder, chosen.replies, chosen.peer_replies, programs, chosen.runs)
        run(
            [str(programs.path(OURS)), "check", "--isolated", "--cache-dir", str(folder / "cache"), "draft.txt"], folder
        )
        measured = table(rows, chosen.runs, programs.node)
    alone, with_customer = library_call()
    text = f"""# Speed

Medians of {chosen.runs} whole processes in turn, by `python -m benchmarks.speed`. The rules are read already, as after the
first run of all. The texts are made of the rules' own examples, in which much more is found than in real replies. On replies,
the peers get {chosen.peer_replies:,} of them as lines of a text.

{measured}

Through the library, warm: {alone:.0f} µs a reply alone, {with_customer:.0f} µs with the customer's message.

Machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; {programs.versions()}.
"""
    if chosen.write:
        chosen.write.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
