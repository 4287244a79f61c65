"""The format `full`: for people at a terminal. The words, why here, what instead, and who advises it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from replylint.model import Level
from replylint.reporters import Entry, Judged, Options, Summary, count_line, who
from replylint.reporters.escaping import logged, one_line

_STYLES = {
    Level.error: "bold red",
    Level.warning: "bold dark_orange3",
    Level.suggestion: "bold turquoise4",
}  # to be read on white and on black
_INDENT = 2


def console_for(out: TextIO, color: str) -> Console:
    """A console that never reads markup in what it prints."""
    forced = {"always": True, "never": False}.get(color)
    return Console(
        file=out, markup=False, emoji=False, highlight=False, soft_wrap=False, force_terminal=forced,
        no_color=True if color == "never" else None,
    )  # fmt: skip


def write_full(judged: Iterable[Judged], summary: Summary, out: TextIO, options: Options) -> None:
    console = console_for(out, options.color)
    for one in judged:
        for entry in one.visible(options.min_level):
            _show(console, one, entry)
        if options.verbose:
            _show_rest(console, one)
    if not options.quiet:
        console.print(Text(count_line(summary, options), style="bold" if any(summary.levels.values()) else "green"))


def _show(console: Console, judged: Judged, entry: Entry) -> None:
    finding = entry.finding
    head = Text()
    head.append(f"{finding.level.name} ", _STYLES[finding.level])
    head.append(finding.rule, "bold")
    head.append(f"  {one_line(judged.located.path)}:{entry.start[0]}:{entry.start[1]}", "dim")
    if finding.id and finding.id != judged.located.key:
        head.append(f"  {one_line(finding.id)}", "dim")
    console.print(head)
    if finding.span:
        _quote(console, logged(judged.text()), finding.span.start, finding.span.end, _STYLES[finding.level])
    _paragraph(console, "", one_line(finding.message))
    _paragraph(console, "Instead: ", one_line(finding.instead))
    _paragraph(console, "Advised by: ", who(finding.source))
    if finding.also:
        _paragraph(console, "Also: ", ", ".join(finding.also))
    console.print()


def _quote(console: Console, text: str, start: int, end: int, style: str) -> None:
    """The line of the draft with the words underlined, cut to the width of the console around them."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    last = len(text) if last < 0 else last
    line, start, end = text[first:last].replace("\t", " "), start - first, min(end, last) - first
    width = max(30, console.width - 2 * _INDENT - 2)
    if cell_len(line) > width:
        room = max(0, (width - (end - start)) // 2 - 2)
        left, right = max(0, start - room), min(len(line), max(end, start + 1) + room)
        if left:
            line, start, end, right = "… " + line[left:], start - left + 2, end - left + 2, right - left + 2
        if right < len(line):
            line = line[:right] + " …"
    end = min(end, len(line))
    indent = " " * _INDENT
    quoted = Text(indent + "│ ", "dim")
    quoted.append(line[:start], "default not dim")
    quoted.append(line[start:end], f"{style} not dim underline")
    quoted.append(line[end:], "default not dim")
    console.print(quoted, soft_wrap=True)
    under = Text(indent + "│ " + " " * cell_len(line[:start]), "dim")
    under.append("^" * max(1, cell_len(line[start:end])), style)
    console.print(under, soft_wrap=True)


def _paragraph(console: Console, label: str, text: str) -> None:
    paragraph = Text()
    paragraph.append(label, "bold")
    paragraph.append(text)
    console.print(Padding(paragraph, (0, 0, 0, _INDENT)))


def _show_rest(console: Console, judged: Judged) -> None:
    for missing in judged.result.not_evaluated:
        console.print(Text(f"not evaluated {missing.rule}: needs {one_line(missing.needs)}", "dim"))
    for entry in judged.suppressed():
        console.print(Text(f"suppressed {entry.finding.rule}: {one_line(entry.finding.message)}", "dim"))
