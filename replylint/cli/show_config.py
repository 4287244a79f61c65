"""`replylint show-config`: the settings in force for a path, and where each comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from replylint.brand import Item


def show_config(
    path: Path | None = typer.Argument(
        None, metavar="[PATH]", help="A file that would be linted; default: the working folder."
    ),
    config: Path | None = typer.Option(
        None, "--config", metavar="FILE", help="The settings file; default: found upward."
    ),
) -> None:
    """Show the settings in force.

    For a path, with the file and line where each of them stands.

    Example:

      replylint show-config macros/late.yaml
    """
    import msgspec

    from replylint.brand import SettingsShape, find_settings, merged, read_layers

    folder = Path.cwd() if path is None else path if path.is_dir() else path.parent
    found = config or find_settings(folder.resolve())
    items = merged(read_layers(found), path) if found else {}
    print(f"# {found}" if found else "# no .replylint.yaml found: the defaults")
    plain = [field for field in msgspec.structs.fields(SettingsShape) if field.encode_name != "rules"]
    for field in plain:
        default = field.default if field.default is not msgspec.NODEFAULT else []
        _show(field.encode_name, items.pop(field.encode_name, None), default)
    for key, item in sorted(items.items()):
        _show(key, item, None)


def _show(key: str, item: Item | None, default: object) -> None:
    import yaml

    from replylint.documents import line_and_column
    from replylint.reporters.escaping import logged

    origin = "default"
    if item:
        line, _ = line_and_column(item.document.text, item.document.node(item.place).start)
        origin = f"{item.document.path}:{line}"
    shown = yaml.safe_dump(item.value if item else default, default_flow_style=True, allow_unicode=True, width=1000)
    print(logged(f"{key}: {shown.removesuffix(chr(10) + '...' + chr(10)).strip()}  # {origin}"))
