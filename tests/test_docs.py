"""The documentation: current, without dead links, and saying of the program what is so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import msgspec
import pytest
import yaml
from markdown_it import MarkdownIt

from docs.build import DOCS, PICTURE, TOP, build, stale
from docs.markdown import lines, plain, with_links
from replylint import __version__
from replylint.brand import FileShape
from replylint.cache import cache_of
from replylint.model import Rulebook
from replylint.reporters import HOME
from replylint.rulebook import load_rulebook
from replylint.rulefile import RuleShape
from replylint.signals import PartShape, SignalShape

_HERE = (f"{HOME}/blob/main/", f"{HOME}/tree/main/")
PAGES = sorted([*TOP.glob("*.md"), *DOCS.rglob("*.md"), *TOP.glob("training/*.md")])


def test_what_is_generated_is_current(packaged: Rulebook) -> None:
    """After a change of rules, signals or settings: `python -m docs`."""
    assert stale(packaged) == []
    generated = build(packaged)
    old = [str(path.relative_to(TOP)) for path, text in generated.items() if path != PICTURE and _read(path) != text]
    assert old == []
    shown, wanted = (
        re.sub(r"<style>.*?</style>|<[^>]+>", "", text, flags=re.S).split()
        for text in (_read(PICTURE), generated[PICTURE])
    )
    assert shown == wanted  # what the picture says; how it is drawn is up to the version of rich


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _links(text: str) -> Iterator[str]:
    for block in MarkdownIt().enable("table").parse(text):
        for token in block.children or ():
            target = token.attrs.get("href") or token.attrs.get("src")
            if target:
                yield unquote(str(target))


def _anchors(page: Path) -> set[str]:
    text = _read(page)
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


def test_no_internal_link_is_dead() -> None:
    anchors = {page: _anchors(page) for page in PAGES}
    dead = []
    for page in PAGES:
        for link in _links(_read(page)):
            target, _, anchor = link.partition("#")
            for start in _HERE:
                target = str(TOP / target.removeprefix(start)) if target.startswith(start) else target
            if "://" in target or target.startswith("mailto:"):
                continue
            path = (page.parent / target).resolve() if target else page
            missing = not path.exists()
            if missing or (anchor and path in anchors and anchor not in anchors[path]):
                dead.append(f"{page.relative_to(TOP)}: {link}")
    assert dead == []


def test_mkdocs_names_pages_that_are_there() -> None:
    settings = yaml.safe_load(_read(TOP / "mkdocs.yml"))
    named = {entry if isinstance(entry, str) else next(iter(entry.values())) for entry in settings["nav"]}
    assert named == {"rules/index.md", *(page.name for page in DOCS.glob("*.md"))}


@pytest.mark.parametrize("shape", [RuleShape, SignalShape, PartShape])
def test_the_page_for_rule_authors_names_every_key(shape: type[msgspec.Struct]) -> None:
    text = _read(DOCS / "writing-rules.md")
    missing = [field.encode_name for field in msgspec.structs.fields(shape) if f"`{field.encode_name}`" not in text]
    assert missing == []


def test_the_citation_and_the_changelog_know_the_version() -> None:
    assert yaml.safe_load(_read(TOP / "CITATION.cff"))["version"] == __version__
    assert f"## {__version__}" in _read(TOP / "CHANGELOG.md")


def test_every_setting_says_what_it_is_for() -> None:
    keys = msgspec.json.schema(FileShape)["$defs"]["FileShape"]["properties"]
    assert [key for key, about in keys.items() if not about.get("description")] == []


def _blocks(page: Path, language: str) -> list[str]:
    return [
        token.content for token in MarkdownIt().parse(_read(page)) if token.type == "fence" and token.info == language
    ]


def test_the_code_of_the_library_page_runs(monkeypatch: pytest.MonkeyPatch, packaged: Rulebook) -> None:
    monkeypatch.chdir(TOP)
    monkeypatch.setattr(
        "replylint._loaded",
        lambda paths, packs: load_rulebook(paths, cache=cache_of(False, None)) if paths else packaged,
    )
    said: list[str] = []
    code = _blocks(DOCS / "library.md", "python")
    assert len(code) == 2
    for block in code:
        exec(block, {"print": lambda *words: said.append(" ".join(map(str, words)))})
    assert any(line.startswith("error channel-redirect-upset Span(start=7, end=16) ") for line in said)


@pytest.mark.parametrize("text", ["a*b*", "_x_", "[y](z)", "<b>", "a | b", "`c`", "# d", "&amp;", "~~e~~", "\\f"])
def test_markdown_shows_a_text_as_it_is(text: str) -> None:
    html = MarkdownIt().enable("strikethrough").render(f"x {plain(text)}")
    shown = re.sub(r"<[^>]+>", "", html).strip()
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        shown = shown.replace(entity, char)
    assert shown == f"x {text}"


def test_lines_and_links() -> None:
    assert lines("a\nb *c*") == "a<br>b \\*c\\*"
    assert with_links("Journal, doi 10.1/x_y, 3") == "Journal, doi [10.1/x_y](https://doi.org/10.1/x_y), 3"


def test_the_page_on_extending_shows_the_example_as_it_is() -> None:
    shown = re.findall(r"<!-- (examples/\S+) -->\n\n```\w+\n(.*?)```\n", _read(DOCS / "extending.md"), re.S)
    assert len(shown) == 4
    assert [path for path, text in shown if _read(TOP / path) != text] == []
