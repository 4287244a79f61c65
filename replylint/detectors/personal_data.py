"""Personal data in a text: e-mail address, phone, card, order or account number, postal address."""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Callable, Iterator

from replylint.late import late
from replylint.model import Span

_EMAIL = late(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
# A mailbox of a desk and not of a person
_DESK = late(
    r"(?:info|help|helpdesk|support|care|customer|contact|hello|hi|team|service|services|enquir|inquir|question|press|media|job|career"
    r"|order|return|refund|sales|billing|account|feedback|complaint|office|reception|booking|reservation|claim|privacy|security|abuse"
    r"|legal|social|web|admin|store|shop|bag|baggage|luggage|news|front|hotline|desk|mail|post|talk|ask|community|event|ticket|member"
    r"|library|delivery|deliveries|parts|warranty|repair|report|safety|noreply|no-reply|relations|guest|booking|safeguarding|data|dpo)"
    r"[a-z]*(?:[._+-][a-z]+)*[0-9]?@",
    re.I,
)
_DIGITS = late(r"(?<![\w.,/#$£€@-])[+(]?\d(?:[ ().-]{0,2}\d){6,18}(?!\w|[.,]\d)")
_CARD = late(r"(?<![\w.])\d(?:[ -]?\d){12,18}(?!\w)")
# A name for a number, then the number: at least one digit in it, and five characters
_REFERENCE = late(
    r"\b(?:order|account|acct|a/c|booking|reservation|membership|member|policy|customer|client|patient|passenger|tracking|awb|waybill"
    r"|confirmation|loyalty|card|consignment|shipment|parcel|invoice|record locator|pnr|frequent flyer|passport|licence|license"
    r"|national insurance|social security|nhs|hospital|imei|iban|subscriber)"
    r"(?: ?(?:number|no|num|id|ref|reference|code|locator))?\.?(?: is| was|:|#| )*\s?#?"
    r"(\d{3,6}(?:[ -]\d{2,6}){1,5}|(?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{3,24})\b(?![.,]\d)",
    re.I,
)
# Six letters and digits in capitals that airlines and hotels give to a booking
_LOCATOR = late(
    r"\b(?i:pnr|(?:record )?locator|(?:booking|confirmation|reservation) ?(?:ref|reference|code))(?: is| was|:|#| )*\s?([A-Z0-9]{5,8})\b"
)
# Shapes that carriers and shops give to their numbers, whatever stands before them
_SHAPED = late(
    r"(?<![\w-])(?:1Z[0-9A-Z]{16}|[A-Z]{2}\d{9}[A-Z]{2}|[A-Z]{2,4}\d{10,20}|\d{3}-\d{7}-\d{7}"
    r"|[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?)"
    r"(?![\w-])"
)
# A digit that is no part of a handle, a link or a decimal: without one there is no number and no address
_NUMBERED = late(r"(?<![@\w/.])[A-Za-z-]{0,8}\d")
_SORT_CODE = late(r"\bsort ?code(?: is|:| )*\s?(\d\d[- ]?\d\d[- ]?\d\d)\b", re.I)
_POSTCODE = late(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_STREET = late(
    r"\b\d{1,5}[A-Za-z]? (?:[NSEW]\.? )?(?:[A-Z][\w'’]+ ){1,3}(?:St|Street|Ave|Avenue|Rd|Road|Ln|Lane|Dr|Drive|Blvd|Boulevard|Ct|Court"
    r"|Way|Close|Crescent|Terrace|Place|Pl|Gardens)\b\.?",
)
_DATE = late(r"\d{1,2}[-/ ]\d{1,2}[-/ ]\d{2,4}|\d{4}-\d\d-\d\d|20[0-4]\d")
_FEWEST_DIGITS, _DIGITS_OF_SHAPES = 4, 8
_HIDDEN_CARD = late(r"(?:ending|ends|last (?:four|4))[^.\n]{0,20}$", re.I)
_BEFORE = 40  # characters in which it stands


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
    is_numbered = bool(_NUMBERED.search(text))
    for match in _REFERENCE.finditer(text) if is_numbered else ():
        written = match[1]
        if sum(map(str.isdigit, written)) < _FEWEST_DIGITS and not (match[0].isupper() or written.isupper()):
            continue
        if not _HIDDEN_CARD.search(text, max(0, match.start(1) - _BEFORE), match.start(1)) and not _DATE.fullmatch(
            written
        ):
            yield Span(*match.span(1))
    for pattern in (_LOCATOR, _SORT_CODE):
        yield from (Span(*match.span(1)) for match in pattern.finditer(text))
    for match in _SHAPED.finditer(text) if is_numbered else ():
        if sum(map(str.isdigit, match[0])) >= _DIGITS_OF_SHAPES:
            yield Span(*match.span())


def _desks(text: str) -> Iterator[Span]:
    """Mailboxes that belong to a desk or a team, and to nobody alone."""
    yield from (span for span in _emails(text) if _DESK.match(text, span.start))


def _addresses(text: str) -> Iterator[Span]:
    for pattern in (_STREET, _POSTCODE):
        yield from (Span(*match.span()) for match in pattern.finditer(text))


KINDS: dict[str, Callable[[str], Iterator[Span]]] = {
    "email": _emails,
    "phone": _phones,
    "card": _cards,
    "number": _references,
    "address": _addresses,
    "desk": _desks,
}


_OF_DIGITS = frozenset({"phone", "card", "address"})


def personal_data(text: str, kinds: tuple[str, ...]) -> tuple[Span, ...]:
    """Where data of these kinds stands, in text order; of overlapping places the first kind named wins."""
    found: list[Span] = []
    is_numbered = bool(_NUMBERED.search(text))
    for kind in kinds:
        if kind in _OF_DIGITS and not is_numbered:
            continue
        for span in KINDS[kind](text):
            if not span.among(found):
                insort(found, span)
    return tuple(found)
