"""`check` with a baseline: what it hides, what it is written from, and what in it is stale."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from replylint.baseline import FILE_NAME, Baseline, Known, known_in, read_baseline, write_baseline
from replylint.cli.inputs import Request, Settings
from replylint.covering import cover
from replylint.errors import InputError
from replylint.fingerprints import macro_of
from replylint.model import Finding, Result
from replylint.notices import NOTICES
from replylint.reporters import Judged

_MOST_SHOWN = 5


class Run(msgspec.Struct):
    """Which files and rules a run looked at, as far as a baseline needs to know."""

    whole: bool  # of all rules that are on; and no path was named
    every_rule: bool
    files: set[str] = msgspec.field(default_factory=set)
    rules: set[str] = msgspec.field(default_factory=lambda: set(NOTICES))

    def saw(self, judged: Judged) -> None:
        self.files.add(judged.located.path)
        if self.every_rule and judged.rulebook:
            # What only the whole library tells, a part of it can't
            self.rules |= {r.id for r in judged.rulebook.rules if self.whole or "library" not in r.scope}


def baseline_file(request: Request, given: Path | None) -> Path | None:
    """The one that was named, else that of the settings."""
    if given is not None:
        return given
    named = Settings(request).for_folder(Path.cwd()).baseline
    return Path(named) if named else None


def hiding(judged: Iterable[Judged], baseline: Baseline, run: Run) -> Iterator[Judged]:
    """The same drafts; what was found before counts as suppressed."""
    for one in judged:
        run.saw(one)
        located, macro = one.located, _macro(one)
        known: list[Finding] = []
        new: list[Finding] = []
        for finding in one.result.findings:
            (known if baseline.takes(located.path, macro, finding) else new).append(finding)
        if not known:
            yield one
            continue
        kept = cover(new, one.rulebook) if one.rulebook else new
        result = Result(tuple(kept), one.result.not_evaluated, (*one.result.suppressed, *known))
        yield msgspec.structs.replace(one, result=result)


def write(judged: Iterable[Judged], file: Path, run: Run) -> int:
    """Writes all that is found now; what is known of files and rules that were not looked at stays. Returns how many there are."""
    baseline = Baseline(file)
    found: Counter[tuple[str, str, str]] = Counter()
    for one in judged:
        run.saw(one)
        found.update(baseline.key(one.located.path, _macro(one), finding) for finding in one.result.findings)
    linted = {baseline.place(path) for path in run.files}
    before = known_in(file) if file.exists() else []
    kept = [
        k
        for k in before
        if (file.resolve().parent / k.path).exists() and not (k.path in linted and k.rule in run.rules)
    ]
    new = [Known(*key, count) for key, count in found.items()]
    there = {(k.path, k.rule, k.fingerprint) for k in new}
    write_baseline(file, [*new, *(k for k in kept if (k.path, k.rule, k.fingerprint) not in there)])
    return sum(found.values())


def default_file(request: Request) -> Path:
    """Beside the settings, else here."""
    path = Settings(request).for_folder(Path.cwd()).path
    return Path(path).parent / FILE_NAME if path else Path(FILE_NAME)


def finish(baseline: Baseline, run: Run, prune: bool, quiet: bool) -> None:
    """Says what is stale, or takes it out."""
    stale = baseline.stale(run.files, run.rules)
    if not stale:
        return
    if prune:
        gone = {(k.path, k.rule, k.fingerprint): k.count for k in stale}
        known = known_in(baseline.file)
        left = [msgspec.structs.replace(k, count=k.count - gone.get((k.path, k.rule, k.fingerprint), 0)) for k in known]
        write_baseline(baseline.file, [entry for entry in left if entry.count > 0])
    if not quiet:
        count = sum(entry.count for entry in stale)
        shown = ", ".join(f"{entry.path}: {entry.rule}" for entry in stale[:_MOST_SHOWN])
        more = f" and {len(stale) - _MOST_SHOWN} more" if len(stale) > _MOST_SHOWN else ""
        what = "taken out" if prune else "no longer found; --prune takes them out"
        print(f"{baseline.file}: {count} of its findings {what}: {shown}{more}", file=sys.stderr)


def opened(file: Path | None, prune: bool) -> Baseline | None:
    if file is None:
        if prune:
            raise InputError("--prune needs a baseline: --baseline FILE, or `baseline:` in the settings")
        return None
    return read_baseline(file)


def _macro(judged: Judged) -> str:
    return macro_of(judged.located.draft.id, judged.located.key)
