"""What other installed packages bring: packs of rules, and detectors. Looked for only where settings or a signal name one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from replylint.errors import InputError, listing, nearest

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

PACKS, DETECTORS = "replylint.rules", "replylint.detectors"


class Detector(Protocol):
    """Finds places in a text, for signals that no phrases and no pattern can describe.

    It gets one reply, or what a customer wrote, as it was written, and gives the places that it found: pairs of 0-based
    character offsets, the end exclusive, in any order. It is pure: the same text has the same places, nothing is read,
    written or kept, and it may be called from several threads and processes.
    """

    def __call__(self, text: str, /) -> Iterable[tuple[int, int]]: ...


class Pack(Struct, frozen=True):
    """A folder of rules and signals inside an installed package. `origin`: the distribution and its version."""

    name: str
    origin: str
    folder: Path


def pack(name: str) -> Pack:
    """The rule pack of that name. None of its code is run. Raises InputError where there is none, or no folder of rules."""
    from importlib.util import find_spec

    entry = _entry(PACKS, name, "rule pack")
    origin = origin_of(entry)
    top, *inside = entry.module.split(".")
    if entry.attr:
        raise InputError(f'the rule pack "{name}" of {origin} points at "{entry.value}"; expected a package')
    spec = find_spec(top)  # of a package at the top, which is found without being imported
    for place in (spec and spec.submodule_search_locations) or ():
        if (folder := Path(place, *inside)).is_dir():
            return Pack(name, origin, folder)
    raise InputError(f'the rule pack "{name}" of {origin} points at "{entry.value}", where no folder is')


def detector(name: str) -> tuple[Detector, str]:
    """The detector of that name, imported, and where it comes from. Raises InputError where it can't be had."""
    entry = _entry(DETECTORS, name, "detector")
    origin = origin_of(entry)
    try:
        found = entry.load()
    except Exception as error:
        raise InputError(f'the detector "{name}" of {origin} can\'t be imported: {error!r}') from error
    if not callable(found):
        raise InputError(f'the detector "{name}" of {origin} is {type(found).__name__}; expected a function')
    return found, origin


def origin_of(entry: EntryPoint) -> str:
    """The distribution that brings it, with its version."""
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.value


def _entry(group: str, name: str, kind: str) -> EntryPoint:
    from importlib.metadata import entry_points  # takes longer than all other imports of a check together

    known = entry_points(group=group)
    found = [entry for entry in known if entry.name == name]
    if not found:
        others = listing({entry.name for entry in known}) or "none"
        raise InputError(
            f'found "{name}", which is no installed {kind}; installed: {others}{nearest(name, {e.name for e in known})}'
        )
    if len(found) > 1:
        raise InputError(
            f'the {kind} "{name}" comes from {" and ".join(sorted(map(origin_of, found)))}; keep one of them'
        )
    return found[0]
