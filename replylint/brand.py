"""The settings of `.replylint.yaml`, read strictly into a Brand."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Literal

import msgspec

from replylint.documents import Document, Place, read_text, read_yaml
from replylint.errors import InputError, listing, nearest
from replylint.model import Brand, Choice, Ignore, Kind, Level
from replylint.shapes import convert, keys_of

FILE_NAME = ".replylint.yaml"
_DURATION = re.compile(r"(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?")
_LEVELS = tuple(level.name for level in Level)


class IgnoreShape(msgspec.Struct, forbid_unknown_fields=True):
    """Findings of one macro that were agreed to be fine."""

    macro: str
    rules: list[str]
    reason: str = ""
    owner: str = ""
    until: date | None = None


class SettingsShape(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What `.replylint.yaml` may say; every key is optional."""

    brand: str = ""
    handles: list[str] = []
    products: list[str] = []
    contacts: list[str] = []
    competitors: list[str] = []
    banned: list[str] = []
    voice: Literal["casual", "formal"] | None = None
    signs: str | bool | None = None
    serves_here: bool | None = None
    channel: str | None = None
    response_target: str | None = None
    reading_grade: float = 10
    length: int | None = None
    files: list[str] = []
    kind: Kind | None = None
    exclude: list[str] = []
    ignore: list[IgnoreShape] = []
    rules_as_of: str = ""
    rules: dict[str, Any] = {}
    rule_paths: list[str] = []
    language: str = ""


def find_settings(start: Path) -> Path | None:
    """The nearest settings file, from a folder upward."""
    for folder in (start, *start.parents):
        if (path := folder / FILE_NAME).is_file():
            return path
    return None


def load_brand(path: Path | str) -> Brand:
    """The settings of one file. Raises InputError with line, what was found and what is allowed."""
    document = read_yaml(read_text(path), str(path))
    return Brand() if document.data is None else brand_from(document.data, document)


def brand_from(data: Any, document: Document, place: Place = ()) -> Brand:
    """A Brand of decoded settings that stand at `place` of a document."""
    shape = convert(data, SettingsShape, "the settings", document, place)
    if shape.rules_as_of and not re.fullmatch(r"\d+(\.\d+){0,2}", shape.rules_as_of):
        raise document.error(f'found "{shape.rules_as_of}"; expected a version, as in 0.1.0', (*place, "rules_as_of"))
    plain: dict[str, Any] = {
        name: tuple(value) if isinstance(value := getattr(shape, name), list) else value
        for name in keys_of(SettingsShape)
        if name not in ("brand", "voice", "response_target", "ignore", "rules")
    }
    return Brand(
        **plain,
        name=shape.brand,
        voice=shape.voice or "",
        response_target=_duration(shape.response_target, document, (*place, "response_target")),
        ignore=tuple(
            Ignore(tuple(entry.rules), entry.macro, entry.reason, entry.owner, entry.until) for entry in shape.ignore
        ),
        rules={rule: _choice(value, document, (*place, "rules", rule)) for rule, value in shape.rules.items()},
        path=document.path,
    )


def _duration(text: str | None, document: Document, place: Place) -> timedelta | None:
    if text is None:
        return None
    found = _DURATION.fullmatch(text.strip())
    if not found or not any(found.groups()):
        raise document.error(f'found "{text}"; expected a time such as 30m, 2h or 1d', place)
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


def _choice(value: Any, document: Document, place: Place) -> Choice:
    """`off`, `on`, a level, or a mapping of options (with `level` among them)."""
    if value == "off":
        return Choice(on=False)
    if value == "on":
        return Choice()
    if isinstance(value, str):
        if value not in _LEVELS:
            allowed = ("on", "off", *_LEVELS)
            raise document.error(
                f'found "{value}"; allowed: {listing(allowed)}, or options{nearest(value, allowed)}', place
            )
        return Choice(level=Level[value])
    if not isinstance(value, dict):
        raise document.error(f'found "{value}"; expected on, off, a level or options', place)
    options = dict(value)
    level = options.pop("level", None)
    if level is not None and level not in _LEVELS:
        raise document.error(f'found "{level}"; allowed: {listing(_LEVELS)}', (*place, "level"))
    return Choice(level=Level[level] if level else None, options=options)


def check_rules(brand: Brand, rules: dict[str, set[str]]) -> None:
    """Raises InputError where the settings name a rule, or an option of a rule, that is not there."""
    for name in [*brand.rules, *(rule for entry in brand.ignore for rule in entry.rules)]:
        if name not in rules:
            raise InputError(f'found the rule "{name}", which is not known{nearest(name, rules)}', brand.path)
    for name, choice in brand.rules.items():
        for option in choice.options:
            if option not in rules[name]:
                allowed = listing(rules[name]) or "none"
                raise InputError(f'the rule {name} has no option "{option}"; allowed: {allowed}', brand.path)
