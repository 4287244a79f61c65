"""The formats `junit` (a suite a file, a failed test a finding) and `checkstyle`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import TextIO
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from replylint.model import Level
from replylint.reporters import Entry, Judged, Options, Summary, whole_text
from replylint.reporters.escaping import harmless

_CHECKSTYLE = {Level.error: "error", Level.warning: "warning", Level.suggestion: "info"}


def write_junit(judged: Iterable[Judged], summary: Summary, out: TextIO, options: Options) -> None:
    """A file without findings is one test that passes, so that no system takes an empty report for a broken run."""
    files = _by_file(judged, options)
    root = Element("testsuites", name="replylint")
    for path, entries in files.items() or {"replylint": []}.items():
        failures = str(len(entries))
        suite = SubElement(root, "testsuite", name=path, tests=str(len(entries) or 1), failures=failures, errors="0")
        package = str(PurePath(path).with_suffix("")) if PurePath(path).name else path
        if not entries:
            SubElement(suite, "testcase", name="replylint", classname=package)
        for entry in entries:
            finding, (line, column, _) = entry.finding, entry.start
            case = SubElement(
                suite, "testcase", name=f"replylint.{finding.rule}", classname=package, line=str(line), column=str(column)
            )  # fmt: skip
            failure = SubElement(case, "failure", message=whole_text(finding), type=finding.level.name)
            failure.text = f"line {line}, col {column}, {whole_text(finding)}"
    total = sum(map(len, files.values()))
    root.attrib |= {"tests": str(sum(len(e) or 1 for e in files.values()) or 1), "failures": str(total), "errors": "0"}
    _write(root, out)


def write_checkstyle(judged: Iterable[Judged], summary: Summary, out: TextIO, options: Options) -> None:
    root = Element("checkstyle", version="4.3")
    for path, entries in _by_file(judged, options).items():
        file = SubElement(root, "file", name=path)
        for entry in entries:
            finding, (line, column, _) = entry.finding, entry.start
            SubElement(
                file, "error", line=str(line), column=str(column), severity=_CHECKSTYLE[finding.level],
                message=whole_text(finding), source=f"replylint.{finding.rule}",
            )  # fmt: skip
    _write(root, out)


def _by_file(judged: Iterable[Judged], options: Options) -> dict[str, list[Entry]]:
    """The findings of each file that was read, in the order of their places."""
    files: dict[str, list[Entry]] = {}
    for one in judged:
        files.setdefault(harmless(one.located.path), []).extend(one.visible(options.min_level))
    return {path: sorted(entries, key=lambda entry: entry.start[2]) for path, entries in files.items()}


def _write(root: Element, out: TextIO) -> None:
    indent(root)
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    # A log of Azure would take this in the name of a file for a command
    out.write(tostring(root, encoding="unicode").replace("##", "&#35;#") + "\n")
