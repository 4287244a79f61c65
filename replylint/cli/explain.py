"""`replylint explain`: one rule as a page."""

from __future__ import annotations

from pathlib import Path

import typer


def explain(
    rule: str = typer.Argument(..., metavar="RULE", help="The rule's name, as in `replylint rules`."),
    config: Path | None = typer.Option(
        None, "--config", metavar="FILE", help="The settings file; default: found upward."
    ),
) -> None:
    """Show one rule as a page.

    What it objects to, why, who advises it, bad and good examples, and how right it is.

    Example:

      replylint explain channel-redirect-upset
    """
    import os
    import sys

    from replylint.cache import cache_of
    from replylint.cli.inputs import Request, Settings
    from replylint.errors import InputError, nearest
    from replylint.notices import NOTICES
    from replylint.reporters.full import console_for
    from replylint.reporters.rulepage import show

    settings = Settings(Request(config=config, cache=cache_of(False, None), examples=True))
    book = settings.rulebook(settings.for_path(""))
    known = [each.id for each in book.rules]
    if rule in NOTICES:
        notice = NOTICES[rule]
        print(f"{rule} {notice.level.name}\n\n{notice.why}\n\nInstead: {notice.instead}")
        return
    if rule not in known:
        raise InputError(
            f'found "{rule}", which is no rule{nearest(rule, [*known, *NOTICES])}; `replylint rules` lists them'
        )
    console = console_for(sys.stdout, "auto")
    if not sys.stdout.isatty():
        show(book.rule(rule), book, console)
        return
    os.environ.setdefault("LESS", "-FRX")  # colours as they are, and no page where there is no need of one
    with console.pager(styles=True):
        show(book.rule(rule), book, console)
