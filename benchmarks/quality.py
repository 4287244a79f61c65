"""How right the tool is on labelled replies: each signal and rule, how often it nags, and the mood model.

    python -m benchmarks.quality LABELLED.jsonl [--mood TEXTS.jsonl ...] [--conversations FILE.jsonl] [--errors NAME]

LABELLED.jsonl holds cases with `labels` and `disputed`: {"customer": [...], "draft": [...], "rules": [...]} each. What the labellers
disputed is left out of the counts. TEXTS.jsonl holds {"text", "labels": [...]} and measures the mood model alone; verdicts without their
texts, {"id", "message_index", "labels"}, take them from the conversations of FILE.jsonl. `--errors` lists the cases in which one label
is missed or found wrongly: "rules.missing-apology", "draft.question".
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from replylint.cases import CaseShape
from replylint.context import Context
from replylint.engine import lint
from replylint.model import Brand, Level, Rulebook
from replylint.rulebook import load_rulebook

FEWEST = 8  # labels with fewer cases are shown as "k of n" and do not count in the macro average


class Count(msgspec.Struct):
    """Of one label: found and labelled, found only, labelled only."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def cases(self) -> int:
        return self.right + self.missed

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.cases if self.cases else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Reading(msgspec.Struct):
    """What the tool says of one case: names found, levels of visible findings, the mood score."""

    found: dict[str, set[str]]
    levels: dict[str, Level]
    upset: float | None


