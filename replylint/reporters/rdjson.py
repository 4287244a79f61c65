"""The format `rdjson`: Reviewdog Diagnostic Format, whose columns count bytes of UTF-8."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

from replylint.model import Edit, Level
from replylint.reporters import HOME, Entry, Judged, Options, Summary, whole_text
from replylint.reporters.escaping import harmless, no_links, to_json
from replylint.reporters.fixes import offered
from replylint.sources import Lines

_SEVERITIES = {Level.error: "ERROR", Level.warning: "WARNING", Level.suggestion: "INFO"}


def write_rdjson(judged: Iterable[Judged], summary: Summary, out: TextIO, options: Options) -> None:
    diagnostics = [_diagnostic(one, entry, options) for one in judged for entry in one.visible(options.min_level)]
    report = {"source": {"name": "replylint", "url": HOME}, "diagnostics": diagnostics}
    out.write(to_json(report, indent=True) + "\n")


def _diagnostic(judged: Judged, entry: Entry, options: Options) -> dict[str, Any]:
    lines, change = judged.located.lines, offered(judged, entry, options)
    return {
        "message": no_links(whole_text(entry.finding)),
        "location": {
            "path": harmless(judged.located.path),
            "range": _range(lines, entry.start[2], entry.end[2]),
        },
        "severity": _SEVERITIES[entry.finding.level],
        "code": {"value": entry.finding.rule},
        **({"suggestions": [_suggestion(lines, *change)]} if len(change) == 1 else {}),  # each stands for itself
    }


def _suggestion(lines: Lines, edit: Edit) -> dict[str, Any]:
    return {"range": _range(lines, edit.start, edit.end), "text": edit.replacement}


def _range(lines: Lines, start: int, end: int) -> dict[str, Any]:
    def position(offset: int) -> dict[str, int]:
        return {"line": lines.place(offset - lines.offset)[0], "column": lines.byte_column(offset - lines.offset)}

    return {"start": position(start), "end": position(end)}
