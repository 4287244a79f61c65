"""The formats `json` (one object, version 1) and `jsonl` (a finding a line)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

import msgspec

from replylint.model import Level, Source
from replylint.reporters import Entry, Judged, Options, Summary
from replylint.reporters.escaping import to_json
from replylint.reporters.fixes import changes

VERSION = 1


class Place(msgspec.Struct, frozen=True):
    """A place in the file: `line` and `column` from 1, `offset` from 0, in characters."""

    line: int
    column: int
    offset: int


class EvidenceOut(msgspec.Struct, frozen=True, omit_defaults=True):
    signal: str
    score: float | None = None
    words: tuple[str, ...] = ()


class EditOut(msgspec.Struct, frozen=True):
    """`start` and `end`: places in the file, from 0, in characters; the replacement is spelt as the file spells it."""

    start: int
    end: int
    replacement: str


class FixOut(msgspec.Struct, frozen=True):
    safe: bool
    edits: tuple[EditOut, ...]


class FindingOut(msgspec.Struct, frozen=True):
    """One finding. `span` null: something is missing."""

    rule: str
    level: str
    path: str
    id: str
    key: str
    start: Place
    end: Place
    span: tuple[int, int] | None
    text: str
    also: tuple[str, ...]
    message: str
    instead: str
    evidence: tuple[EvidenceOut, ...]
    source: Source
    message_index: int | msgspec.UnsetType | None = msgspec.UNSET
    covered_by: str | msgspec.UnsetType = msgspec.UNSET
    fix: FixOut | msgspec.UnsetType = msgspec.UNSET


class NotEvaluatedOut(msgspec.Struct, frozen=True):
    rule: str
    path: str
    id: str
    needs: str


class ToolOut(msgspec.Struct, frozen=True):
    name: str
    version: str


class SummaryOut(msgspec.Struct, frozen=True):
    drafts: int
    error: int
    warning: int
    suggestion: int
    suppressed: int
    covered: int
    not_evaluated: int


class ReportOut(msgspec.Struct, frozen=True):
    """The output of `replylint check --output-format json`."""

    version: int
    tool: ToolOut
    summary: SummaryOut
    findings: list[FindingOut]
    not_evaluated: list[NotEvaluatedOut]


def _out(judged: Judged, entry: Entry) -> FindingOut:
    finding, located = entry.finding, judged.located
    index = located.message_index if finding.message_index is None else finding.message_index
    return FindingOut(
        rule=finding.rule,
        level=finding.level.name,
        path=located.path,
        id=finding.id,
        key=located.key,
        start=Place(*entry.start),
        end=Place(*entry.end),
        span=(finding.span.start, finding.span.end) if finding.span else None,
        text=finding.text,
        also=finding.also,
        message=finding.message,
        instead=finding.instead,
        evidence=tuple(EvidenceOut(e.signal, e.score, e.words) for e in finding.evidence),
        source=finding.source,
        message_index=msgspec.UNSET if index is None else index,
        covered_by=finding.covered_by or msgspec.UNSET,
        fix=_fix(judged, entry),
    )


def _fix(judged: Judged, entry: Entry) -> FixOut | msgspec.UnsetType:
    edits = changes(judged, entry)
    return FixOut(entry.finding.fix_is_safe, tuple(EditOut(*edit) for edit in edits)) if edits else msgspec.UNSET


def _shown(judged: Judged, options: Options) -> list[FindingOut]:
    return [_out(judged, entry) for entry in judged.entries(options.min_level)]


def write_json(judged: Iterable[Judged], summary: Summary, out: TextIO, options: Options) -> None:
    from replylint import __version__

    findings: list[FindingOut] = []
    not_evaluated: list[NotEvaluatedOut] = []
    for one in judged:
        findings += _shown(one, options)
        not_evaluated += [NotEvaluatedOut(n.rule, one.located.path, n.id, n.needs) for n in one.result.not_evaluated]
    levels = {level.name: count for level, count in summary.levels.items()}
    report = ReportOut(
        VERSION,
        ToolOut("replylint", __version__),
        SummaryOut(
            summary.drafts, levels[Level.error.name], levels["warning"], levels["suggestion"],
            summary.suppressed, summary.covered, summary.not_evaluated,
        ),
        findings,
        not_evaluated,
    )  # fmt: skip
    out.write(to_json(report, indent=True) + "\n")


def write_jsonl(judged: Iterable[Judged], summary: Summary, out: TextIO, options: Options) -> None:
    for one in judged:
        for finding in _shown(one, options):
            out.write(to_json(finding) + "\n")
