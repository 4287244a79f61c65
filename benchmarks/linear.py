"""Whether time grows with a text's length and no faster, for every packaged rule.

    python -m benchmarks.linear [--start 12000] [--doublings 2] [--worst 15] [--text NAME] [--rules]

Each hostile text is doubled a few times, and checked by all rules as a draft, a macro and a customer's message. Then each rule is run alone
on its own examples, repeated: the bad ones, the good ones, and bad ones that nearly match, each marked place without its last letter. The
growth of the last doubling is shown: 2 is linear, 4 is quadratic. Exits 1 where a check grows by more than the limit.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from replylint.engine import LONGEST, lint
from replylint.model import Brand, Draft, Example, Message, Rule, Rulebook, Sender
from replylint.rulebook import load_rulebook

LIMIT = 3.0  # what noise leaves between linear (2) and quadratic (4)
_TOO_SHORT = 0.02  # seconds: what takes less says nothing
_ROUNDS = 2
_EXAMPLES = 2  # of each kind

_REPLY = "Hello, thank you for telling us. We will look into it."
KINDS = ("draft", "macro", "customer")

HOSTILE = {
    "one-letter": "a", "digits": "1", "digits-apart": "12 34-5 ", "dots": ".", "questions": "Why? ", "blanks": " ",
    "line-feeds": "\n", "lines": "Please call us.\n", "words": "please e-mail us ", "sentences": "I am so sorry. We will fix it. ",
    "asking": "Can you send us your order number? ", "names": "Hi Ann, ", "handles": "@a ", "at-signs": "@", "addresses": "a@b.example ",
    "links": "http://a.example/b ", "half-links": "://", "hosts": "www.", "dashes": "-", "quotes": '"a ', "open-quotes": '"',
    "apostrophes": "'", "curly-quotes": "“", "braces": "{{", "blanks-to-fill": "{{a}} ", "brackets": "[", "angles": "<", "bars": "|",
    "quoted-lines": "> a\n", "stars": "*", "lists": "- a\n", "numbers": "1. a\n", "tags": "#a ", "capitals": "PLEASE CALL ",
    "emoji": "🙂", "zero-width": "\u200b", "right-to-left": "\u202e", "combining": "e\u0301", "branches": "{% if a %}b", "commas": "a, ",
    "if": "if you ", "misspelt": "recieve teh ", "doubled": "the the ", "money": "$5 ", "times": "at 5 pm ", "negations": "not ",
}  # fmt: skip


class Growth(NamedTuple):
    """`seconds` for the longest text; `factor` of its time over that for half of it."""

    text: str
    kind: str
    rule: str
    seconds: float
    factor: float

    def __str__(self) -> str:
        return f"{self.factor:6.1f} {self.seconds:9.3f} s  {self.text:16} {self.kind:9} {self.rule}"


class Case(NamedTuple):
    """A text to repeat, and in which conversation it stands."""

    unit: str
    thread: tuple[Message, ...]
    kind: str = "draft"
    channel: str = "x"

    def draft(self, size: int, mark: str) -> Draft:
        """So many characters; rounds differ in a letter, so that no text is known already."""
        text = f"{_REPLY} {mark} {self.unit * (size // len(self.unit))}"
        if self.kind == "macro":
            return Draft(text, kind="macro")
        if self.kind == "customer":
            return Draft(_REPLY, thread=(*self.thread, Message(Sender.customer, text)), channel=self.channel)
        return Draft(text, thread=self.thread, channel=self.channel)


def hostile(name: str, kind: str) -> Case:
    said = () if kind == "customer" else (Message(Sender.customer, "Third time I ask. Where is my parcel? Useless."),)
    return Case(HOSTILE[name], said, kind)


def own_texts(rule: Rule) -> Iterator[tuple[str, Case]]:
    """The rule's own examples, as texts to repeat; and the bad ones as they nearly match."""
    for name, examples in (("bad", rule.bad), ("nearly", rule.bad), ("good", rule.good)):
        for example in examples[:_EXAMPLES]:
            draft = example.drafts[0]
            unit = _nearly(example) if name == "nearly" else draft.text
            if unit.strip():
                yield name, Case(f"{unit} ", draft.thread or (), draft.kind, draft.channel or "x")
            elif draft.thread:
                yield name, Case(f"{draft.thread[-1].text} ", draft.thread[:-1], "customer")


def _nearly(example: Example) -> str:
    text = example.drafts[0].text
    for start, end in sorted(example.marks, reverse=True):
        text = text[: max(start, end - 1)] + text[end:]
    return text


def growth(book: Rulebook, name: str, case: Case, sizes: Sequence[int], rule: str = "") -> Growth:
    """Times the check of ever longer texts, by all rules or by one."""
    selected = {rule} if rule else {one.id for one in book.rules}
    times = [min(_timed(book, case.draft(size, mark), selected) for mark in "AB"[:_ROUNDS]) for size in sizes]
    factor = times[-1] / times[-2] if times[-1] > _TOO_SHORT and times[-2] else 0.0
    return Growth(name, case.kind, rule or "all rules", times[-1], factor)


def _timed(book: Rulebook, draft: Draft, selected: set[str]) -> float:
    start = time.process_time()  # what else the machine does is no growth
    lint(draft, book, Brand(), selected=selected)
    return time.process_time() - start


def of_all_rules(book: Rulebook, texts: Sequence[str], sizes: Sequence[int]) -> Iterator[Growth]:
    return (growth(book, text, hostile(text, kind), sizes) for text in texts for kind in KINDS)


def of_each_rule(book: Rulebook, sizes: Sequence[int]) -> Iterator[Growth]:
    """The worst that each rule shows on its own texts."""
    for rule in book.rules:
        found = [growth(book, name, case, sizes, rule.id) for name, case in own_texts(rule)]
        if found:
            yield max(found, key=lambda one: (one.factor, one.seconds))


def _show(title: str, found: Sequence[Growth], worst: int) -> bool:
    """Prints the worst; whether all of them are linear."""
    ordered = sorted(found, key=lambda one: (-one.factor, -one.seconds))
    print(f"{title}\n{'growth':>6} {'time':>11}  {'text':16} {'as':9} by", *ordered[:worst], "", sep="\n")
    return all(one.factor <= LIMIT for one in found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", type=int, default=12_000, help="characters of the shortest text")
    parser.add_argument("--doublings", type=int, default=2)
    parser.add_argument("--worst", type=int, default=15, help="how many to show")
    parser.add_argument("--text", choices=HOSTILE, action="append", help="only this one; may be given again")
    parser.add_argument("--rules", action="store_true", help="only each rule alone")
    chosen = parser.parse_args()
    sizes = [chosen.start * 2**n for n in range(chosen.doublings + 1)]
    if sizes[-1] > LONGEST - len(_REPLY) - 10:
        parser.error(f"the longest text has {sizes[-1]} characters; what has more than {LONGEST} is not checked")
    book = load_rulebook()
    lint(hostile("asking", "draft").draft(200, "A"), book, Brand())  # what is imported when first needed
    linear = True
    if not chosen.rules:
        found = list(of_all_rules(book, chosen.text or list(HOSTILE), sizes))
        linear = _show(f"All rules, {sizes[-1]:,} characters of a hostile text", found, chosen.worst)
    if not chosen.text:
        found = list(of_each_rule(book, sizes))
        linear &= _show(
            f"Each of {len(found)} rules alone, {sizes[-1]:,} characters of its examples", found, chosen.worst
        )
    raise SystemExit(0 if linear else 1)


if __name__ == "__main__":
    main()
