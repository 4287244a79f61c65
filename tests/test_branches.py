"""Control tags in macros: each branch is judged once, at its place, and what is missing is not known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replylint.branches import WHICH_BRANCH, follow, unmatched
from replylint.engine import lint
from replylint.model import Brand, Draft, Rulebook, Span


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("Hi{% if a %} Ann{% elsif b %} Bo{% else %} you{% endif %}.", ["Hi Ann.", "Hi Bo.", "Hi you."]),
        ("Hi.{% if late %} Sorry!{% endif %}", ["Hi. Sorry!", "Hi."]),
        ("{% unless a %}x{% endunless %}{% if b %}y{% else %}z{% endif %}", ["xy", "z"]),
        ("{% case n %} {% when 1 %}one{% when 2 %}two{% else %}many{% endcase %}", ["one", "two", "many"]),
        ("{% if a %}A{% if b %}B{% else %}C{% endif %}{% endif %}.", ["AB.", "AC.", "."]),
        ("a {%- if b -%} c {%- endif -%} d", ["acd", "ad"]),
        ("{% for x in xs %}x {% endfor %}.", ["x .", "."]),
        ("{% assign a = 1 %}a{% comment %} {% if %} {% endcomment %}{# no #}b{% raw %}{% if %}{% endraw %}", ["ab{% if %}"]),
        ("a{# two\nlines #}b{%# Liquid's own %}c{% if\n  x %}d{% endif %}", ["abcd", "abc"]),
        ("{% capture x %}Hi{% if a %} Ann{% endif %}{% endcapture %}{{ x }}.", ["{{ x }}.", "Hi Ann", "Hi"]),
        ("{% set x %}Hi{% endset %}{% set y = 1 %}{{ x }}.", ["{{ x }}.", "Hi"]),
        ("{% verbatim %}{% if %}{% endverbatim %}{% filter upper %}a{% endfilter %}", ["{% if %}a"]),
        ("{% for x in xs %}{% case x %}{% when 1 %}a{% else %}b{% endcase %}{% else %}c{% endfor %}", ["a", "b", "c"]),
        ("{%customer.firstName,fallback=there%}", ["{%customer.firstName,fallback=there%}"]),
    ],
    ids=[
        "else-leaves-nothing-out", "one-that-may-be-left-out", "in-step", "nothing-before-the-first-when", "nested",
        "dashes-take-blanks", "loop", "what-is-not-sent", "over-lines", "what-a-variable-holds", "set-with-and-without-an-end",
        "as-it-is", "case-in-a-loop", "help-scout-is-no-tag",
    ],
)  # fmt: skip
def test_the_texts_of_a_macro(text: str, texts: list[str]) -> None:
    assert [variant.text for variant in follow(text)] == texts


def test_tags_that_do_not_match_up() -> None:
    text = "{% if a %}x{% endunless %}"
    assert follow(text) == ()
    assert unmatched(text) == (Span(0, 10), Span(11, 26))


@given(
    st.lists(
        st.sampled_from(["{% if a %}", "{% else %}", "{% endif %}", "{%- endif -%}", "ab", " ", "{{x}}"]), max_size=12
    )
)
def test_every_place_leads_back(parts: list[str]) -> None:
    text = "".join(parts)
    for variant in follow(text):
        assert all(text[variant.span(Span(i, i + 1)).start] == char for i, char in enumerate(variant.text))


MACRO = "Hi [NAME]. {% if late %}We recieve it.{% else %}We definately do.{% endif %} You recieve it."


def test_each_branch_is_judged_once(packaged: Rulebook) -> None:
    found = lint(Draft(MACRO, kind="macro"), packaged, Brand(), None, {"typo"}).findings
    assert [(f.text, f.span) for f in found] == [
        (word, Span(at, at + len(word))) for word, at in (("recieve", 27), ("definately", 51), ("recieve", 81))
    ]
    assert all(f.edit and (f.edit.start, f.edit.end) == f.span for f in found)


def test_branches_do_not_add_up(packaged: Rulebook) -> None:
    half = "We have sent the new card to the address that you gave us, and it comes on Friday. " * 2
    macro = f"{{% if a %}}{half}{{% else %}}{half}{{% endif %}}"
    draft = Draft(macro, kind="macro", channel="x", public=True)
    assert lint(draft, packaged, Brand(), None, {"too-long"}).findings == ()


def test_what_a_branch_may_hold_is_unknown(packaged: Rulebook) -> None:
    macro = "{% if late %}Hello [NAME]. {% endif %}It is on its way. It comes on Friday."
    draft = Draft(macro, kind="macro", channel="email", public=False, thread=())
    result = lint(draft, packaged, Brand(), None, {"greeting"})
    assert result.findings == ()
    assert [(n.rule, n.needs) for n in result.not_evaluated] == [("greeting", WHICH_BRANCH)]
