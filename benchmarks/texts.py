"""Texts for timing, made anew each time from the packaged rules' own examples and the written customers' messages."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from replylint.rulebook import load_rulebook

WRITTEN = Path(__file__).parent.parent / "training" / "customers-written"
_LENGTH = 140  # about what a public reply holds


def replies() -> Iterator[str]:
    """Replies without end, each different: sentences of the examples, in a fixed random order."""
    book = load_rulebook()
    examples = [e.text for rule in book.rules for e in (*rule.bad, *rule.good) if e.text]
    sentences = [part.strip() + "." for text in examples for part in text.replace("!", ".").split(".") if part.strip()]
    choose = random.Random(1)
    number = 0
    while True:
        number += 1
        reply = f"Hi Ann {number},"
        while len(reply) < _LENGTH:
            reply += " " + choose.choice(sentences)
        yield reply


def messages() -> list[str]:
    """What customers wrote."""
    return [
        json.loads(line)["text"] for path in sorted(WRITTEN.glob("*.jsonl")) for line in path.open(encoding="utf-8")
    ]


def write_cases(path: Path, count: int, with_customer: bool) -> None:
    """Cases as JSON Lines."""
    said, source = messages(), replies()
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            case: dict[str, object] = {"id": str(number), "channel": "x", "draft": next(source)}
            if with_customer:
                case["thread"] = [{"from": "customer", "text": f"{said[number % len(said)]} ({number})"}]
            out.write(json.dumps(case) + "\n")


def write_files(folder: Path, count: int) -> None:
    """Macro files of about 300 characters."""
    folder.mkdir()
    source = replies()
    for number in range(count):
        (folder / f"{number:04}.txt").write_text(f"{next(source)}\n\n{next(source)}\n", encoding="utf-8")
