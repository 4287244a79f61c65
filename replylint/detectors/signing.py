"""Whether a reply ends in the form in which the brand's agents sign, made out from one example of it ("^JM", "Kind regards, Sam")."""

from __future__ import annotations

import re
from functools import lru_cache

from replylint.detectors.folding import FILLERS, fold
from replylint.late import late
from replylint.model import Span

_CLOSINGS = (
    r"(?i:(?:with |my )?(?:kind|kindest|best|warm|warmest|many) (?:regards|wishes|thanks)"
    r"|(?:yours )?(?:sincerely|truly|faithfully)(?: yours)?"
    r"|all the best|take care|best|regards|cheers|thanks|thank you|cordially|respectfully|love)"
)
_FORM = late(
    rf"(?P<closing>{_CLOSINGS}\b[,.!]?\s*)?(?P<before>.*?)(?P<agent>[A-Z][\w.'-]*(?: [A-Z][\w.'-]*)*|\w+\Z)(?P<after>.*)",
    re.S,
)
_NOBODY = r"(?!(?i:the|your|our|team|customer|management|support|care|service|thanks|cheers|sorry|please)\b)"
_NAME = rf"{_NOBODY}[A-Z][\w.'-]{{0,15}}(?: {_NOBODY}[A-Z][\w.'-]{{0,15}}){{0,2}}"
_FILLED = FILLERS["placeholder"] + "+"
_END = r"(?:[\s.,!)" + "".join(FILLERS[name] for name in ("url", "symbol", "handle")) + r"]|\(?[1-9] ?/ ?[1-9]\)?)*\Z"
_FOOTER = r"[.,!]?(?:\s*\n[^\n]{0,70}){0,5}\s*\Z"
_EDGE = r"(?:\A|(?<=[^\w@/.-])|(?<=[.!?]))"


def signed(text: str, form: str) -> tuple[Span, ...]:
    """Where the text is signed in this form; another agent's name or initials stand where the example has one."""
    pattern = _pattern(form)
    found = pattern.search(_plain(text)) if pattern else None
    return (Span(*found.span(1)),) if found else ()


def _plain(text: str) -> str:
    return fold(text, "draft").as_written.decode("ascii")


@lru_cache(64)
def _pattern(form: str) -> re.Pattern[str] | None:
    """The form with the agent's place opened: its marks stay, any usual closing may stand for another."""
    found = _FORM.fullmatch(_plain(form.strip()))
    if found is None:
        return None
    mark = found["before"].strip()
    agent = f"(?:{_NAME}|{_FILLED}" + ("|[a-z]{1,12}\\b)" if mark and not mark.endswith("-") else ")")
    if found["closing"]:
        return re.compile(rf"{_EDGE}({_CLOSINGS}[,.!]?[\s-]*{agent}){_FOOTER}")
    return re.compile(rf"{_EDGE}({_words(found['before'])}{agent}{_after(found['after'])}){_END}")


def _words(said: str) -> str:
    """These words and marks, however many blanks there are between them; a dash may be long or double."""
    parts = re.findall(r"-+|\w+|[^\w\s]", said)
    return "".join((r"-+" if part[0] == "-" else rf"(?i:{re.escape(part)})") + r"\s*" for part in parts)


def _after(said: str) -> str:
    """What follows the name: a role may be another one ("Sam, manager"), the rest stays."""
    if re.fullmatch(r",? [a-z][a-z ]*", said):
        return r"(?:,? [A-Za-z][\w ]{1,30})?"
    return r"\s*" + _words(said).removesuffix(r"\s*") if said.strip() else ""
