"""Learns the weights of the mood model from labelled texts and joins them with the knowledge written by hand."""

from __future__ import annotations

import argparse
import collections
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml
from msgspec.structs import replace
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from texts import EMOTIONS, FUNCTION_WORDS, LABELS, Text, customers_written, exchanges_written, goemotions

from replylint.detectors.mood import Label, Model, build
from replylint.detectors.mood_features import START, Extractor, Word
from replylint.detectors.mood_sense import Sense

HERE = Path(__file__).parent

# --- knowledge ----------------------------------------------------------------------------------------------------


def read_knowledge(path: Path) -> dict[str, Any]:
    """The knowledge as the model file holds it: spellings, families, near, later, by_hand."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    spellings = {form: " ".join(split(variants)) for form, variants in raw["spellings"].items()}
    canonical = {variant: form for form, variants in spellings.items() for variant in variants.split()}
    families = {
        name: " ".join(sorted({canonical.get(word, word) for word in words.split()}))
        for name, words in raw["families"].items()
    }
    by_hand: dict[str, dict[str, float]] = {}
    for group in raw["cues"]:
        for cue in split(group["cues"]):
            name = " ".join(canonical.get(word, word) for word in cue.split())
            for label, weight in group["weights"].items():
                entry = by_hand.setdefault(name, {})
                entry[label] = round(entry.get(label, 0.0) + weight, 3)
    return {
        "knowledge": hashlib.sha256(path.read_bytes()).hexdigest(),
        "spellings": spellings,
        "families": families,
        "near": [tuple(pair) for pair in raw["near"]],
        "later": [tuple(pair) for pair in raw["later"]],
        "by_hand": {name: by_hand[name] for name in sorted(by_hand)},
    }


def split(text: str) -> list[str]:
    return [part for part in (part.strip() for part in text.split(",")) if part]


# --- features -----------------------------------------------------------------------------------------------------


class Anything(Mapping[str, tuple[str, Mapping[str, str]]]):
    """Whatever may follow a word, as long as it is not yet known which pairs are worth keeping."""

    def __init__(self, first: str, known: Mapping[str, tuple[str, Mapping[str, str]]]) -> None:
        self.first, self.known = first, known

    def __contains__(self, second: object) -> bool:
        return True

    def __getitem__(self, second: str) -> tuple[str, Mapping[str, str]]:
        return f"{self.first} {second}", self.known[second][1] if second in self.known else {}

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)


def open_extractor(knowledge: dict[str, Any], texts: Iterable[Text], least: int) -> Extractor:
    """An extractor that finds every word used `least` times, and every pair."""
    base = build(as_model(knowledge, {}, {}, Sense())).extractor
    counts: collections.Counter[str] = collections.Counter()
    for text in texts:
        counts.update(set(re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]", text.text.lower().replace("’", "'"))))
    families = {
        name: family._replace(following=Anything(name, family.following)) for name, family in base.families.items()
    }
    lexicon = {word: Word(word, True, Anything(word, {}), None) for word, count in counts.items() if count >= least}
    for word, known in base.lexicon.items():
        family = families[known.family.name] if known.family else None
        lexicon[word] = known._replace(counts=True, following=Anything(known.form, known.following), family=family)
    return Extractor(lexicon, families, Anything(START, base.start))


def as_model(
    knowledge: dict[str, Any], learned: dict[str, dict[str, float]], labels: dict[str, Label], sense: Sense
) -> Model:
    return Model(about=ABOUT, labels=labels, learned=learned, sense=sense, **knowledge)


ABOUT = "How customers write. Made by training/learn_mood.py from training/knowledge.yaml, sense.json and labelled texts; edit those."


class Table:
    """Texts as rows, features as columns."""

    def __init__(
        self,
        extractor: Extractor,
        texts: Sequence[Text],
        keep: Sequence[str] | None = None,
        least: int = 4,
        always: Iterable[str] = (),
    ):
        rows = [list(extractor.find(text.text).hits) for text in texts]
        if keep is None:
            counts = collections.Counter(name for row in rows for name in row)
            keep = sorted({name for name, count in counts.items() if count >= least}.union(always))
        self.names = list(keep)
        column = {name: index for index, name in enumerate(self.names)}
        picked = [[column[name] for name in row if name in column] for row in rows]
        pointers = np.cumsum([0, *map(len, picked)])
        indices = np.array([index for row in picked for index in row], dtype=np.int32)
        self.x = csr_matrix((np.ones(len(indices)), indices, pointers), shape=(len(rows), len(self.names)))


def fit(
    x: csr_matrix, y: np.ndarray, weight: np.ndarray, offset: np.ndarray, penalty: np.ndarray
) -> tuple[float, np.ndarray]:
    """Logistic regression that starts from `offset` and pays for every step away from it."""
    signs = 2 * y - 1

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = offset + w[0] + x @ w[1:]
        margin = signs * z
        value = float(weight @ np.logaddexp(0, -margin)) + 0.5 * float(penalty @ (w[1:] ** 2))
        slope = -signs * weight / (1 + np.exp(np.clip(margin, -30, 30)))
        return value, np.concatenate([[slope.sum()], x.T @ slope + penalty * w[1:]])

    found = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return float(found.x[0]), found.x[1:]


# --- what may be learned ------------------------------------------------------------------------------------------

_STYLE = FUNCTION_WORDS.union("<me> <you> <they> <can> <be> <do> <ask> <any> ! ? ?? !! ?! . ; ... ^ \n".split())
_MARKS = frozenset((".", ";", "...", "^", "\n"))
_TOPICS = frozenset(("<sum>", "<money>"))  # bargains and treats have their price, too


def is_style(name: str) -> bool:
    """Nothing but function words and marks: it tells who wrote the texts, not how customers feel."""
    return name[0] == "(" or all(part in _STYLE for part in name.replace(" ~", "").replace(" ..", "").split())


def is_content(name: str) -> bool:
    return not is_style(name) and name not in _TOPICS and not _MARKS.intersection(name.split())


def is_single(name: str) -> bool:
    """A word, a family, or two families; no pair of words."""
    return is_content(name) and (" " not in name or "~" in name or ".." in name)


def is_anything(name: str) -> bool:
    return not _MARKS.intersection(name.split()) or name == "^"


class Way(NamedTuple):
    """How a label is learned: what may move, what a step away from the start costs, how much the knowledge counts.

    `lift`: by how much the label is more frequent in a help desk's mail than in the texts, in logits. `threshold`: the score
    from which it is taken to hold. `steepness`, `share`: how much the words found count, and how much the sense of all words.
    """

    may_learn: Callable[[str], bool]
    penalty: float
    hand: float = 1.0
    lift: float = 0.0
    threshold: float = 0.5
    steepness: float = 1.0
    share: float = 0.0


EMOTION_SHARE = 0.3
WAYS = {
    "upset": Way(is_single, 20, lift=0.7, share=0.2),
    "complaint": Way(is_content, 8, lift=-0.06, threshold=0.53, share=0.3),
    "question": Way(is_anything, 5, lift=0.6, steepness=0.8, share=0.2),
    "praise": Way(is_content, 30, lift=0.5, threshold=0.57),
    "thanks": Way(is_content, 30),
    "waiting": Way(is_anything, 3, steepness=0.58, share=0.31),
    "cancelling": Way(is_content, 3, lift=0.3, share=0.25),
    "abusive": Way(is_content, 10),
    "vague-complaint": Way(is_content, 5, hand=0.3, lift=0.74, steepness=0.7, share=0.46),
    "share": Way(is_content, 3),
    "request": Way(is_content, 30),
}
LEAST_WEIGHT = 0.12
NEVER = 1e7


def learn(knowledge: dict[str, Any], sense: Sense, written: list[Text], emotions: list[Text]) -> Model:
    extractor = open_extractor(knowledge, [*written, *emotions[::3]], 3)
    table = Table(extractor, written, least=3, always=knowledge["by_hand"])
    feelings = Table(extractor, emotions, keep=table.names)
    labels: dict[str, Label] = {}
    learned: dict[str, dict[str, float]] = {}
    for label in LABELS:
        way = WAYS[label]
        hand = np.array([knowledge["by_hand"].get(name, {}).get(label, 0.0) for name in table.names])
        free = np.array([way.may_learn(name) for name in table.names])
        start = (way.hand - 1) * hand
        if label in EMOTIONS:
            y = np.array([label in text.labels for text in emotions], float)
            start += (
                free * EMOTION_SHARE * fit(feelings.x, y, np.ones(len(y)), np.zeros(len(y)), np.full(len(hand), 3.0))[1]
            )
        base, step = -2.5, np.zeros(len(hand))
        rows = [row for row, text in enumerate(written) if label in text.known]
        if rows:
            y = np.array([label in written[row].labels for row in rows], float)
            weight = np.array([written[row].weight for row in rows])
            x = table.x[rows]
            base, step = fit(x, y, weight, x @ (hand + start), np.where(free, way.penalty, NEVER))
        labels[label] = Label(
            base=round(way.steepness * base + way.lift, 3), threshold=way.threshold, steepness=way.steepness
        )
        for name, weight in zip(table.names, start + step, strict=True):
            if abs(weight) >= LEAST_WEIGHT:
                learned.setdefault(name, {})[label] = round(float(weight), 2)
    sense = replace(sense, share={label: way.share for label, way in WAYS.items() if way.share})
    return as_model(knowledge, {name: learned[name] for name in sorted(learned)}, labels, sense)


def write(model: Model, path: Path) -> None:
    """One entry a line, so that a change shows in a diff."""
    import msgspec

    path.write_text("{\n" + ",\n".join(lines(msgspec.to_builtins(model))) + "\n}\n", encoding="utf-8")


def lines(values: dict[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        if key == "sense":
            yield f"{json.dumps(key)}: {{\n" + ",\n".join(lines(value)) + "\n}"
        elif isinstance(value, dict):
            entries = (f"  {said(name)}: {said(entry)}" for name, entry in value.items())
            yield f"{json.dumps(key)}: {{\n" + ",\n".join(entries) + "\n}"
        elif isinstance(value, list):
            yield f"{json.dumps(key)}: [\n" + ",\n".join(f"  {json.dumps(entry)}" for entry in value) + "\n]"
        else:
            yield f"{json.dumps(key)}: {json.dumps(value)}"


def said(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_sense(path: Path) -> Sense:
    import msgspec

    return msgspec.json.decode(path.read_bytes(), type=Sense)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE / "data", help="folder that holds goemotions/")
    parser.add_argument("--out", type=Path, default=HERE.parent / "replylint" / "data" / "mood.json")
    chosen = parser.parse_args()
    written = customers_written(HERE / "customers-written") + exchanges_written(HERE / "exchanges-written")
    knowledge = read_knowledge(HERE / "knowledge.yaml")
    model = learn(knowledge, read_sense(HERE / "sense.json"), written, goemotions(chosen.data / "goemotions"))
    write(model, chosen.out)
    print(
        f"{chosen.out.name}: {len(model.by_hand)} cues by hand, {len(model.learned)} learned, {chosen.out.stat().st_size // 1024} KB"
    )


if __name__ == "__main__":
    main()
