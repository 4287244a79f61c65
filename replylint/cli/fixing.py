"""`check --fix` and `--diff`: fixes file after file until nothing is left to fix, and writes each file whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from functools import partial
from pathlib import Path
from typing import TextIO

import msgspec
from msgspec import Struct

from replylint.cli.ignoring import Suppressions
from replylint.cli.inputs import STDIN, Request, Settings, asks_stdin, chosen_rules, completer, files_of, time_of
from replylint.cli.judging import Selection, mask_of
from replylint.documents import decode, line_and_column, read_text
from replylint.engine import lint
from replylint.errors import InputError, listing
from replylint.masking import Mask
from replylint.model import Brand, Finding
from replylint.reporters.escaping import logged
from replylint.sources import Located
from replylint.sources.files import read_named, read_stdin, suffix_of
from replylint.sources.rewriting import Read, Wish, rewrite, without_overlaps
from replylint.writing import write_whole

_MOST_PASSES = 20  # a fix may make room for another one; what goes on longer goes on for ever


class Fixed(Struct, frozen=True):
    """One file before and after. `left`: rewordings that nobody asked for; `refused`: where a fix can't be written."""

    path: str
    is_stdin: bool
    before: str
    after: str
    count: int
    left: int
    refused: tuple[str, ...]
    mask: Mask  # of its personal data


class _Fixer:
    """Fixes the text of one file after another, with the rules and settings of the command."""

    def __init__(self, request: Request, selection: Selection, unsafe: bool) -> None:
        self.selection, self.unsafe = selection, unsafe
        self.settings = Settings(request)
        self.now = time_of(request.now, "--now")
        self.complete = completer(request, self.settings)
        self.suppressions = Suppressions((self.now or datetime.now(timezone.utc)).date(), None)

    def fix(self, path: str, before: str, brand: Brand, read: Read, is_stdin: bool = False) -> Fixed:
        text, count = before, 0
        rules: set[str] = set()
        for _ in range(_MOST_PASSES):
            drafts = list(read(text))
            wishes, left = self._wishes(drafts, brand)
            rewritten = rewrite(text, drafts, list(wishes), read)
            if not rewritten.done:
                refused = tuple(_place(drafts, wish, wishes[wish], text) for wish in rewritten.refused)
                mask = mask_of(drafts, self.settings.rulebook(brand), brand)
                return Fixed(path, is_stdin, before, text, count, left, refused, mask)
            text, count = rewritten.text, count + len(rewritten.done)
            rules = {wishes[wish].rule for wish in rewritten.done}
        raise InputError(f"the fixes of {listing(rules)} never come to an end; the file was left as it is", path)

    def _wishes(self, drafts: Sequence[Located], brand: Brand) -> tuple[dict[Wish, Finding], int]:
        """The edits to make, with their findings, and the number of rewordings that were not asked for.

        A reply that stands there in two forms is mended in both, or they would no longer say the same.
        """
        wishes: dict[Wish, Finding] = {}
        left = 0
        for number, located in enumerate(drafts):
            if located.scope != "draft" or located.message_index is not None:
                continue  # what was sent is history
            findings = [f for f in self._findings(located, brand) if f.edit and not f.covered_by]
            chosen = {f.edit: f for f in findings if f.edit and (f.fix_is_safe or self.unsafe)}
            left += len(findings) - sum(f.fix_is_safe or self.unsafe for f in findings)
            wishes |= {Wish(number, edit): chosen[edit] for edit in without_overlaps(chosen)}
        return wishes, left

    def _findings(self, located: Located, brand: Brand) -> tuple[Finding, ...]:
        rulebook, words = self.settings.rulebook(brand), self.selection
        selected = chosen_rules(rulebook, brand, words.select, words.ignore, words.extend)
        whole = self.complete(located, brand)
        agreed = self.suppressions.active(self.suppressions.of(whole, brand, rulebook, selected))
        return lint(whole.draft, rulebook, brand, self.now, selected, ignores=agreed).findings


