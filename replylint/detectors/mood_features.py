"""Turns what a customer wrote into named features: words, pairs, families of words, and what stands near what."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from msgspec import Struct

# Name of the feature -> the first and last token that it was found on; NOWHERE where it is about the whole text.
Hits: TypeAlias = dict[str, tuple[int, int]]
NOWHERE = (-1, -1)

START = "^"  # stands before the first word of each sentence, so that "^ why" is a pair like any other
NEAR = 4  # tokens between two families that still belong together
BREAK = "<break>"
QUESTION = "<?>"
NUMBER = "<number>"
TIME = "<time>"
DURATION = "<duration>"  # a number (or "a") and a time: what stands before it is then a neighbour of both

_LETTER = r"[^\W\d_]"
_TOKEN = re.compile(
    rf"{_LETTER}+(?:['’]{_LETTER}+)*\d*|@\w+|#\w+"
    r"|[£$€]?\d+(?:[.,:]\d+)*(?:(?:[sS][tT]|[nNrR][dD]|[tT][hH]|[aApP][mM]|[xXkK])\b|[+%])?"
    r"|[!?]+|\.\.+|…|[.;](?=\s|$)|\n+"
    r"|[:;=]['’]?-?(?:[()/\\|]+|[DdPp]\b)|<3"
    r"|[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]|&\w+;"
)
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_ADDRESSED = re.compile(r"\W{0,3}(?:\w+\W{1,3})?@")
_CAPITALS = re.compile(r"[A-Z]{3,}")
_STRETCHED = re.compile(r"([^\W\d_])\1\1+")
_TAG_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_ONE = ("a", "an")
_LONGEST = 16  # letters of a word in a hashtag
_TELLING = frozenset(("<bad>", "<vexed>", "<joke>", "<swear>", "<love>", "<ruin>", "<leave>"))
_LENGTHS = ((12, "(12+ words)"), (25, "(25+ words)"), (50, "(50+ words)"), (100, "(100+ words)"))
_SHOUTS = ((1, "(capitals)"), (2, "(capitals 2+)"), (5, "(capitals 5+)"))

# What may follow a word or a family: the next word or family -> the feature ("" if none), and what may follow that.
Next: TypeAlias = Mapping[str, tuple[str, Mapping[str, str]]]


class Family(NamedTuple):
    """`near` and `later`: the families that make a feature when they stand shortly or anywhere before, and its name.

    `opens`: whether it is such a family that matters anywhere before.
    """

    name: str
    near: Mapping[str, str]
    later: Mapping[str, str]
    opens: bool
    following: Next


class Word(NamedTuple):
    """How the model knows a word: the form that it counts as, and whether that is a feature itself."""

    form: str
    counts: bool
    following: Next
    family: Family | None


class Found(NamedTuple):
    """`known`: the share of the words that the model knows, which is low in other languages.

    `words`: the text as read, with hashtags taken apart; `origins`: for each the token that it comes from.
    """

    hits: Hits
    known: float
    words: Sequence[str]
    origins: Sequence[int]


def places(text: str) -> list[tuple[int, int]]:
    """Where each token stands in the text as written."""
    return [found.span() for found in _TOKEN.finditer(_without_links(text))]


def _without_links(text: str) -> str:
    if "://" in text or "www." in text:
        return _LINK.sub(lambda link: " " * len(link[0]), text)
    return text


def _lower(text: str) -> str:
    """In lower case and with straight apostrophes, each character in its place."""
    lower = text.lower().replace("’", "'")
    if len(lower) != len(text):
        lower = "".join(small if len(small := char.lower()) == 1 else char for char in text).replace("’", "'")
    return lower


def counts_as(word: str, known: Collection[str]) -> str:
    """What a word counts as that is not known as written: any number, a run of marks, a possessive, a sooooo."""
    first = word[0]
    if first in "@&#\n":
        return ""
    if first.isdigit():
        return "0"
    if first in "£$€":
        return "$"
    if first in "!?":
        return "?!" if "!" in word and "?" in word else first * 2
    if first == ".":
        return "..."
    if word.endswith("'s"):
        return word[:-2]
    if _STRETCHED.search(word):
        twice = _STRETCHED.sub(r"\1\1", word)
        return twice if twice in known else _STRETCHED.sub(r"\1", word)
    return ""


class Extractor(Struct, frozen=True):
    """Finds features in one pass. `families`: those of numbers and durations, which no word names; and of BREAK."""

    lexicon: Mapping[str, Word]
    families: Mapping[str, Family]
    start: Next

    def find(self, text: str) -> Found:
        text = _without_links(text)
        words: list[str] = _TOKEN.findall(_lower(text))
        hits: Hits = {}
        origins: Sequence[int] = range(len(words))
        if "#" in text:
            words, origins = self._open_tags(_TOKEN.findall(text), words)
            unknown = self._walk(words, hits)
            for name, (first, last) in hits.items():
                hits[name] = (origins[first], origins[last])
        else:
            unknown = self._walk(words, hits)
        self._whole(text, words, hits)
        return Found(hits, 1 - unknown / len(words) if words else 1.0, words, origins)

    def _walk(self, words: Sequence[str], hits: Hits) -> int:
        """Fills `hits`. Returns how many words are unknown. Long, because a call for each word would double its time."""
        lexicon = self.lexicon
        nothing: Any = {}
        following, family_following, third = self.start, nothing, nothing
        last, last_family, before_following = START, "", nothing
        at = at_before = unknown = 0
        recent: deque[tuple[str, int]] = deque(maxlen=NEAR)
        seen: dict[str, int] = {}
        for index, token in enumerate(words):
            word = lexicon.get(token)
            if word is None:
                if token[0] in "@&":
                    continue
                word = self._guess(token, hits)
                if word is None:
                    unknown += 1
                    following = family_following = third = before_following = nothing
                    last = last_family = ""
                    continue
            form, counts, next_following, family = word
            if counts:
                hits[form] = (index, index)
            if form in third:
                hits[third[form]] = (at_before, index)
            third = nothing
            if form in following:
                name, third = following[form]
                if name:
                    hits[name] = (at, index)
            if form in family_following:
                hits[family_following[form][0]] = (at, index)
            if family is None:
                last_family, family_following = "", nothing
            elif family.name == BREAK:
                if form[0] == "?":
                    seen[QUESTION] = index
                following, family_following, third, before_following = self.start, nothing, nothing, nothing
                last, last_family, at = START, "", index
                recent.clear()
                continue
            else:
                start = at
                first = index
                if family.name == TIME and (last_family == NUMBER or last in _ONE):
                    family, following, start, first = self.families[DURATION], before_following, at_before, at
                name, near, later, opens, family_following = family
                hits[name] = (first, index)
                if name in following:
                    hits[following[name][0]] = (start, index)
                if near:
                    for other, place in recent:
                        if other in near and index - place <= NEAR:
                            hits[near[other]] = (place, index)
                if later:
                    for other, place in seen.items():
                        if other in later:
                            hits[later[other]] = (place, index)
                recent.append((name, index))
                if opens:
                    seen[name] = index
                last_family = name
            before_following, at_before = following, at
            last, following, at = form, next_following, index
        return unknown

    def _guess(self, token: str, hits: Hits) -> Word | None:
        """A word that is not in the lexicon as written."""
        first = token[0]
        if first.isdigit() or first in "£$€":
            return self._number(token)
        if first == "\n":
            return self.lexicon.get("\n")
        if _STRETCHED.search(token) and not token.endswith("'s"):
            hits["(stretched)"] = NOWHERE
        return self.lexicon.get(counts_as(token, self.lexicon))

    def _number(self, token: str) -> Word:
        if token[0] in "£$€":
            kind = "<sum>"
        elif token.endswith(("st", "nd", "rd", "th")):
            kind = "<nth>"
        elif token.endswith(("am", "pm")) or ":" in token:
            kind = "<clock>"
        else:
            kind = NUMBER
        return Word(kind, False, self.families[kind].following, self.families[kind])

    def _whole(self, text: str, words: Sequence[str], hits: Hits) -> None:
        """What holds for the text as a whole."""
        if capitals := _CAPITALS.findall(text):
            # Airport codes and product names are no shouting: only words count.
            shouted = sum(word.lower() in self.lexicon for word in capitals)
            hits.update((name, NOWHERE) for least, name in _SHOUTS if shouted >= least)
        if "@" in text and not _ADDRESSED.match(text):
            hits["(about)"] = NOWHERE
        for least, name in _LENGTHS:
            if len(words) < least:
                break
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
                if index + 1 == len(raw) or raw[index + 1][0] in "#@":
                    parts = [";", *parts]
            opened += parts
            origins += [index] * len(parts)
        return opened, origins

    def split_tag(self, tag: str) -> list[str]:
        """ "TotallyUnfair", "totallyunfair" -> totally, unfair. As it is where it can't be split into known words."""
        if not (tag.islower() or tag.isupper()):
            parts = [part.lower() for part in _TAG_PART.findall(tag)]
            if len(parts) > 1 and any(part in self.lexicon for part in parts):
                return parts
        word = tag.lower()
        return self._split(word, 0, set()) or self._split_off(word)

    def _split(self, word: str, start: int, failed: set[int]) -> list[str] | None:
        """The longest known word first; `failed`: places from which there is no way to the end."""
        if start == len(word):
            return []
        for end in range(min(len(word), start + _LONGEST), start, -1):
            if end not in failed and word[start:end] in self.lexicon and (end - start > 1 or word[start] in "ai"):
                rest = self._split(word, end, failed)
                if rest is not None:
                    return [word[start:end], *rest]
        failed.add(start)
        return None

    def _split_off(self, word: str) -> list[str]:
        """ "acmesucks" -> acme, sucks; "loveacme" -> love, acme."""
        for size in range(min(len(word) - 1, _LONGEST), 3, -1):
            for head, tail in ((word[:-size], word[-size:]), (word[:size], word[size:])):
                known = self.lexicon.get(tail if len(tail) == size else head)
                if known and known.family and known.family.name in _TELLING:
                    return [head, tail]
        return [word]


def sequences(names: Iterable[str]) -> dict[str, dict[str, tuple[str, dict[str, str]]]]:
    """For each word or family what may follow it, from the names of features such as "waste of time", "no <staff>"."""
    table: dict[str, dict[str, tuple[str, dict[str, str]]]] = {}
    for name in names:
        first, second, *rest = name.split(" ")
        following = table.setdefault(first, {})
        known, third = following.get(second, ("", {}))
        if rest:
            third[rest[0]] = name
        following[second] = (known if rest else name, third)
    return table
