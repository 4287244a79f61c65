"""How many words and figures of a reply are of this customer's case, beyond what a whole trade deals in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from replylint.detectors.particulars import particulars, stem
from replylint.detectors.told import brand_name, told_stems
from replylint.language import sentences
from replylint.model import Scene, Span

# Signals of a sentence that leaves open what it is about, that asks for what every case is looked up by, or that leads elsewhere
ASKING = (
    "draft.offers-at-large",
    "draft.one-size",
    "draft.help-offer",
    "draft.redirect",
    "draft.asks-personal-data",
    "draft.asks-tracking",
    "draft.asks-order",
    "draft.asks-booking",
    "draft.asks-flight",
    "draft.stock-phrase",
    "draft.link",
)
# Signals of a sentence that holds for everybody, whatever words of the case it shares
AT_LARGE = ("draft.generality", "draft.sells")
_SIGNATURE = "draft.signature"

# What stands in any reply of any help desk; of a case only where the customer said it
_OF_SERVICE = frozenset(
    stem(word)
    for word in (
        "high volume volumes friendly webform webchat survey clarify clarification elaborate preferably enable relevant valuable reflect "
        "regularly tuned suits documentation monitored followup revert rgds eye slide bio babe happiness viewer valued adventurer "
        "merge enquire inquire concerned welcoming regret patient hang tweet hesitate promptly duly opening mon tue tues wed thu thur "
        "constructive advisement dig digging straighten straightened depth odd strange weird allow accept outlined insight "
        "heartfelt utmost transparency candid become becomes "
        "guide guides guidance instruction navigate navigating navigation locate locating identify unsure uncertain remember smooth "
        "smoothly smoother seamless seamlessly easy easily easier ease simple simplest straightforward accurate accurately precise "
        "precisely clear clearly clearer typical typically tailor desire desired specify depend cooperation cooperate applicable "
        "confusion acknowledge acknowledged accordingly readily efficient efficiently effective effectively attempt challenge "
        "challenges face faced facing essential comprehensive satisfactory determine determined timely respective utilize utilise "
        "urgency expertise direction decision explanation notification effort familiarize suitable communicate communicating "
        "communication conversation consider consideration considerate knowledgeable etc brief briefly swift swiftly timeframe "
        "eagerness manner thorough thoroughly properly facilitate cater expedite expedited proceed proceeding session assess conclude "
        "concluded encounter obtain retrieve pertinent essentially overall reassure reassured reassurance sympathy sympathies attentive "
        "courtesy courteous professional professionalism accommodate accommodating arrange arranging coordinate liaise liaising "
        "dedication relationship partnership honest earnest responsive turnaround backlog influx unusually demand peak narrow pinpoint "
        "uncover troubled aspect perspective viewpoint hindrance setback "
        "thurs fri sat sun gmt bst cet est edt pst cst et pt ct am pm"
    ).split()
)

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
        "helpline helpdesk hotline hub portal tab section refer require required requires alternate alternative convenient lines live head "
        "approach nearest branch branches original document documents english listed view select common crew family member lose offer "
        "reconsider sales events placed terms conditions incident lay channel channels weekdays weekday monday friday "
        "troubleshooting troubleshoot troubleshot restart restarted restarting reboot rebooted update updated settings setting"
    ).split()
)


Spans: TypeAlias = tuple[Span, ...]
_MISSPELLING = "draft.misspelling"
LOOKS_AT = (_MISSPELLING, _SIGNATURE, *ASKING, *AT_LARGE)


def count(scene: Scene) -> float:
    """How many words and figures of the reply are of its case; a word spelt wrong, or who signs, is none."""
    found = particulars(scene.draft.text, "draft", brand_name(scene))
    if found and (apart := (*scene.value(_MISSPELLING).spans, *scene.value(_SIGNATURE).spans)):
        found = tuple((word, span) for word, span in found if not span.among(apart))
    if not found:
        return 0
    told = frozenset() if scene.turn is None else told_stems(scene)
    at_large, asking = _sentences(scene, AT_LARGE), _sentences(scene, ASKING)
    return sum(_is_of_case(stem(word), span, told, at_large, asking) for word, span in found)


def _is_of_case(word: str, span: Span, told: frozenset[str], at_large: Spans, asking: Spans) -> bool:
    if span.among(at_large):
        return False
    return word in told or (word not in _OF_SERVICE and not (word in _ASKED_OF_ALL and span.among(asking)))


def _sentences(scene: Scene, signals: Iterable[str]) -> Spans:
    """The sentences that one of these signals touches."""
    places = tuple(span for name in signals for span in scene.value(name).spans)
    if not places:
        return ()
    return tuple(sentence for sentence in sentences(scene.draft.text) if sentence.among(places))
