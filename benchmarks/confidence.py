"""How sure each rule is: measured on labelled replies, on findings that readers judged, on its challenge file, and how often it speaks.

    python -m benchmarks.confidence --labelled LABELLED.jsonl --unlabelled FILE.jsonl[.gz] ...

Writes QUALITY.md, and replylint/data/quality.json for `replylint explain`. The verdicts of readers stand in
benchmarks/verdicts/findings.jsonl: {"id", "message_index", "rule", "level", "right"}, without the texts, whose licence keeps them out.
"""

from __future__ import annotations

import argparse
import collections
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from benchmarks import challenges, quality, sample
from replylint.confidence import Figures, Measured
from replylint.engine import lint
from replylint.model import Brand, Level, Rule, Rulebook
from replylint.rulebook import THEMES, load_rulebook

ROOT = Path(__file__).parent.parent
VERDICTS = ROOT / "benchmarks" / "verdicts" / "findings.jsonl"
DATA = ROOT / "replylint" / "data" / "quality.json"
PAGE = ROOT / "QUALITY.md"
ABOUT = """Made by `python -m benchmarks.confidence`.

- Labelled: {labelled} public replies of 31 brands, each read by two annotators, both language models working from one guide; what they
  disputed is left out.
- Judged: findings on other real replies, as far as the rules still make them, each read by two readers; right where both agreed
  with it at the level that it had.
- Challenge: twenty cases that a rule should find and twenty near misses, by writers who knew what the rule is for and not how it
  looks for it.
- In 1,000 replies: in how many of {unlabelled:,} other public replies the rule speaks.

An error must be right 95 times in 100, a warning 85 times; of a rule with two levels the errors are counted for themselves. A rule
with fewer than twenty findings to judge a level by is unproven there, and ships at it only if it passes its challenge: four of five
hits found, and of twenty near misses at most one false alarm for an error, two for a warning or suggestion.
"""


class Heard(NamedTuple):
    """What the rules say of unlabelled replies: how many were read, in how many each rule spoke at any level, on or off; of the
    conversations among them their ids, and what is shown of each: its id, the place in it and the rule."""

    count: int
    spoke: Mapping[str, int]
    conversations: Set[str]
    shown: Set[tuple[str, int | None, str]]

    def still_says(self, verdict: dict[str, Any]) -> bool:
        """Whether the finding that was judged is still made; of a conversation that was not read it is taken for granted."""
        key = (verdict["id"], verdict["message_index"], verdict["rule"])
        return verdict["id"] not in self.conversations or key in self.shown


def hear(paths: Sequence[Path], book: Rulebook) -> Heard:
    every = {rule.id for rule in book.rules}
    count, spoke = 0, collections.Counter[str]()
    conversations: set[str] = set()
    shown: set[tuple[str, int | None, str]] = set()
    for path in paths:
        for draft, index, scope in sample.drafts_of(path):
            found = lint(draft, book, Brand(), None, every, scope).findings
            count += scope == "draft"
            spoke.update({finding.rule for finding in found})
            if index is not None:
                conversations.add(draft.id)
                shown |= {(draft.id, at, finding.rule) for at, finding in sample.shown(found, index, Level.suggestion)}
    return Heard(count, spoke, conversations, shown)


def measure(labelled: Path, unlabelled: Sequence[Path], book: Rulebook) -> Measured:
    cases = quality.read_cases(labelled)
    readings = [quality.read(case, book) for case in cases]
    counts = quality.counted(cases, readings, "rules", quality.labelled(cases, "rules"))
    heard = hear(unlabelled, book)
    judgements = quality.read_cases(VERDICTS) if VERDICTS.exists() else []
    verdicts = [verdict for verdict in judgements if heard.still_says(verdict)]
    rules: dict[str, Figures] = {}
    for rule in book.rules:
        found = counts.get(f"rules.{rule.id}", quality.Count())
        judged = [verdict for verdict in verdicts if verdict["rule"] == rule.id]
        errors = [*_labelled_errors(rule.id, cases, readings), *(v["right"] for v in judged if v["level"] == "error")]
        path = challenges.FOLDER / f"{rule.id}.yaml"
        challenge = challenges.score(path, book).figures() if path.exists() else Figures()
        rules[rule.id] = msgspec.structs.replace(
            challenge,
            right=found.right,
            wrong=found.wrong,
            missed=found.missed,
            judged_right=sum(verdict["right"] for verdict in judged),
            judged=len(judged),
            errors=len(errors),
            errors_right=sum(errors),
            fired=heard.spoke[rule.id],
        )
    return Measured(len(cases), heard.count, rules)


