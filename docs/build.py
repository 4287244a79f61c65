"""All generated text: a page for each rule, the blocks inside pages written by hand, and the picture of a finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from docs import guidance, picture, reference, rules
from replylint.model import Rulebook

TOP = Path(__file__).parent.parent
DOCS = TOP / "docs"
PICTURE = DOCS / "finding.svg"
# Pages of which a part, between <!-- begin NAME --> and <!-- end NAME -->, is generated
PAGES = (TOP / "README.md", *(DOCS / f"{name}.md" for name in ("settings", "writing-rules", "signals", "guidance")))
_BLOCK = re.compile(r"(<!-- begin ([a-z-]+) -->\n).*?(<!-- end \2 -->)", re.S)


def build(book: Rulebook) -> dict[Path, str]:
    """Every generated file with the text that it should have."""
    said = picture.said()
    blocks: Mapping[str, Callable[[Rulebook], str]] = {
        "output": lambda _: f"```\n{said.plain}```\n",
        "settings": lambda _: reference.settings(),
        "facts": lambda _: reference.facts(),
        "signals": reference.signals,
        "sources": guidance.sources,
        "disagreements": guidance.disagreements,
        "research": guidance.research,
    }

    def filled(page: Path) -> str:
        return _BLOCK.sub(
            lambda found: f"{found[1]}\n{blocks[found[2]](book)}\n{found[3]}", page.read_text(encoding="utf-8")
        )

    return {
        **{page: filled(page) for page in PAGES},
        **{DOCS / "rules" / name: text for name, text in rules.pages(book).items()},
        PICTURE: picture.svg(said),
    }


def stale(book: Rulebook) -> list[Path]:
    """Pages of rules that are no more."""
    known = {"index.md", *(f"{rule.id}.md" for rule in book.rules)}
    return [page for page in sorted((DOCS / "rules").glob("*.md")) if page.name not in known]
