"""A coverage-guided fuzz target over readers, matcher, engine, fixes and reporters; wants `pip install atheris`.

    python fuzz/readers.py -max_total_time=60 -max_len=2000 [CORPUS]

Whatever the bytes: drafts or a clear error, places inside the text, and a report that its own parser reads and that acts on nobody.
"""

from __future__ import annotations

import io
import json
import sys
from xml.etree import ElementTree

import atheris

with atheris.instrument_imports(include=["replylint"]):
    from replylint.documents import decode
    from replylint.engine import lint
    from replylint.errors import InputError
    from replylint.masking import Mask
    from replylint.model import Brand, Level
    from replylint.reporters import Judged, Options, Summary, reporter
    from replylint.reporters.escaping import harmless
    from replylint.rulebook import load_rulebook
    from replylint.sources.files import SUFFIXES, read_named
    from replylint.sources.rewriting import in_file

RULES = load_rulebook()
FORMATS = ("full", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit", "checkstyle", "rdjson")
PARSERS = {
    **dict.fromkeys(("json", "gitlab", "sarif", "rdjson"), json.loads),
    "jsonl": lambda text: [json.loads(line) for line in text.split("\n")[:-1]],
    **dict.fromkeys(("junit", "checkstyle"), ElementTree.fromstring),
}


def one(data: bytes) -> None:
    """The first three bytes choose the file's ending, the report's format and the options, the rest is the file."""
    if len(data) < 3:
        return
    suffix, form, options = SUFFIXES[data[0] % len(SUFFIXES)], FORMATS[data[1] % len(FORMATS)], data[2]
    try:
        text = decode(data[3:], "f")
        drafts = list(read_named(text, "f", suffix))
    except InputError:
        return
    mask = Mask(()) if options & 1 else None
    judged = [Judged(d, lint(d.draft, RULES, Brand()), mask, rulebook=RULES) for d in drafts]
    for found in judged:
        for finding in found.result.findings:
            start, end = found.located.place(finding)
            assert 0 <= start <= end <= len(text)
            if finding.edit:
                assert all(0 <= edit.start <= edit.end <= len(text) for edit in in_file(found.located, finding.edit))
    summary, out = Summary(), io.StringIO()
    level = Level.suggestion if options & 2 else Level.warning
    reporter(form)(summary.counting(judged), summary, out, Options(level, verbose=bool(options & 4), color="never"))
    shown = out.getvalue()
    assert harmless(shown) == shown
    PARSERS.get(form, str)(shown)


def main() -> None:
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
