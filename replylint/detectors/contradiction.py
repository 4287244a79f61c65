"""Where a reply says the opposite of what the customer reported: they say that it leaks, the reply says that it doesn't."""

from __future__ import annotations

import re
from collections.abc import Iterator

from replylint.detectors.folding import fold
from replylint.late import late
from replylint.model import FALSE, Scene, Span, Value

_NEGATED = late(
    r"\b(?:our|the|all|no|this|that|these|those|we|they|it|he|she|[a-z]{3,}s?)\b(?: [a-z-]+){0,2}?"
    r" (?:do|does|did|have|has|had|would|is|are|was|were)"
    r" (?:(?:certainly|simply|definitely|most|really|actually) )*(?:not|never)(?= )"
    r"|\b(?:nobody|no one|none of (?:us|our [a-z]+))(?: (?:here|there|in [a-z]+|on [a-z]+))? (?:was|were|is|are|has|have|did|would)(?= )"
)
_EMPHATIC = late(
    r"\b(?:we|they|it|he|she|(?:our|the|your)(?: [a-z-]+){1,2}) (?:(?:certainly|definitely|clearly|most) )*did"
    r" (?:(?:indeed|actually|in fact|certainly|definitely|clearly) )*(?=[a-z])(?!not\b|you\b|this\b|that\b|it\b|so\b|our\b)"
)
_MAY_DENY = late(r"n[o'’]?t\b|\b(?:never|nobody|no one|none)\b| did ", re.I)
_NO_DENIAL = late(r"\b(?:yet|until|unless|please do not)\b|\?$")
_NEXT = late(r" ?([a-z]+)")
_CLAUSE = late(r"[^.!?;,\n]+\??")
_SPLIT = late(r"\b(?:but|because|although|though|while|yet)\b")
_NOT = late(r"\b(?:not|never|no|none|nothing|nobody|without|stopped|failed|refused?|still waiting)\b")
_NO_REPORT = late(
    r"\b(?:want(?:ed)?|need|would like|please|wish|could|should|can|if|how|why|when|what|who|where|whether|hope|unless|until|going to)\b"
)
# Verbs and nouns that deny nothing by being shared: to have not received or seen it is to look for it
_EMPTY = frozenset(
    (
        "have has had having be been being see seen find found receive received hear heard know known want need "
        "able sure think look looking like yet the a an any that this it you your our we us them all at in on to of for with from "
        "as so such just only really very always usually normally currently available possible open closed work working works "
        "time day days today order account customer customers team service help store reply answer email dm message call "
        "contact say said tell told give given go going let do does did done make made come use used what which more"
    ).split()
)
_LOOKED_PAST = frozenset(
    "get gets got have had be been being ever a an any the so see seen that such your you my in even this of to it".split()
)
_IRREGULAR = {
    "threw": "throw", "thrown": "throw", "lost": "lose", "rang": "ring", "rung": "ring", "broke": "break", "broken": "break",
    "stole": "steal", "stolen": "steal", "sold": "sell", "left": "leave", "forgot": "forget", "spoke": "speak", "lied": "lie",
    "lying": "lie", "went": "go", "took": "take", "sent": "send", "kept": "keep", "paid": "pay", "shrank": "shrink", "shrunk": "shrink",
    "swore": "swear", "burnt": "burn", "spilt": "spill", "cut": "cut", "hit": "hit", "bit": "bite", "drove": "drive", "fell": "fall",
    "knocked": "knock", "woke": "wake", "tore": "tear", "torn": "tear", "hid": "hide", "hidden": "hide", "misled": "mislead",
}  # fmt: skip


def _stem(word: str) -> str:
    word = _IRREGULAR.get(word, word)
    for ending in ("ing", "ied", "ies", "ed", "es", "ly", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _reported(turn: str) -> tuple[set[str], set[str]]:
    """Stems of what the customer says happens, and of what they say does not; questions and wishes report nothing."""
    there: set[str] = set()
    missing: set[str] = set()
    for sentence in _CLAUSE.findall(fold(turn, "customer").words.decode("ascii")):
        if sentence.endswith("?"):
            continue
        for clause in _SPLIT.split(sentence):
            if not _NO_REPORT.search(clause):
                words = re.findall(r"[a-z]{3,}", clause)
                (missing if _NOT.search(clause) else there).update(_stem(w) for w in words if w not in _EMPTY)
    return there, missing


def _denied(words: str, end: int) -> tuple[str, int]:
    """The first telling word after a place, and where it ends."""
    for _ in range(4):
        found = _NEXT.match(words, end)
        if found is None:
            break
        end = found.end()
        if found[1] not in _LOOKED_PAST:
            return found[1], end
    return "", end


def _candidates(words: str) -> Iterator[tuple[int, int, str, bool]]:
    """Start, end, the telling word, and whether it is negated; not in questions, and not what has merely not happened yet."""
    for pattern, negated in ((_NEGATED, True), (_EMPHATIC, False)):
        for match in pattern.finditer(words):
            word, end = _denied(words, match.end())
            rest = re.match(r"[^.!?\n]*[.!?\n]?", words[end:])
            tail = rest[0] if rest else ""
            of_them = re.search(r"\byou\b", match[0])
            if word and word not in _EMPTY and not of_them and not _NO_DENIAL.search(tail):
                yield match.start(), end, word, negated


def denies(scene: Scene) -> Value:
    """Where the reply negates what the customer says happens, or insists on what they say did not."""
    if not _MAY_DENY.search(scene.draft.text):
        return FALSE
    folded = fold(scene.draft.text, "draft")
    candidates = tuple(_candidates(folded.words.decode("ascii")))
    if not candidates:
        return FALSE
    if scene.turn is None:
        return Value(None, needs="the customer's message")
    there, missing = _reported(scene.turn)
    spans: list[Span] = []
    words: list[str] = []
    for start, end, word, negated in candidates:
        if _stem(word) in (there if negated else missing):
            spans.append(folded.span(start, end))
            words.append(scene.draft.text[spans[-1].start : spans[-1].end])
    return Value(True, tuple(spans), None, tuple(words)) if spans else FALSE
