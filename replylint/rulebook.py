"""rules/**/*.yaml -> Rulebook. What was read and checked once is kept as plain data and only assembled the next time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias, TypeVar

import msgspec

from replylint.cache import Cache, code
from replylint.detectors import compose
from replylint.detectors.atoms import Literals
from replylint.detectors.gate import gates, of_one_text, rule_gates
from replylint.detectors.plan import Plan, ReaderPlan
from replylint.detectors.reader import Reader
from replylint.documents import decode, read_bytes
from replylint.errors import InputError, nearest
from replylint.examples import read_texts
from replylint.facts import NEEDED_SIGNALS
from replylint.model import Example, Rule, Rulebook, Side, Signal, Study, TextReading
from replylint.plugins import pack
from replylint.rulefile import RuleReader
from replylint.signals import SignalBuilder

Kept = TypeVar("Kept")
# Folders of rules, each with the pack that it is of, or its own name; the packaged ones with none
Roots: TypeAlias = Mapping[Path, str]
THEMES = tuple(
    "authentic channel empathy get-to-yes manners professional privacy clear time listening threads macros evidence".split()
)
SIDES: tuple[Side, Side] = ("draft", "customer")
SHIPPED = Path(__file__).parent / "data" / "literals.msgpack"  # in a wheel, and not in a checkout
_TEXTS_KEPT = 1024  # a thread is read again for each of its replies
_LONGEST_KEPT = 4096


class SignalEntry(msgspec.Struct, frozen=True):
    about: str
    path: str
    plan: Plan
    hits: tuple[Example, ...] = ()
    misses: tuple[Example, ...] = ()
    todo: tuple[Example, ...] = ()


class Contents(msgspec.Struct):
    """All rules and signals as data, checked. Without their examples they are what the cache keeps."""

    rules: tuple[Rule, ...]
    signals: dict[str, SignalEntry]
    readers: dict[Side, ReaderPlan]


def packaged_rules() -> Path:
    """The folder of the packaged rules: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    return next(folder for folder in (package / "rules", package.parent / "rules") if folder.is_dir())


def load_rulebook(
    folders: Sequence[Path | str] = (),
    language: str = "",
    packaged: bool = True,
    cache: Cache | None = None,
    examples: bool = True,
    packs: Sequence[str] = (),
) -> Rulebook:
    """The packaged rules, those of the packs and of the folders, ready to run; with examples, unless they are not asked for.

    `packs`: names of installed ones. What was read is kept in the `cache`. Raises InputError with the file and line of a mistake.
    """
    roots = dict.fromkeys([packaged_rules()] if packaged else [], "")
    roots |= {one.folder: one.origin for one in map(pack, packs)}
    roots |= {Path(folder): str(folder) for folder in folders}
    files = {path: read_bytes(path) for root in roots for path in _files(root)}
    if cache is None:
        return _assemble(_read(files, roots, language, _shipped_literals()))
    key = _key(files, roots, language, examples)
    contents = cache.get(key, Contents)
    if contents is None:
        contents = _read_anew(files, roots, language, cache)
        if not examples:
            contents = _without_examples(contents)
        cache.put(key, contents)
    return _assemble(contents, key)


def _read_anew(files: Mapping[Path, bytes], roots: Roots, language: str, cache: Cache) -> Contents:
    """As `_read`; what takes longest, the literals of each pattern, is kept apart, for the time when some other rule changes."""
    key = hashlib.sha256(f"{code()}\0literals".encode()).hexdigest()
    literals = cache.get(key, Literals) or _shipped_literals()
    known = len(literals)
    contents = _read(files, roots, language, literals)
    if len(literals) > known:
        cache.put(key, literals)
    return contents


def packed_literals() -> bytes:
    """The literals of each packaged pattern, as a wheel holds them: the same bytes each time."""
    literals: Literals = {}
    root = packaged_rules()
    _read({path: read_bytes(path) for path in _files(root)}, {root: ""}, "", literals)
    return msgspec.msgpack.encode({pattern: [*map(sorted, sets)] for pattern, sets in sorted(literals.items())})


def _shipped_literals() -> Literals:
    return msgspec.msgpack.decode(SHIPPED.read_bytes(), type=Literals) if SHIPPED.exists() else {}


def _files(root: Path) -> list[Path]:
    if not root.is_dir():
        raise InputError("no such folder of rules", str(root))
    return sorted(root.rglob("*.yaml"))


def _key(files: Mapping[Path, bytes], roots: Roots, language: str, examples: bool) -> str:
    """Changes with any rule, any file name, the language, and the version of replylint and of any pack."""
    digest = hashlib.sha256(f"{code()}\0{language}\0{examples}".encode())
    for root, origin in roots.items():
        digest.update(f"\0{root}\0{origin}".encode())
    for path, content in files.items():
        digest.update(b"\0%b\0%b" % (os.fsencode(path), content))
    return digest.hexdigest()


def _assemble(contents: Contents, key: str = "") -> Rulebook:
    """The rulebook of checked contents: finders and readers, and nothing read twice."""
    plans = {name: entry.plan for name, entry in contents.signals.items()}
    needed = gates(plans, contents.readers)
    alone = of_one_text(plans)
    signals = {name: _signal(name, entry, needed.get(name), name in alone) for name, entry in contents.signals.items()}

    @lru_cache(len(SIDES))
    def reader(side: Side) -> Reader:
        return Reader(contents.readers[side])

    def read(text: str, side: Side) -> TextReading:
        return reader(side).read(text)

    kept = lru_cache(_TEXTS_KEPT)(read)
    return Rulebook(
        contents.rules,
        signals,
        lambda text, side: (kept if len(text) < _LONGEST_KEPT else read)(text, side),
        {side: rule_gates(contents.rules, needed, side) for side in SIDES},
        "" if any(plan.installed for plan in contents.readers.values()) else key,  # their code may change
    )


