"""Draws findings for readers to judge: every rule that fires, at most so many of a rule and of a brand.

    python -m benchmarks.sample CONVERSATIONS.jsonl [--most 200] [--per-rule 8] [--per-brand 15] > SAMPLE.jsonl

Each line holds the thread, the reply and what the rule says of it, and nothing of how the rule looks for it. What readers say goes to
benchmarks/verdicts/findings.jsonl, without the texts: {"id", "message_index", "rule", "right"}.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from replylint.cases import ConversationShape, replies
from replylint.engine import lint
from replylint.model import Brand, Draft, Finding, Level, Rulebook
from replylint.rulebook import load_rulebook


def findings(path: Path, book: Rulebook, lowest: Level) -> Iterator[tuple[Draft, int, Finding]]:
    """Each rule once a reply, and once a turn of a conversation, as it is shown: not covered, at that level or above."""
    for line in path.read_text(encoding="utf-8").splitlines():
        whole = msgspec.convert(json.loads(line), ConversationShape).whole()
        judged = [(index, reply, lint(reply, book, Brand())) for index, reply in replies(whole)]
        judged.append((-1, whole, lint(whole, book, Brand(), scope="conversation")))
        for index, draft, result in judged:
            seen: set[tuple[str, int | None]] = set()
            for finding in result.findings:
                key = (finding.rule, finding.message_index)
                if finding.level >= lowest and not finding.covered_by and key not in seen:
                    seen.add(key)
                    yield draft, index if finding.message_index is None else finding.message_index, finding


def draw(found: list[tuple[Draft, int, Finding]], most: int, per_rule: int, per_brand: int) -> Iterator[dict[str, Any]]:
    """In an order that hangs on the ids alone; rules take turns, so that the rare ones come in first."""
    by_rule: dict[str, list[tuple[Draft, int, Finding]]] = collections.defaultdict(list)
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
