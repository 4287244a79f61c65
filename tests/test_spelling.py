from __future__ import annotations

from pathlib import Path

import pytest

from replylint.context import Context
from replylint.detectors.spelling import correction, spelling
from replylint.engine import lint
from replylint.model import Brand, Draft, Edit, Rulebook
from tests.conftest import answering, customer

LIST = Path(__file__).parent.parent / "replylint" / "data" / "misspellings.txt"


def found(text: str, fault: str, book: Rulebook) -> list[str]:
    return [text[start:end] for start, end in spelling(Context(Draft(text), book, Brand()), "draft", fault)]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("You will recieve it. Recieved!", ["recieve", "Recieved"]),
        ("RECIEVE it, seperately-sold.", ["RECIEVE"]),
        ("recieve.txt, /recieve, #recieve, recieve_it", []),
        ("https://acme.example/recieve, recieve@acme.example, @recieve", []),
        ("They said “recieve”.", []),
        ("I met Teh in Leeds. teh end. Teh end.", ["teh", "Teh"]),
        ("We didnt, we didn't, and we did'nt.", ["didnt", "did'nt"]),
        ("Tell us wether you like the wether.", ["wether you"]),
    ],
    ids=[
        "any-case", "capitals-and-compounds", "files-and-tags", "links-and-handles", "quotations", "names",
        "apostrophes", "a-real-word-elsewhere",
    ],
)  # fmt: skip
def test_misspelt(small: Rulebook, text: str, hits: list[str]) -> None:
    assert found(text, "misspelt", small) == hits


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("In the the shop and\nand here.", ["the the", "and\nand"]),
        ("That that is so so bad, had had, very very.", []),
        ("We love The The. The the pool is shut.", ["The the"]),
        ("To to-do, we we're, the the_end.", []),
        ("We checked in in Leeds, and what it is is a bug.", []),
    ],
    ids=["doubled", "on-purpose", "a-band", "compounds", "two-clauses"],
)
def test_doubled(small: Rulebook, text: str, hits: list[str]) -> None:
    assert found(text, "doubled", small) == hits


def test_names_of_the_thread_and_the_brand_are_no_typos(small: Rulebook) -> None:
    draft = answering("Hi Wierd, this is Recieve.", customer("hi", name="Ann Wierd"))
    assert spelling(Context(draft, small, Brand(name="Recieve")), "draft", "misspelt") == ()


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("recieve", "receive"), ("Recieve", "Receive"), ("RECIEVE", "RECEIVE"), ("did’nt", "didn't"), ("the the", "the"),
        ("The the", "The"), ("wednseday", "Wednesday"), ("kettle", "kettle"),
    ],
)  # fmt: skip
def test_correction(written: str, right: str) -> None:
    assert correction(written) == right


def test_a_typo_comes_with_a_safe_edit(packaged: Rulebook) -> None:
    result = lint(Draft("Unfortunatly it is shut."), packaged, Brand(), selected={"typo"})
    finding = result.findings[0]
    assert finding.message == "“Unfortunatly” should be “Unfortunately”."
    assert (finding.edit, finding.fix_is_safe) == (Edit(0, 12, "Unfortunately"), True)


def test_the_list_is_sorted_and_holds_each_form_once() -> None:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines, key=str.lower)
    forms = [form for line in lines for form in line.partition(": ")[2].split()]
    rights = {line.partition(": ")[0] for line in lines}
    assert len(forms) == len(set(forms))
    assert rights.isdisjoint(forms)
