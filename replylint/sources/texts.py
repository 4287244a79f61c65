"""Text and Markdown files, and transcripts: one reply a file, or `Customer:` and `Agent:` lines with the draft last."""

from __future__ import annotations

import re
from collections.abc import Iterator

from replylint.errors import InputError
from replylint.model import Draft, Message, Sender, Thread
from replylint.sources import Lines, Located, plain

_SPEAKER = re.compile(r"^(customer|agent|brand|bot|note|draft)[ \t]*:[ \t]*", re.I | re.M)
_SENDERS = {
    "customer": Sender.customer,
    "agent": Sender.brand,
    "brand": Sender.brand,
    "draft": Sender.brand,
    "bot": Sender.bot,
    "note": Sender.note,
}
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n.*?^---[ \t]*(?:\r?\n|\Z)", re.S | re.M)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] == "\ufeff"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def read_plain(text: str, path: str, is_markdown: bool = False) -> Iterator[Located]:
    """The whole file as one reply; in Markdown, a block of front matter is not part of it."""
    matter = _FRONT_MATTER.match(text) if is_markdown else None
    start, end = _trimmed(text, matter.end() if matter else 0, len(text))
    yield Located(Draft(text[start:end]), path, "draft", Lines(text), plain(start))


def read_markdown(text: str, path: str) -> Iterator[Located]:
    """`## title` and a fenced reply under it, as often as they stand there; without such, the file is one reply."""
    from markdown_it import MarkdownIt

    starts = [match.end() for match in re.finditer(r"\n", text)]
    starts.insert(0, 0)
    starts.append(len(text))
    lines = Lines(text)
    title, found = "", []
    tokens = MarkdownIt("commonmark").parse(text)
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            title = tokens[index + 1].content
        elif token.type == "fence" and title and token.map and not token.info.strip():
            start, end = starts[token.map[0] + 1], starts[min(token.map[1] - 1, len(starts) - 1)]
            found.append((title, *_trimmed(text, start, end)))
    if not found:
        yield from read_plain(text, path, is_markdown=True)
    for number, (name, start, end) in enumerate(found):
        draft = Draft(text[start:end], name, "macro")
        yield Located(draft, path, f"reply[{number}]", lines, plain(start), title=name)


def is_transcript(text: str) -> bool:
    """Whether the first words name a speaker, and a customer is among the speakers."""
    speakers = list(_SPEAKER.finditer(text))
    return (
        bool(speakers) and not text[: speakers[0].start()].strip() and any(m[1].lower() == "customer" for m in speakers)
    )


def _spoken(text: str) -> list[tuple[Sender, int, int]]:
    speakers = list(_SPEAKER.finditer(text))
    ends = [match.start() for match in speakers[1:]] + [len(text)]
    return [(_SENDERS[m[1].lower()], *_trimmed(text, m.end(), end)) for m, end in zip(speakers, ends, strict=True)]


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
    start, end = _trimmed(text, 0, len(text))
    if start == end:
        raise InputError("the thread is empty", path)
    return (Message(Sender.customer, text[start:end]),)


def _messages(text: str, spoken: list[tuple[Sender, int, int]]) -> Thread:
    return tuple(Message(sender, text[start:end]) for sender, start, end in spoken)
