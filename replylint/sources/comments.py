"""Comments to replylint in library files: `ignore RULE reason=... owner=... until=...`, each for the reply that it stands above."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from replylint.documents import error_at
from replylint.errors import nearest
from replylint.model import Ignore, Span
from replylint.sources import DRAFT, Comment, Lines, Located
from replylint.sources.agreed import agreed

_COMMENT = re.compile(
    r"<!--\s*replylint:\s*(?P<html>[A-Za-z](?:(?!<!--).)*?)-->"
    r"|(?:(?<=[\s'\"])|^)#[ \t]*replylint:[ \t]*(?P<hash>[A-Za-z][^\r\n]*?)(?=\r?$|#[ \t]*replylint:)",
    re.S | re.M,
)
_KEYS = ("reason", "owner", "until")
_KEY = re.compile(r"(?:^|\s)([A-Za-z_]+)=")
_INDENT = re.compile(r"[ \t]*")
_PASSED_OVER = re.compile(r"(?:\s|\\[nrt]|<[^<>]*>)*")
_FENCE_LIKE = ("fence", "code_block")


def attached(drafts: Iterable[Located], lines: Lines, path: str, suffix: str) -> Iterator[Located]:
    """The drafts of a file, or of a part of it, each with the comments that are about it; what is a comment is none of its words."""
    drafts = (_with_key(one) for one in drafts)
    text = lines.text
    found = list(_COMMENT.finditer(text))
    if not found:
        yield from drafts
        return
    located = list(drafts)
    is_yaml, is_markdown = suffix in (".yaml", ".yml"), suffix in (".md", ".markdown")
    words = _scalars(text) if is_yaml else _fences(text) if is_markdown else None
    extents = [_extent(one, lines.offset) for one in located]
    comments: dict[int, list[Comment]] = {}
    hidden: list[Span] = []
    for match in found:
        place = Span(*match.span())
        is_comment = (
            words is not None and bool(match["hash"] if is_yaml else match["html"]) and not _within(place, words)
        )
        if is_comment:
            hidden.append(place)
            ignore = _ignore(match, path, text)
            owner = _owner(place, extents, text)
        elif not _said(match).startswith("ignore "):
            continue  # words
        else:
            ignore = None
            owner = next((i for i, extent in enumerate(extents) if _inside(place, extent, text)), None)
        if owner is not None:
            comments.setdefault(owner, []).append(Comment(place, lines, path, ignore))
    for index, one in enumerate(located):
        own = tuple(c for i in _same_macro(located, index) for c in comments.get(i, ()) if c.ignore or i == index)
        yield msgspec.structs.replace(_without(one, hidden), comments=(*one.comments, *own))


def _with_key(located: Located) -> Located:
    """The draft with what the `replylint:` key beside it ignores."""
    entries = agreed(located.about, located.lines)
    return msgspec.structs.replace(located, comments=entries) if entries else located


def _same_macro(located: list[Located], index: int) -> list[int]:
    """All bodies of one macro: those with the same id."""
    id = located[index].draft.id
    return [i for i, one in enumerate(located) if i == index or (id and one.draft.id == id)]


def _extent(located: Located, start: int = 0) -> Span:
    """From the first to the last character of a draft, in the part of the file that begins at `start`."""
    offset, mapping = located.lines.offset - start, located.maps().get(DRAFT)
    if mapping is None:
        return Span(offset, offset)
    span = mapping.span(Span(0, len(located.draft.text)))
    return Span(offset + span.start, offset + span.end)


def _inside(place: Span, extent: Span, text: str) -> bool:
    """Whether a comment stands in a reply, or at an end of it where a reader of HTML passed over it."""
    gap = text[extent.end : place.start] or text[place.end : extent.start]
    return extent.overlaps(place) or (extent.end > extent.start and bool(_PASSED_OVER.fullmatch(gap)))


def _within(place: Span, stretches: list[Span]) -> bool:
    index = bisect_right(stretches, place.start, key=lambda stretch: stretch.start) - 1
    return index >= 0 and place.start < stretches[index].end


# --- what is a comment, and what is text --------------------------------------------------------------------------------


def _scalars(text: str) -> list[Span]:
    """The values of a YAML file, in which # is a character like others."""
    import yaml

    shift = 1 if text.startswith("\ufeff") else 0
    found: list[Span] = []
    try:
        for token in yaml.scan(text[shift:], Loader=yaml.CSafeLoader):
            if isinstance(token, yaml.ScalarToken):
                start, end = token.start_mark.index + shift, token.end_mark.index + shift
                if token.style in ("|", ">"):  # after the sign a comment may stand
                    start = text.find("\n", start) + 1 or end
                found.append(Span(start, end))
    except yaml.YAMLError:
        return [Span(0, len(text))]
    return found


