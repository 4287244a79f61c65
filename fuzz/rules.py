"""A coverage-guided fuzz target over what reads rules, signals and settings; wants `pip install atheris`.

    python fuzz/rules.py -max_total_time=60 -max_len=2000 [CORPUS]

Whatever the bytes: rules or settings, or an error that says where.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["replylint"]):
    from replylint.brand import FileShape, brand_from
    from replylint.detectors.plan import ReaderPlan
    from replylint.detectors.reader import Reader
    from replylint.documents import decode, read_yaml
    from replylint.errors import InputError
    from replylint.rulebook import load_rulebook
    from replylint.rulefile import RuleReader
    from replylint.shapes import convert
    from replylint.signals import SignalBuilder

SIGNALS = load_rulebook().signals


def one(data: bytes) -> None:
    """The first byte chooses what the file is, the rest is the file."""
    if not data:
        return
    try:
        document = read_yaml(decode(data[1:], "f.yaml"), "f.yaml")
        if data[0] % 3 == 0:
            RuleReader(document, SIGNALS, ()).rule()
        elif data[0] % 3 == 1:
            builder = SignalBuilder({}, "")
            builder.build("draft.f", document)
            builder.finish()
            plan: ReaderPlan = builder.readers["draft"]
            Reader(plan).read("Please e-mail us. We're on it, Ann!")
        else:
            convert(document.data, FileShape, "the settings", document)
            brand_from(document.data, document)
    except InputError as error:
        assert error.path == "f.yaml"  # noqa: PT017


def main() -> None:
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
