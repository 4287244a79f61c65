"""Learns a vector for each word and a small layer over their sum, from what the teacher says of many texts. Needs torch."""

from __future__ import annotations

import collections
import random
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import torch
from teacher import batches, cross_entropy, padded
from texts import LABELS

from replylint.detectors.mood_features import Extractor, counts_as
from replylint.detectors.mood_sense import ZERO, Sense

NUMBERS, UNITS = 24, 16
MOST_STEPS = 28  # from ZERO, either way: "?" plus or minus 28 are printed letters that JSON need not escape
DROPPED = 0.1  # share of the words left out while learning
ROUNDS = 8
_LONGEST_WORD = 24


def words(extractor: Extractor, text: str) -> list[str]:
    return [word for word in extractor.find(text).words if word[0] not in "@&#\n"]


def vocabulary(written: Iterable[Sequence[str]], others: Iterable[Sequence[str]]) -> list[str]:
    """Words in two texts written for this, or in four of all."""
    here = collections.Counter(word for text in written for word in set(text))
    everywhere = here + collections.Counter(word for text in others for word in set(text))
    kept = {word for word, count in everywhere.items() if here[word] >= 2 or count >= 4}
    kept |= {"0", "$", "?!", "!!", "??", "..."}
    return sorted(
        word for word in kept if len(word) < _LONGEST_WORD and (counts_as(word, {}) in ("", word) or "'" in word)
    )


class Layers(torch.nn.Module):
    def __init__(self, start: np.ndarray) -> None:
        super().__init__()
        self.vectors = torch.nn.Embedding(len(start) + 1, NUMBERS, padding_idx=0)
        self.vectors.weight.data[1:] = torch.tensor(start, dtype=torch.float32)
        self.vectors.weight.data[0] = 0
        self.hidden = torch.nn.Linear(NUMBERS, UNITS)
        self.labels = torch.nn.Linear(UNITS, len(LABELS))

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        mask = (ids > 0).float()
        vectors = torch.nn.functional.dropout(self.vectors(ids), 0.2, self.training)
        mean = (vectors * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True).clamp(min=1).sqrt()
        found: torch.Tensor = self.labels(torch.tanh(self.hidden(mean)))
        return found


def start(vectors: np.ndarray) -> np.ndarray:
    """The directions in which the language model's vectors of the words differ most."""
    centred = vectors - vectors.mean(0)
    directions = np.linalg.svd(centred[::2], full_matrices=False)[2][:NUMBERS]
    found = centred @ directions.T
    return found / found.std() * 0.1


def learn(
    layers: Layers, rows: Sequence[Sequence[int]], gold: np.ndarray, weight: np.ndarray, seed: int, rate: float = 3e-3
) -> None:
    chance = random.Random(seed)
    torch.manual_seed(seed)
    wanted, counts = torch.tensor(gold, dtype=torch.float32), torch.tensor(weight, dtype=torch.float32)
    optimizer = torch.optim.AdamW(layers.parameters(), lr=rate, weight_decay=0.01)
    steps = ROUNDS * (len(rows) // 128 + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.02, 1 - step / steps))
    layers.train()
    for _ in range(ROUNDS):
        for batch in batches(rows, 128, chance):
            ids = padded([rows[row] for row in batch])
            ids = ids.masked_fill((torch.rand(ids.shape) < DROPPED) & (torch.arange(ids.shape[1]) > 0), 0)
            loss = (cross_entropy(layers(ids), wanted[batch], reduction="none") * counts[batch]).sum() / len(batch)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    layers.eval()


def numbered(texts: Iterable[Sequence[str]], known: Mapping[str, int]) -> list[list[int]]:
    found = []
    for text in texts:
        ids = [known.get(word) or known.get(counts_as(word, known), 0) for word in text]
        found.append([number for number in ids if number] or [known["..."]])
    return found


def packed(layers: Layers, known: Sequence[str]) -> Sense:
    """As the model file holds it: what each word adds to each unit, in steps, a letter for each unit."""
    vectors = (layers.vectors.weight.data[1:] @ layers.hidden.weight.data.T).numpy()
    steps = np.quantile(np.abs(vectors), 0.999, axis=0) / MOST_STEPS
    letters = np.clip(np.rint(vectors / steps), -MOST_STEPS, MOST_STEPS).astype(int) + ZERO
    rows = np.concatenate([layers.labels.bias.data.numpy()[:, None], layers.labels.weight.data.numpy()], 1)
    return Sense(
        steps=[float(f"{step:.3g}") for step in steps],
        starts=[round(float(start), 3) for start in layers.hidden.bias.data.numpy()],
        labels={label: [round(float(number), 3) for number in row] for label, row in zip(LABELS, rows, strict=True)},
        vectors={word: "".join(map(chr, row)) for word, row in zip(known, letters, strict=True)},
    )
