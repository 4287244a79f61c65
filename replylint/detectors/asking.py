"""How many things a reply asks the customer for: questions, requests without a question mark, and each item of a list."""

from __future__ import annotations

from replylint.late import late

_SENTENCE = late(r"[^.!?\n]+(?:[.](?=\S)[^.!?\n]+)*[.!?\n]*")
_PART = late(r"[,;:\n\x1a]| - |\b(?:and|plus|as well as|along with|together with)\b|\bor\b")
_BRACKETS = late(r"\([^()]*\)")
_LEAD = (
    r"^[^a-z0-9]*(?:(?:and|also|then|so|plus|please|kindly|just|oh|sorry|hi|well|ok|okay|now|firstly|secondly|finally|lastly|but"
    r"|if not|if so|again) ?,?)*\s*"
)
_WH = (
    r"(?:what|which|when|where|whereabouts|who|whom|whose|how|why"
    r"|(?:on|in|at|from|for|by|to|with|under|since|until|through) (?:what|which|whom|when|how))\b"
)
_TURNED = (
    r"(?:is|are|was|were|am|do|does|did|have|has|had|can|could|will|would|any|may|might|should)(?: not)? (?:you|u|it|this|that|there"
    r"|these|those|they|he|she|the|your|ur|any|a|an|anyone|anything|someone|everything|all|both|its|his|her|my|our|other|[a-z]+)\b"
)
_VERB = (
    r"(?:send|share|provide|supply|give|tell|confirm|include|let (?:us|me|our team) know|inform|advise|specify|describe|explain|attach"
    r"|dm|message|post|upload|reply with|respond with|clarify|list|state|forward|quote|drop us|pop|remind (?:us|me))"
)
_ASKED = (
    r"(?:^|\b(?:please|kindly|pls|also|just|and|then|(?:can|could|would|will) (?:you|u)(?: please| kindly| also| just)*|ask you to"
    r"|need you to|like you to|mind)) ?"
)
_WISH = (
    r"(?:we|i)(?: (?:will|would|do|also|just|still|first|only))*(?: be)? (?:(?:need|require)(?: to (?:know|have|get|see|take))?"
    r"|(?:like|want|love) (?:to (?:know|hear|have|get|see|ask)|you to)) (?:about |for )?(?:your|ur|the|a|an|more|some|any|further|both"
    r"|all|what|which|when|where|how|whether|you to|send|tell|share)\b"
)
_STARTS = late(rf"{_LEAD}(?:{_WH}|{_TURNED}|{_VERB}\b)")
_OPENS = late(_LEAD + _WH)
_YES_OR_NO = late(_LEAD + _TURNED)
_REQUEST = late(rf"{_ASKED}{_VERB}\b|\b(?:may|can|could) (?:i|we) (?:have|get|take|ask)\b|\b{_WISH}")
# A request that says where to answer, and asks for nothing itself
_POINTER = late(
    r"(?:let (?:us|me) know|tell (?:us|me)|reply|(?:dm|message|pm) (?:us|me)|(?:send|drop|shoot) (?:us|me)"
    r"|(?:send|share) (?:it|this|that|them))(?: (?:here|in|by|via|through|over|a|the|your|our|dm|message|private|please|below|back|then"
    r"|now|this|that|it|with))*(?: (?:if you|so we|so i|and we|and i)[a-z ]*)?\W*$"
)
_ITEM = late(
    r"^[^a-z0-9]*(?:also |plus )?(?:(?:a|an|the|your|ur|its|his|her|their|any|some|whether|full|first|last|two|all|both|that|of) "
    r"|(?:e?mail|phone|mobile|contact|order|booking|account|serial|model|flight|post|zip|home|delivery|billing|house|street|reference"
    r"|invoice|tracking|colou?r|size|names?|dob|dates?|address|postcode|city|state|number|photos?|pictures?|screenshots?|details"
    r"|version|quantity|time|make|anything|receipt|proof)\b)"
)
# Whatever else stands in a list that has begun
_BARE = late(
    r"^(?!(?:we|i|you|they|he|she|it|so|then|thanks|thank|please|sorry|hi|if|but|not|that|as|because|who) ?)\w+(?: \w+){0,2}\W*$"
)
_SURELY_A_LIST = 2
_IF = late(r"^[^a-z0-9]*if (?:you|u|it|the|your|there|this|that|any)\b")
_TELLING = late(r"\b(?:confirm|tell|know|inform|advise|check)\b")
# Offers, courtesies and questions that wait for no answer
_NO_ASK = late(
    r"\b(?:anything else|how (?:can|may|could|else can) (?:i|we)|want (?:us|me) to|how are you|how is it going"
    r"|(?:can|may|could|shall|should|might) (?:i|we) (?:help|assist|do|send|get|book|change|offer|interest|arrange|just|tempt)"
    r"|(?:would|do) you (?:like|want|prefer|rather|fancy) (?:us|me|to|a|an|one|another)\b"
    r"|how (?:many|much|often|long) (?:does|do|must|can) (?:one|a person|anyone|people)|what (?:a|are the odds|more)|why not"
    r"|who (?:knew|knows|would not|does not|needs|could)|sounds? (?:good|okay|fair)"
    r"|does (?:that|this|it) (?:help|work|make sense|sound|suit))\b"
    r"|, ?(?:is|are|was|were|does|do|did|has|have|could|would) (?:not )?(?:it|that|they|you|we)(?: not)?\s*\?\s*$"
)
_ALONE = late(
    r"^\W*(?:again|really|right|okay|yes|no|deal|agreed|huh|eh|sorry|what|pardon|oh no|still|ready|remember|seriously"
    r"|(?:any )?questions?)\W*$"
)
_ASIDE = late(r"\basks? (?:themselves|yourself|yourselves|ourselves)\b|\bchecklist:|\b(?:ask|asked) (?:is|are):")


