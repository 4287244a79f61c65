"""Short texts for the teacher to score: what customers and others wrote, whole, in pieces, mixed, and with like words put in."""

from __future__ import annotations

import collections
import csv
import gzip
import json
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from texts import FUNCTION_WORDS

_WORD = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_END = re.compile(r"(?<=[.!?])\s+|\n+")
MOST_WORDS = 16000
FEWEST_WORDS = 4  # of a turn that says something


def multidogo(folder: Path) -> list[str]:
    """What customers of an airline, a broadcaster and a software house said."""
    turns = set()
    for path in sorted(folder.glob("*_customer_turns.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            turns.update(row["utterance"] for row in csv.DictReader(lines, delimiter="\t"))
    return sorted(turn for turn in turns if len(turn.split()) >= FEWEST_WORDS)


def star(folder: Path) -> list[str]:
    with gzip.open(folder / "dialogues.jsonl.gz", "rt", encoding="utf-8") as lines:
        turns = {
            turn.get("text") or "" for line in lines for turn in json.loads(line)["turns"] if turn["role"] == "customer"
        }
    return sorted(turn for turn in turns if len(turn.split()) >= FEWEST_WORDS)


def vocabulary(written: Iterable[str], others: Iterable[str]) -> list[str]:
    """The words that may be put in for one another, most frequent first."""
    counts = collections.Counter(word for text in written for word in sorted(set(_WORD.findall(text.lower()))))
    for text in others:
        counts.update(sorted(set(_WORD.findall(text.lower()))))
    return [
        word
        for word, count in counts.most_common(MOST_WORDS)
        if count >= 3 and word not in FUNCTION_WORDS and len(word) > 2
    ]


class Maker:
    """Makes texts that nobody wrote. `like`: for each word those that mean about the same."""

    def __init__(self, like: Mapping[str, Sequence[str]], seed: int) -> None:
        self.like, self.random = like, random.Random(seed)

    def swapped(self, text: str, share: float) -> str:
        """The text with a share of its words changed for like ones."""

        def change(found: re.Match[str]) -> str:
            word, start = found[0], found.start()
            like = self.like.get(word.lower())
            if not like or self.random.random() > share or (start and text[start - 1] in "@#"):
                return word
            other = self.random.choice(like)
            if word.isupper() and len(word) > 2:
                return other.upper()
            return other.capitalize() if word[0].isupper() else other

        return _WORD.sub(change, text)

    def texts(self, written: Sequence[str], emotions: Sequence[str], turns: Sequence[Sequence[str]]) -> list[str]:
        """Everything to score, in chance order."""
        pieces = [piece.strip() for text in written for piece in _END.split(text) if len(piece.split()) >= 3]
        made = self.random.sample(pieces, 7000)
        for share in (0.2, 0.2, 0.35, 0.35, 0.5):
            made += [self.swapped(text, share) for text in written]
        for _ in range(14000):
            chosen = self.random.sample(pieces, self.random.choice((2, 2, 3)))
            made.append(" ".join(self.swapped(piece, 0.2) for piece in chosen))
        for said, most in ((emotions, 12000), *((turn, 10000) for turn in turns)):
            made += self.random.sample(said, min(most, len(said)))
        self.random.shuffle(made)
        return made
