"""`replylint init`: takes on a library: finds it, writes settings and baseline, the pre-commit entry and the CI step."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

import typer


class CI(str, Enum):
    auto = "auto"
    github = "github"
    gitlab = "gitlab"
    none = "none"


def init(
    paths: list[Path] = typer.Argument(
        None, metavar="[PATH]...", help="Where the replies are: files, folders. Default: looked for from here on."
    ),
    brand: str | None = typer.Option(None, "--brand", metavar="NAME", help="Whose replies they are."),
    ci: CI = typer.Option(CI.auto, "--ci", help="For which CI to write a step; auto: as the repository looks."),
    baseline: bool = typer.Option(True, "--baseline/--no-baseline", help="Write down what is found today."),
    yes: bool = typer.Option(False, "-y", "--yes", help="Ask nothing, and take what is proposed."),
) -> None:
    """Take on a library of replies.

    Writes the settings, a baseline, the pre-commit entry and the CI step. Nothing that is there already is overwritten.

    Example:

      replylint init macros/
    """
    import sys

    from replylint.brand import FILE_NAME
    from replylint.cli import scaffold
    from replylint.cli.library import describe, find
    from replylint.errors import InputError

    here = Path.cwd()
    if (here / FILE_NAME).exists():
        raise InputError("is there already; change it by hand, or remove it first", FILE_NAME)
    asks = sys.stdin.isatty() and not yes
    library = describe(find([Path(path) for path in paths or ()], here), here)
    for line in library.lines():
        print(line)
    if brand is None and asks:
        brand = typer.prompt("Whose replies are they? (brand; empty: not said)", default="", show_default=False).strip()
    which = "They read" if library.is_tracker else ", ".join(library.trackers) + " reads"
    question = f"{which} like an issue tracker's. Leave out rules about sending people elsewhere?"
    tracker = bool(library.trackers) and (not asks or typer.confirm(question, True))
    settings = scaffold.settings(library, brand or "", tracker, baseline)
    written = [scaffold.write(here / FILE_NAME, settings)]
    if baseline:
        written.append(_baseline(library.files))
    written += scaffold.integrations(here, ci.value)
    for line in written:
        print(line)
    if tracker and not asks:
        print(
            f"{which} like an issue tracker's: `channel: tracker` and `serves_here: false` are set; take them out if not"
        )
    print("Next: replylint check")


def _baseline(files: list[Path]) -> str:
    """Of all that is linted by the settings just written."""
    from replylint.cache import cache_of
    from replylint.cli.baselining import Run, default_file, write
    from replylint.cli.inputs import Request
    from replylint.cli.judging import Selection, judge

    request = Request(cache=cache_of(False, None))
    file = default_file(request)
    count = write(judge(request, Selection(), True), file, Run(True, True))
    return f"wrote {file.name}: {count} findings of today, which will not show; only new ones will"
