"""The relations of draft and thread, by the names that signals use for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from replylint.detectors.beyond_courtesy import TAKES_UP, TAKES_UP_LOOKS_AT
from replylint.detectors.contradiction import denies
from replylint.detectors.exchange import EXCHANGE, EXCHANGE_LOOKS_AT
from replylint.detectors.remains import REMAINS, REMAINS_LOOKS_AT
from replylint.detectors.told import TOLD, TOLD_LOOKS_AT
from replylint.model import Scene, Value

RELATIONS: Mapping[str, Callable[[Scene], Value]] = {**TOLD, **TAKES_UP, **EXCHANGE, **REMAINS, "denies": denies}

# The signals of the same turn and reply that a relation looks at
LOOKS_AT: Mapping[str, tuple[str, ...]] = {
    **TOLD_LOOKS_AT,
    **TAKES_UP_LOOKS_AT,
    **EXCHANGE_LOOKS_AT,
    **REMAINS_LOOKS_AT,
}
