"""The format `rdjson`: Reviewdog Diagnostic Format, whose columns count bytes of UTF-8."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

from replylint.model import Level
from replylint.reporters import HOME, Entry, Judged, Options, Summary, whole_text
from replylint.reporters.escaping import harmless, no_links, to_json

_SEVERITIES = {Level.error: "ERROR", Level.warning: "WARNING", Level.suggestion: "INFO"}


def write_rdjson(judged: Iterable[Judged], summary: Summary, out: TextIO, options: Options) -> None:
    diagnostics = [_diagnostic(one, entry) for one in judged for entry in one.visible(options.min_level)]
    report = {"source": {"name": "replylint", "url": HOME}, "diagnostics": diagnostics}
    out.write(to_json(report, indent=True) + "\n")


def _diagnostic(judged: Judged, entry: Entry) -> dict[str, Any]:
    lines = judged.located.lines

    def position(place: tuple[int, int, int]) -> dict[str, int]:
        return {"line": place[0], "column": lines.byte_column(place[2] - lines.offset)}

    return {
        "message": no_links(whole_text(entry.finding)),
        "location": {
            "path": harmless(judged.located.path),
            "range": {"start": position(entry.start), "end": position(entry.end)},
        },
        "severity": _SEVERITIES[entry.finding.level],
        "code": {"value": entry.finding.rule},
    }