def _labelled_errors(rule: str, cases: Sequence[dict[str, Any]], readings: Sequence[quality.Reading]) -> Iterator[bool]:
    """Of the labelled replies on which the rule gives an error, whether each was flagged."""
    for case, reading in zip(cases, readings, strict=True):
        if reading.levels.get(rule) is Level.error and rule not in case["disputed"]["rules"]:
            yield rule in case["labels"]["rules"]


def page(measured: Measured, book: Rulebook, labelled: Path) -> str:
    cases = quality.read_cases(labelled)
    readings = [quality.read(case, book) for case in cases]
    lines = [
        "# How right it is",
        "",
        ABOUT.format(labelled=measured.labelled, unlabelled=measured.unlabelled),
        *_signals(cases, readings, book),
        "## Rules",
        "",
        "| rule | level | right / findings | precision | found / flagged | challenge hits | false alarms | in 1,000 replies |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for theme in THEMES:
        lines += [_row(rule, measured) for rule in book.rules if rule.theme == theme]
    return "\n".join(lines) + "\n"


def _signals(cases: Sequence[dict[str, Any]], readings: Sequence[quality.Reading], book: Rulebook) -> list[str]:
    counts: dict[str, quality.Count] = {}
    for group in ("customer", "draft"):
        known = {name.partition(".")[2] for name in book.signals if name.startswith(group)}
        labels = [label for label in quality.labelled(cases, group) if label in known]
        counts |= quality.counted(cases, readings, group, labels)
    total = quality.total(counts.values())
    enough = [count.f1 for count in counts.values() if count.cases >= quality.FEWEST]
    mean = sum(enough) / max(1, len(enough))
    return [
        "## Signals",
        "",
        f"On the labelled replies: precision {total.precision:.3f}, recall {total.recall:.3f}, F1 {total.f1:.3f};",
        f"mean F1 {mean:.3f} of the {len(enough)} labels with {quality.FEWEST} cases or more.",
        "",
        "| signal | cases | precision | recall | F1 |",
        "|---|---|---|---|---|",
        *(
            f"| `{name}` | {count.cases} | {count.precision:.2f} | {count.recall:.2f} | {count.f1:.2f} |"
            for name, count in sorted(counts.items(), key=lambda pair: -pair[1].cases)
        ),
        "",
    ]


def _row(rule: Rule, measured: Measured) -> str:
    f = measured.rules[rule.id]
    level = "/".join(level.name for level, _ in rule.levels) + ("" if rule.on else ", off")
    lowered = f", lowered from {rule.lowered_from.name}" if rule.lowered_from else ""
    precision = "–" if f.precision is None else f"{f.precision:.2f}" + ("" if f.proven else " (unproven)")
    flagged = f.right + f.missed
    return (
        f"| `{rule.id}` | {level}{lowered} | {f.right + f.judged_right} / {f.findings} | {precision} | "
        f"{f'{f.right} / {flagged}' if flagged else '–'} | {f.hits_found} / {f.hits} | {f.false_alarms} / {f.near_misses} | "
        f"{1000 * f.fired / max(1, measured.unlabelled):.1f} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labelled", type=Path, required=True)
    parser.add_argument("--unlabelled", type=Path, nargs="*", default=[])
    chosen = parser.parse_args()
    book = load_rulebook()
    measured = measure(chosen.labelled, chosen.unlabelled, book)
    DATA.write_bytes(msgspec.json.format(msgspec.json.encode(measured), indent=1) + b"\n")
    PAGE.write_text(page(measured, book, chosen.labelled), encoding="utf-8")
    for rule in book.rules:
        for level, _ in rule.levels:
            if rule.on and not measured.rules[rule.id].supports(level):
                print(f"{rule.id}: its figures do not support {level.name}")


if __name__ == "__main__":
    main()
