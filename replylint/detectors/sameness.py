"""Whether two texts say the same: close to verbatim, whatever the names, numbers, spelling and markup in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from sys import intern
from typing import NamedTuple, TypeAlias

from replylint.detectors.folding import FILLERS, fold
from replylint.late import late

_SIGNATURE = late(r"[*^/~-] ?[a-z]{1,10}$")
_NAMED = late(
    r"\b(hi|hello|hey|dear|hiya|good (?:morning|afternoon|evening|day)|thanks|thank you|sorry) (?:(?:mr|mrs|ms|miss|dr)\.? )?"
    r"(?!(?:for|to|about|that|we|you|there|so|if|the)\b)[a-z]+(?=[,.!:]| -|\n|$)"
)
_MASK = late(r"(?<![a-z])[a-z]*\d[\w:./-]*|[" + "".join(FILLERS[name] for name in ("url", "handle")) + "]+")
_WORD = late(r"[a-z0-9']+")
_MOST_WORDS = 300
_FEWEST_WORDS = 6  # fewer words on the matter are a pleasantry: saying it again is no repeat
_REPEATED = 0.9
# Numbers that move in a live status: times and small counts. A deadline and the number of a case are none.
_AMOUNT = late(
    r"(?<![\w#:./-])(?<!by )(?<!before )(?<!number )(?<!order )(?<!case )(?<!reference )(?<!ticket )"
    r"(\d{1,2}[:.]\d{2}|\d{1,3}(?![\w:./-]*\d))"
)
_SENTENCE = late(r"(?<=[.!?\n]) *")
_PLEASANT = late(
    r"[^a-z]*(?:(?:hi|hello|hey|aw+|ah|oh|yay|wow|great|lovely|perfect|awesome|brilliant|okay|and|so|well|yes|no)\b[ ,!]*)*"
    r"(?:(?:many|big|huge|so|very|much|really|you are|we are|i am|we|i|that is|this is|it is|it was|our|my|no|not a)\b ?)*"
    r"(?:thanks|thank you|cheers|appreciate|(?:very |most |always )*welcome|(?:glad|happy|pleased|delighted|thrilled|sorry)\b|"
    r"pleasure|problem|worries|(?:have|enjoy|hope you|wishing|good (?:morning|afternoon|evening|day|luck)|see you|take care|"
    r"love (?:it|this|that|to hear)|made (?:our|my)|congrat\w*|happy \w+|any ?time|kind|made our|safe travels|best wishes))\b"
)
_GOES_ON = late(
    r"\b(?:please|dms?|will|can|could|check|visit|website|let us know|send|message|contact|need|need to|looking into|because)\b"
)
_TAG = late(r"<[^<>]+>")
_ENTITY = late(r"&(?:nbsp|#160);")
_PLACEHOLDER = late(
    r"\{\{.{0,300}?\}\}|\{%.{0,300}?%\}|\{!.{0,300}?\}|\{[a-z_. ]+\}|\[[A-Za-z_ ]+\]|<<.{0,300}?>>", re.S
)
_SPELLING = (
    (re.compile(r"is(e|ed|es|ing|ation|ations)\b"), r"iz\1"),
    (re.compile(r"our\b|our(?=s|ed|ing|ite)"), "or"),
    (re.compile(r"\bgrey"), "gray"),
    (re.compile(r"ll(ed|ing)\b"), r"l\1"),
)
_NUMBERS = {
    word: str(n) for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
_SAME = 0.85


# The words of a macro as they count when macros are compared; the second "to" of it is another one than the first
Shape: TypeAlias = frozenset[str]


class Said(NamedTuple):
    """A reply as it counts when replies are compared: its words without names, numbers, links and the agent's
    signature; the amounts in it; and whether it says more than a pleasantry."""

    words: tuple[str, ...]
    amounts: tuple[str, ...]
    is_pleasantry: bool

    @classmethod
    def of(cls, text: str, names: Iterable[str] = ()) -> Said:
        folded = _SIGNATURE.sub(" ", fold(text, "draft").words.decode("ascii").strip())
        without = {word for name in names for word in _WORD.findall(name.lower())}
        unnamed = _NAMED.sub(r"\1", folded)
        words = tuple(_words(unnamed, without))
        matter = " ".join(part for part in _SENTENCE.split(unnamed) if not _is_pleasant(part))
        return cls(words, tuple(_AMOUNT.findall(folded)), len(_words(matter, without)) < _FEWEST_WORDS)

    def repeats(self, other: Said) -> bool:
        """Close to verbatim. The same sentence with new amounts is a status that went on."""
        if len(self.amounts) == len(other.amounts) and self.amounts != other.amounts:
            return False
        matcher = SequenceMatcher(None, self.words, other.words, autojunk=False)
        return matcher.real_quick_ratio() >= _REPEATED and matcher.ratio() >= _REPEATED


def _words(folded: str, names: set[str]) -> list[str]:
    return [word for word in _WORD.findall(_MASK.sub(" ", folded)) if word not in names][:_MOST_WORDS]


def _is_pleasant(sentence: str) -> bool:
    return bool(_PLEASANT.match(sentence)) and not _GOES_ON.search(sentence)


def shape(text: str) -> Shape:
    plain = _PLACEHOLDER.sub(" ", _ENTITY.sub(" ", _TAG.sub(" ", text)))
    folded = fold(plain, "draft").words.decode("ascii")
    for pattern, replacement in _SPELLING:
        folded = pattern.sub(replacement, folded)
    return frozenset(_told_apart(_NUMBERS.get(word, word) for word in _WORD.findall(folded)))


def _told_apart(words: Iterable[str]) -> Iterator[str]:
    seen = Counter[str]()
    for word in words:
        seen[word] += 1
        yield intern(word if seen[word] == 1 else f"{word} {seen[word]}")


def alike(one: Shape, other: Shape) -> bool:
    """The same words, in the same order or in another one: their share by Dice's coefficient."""
    whole = len(one) + len(other)
    if not whole or 2 * min(len(one), len(other)) < _SAME * whole:
        return False
    return 2 * len(one & other) >= _SAME * whole


def telling(shape: Shape, often: Mapping[str, int]) -> Shape:
    """Some words of a macro: macros that are alike share one of them.

    The prefix filter of set joins (Chaudhuri, Ganti and Kaushik, 2006): of words in one order, the rare ones first, two
    lists can't share so many as to be alike if they share none of the first ones. `often`: in how many macros each stands.
    """
    words = sorted(shape, key=lambda word: (often.get(word, 0), word))
    # Of its words a macro shares at least so many with a shorter one that it holds whole
    shared = int(_SAME / (2 - _SAME) * len(words))
    return frozenset(words[: len(words) - shared + 1])
