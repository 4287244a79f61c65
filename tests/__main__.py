"""All checks of this repository, in the order in which a mistake is cheapest to find: `python -m tests`."""

import subprocess
import sys

COMMANDS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("replylint", "test"),
    ("pytest", "-n", "auto"),
)

for name, *arguments in COMMANDS:
    print("==", name, *arguments, flush=True)
    if status := subprocess.call([sys.executable, "-m", name, *arguments]):
        sys.exit(status)
