"""Reads the labelled texts that the mood model is learned from."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

LABELS = (
    "upset", "complaint", "question", "praise", "thanks", "waiting", "cancelling", "abusive", "vague-complaint", "share", "request",
)  # fmt: skip

# They tell who wrote a text rather than what it says
FUNCTION_WORDS = frozenset(
    "a an the and or but if of to in on at by for from with as is are was were be been am do does did has have had will would"
    " can could should i me my we us our you your he she it its they them their this that these those there here so just then"
    " than also about into out up off over what when where how which one two not no i'm i've i'd i'll it's that's you're we're"
    " they're don't doesn't didn't isn't".split()
)


class Text(NamedTuple):
    """A text, the labels that hold, and the labels that are known either way."""

    text: str
    labels: frozenset[str]
    known: frozenset[str]
    weight: float = 1.0


# Part 1 to 4 were written to be hard, in a witty voice; the others are what most customers write.
SHARE_OF_HARD = 0.3


def rows(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the JSON Lines files of a folder hold, each with the name of its file."""
    for path in sorted(folder.glob("*.jsonl")):
        yield from ((path.stem, json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines())


def customers_written(folder: Path) -> list[Text]:
    known = frozenset(LABELS) - {"request"}
    return [
        Text(row["text"], frozenset(row["labels"]) & known, known, SHARE_OF_HARD if part.startswith("part") else 1.0)
        for part, row in rows(folder)
    ]


# What the labels of whole exchanges say of the customer
_OF_EXCHANGES = frozenset(LABELS) - {"thanks", "share", "request"}


def exchanges_written(folder: Path) -> list[Text]:
    """The customer's last turn of each exchange."""
    texts = []
    for _, row in rows(folder):
        turn = itertools.takewhile(lambda message: message["from"] == "customer", reversed(row["thread"]))
        text = "\n".join(reversed([message["text"] for message in turn]))
        texts.append(Text(text, frozenset(row["labels"]["customer"]), _OF_EXCHANGES))
    return texts


EMOTIONS = {
    "upset": ("anger", "annoyance", "disappointment", "disgust"),
    "praise": ("admiration", "gratitude", "love", "joy"),
    "thanks": ("gratitude",),
    "question": ("curiosity", "confusion"),
}


def goemotions(folder: Path) -> list[Text]:
    names = (folder / "emotions.txt").read_text().split()
    texts = []
    for part in ("train", "dev", "test"):
        for line in (folder / f"{part}.tsv").read_text(encoding="utf-8").splitlines():
            text, ids, _ = line.split("\t")
            found = {names[int(i)] for i in ids.split(",")}
            labels = frozenset(label for label, emotions in EMOTIONS.items() if found.intersection(emotions))
            text = text.replace("[NAME]", "").replace("[RELIGION]", "")
            texts.append(Text(text, labels, frozenset(EMOTIONS)))
    return texts
