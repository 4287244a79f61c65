"""Known misspellings and doubled words, each with what it should be. A closed list: what is not on it is not judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from replylint.detectors.reader import longest
from replylint.late import late
from replylint.model import Scene, Side, Span

FAULTS = ("misspelt", "doubled")

# Words that nobody writes twice on purpose, and of which one can always go. Left out are those that a sentence can
# end with and another begin ("what it is is", "log in in the app"), and those that are doubled for weight ("so so").
_NEVER_TWICE = frozenset(
    (
        "a an the and or if of to from with for at by as into about than because when while how although unless until "
        "your our my their its his these those some any each every other another we they are were be been being am will "
        "would could should must also just only account accounts address app code contact customer date delivery details "
        "email issue information link message number option order orders page parcel password payment phone product refund "
        "replacement reply request screen service settings shipping store support team ticket update website get give know "
        "let need receive see send take use want able available"
    ).split()
)
_WORD = late(r"[^\W_]+(?:'[^\W_]+)*'?")
_GAPS = (" ", "  ", "\n", " \n")
_SHORTEST_TITLE = 6  # a shorter word with a capital inside a sentence may be a name
_INSIDE = frozenset("'_-/\\@#=&+*\x02\x03\x04\x05\x06\x1a")  # beside these a word is part of a file, a tag or a name
_SENTENCE_ENDS = ".!?:\n\r*\"'(\x03\x1a"


def spelling(scene: Scene, side: Side, fault: str) -> tuple[Span, ...]:
    """Where the text holds such a fault, names apart. Links, handles, placeholders and quotations are nobody's typos."""
    reading = scene.reading(side)
    if reading is None:
        return ()
    plain = reading.as_written
    spans = longest(_faults(plain, fault))
    if not spans:
        return ()
    names = [scene.brand.name, *(message.name for message in scene.draft.thread or ())]
    people = {part.lower() for name in names for part in name.split()}
    return tuple(span for span in spans if plain[span.start : span.end].lower() not in people)


def correction(written: str) -> str:
    """What a fault should be, with the capitals that it has; a word without a fault as it is."""
    words = written.split()
    if len(words) == 2 and words[0].lower() == words[1].lower():
        return words[0]
    right = _corrections().get(written.lower().replace("’", "'"), written)
    if written.isupper() and len(written) > 1:
        return right.upper()
    return right[:1].upper() + right[1:] if written[:1].isupper() else right


def _faults(plain: str, fault: str) -> Iterator[Span]:
    lower = plain.lower()
    places, look = (_doubled, _is_doubled) if fault == "doubled" else (_misspelt, _is_no_name)
    for start, end in places(lower):
        if _stands_alone(lower, start, end) and look(plain, start, end):
            yield Span(start, end)


def _misspelt(lower: str) -> Iterator[tuple[int, int]]:
    known, phrases = _corrections(), _phrases()
    for start, end in _words(lower):
        word = lower[start:end]
        for form in (word, *phrases.get(word, ())):
            if form in known and lower.startswith(form, start):
                yield start, start + len(form)


def _doubled(lower: str) -> Iterator[tuple[int, int]]:
    for (start, end), (again, last) in pairwise(_words(lower)):
        if lower[again:last] == lower[start:end] in _NEVER_TWICE and lower[end:again] in _GAPS:
            yield start, last


def _words(lower: str) -> list[tuple[int, int]]:
    return [match.span() for match in _WORD.finditer(lower)]


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a whole word stands there, and no part of a file's name, a tag or a compound."""
    return not _goes_on(text[:start][:-3:-1]) and not _goes_on(text[end : end + 2])


def _goes_on(beside: str) -> bool:
    """Whether a word goes on with these characters, the nearest first."""
    nearest, next_one = beside[:1], beside[1:]
    return nearest.isalnum() or nearest in _INSIDE or (nearest == "." and next_one.isalnum())


def _is_no_name(text: str, start: int, end: int) -> bool:
    word = text[start:end]
    if word.islower() or word.isupper() or end - start >= _SHORTEST_TITLE:
        return True
    return _begins_sentence(text, start)


def _is_doubled(text: str, start: int, end: int) -> bool:
    """Two capitals are a name ("The The"), and so is a small word before a capital ("the The Times")."""
    first, second = text[start:end].split()
    return second.islower() and (first.islower() or _begins_sentence(text, start))


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" ")
    return not before or before[-1] in _SENTENCE_ENDS


# --- the list ---------------------------------------------------------------------------------------------------


@cache
def _corrections() -> Mapping[str, str]:
    """Misspelling -> right spelling, from the packaged file of lines `right: wrong wrong`; there `_` is a blank inside a wrong form."""
    lines = (Path(__file__).parent.parent / "data" / "misspellings.txt").read_text(encoding="utf-8").splitlines()
    return dict(_entries(lines))


def _entries(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        right, _, wrong = line.partition(": ")
        for word in wrong.split():
            yield word.replace("_", " "), right


@cache
def _phrases() -> Mapping[str, Sequence[str]]:
    """Misspellings of several words, by the first of them."""
    found: dict[str, list[str]] = {}
    for wrong in _corrections():
        if " " in wrong:
            found.setdefault(wrong.partition(" ")[0], []).append(wrong)
    return found
