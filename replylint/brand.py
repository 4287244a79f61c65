"""The settings of `.replylint.yaml`, read strictly into a Brand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from msgspec import Meta

from replylint.documents import Document, Place, read_text
from replylint.errors import InputError, listing, nearest
from replylint.globs import matches
from replylint.model import Brand, Choice, Fields, Ignore, Kind, Level, Span
from replylint.shapes import convert, keys_of

FILE_NAME = ".replylint.yaml"
_DURATION = re.compile(r"(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?")
HelpDesk = Literal[
    "chatwoot", "discourse", "freescout", "freshdesk", "front", "gorgias", "help-scout", "hubspot", "intercom", "kayako",
    "live-agent", "live-helper-chat", "osticket", "salesforce", "zammad", "zendesk",
]  # fmt: skip
_LEVELS = tuple(level.name for level in Level)


class IgnoreShape(msgspec.Struct, forbid_unknown_fields=True):
    """Findings of one macro that were agreed to be fine."""

    macro: str
    rules: list[str]
    reason: str = ""
    owner: str = ""
    until: date | None = None


class SettingsShape(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What settings may say anywhere."""

    brand: Annotated[str, Meta(description="The brand's name.")] = ""
    handles: Annotated[list[str], Meta(description="Its accounts; they are never a customer's name or data.")] = []
    products: Annotated[list[str], Meta(description="Names of its products; they are no typos.")] = []
    contacts: Annotated[
        list[str], Meta(description="Published phone numbers and addresses; they are no personal data.")
    ] = []
    competitors: Annotated[list[str], Meta(description="Names that `competitor-talk` objects to.")] = []
    banned: Annotated[list[str], Meta(description="Words that `banned-words` objects to.")] = []
    voice: Annotated[
        Literal["casual", "formal"] | None, Meta(description="How the brand speaks; left out: casual-professional.")
    ] = None
    signs: Annotated[
        str | bool | None, Meta(description="An example of how agents sign, such as ^JM; false: they don't.")
    ] = None
    serves_here: Annotated[bool | None, Meta(description="False: this channel only tells people where to go.")] = None
    channel: Annotated[str | None, Meta(description="The channel of what does not name its own.")] = None
    response_target: Annotated[str | None, Meta(description="How soon a customer is answered: 30m, 2h, 1d.")] = None
    reading_grade: Annotated[float, Meta(description="The school grade past which `hard-to-read` speaks.")] = 10
    length: Annotated[
        int | None,
        Meta(description="The most characters of a reply, where the brand wants fewer than the channel takes."),
    ] = None
    files: Annotated[list[str], Meta(description="Globs of what `check` lints without a path.")] = []
    kind: Annotated[Kind | None, Meta(description="What the files hold: drafts or macros.")] = None
    exclude: Annotated[list[str], Meta(description="What is never linted, as in .gitignore.")] = []
    ignore: Annotated[list[IgnoreShape], Meta(description="Findings that were agreed to be fine.")] = []
    rules_as_of: Annotated[
        str, Meta(description="The version whose rules count in full; newer ones are only suggestions.")
    ] = ""
    rules: Annotated[dict[str, Any], Meta(description="By rule: off, on, a level, or options.")] = {}
    rule_paths: Annotated[list[str], Meta(description="Folders of the team's own rules and signals.")] = []
    packs: Annotated[list[str], Meta(description="Installed rule packs, by name.")] = []
    language: Annotated[str, Meta(description="A trained spaCy pipeline that is installed.")] = ""
    help_desk: Annotated[HelpDesk | None, Meta(description="The help desk whose placeholders are right.")] = None
    fields: Annotated[Fields | None, Meta(description="Where things stand in a file of no known shape.")] = None
    baseline: Annotated[
        str, Meta(description="The file of findings that were there when an old library was taken on.")
    ] = ""