def things_asked(words: str) -> int:
    """The number of things asked for in folded words."""
    if "?" not in words and not _REQUEST.search(words):
        return 0
    total, is_aside = 0, False
    for sentence in _SENTENCE.findall(_BRACKETS.sub("", words)):
        is_question = "?" in sentence
        is_aside = bool(_ASIDE.search(sentence)) or (is_aside and is_question)
        if not is_aside:
            total += _in_sentence(sentence, is_question)
    return total


def _in_sentence(sentence: str, is_question: bool) -> int:
    """Each part that asks counts once; a choice between two things is an offer and counts nothing."""
    if _ALONE.match(sentence) or (is_question and _NO_ASK.search(sentence)):
        return 0
    total, at, joint = 0, 0, ""
    is_open = is_list = is_choice = found = False
    is_telling = bool(_TELLING.search(sentence))
    for cut in [*_PART.finditer(sentence), None]:
        part = sentence[at : cut.start() if cut else len(sentence)].strip()
        counts = bool(part) and _counts(part, is_question, is_open, is_telling)
        counts = counts or (is_list and total >= _SURELY_A_LIST and bool(_BARE.match(part)))
        if joint == "or":
            total -= is_choice
        else:
            total += counts
        is_request = bool(_REQUEST.search(part))
        is_choice = joint != "or" and is_question and counts and not is_request and bool(_YES_OR_NO.match(part))
        is_list = is_list or is_request
        is_open = is_open or is_request or (is_question and counts and not _YES_OR_NO.match(part))
        found = found or counts
        at, joint = (cut.end(), cut[0]) if cut else (at, "")
    return total if found or not is_question else 1


def _counts(part: str, is_question: bool, is_open: bool, is_telling: bool) -> bool:
    """Whether this part of a sentence asks for one thing more."""
    if _REQUEST.search(part):
        return not _POINTER.search(part)
    if is_question and _STARTS.match(part):
        return True
    if is_open and (_OPENS.match(part) or _ITEM.match(part)):
        return True
    return is_open and is_telling and bool(_IF.match(part))
