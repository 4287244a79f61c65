"""Text and HTML files of one reply, and transcripts: `Customer:` and `Agent:` lines with the draft last."""

from __future__ import annotations

import re
from collections.abc import Iterator

from replylint.errors import InputError
from replylint.model import Draft, Message, Sender, Thread
from replylint.sources import DRAFT, Lines, Located, plain
from replylint.sources.mapping import Mapping

_SPEAKER = re.compile(r"^(customer|agent|brand|bot|note|draft)[ \t]*:[ \t]*", re.I | re.M)
_SENDERS = {
    "customer": Sender.customer,
    "agent": Sender.brand,
    "brand": Sender.brand,
    "draft": Sender.brand,
    "bot": Sender.bot,
    "note": Sender.note,
}


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] == "\ufeff"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def read_plain(text: str, path: str) -> Iterator[Located]:
    """The whole file as one reply."""
    start, end = trimmed(text, 0, len(text))
    yield Located(Draft(text[start:end]), path, "draft", Lines(text), plain(start))


def read_html(text: str, path: str) -> Iterator[Located]:
    """The whole file as one macro in HTML."""
    from replylint.sources.html import render

    rendered = render(text)
    mapping = Mapping(0, rendered.starts, rendered.ends, ("html",))
    yield Located(Draft(rendered.text, kind="macro"), path, "draft", Lines(text), lambda: {DRAFT: mapping})


def is_transcript(text: str) -> bool:
    """Whether the first words name a speaker, and a customer is among the speakers."""
    speakers = list(_SPEAKER.finditer(text))
    return (
        bool(speakers) and not text[: speakers[0].start()].strip() and any(m[1].lower() == "customer" for m in speakers)
    )


def _spoken(text: str) -> list[tuple[Sender, int, int]]:
    speakers = list(_SPEAKER.finditer(text))
    ends = [match.start() for match in speakers[1:]] + [len(text)]
    return [(_SENDERS[m[1].lower()], *trimmed(text, m.end(), end)) for m, end in zip(speakers, ends, strict=True)]


def read_transcript(text: str, path: str) -> Iterator[Located]:
    """A conversation whose last line is the agent's draft."""
    spoken = _spoken(text)
    sender, start, end = spoken[-1]
    if sender != Sender.brand:
        raise InputError('the last line is not the draft: a transcript ends with "Agent: ..."', path)
    draft = Draft(text[start:end], thread=_messages(text, spoken[:-1]))
    yield Located(draft, path, "draft", Lines(text), plain(start))


def transcript_thread(text: str, path: str) -> Thread:
    """A thread of `Customer:` and `Agent:` lines; a text without speakers is one message of the customer."""
    if is_transcript(text):
        return _messages(text, _spoken(text))
    start, end = trimmed(text, 0, len(text))
    if start == end:
        raise InputError("the thread is empty", path)
    return (Message(Sender.customer, text[start:end]),)


def _messages(text: str, spoken: list[tuple[Sender, int, int]]) -> Thread:
    return tuple(Message(sender, text[start:end]) for sender, start, end in spoken)
