"""What the commands share: settings and rules for a path, drafts from paths, stdin and options, choice of rules."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec

from replylint.brand import Item, brand_of, check_rules, find_settings, merged, read_layers
from replylint.cache import Cache
from replylint.documents import Piped, read_text, whole
from replylint.errors import InputError, listing, nearest
from replylint.facts import CHANNELS, FACTS
from replylint.model import Brand, Kind, Message, Rulebook, Sender, Thread
from replylint.notices import NOTICES
from replylint.plugins import pack
from replylint.rulebook import load_rulebook
from replylint.sources import Located
from replylint.sources.files import read_path, read_piped, read_stdin, read_thread

if TYPE_CHECKING:
    from replylint.sources.discovery import Wanted

STDIN = "-"


class Request(msgspec.Struct, frozen=True):
    """What the options say of the drafts."""

    paths: tuple[str, ...] = ()
    to: str | None = None
    to_file: Path | None = None
    thread: Path | None = None
    channel: str | None = None
    public: bool | None = None
    received_at: str | None = None
    now: str | None = None
    kind: Kind | None = None
    config: Path | None = None
    isolated: bool = False
    exclude: tuple[str, ...] = ()
    stdin_filename: str = ""
    allow_empty: bool = False
    force_exclude: bool = False
    cache: Cache | None = None
    stdin: str = ""  # what it says, where it has been read already
    jobs: int | None = None  # processes; None: as many as there are cores, where there is enough to do
    examples: bool = False  # whether the rules come with theirs


class Settings:
    """The settings and the rulebook in force for a path; each settings file is read once."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._none = Brand()  # one and the same for all paths: what is judged with the same settings is judged together
        self._layers = lru_cache(None)(read_layers)
        self._found = lru_cache(None)(lambda folder: find_settings(folder.resolve()))

    def for_path(self, path: str) -> Brand:
        """Of a file that is linted; stdin's are those of the working folder."""
        linted = Path(path) if path not in (STDIN, "") else None
        return self._brand(linted.parent if linted else Path.cwd(), linted)

    def for_folder(self, folder: Path) -> Brand:
        return self._brand(folder, None)

    def _brand(self, folder: Path, linted: Path | None) -> Brand:
        path = None if self._request.isolated else self._request.config or self._found(folder)
        if path is None:
            return self._none
        layers = self._layers(path)
        asked = linted if any("overrides" in (layer.data or ()) for layer in layers) else None
        return self._checked(path, asked)

    @lru_cache(1024)  # noqa: B019 (lives as long as the command)
    def _checked(self, path: Path, linted: Path | None) -> Brand:
        items = merged(self._layers(path), linted)
        brand = brand_of(items, str(path))
        check_packs(brand, items)
        options = {rule.id: set(rule.options) for rule in self.rulebook(brand).rules}
        check_rules(brand, {**options, **{id: set() for id in NOTICES}})
        return brand

    def rulebook(self, brand: Brand) -> Rulebook:
        return rulebook_of(brand.rule_paths, brand.packs, brand.language, self._request.cache, self._request.examples)


@lru_cache(4)
def rulebook_of(
    folders: tuple[str, ...], packs: tuple[str, ...], language: str, cache: Cache | None, examples: bool
) -> Rulebook:
    """The rulebook of these settings, loaded once in each process."""
    return load_rulebook(folders, language, cache=cache, examples=examples, packs=packs)


def check_packs(brand: Brand, items: Mapping[str, Item]) -> None:
    """Raises InputError, with the place in the settings, for a rule pack that can't be had."""
    name = ""
    try:
        for name in brand.packs:
            pack(name)
    except InputError as error:
        item = items["packs"]
        raise item.document.error(error.message, (*item.place, brand.packs.index(name))) from None


def located_drafts(request: Request, settings: Settings) -> Iterator[tuple[Located, Brand]]:
    """Every draft that was asked for, with the settings in force for it."""
    complete = completer(request, settings)
    for located, brand in _from_paths(request, settings):
        yield complete(located, brand), brand


def completer(request: Request, settings: Settings) -> Callable[[Located, Brand], Located]:
    """Adds to a draft what the options and the settings say of it."""
    if request.channel is not None and request.channel not in CHANNELS:
        raise InputError(
            f'found the channel "{request.channel}"; known are {listing(CHANNELS, 30)}{nearest(request.channel, CHANNELS)}'
        )
    given = _given_thread(request)
    received, now = time_of(request.received_at, "--received-at"), time_of(request.now, "--now")

    def complete(located: Located, brand: Brand) -> Located:
        _check_given(located, settings, brand)
        draft = located.draft
        thread = given if given is not None else draft.thread
        if thread and received and located.scope == "draft":
            thread = _received(thread, received)
        public = draft.public if request.public is None else request.public
        kind = (
            request.kind
            or ("draft" if given is not None else brand.kind if _is_library_file(located) else None)
            or draft.kind
        )
        changed = msgspec.structs.replace(
            draft,
            thread=thread,
            channel=request.channel or draft.channel or brand.channel,
            public=public,
            at=draft.at or now,
            kind=kind,
        )
        return msgspec.structs.replace(located, draft=changed)

    return complete


def _check_given(located: Located, settings: Settings, brand: Brand) -> None:
    """Raises InputError where a macro's own `context:` names what no condition knows."""
    about = located.about
    for name, _ in located.draft.given:
        known = {*settings.rulebook(brand).signals, *FACTS}
        if name not in known and about.document is not None:
            message = f'found "{name}", which no condition knows{nearest(name, known)}; `replylint signals` lists them'
            raise about.document.error_at_key(message, (*about.own, "context", name))