def _fences(text: str) -> list[Span]:
    """The blocks of a Markdown file that are shown as they are."""
    from markdown_it import MarkdownIt

    starts = [0, *(match.end() for match in re.finditer(r"\n", text)), len(text)]
    tokens = MarkdownIt("commonmark").parse(text)
    maps = [token.map for token in tokens if token.type in _FENCE_LIKE and token.map]
    return [Span(starts[first], starts[min(last, len(starts) - 1)]) for first, last in maps]


def _without(located: Located, hidden: list[Span]) -> Located:
    """A draft in whose text comments are blanks, and nothing at its ends."""
    mapping, offset = located.maps().get(DRAFT), located.lines.offset
    extent = _extent(located)
    mine = [Span(s.start - offset, s.end - offset) for s in hidden if s.overlaps(extent)]
    if mapping is None or not mine:
        return located
    text = located.draft.text
    starts = mapping.starts or range(mapping.base, mapping.base + len(text))
    ends = mapping.ends or range(mapping.base + 1, mapping.base + len(text) + 1)
    blanked = "".join(
        " " if not c.isspace() and _within(Span(at, at + 1), mine) else c for c, at in zip(text, starts, strict=True)
    )
    first = len(blanked) - len(blanked.lstrip())
    last = max(first, len(blanked.rstrip()))
    changed = msgspec.structs.replace(mapping, starts=starts[first:last], ends=ends[first:last])
    others = {index: other for index, other in located.maps().items() if index != DRAFT}
    return msgspec.structs.replace(
        located,
        draft=msgspec.structs.replace(located.draft, text=blanked[first:last]),
        maps=lambda: {DRAFT: changed, **others},
    )


# --- whose it is --------------------------------------------------------------------------------------------------------


def _owner(place: Span, extents: list[Span], text: str) -> int | None:
    """Which draft a comment is about: the one in whose line or text it stands, else the next one.

    After the last line of a macro it is still that macro's if it stands as deep as its keys, and what follows does not.
    """
    line_start, line_end = text.rfind("\n", 0, place.start) + 1, text.find("\n", place.end)
    line = Span(line_start, line_end if line_end >= 0 else len(text))
    beside = bool(text[line.start : place.start].strip())
    order = sorted(range(len(extents)), key=lambda index: extents[index])
    for index in order:
        extent = extents[index]
        if beside and extent.start < line.end and line.start < extent.end:
            return index
        if extent.start < place.start < extent.end and _COMMENT.sub("", text[place.end : extent.end]).strip():
            return index
    following = next((index for index in order if extents[index].start >= place.start), None)
    before = next((index for index in reversed(order) if extents[index].start < place.start), None)
    if following is None or before is None:
        return before if following is None else following
    between = text[line.end : extents[following].start].splitlines()
    depths = [_depth(one) for one in between if one.strip() and not one.lstrip().startswith("#")]
    return before if min(depths, default=0) < _depth(text[line.start : line.end]) else following


def _depth(line: str) -> int:
    found = _INDENT.match(line)
    return found.end() if found else 0


# --- what it says -------------------------------------------------------------------------------------------------------


def _said(match: re.Match[str]) -> str:
    return " ".join((match["html"] or match["hash"]).split())


def _ignore(match: re.Match[str], path: str, text: str) -> Ignore:
    word, _, rest = _said(match).partition(" ")
    keys = list(_KEY.finditer(rest))
    rules = rest[: keys[0].start()] if keys else rest
    values: dict[str, str] = {}
    for key, after in zip(keys, [*keys[1:], None], strict=False):
        if key[1] not in _KEYS:
            raise error_at(
                f'found "{key[1]}="; allowed: {", ".join(_KEYS)}{nearest(key[1], _KEYS)}', path, text, match.start()
            )
        values[key[1]] = rest[key.end() : after.start() if after else len(rest)].strip().strip("\"'")
    if word != "ignore":
        raise error_at(
            f'found "replylint: {word}"; allowed: ignore{nearest(word, ("ignore",))}', path, text, match.start()
        )
    named = tuple(part for part in re.split(r"[,\s]+", rules) if part)
    if not named:
        raise error_at("an ignore names its rules: replylint: ignore RULE reason=...", path, text, match.start())
    until = None
    if "until" in values:
        try:
            until = date.fromisoformat(values["until"])
        except ValueError:
            message = f"found until={values['until']}; expected a day such as 2027-01-31"
            raise error_at(message, path, text, match.start()) from None
    return Ignore(named, "", values.get("reason", ""), values.get("owner", ""), until)
