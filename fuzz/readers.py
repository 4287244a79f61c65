"""A coverage-guided fuzz target over readers, engine and reporters; wants `pip install atheris`.

python fuzz/readers.py -max_total_time=60 -max_len=2000 [CORPUS]
"""

from __future__ import annotations

import io
import sys

import atheris

with atheris.instrument_imports(include=["replylint"]):
    from replylint.documents import decode
    from replylint.engine import lint
    from replylint.errors import InputError
    from replylint.model import Brand
    from replylint.reporters import Judged, Options, Summary, reporter
    from replylint.rulebook import load_rulebook
    from replylint.sources.files import SUFFIXES, read_named

RULES = load_rulebook()
FORMATS = ("full", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit", "checkstyle", "rdjson")


def one(data: bytes) -> None:
    """The first two bytes choose the file's ending and the report's format, the rest is the file."""
    if len(data) < 2:
        return
    suffix, form = SUFFIXES[data[0] % len(SUFFIXES)], FORMATS[data[1] % len(FORMATS)]
    try:
        drafts = list(read_named(decode(data[2:], "f"), "f", suffix))
    except InputError:
        return
    judged = [Judged(d, lint(d.draft, RULES, Brand()), None, rulebook=RULES) for d in drafts]
    summary = Summary()
    reporter(form)(summary.counting(judged), summary, io.StringIO(), Options())


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
