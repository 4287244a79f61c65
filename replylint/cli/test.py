"""`replylint test`: runs the examples inside rule and signal files."""

from __future__ import annotations

import typer


def test(
    paths: list[str] = typer.Argument(
        None, metavar="[PATH]...", help="Folders of your own rules, beside the packaged ones."
    ),
    no_cache: bool = typer.Option(False, "--no-cache", help="Read and check all rules anew."),
    verbose: bool = typer.Option(False, "-v", "--verbose", help="Also list the known misses."),
) -> None:
    """Run the examples of all rules and signals, the packaged ones and your own."""
    from replylint.cache import cache_of
    from replylint.exampletest import run
    from replylint.rulebook import load_rulebook

    outcome = run(load_rulebook(tuple(paths or ()), cache=cache_of(no_cache, None)))
    for failure in outcome.failures:
        print(failure)
    if verbose:
        for miss in outcome.todo:
            print(miss)
    counts = f"{outcome.rules} rules and {outcome.signals} signals, {outcome.examples} examples"
    wrong = f"{len(outcome.failures)} not as expected" if outcome.failures else "all as expected"
    print(f"{counts}: {wrong}" + (f", {len(outcome.todo)} known misses" if outcome.todo else ""))
    if outcome.failures:
        raise typer.Exit(1)
