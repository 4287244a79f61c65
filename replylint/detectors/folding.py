"""Folds a text to what patterns are written for: lower-case ASCII, no contractions, one blank, masked links and names.

Every place in the folded text maps back to the text as written. Signals are then written once, in one form: "can not"
finds "can't", "cannot", "cant" and "CAN’T". What is no language is masked by one filler character for each character:
see FILLERS. Text in double or curly quotes, and lines quoted with ">", are masked too: they are somebody else's words.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from replylint.model import Side, Span

FILLERS = {"url": "\x02", "handle": "\x03", "placeholder": "\x04", "quote": "\x05", "email": "\x06", "symbol": "\x1a"}

# What stands for what. Keys and values are folded text; a key with blanks around it must be a whole word.
_SHORT_FORMS = {
    "i'm": "i am", "let's": "let's", "can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not",
    "ain't": "is not", "y'all": "you all", "ma'am": "madam", "o'clock": "o'clock", "'em": "them",
    "it's": "it is", "that's": "that is", "what's": "what is", "where's": "where is", "who's": "who is", "how's": "how is",
    "there's": "there is", "here's": "here is", "he's": "he is", "she's": "she is", "when's": "when is", "why's": "why is",
    "n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would", "'m": " am",
}  # fmt: skip
_WORDS = {
    "cant": "can not", "wont": "will not", "dont": "do not", "didnt": "did not", "doesnt": "does not", "isnt": "is not",
    "arent": "are not", "wasnt": "was not", "werent": "were not", "havent": "have not", "hasnt": "has not",
    "hadnt": "had not", "couldnt": "could not", "wouldnt": "would not", "shouldnt": "should not", "aint": "is not",
    "im": "i am", "ive": "i have", "youre": "you are", "youve": "you have", "youll": "you will", "weve": "we have",
    "theyre": "they are", "theyve": "they have", "thats": "that is", "whats": "what is", "theres": "there is",
    "u": "you", "ur": "your", "r": "are", "pls": "please", "plz": "please", "plse": "please", "thx": "thanks",
    "thnx": "thanks", "tks": "thanks", "thnks": "thanks", "thankyou": "thank you", "gonna": "going to", "wanna": "want to",
    "gotta": "got to", "lemme": "let me", "gimme": "give me", "dunno": "do not know", "cuz": "because", "bc": "because",
    "b4": "before", "w/": "with", "w/o": "without", "ppl": "people", "info": "information", "acct": "account",
    "msg": "message", "msgs": "messages", "addr": "address", "tel": "phone", "telephone": "phone", "ph": "phone",
    "favour": "favor", "apologise": "apologize", "apologises": "apologizes", "apologising": "apologizing",
    "apologised": "apologized", "realise": "realize", "appologize": "apologize", "appologies": "apologies",
    "appologise": "apologize", "appology": "apology", "apoligize": "apologize", "apoligise": "apologize",
    "inconvience": "inconvenience", "inconvenince": "inconvenience", "inconveniece": "inconvenience",
    "inconvinience": "inconvenience", "inconvenices": "inconveniences", "frustating": "frustrating",
    "recieve": "receive", "recieved": "received", "assitance": "assistance", "assistence": "assistance",
    "assitence": "assistance", "unfortunatly": "unfortunately", "unfortunetly": "unfortunately", "adress": "address",
    "experienceing": "experiencing", "definately": "definitely", "sory": "sorry", "soory": "sorry", "srry": "sorry",
    "tmrw": "tomorrow", "tmrow": "tomorrow", "tomorow": "tomorrow", "tommorow": "tomorrow", "tmw": "tomorrow",
    "tonite": "tonight", "2nite": "tonight", "2day": "today", "2moro": "tomorrow", "y'day": "yesterday", "yest": "yesterday",
    "e-mail": "email", "e-mails": "emails", "e-mailed": "emailed", "e-mailing": "emailing", "e mail": "email",
    "web site": "website", "web-site": "website", "on-line": "online", "pm'd": "dm'd", "dm'd": "dm'd", "d.m.": "dm", "d.m": "dm",
    "&": "and", "ok": "okay", "rcvd": "received", "dept": "department", "conf": "confirmation", "hrs": "hours", "hr": "hour",
    "mins": "minutes", "min": "minute", "secs": "seconds", "wks": "weeks", "wk": "week", "yrs": "years", "yr": "year",
    "mths": "months", "mos": "months", "mo": "month", "nos": "numbers", "num": "number", "bday": "birthday",
}  # fmt: skip
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&nbsp;": " "}
_EDGES = frozenset(" \n.,;:!?()[]\"'/-*<>=|\x1a\x02\x03\x04\x05\x06")


class Folded(NamedTuple):
    """`words`: folded, for patterns and phrases; `as_written`: masked, but with its case, one byte a character.

    `edits` says where the two differ in length: folded start, folded length, start and length as written.
    """

    words: bytes
    as_written: bytes
    edits: tuple[tuple[int, int, int, int], ...]

    def span(self, start: int, end: int) -> Span:
        """The place as written of a place in `words`; a place inside an expanded word widens to that word."""
        if not self.edits:
            return Span(start, end)
        return Span(self._back(start, True), self._back(end, False))

    def _back(self, place: int, is_start: bool) -> int:
        key = (place,) if not is_start else (place, float("inf"))
        index = bisect_right(self.edits, key) - 1
        if index < 0:
            return place
        start, length, written, written_length = self.edits[index]
        if place >= start + length:
            return place - start - length + written + written_length
        if not is_start:
            return written + written_length
        while written and self.as_written[written - 1 : written].isalpha():
            written -= 1
        return written


# --- masks ------------------------------------------------------------------------------------------------------

_REST_OF_LINK = r"[^\s<>\"]*[^\s<>\"'.,;:!?)\]]"
_LINK = re.compile(_REST_OF_LINK)
_TOP_LEVEL = r"\.(?:com|org|net|co|io|gov|edu|uk|ca|au|eu|de|fr|es|info|me|ly|app|example)\b"
_ENDS_LIKE_LINK = re.compile(_TOP_LEVEL)
_BARE_LINK = re.compile(
    rf"(?<![@\w.-])(?:[A-Za-z0-9-]{{1,63}}\.){{0,5}}[A-Za-z0-9-]{{1,63}}{_TOP_LEVEL}(?:/{_REST_OF_LINK})?"
)
_MAILBOX = re.compile(r"[\w.+%-]{1,64}$")
_MAIL_HOST = re.compile(r"@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"@\w+")
_BLANKS_TO_FILL = (
    r"[Yy]our|[Ii]nsert|[Cc]ustomer|[Nn]ame|[Ff]irst|[Ll]ast|[Oo]rder|[Aa]gent|[Cc]ompany|[Dd]ate|[Pp]roduct|[Ll]ink"
)
_PLACEHOLDER = re.compile(
    r"\{\{\{?[^{}\n]{1,200}\}?\}\}|\{%[^%\n]{1,200}%\}|[#%$]\{[^{}\n]{1,100}\}|\{![^{}\n]{1,100}\}"
    r"|\{\$?[A-Za-z][\w.-]{0,40}\}|\[[A-Z][A-Z0-9 _/'-]{1,40}\]"
    rf"|\[(?:{_BLANKS_TO_FILL})[\w ,/'-]{{0,50}}\]"
    r"|<(?:attribute|variable)\s[^<>\n]{1,200}>(?:</(?:attribute|variable)>)?"
    r"|<(?:[A-Z][A-Z _-]{2,40}|(?:first ?|customer )?name|insert [\w ]{1,40}|your [\w ]{1,40})>"
    r"|(?<![\w])[Xx]{4,}(?![\w])|_{4,}"
)
_QUOTE = re.compile(
    r"“[^“”\n]{2,300}”|(?<![\w\"])\"(?=\S)[^\"\n]{2,300}(?<=\S)\"(?![\w\"])|‘[^‘’\n]{2,300}’(?!\w)|(?<![\w'])'(?=\w)[^'\n]{8,300}(?<=[\w.!?])'(?!\w)"
)
_QUOTED_LINE = re.compile(r"^>[^\n]*", re.M)


def mask(text: str, side: Side) -> str:
    """Links, addresses, handles, placeholders and (in a draft) quotations become filler of the same length."""
    for start in ("://", "www."):
        if start in text:
            text = _mask_links(text, start)
    if "@" in text:
        text = _mask_addresses(text)
    if "." in text and _ENDS_LIKE_LINK.search(text):
        text = _BARE_LINK.sub(lambda m: FILLERS["url"] * len(m[0]), text)
    if side == "draft":
        if "{" in text or "[" in text or "<" in text or "____" in text or "xxxx" in text or "XXXX" in text:
            text = _PLACEHOLDER.sub(lambda m: FILLERS["placeholder"] * len(m[0]), text)
        if '"' in text or "“" in text or "‘" in text or "'" in text:
            text = _QUOTE.sub(lambda m: m[0][0] + FILLERS["quote"] * (len(m[0]) - 2) + m[0][-1], text)
        if ">" in text:
            text = _QUOTED_LINE.sub(lambda m: FILLERS["quote"] * len(m[0]), text)
    return text


def _mask_links(text: str, sign: str) -> str:
    at = text.find(sign)
    while at >= 0:
        start = at
        while sign == "://" and start > 0 and text[start - 1].isalpha():
            start -= 1
        found = _LINK.match(text, at + len(sign))
        end = found.end() if found else at + len(sign)
        text = text[:start] + FILLERS["url"] * (end - start) + text[end:]
        at = text.find(sign, end)
    return text


def _mask_addresses(text: str) -> str:
    at = text.find("@")
    while at >= 0:
        end = at + 1
        if mailbox := _MAILBOX.search(text, max(0, at - 64), at):
            if host := _MAIL_HOST.match(text, at):
                end = host.end()
                text = text[: mailbox.start()] + FILLERS["email"] * (end - mailbox.start()) + text[end:]
        elif handle := _HANDLE.match(text, at):
            end = handle.end()
            text = text[:at] + FILLERS["handle"] * (end - at) + text[end:]
        at = text.find("@", end)
    return text


# --- characters -------------------------------------------------------------------------------------------------

_ALIKE = {
    "‘": "'", "’": "'", "ʼ": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‑": "-", "−": "-",
    "…": ".", "£": "$", "€": "$", "¥": "$", "₹": "$", "•": "*", "·": "*", "¡": "!", "¿": "?",
    "ß": "s", "æ": "a", "ø": "o", "œ": "o", "ł": "l", "đ": "d", "ı": "i",
}  # fmt: skip


class _Characters(dict[int, str]):
    """One ASCII character for each character; worked out when first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _ALIKE:
            found = _ALIKE[char]
        elif char.isspace():
            found = "\n" if char in "\u2028\u2029\x85" else " "
        else:
            base = unicodedata.normalize("NFKD", char)[0]
            category = unicodedata.category(char)
            letter = base if base.isascii() and base.isprintable() else ""
            found = letter or ("\x00" if category in ("Cf", "Mn") or 0xFE00 <= code <= 0xFE0F else FILLERS["symbol"])
        self[code] = found
        return found


