from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from replylint.errors import InputError
from replylint.rulebook import load_rulebook
from tests.conftest import RULES

RULE = """level: warning
since: 0.1.0
forbid: draft.command
message: "“{match}” orders the customer about."
instead: Ask.
why: Nobody likes orders.
sources:
  - {author: Ann, article: Steps}
bad:
  - {draft: "You need to wait."}
good:
  - {draft: "Could you wait?"}
"""
WITH_WHEN = RULE.replace("forbid:", "when: customer.upset\nunknown: skip\nforbid:").replace(
    "good:", 'good:\n  - {customer: "Hi", draft: "You need to wait."}'
)
SIGNAL = """about: Shouts.
any-of:
  - phrases: [hey you]
hits: ["[[Hey you]]!"]
misses: [hello]
"""


def load(tmp_path: Path, rule: str = RULE, signal: str = SIGNAL) -> str:
    """The error, without the folder's name; empty where the files load."""
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    (folder / "manners" / "mine.yaml").write_text(rule, encoding="utf-8")
    (folder / "signals" / "draft" / "shouts.yaml").write_text(signal, encoding="utf-8")
    try:
        load_rulebook([folder], packaged=False)
    except InputError as error:
        return str(error).replace(f"{folder}/", "")
    return ""


def test_good_files_load(tmp_path: Path) -> None:
    assert load(tmp_path) == ""


def test_a_rule_with_a_condition_loads(tmp_path: Path) -> None:
    assert load(tmp_path, WITH_WHEN) == ""


