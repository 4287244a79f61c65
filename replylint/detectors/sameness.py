"""Whether two texts say the same: close to verbatim, whatever the names, numbers, spelling and markup in them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from replylint.detectors.folding import FILLERS, fold

_SIGNATURE = re.compile(r"[*^/~-] ?[a-z]{1,10}$")
_NAMED = re.compile(
    r"\b(hi|hello|hey|dear|hiya|good (?:morning|afternoon|evening|day)|thanks|thank you|sorry) (?:(?:mr|mrs|ms|miss|dr)\.? )?"
    r"(?!(?:for|to|about|that|we|you|there|so|if|the)\b)[a-z]+(?=[,.!:]| -|\n|$)"
)
_MASK = re.compile(r"[a-z]*\d[\w:./-]*|[" + "".join(FILLERS[name] for name in ("url", "handle")) + "]+")
_WORD = re.compile(r"[a-z0-9']+")
_MOST_WORDS = 300
_REPEATED = 0.9
_TAG = re.compile(r"<[^<>]+>")
_ENTITY = re.compile(r"&(?:nbsp|#160);")
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{!.*?\}|\{[a-z_. ]+\}|\[[A-Za-z_ ]+\]|<<.*?>>", re.S)
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


class Shape(NamedTuple):
    """The words of a macro as they count: in order, and sorted."""

    words: tuple[str, ...]
    sorted: tuple[str, ...]


def masked(text: str, customer: str = "") -> list[str]:
    """The words of a reply with names, numbers, links and the agent's signature masked."""
    folded = _SIGNATURE.sub(" ", fold(text, "draft").words.decode("ascii").strip())
    folded = _MASK.sub(" ", _NAMED.sub(r"\1", folded))
    names = set(_WORD.findall(customer.lower()))
    return [word for word in _WORD.findall(folded) if word not in names][:_MOST_WORDS]


def repeated(one: list[str], other: list[str]) -> bool:
    """Close to verbatim."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _REPEATED and matcher.ratio() >= _REPEATED


def shape(text: str) -> Shape:
    plain = _PLACEHOLDER.sub(" ", _ENTITY.sub(" ", _TAG.sub(" ", text)))
    folded = fold(plain, "draft").words.decode("ascii")
    for pattern, replacement in _SPELLING:
        folded = pattern.sub(replacement, folded)
    words = tuple(_NUMBERS.get(word, word) for word in _WORD.findall(folded))
    return Shape(words, tuple(sorted(words)))


def alike(one: Shape, other: Shape) -> bool:
    """The same words, in the same order or in another one."""
    if not one.words or not other.words:
        return False
    matcher = SequenceMatcher(None, one.sorted, other.sorted, autojunk=False)
    return matcher.real_quick_ratio() >= _SAME and matcher.quick_ratio() >= _SAME and matcher.ratio() >= _SAME
