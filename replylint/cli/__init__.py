"""The command line: one file a command, one place where the user's mistakes become a message and exit code 2."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

import typer

from replylint.cli import check, clean, explain, init, rules, schema, show_config, signals, test
from replylint.cli.streams import prepare

_COLLECT_AFTER = 1_000_000  # objects: the rules alone are many and never garbage, and drafts leave hardly any

app = typer.Typer(
    name="replylint",
    help="Checks customer-service replies before they are sent, with the conversation that they answer.",
    invoke_without_command=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    check.check,
    init.init,
    rules.rules,
    explain.explain,
    signals.signals,
    test.test,
    show_config.show_config,
    schema.schema,
    clean.clean,
):
    app.command()(command)


def _version(asked: bool) -> None:
    if asked:
        from replylint import __version__

        typer.echo(f"replylint {__version__}")
        raise typer.Exit


_FIRST = """\
replylint checks customer-service replies before they are sent, with the
conversation that they answer.

An agent's draft:     replylint check draft.txt --to "Where is my bag?"
A library of macros:  replylint check macros/
Take on a library:    replylint init
A rule as a page:     replylint explain call-us

replylint --help lists all commands, replylint check --help its options."""


@app.callback()
def options(
    context: typer.Context,
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version and exit."
    ),
) -> None:
    """Checks customer-service replies before they are sent, with the conversation that they answer."""
    if context.invoked_subcommand is None:
        typer.echo(_FIRST)


def main() -> None:
    """The entry point. Exit codes: 0 nothing to object to, 1 findings, 2 could not do what was asked."""
    from replylint.errors import InputError

    prepare()
    gc.set_threshold(_COLLECT_AFTER)
    try:
        app()
    except InputError as error:
        _complain(error)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _complain(error)
    finally:
        gc.freeze()  # at the end nobody need look through all that is left for garbage


def _complain(error: Exception) -> NoReturn:
    """Names of files and words of settings stand in the message, as strangers wrote them."""
    from replylint.reporters.escaping import logged

    print(f"replylint: {logged(str(error))}", file=sys.stderr)
    sys.exit(2)
