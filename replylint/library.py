"""All texts of one run: which macros say the same, and which replies went to many customers."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b

from replylint.detectors.sameness import Said, Shape, alike, shape, telling
from replylint.model import Draft, Sender

_FEW = 3  # macros that say the same, whose names tell enough


class Texts:
    """Grows while a run reads. Keeps macros whole, and of replies to customers a digest and a count."""

    def __init__(self) -> None:
        self._macros: list[tuple[Draft, str, Shape]] = []
        self._shapes: dict[int, Shape] = {}  # by the draft itself, which stays as long as its macro
        self._often: Counter[str] = Counter()  # in how many macros a word stands
        self._with: dict[str, list[int]] = {}  # telling word -> the macros; made when all are there
        self._sent: dict[bytes, tuple[int, str]] = {}

    def add_macro(self, draft: Draft, name: str) -> None:
        words = shape(draft.text)
        self._often.update(words)
        self._macros.append((draft, name, words))
        self._shapes[id(draft)] = words
        self._with = {}

    def add_reply(self, draft: Draft) -> bool:
        """Counts a reply once for each conversation. True the second time: from then on it may be one sent to many."""
        if (key := self._key(draft)) is None:
            return False
        count, last = self._sent.get(key, (0, ""))
        if count and last == draft.id:
            return False
        self._sent[key] = count + 1, draft.id
        return count == 1

    @property
    def has_replies(self) -> bool:
        return bool(self._sent)

    def near(self, draft: Draft) -> tuple[str, ...]:
        """The names of earlier macros that say the same; of many such the first few."""
        found: list[str] = []
        mine = self._shapes.get(id(draft)) or shape(draft.text)
        if not self._with:
            for index, (_, _, words) in enumerate(self._macros):
                for word in telling(words, self._often):
                    self._with.setdefault(word, []).append(index)
        candidates = {index for word in telling(mine, self._often) for index in self._with.get(word, ())}
        for other, name, words in map(self._macros.__getitem__, sorted(candidates)):
            if other is draft or len(found) == _FEW:
                break
            if alike(mine, words):
                found.append(name)
        return tuple(found)

    def sent(self, draft: Draft) -> int:
        key = self._key(draft)
        return self._sent.get(key, (0, ""))[0] if key is not None else 0

    def _key(self, draft: Draft) -> bytes | None:
        said = Said.of(draft.text, [m.name for m in draft.thread or () if m.sender == Sender.customer])
        whole = " ".join((*said.words, *said.amounts))
        return None if said.is_pleasantry else blake2b(whole.encode(), digest_size=12).digest()
