"""`replylint signals`: what each text does."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

import typer


class SignalFormat(str, Enum):
    full = "full"
    jsonl = "jsonl"


def signals(
    paths: list[str] = typer.Argument(None, metavar="[PATH]...", help="As for check."),
    to: str | None = typer.Option(None, "--to", metavar="TEXT", help="The customer's message that the draft answers."),
    to_file: Path | None = typer.Option(None, "--to-file", metavar="FILE", help="A file with the customer's message."),
    thread: Path | None = typer.Option(None, "--thread", metavar="FILE", help="A file with the conversation so far."),
    channel: str | None = typer.Option(
        None, "--channel", metavar="NAME", help="x, facebook, instagram, review, chat, email ..."
    ),
    public: bool | None = typer.Option(None, "--public/--private", help="Whether anyone can read the reply."),
    output_format: SignalFormat | None = typer.Option(
        None, "--output-format", help="Default: full on a terminal, else jsonl."
    ),
    config: Path | None = typer.Option(
        None, "--config", metavar="FILE", help="The settings file; default: found upward."
    ),
    no_cache: bool = typer.Option(False, "--no-cache", help="Read and check all rules anew."),
    isolated: bool = typer.Option(False, "--isolated", help="No settings file at all."),
) -> None:
    """Show what each text does.

    Every signal with its places, scores and words, and the facts of the conversation.

    Example:

      replylint signals draft.txt --to "Third time I ask. Where is my bag?"
    """
    import sys

    from replylint.cache import cache_of
    from replylint.cli.inputs import Request, Settings, located_drafts
    from replylint.context import Context
    from replylint.reporters.signals import write_full, write_jsonl

    cache = cache_of(no_cache, None)
    request = Request(
        tuple(paths or ()), to, to_file, thread, channel, public, config=config, isolated=isolated, cache=cache
    )
    settings = Settings(request)
    full = output_format is SignalFormat.full or (output_format is None and sys.stdout.isatty())
    for located, brand in located_drafts(request, settings):
        if located.scope == "draft":
            rulebook = settings.rulebook(brand)
            (write_full if full else write_jsonl)(
                located, Context(located.draft, rulebook, brand), rulebook, sys.stdout
            )
