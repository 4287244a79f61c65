"""The teacher: a small pretrained language model that learns the labels from the texts and then scores others. Needs torch."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from texts import EMOTIONS, LABELS, Text
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

os.environ.setdefault("HF_HUB_OFFLINE", "1")
NUMBERS = 384  # in what the language model says of a text
LONGEST = 96
LEAST_WEIGHT = 0.5
EMOTION_WEIGHT = 0.3
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def plain(text: str) -> str:
    """Without links and names of brands, hashtags taken apart at their capitals."""
    text = re.sub(r"@\w+", "@brand", _LINK.sub(" ", text))
    return re.sub(r"#(\w+)", lambda tag: "# " + _HUMP.sub(" ", tag[1]), text)


def batches(rows: Sequence[Sequence[int]], size: int, chance: random.Random | None = None) -> Iterator[list[int]]:
    """Row numbers of texts about as long as each other; in chance order, or in order of length."""
    order = list(range(len(rows)))
    if chance is None:
        order.sort(key=lambda row: len(rows[row]))
        yield from (order[at : at + size] for at in range(0, len(order), size))
        return
    chance.shuffle(order)
    found = []
    for at in range(0, len(order), size * 20):
        pool = sorted(order[at : at + size * 20], key=lambda row: len(rows[row]))
        found += [pool[start : start + size] for start in range(0, len(pool), size)]
    chance.shuffle(found)
    yield from found


def padded(rows: Sequence[Sequence[int]]) -> torch.Tensor:
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])


class Teacher(torch.nn.Module):
    """MiniLM with a layer on top: the labels."""

    def __init__(self, folder: Path) -> None:
        from transformers import AutoModel, AutoTokenizer

        super().__init__()
        self.tokens = AutoTokenizer.from_pretrained(folder)
        self.language = AutoModel.from_pretrained(folder)
        self.labels = torch.nn.Linear(NUMBERS, len(LABELS))
        self.dropout = torch.nn.Dropout(0.1)

    def encode(self, texts: Iterable[str]) -> list[list[int]]:
        found: list[list[int]] = self.tokens([plain(text) for text in texts], truncation=True, max_length=LONGEST)[
            "input_ids"
        ]
        return found

    def mean(self, ids: torch.Tensor) -> torch.Tensor:
        mask = (ids > 0).long()
        states = self.language(input_ids=ids, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1)
        return (states * weights).sum(1) / weights.sum(1)

    def learn(self, texts: Sequence[Text], others: Sequence[Text], some: int, rounds: int, seed: int) -> None:
        """Learns from the texts, and in each round from `some` of the others."""
        chance = random.Random(seed)
        torch.manual_seed(seed)
        groups = [{"params": self.language.parameters(), "lr": 1e-4}, {"params": self.labels.parameters(), "lr": 1e-3}]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        steps = rounds * ((len(texts) + some) // 32 + 20)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min(1, (step + 1) / 60) * max(0.02, 1 - step / steps)
        )
        for _ in range(rounds):
            self.train()
            rows = [*texts, *chance.sample(others, some)]
            ids = self.encode(row.text for row in rows)
            gold, weight = targets(rows)
            for batch in batches(ids, 32, chance):
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    labels = self.labels(self.dropout(self.mean(padded([ids[row] for row in batch]))))
                loss = (cross_entropy(labels.float(), gold[batch], reduction="none") * weight[batch]).sum() / len(batch)
                optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(self.parameters(), 1.0)
                optimizer.step()
                schedule.step()

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """The score of each label for each text, in logits."""
        self.eval()
        ids, found = self.encode(texts), np.zeros((len(texts), len(LABELS)), dtype=np.float32)
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            for batch in batches(ids, 64):
                found[batch] = self.labels(self.mean(padded([ids[row] for row in batch]))).float().numpy()
        return found

    def vectors(self, words: Sequence[str]) -> np.ndarray:
        """What the language model makes of each word alone."""
        self.eval()
        ids, found = self.tokens(list(words))["input_ids"], np.zeros((len(words), NUMBERS), dtype=np.float32)
        with torch.no_grad():
            for batch in batches(ids, 128):
                found[batch] = self.mean(padded([ids[row] for row in batch])).numpy()
        return found / np.linalg.norm(found, axis=1, keepdims=True)


def targets(rows: Sequence[Text]) -> tuple[torch.Tensor, torch.Tensor]:
    """For each text and label whether it holds, and how much that counts."""
    gold = [[float(label in row.labels) for label in LABELS] for row in rows]
    counts = [EMOTION_WEIGHT if row.known == EMOTIONS.keys() else max(row.weight, LEAST_WEIGHT) for row in rows]
    weight = [[count * (label in row.known) for label in LABELS] for row, count in zip(rows, counts, strict=True)]
    return torch.tensor(gold), torch.tensor(weight)
