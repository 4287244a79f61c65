"""The command line as a user meets it: output, exit codes, and a clear message for every mistake."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ANGRY = "Third time I ask. This is useless and ridiculous."
REPLY = "So sorry! Please e-mail us at help@acme.example."


def run(
    *arguments: str, stdin: str | bytes = "", cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    import os

    clean = {k: v for k, v in os.environ.items() if k not in ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    raw = stdin if isinstance(stdin, bytes) else stdin.encode()
    done = subprocess.run(
        [sys.executable, "-m", "replylint", *arguments],
        input=raw,
        capture_output=True,
        cwd=cwd,
        env=clean | environment,
    )
    assert b"Traceback" not in done.stderr
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def found(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [json.loads(line)["rule"] for line in done.stdout.splitlines()]


def check(*arguments: str, stdin: str = REPLY, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return run("check", "--output-format", "jsonl", *arguments, stdin=stdin, cwd=cwd)


def test_a_draft_with_the_customers_message(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(REPLY)
    done = run("check", "draft.txt", "--to", ANGRY, "--channel", "x", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith("draft.txt:1:18: error channel-redirect-upset: The customer is upset (“")
    calm = run("check", "draft.txt", "--to", "Do you do gift wrap?", "--channel", "x", cwd=tmp_path)
    assert calm.returncode == 0
    assert "channel-redirect-upset" not in calm.stdout


def test_a_folder_of_texts_full_of_placeholders_may_be_macros(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(
            "Hi {{ticket.requester.first_name}}, it's on its way." if number else REPLY
        )
    hint = "replylint: 3 of 4 drafts hold placeholders. If they are macros, say so: --kind macro, or `kind: macro` in the settings"
    done = run("check", ".", "--isolated", cwd=tmp_path)
    assert hint in done.stderr.splitlines()
    assert done.stdout.count("unfilled-placeholder") == 3
    for quiet in (("--kind", "macro"), ("--quiet",)):
        assert "hold placeholders" not in run("check", ".", "--isolated", *quiet, cwd=tmp_path).stderr
    (tmp_path / "2.txt").unlink()
    assert "hold placeholders" not in run("check", ".", "--isolated", cwd=tmp_path).stderr


def test_the_message_from_a_file_a_thread_or_a_transcript(tmp_path: Path) -> None:
    (tmp_path / "to.txt").write_text(ANGRY + "\n")
    (tmp_path / "thread.json").write_text(json.dumps([{"from": "customer", "text": ANGRY}]))
    for done in (
        check("--to-file", str(tmp_path / "to.txt")),
        check("-", "--thread", str(tmp_path / "thread.json")),
        check("-", stdin=f"Customer: {ANGRY}\nAgent: {REPLY}"),
        check(
            "--stdin-filename",
            "case.json",
            "-",
            stdin=json.dumps({"draft": REPLY, "thread": [{"from": "customer", "text": ANGRY}]}),
        ),
    ):
        assert "channel-redirect-upset" in found(done), done.stderr
        assert done.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 1),
        (("--fail-level", "never"), 0),
        (("--exit-zero",), 0),
        (("--ignore", "channel-redirect-upset"), 0),
        (("--ignore", "channel-redirect-upset", "--fail-level", "warning"), 1),
        (("--select", "manners"), 0),
    ],
)
def test_exit_codes(arguments: tuple[str, ...], code: int) -> None:
    assert check("--to", ANGRY, *arguments).returncode == code


@pytest.mark.parametrize(
    ("arguments", "stdin", "message"),
    [
        (("check", "none.txt"), "", "none.txt: no such file"),
        (
            ("check",),
            "",
            "nothing to lint: name a file or a folder, `-` for stdin, or the library's files under `files:` in .replylint.yaml",
        ),
        (
            ("check", "-", "--select", "chanel"),
            "Hi",
            'found "chanel", which is no rule or theme; did you mean "channel"?; `replylint rules` lists them',
        ),
        (("check", "-", "--channel", "twiter"), "Hi", 'found the channel "twiter"; known are '),
        (("check", "-", "--to", "a", "--to-file", "b"), "Hi", "found --to and --to-file; give one of them"),
        (("check", "-", "--to", "  "), "Hi", "the customer's message is empty; leave --to out where it is not known"),
        (("check", "-", "--now", "soon"), "Hi", '--now: found "soon"; expected a time such as 2026-11-22T09:00:00Z'),
        (("check", "-", "--stdin-filename", "a.json"), '{"draft": ', "a.json:1:11: broken JSON: Expecting value"),
        (
            ("check", "-", "--stdin-filename", "a.yaml"),
            "a: [b\nc: d",
            "a.yaml:2:2: broken YAML: did not find expected ',' or ']'",
        ),
        (("check", "-"), b"caf\xe9", "-:1:4: found the byte 0xe9, which is not UTF-8; save the file as UTF-8"),
        (("check", "-", "--config", "none.yaml"), "Hi", "none.yaml: no such file"),
        (
            ("explain", "chanel-redirect"),
            "",
            'found "chanel-redirect", which is no rule; did you mean "channel-redirect"',
        ),
        (("test", "nowhere"), "", "nowhere: no such folder of rules"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_mistakes_exit_2_with_a_clear_message(
    tmp_path: Path, arguments: tuple[str, ...], stdin: str, message: str
) -> None:
    done = run(*arguments, stdin=stdin, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"replylint: {message}")
    assert done.stdout == ""


def test_an_unknown_option_exits_2() -> None:
    done = run("check", "--selekt", "all")
    assert done.returncode == 2
    assert "--select" in done.stderr


def test_an_empty_draft_is_counted_not_judged() -> None:
    done = run("check", "-", stdin=" \n")
    assert (done.returncode, done.stdout) == (
        0,
        "1 draft checked: nothing to object to (also 1 not evaluated; -v lists them)\n",
    )


def test_ten_megabytes(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_text("We are looking into your parcel. " * 320_000)
    done = run("check", "big.txt", cwd=tmp_path)
    assert done.returncode in (0, 1)
    assert done.stdout.splitlines()[-1].startswith("1 draft checked")


def test_folders_settings_and_agreed_findings(tmp_path: Path) -> None:
    (tmp_path / ".replylint.yaml").write_text(
        "ignore: [{macro: late, rules: [no-email], reason: agreed}]\nrule_paths: [house]\nfiles: ['macros/*.yaml']\n"
        "contacts: [help@acme.example]\nrules: {channel-redirect: off, channel-redirect-upset: off}\n"
    )
    rule = (Path(__file__).parent / "rules" / "channel" / "no-email.yaml").read_text()
    (tmp_path / "house" / "channel").mkdir(parents=True)
    (tmp_path / "house" / "channel" / "no-email.yaml").write_text(rule)
    (tmp_path / "macros").mkdir()
    text = "late: Please e-mail us about it.\nhi: |\n  Hello there {name}.\n  Please e-mail us.\n"
    (tmp_path / "macros" / "m.yaml").write_text(text)
    done = run("check", "--select", "no-email", "--output-format", "json", cwd=tmp_path)
    report = json.loads(done.stdout)
    assert report["summary"]["suppressed"] == 1
    assert [(f["id"], f["start"]["line"], f["start"]["column"]) for f in report["findings"]] == [("hi", 4, 10)]
    assert text[report["findings"][0]["start"]["offset"] : report["findings"][0]["end"]["offset"]] == "e-mail us"


def test_settings_that_name_an_unknown_rule(tmp_path: Path) -> None:
    (tmp_path / ".replylint.yaml").write_text("rules: {channel-redirect-upsett: off}\n")
    done = run("check", "-", stdin="Hi", cwd=tmp_path)
    assert done.returncode == 2
    assert '.replylint.yaml: found the rule "channel-redirect-upsett", which is not known; did you mean' in done.stderr


def test_output_file_statistics_and_github(tmp_path: Path) -> None:
    assert check("--to", ANGRY, "-o", str(tmp_path / "out.jsonl")).stdout == ""
    assert "channel-redirect-upset" in (tmp_path / "out.jsonl").read_text()
    assert "1  channel-redirect-upset" in check("--to", ANGRY, "--statistics").stdout
    github = run("check", "--to", ANGRY, stdin=REPLY, GITHUB_ACTIONS="true")
    assert github.stdout.startswith("::error file=-,line=1,")


def test_personal_data_is_masked_unless_asked() -> None:
    angry = f"{ANGRY} I'm ann.lee@mail.example"
    assert "ann.lee@" not in check("--to", angry, "--min-level", "suggestion").stdout


def test_a_macro_says_what_the_customer_is_like(tmp_path: Path) -> None:
    macro = "- title: Lost bag\n  body: Please e-mail us at help@acme.example. We are looking into it today.\n"
    (tmp_path / "a.yaml").write_text(macro + "  replylint: {context: {customer.upset: true}}\n")
    done = check("a.yaml", "--output-format", "concise", cwd=tmp_path)
    assert "a.yaml:2:16: error channel-redirect-upset: The customer is upset (“as the macro says”)" in done.stdout
    (tmp_path / "a.yaml").write_text(macro + "  replylint: {context: {customer.upsett: true}}\n")
    done = check("a.yaml", "--output-format", "concise", cwd=tmp_path)
    assert done.returncode == 2
    assert (
        'a.yaml:3:25: found "customer.upsett", which no condition knows; did you mean "customer.upset"?' in done.stderr
    )


def test_a_macro_that_is_not_english_is_counted_not_judged(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "title,body\nSpät,Es tut uns leid. Bitte schicken Sie uns eine E-Mail.\nTarde,Lo sentimos mucho por el retraso.\n"
        "Late,Please call us about your parcel.\n",
        encoding="utf-8",
    )
    done = check("a.csv", "--output-format", "concise", "--min-level", "suggestion", cwd=tmp_path)
    assert [line.split(":")[1] for line in done.stdout.splitlines()[:-1]] == ["4"]
    assert "3 drafts checked" in done.stdout
    assert "2 not in English" in done.stdout


def test_a_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"title": ')
    (tmp_path / "b.csv").write_text("title,body\nLate,Please call us. We are sorry for any inconvenience.\n")
    (tmp_path / "c.csv").write_text('title,body\nLate,"Please call us.\n')
    done = check("a.json", "b.csv", "c.csv", "--output-format", "concise", cwd=tmp_path)
    assert done.returncode == 2
    assert "b.csv:2:" in done.stdout
    assert done.stderr.splitlines() == [
        "replylint: a.json:1:11: broken JSON: Expecting value",
        "c.csv:2:6: found a quoted cell that never ends; a quote inside a cell is doubled",
    ]


def test_show_files(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Hi")
    assert run("check", "--show-files", ".", cwd=tmp_path).stdout == "a.md\n"


def test_signals(tmp_path: Path) -> None:
    row = json.loads(run("signals", "-", "--to", ANGRY, stdin=REPLY).stdout)
    assert row["draft"]["redirect-email"] == [{"span": [17, 26], "text": "e-mail us"}]
    assert row["customer"]["upset"]["value"] is True
    assert row["customer"]["upset"]["score"] > 0.8
    assert row["facts"]["channel.public"] is None
    unknown = json.loads(run("signals", "-", stdin=REPLY).stdout)
    assert unknown["customer"]["upset"] == {"value": None}


def test_every_example_of_the_packaged_rules_is_as_expected() -> None:
    done = run("test")
    assert done.returncode == 0, done.stdout


def test_an_example_that_fails_is_shown(tmp_path: Path) -> None:
    rule = (Path(__file__).parent / "rules" / "channel" / "no-email.yaml").read_text()
    (tmp_path / "channel").mkdir()
    (tmp_path / "channel" / "no-email.yaml").write_text(
        rule.replace("We have sent it.", "Do [[e-mail us]].").replace("Please [[e-mail us]].", "[[Please]] e-mail us.")
    )
    done = run("test", str(tmp_path))
    assert done.returncode == 1
    assert "no-email.yaml: bad: Please e-mail us.\n    found “e-mail us” (7-16), expected “Please” (0-6)" in done.stdout
    assert "no-email.yaml: good: Do e-mail us.\n    found “e-mail us” (3-12), and should not be" in done.stdout


@pytest.mark.parametrize("name", ["rule", "signal", "settings", "case", "conversation", "output"])
def test_schemas_are_valid(name: str) -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(json.loads(run("schema", name).stdout))


def test_rules_and_explain() -> None:
    listed = run("rules", COLUMNS="200").stdout
    assert "channel-redirect-upset" in listed
    page = run("explain", "channel-redirect-upset").stdout
    for part in (
        "Holds when: all of these:\n  - customer.upset",
        "Instead: ",
        "Advised by: sociallysupportive.com",
        "Bad",
        "Good",
    ):
        assert part in page
    assert "Say what it is for: “… with" in run("explain", "dm-without-purpose").stdout
    assert run("--version").stdout == "replylint 0.1.0\n"


def test_no_network(tmp_path: Path) -> None:
    code = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise SystemExit('network')\n"
        "socket.socket.connect = refuse; socket.create_connection = refuse; socket.getaddrinfo = refuse\n"
        "sys.argv = ['replylint', 'check', '-', '--to', 'Lost again! Useless.']\n"
        "from replylint.cli import main\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", code], input=REPLY, capture_output=True, text=True)
    assert done.returncode in (0, 1)
    assert "network" not in done.stderr
