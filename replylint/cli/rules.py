"""`replylint rules`: all rules as a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from replylint.model import Rule

_WIDE = 120  # characters of a line that have room for the reasons too


def rules(
    config: Path | None = typer.Option(
        None, "--config", metavar="FILE", help="The settings file; default: found upward."
    ),
    as_json: bool = typer.Option(False, "--json", help="One object a rule."),
) -> None:
    """List all rules.

    With the level of each and who advises it; where there is room, why.

    Examples:

      replylint rules

      replylint rules --json
    """
    import sys

    from rich.table import Table
    from rich.text import Text

    from replylint.cache import cache_of
    from replylint.cli.inputs import Request, Settings
    from replylint.reporters.escaping import one_line, to_json
    from replylint.reporters.full import console_for

    settings = Settings(Request(config=config, cache=cache_of(False, None)))
    brand = settings.for_path("")
    book = settings.rulebook(brand)
    if as_json:
        for rule in book.rules:
            levels = [level.name for level, _ in rule.levels]
            row = {
                "rule": rule.id,
                "theme": rule.theme,
                "levels": levels,
                "default": "on" if rule.on else "off",
                "why": rule.why,
                "origin": rule.origin or "replylint",
            }
            print(to_json(row | {"sources": rule.sources}))
        return
    console = console_for(sys.stdout, "auto")
    columns = ["rule", "level", "advised by", *(["why"] if console.width >= _WIDE else [])]
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    longest = (max(len(rule.id) for rule in book.rules), max(len(_levels(rule)) for rule in book.rules))
    for index, name in enumerate(columns):
        width = longest[index] if index < len(longest) else None
        table.add_column(name, no_wrap=True, overflow="ellipsis", min_width=width)
    group = ("", "")
    for rule in book.rules:
        if (rule.theme, rule.origin) != group:
            group = (rule.theme, rule.origin)
            table.add_row(
                Text(one_line(rule.theme), "bold turquoise4"),
                "",
                Text(one_line(rule.origin and f"from {rule.origin}"), "dim"),
            )
        advisers = dict.fromkeys(source.author for source in rule.sources if not source.disagrees)
        cells = (rule.id, _levels(rule), ", ".join(advisers), rule.why)
        table.add_row(*(Text(one_line(cell)) for cell in cells[: len(columns)]))
    console.print(table)
    console.print(Text(f"{len(book.rules)} rules; `replylint explain RULE` shows one as a page", "dim"))


def _levels(rule: Rule) -> str:
    return "/".join(level.name for level, _ in rule.levels) if rule.on else "off"
