"""The only importer of spaCy and textstat, inside functions: sentences, token patterns, reading grade."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from replylint.errors import InputError, listing, nearest
from replylint.late import late
from replylint.model import Span

TOKEN_KEYS = frozenset(
    (
        "ORTH TEXT LOWER NORM LENGTH SHAPE PREFIX SUFFIX OP IS_ALPHA IS_ASCII IS_DIGIT IS_LOWER IS_UPPER IS_TITLE "
        "IS_PUNCT IS_SPACE IS_STOP IS_SENT_START SPACY IS_BRACKET IS_QUOTE IS_CURRENCY LIKE_NUM LIKE_URL "
        "LIKE_EMAIL"
    ).split()
)
TRAINED_KEYS = frozenset({"POS", "TAG", "LEMMA", "DEP", "MORPH", "ENT_TYPE", "ENT_IOB"})


def check_token_keys(pattern: list[dict[str, Any]], language: str) -> None:
    """Raises ValueError where a key never matches on a blank pipeline and no trained one is named in the settings."""
    for token in pattern:
        for key in token:
            if key in TRAINED_KEYS:
                if not language:
                    raise ValueError(
                        f"{key} needs a trained pipeline: name an installed one under `language:` in the settings"
                    )
            elif key not in TOKEN_KEYS:
                raise ValueError(
                    f'found the token key "{key}"; allowed: {listing(TOKEN_KEYS, 40)}{nearest(key, TOKEN_KEYS)}'
                )


@cache
def _pipeline(language: str) -> Any:
    """A blank English pipeline with a sentencizer, or the trained one that the settings name."""
    import spacy

    if language:
        try:
            return spacy.load(language)
        except OSError:
            raise InputError(f'language: the spaCy pipeline "{language}" is not installed') from None
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    return pipeline


@cache
def _matcher(key: str, language: str) -> Any:
    import ast

    from spacy.matcher import Matcher

    matcher = Matcher(_pipeline(language).vocab, validate=True)
    matcher.add("pattern", [ast.literal_eval(key)], greedy="LONGEST")
    return matcher


def find_tokens(text: str, pattern: list[dict[str, Any]], language: str = "") -> list[Span]:
    """Where a spaCy token pattern matches; the longest of overlapping places."""
    doc = _pipeline(language)(text)
    matches = _matcher(repr(pattern), language)(doc, as_spans=True)
    return [Span(found.start_char, found.end_char) for found in matches]


_USUAL_LENGTH = 4.5
_SPOKEN = re.compile(r"[A-Za-z0-9]")
_HALF_SPOKEN = re.compile(r"[\w'’]")  # in what is no word of letters: one of other scripts or of apostrophes
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”’)\]]*\s+(?=\S)|\n\s*\n")


_WORD = re.compile(r"\S+")
_MARK = re.compile(r"[.!?…]")
_NO_END = re.compile(  # a word with a full stop inside that ends no sentence
    r"(?:(?:https?://|www\.)[\w./=&%#?@-]*[\w/=-]|[($£€]*(?:\d+[.:])+\d+%?|@\w+"
    r"|[({\[]*[\w@+-]+(?:\.[a-z0-9_][\w@-]*)*(?:/[\w./-]*\w)?|\.[a-z]\w*)[)\]},:;]*"
    r"|[A-Za-z]\.|[ap]\.m\.|e\.g\.|i\.e\.|U\.S\."
)
_LAST_WORD = re.compile(
    r"(?:https?://|www\.|[\w.+-]+@|\w{3,}\.\w{2})[\w./=&%#@-]*(?:[a-z0-9]|(?<=[A-Z])[A-Z])(?:\.|[!?]+)"
    r"|[({\[$£€]*(?:(?:\d+(?:[./:]\d+)+|(\d|[A-Za-z0-9][A-Za-z0-9'’_-]*(?:[a-z0-9]|(?<=[A-Z])[A-Z])))[)\]}]*\."
    r"|(?:\d+(?:[./:]\d+)+|[A-Za-z0-9][A-Za-z0-9'’_-]*)[)\]}]*[!?]+)"
)
# Up to the next sentence; a mark between the two belongs to the first
_NEXT = re.compile(r" ?(?=\n)| (?= )| (?=[-^~@/=]?[^\W_])|( [*#–—])(?=[^\W_])|( [-–—]) (?=[^\W_])")
_OTHER_SCRIPT = late("[\u0530-\u1fff\u2e80-\ua83f\uff00-\uffef]")  # with full stops of its own
# Words that a full stop may follow in mid-sentence, for spaCy
_SHORTENED = frozenset(
    "adm ak ala apr ariz ark aug bros calif co colo conn corp dec del dr feb fla ga gen gov ia id ill inc ind jan jr jul jun kan "
    "kans ky la ltd mar mass md messrs mich minn miss mo mont mr mrs ms mt neb nebr nev nov oct okla ore pa prof rep rev sen sep "
    "sept st tenn va vs wash wis".split()
)


def sentences(text: str) -> tuple[Span, ...]:
    """Where the sentences stand, as spaCy's sentencizer says; it is only asked where that is not plain to see."""
    if not _SENTENCE_END.search(text):
        return (Span(0, len(text)),)
    inside = text.strip()
    if plain := plain_sentences(inside):
        before = text.index(inside)
        return tuple(Span(before + start, before + end) for start, end in plain)
    return tuple(Span(sentence.start_char, sentence.end_char) for sentence in _pipeline("")(text).sents)


