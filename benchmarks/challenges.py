"""How each rule does on its challenge file: hits found, near misses left alone.

    python -m benchmarks.challenges [RULE ...] [--signals]

tests/challenges/<rule>.yaml holds `hits` and `misses`, written by people who had read what the rule is for and not how it looks
for it. Without a rule: a table of all. With rules: the cases that came out wrong; `--signals` adds what was found in them.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import msgspec

from replylint.confidence import Figures
from replylint.context import Context
from replylint.documents import read_text
from replylint.errors import InputError
from replylint.examples import read_examples
from replylint.exampletest import findings_of
from replylint.model import Example, Rulebook
from replylint.rulebook import load_rulebook
from replylint.yamls import read_yaml

FOLDER = Path(__file__).parent.parent / "tests" / "challenges"


class Score(msgspec.Struct):
    """What came of one challenge file: cases in which the rule spoke, and in which it did not."""

    rule: str
    found: list[Example] = []
    missed: list[Example] = []
    alarms: list[Example] = []
    quiet: list[Example] = []

    def figures(self) -> Figures:
        return Figures(
            hits=len(self.found) + len(self.missed),
            hits_found=len(self.found),
            near_misses=len(self.alarms) + len(self.quiet),
            false_alarms=len(self.alarms),
        )


def score(path: Path, book: Rulebook) -> Score:
    document = read_yaml(read_text(path), str(path))
    result = Score(path.stem)
    for key, spoke, silent in (("hits", result.found, result.missed), ("misses", result.alarms, result.quiet)):
        for example in read_examples(document.data[key], document, (key,)):
            (spoke if speaks(path.stem, example, book) else silent).append(example)
    return result


def speaks(rule: str, example: Example, book: Rulebook) -> bool:
    return any(findings_of(book.rule(rule), example, book))


def show(example: Example, book: Rulebook, signals: bool) -> None:
    for draft in example.drafts:
        for message in draft.thread or ():
            print(f"    {message.sender.name} {message.at or ''}: {' '.join(message.text.split())}")
        print(f"    > {' '.join(draft.text.split())}")
        if signals:
            context = Context(draft, book, example.brand)
            values = {name: context.value(name) for name in book.signals}
            for name, value in values.items():
                if value.truth:
                    words = value.words if name.startswith("customer.") else [draft.text[a:b] for a, b in value.spans]
                    print(f"        {name} {'' if value.score is None else round(value.score, 2)} {' | '.join(words)}")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rules", nargs="*")
    parser.add_argument("--signals", action="store_true", help="also show the signals of each case")
    chosen = parser.parse_args(arguments)
    book = load_rulebook()
    known = {rule.id: rule for rule in book.rules}
    for path in [FOLDER / f"{rule}.yaml" for rule in chosen.rules] or sorted(FOLDER.glob("*.yaml")):
        if path.stem not in known:
            print(f"{path.stem:28} is no rule yet")
            continue
        try:
            result = score(path, book)
        except InputError as error:
            print(error)
            continue
        level = known[path.stem].levels[0][0]
        figures = result.figures()
        short = "" if figures.passes_challenge(level) else "   short"
        print(
            f"{path.stem:28} {level.name:10} hits {figures.hits_found:2} of {figures.hits}, "
            f"false alarms {figures.false_alarms} of {figures.near_misses}{short}"
        )
        if chosen.rules:
            for title, examples in (("missed", result.missed), ("false alarm", result.alarms)):
                for example in examples:
                    print(f"  {title}")
                    show(example, book, chosen.signals)


if __name__ == "__main__":
    main()
