"""The slots of a rule's message: `{match}`, the name of a signal, of a fact or of an option."""

from __future__ import annotations

from collections.abc import Mapping

from replylint.late import late

SLOT = late(r"\{([a-z][a-z0-9._-]*)\}")


def unfilled(template: str, options: Mapping[str, object]) -> str:
    """A template for who has no draft at hand: an ellipsis for what a draft fills in, the value of an option."""
    return SLOT.sub(lambda slot: str(options.get(slot[1], "…")), template)
