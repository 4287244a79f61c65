"""How fast the tool is, as whole processes, beside proselint and codespell in the same run.

    python -m benchmarks.speed [--runs 5] [--replies 50000] [--write BENCHMARKS.md] [--profile]

Ratios say more than seconds: both sides run in turn on the same machine and the same texts. A peer that is not installed is left out.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.texts import messages, replies, write_cases, write_files

TO = "Third time I ask. Where is my parcel? It is a week late."


def tool(name: str) -> str | None:
    """The program of this environment, else of the machine."""
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.exists() else shutil.which(name)


def seconds(command: Sequence[str], stdin: Path | None = None) -> float:
    start = time.perf_counter()
    with (stdin or Path("/dev/null")).open("rb") as source:
        done = subprocess.run(command, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    took = time.perf_counter() - start
    if done.returncode not in (0, 1) and b"codespell" not in command[0].encode():
        raise SystemExit(f"{' '.join(command)} exited {done.returncode}: {done.stderr.decode()[-300:]}")
    return took


class Work:
    """One row of the table: the same work by several programs."""

    def __init__(self, name: str, count: int = 1) -> None:
        self.name, self.count = name, count
        self.commands: dict[str, tuple[list[str], Path | None]] = {}

    def add(self, program: str, *arguments: str, stdin: Path | None = None) -> None:
        if path := tool(program):
            self.commands[program] = ([path, *arguments], stdin)

    def run(self, runs: int) -> dict[str, float]:
        """Medians in seconds; the programs take turns, so that a busy machine slows all of them."""
        times: dict[str, list[float]] = {program: [] for program in self.commands}
        for _ in range(runs):
            for program, (command, stdin) in self.commands.items():
                times[program].append(seconds(command, stdin))
        return {program: statistics.median(taken) for program, taken in times.items()}


def works(folder: Path, count: int) -> list[Work]:
    draft, library = folder / "draft.txt", folder / "library"
    draft.write_text(next(replies()) + "\n", encoding="utf-8")
    write_files(library, 500)
    write_cases(folder / "alone.jsonl", count, with_customer=False)
    write_cases(folder / "cases.jsonl", count, with_customer=True)
    files = [str(path) for path in sorted(library.iterdir())]

    start = Work("--help")
    for program in ("replylint", "proselint", "codespell"):
        start.add(program, "--help")
    one = Work("one draft")
    one.add("replylint", "check", "--isolated", str(draft), "--to", TO, "--channel", "x")
    many = Work("500 files", 500)
    many.add("replylint", "check", "--isolated", "--kind", "macro", *files)
    alone = Work(f"{count} replies alone", count)
    alone.add("replylint", "check", "--isolated", str(folder / "alone.jsonl"))
    cases = Work(f"{count} replies with the customer's message", count)
    cases.add("replylint", "check", "--isolated", str(folder / "cases.jsonl"))
    for work, paths in ((one, [str(draft)]), (many, files), (alone, [str(folder / "alone.jsonl")])):
        work.add("proselint", *_proselint(), *paths)
        work.add("codespell", *paths)
    return [start, one, many, alone, cases]


def _proselint() -> list[str]:
    """Later versions take a command."""
    try:
        return ["check"] if version("proselint") >= "0.15" else []
    except PackageNotFoundError:
        return []


def library_call(rounds: int = 2000) -> tuple[float, float]:
    """Microseconds of one reply through the library, warm: alone, and with the customer's message."""
    import replylint

    rules, source, said = replylint.load_rules(), replies(), messages()
    drafts = [next(source) for _ in range(rounds)]
    found = []
    for with_customer in (False, True):
        threads = [
            [{"from": "customer", "text": said[n % len(said)]}] if with_customer else None for n in range(rounds)
        ]
        replylint.lint("Warm.", rules=rules)
        start = time.perf_counter()
        for draft, thread in zip(drafts, threads, strict=True):
            replylint.lint(draft, thread=thread, rules=rules)  # type: ignore[arg-type]
        found.append((time.perf_counter() - start) / rounds * 1e6)
    return found[0], found[1]


def report(works: Sequence[Work], runs: int) -> str:
    programs = ("replylint", "proselint", "codespell")
    lines = [f"| work | {' | '.join(programs)} | replylint / proselint |", "|---" * (len(programs) + 2) + "|"]
    for work in works:
        medians = work.run(runs)
        cells = [f"{medians[p]:.2f} s{_rate(work, medians[p])}" if p in medians else "–" for p in programs]
        ratio = f"{medians['replylint'] / medians['proselint']:.2f}" if "proselint" in medians else "–"
        lines.append(f"| {work.name} | {' | '.join(cells)} | {ratio} |")
    alone, with_customer = library_call()
    lines.append(
        f"\nThrough the library, warm: {alone:.0f} µs a reply alone, {with_customer:.0f} µs with the customer's message."
    )
    return "\n".join(lines)


def _rate(work: Work, taken: float) -> str:
    return f" ({work.count / taken:,.0f}/s)" if work.count > 1 else ""


def machine() -> str:
    versions = ", ".join(f"{name} {_version(name)}" for name in ("replylint", "proselint", "codespell"))
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; {versions}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--replies", type=int, default=50_000)
    parser.add_argument("--write", type=Path, help="write the table to this file")
    parser.add_argument("--profile", action="store_true", help="where the time of the library call goes, instead")
    chosen = parser.parse_args()
    if chosen.profile:
        import cProfile

        cProfile.run("from benchmarks.speed import library_call; library_call(3000)", sort="tottime")
        return
    with tempfile.TemporaryDirectory() as folder:
        table = report(works(Path(folder), chosen.replies), chosen.runs)
    head = f"# Speed\n\nMedians of {chosen.runs} whole processes in turn, `python -m benchmarks.speed`."
    text = f"{head}\n\n{table}\n\nMachine: {machine()}.\n"
    if chosen.write:
        chosen.write.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