class OverrideShape(SettingsShape, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Settings for some files; `files` says which, as globs from the folder of the settings."""

    files: str | list[str]  # type: ignore[assignment]


class FileShape(SettingsShape, forbid_unknown_fields=True, omit_defaults=True):
    """What `.replylint.yaml` may say; every key is optional."""

    extends: Annotated[str, Meta(description="Another settings file of this project, on which this one builds.")] = ""
    overrides: Annotated[list[OverrideShape], Meta(description="Settings for some of the files.")] = []


class Item(NamedTuple):
    """One setting with the place where it stands."""

    value: Any
    document: Document
    place: Place


def read_layers(path: Path | str) -> list[Document]:
    """The settings file after those that it extends. What is extended stands inside the project."""
    from replylint.yamls import read_yaml

    found: list[Document] = []
    seen: set[Path] = set()
    here = Path(path)
    while True:
        document = read_yaml(read_text(here), str(here))
        found.insert(0, document)
        seen.add(here.resolve())
        shape = (
            convert(document.data, FileShape, "the settings", document) if document.data is not None else FileShape()
        )
        if not shape.extends:
            return found
        here = here.parent / shape.extends
        if here.resolve() in seen:
            raise document.error(f'"{shape.extends}" extends this file in turn', ("extends",))
        if not here.resolve().is_relative_to(_project(Path(path))):
            raise document.error(
                f'found "{shape.extends}"; only a file inside the project can be extended', ("extends",)
            )


def _project(path: Path) -> Path:
    """The folder of the repository that a settings file belongs to, else its own folder."""
    folder = path.resolve().parent
    return next((parent for parent in (folder, *folder.parents) if (parent / ".git").exists()), folder)


def merged(layers: Sequence[Document], linted: Path | None = None) -> dict[str, Item]:
    """Every setting in force with its place; later files come before earlier ones, and overrides that match before both.

    A setting of one rule is named `rules.RULE`. `linted`: the file for which the settings are asked.
    """
    found: dict[str, Item] = {}
    for document in layers:
        data = document.data or {}
        found |= _items(data, document, ())
        for index, override in enumerate(data.get("overrides", ())):
            globs = [override["files"]] if isinstance(override["files"], str) else override["files"]
            if linted is not None and matches(linted, globs, Path(document.path).parent):
                found |= _items({k: v for k, v in override.items() if k != "files"}, document, ("overrides", index))
    return found


def _items(data: dict[str, Any], document: Document, place: Place) -> dict[str, Item]:
    items = {k: Item(v, document, (*place, k)) for k, v in data.items() if k not in ("extends", "overrides", "rules")}
    rules = data.get("rules", {})
    return items | {f"rules.{rule}": Item(v, document, (*place, "rules", rule)) for rule, v in rules.items()}


def find_settings(start: Path) -> Path | None:
    """The nearest settings file, from a folder upward."""
    for folder in (start, *start.parents):
        if (path := folder / FILE_NAME).is_file():
            return path
    return None


def load_brand(path: Path | str, linted: Path | None = None) -> Brand:
    """The settings of one file, and of those that it extends. Raises InputError with line, what was found, what is allowed.

    `linted`: the file for which they are asked; `overrides` that name it are in force.
    """
    return brand_of(merged(read_layers(path), linted), str(path))


def brand_from(data: Any, document: Document, place: Place = ()) -> Brand:
    """A Brand of decoded settings that stand at `place` of a document."""
    convert(data, SettingsShape, "the settings", document, place)
    return brand_of(_items(data, document, place), document.path)


def brand_of(items: Mapping[str, Item], path: str) -> Brand:
    """A Brand of settings whose shape was checked."""
    plain = {key: item.value for key, item in items.items() if not key.startswith("rules.")}
    shape = msgspec.convert(plain, SettingsShape)
    if shape.rules_as_of and not re.fullmatch(r"\d+(\.\d+){0,2}", shape.rules_as_of):
        _, document, place = items["rules_as_of"]
        raise document.error(f'found "{shape.rules_as_of}"; expected a version, as in 0.1.0', place)
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value := getattr(shape, name), list) else value
        for name in keys_of(SettingsShape)
        if name not in ("brand", "voice", "response_target", "ignore", "rules", "rule_paths", "help_desk", "baseline")
    }
    return Brand(
        **values,
        name=shape.brand,
        voice=shape.voice or "",
        help_desk=shape.help_desk or "",
        response_target=_duration(items["response_target"]) if shape.response_target else None,
        ignore=tuple(_agreed(entry, items["ignore"], index) for index, entry in enumerate(shape.ignore)),
        rules={key.removeprefix("rules."): _choice(item) for key, item in items.items() if key.startswith("rules.")},
        rule_paths=_inside_the_project(items["rule_paths"]) if shape.rule_paths else (),
        baseline=str(Path(items["baseline"].document.path).parent / shape.baseline) if shape.baseline else "",
        path=path,
    )


def _inside_the_project(item: Item) -> tuple[str, ...]:
    """The folders of rules that settings name: a library that somebody cloned must not have other files read."""
    here = Path(item.document.path)
    for index, given in enumerate(item.value):
        if not (here.parent / given).resolve().is_relative_to(_project(here)):
            raise item.document.error(
                f'found "{given}"; only a folder inside the project can hold rules', (*item.place, index)
            )
    return tuple(str(here.parent / given) for given in item.value)


def _agreed(entry: IgnoreShape, item: Item, index: int) -> Ignore:
    place = (*item.place, index)
    if not entry.rules:
        raise item.document.error("an ignore names its rules; found none", (*place, "rules"))
    node, text = item.document.node(place), item.document.text
    span = Span(node.start, node.start + len(text[node.start : node.end].rstrip()))
    return Ignore(tuple(entry.rules), entry.macro, entry.reason, entry.owner, entry.until, item.document.path, span)


def _duration(item: Item) -> timedelta:
    text, document, place = item
    found = _DURATION.fullmatch(text.strip())
    if not found or not any(found.groups()):
        raise document.error(f'found "{text}"; expected a time such as 30m, 2h or 1d', place)
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


def _choice(item: Item) -> Choice:
    """`off`, `on`, a level, or a mapping of options (with `level` among them)."""
    value, document, place = item
    if value in ("on", "off"):
        return Choice(on=value == "on")
    if isinstance(value, dict):
        options = dict(value)
        level = options.pop("level", None)
        if level is not None and level not in _LEVELS:
            raise document.error(f'found "{level}"; allowed: {listing(_LEVELS)}', (*place, "level"))
        return Choice(level=Level[level] if level else None, options=options)
    if value in _LEVELS:
        return Choice(level=Level[value])
    allowed = ("on", "off", *_LEVELS)
    raise document.error(
        f'found "{value}"; allowed: {listing(allowed)}, or options{nearest(str(value), allowed)}', place
    )


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
