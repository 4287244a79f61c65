"""Turns what a customer wrote into named features: words, pairs, families of words, and what stands near what."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from msgspec import Struct

# Name of the feature -> the first and last token that it was found on; NOWHERE where it is about the whole text.
Hits: TypeAlias = dict[str, tuple[int, int]]
NOWHERE = (-1, -1)

START = "^"  # stands before the first word of each sentence, so that "^ why" is a pair like any other
NEAR = 4  # tokens between two families that still belong together
BREAK = "<break>"
NUMBER = "<number>"
TIME = "<time>"
DURATION = "<duration>"  # a number (or "a") and a time: what stands before it is then a neighbour of both
QUESTION = "<?>"

_TOKEN = re.compile(
    r"https?://\S+|www\.\S+|@\w+|#\w+|&\w+;"
    r"|[£$€]?\d+(?:[.,:]\d+)*(?:(?i:st|nd|rd|th|am|pm|x|k)\b|[+%])?"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*\d*"
    r"|[!?]+|\.\.+|…|[.;](?=\s|$)|\n+"
    r"|[:;=]['’]?-?(?:[()/\\|]+|[DPp]\b)|<3"
    r"|[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]"
)
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
_ADDRESSED = re.compile(r"\W{0,3}(?:\w+\W{1,3}){0,1}@")
_STRETCHED = re.compile(r"([^\W\d_])\1\1+")
_TAG_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_ONE = ("a", "an")
_SKIPPED = ("@", "http", "www.", "&")


class Word(NamedTuple):
    """How the model knows a word: the form that it counts as, and its family ("" if it has none)."""

    form: str
    family: str


def places(text: str) -> Iterator[tuple[int, int]]:
    """Where each token stands in the text as written."""
    for found in _TOKEN.finditer(text):
        yield found.span()


class Found(NamedTuple):
    """`known`: the share of the words that the model knows, which is low in other languages."""

    hits: Hits
    known: float


class Extractor(Struct, frozen=True):
    """Finds features. `near` and `later`: for each family the earlier families with which it makes a feature."""

    lexicon: Mapping[str, Word]
    features: Container[str]
    prefixes: Container[str]
    near: Mapping[str, Mapping[str, str]]
    later: Mapping[str, Mapping[str, str]]

    def find(self, text: str) -> Found:
        raw: list[str] = _TOKEN.findall(text)
        words = " ".join(raw).lower().replace("’", "'").split(" ")
        hits: Hits = {}
        if "#" in text:
            words, origins = self._open_tags(raw, words)
            unknown = self._walk(words, hits)
            for name, (first, last) in hits.items():
                hits[name] = (origins[first], origins[last])
        else:
            unknown = self._walk(words, hits)
        self._whole(text, words, hits)
        return Found(hits, 1 - unknown / len(words))

    def _walk(self, words: Sequence[str], hits: Hits) -> int:
        """One pass over the words. Returns how many are unknown."""
        lexicon, features, prefixes, near, later = self.lexicon, self.features, self.prefixes, self.near, self.later
        recent: list[tuple[str, int]] = []
        seen: dict[str, int] = {}
        last, last_family, before, earlier_last, at, at_before, unknown = START, "", "", "", 0, 0, 0
        for index, token in enumerate(words):
            word = lexicon.get(token)
            if word is None:
                if not token or token.startswith(_SKIPPED):
                    continue
                word = self._guess(token)
                if word is None:
                    unknown += 1
                    last = last_family = before = ""
                    continue
            form, family = word
            here = (index, index)
            if form in features:
                hits[form] = here
            if last:
                pair = f"{last} {form}"
                if pair in features:
                    hits[pair] = (at, index)
                if before in prefixes:
                    triple = f"{before} {form}"
                    if triple in features:
                        hits[triple] = (at_before, index)
                before = pair
                if last_family:
                    mixed = f"{last_family} {form}"
                    if mixed in features:
                        hits[mixed] = (at, index)
            if family:
                if family == BREAK:
                    if form[0] == "?":
                        seen[QUESTION] = index
                    last, last_family, before, at = START, "", "", index
                    recent.clear()
                    continue
                neighbour, start = last, at
                if family == TIME and (last_family == NUMBER or last in _ONE):
                    family, neighbour, start, here = DURATION, earlier_last, at_before, (at, index)
                hits[family] = here
                if neighbour:
                    mixed = f"{neighbour} {family}"
                    if mixed in features:
                        hits[mixed] = (start, index)
                if earlier := near.get(family):
                    for other, place in recent[-NEAR:]:
                        if other in earlier and index - place <= NEAR:
                            hits[earlier[other]] = (place, index)
                recent.append((family, index))
                if earlier := later.get(family):
                    for other, name in earlier.items():
                        if other in seen:
                            hits[name] = (seen[other], index)
                seen[family] = index
            earlier_last, at_before = last, at
            last, last_family, at = form, family, index
        return unknown

    def _guess(self, token: str) -> Word | None:
        """A word that is not in the lexicon as written: a number, a run of marks, a possessive, a sooooo."""
        first = token[0]
        if first.isdigit() or first in "£$€":
            return _number(token)
        if first in "!?":
            return self.lexicon.get("?!" if "!" in token and "?" in token else first * 2)
        if first == "\n":
            return Word("\n", BREAK)
        if first == ".":
            return self.lexicon.get("...")
        if token.endswith("'s"):
            return self.lexicon.get(token[:-2])
        if _STRETCHED.search(token):
            twice = _STRETCHED.sub(r"\1\1", token)
            return self.lexicon.get(twice) or self.lexicon.get(_STRETCHED.sub(r"\1", token))
        return None

    def _whole(self, text: str, words: Sequence[str], hits: Hits) -> None:
        """What holds for the text as a whole."""
        if capitals := _CAPITALS.findall(text):
            # Airport codes and product names are no shouting: only words count.
            shouted = sum(word.lower() in self.lexicon for word in capitals)
            for least, name in ((1, "(capitals)"), (2, "(capitals 2+)"), (5, "(capitals 5+)")):
                if shouted >= least:
                    hits[name] = NOWHERE
        if _STRETCHED.search(text):
            hits["(stretched)"] = NOWHERE
        if "@" in text and not _ADDRESSED.match(text):
            hits["(about)"] = NOWHERE
        for least, name in ((12, "(12+ words)"), (25, "(25+ words)"), (50, "(50+ words)"), (100, "(100+ words)")):
            if len(words) >= least:
                hits[name] = NOWHERE

    def _open_tags(self, raw: Sequence[str], words: Sequence[str]) -> tuple[list[str], list[int]]:
        """The words with hashtags split, and for each the token that it comes from."""
        opened: list[str] = []
        origins: list[int] = []
        for index, (written, word) in enumerate(zip(raw, words, strict=True)):
            parts = [word]
            if word[0] == "#":
                parts = self.split_tag(written[1:])
                # Tags at the end stand each for itself; within a sentence they are words of it.
                if index + 1 == len(raw) or raw[index + 1][0] in "#@h":
                    parts = [";", *parts]
            opened += parts
            origins += [index] * len(parts)
        return opened, origins

    def split_tag(self, tag: str) -> list[str]:
        """ "TotallyUnfair", "totallyunfair" -> totally, unfair. The fewest known words; as it is where there are none."""
        parts = [part.lower() for part in _TAG_PART.findall(tag)]
        if len(parts) > 1 and any(part in self.lexicon for part in parts):
            return parts
        word = tag.lower()
        best: list[list[str] | None] = [[]]
        for end in range(1, len(word) + 1):
            splits = (
                [*before, word[start:end]]
                for start in range(max(0, end - 16), end)
                if (before := best[start]) is not None
                and (end - start > 1 or word[start:end] in "ai")
                and word[start:end] in self.lexicon
            )
            best.append(min(splits, key=len, default=None))
        return best[-1] or [word]


def _number(token: str) -> Word:
    if token[0] in "£$€":
        return Word("<sum>", "<sum>")
    if token.endswith(("st", "nd", "rd", "th")):
        return Word("<nth>", "<nth>")
    if token.endswith(("am", "pm")) or ":" in token:
        return Word("<clock>", "")
    return Word(NUMBER, NUMBER)
