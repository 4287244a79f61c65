"""The formats of CI systems: each fits its schema, all name the same places, and fingerprints stay what they are."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator

from replylint.engine import lint
from replylint.masking import Mask
from replylint.model import Brand, Edit, Fix, Level, Rulebook
from replylint.reporters import Judged, Options, Summary, reporter
from replylint.rulebook import load_rulebook
from replylint.sources.files import read_named
from replylint.sources.rewriting import applied
from tests.test_reporters import HOSTILE

SCHEMAS = Path(__file__).parent / "schemas"
LIBRARY = """\
- {title: café ☕ 🙂 calls, body: "Hi 🙂 Zoë, please e-mail us, then e-mail us."}
- title: late
  body: |
    Sorry.
    Please e-mail us.
- {title: fine, body: We have sent it to you.}
"""


def judged(book: Rulebook, text: str, path: str = "macros/größe 1.yaml", mask: Mask | None = None) -> list[Judged]:
    return [
        Judged(located, lint(located.draft, book, Brand()), mask, rulebook=book)
        for located in read_named(text, path, ".yaml")
    ]


def write(form: str, found: list[Judged], options: Options | None = None) -> str:
    out, summary = io.StringIO(), Summary()
    reporter(form)(summary.counting(found), summary, out, options or Options())
    return out.getvalue()


def check(form: str, text: str) -> Any:
    """The report, once it is shown to fit the format's schema."""
    if form in ("junit", "checkstyle"):
        import xmlschema

        xmlschema.XMLSchema(str(SCHEMAS / f"{form}.xsd")).validate(text)
        return ElementTree.fromstring(text)
    schema = json.loads((SCHEMAS / ("sarif-2.1.0.json" if form == "sarif" else f"{form}.json")).read_text("utf-8"))
    report = json.loads(text)
    (Draft4Validator if form == "sarif" else Draft202012Validator)(schema).validate(report)
    return report


FORMS = ("sarif", "gitlab", "junit", "checkstyle", "rdjson")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("level", [Level.suggestion, Level.error], ids=["with-findings", "clean"])
def test_fits_its_schema(small: Rulebook, form: str, level: Level) -> None:
    check(form, write(form, judged(small, LIBRARY), Options(level)))
    check(form, write(form, [], Options(level)))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_only_text(small: Rulebook, form: str, text: str) -> None:
    found = judged(small, json.dumps([{"title": text, "body": text}]).replace("\\ud800", ""), path="a\x1b,b\ufffe.yaml")
    check(form, write(form, found))


def sarif_places(report: Any) -> set[tuple[Any, ...]]:
    return {
        (r["ruleId"], g["startLine"], g["startColumn"], g["endLine"], g["endColumn"])
        for r in report["runs"][0]["results"]
        for g in [r["locations"][0]["physicalLocation"]["region"]]
    }


def test_all_formats_agree_on_places(small: Rulebook) -> None:
    found = judged(small, LIBRARY)
    report = json.loads(write("json", found))
    places = {
        (f["rule"], f["start"]["line"], f["start"]["column"], f["end"]["line"], f["end"]["column"])
        for f in report["findings"]
        if not f.get("covered_by")
    }
    starts = {place[:3] for place in places}
    assert starts == {("no-email", 1, 51), ("no-email", 1, 67), ("no-email", 5, 12)}
    assert sarif_places(check("sarif", write("sarif", found))) == places
    gitlab = check("gitlab", write("gitlab", found))
    positions = [
        (i["check_name"], i["location"]["positions"]["begin"], i["location"]["positions"]["end"]) for i in gitlab
    ]
    assert {(rule, b["line"], b["column"], e["line"], e["column"]) for rule, b, e in positions} == places
    cases = check("junit", write("junit", found)).iter("testcase")
    assert {(c.get("name")[10:], int(c.get("line")), int(c.get("column"))) for c in cases} == starts
    errors = check("checkstyle", write("checkstyle", found)).iter("error")
    assert {(e.get("source")[10:], int(e.get("line")), int(e.get("column"))) for e in errors} == starts
    lines = LIBRARY.encode().split(b"\n")
    for diagnostic in check("rdjson", write("rdjson", found))["diagnostics"]:
        start, end = diagnostic["location"]["range"]["start"], diagnostic["location"]["range"]["end"]
        assert lines[start["line"] - 1][start["column"] - 1 : end["column"] - 1] == b"e-mail us"


