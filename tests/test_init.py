"""`replylint init`: what it finds, what it writes, and that it overwrites nothing; the hooks, the action and the CI steps."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from replylint import __version__
from replylint.brand import load_brand
from replylint.cli import scaffold
from replylint.sources.files import READ
from tests.test_cli import run

TOP = Path(__file__).parent.parent
SHOP = "late:\n  title: Late\n  body: Hi {{ticket.requester.first_name}}, unfortunately you need to call us about your parcel.\n"
TRACKER = (
    "replies:\n- name: Repro\n  body: Thanks for the issue! Please add a minimal reproduction.\n"
    "- name: Dup\n  body: Closing, since there is a pull request for it. Please ask on Stack Overflow.\n"
)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "macros").mkdir()
    (tmp_path / "macros" / "a.yaml").write_text(SHOP)
    (tmp_path / "macros" / "b.yaml").write_text(SHOP.replace("late", "lost"))
    (tmp_path / "settings.yaml").write_text("title: x\nbody: this is no library of ours\n")
    (tmp_path / "README.md").write_text("# Hello\n")
    return tmp_path


def test_a_library_is_found_and_taken_on(repository: Path) -> None:
    done = run("init", "--brand", "Acme: Ltd", cwd=repository)
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[:3] == ["macros/a.yaml: 1 reply (YAML)", "macros/b.yaml: 1 reply (YAML)", "wrote .replylint.yaml"]
    assert said[-1] == "Next: replylint check"
    brand = load_brand(repository / ".replylint.yaml")
    assert (brand.name, brand.files, brand.kind, brand.rules_as_of) == (
        "Acme: Ltd",
        ("macros/*.yaml",),
        "macro",
        __version__,
    )
    assert (brand.channel, brand.serves_here) == (None, None)
    checked = run("check", "--min-level", "suggestion", cwd=repository)
    assert checked.returncode == 0
    assert checked.stdout.startswith("2 drafts checked: nothing to object to (also ")
    (repository / "macros" / "a.yaml").write_text(
        SHOP + "new: 'Dear customer, please be advised that it is late, {name}.'\n"
    )
    assert "scripted-phrase" in run("check", "--min-level", "suggestion", cwd=repository).stdout


def test_an_issue_trackers_replies_may_send_people_elsewhere(repository: Path) -> None:
    (repository / ".github").mkdir()
    (repository / ".github" / "replies.yml").write_text(TRACKER)
    done = run("init", ".github/replies.yml", "--no-baseline", cwd=repository)
    assert "They read like an issue tracker's: `channel: tracker` and `serves_here: false` are set" in done.stdout
    brand = load_brand(repository / ".replylint.yaml")
    assert (brand.channel, brand.serves_here, brand.baseline) == ("tracker", False, "")
    assert "redirect" not in run("check", "--min-level", "suggestion", cwd=repository).stdout


def test_where_only_a_part_is_an_issue_trackers_the_rest_is_not(repository: Path) -> None:
    (repository / "macros" / "issues.yml").write_text(TRACKER)
    run("init", cwd=repository)
    assert load_brand(repository / ".replylint.yaml").channel is None
    assert load_brand(repository / ".replylint.yaml", repository / "macros" / "issues.yml").channel == "tracker"


def test_the_help_desk_is_that_of_the_files(tmp_path: Path) -> None:
    macro = {"title": "Late", "actions": [{"field": "comment_value", "value": "Hi, your parcel is late today."}]}
    (tmp_path / "macros.json").write_text(json.dumps({"macros": [macro]}))
    assert "macros.json: 1 reply (JSON, zendesk)" in run("init", cwd=tmp_path).stdout
    assert load_brand(tmp_path / ".replylint.yaml").help_desk == "zendesk"
    assert not (tmp_path / ".pre-commit-config.yaml").exists()  # no repository


def test_nothing_is_overwritten(repository: Path) -> None:
    (repository / ".replylint.yaml").write_text("brand: Acme\n")
    done = run("init", cwd=repository)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "replylint: .replylint.yaml: is there already; change it by hand, or remove it first\n"


def test_no_library(tmp_path: Path) -> None:
    done = run("init", cwd=tmp_path)
    assert done.returncode == 2
    assert "found no replies in this folder and those in it; name the library's files or folder" in done.stderr


HOOKS = "# mine\nrepos:\n-   repo: https://github.com/x/y  # keep\n    rev: v1\n    hooks: [{id: z}]\nfail_fast: true\n"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_pre_commit_entry_leaves_the_rest_as_it_was(repository: Path, ending: str) -> None:
    path = repository / ".pre-commit-config.yaml"
    path.write_bytes(HOOKS.replace("\n", ending).encode())
    run("init", "--no-baseline", cwd=repository)
    text = path.read_bytes().decode()
    first, second = yaml.safe_load(text)["repos"]
    assert (first["rev"], first["hooks"], second["repo"]) == (
        f"v{__version__}",
        [{"id": "replylint-library"}],
        "https://github.com/x/y",
    )
    start = text.index("- repo: https://github.com/replylint")
    assert text[:start] + text[text.index("-   repo") :] == HOOKS.replace("\n", ending)
    (repository / ".replylint.yaml").unlink()
    assert ".pre-commit-config.yaml has replylint already" in run("init", cwd=repository).stdout


def test_a_list_in_one_line_is_left_to_the_user(repository: Path) -> None:
    (repository / ".pre-commit-config.yaml").write_text("repos: []\n")
    assert "add to .pre-commit-config.yaml, under repos:\n  - repo: " in run("init", cwd=repository).stdout


@pytest.mark.parametrize(
    ("remote", "option", "path"),
    [
        ("git@gitlab.com:acme/macros.git", "auto", ".gitlab-ci.yml"),
        ("https://github.com/acme/macros", "auto", ".github/workflows/replylint.yml"),
        ("https://github.com/acme/macros", "gitlab", ".gitlab-ci.yml"),
        ("https://github.com/acme/macros", "none", ""),
        ("ssh://git.acme.example/macros", "auto", ""),
    ],
)
def test_the_ci_step(repository: Path, remote: str, option: str, path: str) -> None:
    (repository / ".git" / "config").write_text(f'[remote "origin"]\n\turl = {remote}\n')
    run("init", "--no-baseline", "--ci", option, cwd=repository)
    there = {p for p in (".gitlab-ci.yml", ".github/workflows/replylint.yml") if (repository / p).exists()}
    assert there == ({path} if path else set())
    for written in there:
        assert isinstance(yaml.safe_load((repository / written).read_text()), dict)


def test_a_ci_file_that_is_there_is_left_alone(repository: Path) -> None:
    (repository / ".gitlab-ci.yml").write_text("build: {script: make}\n")
    assert "add to .gitlab-ci.yml:\nreplylint:\n" in run("init", cwd=repository).stdout
    assert (repository / ".gitlab-ci.yml").read_text() == "build: {script: make}\n"


def test_the_readme_shows_the_step_that_init_writes() -> None:
    assert scaffold.GITLAB in (TOP / "README.md").read_text(encoding="utf-8")


def test_hooks_and_action_call_options_that_exist() -> None:
    hooks = {hook["id"]: hook for hook in yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text())}
    action = yaml.safe_load((TOP / "action.yml").read_text())
    scripts = " ".join(step.get("run", "") for step in action["runs"]["steps"])
    helped = run("check", "--help").stdout
    for text in (hooks["replylint"]["entry"], hooks["replylint-library"]["entry"], scripts):
        for option in [word for word in text.replace('"', " ").split() if word.startswith("--") and word != "--quiet"]:
            assert option in helped
    assert hooks["replylint-library"]["pass_filenames"] is False
    read = re.compile(hooks["replylint"]["files"])
    assert [suffix for suffix in READ if suffix and not read.search(f"macros/a{suffix}")] == [".text"]
    assert not read.search("replies.py")
    for name in ("inputs.paths", "inputs.arguments"):  # never pasted into a script
        assert name not in scripts
