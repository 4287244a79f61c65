"""`replylint test`: runs the examples inside rule and signal files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from replylint.cache import Cache
    from replylint.exampletest import Outcome
    from replylint.model import Brand, Rulebook

_AT_A_TIME = 100  # examples: some 50 ms of work


def test(
    paths: list[str] = typer.Argument(
        None, metavar="[PATH]...", help="Folders of your own rules. Default: those that the settings name."
    ),
    config: Path | None = typer.Option(
        None, "--config", metavar="FILE", help="The settings file; default: found upward."
    ),
    isolated: bool = typer.Option(False, "--isolated", help="No settings file at all, and so no rule packs."),
    no_cache: bool = typer.Option(False, "--no-cache", help="Read and check all rules anew."),
    jobs: int | None = typer.Option(
        None, "-j", "--jobs", min=1, metavar="N", help="Processes. Default: one a core, where there is enough to do."
    ),
    verbose: bool = typer.Option(False, "-v", "--verbose", help="Also list the known misses."),
) -> None:
    """Run the examples of all rules.

    Those inside the files of rules and signals, the packaged ones and your own.

    Example:

      replylint test rules/
    """
    import msgspec

    from replylint.cache import cache_of
    from replylint.cli.inputs import Request, Settings
    from replylint.reporters.escaping import logged

    cache = cache_of(no_cache, None)
    settings = Settings(Request(config=config, isolated=isolated, cache=cache, examples=True))
    brand = settings.for_path("")
    brand = msgspec.structs.replace(brand, rule_paths=tuple(paths or brand.rule_paths))
    rulebook = settings.rulebook(brand)
    outcome = _outcome(rulebook, brand, cache, jobs)
    for failure in outcome.failures:
        print(logged(failure))
    if verbose:
        for miss in outcome.todo:
            print(logged(miss))
    counts = f"{len(rulebook.rules)} rules and {len(rulebook.signals)} signals, {outcome.examples} examples"
    wrong = f"{len(outcome.failures)} not as expected" if outcome.failures else "all as expected"
    print(f"{counts}: {wrong}" + (f", {len(outcome.todo)} known misses" if outcome.todo else ""))
    if outcome.failures:
        raise typer.Exit(1)


def _outcome(rulebook: Rulebook, brand: Brand, cache: Cache | None, jobs: int | None) -> Outcome:
    """What came of all examples, in the order of their files, whatever the number of processes."""
    from replylint.cli.workers import WORTH_IT, cores, processes
    from replylint.exampletest import Outcome, checks, run

    every = checks(rulebook)
    count = jobs or (cores() if len(every) >= WORTH_IT else 1)
    if count == 1:
        return run(every, rulebook)
    outcome = Outcome()
    with processes(count) as executor:
        starts = range(0, len(every), _AT_A_TIME)
        for part in executor().map(partial(_part, brand, cache), starts):
            outcome.examples += part.examples
            outcome.failures += part.failures
            outcome.todo += part.todo
    return outcome


def _part(brand: Brand, cache: Cache | None, start: int) -> Outcome:
    """What came of some examples, in a process of its own."""
    from replylint.cli.inputs import rulebook_of
    from replylint.exampletest import checks, run

    rulebook = rulebook_of(brand.rule_paths, brand.packs, brand.language, cache, True)
    return run(checks(rulebook)[start : start + _AT_A_TIME], rulebook)
