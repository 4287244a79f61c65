"""`replylint schema`: JSON Schemas of the files that replylint reads and writes."""

from __future__ import annotations

from enum import Enum

import typer


class SchemaName(str, Enum):
    rule = "rule"
    signal = "signal"
    settings = "settings"
    case = "case"
    conversation = "conversation"
    output = "output"


_NAMES = ", ".join(SchemaName)


def schema(name: SchemaName = typer.Argument(..., metavar="NAME", help=_NAMES)) -> None:
    """Print a JSON Schema.

    Of rule, signal, settings and case files, for completion in an editor, or of the JSON output.

    Example:

      replylint schema settings
    """
    import msgspec

    from replylint.brand import FileShape
    from replylint.cases import CaseShape, ConversationShape
    from replylint.reporters.jsons import ReportOut
    from replylint.rulefile import RuleShape
    from replylint.signals import SignalShape

    shapes = {
        SchemaName.rule: RuleShape,
        SchemaName.signal: SignalShape,
        SchemaName.settings: FileShape,
        SchemaName.case: CaseShape,
        SchemaName.conversation: ConversationShape,
        SchemaName.output: ReportOut,
    }
    found = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(shapes[name])}
    print(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
