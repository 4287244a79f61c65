"""What replylint itself has to say of a library, outside the catalogue of rules; `rules:` and --select hold for it, too."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from replylint.model import Brand, Choice, Finding, Level, Source, Span


class Notice(Struct, frozen=True):
    """`message`: with the slot {what}, which is filled by plain look-up."""

    id: str
    level: Level
    message: str
    instead: str
    why: str


_ALL = (
    Notice(
        "unused-ignore",
        Level.warning,
        "Nothing is found any more that this would ignore: {what}.",
        "Take it out, or name the rule that it is for.",
        "A suppression that nobody needs hides the next finding, which nobody agreed to.",
    ),
    Notice(
        "expired-ignore",
        Level.warning,
        "This was agreed until {what} and holds no longer.",
        "Mend the reply, or agree on it again with a new date.",
        "What was agreed for a time is looked at again when the time is over.",
    ),
    Notice(
        "sent-comment",
        Level.error,
        "This comment stands inside the reply: customers would get it, and it ignores nothing.",
        "Put it on a line of its own above the reply, or under `replylint:` beside it.",
        "What stands in the text of a reply is part of the reply.",
    ),
    Notice(
        "rendering",
        Level.warning,
        "Once the macro is filled in, this reads badly: {what}.",
        "Give the placeholder a fallback, or write the sentence so that it reads well with any value, and with none.",
        "The help desk fills in what it has, and sends the reply also where it has nothing.",
    ),
)
NOTICES: Mapping[str, Notice] = {notice.id: notice for notice in _ALL}
SOURCE = Source("replylint", "Suppressions that answer to someone")


def level_of(id: str, brand: Brand) -> Level:
    """Its level, as the settings would have it."""
    return brand.rules.get(id, Choice()).level or NOTICES[id].level


def finding_of(id: str, level: Level, text: str, what: str = "", macro: str = "") -> Finding:
    """The finding on a comment, or on an entry of the settings, that is this `text`."""
    notice = NOTICES[id]
    return Finding(
        rule=id,
        level=level,
        span=Span(0, len(text)),
        text=text,
        message=notice.message.replace("{what}", what),
        instead=notice.instead,
        source=SOURCE,
        id=macro,
        place="match",
    )