def test_sarif_has_what_code_scanning_asks_for(small: Rulebook) -> None:
    run = check("sarif", write("sarif", judged(small, LIBRARY)))["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["id"] == "no-email"
    assert (rule["shortDescription"]["text"], rule["fullDescription"]["text"]) == (
        "They asked here.",
        "They asked here.",
    )
    assert rule["help"]["text"] == "They asked here.\n\nInstead: Solve it here.\n\nAdvised by: Ann, “Steps”"
    assert rule["help"]["markdown"].startswith("They asked here.\n\n**Instead:** Solve it here.")
    assert rule["defaultConfiguration"] == {"level": "warning"}
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"] == "“e-mail us” sends the customer away. Solve it here."
        assert (
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "macros/gr%C3%B6%C3%9Fe%201.yaml"
        )
        assert result["partialFingerprints"]["primaryLocationLineHash"]


TYPOS = """\
- {title: é 🙂, body: 'We dont recieve it, Zoë 🙂, and recieve it.'}
- title: tags
  body_html: "We <b>rec</b>ieve \\\"it\\\"."
- {title: plain, body: I dont know it.}
"""


def offered(form: str, text: str, options: Options, mask: Mask | None = None, path: str = "m.yaml") -> str:
    """The file once all the fixes that the report offers are made."""
    book = load_rulebook()
    found = [
        Judged(one, lint(one.draft, book, Brand(), None, {"typo"}), mask, rulebook=book)
        for one in read_named(text, path, path[path.index(".") :])
    ]
    report, lines = check(form, write(form, found, options)), text.split("\n")
    edits = []
    for line, column, last, end, new in places_of_sarif(report) if form == "sarif" else places_of_rdjson(report, lines):
        starts = [sum(len(one) + 1 for one in lines[: number - 1]) for number in (line, last)]
        edits.append(Edit(starts[0] + column - 1, starts[1] + end - 1, new))
    return applied(text, edits)


def places_of_sarif(report: Any) -> Iterator[tuple[Any, ...]]:
    for fix in (fix for result in report["runs"][0]["results"] for fix in result.get("fixes", ())):
        assert fix["description"]["text"]
        (change,) = fix["artifactChanges"]
        assert change["artifactLocation"] == {"uri": "m.yaml"}
        for one in change["replacements"]:
            region = one["deletedRegion"]
            yield (
                *(region[k] for k in ("startLine", "startColumn", "endLine", "endColumn")),
                one["insertedContent"]["text"],
            )


def places_of_rdjson(report: Any, lines: list[str]) -> Iterator[tuple[Any, ...]]:
    for one in (one for diagnostic in report["diagnostics"] for one in diagnostic.get("suggestions", ())):
        start, end = one["range"]["start"], one["range"]["end"]
        columns = [len(lines[p["line"] - 1].encode()[: p["column"] - 1].decode()) + 1 for p in (start, end)]
        yield start["line"], columns[0], end["line"], columns[1], one["text"]


@pytest.mark.parametrize("form", ["sarif", "rdjson"])
def test_fixes_fit_the_file(form: str) -> None:
    fixed = offered(form, TYPOS, Options(Level.suggestion))
    assert "'We don''t receive it, Zoë 🙂, and receive it.'" in fixed
    assert "body: I don't know it." in fixed
    assert "<b>rec</b>" in fixed
    assert yaml.safe_load(fixed)[0]["title"] == "é 🙂"


@pytest.mark.parametrize("form", ["sarif", "rdjson"])
def test_rewordings_and_masked_words_are_not_offered(small: Rulebook, form: str) -> None:
    assert offered(form, "- {title: a, body: I recieve it.}\n", Options(Level.suggestion), Mask(["receive"])).count(
        "recieve"
    )
    rules = [msgspec.structs.replace(rule, fix=Fix("post")) for rule in small.rules]
    book = msgspec.structs.replace(small, rules=tuple(rules))
    found = judged(book, "- {title: a, body: Please e-mail us.}\n")
    assert '"post"' not in write(form, found)
    assert '"post"' in write(form, found, Options(unsafe_fixes=True))


def fingerprints(found: list[Judged]) -> list[tuple[str, str]]:
    gitlab = [i["fingerprint"] for i in check("gitlab", write("gitlab", found))]
    sarif = [r["partialFingerprints"] for r in check("sarif", write("sarif", found))["runs"][0]["results"]]
    return list(zip(gitlab, (p["primaryLocationLineHash"] for p in sarif), strict=True))


def test_fingerprints_do_not_move(small: Rulebook) -> None:
    before = fingerprints(judged(small, LIBRARY))
    above = "# a comment\n\n- {title: new, body: We found it for you today.}\n"
    assert fingerprints(judged(small, above + LIBRARY)) == before
    untitled = [LIBRARY.replace("title: late", "note: 1"), above + LIBRARY.replace("title: late", "note: 1")]
    assert fingerprints(judged(small, untitled[0])) == fingerprints(judged(small, untitled[1]))


@given(st.lists(st.sampled_from(["e-mail us", "Email us", "Sorry."]), min_size=1, max_size=6))
def test_fingerprints_are_unique(small: Rulebook, said: list[str]) -> None:
    macros = [{"title": said[0], "body": f"Please {' and '.join(said)} now"}] * 2
    both = fingerprints(judged(small, json.dumps(macros)))
    assert len(set(both)) == len(both)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_personal_is_masked(small: Rulebook, form: str) -> None:
    text = "- {title: t, body: 'Please e-mail us at ann.lee@mail.example, Sam.'}\n"
    for options in (Options(), Options(Level.suggestion)):
        report = write(form, judged(small, text, mask=Mask(["Sam"])), options)
        assert "ann.lee" not in report
        assert "Sam" not in report


def test_paths_are_those_of_the_repository(small: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "support").mkdir()
    monkeypatch.chdir(tmp_path / "support")
    found, options = judged(small, LIBRARY, path="late.yaml"), Options(root=str(tmp_path))
    assert {i["location"]["path"] for i in check("gitlab", write("gitlab", found, options))} == {"support/late.yaml"}
    assert "::warning file=support/late.yaml,line=1," in write("github", found, options)
    assert Options(root=str(tmp_path)).in_repository("-") == "-"
    assert Options(root=str(tmp_path)).in_repository("/elsewhere/a.yaml") == "/elsewhere/a.yaml"


def test_a_clean_file_is_a_test_that_passes(small: Rulebook) -> None:
    root = check("junit", write("junit", judged(small, "- {title: fine, body: We have sent it.}", path="a/b.yaml")))
    assert root.attrib == {"name": "replylint", "tests": "1", "failures": "0", "errors": "0"}
    (case,) = root.iter("testcase")
    assert case.attrib == {"name": "replylint", "classname": "a/b"}
