"""One file a format. A reporter writes what was judged, draft after draft, and returns nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Protocol, TextIO

from msgspec import Struct

from replylint.fingerprints import macro_of
from replylint.masking import Mask
from replylint.model import ENGLISH, Finding, Level, Result, Rulebook, Scope, Source
from replylint.reporters.escaping import one_line
from replylint.sources import Located

HOME = "https://github.com/replylint/replylint"

_BLANK = "unfilled-placeholder"
_SEVERAL = 3


class Entry(Struct, frozen=True):
    """A finding with its place in the file: 1-based line and column, 0-based offset, each in characters.

    `found`: the finding before it was masked, for what never leaves the tool as it is.
    """

    finding: Finding
    start: tuple[int, int, int]
    end: tuple[int, int, int]
    found: Finding


class Judged(Struct, frozen=True):
    """One draft with what was found. `mask` hides personal data, None nothing; what is not shown is neither placed nor masked."""

    located: Located
    result: Result
    mask: Mask | None
    scope: Scope = "draft"
    rulebook: Rulebook | None = None  # for formats that describe the rules

    def entry(self, finding: Finding) -> Entry:
        place = self.located.place(finding)
        lines = self.located.lines
        shown = self.mask.finding(finding) if self.mask else finding
        return Entry(shown, lines.place(place.start), lines.place(place.end), finding)

    def entries(self, level: Level) -> Iterator[Entry]:
        """The findings at this level or above, also those that another one covers."""
        return (self.entry(finding) for finding in self.result.findings if finding.level >= level)

    def visible(self, level: Level) -> Iterator[Entry]:
        """The findings that are shown: not covered by another one, at this level or above."""
        return (self.entry(f) for f in self.result.findings if not f.covered_by and f.level >= level)

    def text(self) -> str:
        """The draft's text as it may be shown."""
        text = self.located.draft.text
        return self.mask.text(text) if self.mask else text

    def suppressed(self) -> Iterator[Entry]:
        return (self.entry(finding) for finding in self.result.suppressed)


class Summary:
    """Counts over a run."""

    def __init__(self) -> None:
        self.drafts = self.suppressed = self.covered = self.not_evaluated = self.not_english = self.with_blanks = 0
        self.levels = dict.fromkeys(Level, 0)
        self.rules: dict[str, int] = {}

    def add(self, judged: Judged) -> None:
        self.drafts += judged.scope == "draft"
        self.suppressed += len(judged.result.suppressed)
        self.not_evaluated += len(judged.result.not_evaluated)
        self.not_english += any(missing.needs == ENGLISH for missing in judged.result.not_evaluated)
        self.with_blanks += any(finding.rule == _BLANK for finding in judged.result.findings)
        for finding in judged.result.findings:
            if finding.covered_by:
                self.covered += 1
                continue
            self.levels[finding.level] += 1
            self.rules[finding.rule] = self.rules.get(finding.rule, 0) + 1

    def counting(self, judged: Iterable[Judged]) -> Iterator[Judged]:
        """The same drafts, each counted as it passes."""
        for one in judged:
            self.add(one)
            yield one

    def looks_like_macros(self) -> bool:
        """Whether placeholders were left open in most of several drafts: what is sent has none."""
        return self.with_blanks >= _SEVERAL and 2 * self.with_blanks > self.drafts

    def reaches(self, level: Level) -> bool:
        return any(count for found, count in self.levels.items() if found >= level)


class Options(Struct, frozen=True):
    """How to report: the lowest level shown, and whether what was left out is listed.

    `root`: the repository's folder, from which systems that show findings on its files want their paths.
    `unsafe_fixes`: whether rewordings are offered, too.
    """

    min_level: Level = Level.warning
    verbose: bool = False
    quiet: bool = False
    color: str = "auto"
    root: str = ""
    unsafe_fixes: bool = False

    def in_repository(self, path: str) -> str:
        """The path of a file from the repository's folder, with forward slashes; one outside of it as it is."""
        if not self.root or path == "-":
            return Path(path).as_posix()
        whole, root = Path(path).resolve(), Path(self.root).resolve()
        return (whole.relative_to(root) if whole.is_relative_to(root) else whole).as_posix()


class Reporter(Protocol):
    def __call__(self, judged: Iterable[Judged], summary: Summary, out: TextIO, options: Options) -> None:
        """`summary` is complete once `judged` is used up."""


def who(source: Source) -> str:
    """The source in one line: author, article, date."""
    parts = [source.author, f"“{source.article}”", source.date, f"point {source.point}" if source.point else ""]
    return ", ".join(part for part in parts if part)


def identity(judged: Judged, options: Options) -> tuple[str, str]:
    """What tells a draft from others: its file, and its title, id or key there."""
    located = judged.located
    return options.in_repository(located.path), macro_of(located.draft.id, located.key)


def whole_text(finding: Finding) -> str:
    """What to say of a finding where there is room for one text: what is wrong, and what to write instead."""
    return f"{one_line(finding.message)} {one_line(finding.instead)}"


def count_line(summary: Summary, options: Options) -> str:
    """What was found in one line, and what is not shown."""
    levels = [(level, count) for level, count in sorted(summary.levels.items(), reverse=True) if count]
    shown = [_number(count, level.name) for level, count in levels if level >= options.min_level]
    hidden = [_number(count, level.name) for level, count in levels if level < options.min_level]
    if summary.suppressed:
        hidden.append(f"{summary.suppressed} suppressed")
    if summary.not_english:
        hidden.append(f"{summary.not_english} not in English")
    if rest := summary.not_evaluated - summary.not_english:
        hidden.append(f"{rest} not evaluated")
    line = f"{_number(summary.drafts, 'draft')} checked: {', '.join(shown) or 'nothing to object to'}"
    if hidden:
        line += f" (also {', '.join(hidden)}" + ("" if options.verbose else "; -v lists them") + ")"
    return line


def _number(count: int, thing: str) -> str:
    return f"{count} {thing}" + ("s" if count != 1 else "")


def write_statistics(judged: Iterable[Judged], summary: Summary, out: TextIO, options: Options) -> None:
    """How often each rule was found, most often first."""
    for _ in judged:
        pass
    for rule, count in sorted(summary.rules.items(), key=lambda pair: (-pair[1], pair[0])):
        out.write(f"{count:6}  {rule}\n")
    if not options.quiet:
        out.write(count_line(summary, options) + "\n")


_MODULES = {
    "full": "full", "json": "jsons", "jsonl": "jsons", "concise": "lines", "github": "lines", "gitlab": "gitlab",
    "sarif": "sarif", "junit": "xmls", "checkstyle": "xmls", "rdjson": "rdjson",
}  # fmt: skip


def reporter(name: str) -> Reporter:
    """The reporter of a format, imported when it is asked for."""
    found: Reporter = getattr(import_module(f"replylint.reporters.{_MODULES[name]}"), f"write_{name}")
    return found