def plain_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text in which it is plain where each of them ends and begins; empty for any other text."""
    if text != text.strip() or (not text.isascii() and _OTHER_SCRIPT.search(text)):
        return ()
    found, start = [], 0
    for word in _WORD.finditer(text):
        if not _MARK.search(word[0]) or _NO_END.fullmatch(word[0]):
            continue
        last = _LAST_WORD.fullmatch(word[0])
        if last is None or (last[1] or "").lower() in _SHORTENED:
            return ()
        end = word.end()
        if end < len(text):
            following = _NEXT.match(text, end)
            if following is None:
                return ()
            found.append(Span(start, end + len(following[1] or following[2] or "")))
            start = following.end()
    return (*found, Span(start, len(text)))


def word_count(text: str) -> int:
    return len(text.split())


def highest_grade(text: str, fewest_sentences: int = 1, usual_words: int = 0) -> float:
    """The grade if the text had so few sentences: it is no harder to read than this. Needs no library."""
    words = text.split()
    return _padded(sum(map(len, words)), len(words), fewest_sentences, usual_words)


def grade(text: str, usual_words: int = 0) -> float:
    """The US school grade that a reader needs: the automated readability index (Senter and Smith, 1967).

    textstat counts letters and words, spaCy the sentences, because textstat drops very short ones; where it is plain what is
    a word and what a mark there is nothing to ask textstat. `usual_words`: so many of everyday length are counted along, so that
    two long words do not make a hard text of a short one.
    """
    stretches = [span for span in sentences(text) if text[span.start : span.end].strip()]
    words = text.split()
    unspoken = [word for word in words if not _SPOKEN.search(word)]
    if not any(map(_HALF_SPOKEN.search, unspoken)):
        return _padded(sum(map(len, words)), len(words) - len(unspoken), len(stretches), usual_words)
    import textstat

    letters, count = textstat.char_count(text, ignore_spaces=True), textstat.lexicon_count(text)
    return _padded(letters, count, len(stretches), usual_words)


def _padded(letters: int, words: int, stretches: int, usual_words: int) -> float:
    if not words:
        return 0.0
    per_word = (letters + _USUAL_LENGTH * usual_words) / (words + usual_words)
    return 4.71 * per_word + 0.5 * words / max(1, stretches) - 21.43
