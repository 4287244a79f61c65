"""Whom a message speaks to: the brand, or which of several customers; told by handles and names in its text."""

from __future__ import annotations

import re
from collections.abc import Collection

from replylint.model import Message, Sender, Thread

_HANDLE = re.compile(r"(?<![\w.])@(\w+)")
_LEADING = re.compile(r"\s*(?:[.,:]\s*)?@\w+[,:]?\s+(?:(?:[.,:]\s*)?@\w+[,:]?\s+)*")
_NAME = re.compile(r"[^\W\d_][\w'-]+")
_TITLES = frozenset("mr mrs ms miss dr prof sir madam mx cllr and the".split())
_FEWEST_LETTERS = 2


def handles(text: str) -> tuple[str, ...]:
    """The handles in a text, lower case, without their @."""
    return tuple(handle.lower() for handle in _HANDLE.findall(text))


def leading_handles(text: str) -> tuple[str, ...]:
    """Those with which it begins: on a network, whom it answers."""
    found = _LEADING.match(text + " ")
    return handles(found[0]) if found else ()


def names_of(message: Message) -> frozenset[str]:
    """What its author may be called, lower case: handle, name, first name, surname."""
    words = {word.lower() for word in _NAME.findall(message.name)} - _TITLES
    whole = {message.author.lower(), message.name.lower().removeprefix("@")}
    return frozenset(name for name in words | whole if len(name) >= _FEWEST_LETTERS)


def customers(thread: Thread) -> dict[str, frozenset[str]]:
    """The customers of a thread, each with what they may be called."""
    found: dict[str, frozenset[str]] = {}
    for message in thread:
        if message.sender == Sender.customer:
            found[message.author] = found.get(message.author, frozenset()) | names_of(message)
    return found


def addressed(text: str, known: dict[str, frozenset[str]]) -> frozenset[str]:
    """Which of the known customers a text speaks to by handle or name."""
    if len(known) < 2:  # nobody else it could be for
        return frozenset()
    said = {*handles(text), *(word.lower() for word in re.findall(r"\w[\w'-]*", text))}
    whole = text.lower()
    return frozenset(
        author
        for author, names in known.items()
        if any(name in said or (" " in name and name in whole) for name in names)
    )


def is_for(message: Message, author: str, known: dict[str, frozenset[str]]) -> bool:
    """Whether what the brand says is for this customer: for whom it names, else for all who wait."""
    named = addressed(message.text, known)
    return not named or author in named


def speaks_to_us(text: str, ours: Collection[str], others: Collection[str], must_name_us: bool, joins_in: bool) -> bool:
    """Whether a customer's text is for the brand. `must_name_us`: where any post may be about anything.

    `joins_in`: this customer has not had an answer yet in a thread that is another one's.
    """
    leading = leading_handles(text)
    if not leading:
        return not must_name_us or any(_is_ours(handle, ours) for handle in handles(text))
    if joins_in and any(handle in others for handle in leading):
        return False
    return _is_ours(leading[0], ours) or not (ours or any(handle in others for handle in leading))


def _is_ours(handle: str, ours: Collection[str]) -> bool:
    """AcmeHelp is a handle of Acme."""
    return any(handle == name or (len(name) > _FEWEST_LETTERS and name in handle) for name in ours)
