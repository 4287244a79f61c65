"""Personal data in a text: e-mail address, phone, card, order or account number, postal address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from replylint.model import Span

_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_DIGITS = re.compile(r"(?<![\w.,/#$£€-])[+(]?\d(?:[ ().-]{0,2}\d){6,18}(?!\w|[.,]\d)")
_CARD = re.compile(r"(?<![\w.])\d(?:[ -]?\d){12,18}(?!\w)")
# A name for a number, then the number: at least one digit in it, and five characters
_REFERENCE = re.compile(
    r"\b(?:order|account|acct|booking|reservation|membership|member|policy|customer|tracking|confirmation|loyalty|consignment"
    r"|invoice|record locator|pnr|frequent flyer)(?: ?(?:number|no|num|id|ref|reference|code))?\.?(?: is| was|:|#| )*\s?#?"
    r"((?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{4,24})\b",
    re.I,
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_STREET = re.compile(
    r"\b\d{1,5}[A-Za-z]? (?:[NSEW]\.? )?(?:[A-Z][\w'’]+ ){1,3}(?:St|Street|Ave|Avenue|Rd|Road|Ln|Lane|Dr|Drive|Blvd|Boulevard|Ct|Court"
    r"|Way|Close|Crescent|Terrace|Place|Pl|Gardens)\b\.?",
)
_HIDDEN_CARD = re.compile(r"(?:ending|ends|last (?:four|4))[^.\n]{0,20}$", re.I)


def passes_check_digit(digits: str) -> bool:
    """The Luhn check that card numbers carry (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (2 if place % 2 else 1)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def _only_digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _emails(text: str) -> Iterator[Span]:
    if "@" in text:
        yield from (Span(*match.span()) for match in _EMAIL.finditer(text))


def _cards(text: str) -> Iterator[Span]:
    for match in _CARD.finditer(text):
        digits = _only_digits(match[0])
        if 13 <= len(digits) <= 19 and len(set(digits)) > 1 and passes_check_digit(digits):
            yield Span(*match.span())


def _phones(text: str) -> Iterator[Span]:
    """Seven to fifteen digits (ITU-T E.164), with a sign of being a phone number: blanks, dashes, brackets, + or 0 first."""
    for match in _DIGITS.finditer(text):
        written = match[0].strip()
        digits = _only_digits(written)
        grouped = bool(re.search(r"\d[ ().-]+\d", written))
        if not 7 <= len(digits) <= 15 or not (grouped or written[0] in "+(0" or len(digits) in (10, 11)):
            continue
        if re.fullmatch(r"(?:\d{1,2}[-. ]){2}\d{2,4}|\d{4}[-. ]\d{2}[-. ]\d{2}|\d{4} ?- ?\d{4}", written):
            continue  # a date, or a span of years or hours
        if passes_check_digit(digits) and len(digits) >= 13:
            continue
        yield Span(*match.span())


def _references(text: str) -> Iterator[Span]:
    for match in _REFERENCE.finditer(text):
        if not _HIDDEN_CARD.search(text, 0, match.start(1)):
            yield Span(*match.span(1))


def _addresses(text: str) -> Iterator[Span]:
    for pattern in (_STREET, _POSTCODE):
        yield from (Span(*match.span()) for match in pattern.finditer(text))


KINDS: dict[str, Callable[[str], Iterator[Span]]] = {
    "email": _emails,
    "phone": _phones,
    "card": _cards,
    "number": _references,
    "address": _addresses,
}


def personal_data(text: str, kinds: tuple[str, ...]) -> tuple[Span, ...]:
    """Where data of these kinds stands, in text order; of overlapping places the first kind named wins."""
    found: list[Span] = []
    for kind in kinds:
        found += [span for span in KINDS[kind](text) if not any(span.overlaps(other) for other in found)]
    return tuple(sorted(found))
