"""Whether a text is English, told by its script and its small words; in doubt it is."""

from __future__ import annotations

import re
from functools import lru_cache

_MASKED = re.compile(r"https?://\S+|www\.\S+|[@#^]\w+|\{\{.*?\}\}|[A-Z]{2,}\b")
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    (
        "the a an and or but if of to in on at for from with by about into over after before we you i he she it "
        "they us our your my me them their his her its this that these those is are was were be been am have has "
        "had do does did will would can could should not no yes what which who when where why how there here so as "
        "than then just please thanks thank hi hello sorry all any some get got know let see help dm via"
    ).split()
)
_OTHERS = (
    frozenset(
        # Spanish, Portuguese
        "el los las una unos que de del y pero por para con sin su sus mi tu se lo le les nos es son está están ser tiene hola gracias "
        "como cómo muy más esto esta ese esa qué cuando donde hay ya al usted ustedes favor o os um uma não você com em na nos mas "
        "olá obrigado obrigada seu sua isso aqui também estamos sentimos lamentamos puedes pode "
        # French
        "je tu il elle nous vous ils le la les un une des du et mais ou où est sont pas pour avec dans sur ce cette ces votre vos notre "
        "bonjour merci bien être avez avons désolé "
        # German, Dutch
        "der die das ein eine einen und oder aber ist sind nicht für mit von zu auf wir ihr ihre uns unser dein ich du sie bitte danke "
        "hallo kannst können haben wird werden auch noch wie was het een en maar niet voor met van op wij jij jullie ons graag dank je "
        # Italian, Swedish, Danish, Norwegian, Polish, Turkish, Indonesian, Filipino
        "il gli uno e ma che di non per sono siamo ciao grazie och det att som inte för med på du vi hej tack er og ikke på jeg til "
        "nie jest na się dla dzień dobry ve bir bu için çok merhaba yang dan di untuk dengan kami anda tidak terima kasih po ang mga sa "
        "ng na ako "
        # Dutch as firms write it, Finnish, Czech, Hungarian, Romanian
        "uw beste klant zijn hebben wordt bedankt bestelling vriendelijke groet groeten helaas hei kiitos ja ovat että ei olemme sinun "
        "teidän tilaus tilauksesi ystävällisin terveisin valitettavasti dobrý děkujeme vaše vám jsme že prosím köszönjük hogy és nem "
        "kedves üdvözlettel mulțumim vă pentru și este comanda dumneavoastră bună".split()
    )
    - _ENGLISH
)
_FEWEST = 3  # letters that tell anything
_FEW_ENOUGH = 4  # one small English word in so many words is English
_LAST_LATIN = "\u024f"
_MOST_CHARACTERS = 2000


def is_english(text: str) -> bool:
    """False where most letters are of another script, or other languages' small words outnumber the English ones."""
    return _is_english(text[:_MOST_CHARACTERS])


@lru_cache(1024)
def _is_english(text: str) -> bool:
    words = _WORD.findall(_MASKED.sub(" ", text).lower())
    english = sum(map(_ENGLISH.__contains__, words))
    if english * _FEW_ENOUGH >= len(words) and text.isascii():
        return True
    letters = "".join(words)
    if len(letters) < _FEWEST:
        return True
    if not text.isascii() and sum(char > _LAST_LATIN for char in letters) > len(letters) / 2:
        return False
    others = sum(map(_OTHERS.__contains__, words))
    return others < 2 or english >= others
