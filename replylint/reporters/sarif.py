"""The format `sarif`: SARIF 2.1.0, as code scanning reads it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO
from urllib.parse import quote

from replylint.confidence import measured
from replylint.fingerprints import Fingerprints
from replylint.model import Level, Rule, Source
from replylint.notices import NOTICES
from replylint.reporters import HOME, Entry, Judged, Options, Summary, identity, who, whole_text
from replylint.reporters.escaping import harmless, no_links, one_line, to_json
from replylint.reporters.fixes import offered
from replylint.sources import Lines
from replylint.sources.rewriting import Change

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Level.error: "error", Level.warning: "warning", Level.suggestion: "note"}
_SEVERITIES = {Level.error: "error", Level.warning: "warning", Level.suggestion: "recommendation"}
_PRECISIONS = ((0.95, "very-high"), (0.85, "high"), (0.7, "medium"), (0.0, "low"))
_LONGEST = 1024  # characters of a description


def write_sarif(judged: Iterable[Judged], summary: Summary, out: TextIO, options: Options) -> None:
    from replylint import __version__

    rules: dict[str, dict[str, Any]] = {}
    fingerprints = Fingerprints()
    results: list[dict[str, Any]] = []
    for one in judged:
        for entry in one.visible(options.min_level):
            id = entry.finding.rule
            if id not in rules:
                rules[id] = _descriptor(one, entry)
            path, macro = identity(one, options)
            result = _result(entry, path, fingerprints.of(entry.found, path, macro))
            change = offered(one, entry, options)
            fixes = {"fixes": [_fix(one.located.lines, path, entry, change)]} if change else {}
            results.append({"ruleId": id, "ruleIndex": list(rules).index(id), **result, **fixes})
    driver = {
        "name": "replylint",
        "semanticVersion": __version__,
        "informationUri": HOME,
        "rules": list(rules.values()),
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": results,
    }
    report = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    out.write(to_json(report, indent=True) + "\n")


def _result(entry: Entry, path: str, fingerprint: str) -> dict[str, Any]:
    finding = entry.finding
    region = _region(entry.start, entry.end)
    if finding.text:
        region["snippet"] = {"text": harmless(finding.text)}
    return {
        "level": _LEVELS[finding.level],
        "message": {"text": no_links(whole_text(finding))},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(path), "region": region}}],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint, "replylint/v1": fingerprint},
    }


def _fix(lines: Lines, path: str, entry: Entry, change: Change) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": _region(*(lines.place(at - lines.offset) for at in (edit.start, edit.end))),
            "insertedContent": {"text": edit.replacement},
        }
        for edit in change
    ]
    return {
        "description": {"text": one_line(entry.finding.instead)},
        "artifactChanges": [{"artifactLocation": _artifact(path), "replacements": replacements}],
    }


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(harmless(path))}


def _region(start: tuple[int, int, int], end: tuple[int, int, int]) -> dict[str, Any]:
    return {"startLine": start[0], "startColumn": start[1], "endLine": end[0], "endColumn": end[1]}


def _descriptor(judged: Judged, entry: Entry) -> dict[str, Any]:
    """What code scanning shows of a rule. Where the rulebook is not at hand, the finding speaks for it."""
    finding = entry.finding
    rule = next((r for r in judged.rulebook.rules if r.id == finding.rule), None) if judged.rulebook else None
    about = rule or NOTICES.get(finding.rule)
    why = about.why if about else finding.message
    instead = about.instead if about else finding.instead
    sources = [source for source in rule.sources if not source.disagrees] if rule else [finding.source]
    level = max(level for level, _ in rule.levels) if rule else finding.level
    return {
        "id": finding.rule,
        "name": finding.rule,
        "shortDescription": {"text": _first_sentence(why)[:_LONGEST]},
        "fullDescription": {"text": harmless(why)[:_LONGEST]},
        "help": {"text": _help(why, instead, sources, "{}"), "markdown": _help(why, instead, sources, "**{}**")},
        "defaultConfiguration": {"level": _LEVELS[level]},
        "properties": {
            "tags": ["customer-service", *([rule.theme] if rule else [])],
            **_precision(rule),
            "problem.severity": _SEVERITIES[level],
        },
    }


def _first_sentence(text: str) -> str:
    first, _, rest = harmless(text).partition(". ")
    return f"{first}." if rest else first


def _help(why: str, instead: str, sources: Iterable[Source], label: str) -> str:
    advised = [f"{label.format('Advised by:')} {who(source)}" for source in sources]
    return harmless("\n\n".join([why, f"{label.format('Instead:')} {instead}", *advised]))


def _precision(rule: Rule | None) -> dict[str, str]:
    """How often the rule was right when that was measured on enough replies."""
    figures = measured().rules.get(rule.id) if rule else None
    if figures is None or not figures.proven or figures.precision is None:
        return {}
    return {"precision": next(word for least, word in _PRECISIONS if figures.precision >= least)}
