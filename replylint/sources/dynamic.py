"""Zendesk's dynamic content: texts that macros link to, by the placeholder that stands for them."""

from __future__ import annotations

from collections.abc import Iterable

from replylint.linked import LINK
from replylint.sources import Located
from replylint.sources.vendors import child, says


def texts_by_name(drafts: Iterable[Located]) -> dict[str, str]:
    """The text of each item: of its variants the default one, else the first."""
    found: dict[str, str] = {}
    sure: set[str] = set()
    for located in drafts:
        document, place = located.about.document, located.about.own[:-1]
        if document is None or "variants" not in place:
            continue
        item = document.node(place[: place.index("variants")])
        link = child(item, "placeholder")
        match = LINK.fullmatch(str(link.value).strip()) if link is not None else None
        if match is None:
            continue
        name, variant = match[1], document.node(place)
        locale, default = child(variant, "locale_id"), child(item, "default_locale_id")
        is_default = says(child(variant, "default"), True) or (
            locale is not None and default is not None and locale.value == default.value
        )
        if name not in found or (is_default and name not in sure):
            found[name] = located.draft.text
        if is_default:
            sure.add(name)
    return found
