"""Words that only lead to a link: see our page, this should help, everything is here."""

from __future__ import annotations

from replylint.detectors.folding import fold
from replylint.detectors.particulars import particulars
from replylint.late import late

_SENTENCE = late(r"[^.!?\n]+")
_LEAD = late(
    r"\b(?:here|below|following|this|these|link|links|page|pages|article|articles|website|web|site|docs|documentation|thread|post|blog|help|info"
    r"|information|faq|faqs|terms|statement|guide|guides|details|updates?|news|look|see|check|refer|read|find|found|visit|click|tap|go|head|more"
    r"|section|centre|center|via|at|policy|notes|tips|instructions|video|answer|answers)\b"
)
_LEFT_OVER = late(r"[^a-z0-9]+")
_MOST_WORDS, _MOST_PARTICULARS, _FEW = 13, 2, 3


def only_leads(text: str) -> bool:
    """Whether each sentence of a reply, its links and courtesies blanked, is nothing or a short lead."""
    for match in _SENTENCE.finditer(text):
        sentence = match[0]
        words = fold(sentence, "draft").words.decode("ascii")
        count = len([word for word in words.split() if _LEFT_OVER.sub("", word)])
        own = list(particulars(sentence, "draft"))
        if count <= _FEW and not own:
            continue
        if count > _MOST_WORDS or len(own) > _MOST_PARTICULARS or not _LEAD.search(words):
            return False
        if any(char.isdigit() for char in words):
            return False
    return True
