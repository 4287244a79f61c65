"""Teaches a small language model the labels, lets it score many texts, and learns from that what words mean together.

Writes training/sense.json, which learn_mood.py joins into the mood model. What each stage made is kept in the folder --work and
is not made again. Needs the packages of training/README.md; takes about half an hour on one core.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import sense
import torch
from learn_mood import as_model, lines, read_knowledge
from teacher import Teacher
from texts import LABELS, Text, customers_written, exchanges_written, goemotions
from unlabelled import Maker, multidogo, star, vocabulary

from replylint.detectors.mood import build

HERE = Path(__file__).parent
SOME = 3000  # texts of GoEmotions that the teacher reads in each round among customers' texts
ROUNDS = 4
SEED = 1
NEIGHBOURS, LIKENESS = 12, 0.45


def likeness(teacher: Teacher, known: list[str]) -> dict[str, list[str]]:
    """For each word those that the language model, as it came, finds most like it."""
    vectors = teacher.vectors(known)
    found = {}
    for at in range(0, len(known), 500):
        for word, row in zip(known[at : at + 500], vectors[at : at + 500] @ vectors.T, strict=True):
            nearest = np.argsort(-row)[1 : NEIGHBOURS + 1]
            found[word] = [known[other] for other in nearest if row[other] > LIKENESS]
    return found


def kept(path: Path, make: Callable[[], list[str]]) -> list[str]:
    if not path.exists():
        path.write_text(json.dumps(make()), encoding="utf-8")
    found: list[str] = json.loads(path.read_text(encoding="utf-8"))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language-model", type=Path, required=True, help="folder that holds all-MiniLM-L6-v2")
    parser.add_argument(
        "--data", type=Path, default=HERE / "data", help="folder that holds goemotions/, multidogo/, star/"
    )
    parser.add_argument("--work", type=Path, default=HERE / "data" / "taught", help="folder for what the stages make")
    parser.add_argument("--out", type=Path, default=HERE / "sense.json")
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    chosen.work.mkdir(parents=True, exist_ok=True)
    written = customers_written(HERE / "customers-written") + exchanges_written(HERE / "exchanges-written")
    emotions = goemotions(chosen.data / "goemotions")

    def new() -> Teacher:
        torch.manual_seed(SEED)
        return Teacher(chosen.language_model)

    def make() -> list[str]:
        said, felt = [text.text for text in written], [text.text for text in emotions]
        turns = [multidogo(chosen.data / "multidogo"), star(chosen.data / "star")]
        like = likeness(new(), vocabulary(said, [*felt, *turns[0], *turns[1]]))
        return Maker(like, seed=7).texts(said, felt, turns)

    made = kept(chosen.work / "texts.json", make)
    teacher, path, scored = new(), chosen.work / "teacher.pt", chosen.work / "scores.npy"
    if path.exists():
        teacher.load_state_dict(torch.load(path))
    else:
        teacher.learn(written, emotions, SOME, ROUNDS, SEED)
        torch.save(teacher.state_dict(), path)
    if not scored.exists():
        np.save(scored, teacher.scores(made))
    found = learn(written, made, np.load(scored), [new(), teacher])
    chosen.out.write_text("{\n" + ",\n".join(lines(msgspec.to_builtins(found))) + "\n}\n", encoding="utf-8")
    print(f"{chosen.out.name}: {len(found.vectors)} words, {chosen.out.stat().st_size // 1024} KB")


def learn(written: list[Text], made: list[str], scores: np.ndarray, readers: list[Teacher]) -> sense.Sense:
    """From the labels where they are known, from the teacher's scores elsewhere."""
    extractor = build(as_model(read_knowledge(HERE / "knowledge.yaml"), {}, {}, sense.Sense())).extractor
    said = [sense.words(extractor, text.text) for text in written]
    others = [sense.words(extractor, text) for text in made]
    known = sense.vocabulary(said, others)
    numbers = {word: place for place, word in enumerate(known, 1)}
    layers = sense.Layers(sense.start(np.concatenate([reader.vectors(known) for reader in readers], 1)))
    gold = np.array([[float(label in text.labels) for label in LABELS] for text in written])
    weight = np.array([[(label in text.known) * max(text.weight, 0.5) for label in LABELS] for text in written])
    rows = sense.numbered([*said, *others], numbers)
    gold = np.concatenate([gold, 1 / (1 + np.exp(-scores))])
    sense.learn(layers, rows, gold, np.concatenate([weight, np.ones_like(scores)]), seed=1)
    return sense.packed(layers, known)


if __name__ == "__main__":
    main()