def _place(drafts: Sequence[Located], wish: Wish, finding: Finding, text: str) -> str:
    located = drafts[wish.draft]
    line, column = line_and_column(text, located.lines.offset + located.place(finding).start)
    return (
        f"{located.path}:{line}:{column}: the fix of {finding.rule} can't be written without touching more of the file"
    )


def _fixed_files(request: Request, selection: Selection, unsafe: bool) -> Iterator[Fixed]:
    """Each file that was asked for, and stdin, with its fixes; nothing is written."""
    fixer = _Fixer(request, selection, unsafe)
    if asks_stdin(request):
        name = request.stdin_filename or STDIN
        brand = fixer.settings.for_path(name)
        yield fixer.fix(name, request.stdin, brand, lambda text: read_stdin(text, name, brand.fields, True), True)
        if not request.paths:
            return
    for path, named in files_of(request, fixer.settings):
        brand = fixer.settings.for_path(str(path))
        read = partial(read_named, path=str(path), suffix=suffix_of(path), fields=brand.fields, named=named, twins=True)
        yield fixer.fix(str(path), read_text(path), brand, read)


def read_stdin_once(request: Request) -> str:
    """What stdin says, where it was asked for: it can be read only once, and is looked at twice."""
    return decode(sys.stdin.buffer.read(), request.stdin_filename or STDIN) if asks_stdin(request) else ""


def _write(path: str, text: str) -> None:
    if not os.access(path, os.W_OK):
        raise InputError("can't be fixed: the file is not writable", path)
    write_whole(Path(path), text)


def diff_of(fixed: Fixed, unmasked: bool) -> str:
    """What changes, as a unified diff; empty where nothing does."""
    import difflib

    if fixed.before == fixed.after:
        return ""
    show = str if unmasked else fixed.mask.text
    before, after = (_lines(show(text)) for text in (fixed.before, fixed.after))
    diff = difflib.unified_diff(before, after, fixed.path, fixed.path)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in diff)


def _lines(text: str) -> list[str]:
    """Each with its line feed, and split at nothing else."""
    *whole, last = text.split("\n")
    return [*(f"{line}\n" for line in whole), *([last] if last else [])]


def fix_files(request: Request, selection: Selection, unsafe: bool, quiet: bool) -> tuple[Request, TextIO]:
    """Writes the fixes, and prints a fixed stdin: then the report, of the request that comes back, goes to stderr."""
    request = msgspec.structs.replace(request, stdin=read_stdin_once(request))
    done = list(_fixed_files(request, selection, unsafe))  # all of them before the first is written
    report = sys.stdout
    for one in done:
        if one.is_stdin:
            sys.stdout.flush()
            sys.stdout.buffer.write(one.after.encode())  # its line endings as they are
            sys.stdout.buffer.flush()
            request, report = msgspec.structs.replace(request, stdin=one.after), sys.stderr
        elif one.after != one.before:
            _write(one.path, one.after)
    _tell(done, "fixed", quiet)
    return request, report


def show_diff(request: Request, selection: Selection, unsafe: bool, out: TextIO, unmasked: bool, quiet: bool) -> bool:
    """Writes what `fix_files` would change; whether that is anything."""
    request = msgspec.structs.replace(request, stdin=read_stdin_once(request))
    done = list(_fixed_files(request, selection, unsafe))
    for one in done:
        diff = diff_of(one, unmasked)
        is_read_by_a_machine = not out.isatty() and os.environ.get("GITHUB_ACTIONS") != "true"
        out.write(diff if is_read_by_a_machine else "".join(map(logged, diff.splitlines(True))))
    _tell(done, "would fix", quiet)
    return any(one.after != one.before for one in done)


def _tell(done: Sequence[Fixed], what: str, quiet: bool) -> None:
    """Says on stderr how much was fixed, and what was not."""
    lines = [line for one in done for line in one.refused]
    count, files = sum(one.count for one in done), sum(one.after != one.before for one in done)
    left = sum(one.left for one in done)
    if count and not quiet:
        lines.append(f"{what} {count} in {files} file{'s' if files != 1 else ''}")
    if left and not quiet:
        lines.append(f"{left} more can be reworded with --unsafe-fixes")
    sys.stderr.write("".join(f"replylint: {line}\n" for line in lines))
