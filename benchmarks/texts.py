"""Texts for timing, made anew each time from the packaged rules' own examples and the written customers' messages."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from replylint.rulebook import load_rulebook

WRITTEN = Path(__file__).parent.parent / "training" / "customers-written"
_LENGTH = 140  # about what a public reply holds
_SENTENCE = re.compile(r"[A-Z][^\n]{8,}?[.!?](?=\s|$)")


def replies(seed: int = 1) -> Iterator[str]:
    """Replies without end, each different: sentences of the examples, in a random order that the seed fixes."""
    book = load_rulebook()
    examples = [e.text for rule in book.rules for e in (*rule.bad, *rule.good) if e.text]
    sentences = [sentence for text in examples for sentence in _SENTENCE.findall(text)]
    choose = random.Random(seed)
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


def write_files(folder: Path, count: int, seed: int = 1) -> None:
    """Macro files of about 300 characters."""
    folder.mkdir()
    source = replies(seed)
    for number in range(count):
        (folder / f"{number:04}.txt").write_text(f"{next(source)}\n\n{next(source)}\n", encoding="utf-8")


def write_text(path: Path, count: int) -> None:
    """Replies as lines of a text."""
    source = replies()
    path.write_text("\n".join(next(source) for _ in range(count)) + "\n", encoding="utf-8")


def write_rules(folder: Path, phrases: int, patterns: int) -> None:
    """One rule of the user's own with so many phrases and patterns."""
    choose = random.Random(2)
    words = sorted({word for text in messages() for word in re.findall(r"[a-z]{4,}", text.lower())})

    def some(joint: str) -> str:
        return joint.join(choose.choice(words) for _ in range(3))

    own = {
        "about": "Says one of many things.",
        "any-of": [
            {"phrases": ["own phrase", *(some(" ") for _ in range(phrases - 1))]},
            *({"pattern": rf"\b(?:{some('|')}) (?:[a-z]+ ){{0,3}}(?:{some('|')})\b"} for _ in range(patterns)),
        ],
        "hits": ["An [[own phrase]] here."],
        "misses": ["Nothing."],
    }
    rule = {
        "level": "warning",
        "since": "0.1.0",
        "forbid": "draft.own",
        "message": "“{match}” is not how we speak.",
        "instead": "Say it otherwise.",
        "why": "It is our way.",
        "sources": [{"author": "Acme", "article": "Our voice"}],
        "bad": [{"draft": "An [[own phrase]] here."}],
        "good": [{"draft": "Nothing."}],
    }
    for path, content in ((folder / "signals" / "draft" / "own.yaml", own), (folder / "manners" / "no-own.yaml", rule)):
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML
