from __future__ import annotations

from datetime import datetime, timedelta, timezone

from replylint.engine import lint
from replylint.model import (
    Brand,
    Choice,
    Draft,
    Edit,
    Evidence,
    Ignore,
    Level,
    NotEvaluated,
    Result,
    Rulebook,
    Source,
    Span,
)
from replylint.wording import quote
from tests.conftest import ANGRY, answering, brand, customer


def rules_of(result: Result) -> list[tuple[str, str]]:
    return [(finding.rule, finding.level.name) for finding in result.findings if not finding.covered_by]


def test_a_finding_whole(small: Rulebook) -> None:
    result = lint(answering("Please e-mail us.", customer(ANGRY)), small, Brand())
    finding, covered = result.findings
    assert finding.rule == "channel-redirect-upset"
    assert finding.level == Level.error
    assert (finding.span, finding.text) == (Span(7, 16), "e-mail us")
    words = finding.evidence[0].words
    assert finding.message == f"The customer is upset (“{ANGRY[:-1]}”): don't send them elsewhere with “e-mail us”."
    assert finding.instead == "Solve it here."
    assert finding.evidence == (Evidence("customer.upset", finding.evidence[0].score, words),)
    assert finding.source == Source("Ann", "Steps", "2014-03-07", 2)
    assert finding.also == ("no-email",)
    assert (covered.rule, covered.covered_by) == ("no-email", "channel-redirect-upset")


def test_calm_customer_leaves_the_milder_rule(small: Rulebook) -> None:
    assert rules_of(lint(answering("Please e-mail us.", customer("Do you do gift wrap?")), small, Brand())) == [
        ("no-email", "warning")
    ]


def test_an_unknown_customer_softens_and_covers_nothing_harder(small: Rulebook) -> None:
    result = lint(Draft("Please e-mail us."), small, Brand())
    assert rules_of(result) == [("no-email", "warning"), ("channel-redirect-upset", "suggestion")]
    assert result.findings[1].message == "If the customer is upset, don't send them elsewhere with “e-mail us”."
    assert result.findings[1].evidence == ()


def test_what_is_not_forbidden_here_needs_no_condition(small: Rulebook) -> None:
    result = lint(Draft("So sorry, it is fixed."), small, Brand())
    assert result == Result()


def test_not_evaluated_says_what_it_needs(small: Rulebook) -> None:
    assert lint(Draft("Hello."), small, Brand()).not_evaluated == (NotEvaluated("say-sorry", "the customer's message"),)


def test_missing_things_stand_at_the_start(small: Rulebook) -> None:
    (finding,) = lint(answering("We are on it.", customer("It is broken.")), small, Brand()).findings
    assert (finding.rule, finding.span, finding.text, finding.place) == ("say-sorry", None, "", "start")
    assert finding.message == "The customer complains (“It is broken”), and nobody has said sorry."


def test_an_earlier_apology_counts(small: Rulebook) -> None:
    thread = (customer("It is broken."), brand("Sorry! Which one?"), customer("The blue one, it came broken."))
    assert rules_of(lint(answering("We are on it.", *thread), small, Brand())) == []


def test_each_place_is_a_finding_in_text_order(small: Rulebook) -> None:
    result = lint(Draft("You need to restart. Then you need to wait."), small, Brand())
    assert [f.span for f in result.findings] == [Span(0, 11), Span(26, 37)]
    assert result.findings[0].edit == Edit(0, 11, "Could you")
    assert result.findings[1].edit == Edit(26, 37, "could you")


def test_settings_change_levels_and_switch_off(small: Rulebook) -> None:
    settings = Brand(rules={"no-commands": Choice(level=Level.error), "no-email": Choice(on=False)})
    assert rules_of(lint(Draft("You need to e-mail us."), small, settings)) == [
        ("no-commands", "error"),
        ("channel-redirect-upset", "suggestion"),
    ]


def test_a_selection_is_all_that_runs(small: Rulebook) -> None:
    assert rules_of(lint(Draft("You need to e-mail us."), small, Brand(), selected={"no-commands"})) == [
        ("no-commands", "warning")
    ]


def test_rules_newer_than_the_settings_are_suggestions(small: Rulebook) -> None:
    result = lint(answering("We are on it.", customer("It is broken.")), small, Brand(rules_as_of="0.1.9"))
    assert rules_of(result) == [("say-sorry", "suggestion")]


def test_a_brand_that_does_not_serve_here_gets_a_warning(small: Rulebook) -> None:
    draft = answering("Please e-mail us.", customer(ANGRY))
    assert rules_of(lint(draft, small, Brand(serves_here=False))) == [("channel-redirect-upset", "warning")]


def test_ignored_findings_are_kept_apart_and_uncover_others(small: Rulebook) -> None:
    agreed = Brand(ignore=(Ignore(("channel-redirect-upset",), "t-1", "agreed", "ann"),))
    result = lint(answering("Please e-mail us.", customer(ANGRY), id="t-1"), small, agreed)
    assert [f.rule for f in result.suppressed] == ["channel-redirect-upset"]
    assert rules_of(result) == [("no-email", "warning")]


def test_an_agreement_ends(small: Rulebook) -> None:
    now = datetime(2026, 11, 24, tzinfo=timezone.utc)
    agreed = Brand(ignore=(Ignore(("no-email",), "t-1", until=(now - timedelta(days=1)).date()),))
    result = lint(Draft("Please e-mail us.", id="t-1"), small, agreed, now)
    assert result.suppressed == ()


def test_parts_other_languages_and_empty_drafts_are_counted_not_judged(small: Rulebook) -> None:
    for text, needs in (
        ("You need to restart 1/2", "the other parts of this reply"),
        ("Hola, por favor envíanos un mensaje con los detalles de tu pedido", "a reply in English"),
        ("  ", "words: the draft is empty"),
    ):
        assert lint(Draft(text), small, Brand()) == Result(not_evaluated=(NotEvaluated("all", needs),))


def test_a_customer_of_another_language_is_unknown(small: Rulebook) -> None:
    draft = answering("Please e-mail us.", customer("Hola, mi pedido no llega y nadie me contesta, es una vergüenza"))
    result = lint(draft, small, Brand())
    assert "channel-redirect-upset" not in {rule for rule, _ in rules_of(result)}
    assert "channel-redirect-upset" in {missing.rule for missing in result.not_evaluated}


def test_the_customers_words_are_quoted_where_they_are_telling() -> None:
    text = "@AcmeAir Hello there. You lost my bag AGAIN. Third time this year, and nobody at the desk knows anything at all."
    spans = [Span(text.index(w), text.index(w) + len(w)) for w in ("lost", "AGAIN", "Third time")]
    assert quote(text, spans) == "You lost my bag AGAIN"
    assert quote(text, spans[2:]) == "Third time this year, and nobody at the desk knows anything …"
    assert quote(text + " https://t.example", spans[:1]) == "You lost my bag AGAIN"
    assert quote(text, ()) == "Hello there. You lost my bag AGAIN. Third time this year, …"
    assert quote("Lost!", (Span(0, 4),)) == "Lost"
