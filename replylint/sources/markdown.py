"""Markdown: a library of replies under titles, or one reply with front matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct

from replylint.model import Draft, Kind
from replylint.sources import DRAFT, About, Lines, Located
from replylint.sources.front_matter import blank, front_matter
from replylint.sources.html import is_html, render
from replylint.sources.mapping import Mapping
from replylint.sources.texts import trimmed

_SUMMARY = re.compile(r"<summary>\s*(?:<[^<>]*>)*([^<>]+)(?:<[^<>]*>)*\s*</summary>")
_QUOTE_MARK = re.compile(r"^[ ]{0,3}> ?", re.M)
_PROSE = frozenset(
    {"", "text", "txt", "plain", "plaintext", "md", "markdown", "html", "email", "reply", "liquid"}
)  # of fences
_LONGEST_TITLE = 100
_FEWEST_TITLES = 2  # so many make a library of list items, bold lines or sections


class Block(Struct, frozen=True):
    """A block at the top of the document. `title`: what it says, if it can be one; `level`: of a heading."""

    type: str
    start: int
    end: int
    title: str = ""
    level: int = 0
    info: str = ""


class Reply(NamedTuple):
    """Where a reply stands. `drop`: what begins its lines and is no part of it."""

    title: str
    start: int
    end: int
    drop: re.Pattern[str] | None = None


def read_markdown(text: str, path: str, kind: Kind = "draft") -> Iterator[Located]:
    """The replies of a library; a file without titles, or with front matter, is one reply, of that kind if nothing tells."""
    lines = Lines(text)
    matter = front_matter(text, path)
    known, start = (matter.about, matter.end) if matter else (About(), 0)
    blocks = [] if known.title else _blocks(blank(text[:start]) + text[start:])
    replies = list(_replies(blocks))
    if not replies:
        if [bool(block.level) for block in blocks[:2]] == [True, False] and sum(
            block.level > 0 for block in blocks
        ) == 1:
            known, start = About(blocks[0].title, blocks[0].title), blocks[1].start
        words, maps = _draft(text, Reply("", start, len(text)))
        kind = "macro" if matter and matter.is_data else kind
        draft = Draft(words, known.id, kind, given=tuple(known.context.items()))
        yield Located(draft, path, "draft", lines, maps, title=known.title, about=known)
    for number, reply in enumerate(replies):
        words, maps = _draft(text, reply)
        named = About(reply.title, reply.title)
        draft = Draft(words, reply.title, "macro")
        yield Located(draft, path, f"reply[{number}]", lines, maps, title=reply.title, about=named)


def _draft(text: str, reply: Reply) -> tuple[str, Callable[[], dict[int, Mapping]]]:
    start, end = trimmed(text, reply.start, reply.end)
    raw, mapping = text[start:end], Mapping(start, written=("markdown",))
    if reply.drop:
        marks = list(reply.drop.finditer(raw))
        keep = [True] * len(raw)
        for mark in marks:
            keep[mark.start() : mark.end()] = [False] * len(mark[0])
        kept = [at for at, is_kept in enumerate(keep) if is_kept]
        raw = "".join(raw[at] for at in kept)
        mapping = Mapping(start, [start + at for at in kept], [start + at + 1 for at in kept], ("markdown",))
    if not is_html(raw):
        return raw, lambda: {DRAFT: mapping}
    rendered = render(raw)
    inner = Mapping(0, rendered.starts, rendered.ends, ("html",))
    return rendered.text, lambda: {DRAFT: inner.within(mapping)}


# --- blocks -------------------------------------------------------------------------------------------------------------


def _blocks(text: str) -> list[Block]:
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text)), len(text)]
    tokens = MarkdownIt("commonmark").parse(text)

    def place(line: int) -> int:
        return starts[min(line, len(starts) - 1)]

    blocks: list[Block] = []
    for index, token in enumerate(tokens):
        if token.level or token.map is None or token.type.endswith("_close"):
            continue
        first, last = token.map
        if token.type == "fence":
            closed = text[place(last - 1) : place(last)].strip().startswith(token.markup)
            blocks.append(
                Block("fence", place(first + 1), place(last - 1 if closed else last), info=token.info.strip())
            )
            continue
        if token.type == "html_block" and token.content.strip() == "</details>":
            continue
        level = int(token.tag[1]) if token.type == "heading_open" else 0
        blocks.append(Block(token.type, place(first), place(last), _title(tokens, index), level))
    return blocks


def _title(tokens: list[Token], index: int) -> str:
    """What a block says if it can be a title: a heading, a list of one short line, a line in bold."""
    token = tokens[index]
    if token.type == "heading_open":
        return tokens[index + 1].content
    if token.type in ("bullet_list_open", "ordered_list_open"):
        inside = tokens[index + 1 : index + 6]
        types = [one.type for one in inside]
        words = inside[2].content if types[1:3] == ["paragraph_open", "inline"] else ""
        is_single = types == [
            "list_item_open", "paragraph_open", "inline", "paragraph_close", "list_item_close",
        ] and tokens[index + 6].type == token.type.replace("_open", "_close")  # fmt: skip
        return words if is_single and "\n" not in words and len(words) <= _LONGEST_TITLE else ""
    if token.type == "html_block":
        summary = _SUMMARY.search(token.content)
        return summary[1].strip() if summary else ""
    if token.type == "paragraph_open":
        bold = re.fullmatch(r"(?:\*\*|__)([^*_\n]+)(?:\*\*|__):?", tokens[index + 1].content.strip())
        return bold[1].rstrip(":") if bold else ""
    return ""


def _replies(blocks: list[Block]) -> Iterator[Reply]:
    """Fences under titles; else what stands under titles: list items and bold lines, or headings."""
    fences, title = [], ""
    for block in blocks:
        if block.level:
            title = block.title
        elif block.type == "fence" and title and block.info.split(" ")[0].lower() in _PROSE:
            fences.append(Reply(title, block.start, block.end))
    if fences:
        yield from fences
        return
    filled = [block for block in blocks if block.type != "hr"]
    for types in (("html_block",), ("bullet_list_open", "ordered_list_open"), ("paragraph_open",)):
        found = list(_under(filled, types))
        if len(found) >= _FEWEST_TITLES:
            yield from found
            return
    yield from _sections(filled)


def _under(blocks: list[Block], types: tuple[str, ...]) -> Iterator[Reply]:
    """What stands under each title that is a block of these types, up to the next one or a heading."""

    def is_title(block: Block) -> bool:
        return block.type in types and bool(block.title)

    for index, block in enumerate(blocks):
        if not is_title(block):
            continue
        body = []
        for other in blocks[index + 1 :]:
            if is_title(other) or other.level:
                break
            body.append(other)
        if body:
            yield _reply(block.title, body)


def _sections(blocks: list[Block]) -> Iterator[Reply]:
    """What stands under each heading of the level that most replies have, if there is a heading above them or there are many."""
    levels = [block.level for block, after in pairwise(blocks) if block.level and not after.level]
    if not levels:
        return
    level = max(set(levels), key=lambda one: (levels.count(one), one))
    has_top = any(0 < block.level < level for block in blocks)
    found: list[tuple[str, list[Block]]] = []
    for index, block in enumerate(blocks):
        if block.level != level:
            continue
        body = []
        for other in blocks[index + 1 :]:
            if 0 < other.level <= level:
                break
            body.append(other)
        if body:
            found.append((block.title, body))
    if len(found) >= _FEWEST_TITLES + (not has_top):
        all_quoted = all(body[-1].type == "blockquote_open" for _, body in found)  # under words on when to use them
        yield from (_reply(title, body[-1:] if all_quoted else body) for title, body in found)


def _reply(title: str, body: list[Block]) -> Reply:
    """A body of quoted lines is the quoted text."""
    if all(block.type == "blockquote_open" for block in body):
        return Reply(title, body[0].start, body[-1].end, _QUOTE_MARK)
    return Reply(title, body[0].start, body[-1].end)
