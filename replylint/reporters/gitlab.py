"""The format `gitlab`: a Code Quality report, shown on merge requests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

from replylint.fingerprints import Fingerprints
from replylint.model import Level
from replylint.reporters import Entry, Judged, Options, Summary, identity, whole_text
from replylint.reporters.escaping import harmless, to_json

_SEVERITIES = {Level.error: "major", Level.warning: "minor", Level.suggestion: "info"}


def write_gitlab(judged: Iterable[Judged], summary: Summary, out: TextIO, options: Options) -> None:
    fingerprints = Fingerprints()
    found = [
        _issue(entry, fingerprints, *identity(one, options))
        for one in judged
        for entry in one.visible(options.min_level)
    ]
    out.write(to_json(found, indent=True) + "\n")


def _issue(entry: Entry, fingerprints: Fingerprints, path: str, macro: str) -> dict[str, Any]:
    """GitLab hides `check_name`, so the rule stands in the description as well."""
    finding, begin, end = entry.finding, entry.start, entry.end
    return {
        "type": "issue",
        "check_name": finding.rule,
        "description": f"{finding.rule}: {whole_text(finding)}",
        "fingerprint": fingerprints.of(entry.found, path, macro),
        "severity": _SEVERITIES[finding.level],
        "categories": ["Style"],
        "location": {
            "path": harmless(path),
            "lines": {"begin": begin[0], "end": end[0]},
            "positions": {
                "begin": {"line": begin[0], "column": begin[1]},
                "end": {"line": end[0], "column": end[1]},
            },
        },
    }
