"""`replylint check`: lints drafts, macro files and folders."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TextIO

import typer


class Format(str, Enum):
    full = "full"
    concise = "concise"
    json = "json"
    jsonl = "jsonl"
    github = "github"
    gitlab = "gitlab"
    sarif = "sarif"
    junit = "junit"
    checkstyle = "checkstyle"
    rdjson = "rdjson"


_FORMATS = ", ".join(Format)


class LevelName(str, Enum):
    error = "error"
    warning = "warning"
    suggestion = "suggestion"


class FailLevel(str, Enum):
    error = "error"
    warning = "warning"
    suggestion = "suggestion"
    never = "never"


class Color(str, Enum):
    auto = "auto"
    always = "always"
    never = "never"


class KindName(str, Enum):
    draft = "draft"
    macro = "macro"


def check(
    paths: list[str] = typer.Argument(
        None,
        metavar="[PATH]...",
        help="Drafts, macro files, folders; - is stdin. Default: what the settings' `files:` name.",
    ),
    to: str | None = typer.Option(None, "--to", metavar="TEXT", help="The customer's message that the draft answers."),
    to_file: Path | None = typer.Option(None, "--to-file", metavar="FILE", help="A file with the customer's message."),
    thread: Path | None = typer.Option(None, "--thread", metavar="FILE", help="A file with the conversation so far."),
    channel: str | None = typer.Option(
        None, "--channel", metavar="NAME", help="x, facebook, instagram, review, forum, chat, email, sms, dm ..."
    ),
    public: bool | None = typer.Option(None, "--public/--private", help="Whether anyone can read the reply."),
    received_at: str | None = typer.Option(
        None, "--received-at", metavar="TIME", help="When the customer's message came."
    ),
    now: str | None = typer.Option(None, "--now", metavar="TIME", help="When the draft would be sent."),
    kind: KindName | None = typer.Option(None, "--kind", help="What the texts are."),
    select: list[str] = typer.Option(
        [], "--select", metavar="RULES", help="Only these rules or themes; `all` for every one."
    ),
    ignore: list[str] = typer.Option([], "--ignore", metavar="RULES", help="Not these rules or themes."),
    extend_select: list[str] = typer.Option([], "--extend-select", metavar="RULES", help="These rules or themes too."),
    min_level: LevelName = typer.Option(LevelName.warning, "--min-level", help="The lowest level that is shown."),
    fail_level: FailLevel = typer.Option(
        FailLevel.error, "--fail-level", help="The lowest level that makes the exit code 1."
    ),
    output_format: Format | None = typer.Option(
        None,
        "--output-format",
        metavar="FORMAT",
        help=f"{_FORMATS}. Default: full on a terminal, github in GitHub Actions, else concise.",
    ),
    output_file: Path | None = typer.Option(
        None, "-o", "--output-file", metavar="FILE", help="Write the report there."
    ),
    statistics: bool = typer.Option(
        False, "--statistics", help="Count the findings of each rule instead of showing them."
    ),
    fix: bool = typer.Option(
        False, "--fix", help="Write the fixes that are safe into the files; of stdin, print the fixed text."
    ),
    diff: bool = typer.Option(False, "--diff", help="Show what --fix would change, and change nothing."),
    unsafe_fixes: bool = typer.Option(
        False, "--unsafe-fixes", help="With --fix, --diff, or fixes in sarif and rdjson: rewordings, too."
    ),
    baseline: Path | None = typer.Option(
        None, "--baseline", metavar="FILE", help="Hide what this file knows; default: `baseline:` of the settings."
    ),
    write_baseline: bool = typer.Option(
        False, "--write-baseline", help="Write all that is found into the baseline, so that only what is new shows."
    ),
    prune: bool = typer.Option(False, "--prune", help="Take out of the baseline what is no longer found."),
    config: Path | None = typer.Option(
        None, "--config", metavar="FILE", help="The settings file; default: found upward."
    ),
    isolated: bool = typer.Option(False, "--isolated", help="No settings file at all, and so no rule packs."),
    exclude: list[str] = typer.Option([], "--exclude", metavar="GLOB", help="Files to pass over in folders."),
    force_exclude: bool = typer.Option(
        False, "--force-exclude", help="Pass over files named, too, that are excluded or no library."
    ),
    stdin_filename: str = typer.Option(
        "", "--stdin-filename", metavar="NAME", help="What stdin is called, and by its ending which format it has."
    ),
    show_files: bool = typer.Option(False, "--show-files", help="List the files that would be linted."),
    show_text: bool = typer.Option(False, "--show-text", help="Don't mask personal data in the output."),
    quiet: bool = typer.Option(False, "-q", "--quiet", help="Findings only."),
    verbose: bool = typer.Option(
        False, "-v", "--verbose", help="Also list suggestions, what was suppressed and what was not evaluated."
    ),
    color: Color = typer.Option(Color.auto, "--color", help="Colours in the output."),
    exit_zero: bool = typer.Option(False, "-e", "--exit-zero", help="Exit 0 even if there are findings."),
    jobs: int | None = typer.Option(
        None, "-j", "--jobs", min=1, metavar="N", help="Processes. Default: one a core, where there is enough to do."
    ),
    no_cache: bool = typer.Option(False, "--no-cache", help="Read and check all rules anew."),
    cache_dir: Path | None = typer.Option(None, "--cache-dir", metavar="DIR", help="Where to keep what was read."),
    allow_empty: bool = typer.Option(False, "--allow-empty", help="Exit 0 if there is nothing to lint."),
) -> None:
    """Check drafts and macros before they are sent.

    Examples:

      replylint check draft.txt --to "Third time I ask. Where is my bag?"

      replylint check macros/ --output-format github
    """
    import sys

    from replylint.cache import cache_of
    from replylint.cli.baselining import Run, baseline_file, default_file, finish, hiding, opened, write
    from replylint.cli.inputs import Request, repository
    from replylint.cli.judging import Selection, judge, show_names_of_files, sizes_of_files
    from replylint.errors import InputError
    from replylint.model import Level
    from replylint.reporters import Options, Summary, reporter, write_statistics

    request = Request(
        tuple(paths or ()), to, to_file, thread, channel, public, received_at, now, kind.value if kind else None,
        config, isolated, tuple(exclude), stdin_filename, allow_empty, force_exclude, cache_of(no_cache, cache_dir),
        jobs=jobs,
    )  # fmt: skip
    if show_files:
        show_names_of_files(request)
        return
    on_terminal = output_file is None and sys.stdout.isatty()
    chosen = output_format or _default_format(output_file is not None, on_terminal)
    # Only `full` on a terminal shows personal data unasked: whoever reads it has the draft before them
    unmasked = show_text or (chosen is Format.full and on_terminal)
    selection = Selection(select, ignore, extend_select)
    stdout = sys.stdout
    if unsafe_fixes and not (fix or diff or chosen in (Format.sarif, Format.rdjson)):
        raise InputError("--unsafe-fixes goes with --fix or --diff, or the formats sarif and rdjson, which offer fixes")
    if fix or diff:
        from replylint.cli.fixing import fix_files, show_diff
    if diff:
        with _opened(output_file, stdout) as out:
            changes = show_diff(request, selection, unsafe_fixes, out, show_text or on_terminal, quiet)
        raise typer.Exit(1 if changes and not exit_zero else 0)
    if fix:
        request, stdout = fix_files(request, selection, unsafe_fixes, quiet)
    found = judge(request, selection, unmasked)
    # Findings that appear on the terminal one by one are progress enough
    if sys.stderr.isatty() and not quiet and (not on_terminal or statistics):
        from replylint.cli.progress import with_progress

        found = with_progress(found, lambda: sizes_of_files(request), sys.stderr)
    run = Run(not paths, not (select or ignore or extend_select))
    file = baseline_file(request, baseline)
    if write_baseline:
        file = file or default_file(request)
        count = write(found, file, run)
        print(f"{file}: {count} findings written")
        return
    known = opened(file, prune)
    summary = Summary()
    judged = summary.counting(hiding(found, known, run) if known else found)
    lowest = Level.suggestion if verbose else Level[min_level.value]
    report = write_statistics if statistics else reporter(chosen.value)
    with _opened(output_file, stdout) as out:
        report(judged, summary, out, Options(lowest, verbose, quiet, color.value, repository(), unsafe_fixes))
    if known:
        finish(known, run, prune, quiet)
    if summary.looks_like_macros() and not quiet:
        print(
            f"replylint: {summary.with_blanks} of {summary.drafts} drafts hold placeholders. If they are macros, say so:"
            " --kind macro, or `kind: macro` in the settings",
            file=sys.stderr,
        )
    if fail_level is not FailLevel.never and summary.reaches(Level[fail_level.value]) and not exit_zero:
        raise typer.Exit(1)


@contextmanager
def _opened(path: Path | None, stdout: TextIO) -> Iterator[TextIO]:
    """The report's file, else stdout. Raises InputError with the file's name where it can't be written."""
    from replylint.errors import InputError

    if path is None:
        yield stdout
        return
    try:
        with path.open("w", encoding="utf-8", newline="\n", errors="backslashreplace") as out:
            yield out
    except OSError as error:
        raise InputError(f"can't be written: {error.strerror or error}", str(path)) from None


def _default_format(to_file: bool, on_terminal: bool) -> Format:
    import os

    if not to_file and os.environ.get("GITHUB_ACTIONS") == "true":
        return Format.github
    return Format.full if on_terminal else Format.concise
