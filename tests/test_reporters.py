"""Each format, exactly; and that no text can act on whoever reads the report."""

from __future__ import annotations

import io
import json

import pytest
from jsonschema import Draft202012Validator

from replylint.engine import lint
from replylint.masking import Mask
from replylint.model import Brand, Draft, Level, Rulebook
from replylint.reporters import Judged, Options, Summary, reporter, write_statistics
from replylint.reporters.escaping import harmless
from replylint.sources import Lines, Located, plain
from tests.conftest import ANGRY, answering, customer

PATH = "drafts/a.txt"


def judged(book: Rulebook, draft: Draft, mask: Mask | None = None, path: str = PATH) -> Judged:
    located = Located(draft, path, "draft", Lines(draft.text), plain(0))
    return Judged(located, lint(draft, book, Brand()), mask)


def write(form: str, *all_judged: Judged, options: Options | None = None) -> str:
    out, summary = io.StringIO(), Summary()
    reporter(form)(summary.counting(iter(all_judged)), summary, out, options or Options())
    return out.getvalue()


@pytest.fixture
def upset(small: Rulebook) -> Judged:
    return judged(small, answering("So sorry.\nPlease e-mail us now.", customer(ANGRY), id="t-1"))


@pytest.fixture
def said(upset: Judged) -> str:
    return upset.result.findings[0].message


def test_concise(upset: Judged, said: str) -> None:
    assert write("concise", upset) == (
        f"{PATH}:2:8: error channel-redirect-upset: {said} (also: no-email)\n1 draft checked: 1 error\n"
    )


def test_concise_says_what_is_not_shown(small: Rulebook) -> None:
    one = judged(small, Draft("Please e-mail us."))
    assert write("concise", one).splitlines()[-1] == (
        "1 draft checked: 1 warning (also 1 suggestion, 1 not evaluated; -v lists them)"
    )
    listed = write("concise", one, options=Options(Level.suggestion, verbose=True)).splitlines()
    assert f"{PATH}: not evaluated say-sorry: needs the customer's message" in listed
    assert write("concise", one, options=Options(quiet=True)).count("\n") == 1


def test_github(upset: Judged, said: str) -> None:
    assert write("github", upset).splitlines()[0] == (
        f"::error file={PATH},line=2,endLine=2,col=8,endColumn=17,title=channel-redirect-upset::{said} Solve it here."
    )


def test_full(upset: Judged, said: str) -> None:
    text = write("full", upset)
    lines = [line.rstrip() for line in text.splitlines()]
    assert lines[:3] == [
        f"error channel-redirect-upset  {PATH}:2:8  t-1",
        "  │ Please e-mail us now.",
        "  │        ^^^^^^^^^",
    ]
    joined = " ".join(line.strip() for line in lines)
    for part in (said, "Instead: Solve it here.", "Advised by: Ann, “Steps”, 2014-03-07, point 2", "Also: no-email"):
        assert part in joined
    assert text.count("channel-redirect-upset") == 1


def test_full_cuts_long_lines_around_the_words(small: Rulebook) -> None:
    one = judged(small, Draft("word " * 60 + "please e-mail us " + "word " * 60))
    _, quote, under, *_ = write("full", one).splitlines()
    start = under.index("^")
    assert quote[start : start + 9] == "e-mail us"
    assert len(quote) <= 80


def test_json(upset: Judged) -> None:
    report = json.loads(write("json", upset))
    assert report["version"] == 1
    assert report["summary"] == {
        "drafts": 1, "error": 1, "warning": 0, "suggestion": 0, "suppressed": 0, "covered": 1, "not_evaluated": 0,
    }  # fmt: skip
    finding, covered = report["findings"]
    assert finding["start"] == {"line": 2, "column": 8, "offset": 17}
    assert finding["end"] == {"line": 2, "column": 17, "offset": 26}
    assert (finding["span"], finding["text"], finding["also"], finding["key"]) == (
        [17, 26],
        "e-mail us",
        ["no-email"],
        "draft",
    )
    assert finding["evidence"][0]["signal"] == "customer.upset"
    assert finding["source"] == {"author": "Ann", "article": "Steps", "date": "2014-03-07", "point": 2}
    assert covered["covered_by"] == "channel-redirect-upset"


def test_json_fits_its_schema(small: Rulebook, upset: Judged) -> None:
    import msgspec

    from replylint.reporters.jsons import ReportOut

    fixable = judged(small, Draft("You need to wait."))
    report = json.loads(write("json", upset, fixable, options=Options(Level.suggestion)))
    assert report["findings"][2]["fix"] == {
        "safe": False,
        "edits": [{"start": 0, "end": 11, "replacement": "Could you"}],
    }
    Draft202012Validator(msgspec.json.schema(ReportOut)).validate(report)


def test_jsonl_is_a_finding_a_line(upset: Judged) -> None:
    assert [json.loads(line)["rule"] for line in write("jsonl", upset).splitlines()] == [
        "channel-redirect-upset",
        "no-email",
    ]


def test_statistics(upset: Judged) -> None:
    out, summary = io.StringIO(), Summary()
    write_statistics(summary.counting(iter([upset, upset])), summary, out, Options())
    assert out.getvalue() == "     2  channel-redirect-upset\n2 drafts checked: 2 errors\n"


def test_masks_keep_places(small: Rulebook) -> None:
    angry = "Third time I ask, ann@x.example and 0800 555 0199. Useless, ridiculous! Order 12345-AB is lost @acme"
    draft = answering("Sam, please e-mail us.", customer(angry + " Sam"))
    report = write("json", judged(small, draft, Mask(["Sam Lee"])))
    for secret in ("ann@x.example", "0800", "12345-AB", "@acme", "Sam"):
        assert secret not in report
    assert [12, 21] in [finding["span"] for finding in json.loads(report)["findings"]]
    assert Mask(["Ann Lee"]).text("Hi Ann, order 12345-AB") == "Hi ███, order ████████"


HOSTILE = [
    "\x1b[31mred\x1b]0;title\x07 e-mail us",
    "[bold red]e-mail us[/bold red] [link=http://x]x[/link] :smile:",
    "::error file=x::e-mail us\r\n::stop-commands::x",
    "e-mail us \u202egnp.exe \u2066x\u2069 \u200bzero",
    "e-mail us \x00\x08\x7f\x9b31m\ud800",
    "</script><b>e-mail us</b> =cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("text", HOSTILE, ids=["ansi", "markup", "workflow", "bidi", "control", "html"])
@pytest.mark.parametrize("form", ["full", "concise", "github"])
def test_hostile_texts_are_only_text(small: Rulebook, form: str, text: str) -> None:
    draft = answering(text, customer(text + " " + ANGRY), id=text)
    out = write(form, judged(small, draft, path="a\x1b[31m,b:c.txt"), options=Options(color="never"))
    assert "error channel-redirect-upset" in out or "title=channel-redirect-upset" in out
    assert not any(ord(char) < 32 and char != "\n" for char in out)
    assert not set(out) & set("\x7f\x9b\u202e\u2066\u2069\u200b\ud800")
    if form == "full" and "[bold" in text:
        assert "[bold red]e-mail us[/bold red]" in out
    if form == "github":
        commands = [line for line in out.splitlines() if line.startswith("::")]
        assert all(line.startswith(("::error file=a", "::warning file=a")) for line in commands)


def test_harmless_keeps_every_character_in_its_place() -> None:
    assert harmless("a\x1bb\u202ec\td\n") == "a\ufffdb\ufffdc\td\n"
