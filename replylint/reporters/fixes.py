"""Fixes as reports offer them: places and replacements in the file, spelt as the file spells them."""

from __future__ import annotations

from replylint.reporters import Entry, Judged, Options
from replylint.sources.rewriting import Change, in_file


def changes(judged: Judged, entry: Entry) -> Change:
    """What the fix of a finding comes to in its file. None where its words are masked, lest filler be written into the
    file, and none for what was sent: that is history.
    """
    found, shown = entry.found.edit, entry.finding.edit
    if found is None or found != shown or judged.located.message_index is not None:
        return ()
    return in_file(judged.located, found)


def offered(judged: Judged, entry: Entry, options: Options) -> Change:
    """The same, as far as `--fix` would write it with the same options."""
    return changes(judged, entry) if entry.finding.fix_is_safe or options.unsafe_fixes else ()
