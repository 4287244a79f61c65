"""Writes what of the documentation is generated: `python -m docs`."""

from docs.build import build, stale
from replylint.rulebook import load_rulebook

book = load_rulebook()
for path in stale(book):
    path.unlink()
written = 0
for path, text in build(book).items():
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        written += 1
print(f"{written} files written")
