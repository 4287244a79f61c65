"""The formats `concise` (a line a finding) and `github` (workflow commands, shown on the lines of a pull request)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from replylint.model import Level
from replylint.reporters import Judged, Options, Summary, count_line, whole_text
from replylint.reporters.escaping import one_line

_COMMANDS = {Level.error: "error", Level.warning: "warning", Level.suggestion: "notice"}


def write_concise(judged: Iterable[Judged], summary: Summary, out: TextIO, options: Options) -> None:
    for one in judged:
        for entry in one.visible(options.min_level):
            finding, (line, column, _) = entry.finding, entry.start
            also = f" (also: {', '.join(finding.also)})" if finding.also else ""
            path = one_line(one.located.path)
            out.write(
                f"{path}:{line}:{column}: {finding.level.name} {finding.rule}: {one_line(finding.message)}{also}\n"
            )
        if options.verbose:
            for missing in one.result.not_evaluated:
                out.write(
                    f"{one_line(one.located.path)}: not evaluated {missing.rule}: needs {one_line(missing.needs)}\n"
                )
            for entry in one.suppressed():
                out.write(
                    f"{one_line(one.located.path)}:{entry.start[0]}:{entry.start[1]}: suppressed {entry.finding.rule}\n"
                )
    if not options.quiet:
        out.write(count_line(summary, options) + "\n")


def write_github(judged: Iterable[Judged], summary: Summary, out: TextIO, options: Options) -> None:
    for one in judged:
        for entry in one.visible(options.min_level):
            finding, start, end = entry.finding, entry.start, entry.end
            place = {"file": one_line(options.in_repository(one.located.path)), "line": start[0], "endLine": end[0]}
            if start[0] == end[0]:  # columns over several lines are refused
                place |= {"col": start[1], "endColumn": max(end[1], start[1] + 1)}
            properties = ",".join(
                f"{name}={_property(value)}" for name, value in {**place, "title": finding.rule}.items()
            )
            text = _data(whole_text(finding))
            out.write(f"::{_COMMANDS[finding.level]} {properties}::{text}\n")
    if not options.quiet:
        out.write(_data(count_line(summary, options)) + "\n")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: object) -> str:
    return _data(str(value)).replace(":", "%3A").replace(",", "%2C")
