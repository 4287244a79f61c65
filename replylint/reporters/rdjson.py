"""The format `rdjson`: Reviewdog Diagnostic Format, whose columns count bytes of UTF-8."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

import msgspec

from replylint.model import Level
from replylint.reporters import HOME, Entry, Judged, Options, Summary, harmless, whole_text

_SEVERITIES = {Level.error: "ERROR", Level.warning: "WARNING", Level.suggestion: "INFO"}


def write_rdjson(judged: Iterable[Judged], summary: Summary, out: TextIO, options: Options) -> None:
    diagnostics = [_diagnostic(one, entry) for one in judged for entry in one.visible(options.min_level)]
    report = {"source": {"name": "replylint", "url": HOME}, "diagnostics": diagnostics}
    out.write(msgspec.json.format(msgspec.json.encode(report), indent=2).decode() + "\n")


def _diagnostic(judged: Judged, entry: Entry) -> dict[str, Any]:
    lines = judged.located.lines

    def position(place: tuple[int, int, int]) -> dict[str, int]:
        return {"line": place[0], "column": lines.byte_column(place[2] - lines.offset)}

    return {
        "message": whole_text(entry.finding),
        "location": {
            "path": harmless(judged.located.path),
            "range": {"start": position(entry.start), "end": position(entry.end)},
        },
        "severity": _SEVERITIES[entry.finding.level],
        "code": {"value": entry.finding.rule},
    }
