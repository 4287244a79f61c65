"""What the wheel holds beside the sources: the literals of all packaged patterns, so that no first run has to find them."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LiteralsHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":  # its rules change, and its cache keeps what was found
            return
        sys.path.insert(0, self.root)
        from replylint.rulebook import SHIPPED, packed_literals

        self._folder = tempfile.TemporaryDirectory()
        packed = Path(self._folder.name, SHIPPED.name)
        packed.write_bytes(packed_literals())
        build_data["force_include"][str(packed)] = SHIPPED.relative_to(self.root).as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self._folder.cleanup()
