"""How a thread went: whether it became private, was tried honestly, was solved, and whether that is told in public."""

from __future__ import annotations

from replylint.addressing import addressed, customers
from replylint.model import FALSE, TRUE, Scene, Sender, Value
from replylint.turns import NO_THREAD, author_of, brand_said, customers_said, said_before


def went_private(scene: Scene) -> Value:
    """A message that is not public, or a request for a DM that the customer took up."""
    return NO_THREAD if scene.draft.thread is None else Value(_private_from(scene) is not None)


def _private_from(scene: Scene) -> int | None:
    """The index of the message with which a case that began in public went private."""
    asked, began_public = False, False
    for index, message, said in said_before(scene):
        if message.public is False:
            if began_public:
                return index
            continue
        began_public = began_public or message.public is True or scene.value("channel.public").truth is not False
        if message.sender == Sender.brand:
            if asked and said.value("draft.dm-notice").truth:
                return index
            asked = asked or bool(said.value("draft.redirect-dm").truth)
        elif asked and said.value("customer.took-up-dm").truth:
            return index
    return None


def resolved(scene: Scene) -> Value:
    """The status says so, or in the last two messages the customer thanks or the brand reports a resolution."""
    if scene.draft.status == "solved":
        return TRUE
    if scene.draft.thread is None:
        return NO_THREAD
    signs = {Sender.brand: "draft.reports-fix", Sender.customer: "customer.solved"}
    last = list(said_before(scene))[-2:]
    return Value(any(said.value(signs[message.sender]).truth for _, message, said in last))


def fixed(scene: Scene) -> Value:
    """The status says that it is solved, the customer that it works, or the brand that it is done; thanks do not."""
    if scene.draft.status == "solved":
        return TRUE
    brand = brand_said(scene, "draft.reports-fix")
    return brand if brand.truth else customers_said(scene, "customer.works-again")


def closed_publicly(scene: Scene) -> Value:
    """After the case went private, the outcome was told by the brand in public, or by the customer and confirmed."""
    if scene.draft.thread is None:
        return NO_THREAD
    private_from = _private_from(scene)
    told = False
    for index, message, said in said_before(scene):
        if private_from is None or index <= private_from or message.public is False:
            continue
        if message.sender == Sender.customer:
            told = told or any(said.value(f"customer.{sign}").truth for sign in ("solved", "praise"))
        elif told or said.value("draft.reports-fix").truth or said.value("draft.tells-outcome").truth:
            return TRUE
    return FALSE


def says_what_fixed(scene: Scene) -> Value:
    """Somewhere in the public thread it stands what solved the matter, said by the brand or by the customer."""
    if scene.draft.thread is None:
        return NO_THREAD
    signs = {
        Sender.brand: ("draft.says-what-fixed", "draft.asks-steps"),
        Sender.customer: ("customer.gave-steps",),
    }
    public = [(message, said) for _, message, said in said_before(scene) if message.public is not False]
    return Value(any(said.value(sign).truth for message, said in public for sign in signs[message.sender]))


def attempts(scene: Scene) -> Value:
    """How often the brand honestly tried to help this customer: stock lines, rebukes and jokes are no try."""
    thread = scene.draft.thread
    if thread is None:
        return NO_THREAD
    author, others, answering, tries = author_of(thread), customers(thread), "", 0
    for _, message, said in said_before(scene):
        if message.sender == Sender.customer:
            answering = message.author
        elif author in (addressed(message.text, others) or {answering}):
            tries += bool(said.value("draft.attempt").truth)
    return Value(True, score=float(tries))
