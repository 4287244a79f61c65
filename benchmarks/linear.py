"""Whether time grows with a text's length and no faster, for every packaged rule.

    python -m benchmarks.linear [--start 12500] [--doublings 2] [--worst 15] [--text NAME]

Each hostile text is doubled a few times, and checked as a draft, a macro and a customer's message. The growth of the last doubling is
shown: 2 is linear, 4 is quadratic. Exits 1 where a check grows by more than the limit, and says of which rules it is the time.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from replylint.engine import LONGEST, lint
from replylint.model import Brand, Draft, Message, Rulebook, Sender
from replylint.rulebook import load_rulebook

LIMIT = 3.0  # what noise leaves between linear (2) and quadratic (4)
_TOO_SHORT = 0.02  # seconds: what takes less says nothing
_ROUNDS = 2

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


def draft_of(text: str, kind: str) -> Draft:
    """A case in which the text is the draft, the macro or what the customer said."""
    if kind == "macro":
        return Draft(text, kind="macro")
    said = text if kind == "customer" else "Third time I ask. Where is my parcel? Useless."
    return Draft(text if kind == "draft" else _REPLY, thread=(Message(Sender.customer, said),), channel="x")


def growth(book: Rulebook, text: str, kind: str, sizes: Sequence[int], rule: str = "") -> Growth:
    """Times the check of ever longer texts, by all rules or by one."""
    unit, times = HOSTILE[text], [0.0]
    selected = {rule} if rule else {one.id for one in book.rules}
    for size in sizes:
        # Rounds differ in a letter, so that no text is known already
        cases = [draft_of(f"{_REPLY} {mark} {unit * (size // len(unit))}", kind) for mark in "AB"[:_ROUNDS]]
        times.append(min(_timed(book, case, selected) for case in cases))
    factor = times[-1] / times[-2] if times[-1] > _TOO_SHORT and times[-2] else 0.0
    return Growth(text, kind, rule or "all rules", times[-1], factor)


def _timed(book: Rulebook, case: Draft, selected: set[str]) -> float:
    start = time.perf_counter()
    lint(case, book, Brand(), selected=selected)
    return time.perf_counter() - start


def all_growths(book: Rulebook, texts: Sequence[str], sizes: Sequence[int]) -> Iterator[Growth]:
    for text in texts:
        for kind in KINDS:
            yield growth(book, text, kind, sizes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", type=int, default=12_000, help="characters of the shortest text")
    parser.add_argument("--doublings", type=int, default=2)
    parser.add_argument("--worst", type=int, default=15, help="how many to show")
    parser.add_argument("--text", choices=HOSTILE, action="append", help="only this one; may be given again")
    chosen = parser.parse_args()
    sizes = [chosen.start * 2**n for n in range(chosen.doublings + 1)]
    if sizes[-1] > LONGEST - len(_REPLY) - 10:
        parser.error(f"the longest text has {sizes[-1]} characters; what has more than {LONGEST} is not checked")
    book = load_rulebook()
    lint(draft_of("Warm. Is it?", "draft"), book, Brand())
    found = sorted(all_growths(book, chosen.text or list(HOSTILE), sizes), key=lambda one: (-one.factor, -one.seconds))
    print(f"growth, time for {sizes[-1]} characters, text, as, by")
    print(*found[: chosen.worst], sep="\n")
    slow = [one for one in found if one.factor > LIMIT]
    for one in slow:
        rules = sorted(
            (growth(book, one.text, one.kind, sizes, rule.id) for rule in book.rules), key=lambda g: -g.seconds
        )
        print(f"\nof {one.text} as {one.kind}:", *rules[:5], sep="\n")
    raise SystemExit(1 if slow else 0)


if __name__ == "__main__":
    main()
