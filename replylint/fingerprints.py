"""What a finding is known by from run to run: a hash of its rule, its macro and its words, whatever line they stand in."""

from __future__ import annotations

import re
from collections import Counter
from hashlib import blake2b

from replylint.model import Finding

_INDEX = re.compile(r"\[\d+\]")


def fingerprint(finding: Finding, *place: str) -> str:
    """The hash of a finding as it was found, unmasked. `place`: what tells its draft from others, see `macro_of`."""
    words = " ".join(finding.text.casefold().split())
    return _hash(finding.rule, *place, words)


def macro_of(id: str, key: str) -> str:
    """What a macro is known by: its title or id; of one without, its key, whatever its place in the list."""
    return _INDEX.sub("[]", key) if not id or id == key else id


class Fingerprints:
    """Fingerprints of one report: of findings that are the same, the second and later ones get their own."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def of(self, finding: Finding, *place: str) -> str:
        first = fingerprint(finding, *place)
        self._seen[first] += 1
        return first if self._seen[first] == 1 else _hash(first, str(self._seen[first]))


def _hash(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
