"""How many words and figures of a reply are of this customer's case, beyond what a whole trade deals in."""

from __future__ import annotations

from collections.abc import Iterable

from replylint.detectors.particulars import particulars, stem
from replylint.detectors.reader import overlaps_any
from replylint.detectors.told import brand_name, told_stems
from replylint.language import sentences
from replylint.model import Scene, Span

# Signals of a sentence that leaves open what it is about
ASKING = ("draft.offers-at-large", "draft.one-size", "draft.help-offer")

# What every firm of a trade deals in; in an offer at large it shows nothing of one case, unless the customer named it
_ASKED_OF_ALL = frozenset(
    stem(word)
    for word in (
        "flight booking reservation confirmation ticket seat itinerary pnr passenger travel travelling traveling journey trip train "
        "route departure airport baggage luggage bag bags claim loyalty membership frequent flyer record locator tracking shipment "
        "shipping package parcel delivery courier invoice receipt purchase product item items order orders ordering model serial "
        "device devices kind phone mobile handset version software system os build app operating browser platform console gamertag "
        "username user id login model area outage location neighborhood city state country postal security pin code billing bill "
        "technical tech internet tv cable equipment modem router connection network coverage signal technician store restaurant "
        "branch shop outlet hotel room stay property meter supply transaction card bank banking region language english screenshot "
        "screenshots photo photos picture pictures image images video error exact date dates current correctly preferred anytime "
        "troubleshooting troubleshoot troubleshot restart restarted restarting reboot rebooted update updated settings setting"
    ).split()
)


_MISSPELLING = "draft.misspelling"
LOOKS_AT = (_MISSPELLING, *ASKING)


def count(scene: Scene) -> float:
    """How many words and figures of the reply are of its case; a word spelt wrong is none."""
    found = particulars(scene.draft.text, "draft", brand_name(scene))
    if found and (misspelt := scene.value(_MISSPELLING).spans):
        found = tuple((word, span) for word, span in found if not overlaps_any(span, misspelt))
    if not any(stem(word) in _ASKED_OF_ALL for word, _ in found):
        return len(found)
    told = frozenset() if scene.turn is None else told_stems(scene)
    asking = _asking_sentences(scene)
    return sum(
        stem(word) not in _ASKED_OF_ALL or stem(word) in told or not overlaps_any(span, asking) for word, span in found
    )


def _asking_sentences(scene: Scene) -> tuple[Span, ...]:
    places: Iterable[Span] = [span for name in ASKING for span in scene.value(name).spans]
    return tuple(sentence for sentence in sentences(scene.draft.text) if overlaps_any(sentence, tuple(places)))