def _signal(name: str, entry: SignalEntry, gate: frozenset[int] | None, of_one_text: bool) -> Signal:
    try:
        find = compose.finder(entry.plan, _side(name))
    except InputError as error:  # a detector that was installed when the file was read
        raise InputError(error.message, entry.path) from None
    return Signal(name, entry.about, entry.path, find, gate, of_one_text, entry.hits, entry.misses, entry.todo)


def _side(name: str) -> Side:
    return "draft" if name.startswith("draft.") else "customer"


def _without_examples(contents: Contents) -> Contents:
    return Contents(
        tuple(msgspec.structs.replace(rule, bad=(), good=(), todo=()) for rule in contents.rules),
        {name: SignalEntry(entry.about, entry.path, entry.plan) for name, entry in contents.signals.items()},
        contents.readers,
    )


# --- reading the files ------------------------------------------------------------------------------------------


def _read(files: Mapping[Path, bytes], roots: Roots, language: str, literals: Literals) -> Contents:
    """Everything read and checked. An error in a pack names it, so that it is told to whom it concerns."""
    texts = {path: decode(content, str(path)) for path, content in files.items()}
    try:
        return _checked(texts, roots, language, literals)
    except InputError as error:
        root = next((root for root in Path(error.path).parents if root in roots), Path())
        if roots.get(root, "") in ("", str(root)):
            raise
        message = f"{error.message} (in the rule pack {roots[root]})"
        raise InputError(message, error.path, error.line, error.column) from None


def _checked(texts: Mapping[Path, str], roots: Roots, language: str, literals: Literals) -> Contents:
    builder = SignalBuilder(_lists(texts, roots, "words.yaml", list[str]), language, literals)
    signals = dict(_signals(texts, roots, builder))
    builder.finish()
    for name in NEEDED_SIGNALS:
        if name not in signals:
            raise InputError(f'the signal "{name}", which facts rest on, is missing', str(next(iter(roots))))
    rules = tuple(_rules(texts, roots, signals, builder.contextual, _lists(texts, roots, "research.yaml", Study)))
    _check_covers(rules)
    return Contents(rules, signals, builder.readers)


def _lists(texts: Mapping[Path, str], roots: Iterable[Path], name: str, kind: type[Kept]) -> dict[str, Kept]:
    """What all rule files share, by its names: the lists of words, the studies."""
    from replylint.yamls import read_yaml

    found: dict[str, Kept] = {}
    for path in (root / name for root in roots):
        if path in texts:
            document = read_yaml(texts[path], str(path))
            try:
                more = msgspec.convert(document.data, dict[str, kind])  # type: ignore[valid-type]
            except msgspec.ValidationError as error:
                raise document.error(f"{name} is a mapping of names: {error}") from None
            for word in more.keys() & found:  # in place of the packaged list it would change what packaged rules find
                raise document.error_at_key(f'"{word}" stands in another {name} already', (word,))
            found |= more
    return found


def _signals(
    texts: Mapping[Path, str], roots: Iterable[Path], builder: SignalBuilder
) -> Iterable[tuple[str, SignalEntry]]:
    from replylint.yamls import read_yaml

    seen: dict[str, Path] = {}
    places = [(side, path) for root in roots for side in SIDES for path in _in(texts, root / "signals" / side)]
    for side, path in places:
        name = f"{side}.{path.stem}"
        _once(name, "signal", path, seen)
        document = read_yaml(texts[path], str(path))
        shape, plan = builder.build(name, document)
        hits, misses, todo = (
            read_texts(getattr(shape, key), side, document, (key,)) for key in ("hits", "misses", "todo")
        )
        yield name, SignalEntry(shape.about, str(path), plan, hits, misses, todo)


def _rules(
    texts: Mapping[Path, str],
    roots: Roots,
    signals: Mapping[str, SignalEntry],
    contextual: set[str],
    studies: Mapping[str, Study],
) -> Iterable[Rule]:
    """In the order of the themes; themes of the user's own come last."""
    from replylint.yamls import read_yaml

    seen: dict[str, Path] = {}
    folders = {path.parent for root in roots for path in texts if path.parent.parent == root}
    order = {theme: place for place, theme in enumerate(THEMES)}
    for folder in sorted(folders, key=lambda f: (order.get(f.name, len(order)), f.name, str(f))):
        for path in _in(texts, folder):
            _once(path.stem, "rule", path, seen)
            rule = RuleReader(read_yaml(texts[path], str(path)), signals, contextual, studies).rule()
            yield msgspec.structs.replace(rule, origin=roots[folder.parent])


def _in(texts: Mapping[Path, str], folder: Path) -> list[Path]:
    return [path for path in texts if path.parent == folder]


def _once(name: str, kind: str, path: Path, seen: dict[str, Path]) -> None:
    if name in seen:
        raise InputError(f'the {kind} "{name}" stands in {seen[name]} already', str(path))
    seen[name] = path


def _check_covers(rules: Sequence[Rule]) -> None:
    known = {rule.id for rule in rules}
    for rule in rules:
        for other in rule.covers:
            if other not in known:
                raise InputError(
                    f'`covers` names the rule "{other}", which is not there{nearest(other, known)}', rule.path
                )
