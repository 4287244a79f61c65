"""A case (a draft with its conversation) and a conversation as they stand in files and examples, and what they become."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

import msgspec

from replylint.model import Draft, Kind, Message, Sender, Thread

Role = Literal["customer", "brand", "bot", "note", "agent", "system"]
_SENDERS = {"agent": Sender.brand, "system": Sender.bot}


class MessageShape(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One post. `from` may also be called `role`; `agent` means brand, `system` means bot."""

    text: str
    sender: Role | None = msgspec.field(default=None, name="from")
    role: Role | None = None
    name: str = ""
    author: str = ""
    at: datetime | None = None
    public: bool | None = None

    def __post_init__(self) -> None:
        if (self.sender is None) == (self.role is None):
            raise ValueError('a message needs the key "from": customer, brand, bot or note')
        if self.at is not None and self.at.tzinfo is None:
            raise ValueError("a time needs its offset from UTC, as in 2026-11-22T09:00:00Z")

    def message(self) -> Message:
        said = self.sender or self.role or ""
        sender = _SENDERS.get(said) or Sender(said)
        return Message(sender, self.text, self.at, self.public, self.name, self.author)


class CaseShape(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A draft with its conversation. Only `draft` is required; what is missing is unknown."""

    draft: str
    id: str | int = ""
    channel: str | None = None
    public: bool | None = None
    brand: str = ""
    thread: list[MessageShape] | None = None
    at: datetime | None = None
    kind: Kind = "draft"
    labels: Any = None  # what people said of it, and where they differed: kept by files made to measure the tool
    disputed: Any = None

    def as_draft(self) -> Draft:
        thread = None if self.thread is None else tuple(message.message() for message in self.thread)
        return Draft(self.draft, str(self.id), self.kind, thread, self.channel, self.public, self.at, self.brand)


class ConversationShape(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A whole thread, past or open."""

    messages: list[MessageShape]
    id: str | int = ""
    channel: str | None = None
    public: bool | None = None
    brand: str = ""
    status: Literal["open", "solved", ""] = ""

    def thread(self) -> Thread:
        return tuple(message.message() for message in self.messages)

    def whole(self) -> Draft:
        """The conversation as one thread, for rules of that scope."""
        return Draft("", str(self.id), "draft", self.thread(), self.channel, self.public, None, self.brand, self.status)


def replies(conversation: Draft) -> Iterator[tuple[int, Draft]]:
    """Each message of the brand as a draft with what came before it, and its index."""
    thread = conversation.thread or ()
    for index, message in enumerate(thread):
        if message.sender == Sender.brand:
            public = conversation.public if message.public is None else message.public
            yield (
                index,
                msgspec.structs.replace(
                    conversation, text=message.text, thread=thread[:index], public=public, at=message.at, status=""
                ),
            )