KEYS = (
    "applies, bad, covers, default, fix, forbid, good, instead, level, lowered-from, message, options, place, require, research, "
    "scope, since, softened, sources, todo, unknown, when, why"
)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("why:", "whyy:", f'6:1: found the key "whyy"; allowed in a rule: {KEYS}; did you mean "why"?'),
        ("why:", "no: x\nwhy:", f'6:1: found the key "no"; allowed in a rule: {KEYS}'),
        ("why:", "level: error\nwhy:", '6:1: found the key "level" twice (first in line 1); each key is allowed once'),
        ("why: Nobody likes orders.\n", "", '1:1: the key "why" is missing in a rule'),
        (
            "level: warning",
            "level: warn",
            '1:8: found the level "warn"; allowed: error, suggestion, warning; did you mean "warning"?',
        ),
        (
            "level: warning",
            "level: [error, warning]",
            "1:8: `level` is one level, or a list of {level: condition} that ends with a plain level",
        ),
        ("since: 0.1.0", "since: 0.1", '2:8: found "0.1"; expected text'),
        (
            "draft.command",
            "draft.comand",
            '3:9: found "draft.comand", which is no signal or fact; did you mean "draft.command"?',
        ),
        (
            "forbid: draft.command",
            "require: draft.command\nforbid: draft.command",
            "1:1: a rule needs either `forbid` or `require`",
        ),
        (
            "forbid: draft.command",
            "forbid: {not: draft.command, all: [draft.name]}",
            "3:9: found the keys all, not together; a condition is ",
        ),
        ("forbid: draft.command", "forbid: {any: []}", "3:15: found []; `any` takes a list of conditions"),
        (
            "forbid: draft.command",
            "forbid: {draft.command: {at-leest: 2}}",
            "3:25: found {'at-leest': 2}; allowed: {at-least: N} or {more-than: LIMIT}",
        ),
        (
            "forbid: draft.command",
            "forbid: {draft.command: {more-than: many}}",
            '3:37: found "many"; `more-than` takes a number, or one of brand.length, brand.reading_grade, channel.length',
        ),
        ("{match}", "{mach}", "4:1: found the slot {mach}: it is no signal, fact or option"),
        ("forbid: draft.command", "require: draft.command", "4:1: found the slot {match}: `match` goes with `forbid`"),
        ('  - {draft: "Could you wait?"}', "  []", "11:1: `good` is empty; a rule needs at least one"),
        ("  - {author: Ann, article: Steps}", "  []", "7:1: `sources` is empty; a rule needs at least one"),
        (
            "article: Steps",
            "artcle: Steps",
            '8:19: found the key "artcle"; allowed in a rule: article, author, date, disagrees, point; did you mean "article"?',
        ),
        ("why:", "place: end\nwhy:", "6:1: `place` goes with `require`; what is forbidden has a place of its own"),
        (
            "why:",
            "scope: library\napplies: reply\nwhy:",
            "6:8: scope library holds macros, and this rule does not apply to macros: it can never match",
        ),
        ("why:", "softened: x\nwhy:", "6:1: `unknown: soften` and `softened` go together"),
        (
            "why:",
            "covers: [no-comands]\nwhy:",
            '`covers` names the rule "no-comands", which is not there; did you mean "no-commands"?',
        ),
        (
            "forbid:",
            "when: customer.upset\nforbid:",
            "3:1: `when` may be unknown (customer.upset): say what then, `unknown: skip` or `unknown: soften`",
        ),
        (
            "forbid:",
            "when: customer.upset\nunknown: skip\nforbid:",
            "13:1: a rule with `when` needs a contrast: one draft that is bad in one context and good in another",
        ),
        (
            "forbid:",
            "when: customer.upset\nunknown: skip\napplies: macro\nforbid:",
            "1:1: a macro has no customer, and `unknown: skip` then skips it: this rule can never match",
        ),
        ('{draft: "Could', '{drafft: "Could', '12:6: found the key "drafft"; allowed in an example: '),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_mistakes_in_a_rule(tmp_path: Path, old: str, new: str, message: str) -> None:
    said = load(tmp_path, RULE.replace(old, new, 1))
    assert said.startswith(f"manners/mine.yaml:{message}" if message[0].isdigit() else f"manners/mine.yaml: {message}")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "phrases:",
            "phrase:",
            '3:5: found the key "phrase"; allowed in a signal: as-written, asks, ',
        ),
        ("any-of:\n  - phrases: [hey you]", "any-of: []", "2:9: `any-of` is empty"),
        ("[hey you]", '[hey you, " "]', '3:14: found " ", a phrase without a word'),
        ("phrases: [hey you]", "tokens: [{LOWER: hey}]\n    gate: ['']", '3:13: found "", a phrase without a word'),
        (
            "phrases: [hey you]",
            "pattern: 'a(?=b)'",
            "3:14: invalid perl operator: (?= (in the signal draft.shouts; RE2 has no lookaround and no backreferences)",
        ),
        (
            "phrases: [hey you]",
            "pattern: 'You can'",
            '3:14: found "Y" in a pattern: patterns see folded words (lower case, "can not" for "can\'t"); ',
        ),
        ("phrases: [hey you]", "pattern: 'a {nam}'", "3:14: found {nam}, which is no list of words (in the signal"),
        (
            "phrases: [hey you]",
            "signal: aplogy",
            '3:13: found "draft.aplogy", which is no signal; did you mean "draft.apology"?',
        ),
        (
            "phrases: [hey you]",
            "signal: shouts",
            '3:13: the signals "draft.shouts" and "draft.shouts" contain each other',
        ),
        (
            "phrases: [hey you]",
            "measure: lenth",
            '3:14: found "lenth"; allowed: grade, length,',
        ),
        (
            "phrases: [hey you]",
            "tokens: [{LEMMA: be}]\n    gate: [be]",
            "3:13: LEMMA needs a trained pipeline: name an installed one under `language:` in the settings",
        ),
        ("phrases: [hey you]", "tokens: [{LOWR: be}]\n    gate: [be]", '3:13: found the token key "LOWR"; allowed:'),
        (
            "phrases: [hey you]",
            "tokens: [{LOWER: be}]",
            "3:13: `tokens` needs a `gate`: literals without which it can't match",
        ),
        ("phrases: [hey you]", "from: brand.bans", '3:11: found "brand.bans"; allowed: brand.banned,'),
        (
            "phrases: [hey you]",
            "phrases: [hey you]\n    mood: upset",
            "3:5: found phrases and mood; a part has exactly one of",
        ),
        ('hits: ["[[Hey you]]!"]', "hits: []", "4:7: a signal needs hits: texts in which it is found"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_mistakes_in_a_signal(tmp_path: Path, old: str, new: str, message: str) -> None:
    said = load(tmp_path, signal=SIGNAL.replace(old, new, 1))
    assert said.startswith(f"signals/draft/shouts.yaml:{message}")


def test_a_name_is_taken_once(tmp_path: Path) -> None:
    folder = tmp_path / "more"
    (folder / "manners").mkdir(parents=True)
    (folder / "manners" / "no-commands.yaml").write_text(RULE)
    with pytest.raises(InputError, match=r'the rule "no-commands" stands in .* already'):
        load_rulebook([RULES, folder], packaged=False)


def test_no_such_folder() -> None:
    with pytest.raises(InputError, match="nowhere: no such folder of rules"):
        load_rulebook(["nowhere"], packaged=False)


@pytest.mark.parametrize("part", ["misspelt", "in-one-sentence"])
def test_spacy_earns_its_place(tmp_path: Path, part: str) -> None:
    from replylint.context import Context
    from replylint.model import Brand, Draft

    signal = {
        "misspelt": (
            "about: Misspelt sorrow.\nany-of:\n  - tokens: [{LOWER: {FUZZY: inconvenience}}]\n    gate: [inconvenence]\n"
            'hits: ["Any [[inconvenence]]"]\nmisses: []\n'
        ),
        "in-one-sentence": (
            "about: Both at once.\nall-of:\n  - phrases: [restart]\n  - phrases: [because]\nwithin: sentence\n"
            'hits: ["Hi. Please [[restart]] it, because it hangs."]\nmisses: []\n'
        ),
    }[part]
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    (folder / "signals" / "draft" / "shouts.yaml").write_text(signal)
    book = load_rulebook([folder], packaged=False)

    def found(text: str) -> bool | None:
        return Context(Draft(text), book, Brand()).value("draft.shouts").truth

    if part == "misspelt":
        assert found("Sorry for any Inconvenence caused.") is True
        assert found("Sorry for the bother.") is False
    else:
        assert found("Please restart. It hangs because of the update.") is False
        assert found("Hello. Please restart it because it hangs. Bye.") is True


class Kept:
    """A cache that knows nothing, and shows what it is given to keep."""

    contents: Any = None

    def get(self, *_: Any) -> None:
        return None

    def put(self, _: str, contents: Any) -> None:
        self.contents = contents


def test_no_pattern_wants_the_edge_of_a_word_at_a_mask() -> None:
    """A masked handle is no word, so that "\\b" holds neither before "@acme lost my bag" nor after "done with @acme"."""
    kept = Kept()
    load_rulebook(cache=kept)
    patterns = [pattern for reader in kept.contents.readers.values() for pattern in reader.patterns]
    assert patterns
    edge_at_mask = re.compile(r"\\b(?:\((?:\?:)?)+(?:[^()|]*\|)*\\x0[1-6]|\\x0[1-6]\+?\)*\\b")
    assert [pattern[:80] for pattern in patterns if edge_at_mask.search(pattern)] == []
