"""Rule packs and detectors of other packages, tried with one that is built and installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from replylint import lint, load_rules, plugins
from replylint.cache import Cache
from replylint.cli import main
from replylint.cli.inputs import rulebook_of
from replylint.detectors.installed import installed
from replylint.errors import InputError
from replylint.rulebook import load_rulebook
from tests.conftest import RULES
from tests.test_rulebook import load

EXAMPLE = Path(__file__).parent.parent / "examples" / "pack"
DRAFT = "Order AC-104731 is on its way to you."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of installed packages, with the example's wheel."""
    top = tmp_path_factory.mktemp("pack")
    shutil.copytree(EXAMPLE, top / "source")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*command, "--target", str(top / "site"), str(top / "source")], check=True)
    return top / "site"


@pytest.fixture
def here(site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, for this process."""
    monkeypatch.syspath_prepend(str(site))
    return site


class Ran(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def replylint(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ran]:
    """Runs a command in this process, in a folder of its own, over a packaged rulebook that is soon read."""
    monkeypatch.setattr("replylint.rulebook.packaged_rules", lambda: RULES)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Ran:
        rulebook_of.cache_clear()
        monkeypatch.setattr(sys, "argv", ["replylint", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return Ran(int(ended.value.code or 0), *capsys.readouterr())

    return run


def project(folder: Path, settings: str = "packs: [acme]\n") -> None:
    (folder / ".replylint.yaml").write_text(settings)
    (folder / "d.txt").write_text(DRAFT)


def test_a_pack_that_the_settings_name_is_in_force(replylint: Callable[..., Ran], tmp_path: Path) -> None:
    project(tmp_path)
    for _ in range(2):  # read, and from the cache
        done = replylint("check", "d.txt")
        assert (done.code, done.err) == (1, "")
        assert done.out.splitlines()[0] == (
            "d.txt:1:7: error wrong-order-number: “AC-104731” is none of our order numbers: its check digit is wrong."
        )
    for switched_off in (("--isolated",), ("--ignore", "wrong-order-number")):
        assert "wrong-order-number" not in replylint("check", "d.txt", *switched_off).out


def test_a_pack_that_nobody_names_is_not_in_force(replylint: Callable[..., Ran], tmp_path: Path) -> None:
    project(tmp_path, "brand: Acme\n")
    assert "wrong-order-number" not in replylint("check", "d.txt").out


def test_a_pack_shows_where_it_comes_from(replylint: Callable[..., Ran], tmp_path: Path) -> None:
    project(tmp_path)
    table = replylint("rules").out
    assert "professional from acme-replies 1.2.0 wrong-order-number error Acme" in " ".join(table.split())
    rows = {row["rule"]: row for row in map(json.loads, replylint("rules", "--json").out.splitlines())}
    assert rows["wrong-order-number"]["origin"] == "acme-replies 1.2.0"
    assert rows["no-email"]["origin"] == "replylint"
    assert "from acme-replies 1.2.0" in " ".join(replylint("explain", "wrong-order-number").out.split())


def test_the_examples_of_a_pack_are_run(replylint: Callable[..., Ran], tmp_path: Path) -> None:
    project(tmp_path)
    assert replylint("test").out.startswith("5 rules and ")
    assert replylint("test", "--isolated").out.startswith("4 rules and ")


def test_what_is_not_installed_is_named_with_its_place(replylint: Callable[..., Ran], tmp_path: Path) -> None:
    project(tmp_path, "brand: Acme\npacks: [acne]\n")
    done = replylint("check", "d.txt")
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith(
        '.replylint.yaml:2:9: found "acne", which is no installed rule pack; installed: acme; did you mean "acme"?\n'
    )


def test_the_library_takes_packs(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("replylint.rulebook.packaged_rules", lambda: RULES)
    found = lint(DRAFT, rules=load_rules(packs=["acme"])).findings
    assert [(one.text, one.span) for one in found if one.rule == "wrong-order-number"] == [("AC-104731", (6, 15))]


def test_another_version_is_read_anew(here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache, pack = Cache(tmp_path), plugins.pack("acme")
    for version in ("1.2.0", "1.2.0", "1.3.0"):
        same = plugins.Pack("acme", f"acme-replies {version}", pack.folder)
        monkeypatch.setattr("replylint.rulebook.pack", lambda name, same=same: same)
        assert (
            load_rulebook([RULES], packaged=False, cache=cache, packs=["acme"]).rule("wrong-order-number").origin
            == same.origin
        )
    assert len(list(tmp_path.iterdir())) == 3  # a rulebook of each version, and the literals of their patterns


def test_a_mistake_in_a_pack_names_pack_file_and_line(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "site"
    shutil.copytree(site, broken)
    monkeypatch.syspath_prepend(str(broken))
    monkeypatch.delitem(sys.modules, "acme_replies", raising=False)
    rule = broken / "acme_replies/rules/professional/wrong-order-number.yaml"
    rule.write_text(rule.read_text().replace("level: error", "level: eror"))
    with pytest.raises(InputError) as error:
        load_rulebook([RULES], packaged=False, packs=["acme"])
    said = 'found the level "eror"; allowed: error, suggestion, warning; did you mean "error"?'
    assert str(error.value) == f"{rule}:1:8: {said} (in the rule pack acme-replies 1.2.0)"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("acme_replies.ruels", 'points at "acme_replies.ruels", where no folder is'),
        ("no_such_package", 'points at "no_such_package", where no folder is'),
        ("acme_replies:rules", 'points at "acme_replies:rules"; expected a package'),
    ],
)
def test_an_entry_point_of_no_folder(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str, message: str
) -> None:
    broken = tmp_path / "site"
    shutil.copytree(site, broken)
    monkeypatch.syspath_prepend(str(broken))
    entries = next(broken.glob("*.dist-info/entry_points.txt"))
    entries.write_text(entries.read_text().replace("acme_replies.rules", value))
    with pytest.raises(InputError) as error:
        plugins.pack("acme")
    assert str(error.value) == f'the rule pack "acme" of acme-replies 1.2.0 {message}'


def test_two_packs_of_one_name(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other-2.dist-info"
    other.mkdir()
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 2\n")
    (other / "entry_points.txt").write_text("[replylint.rules]\nacme = other\n")
    for folder in (site, tmp_path):
        monkeypatch.syspath_prepend(str(folder))
    with pytest.raises(InputError) as error:
        plugins.pack("acme")
    assert str(error.value) == 'the rule pack "acme" comes from acme-replies 1.2.0 and other 2; keep one of them'


def test_a_detector_that_is_not_installed(here: Path, tmp_path: Path) -> None:
    signal = "about: x\nany-of: [{detector: acme-order-nummer}]\nhits: [a]\nmisses: [b]\n"
    assert load(tmp_path, signal=signal) == (
        'signals/draft/shouts.yaml:2:21: found "acme-order-nummer", which is no installed detector; '
        'installed: acme-order-number; did you mean "acme-order-number"?'
    )


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("return [(0, 99)]", "gave (0, 99) for a text of 6 characters; expected (start, end)"),
        ("return [(3, 3)]", "gave (3, 3) for a text of 6 characters; expected (start, end)"),
        ("return ['ab']", "gave 'ab' for a text of 6 characters; expected (start, end)"),
        ("return None", "failed: TypeError in installed.py"),
        ("raise ValueError(text)", "failed: ValueError in orders.py:3"),
        ("import nothing_of_that_name", "failed: ModuleNotFoundError in orders.py:3"),
    ],
)
def test_a_detector_that_misbehaves_is_named_and_the_text_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, message: str
) -> None:
    (tmp_path / "orders.py").write_text(f"\ndef find(text):\n    {code}\n")
    names: dict[str, object] = {}
    exec(compile((tmp_path / "orders.py").read_text(), "orders.py", "exec"), names)
    monkeypatch.setattr(plugins, "detector", lambda name: (names["find"], "acme 1"))
    with pytest.raises(InputError) as error:
        installed("find")("secret")
    assert str(error.value).startswith(f'the detector "find" of acme 1 {message}')
    assert "secret" not in str(error.value)


def test_places_may_come_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugins, "detector", lambda name: (lambda text: [[4, 5], (0, 2), (1, 2)], "acme 1"))
    assert installed("find")("secret") == ((0, 2), (4, 5))


def test_what_a_detector_found_is_not_remembered(here: Path, tmp_path: Path) -> None:
    for _ in range(2):
        assert load_rulebook([RULES], packaged=False, cache=Cache(tmp_path), packs=["acme"]).key == ""
    assert load_rulebook([RULES], packaged=False, cache=Cache(tmp_path)).key
