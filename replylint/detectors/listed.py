"""Words of the brand's own lists in a text: contacts and handles as they stand, words to avoid, names of competitors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from replylint.detectors.folding import fold
from replylint.detectors.reader import longest
from replylint.model import Scene, Side, Span, TextReading

# Ordinary words that are also names of companies: written small, they are just words
ORDINARY = frozenset(
    (
        "ace acorn alliance ally always amazon ambition anchor angel apex apple arc arena arrow asset atlas aurora avid "
        "base beacon bean bear bee believe bell best better big bird bliss block bloom blue bolt boost boots bridge "
        "bright brook bubble budget burger byte canopy cap caffeine canvas care carter cash castle central champion charge "
        "chase chime circle citizen clarity classic clear click cloud clover club coach coast comet compass concert copper "
        "core corner crown crystal current dash dawn deliver delta dial digest direct discover dish dove dream drift drop "
        "dune eagle earth east easy echo eclipse edge element elevate ember emerald envoy epic equinox essential ever "
        "everyone evolve express extra fable falcon fern fidelity first fit five fix flag flame flash fleet flex flight flow "
        "focus forest forge forward fossil fox freedom fresh frontier fuel fuse future galaxy gap garden gem genius giant "
        "glow gold golden good grab grace grand grange graph green grid grove grow guardian guess guild halo harbor harbour "
        "harvest haven hawk hear heart help heritage hero hive holiday home honest honey hoop hope horizon hub ice icon "
        "impact indigo insight iris island ivory jet joy jump juniper key kind king kingdom kiosk kite lab ladder lark laurel "
        "leaf legacy lemon liberty life lift light lime link lion live local loft loop lotus lucid luna lush luxe magnet "
        "magnolia main mango maple march mark marble mark marks mars match matrix maven max meadow mercury merit meridian metro "
        "midnight mint mirror mission modern moment momentum monarch monday monument moon moss mountain nation national "
        "natural navigator nest network new next nice noble noon north nova now oak oasis object ocean octopus olive "
        "one onward opal open optimum oracle orange orbit orchard origin orion otter owl oyster pace pacific paddle page palm "
        "panda paragon parcel park partner path peak pearl pebble penguin people petal phase phoenix pilot pine pinnacle "
        "pioneer pixel planet platinum plus point polar pool portal post power premier present prime principal prism progress "
        "promise prosper public pulse pure quest quick quiet quill radius rain rainbow ramp range rapid raven reach ready "
        "real red reef regal regent relay reliance relief reserve resolve revolution ridge ring rise river road robin rocket "
        "root rose royal ruby rush safe sage sail sapphire saturn scout sea season sense seven shark shell shift shine signal "
        "silver simple sky slack smart smile snap solar sonic spark spectrum spirit spring sprint sprout square stack "
        "standard star start state steam steel stem step stone storm stream stripe strong studio summit sun sunrise swift "
        "swing switch target tea team tempo ten thread three thrive tide tiger time titan token top torch total touch "
        "tower trail train travel tree triangle tribe trident trinity true trust tulip turbo twist two ultra union "
        "unity universal up urban utopia valley vanguard vault vector velvet venture vertex vine violet virgin virtue vision vista "
        "visible vital vivid volt voyage wave way well west wet whole wild willow wind window wing winner wise wish wolf "
        "wonder world yellow zero zest zone zoom"
    ).split()
)
# Written with a capital wherever they stand: only another sign shows that the company is meant
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august".split()
)

_LOOK_BACK = 80
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n\r*•\"“(-])[\s\"'“(]*(?:@\w+[\s,]*)*$")
_TITLE = re.compile(
    r"\b(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|madam|señor|señora|monsieur|madame|herr|frau)\.?\s+"
    r"(?:[a-z]\.?\s+|[a-z][a-z'-]+\s+)?$",
    re.I,
)
_ADDRESS = re.compile(
    r"\b(?:hi|hello|hey|dear|hiya|thanks|thank you|sorry|cheers|morning|afternoon|evening),?\s+$", re.I
)
_NOT_ONE_NAME = re.compile(r"\s+(?:team|customers?|users?|people|folks|fans?|support|crew)\b", re.I)


def listed(scene: Scene, side: Side, key: str) -> tuple[Span, ...]:
    """Where words of that list stand, in any case."""
    reading = scene.reading(side)
    words = scene.brand.lists(key)
    return _WAYS.get(key, _as_they_stand)(scene, reading, words) if reading and words else ()


def _as_they_stand(scene: Scene, reading: TextReading, words: Sequence[str]) -> tuple[Span, ...]:
    lower = _lower(reading.text)
    return longest(span for word in words for span in _whole_words(lower, _lower(word)))


def _words_to_avoid(scene: Scene, reading: TextReading, words: Sequence[str]) -> tuple[Span, ...]:
    """Not inside links, handles, placeholders or quotations, which nobody chose to say; quotes and blanks of any form."""
    lower, plain = _lower(reading.text), _BLANK.sub(" ", reading.as_written.lower())
    return longest(span for word in words for span in _avoided(lower, plain, word.strip()))


_BLANK = re.compile(r"\s")


def _avoided(lower: str, plain: str, word: str) -> Iterable[Span]:
    letters = fold(word, "customer").as_written.decode("ascii").lower()
    is_word = len(letters) == len(word) and letters.isprintable()
    return _whole_words(plain, letters) if is_word else _whole_words(lower, _lower(word))


def _names(scene: Scene, reading: TextReading, words: Sequence[str]) -> tuple[Span, ...]:
    """Names of companies: not an ordinary word, nor the name of the person who is addressed."""
    text, lower = reading.text, _lower(reading.text)
    people = {part.lower() for message in scene.draft.thread or () for part in message.name.split()}
    return longest(
        span
        for name in words
        for span in _whole_words(lower, _lower(name))
        if _is_company(text, span, name) and not (name.lower() in people and _ADDRESS.search(text[: span.start]))
    )


def _is_company(text: str, span: Span, name: str) -> bool:
    before, here, after = (
        text[max(0, span.start - _LOOK_BACK) : span.start],
        text[span.start : span.end],
        text[span.end :],
    )
    if before[-1:] in ("@", "#") or (after[:1] == "." and after[1:2].isalnum()):
        return True
    if _TITLE.search(before) or (_ADDRESS.search(before) and not _NOT_ONE_NAME.match(after)):
        return False
    words = name.lower().split()
    if not all(word in ORDINARY or word in CALENDAR for word in words):
        return True
    if len(words) > 1:
        return here != here.lower()
    has_capital = here[:1].isupper() and not here.isupper() and words[0] not in CALENDAR
    return has_capital and "-" not in (before[-1:], after[:1]) and not _SENTENCE_START.search(before)


def _lower(text: str) -> str:
    """In lower case and of the same length."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _whole_words(text: str, word: str) -> Iterable[Span]:
    at = text.find(word) if word else -1
    while at >= 0:
        end = at + len(word)
        if not (at and text[at - 1].isalnum() and word[0].isalnum()) and not (
            text[end : end + 1].isalnum() and word[-1].isalnum()
        ):
            yield Span(at, end)
        at = text.find(word, end)


_WAYS: Mapping[str, Callable[[Scene, TextReading, Sequence[str]], tuple[Span, ...]]] = {
    "banned": _words_to_avoid,
    "competitors": _names,
}