def _is_library_file(located: Located) -> bool:
    """A text of no conversation, from a file: what the settings' `kind` is about."""
    return located.draft.thread is None and located.path != STDIN


def _given_thread(request: Request) -> Thread | None:
    given = [name for name in ("to", "to_file", "thread") if getattr(request, name) is not None]
    if len(given) > 1:
        raise InputError(f"found {' and '.join('--' + name.replace('_', '-') for name in given)}; give one of them")
    if request.thread is not None:
        return read_thread(request.thread)
    said = request.to if request.to is not None else read_text(request.to_file).strip() if request.to_file else None
    if said is None:
        return None
    if not said.strip():
        raise InputError("the customer's message is empty; leave --to out where it is not known")
    return (Message(Sender.customer, _as_typed(said)),)


def _as_typed(text: str) -> str:
    """What came on the command line, also where the terminal says ASCII and sends UTF-8."""
    try:
        return os.fsencode(text).decode()
    except UnicodeError:
        return whole(text)


def _received(thread: Thread, at: datetime) -> Thread:
    last = max((i for i, m in enumerate(thread) if m.sender == Sender.customer), default=None)
    return tuple(msgspec.structs.replace(m, at=at) if i == last else m for i, m in enumerate(thread))


def time_of(text: str | None, option: str) -> datetime | None:
    """A time in RFC 3339; without an offset it is UTC."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00").replace("z", "+00:00"))
    except ValueError:
        raise InputError(f'{option}: found "{text}"; expected a time such as 2026-11-22T09:00:00Z') from None
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)


def _from_paths(request: Request, settings: Settings) -> Iterator[tuple[Located, Brand]]:
    if asks_stdin(request):
        name = request.stdin_filename or STDIN
        brand = settings.for_path(name)
        if request.stdin:
            drafts = read_stdin(request.stdin, name, brand.fields)
        else:
            drafts = read_piped(cast("Piped", sys.stdin.buffer), name, brand.fields)
        yield from ((located, brand) for located in drafts)
        if not request.paths:
            return
    broken: list[InputError] = []
    for path, named in files_of(request, settings):
        brand = settings.for_path(str(path))
        try:
            for located in read_path(path, brand.fields, named):
                yield located, brand
        except InputError as error:  # the other files are read all the same
            broken.append(error)
    if broken:
        raise broken[0] if len(broken) == 1 else InputError("\n".join(map(str, broken)))


def asks_stdin(request: Request) -> bool:
    """Whether the draft comes on stdin: named, or a customer's message alone was given."""
    given = request.to is not None or request.to_file or request.thread
    return STDIN in request.paths or (not request.paths and bool(given))


def files_of(request: Request, settings: Settings) -> list[Wanted]:
    """The files that were asked for. Raises InputError where there are none and nothing else to lint."""
    from replylint.sources.discovery import discover, holds_replies

    named = [Path(path) for path in request.paths if path != STDIN]
    if STDIN in request.paths and not named:
        return []
    here = Path.cwd()
    brand = settings.for_folder(here)
    brand = msgspec.structs.replace(brand, exclude=(*brand.exclude, *request.exclude))
    found = discover(named, brand, _root(brand, here), request.force_exclude)
    files = [one for one in found if one.named or holds_replies(one, settings.for_path(str(one.path)))]
    if files or request.allow_empty:
        return files
    if named:
        raise InputError(
            f"nothing to lint in {listing(map(str, named))}: no library of replies, or all of it is excluded"
        )
    raise InputError(
        "nothing to lint: name a file or a folder, `-` for stdin, or the library's files under `files:` in .replylint.yaml"
    )


def repository() -> str:
    """The folder from which CI systems want their paths: the one that they name, else that of the git repository."""
    named = os.environ.get("CI_PROJECT_DIR") or os.environ.get("GITHUB_WORKSPACE")
    here = Path.cwd()
    if named and here.is_relative_to(Path(named).resolve()):
        return named
    return str(next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here))


def _root(brand: Brand, here: Path) -> Path:
    """The settings' folder; the working folder as an empty path, so that files below it are named as a user would."""
    folder = Path(brand.path).parent.resolve() if brand.path else here
    return Path() if folder == here else folder


def chosen_rules(
    rulebook: Rulebook, brand: Brand, select: Sequence[str], ignore: Sequence[str], extend: Sequence[str]
) -> frozenset[str]:
    """The ids of the rules and notices to run: what they and the settings say, or the options. Takes rules, themes and `all`."""
    wanted, dropped, more = (_ids(rulebook, words) for words in (select, ignore, extend))
    if not select:
        on = {rule.id: rule.on for rule in rulebook.rules} | dict.fromkeys(NOTICES, True)
        wanted = {id for id, is_on in on.items() if (brand.rules[id].on if id in brand.rules else is_on)}
    return frozenset((wanted | more) - dropped)


def _ids(rulebook: Rulebook, words: Sequence[str]) -> set[str]:
    found: set[str] = set()
    themes = {rule.theme for rule in rulebook.rules}
    for word in (part.strip() for given in words for part in given.split(",")):
        chosen = {rule.id for rule in rulebook.rules if word in (rule.id, rule.theme, "all")}
        chosen |= {id for id in NOTICES if word in (id, "all")}
        if not word or not (chosen or word in themes):
            known = (*(rule.id for rule in rulebook.rules), *NOTICES, *sorted(themes), "all")
            raise InputError(
                f'found "{word}", which is no rule or theme{nearest(word, known)}; `replylint rules` lists them'
            )
        found |= chosen
    return found