_TABLE = _Characters({code: chr(code) for code in range(128)})


@cache
def _rewriter() -> tuple[AhoCorasick, tuple[tuple[str, str, bool, bool], ...]]:
    """Finds what folding rewrites: for each literal its replacement, and whether it needs a word edge before, after."""
    entries = [(key, value, key[0] not in "n'", True) for key, value in _SHORT_FORMS.items() if key != value]
    entries += [(key, value, True, True) for key, value in _WORDS.items()]
    entries += [(key, value, False, False) for key, value in _ENTITIES.items()]
    entries.append(("&amp;", "and", True, True))
    entries += [("  ", " ", False, False), ("\n", " ", False, False), ("\x00", "", False, False)]
    return AhoCorasick([entry[0] for entry in entries]), tuple(entries)


def fold(text: str, side: Side) -> Folded:
    """The folded text with its way back. Linear in the length of the text."""
    masked = mask(text, side)
    plain = masked if masked.isascii() else masked.translate(_TABLE)
    lower = plain.lower()
    rewriter, entries = _rewriter()
    found: list[tuple[int, int, str]] = []
    for index, start, end in rewriter.find_matches_as_indexes(lower, overlapping=True):
        _, value, before, after = entries[index]
        if before and start and lower[start - 1] not in _EDGES:
            continue
        if after and end < len(lower) and lower[end] not in _EDGES:
            continue
        found.append((start, end, value))
    if not found:
        return Folded(lower.encode("ascii", "replace"), plain.encode("ascii", "replace"), ())
    return _rewrite(lower, plain, found)


def _rewrite(lower: str, plain: str, found: list[tuple[int, int, str]]) -> Folded:
    """Applies the rewrites that do not overlap, the longest first where they do; joins runs of blanks."""
    found.sort(key=lambda entry: (entry[0], -entry[1], entry[2] == "&"))
    pieces: list[str] = []
    edits: list[tuple[int, int, int, int]] = []
    at = folded_at = 0
    for start, end, value in found:
        if start < at:
            continue
        if lower[start] in " \n":
            while end < len(lower) and lower[end] in " \n\t\r":
                end += 1
            while start > at and lower[start - 1] in " \t\r":
                start -= 1
            value = "\n" if lower.count("\n", start, end) > 1 else " "
            if end - start == 1 and value == lower[start]:
                continue
        pieces += (lower[at:start], value)
        folded_at += start - at
        edits.append((folded_at, len(value), start, end - start))
        folded_at += len(value)
        at = end
    pieces.append(lower[at:])
    return Folded("".join(pieces).encode("ascii", "replace"), plain.encode("ascii", "replace"), tuple(edits))
