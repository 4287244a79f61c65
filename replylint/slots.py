"""The slots of a rule's message: `{match}`, the name of a signal, of a fact or of an option."""

from __future__ import annotations

from replylint.late import late
from replylint.model import Rule

SLOT = late(r"\{([a-z][a-z0-9._-]*)\}")


def unfilled(template: str, rule: Rule) -> str:
    """What the rule says to who has no draft at hand: an ellipsis for what a draft fills in, an option's default."""
    defaults = {name: option.default for name, option in rule.options.items()}
    return SLOT.sub(lambda slot: str(defaults.get(slot[1], "…")), template)
