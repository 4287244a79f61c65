"""The questions in a customer's turn, one by one with what each asks for, and whether a reply holds an answer of that kind."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from enum import Enum
from typing import NamedTuple

from replylint.detectors.folding import fold
from replylint.detectors.particulars import stem, stems
from replylint.late import late
from replylint.model import Span


class Kind(Enum):
    """What a question asks for."""

    whether = "yes or no"
    time = "a time"
    price = "a price"
    how = "a way"
    choice = "one of several"
    why = "a reason"
    other = "what, who or where"


# What a word alone seldom answers
OPEN = frozenset({Kind.whether, Kind.how, Kind.why})


class Question(NamedTuple):
    span: Span
    kind: Kind
    stems: frozenset[str]
    words: frozenset[str]  # also of its words that stand in any reply
    or_stems: frozenset[str]  # of a choice: what there is to choose from


_SUBJECT = (
    r"(?:i|we|you|u|it|he|she|they|there|this|that|these|those|your|my|our|the|a|an|any|anyone"
    r"|anybody|someone|somebody|one|all"
    r"|both|people|customers|kids|children|students|dogs|\x03+|[a-z]+s)"
)
_AUXILIARY = (
    r"(?:is|are|am|was|were|do|does|did|can|could|will|would|should|shall|may|might|must|has|have|had"
    r"|any (?:chance|idea|news|word)|possible)"
)
_ASKING = late(
    rf"\b(?:(?:what|which|who|whose|when|where|why|how)(?: (?:come|so|much|many|long|often|old|far|big"
    rf"|soon|time|date|day))? ?(?:[a-z']+ ){{0,6}}?{_AUXILIARY}\b"
    rf"|{_AUXILIARY} {_SUBJECT}\b|(?:what|which|who|when|where|why|how) (?:to|about|time)\b"
    r"|any (?:chance|idea|news|update|updates|word|eta|luck)\b|is it\b|possible to\b)"
)
_OPENS = late(rf"(?:what|which|who|whose|when|where|why|how|if|whether|any|possible|{_AUXILIARY})\b")
_AND = late(
    rf",? (?:and|but|or) (?=(?:(?:if (?:so|not|yes)|also|then),? )?(?:{_AUXILIARY} {_SUBJECT}|what"
    rf"|when|where|who|why|how)\b)"
)
_PIECE = late(r"[^.!?\n\x1a]*(?:\.(?=\S)[^.!?\n\x1a]*)*(\?+|[.!\n\x1a]|$)")
_LEAD = late(
    r"^(?:[\s\x03,;:-]|(?:hi|hello|hey|dear|and|but|so|also|please|okay|well|team|guys|sir|madam"
    r"|there|question|quick)\b[,:]?)*"
)
_EMBEDDED = late(
    r"(?:^|\b(?:please|kindly|just|and|could you|can you|you) |, )(?:let (?:me|us) know|tell (?:me"
    r"|us)|(?:can|could|would|may) (?:you|u|someone|anyone)(?: please| kindly| just"
    r"| possibly)*(?: tell| confirm| say| advise| explain| clarify| let)"
    r"(?: me| us)?(?: know)?|do (?:you|u|we) know|(?:any|anyone|anybody|does anyone|does anybody|know"
    r"|have any|an)? ?(?:know|idea)|wondering|like to know|want to know|need to know|not sure)"
    r"(?: please)? ((?:what|which|who|when|where|why|how|if|whether)\b.*)"
)
# Said, not asked: anger, wonder, and an offer to send more
_RHETORICAL = late(
    r"^(?:(?:is|are|do|does|did|was|were|has|have|can|could|will|would|should) not (?:it|this|that"
    r"|they|he|she|these|you)\b"
    r"|(?:do|did|can|does) (?:you|u|they|we|i|anyone)(?: guys| people| lot| all| even| really"
    r"| honestly| actually| just| still)* "
    r"(?:expect|even|really|think|people|care|realize|understand how|want me|lot|guys|enjoy"
    r"|call (?:this|that|yourself))\b"
    r"|(?:may|might|can|could) (?:i|we) (?:(?:just|humbly|also) )?(?:suggest|point out|say|propose)\b"
    r"|if (?:you|u) (?:need|want|can|have|require|would)|is this (?:a|some) (?:joke|trick|sick|kind)"
    r"|are you (?:kidding|serious|joking|insane)"
    r"|what (?:in (?:the|blazes|god|hell)|the (?:hell|heck|fuck|actual|eff)|kind of|sort of|a )"
    r"|how (?:long|many times) (?:are |is )?(?:you|they|u)\b"
    r"|why (?:bother|even|should i|would i|on earth)|who (?:knew|cares|does that|even)|how (?:dare"
    r"|hard|difficult|can you|could you|is it possible|do i (?:carry on|cope|live)))"
)
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.other, re.compile(r"^when did\b")),
    (
        Kind.price,
        re.compile(
            r"^(?:how much\b(?! (?:longer|more time|time))|what (?:is|are|would|does|do)\b.{0,40}\b(?:prices?"
            r"|costs?|fees?|charges?|rates?)\b)"
        ),
    ),
    (
        Kind.time,
        re.compile(
            r"^(?:when\b|what (?:time|date|day)\b|how (?:long|soon|much longer|many (?:days|hours|weeks"
            r"|minutes))\b|any eta\b|until when|(?:at )?what (?:is|are) (?:the |your )?(?:opening|closing|eta"
            r"|delivery date|hours))"
        ),
    ),
    (Kind.why, re.compile(r"^(?:why|how come)\b")),
    (Kind.choice, re.compile(r"^which\b.* or\b")),
    (Kind.how, re.compile(r"^how (?:do|can|could|to|should|would)\b")),
    (Kind.whether, re.compile(rf"^(?:if|whether|{_AUXILIARY})\b")),
)

# --- what an answer of each kind holds ---------------------------------------------------------------------------

_TELLS = late(
    r"\b(?:no|not|never|none|nothing|nobody|only|unless|without|unfortunately|sadly|afraid|except"
    r"|apart from|as (?:many|much|long|often)|no longer"
    r"|up to|both|either|neither|depends?|depending|unable|yet|instead|if you|must|need|needs|have to"
    r"|will|currently|actually|looks like|from what|we have (?:an?|the|no|some|one|two|three|several"
    r"|both|all|plenty|it|them|\d+)|there (?:is|are)|seasonal|temporary|temporarily|permanent"
    r"|permanently|suspended|postponed|discontinued|limited|good to go)\b"
)
_IS_SO = late(
    r"\b(?:is|are|be|was|were|been|it|stay|stays|still)(?: (?:also|now|still|all|always|currently"
    r"|already|fully|just|being|been|both|back|very|completely))* "
    r"(?:included|covered|allowed|possible|available|free|required|needed|welcome|accepted|supported"
    r"|planned|permitted|valid|open|closed|in stock"
    r"|sold|sold out|on sale|delayed|cancelled|canceled|expected|running|working|down|up|safe"
    r"|fine|okay|due|coming|aware|right|correct|true|ready|in place|on|off|back)\b"
)
_MODAL = late(
    r"\b(?:you|we|they|it|i|he|she|that|this|which|there|[a-z]+s) (?:can|may|will|would|could|do|does|should)\b"
)
_REFERS = late(
    r"(?:^|[.!?:\n\x03] ?|\b(?:hi|hello|hey)(?: [a-z]+)?[,!]? )(?:it|they|that|those|these"
    r"|\d[^ ]*|two|three|four|five|six|seven|eight|nine|ten|half|all"
    r"|any|every|each|most|some|under|over)\b(?! (?:is|are) (?:great|good|so|a|an|such|lovely"
    r"|going to be))"
)
_TIME = late(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+day|today|tonight"
    r"|tomorrow|now|soon|shortly|yet|week|weeks|month|months|hours?|days?|minutes?|seconds|morning"
    r"|afternoon|evening|noon|midnight"
    r"|january|february|march|april|may|june|july|august|september|october|november|december|spring"
    r"|summer|autumn|winter|fall|year|eta|dates?|schedule[d]?"
    r"|asap|later|announce[d]?|confirmed|settled|once|when (?:you|we|it|they)|whenever|until|before"
    r"|after|as soon as|keep an eye|stay tuned|immediately|daily|always|never)\b"
)
_PRICE = late(
    r"\d|\$|\b(?:free|price[sd]?|cost|costs|fee|fees|charges?|rates?|complimentary|depends|varies"
    r"|vary|included|quote|expensive|cheap)\b"
)
_WAY = late(
    r"\b(?:you (?:can|could|may|would|will|need|just|simply|should|are able)|to do (?:this|that|so)"
    r"|via|through|apply|order|go to|head to|click|tap|press|select|choose|open|under|settings"
    r"|online|form|app|call|email|contact|visit|here|below|just|simply|use|try|try to|send"
    r"|by [a-z]+ing|at (?:the|any|our)|in (?:the|your|our)|from (?:the|your|our)|steps|follow|log in"
    r"|sign in|not (?:possible|able))\b|[\x02\x06]|\d{4}"
)
_LONG = late(r"\b(?:[a-z]{5,}|left|sent|gone|came|paid|lost|open|shut|full|sold|free|late|safe|here|home|live)\b")
_MOST = 2 / 3
_SHARED = 2
_EXPLAINS = frozenset({"draft.reason", "draft.steps"})


def questions(turn: str) -> Iterator[Question]:
    """Each question of the turn with its place. Sentences with a question mark or the order of words of a question."""
    folded = fold(turn, "customer")
    plain = folded.words.decode("ascii")
    for piece in _PIECE.finditer(plain):
        start = piece.start() + _LEAD.match(piece[0]).end()  # type: ignore[union-attr]
        said = plain[start : piece.end()].rstrip(" \n\x1a")
        embedded = _EMBEDDED.search(said)
        asked = _ASKING.search(said)
        if not said.strip("?!. ") or not (asked or embedded or piece[1].startswith("?")):
            continue
        if not piece[1].startswith("?") and not embedded and not (asked and asked.start() == 0):
            continue
        first = start + (embedded.start(1) if embedded else asked.start() if asked else 0)
        cuts = [match.end() for match in _AND.finditer(plain, first, start + len(said))]
        for number, (begin, end) in enumerate(zip([first, *cuts], [*cuts, start + len(said)], strict=True)):
            core = plain[begin:end]
            if not _OPENS.match(core) or _RHETORICAL.match(core):
                continue
            alternatives = stems(core.split(",")[-1], "customer") if " or " in core else frozenset()
            span = folded.span(begin if number else start, end)
            yield Question(span, kind_of(core), stems(core, "customer"), _long_words(core), alternatives)


def kind_of(core: str) -> Kind:
    return next((kind for kind, pattern in _KINDS if pattern.search(core)), Kind.other)


def _long_words(folded: str) -> frozenset[str]:
    return frozenset(stem(word) for word in _LONG.findall(folded))


def has_answer(question: Question, rest: str, says: Collection[str]) -> bool:
    """Whether a reply holds an answer of the kind that is asked for.

    `rest`: what it says beyond courtesies; `says`: the signals of an answer that it holds.
    """
    plain = fold(rest, "draft").words.decode("ascii")
    told = stems(rest, "draft")
    echoed = question.stems & told
    if "draft.link-help" in says or (len(echoed) > _MOST * len(question.stems) and len(question.stems) > 1):
        return True
    match question.kind:
        case Kind.time:
            return bool(_TIME.search(plain))
        case Kind.price:
            return bool(_PRICE.search(plain))
        case Kind.choice:
            return bool(question.or_stems & told)
        case Kind.how:
            return bool(_WAY.search(plain)) or bool(_EXPLAINS & set(says))
        case Kind.whether:
            is_told = bool(_TELLS.search(plain) or _IS_SO.search(plain) or _REFERS.search(plain))
            if (
                is_told
                or {"draft.yes-or-no", "draft.done"} & set(says)
                or ("draft.steps" in says and (echoed or not question.stems))
            ):
                return True
            return bool((echoed and _MODAL.search(plain)) or len(question.words & _long_words(plain)) >= _SHARED)
        case _:
            return bool(told - question.stems or (told and _TELLS.search(plain)) or _EXPLAINS & set(says))
