"""replylint: a linter for customer-service replies. The library is this module; everything heavy loads when first used."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from replylint.model import Brand, Kind, Message, Result, Rulebook

__version__ = "0.1.0"
__all__ = ["__version__", "lint", "load_brand", "load_rules"]


def lint(
    draft: str,
    *,
    thread: Sequence[Message | Mapping[str, Any]] | None = None,
    kind: Kind = "draft",
    channel: str | None = None,
    public: bool | None = None,
    at: datetime | None = None,
    now: datetime | None = None,
    brand: Brand | None = None,
    rules: Rulebook | None = None,
) -> Result:
    """Judges one reply. Pure and thread-safe.

    `thread`: what was said before, oldest first, as messages or mappings with `from` and `text`; None is unknown, `()` says
    that this is the first word. `rules`: of `load_rules`; by default the packaged ones. Raises ValueError for a message that
    is none.
    """
    import msgspec

    from replylint import engine
    from replylint.cases import MessageShape
    from replylint.model import Brand, Draft, Message

    messages = None
    if thread is not None:
        messages = tuple(m if isinstance(m, Message) else msgspec.convert(m, MessageShape).message() for m in thread)
    reply = Draft(draft, kind=kind, thread=messages, channel=channel, public=public, at=at)
    return engine.lint(reply, rules or load_rules(), brand or Brand(), now)


def load_rules(*paths: Path | str, packs: Sequence[str] = ()) -> Rulebook:
    """The packaged rules, those of the folders and of the installed rule packs named, checked and compiled; the same once.

    Raises replylint.errors.InputError with the file and line of a mistake.
    """
    return _loaded(tuple(map(str, paths)), tuple(packs))


@cache
def _loaded(paths: tuple[str, ...], packs: tuple[str, ...]) -> Rulebook:
    from replylint.rulebook import load_rulebook

    return load_rulebook(paths, packs=packs)


def load_brand(path: Path | str) -> Brand:
    """The settings of one file. Raises replylint.errors.InputError with line, what was found and what is allowed."""
    from replylint import brand

    return brand.load_brand(path)
