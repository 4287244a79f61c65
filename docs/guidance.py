"""Whose advice the rules are, where it disagrees, and what research measured."""

from __future__ import annotations

from collections.abc import Iterable

from docs.markdown import plain, table, with_links
from replylint.model import Rule, Rulebook, Study


def sources(book: Rulebook) -> str:
    """Each article with the rules that it advises."""
    articles: dict[tuple[str, str, str], list[Rule]] = {}
    for rule in book.rules:
        for source in rule.sources:
            key = (source.author, source.article, source.date)
            if not source.disagrees and rule not in articles.setdefault(key, []):
                articles[key].append(rule)
    rows = (
        [plain(author), plain(f"“{article}”" + (f", {date}" if date else "")), _links(rules)]
        for (author, article, date), rules in sorted(articles.items())
        if rules
    )
    return table(["author", "article", "rules"], rows)


def disagreements(book: Rulebook) -> str:
    """Rules of which an adviser or a study says otherwise."""
    lines = []
    for rule in book.rules:
        for source in rule.sources:
            if source.disagrees:
                point = f", {source.point}" if source.point else ""
                lines.append(f"- {_links([rule])}: {plain(f'{source.author}, “{source.article}”{point}')}\n")
        lines += [
            f"- {_links([rule])}: {plain(study.disagrees)} ({plain(study.authors)}{_year(study)})\n"
            for study in rule.research
            if study.disagrees
        ]
    return "".join(lines)


def research(book: Rulebook) -> str:
    """Each study with what it measured and the rules that name it."""
    studies: dict[tuple[str, str], tuple[Study, list[Rule]]] = {}
    for rule in book.rules:
        for study in rule.research:
            studies.setdefault((study.authors, str(study.year)), (study, []))[1].append(rule)
    rows = (
        [plain(study.authors) + _year(study), plain(study.measured), with_links(study.source), _links(rules)]
        for _, (study, rules) in sorted(studies.items())
    )
    return table(["study", "what it measured", "where", "rules"], rows)


def _year(study: Study) -> str:
    return f", {study.year}" if study.year else ""


def _links(rules: Iterable[Rule]) -> str:
    return ", ".join(f"[{rule.id}](rules/{rule.id}.md)" for rule in rules)
