"""Draws findings for readers to judge: every rule that fires, at most so many of a rule and of a brand.

    python -m benchmarks.sample CONVERSATIONS.jsonl [--most 200] [--per-rule 8] [--per-brand 15] > SAMPLE.jsonl

Each line holds the thread, the reply and what the rule says of it, and nothing of how the rule looks for it. What readers say goes to
benchmarks/verdicts/findings.jsonl, without the texts: {"id", "message_index", "rule", "right"}.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from replylint.cases import CaseShape, ConversationShape, replies
from replylint.engine import lint
from replylint.model import Brand, Draft, Finding, Level, Rulebook, Scope
from replylint.rulebook import load_rulebook

# A finding, with the reply or conversation and the place in it
Drawn = tuple[Draft, int | None, Finding]

# The place of what is said of a conversation as a whole
WHOLE = -1


def drafts_of(path: Path) -> Iterator[tuple[Draft, int | None, Scope]]:
    """Every reply of a file of conversations at its index, and each conversation as a whole; of a file of cases each reply, at None."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            data = json.loads(line)
            if "draft" in data:
                yield msgspec.convert(data, CaseShape).as_draft(), None, "draft"
                continue
            whole = msgspec.convert(data, ConversationShape).whole()
            yield from ((reply, index, "draft") for index, reply in replies(whole))
            yield whole, WHOLE, "conversation"


def shown(found: Iterable[Finding], index: int | None, lowest: Level) -> Iterator[tuple[int | None, Finding]]:
    """Each rule once a reply, and once a turn of a conversation, as it is shown: not covered, at that level or above."""
    seen: set[tuple[str, int | None]] = set()
    for finding in found:
        key = (finding.rule, finding.message_index)
        if finding.level >= lowest and not finding.covered_by and key not in seen:
            seen.add(key)
            yield index if finding.message_index is None else finding.message_index, finding


def findings(path: Path, book: Rulebook, lowest: Level) -> Iterator[Drawn]:
    for draft, index, scope in drafts_of(path):
        for at, finding in shown(lint(draft, book, Brand(), scope=scope).findings, index, lowest):
            yield draft, at, finding


def draw(found: list[Drawn], most: int, per_rule: int, per_brand: int) -> Iterator[dict[str, Any]]:
    """In an order that hangs on the ids alone; rules take turns, so that the rare ones come in first."""
    by_rule: dict[str, list[Drawn]] = collections.defaultdict(list)
    for entry in sorted(found, key=lambda e: hashlib.sha256(f"{e[0].id} {e[1]} {e[2].rule}".encode()).digest()):
        by_rule[entry[2].rule].append(entry)
    brands: collections.Counter[str] = collections.Counter()
    count = 0
    for _ in range(per_rule):
        for rule in sorted(by_rule, key=lambda name: (len(by_rule[name]), name)):
            left = [e for e in by_rule[rule] if brands[e[0].brand] < per_brand]
            if count >= most or not left:
                continue
            draft, index, finding = left[0]
            by_rule[rule].remove(left[0])
            brands[draft.brand] += 1
            count += 1
            said = [f"{m.sender.name}: {m.text}" for m in draft.thread or ()]
            yield {
                "id": draft.id,
                "message_index": index,
                "rule": finding.rule,
                "level": finding.level.name,
                "thread": said,
                "reply": draft.text,
                "at": finding.text,
                "message": finding.message,
                "instead": finding.instead,
            }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("conversations", type=Path)
    parser.add_argument("--most", type=int, default=200)
    parser.add_argument("--per-rule", type=int, default=8)
    parser.add_argument("--per-brand", type=int, default=15)
    parser.add_argument("--level", choices=[level.name for level in Level], default="suggestion")
    chosen = parser.parse_args()
    found = list(findings(chosen.conversations, load_rulebook(), Level[chosen.level]))
    for row in draw(found, chosen.most, chosen.per_rule, chosen.per_brand):
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
