"""The README against the program: its commands run on the examples, its settings and rules load."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from replylint.brand import load_brand
from tests.test_cli import found, run

TOP = Path(__file__).parent.parent
README = (TOP / "README.md").read_text(encoding="utf-8")
BLOCKS = [(token.info, token.content) for token in MarkdownIt().parse(README) if token.type == "fence"]
# What the README says of examples/, with what comes of it
EXAMPLES = {
    "examples/draft.txt": {"hollow-apology"},
    "examples/macros.yaml": {"nameless-customer", "rendering", "cant-language"},
    "examples/saved-replies.md": {"hollow-apology", "vague-timeframe"},
    "examples/cases.yaml": {"channel-redirect-upset", "auto-response", "avoid-politics"},
    "examples/conversation.json": {"close-publicly"},
    "examples/zendesk-macros.json": {"nameless-customer", "cant-language", "vague-timeframe"},
    "examples/house/macros.md": {"no-guys"},
    "examples/formal/drafts.yaml": {"banned-words"},
}


def test_the_first_command_finds_something_in_every_example() -> None:
    assert "check --exit-zero examples/" in README
    done = run("check", "--exit-zero", "examples/", "--output-format", "jsonl", cwd=TOP)
    assert done.returncode == 0, done.stderr
    rules: dict[str, set[str]] = {path: set() for path in EXAMPLES}
    for line in done.stdout.splitlines():
        for path in rules:
            if f'"path":"{path}"' in line.replace('": "', '":"'):
                rules[path] |= set(re.findall(r'"rule": ?"([a-z-]+)"', line))
    assert {path: EXAMPLES[path] - got for path, got in rules.items()} == {path: set() for path in EXAMPLES}


@pytest.mark.parametrize("brand", ["casual", "formal"])
def test_two_brands_judge_the_same_drafts(brand: str) -> None:
    other = {"casual": "formal", "formal": "casual"}
    mine, theirs = (
        (TOP / "examples" / name / "drafts.yaml").read_text().split("\n", 1)[1] for name in (brand, other[brand])
    )
    assert mine == theirs
    done = run(
        "check", f"examples/{brand}/drafts.yaml", "-e", "--output-format", "jsonl", "--min-level", "warning", cwd=TOP
    )
    assert ("robotic-tone" in found(done)) == (brand == "casual")
    assert ("banned-words" in found(done)) == (brand == "formal")


def test_the_house_rule_is_the_one_that_the_readme_shows() -> None:
    rules = [text for language, text in BLOCKS if language == "yaml" and text.startswith("# rules/")]
    assert len(rules) == 2
    for text in rules:
        name, _, content = text.removeprefix("# ").partition("\n")
        assert (TOP / "examples" / "house" / name).read_text(encoding="utf-8") == content
    assert run("test", "examples/house/rules", cwd=TOP).returncode == 0


def test_the_settings_load(tmp_path: Path) -> None:
    (settings,) = (text for language, text in BLOCKS if language == "yaml" and text.startswith("brand:"))
    (tmp_path / ".replylint.yaml").write_text(settings, encoding="utf-8")
    brand = load_brand(tmp_path / ".replylint.yaml")
    assert (brand.voice, brand.fields.reply if brand.fields else "") == ("casual", "say.en")


def test_the_pre_commit_entry_names_a_hook() -> None:
    (entry,) = (yaml.safe_load(text) for language, text in BLOCKS if language == "yaml" and text.startswith("repos:"))
    hooks = {hook["id"] for hook in yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    assert {hook["id"] for hook in entry["repos"][0]["hooks"]} <= hooks


def test_suppressions_shown_are_no_findings(tmp_path: Path) -> None:
    (text,) = (text for _, text in BLOCKS if text.startswith("# replylint: ignore"))
    (tmp_path / "macros.yaml").write_text(text, encoding="utf-8")
    done = run("check", "macros.yaml", "--isolated", "--now", "2026-12-01T00:00:00Z", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "call-us" not in done.stdout


def test_statistics_over_conversations(tmp_path: Path) -> None:
    assert "replylint check conversations.jsonl --statistics" in README
    line = (TOP / "examples" / "conversation.json").read_text(encoding="utf-8").replace("\n", " ")
    (tmp_path / "conversations.jsonl").write_text(f"{line}\n" * 2, encoding="utf-8")
    done = run("check", "conversations.jsonl", "--statistics", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "close-publicly" in done.stdout


def test_commands_on_a_library(tmp_path: Path) -> None:
    """`--diff`, `--fix`, a baseline and `--prune`, as the README tells them, on a copy of examples/."""
    shutil.copytree(TOP / "examples", tmp_path / "macros")
    macro = tmp_path / "macros" / "typo.yaml"
    macro.write_text(
        "late:\n  title: Late\n  body: Hi {{name}}, we recieved your your parcel and it is on its way today.\n",
        encoding="utf-8",
    )
    assert run("check", "--diff", "macros/", cwd=tmp_path).stdout.count("received") == 1
    assert "your your" in macro.read_text(encoding="utf-8")
    run("check", "--fix", "macros/typo.yaml", cwd=tmp_path)
    assert "we received your parcel" in macro.read_text(encoding="utf-8")
    assert run("check", "macros/", "--write-baseline", "--baseline", "b.json", cwd=tmp_path).returncode == 0
    known = run("check", "macros/", "--baseline", "b.json", cwd=tmp_path)
    assert known.returncode == 0, known.stdout
    assert known.stdout.count("\n") == 1
