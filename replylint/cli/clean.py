"""`replylint clean`: empties the cache."""

from __future__ import annotations

from pathlib import Path

import typer


def clean(
    cache_dir: Path | None = typer.Option(None, "--cache-dir", metavar="DIR", help="The folder to empty."),
) -> None:
    """Empty the cache."""
    from replylint.cache import Cache, default_folder

    cache = Cache(cache_dir or default_folder())
    print(f"{cache.clear()} entries removed from {cache.folder}")
