"""`replylint test`: runs the examples inside rule and signal files."""

from __future__ import annotations

from pathlib import Path

import typer


def test(
    paths: list[str] = typer.Argument(
        None, metavar="[PATH]...", help="Folders of your own rules. Default: those that the settings name."
    ),
    config: Path | None = typer.Option(
        None, "--config", metavar="FILE", help="The settings file; default: found upward."
    ),
    isolated: bool = typer.Option(False, "--isolated", help="No settings file at all, and so no rule packs."),
    no_cache: bool = typer.Option(False, "--no-cache", help="Read and check all rules anew."),
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
    from replylint.exampletest import run
    from replylint.reporters.escaping import logged

    cache = cache_of(no_cache, None)
    settings = Settings(Request(config=config, isolated=isolated, cache=cache, examples=True))
    brand = settings.for_path("")
    own = tuple(paths or brand.rule_paths)
    outcome = run(settings.rulebook(msgspec.structs.replace(brand, rule_paths=own)))
    for failure in outcome.failures:
        print(logged(failure))
    if verbose:
        for miss in outcome.todo:
            print(logged(miss))
    counts = f"{outcome.rules} rules and {outcome.signals} signals, {outcome.examples} examples"
    wrong = f"{len(outcome.failures)} not as expected" if outcome.failures else "all as expected"
    print(f"{counts}: {wrong}" + (f", {len(outcome.todo)} known misses" if outcome.todo else ""))
    if outcome.failures:
        raise typer.Exit(1)