def read_cases(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read(case: dict[str, Any], book: Rulebook) -> Reading:
    draft = msgspec.convert(case, CaseShape).as_draft()
    context = Context(draft, book, Brand())
    found: dict[str, set[str]] = {"draft": set(), "customer": set(), "rules": set()}
    for name in book.signals:
        side, _, short = name.partition(".")
        if context.value(name).truth:
            found[side].add(short)
    findings = lint(draft, book, Brand()).findings
    found["rules"] = {finding.rule for finding in findings}
    levels = {f.rule: f.level for f in findings if not f.covered_by}
    return Reading(found, levels, context.value("customer.upset").score)


def counted(
    cases: Sequence[dict[str, Any]], readings: Sequence[Reading], group: str, labels: Iterable[str]
) -> dict[str, Count]:
    counts: dict[str, Count] = {}
    for case, reading in zip(cases, readings, strict=True):
        for label in labels:
            if label in case["disputed"][group]:
                continue
            gold, got = label in case["labels"][group], label in reading.found[group]
            count = counts.setdefault(f"{group}.{label}", Count())
            count.right += gold and got
            count.wrong += got and not gold
            count.missed += gold and not got
    return {name: count for name, count in counts.items() if count.cases or count.wrong}


def total(counts: Iterable[Count]) -> Count:
    summed = Count()
    for count in counts:
        summed.right += count.right
        summed.wrong += count.wrong
        summed.missed += count.missed
    return summed


def labelled(cases: Sequence[dict[str, Any]], group: str) -> list[str]:
    return sorted({label for case in cases for kind in ("labels", "disputed") for label in case[kind][group]})


def show(title: str, counts: dict[str, Count]) -> None:
    print(f"{title:34} {'cases':>5} {'P':>6} {'R':>6} {'F1':>6}")
    for name, c in sorted(counts.items(), key=lambda pair: -pair[1].cases):
        precision = f"{c.precision:6.2f}" if c.right + c.wrong else "     –"
        few = f"   {c.right} of {c.right + c.wrong} right, {c.right} of {c.cases} found" if c.cases < FEWEST else ""
        print(f"{name:34} {c.cases:5} {precision} {c.recall:6.2f} {c.f1:6.2f}{few}")
    summed = total(counts.values())
    enough = [c.f1 for c in counts.values() if c.cases >= FEWEST]
    print(
        f"{title}: micro precision {summed.precision:.3f}, recall {summed.recall:.3f}, F1 {summed.f1:.3f}; "
        f"macro F1 {sum(enough) / max(1, len(enough)):.3f} over {len(enough)} with {FEWEST} cases or more\n"
    )


def nagging(cases: Sequence[dict[str, Any]], readings: Sequence[Reading], rules: set[str]) -> str:
    """How often the labelled rules speak where nobody found anything wrong."""
    clean = [r for c, r in zip(cases, readings, strict=True) if not c["labels"]["rules"] and not c["disputed"]["rules"]]
    errors = sum(any(level == Level.error for rule, level in r.levels.items() if rule in rules) for r in clean)
    warned = sum(any(level >= Level.warning for rule, level in r.levels.items() if rule in rules) for r in clean)
    share = warned / max(1, len(clean))
    return f"nagging: of {len(clean)} replies without fault {errors} get an error, {warned} ({share:.3f}) an error or warning"


def area(scores: Sequence[float], gold: Sequence[bool]) -> float:
    """Area under the receiver operating characteristic: how often an upset text scores above one that is not; ties count half."""
    yes = [s for s, g in zip(scores, gold, strict=True) if g]
    no = [s for s, g in zip(scores, gold, strict=True) if not g]
    won = sum((a > b) + (a == b) / 2 for a in yes for b in no)
    return won / (len(yes) * len(no)) if yes and no else float("nan")


def mood(name: str, scores: Sequence[float], gold: Sequence[bool], threshold: float) -> None:
    count = Count()
    for score, true in zip(scores, gold, strict=True):
        count.right += true and score >= threshold
        count.wrong += score >= threshold and not true
        count.missed += true and score < threshold
    print(f"mood on {name}: {len(scores)} texts, area {area(scores, gold):.3f}, F1 {count.f1:.3f} at {threshold:.2f}")
    for low, high in ((0.0, 0.35), (0.35, 0.8), (0.8, 1.01)):
        chosen = [(s, g) for s, g in zip(scores, gold, strict=True) if low <= s < high]
        if chosen:
            mean, share = sum(s for s, _ in chosen) / len(chosen), sum(g for _, g in chosen) / len(chosen)
            print(
                f"  scores {low:.2f} to {min(high, 1):.2f}: {len(chosen):4} texts, mean score {mean:.2f}, upset {share:.2f}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path, nargs="?")
    parser.add_argument("--mood", type=Path, nargs="*", default=[], help="files of {text, labels} for the mood model")
    parser.add_argument("--conversations", type=Path, help="where the texts of verdicts without texts stand")
    parser.add_argument("--errors", help="list the cases in which this label is missed or found wrongly")
    chosen = parser.parse_args()
    if chosen.labelled:
        of_cases(chosen.labelled, chosen.errors)
    if chosen.mood:
        of_texts(chosen.mood, chosen.conversations)


def of_cases(path: Path, errors: str | None) -> None:
    from replylint.detectors.mood import load_mood

    book, cases = load_rulebook(), read_cases(path)
    readings = [read(case, book) for case in cases]
    if errors:
        list_errors(cases, readings, errors)
        return
    signals = {}
    for group in ("draft", "customer"):
        known = {name.partition(".")[2] for name in book.signals if name.startswith(group)}
        signals |= counted(cases, readings, group, [label for label in labelled(cases, group) if label in known])
    show("signals", signals)
    rules = {rule.id for rule in book.rules} & set(labelled(cases, "rules"))
    show("rules", counted(cases, readings, "rules", sorted(rules)))
    print(nagging(cases, readings, rules))
    both = [(c, r) for c, r in zip(cases, readings, strict=True) if "upset" not in c["disputed"]["customer"]]
    pairs = [(r.upset, "upset" in c["labels"]["customer"]) for c, r in both]
    judged = [(score, gold) for score, gold in pairs if score is not None]
    mood(path.name, [s for s, _ in judged], [g for _, g in judged], load_mood().threshold("upset"))


def of_texts(paths: Sequence[Path], conversations: Path | None) -> None:
    from replylint.detectors.mood import load_mood

    model = load_mood()
    said = {row["id"]: row["messages"] for row in read_cases(conversations)} if conversations else {}
    for path in paths:
        rows = [row for row in read_cases(path) if "upset" not in row.get("disputed", ())]
        for row in rows:
            if "text" not in row:
                if row["id"] not in said:
                    raise SystemExit(
                        f"{path}: found no text for {row['id']}; --conversations names the file that holds it"
                    )
                row["text"] = said[row["id"]][row["message_index"]]["text"]
        scores = [model.read(row["text"]).score("upset") for row in rows]
        mood(path.name, scores, ["upset" in row["labels"] for row in rows], model.threshold("upset"))


def list_errors(cases: Sequence[dict[str, Any]], readings: Sequence[Reading], name: str) -> None:
    group, _, label = name.partition(".")
    for case, reading in zip(cases, readings, strict=True):
        gold, got = label in case["labels"][group], label in reading.found[group]
        if gold != got and label not in case["disputed"][group]:
            print(f"{'missed' if gold else 'wrong '} {case['id']}")
            for message in case["thread"]:
                print(f"    {message['from']}: {' '.join(message['text'].split())}")
            print(f"    > {' '.join(case['draft'].split())}")


if __name__ == "__main__":
    main()
