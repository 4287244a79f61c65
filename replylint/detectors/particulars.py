"""What of a reply says something of one case: its words beyond those that stand in any reply of any help desk."""

from __future__ import annotations

from functools import cache, lru_cache

from replylint.detectors.folding import FILLERS, fold
from replylint.late import late
from replylint.model import Side, Span

# What belongs to no case: who signs, links, handles, numbers to ring, how long answers take, thanks for nothing in particular
_SIGNATURE = late(
    r"(?:[*^/~=-]+ ?[a-z]{1,12}(?:\.? ?[a-z]\.?)?\.?|[.!?\n] ?(?:[a-z]+ ){0,2}(?:cares|team|support"
    r"|care)(?: ?[-*^/] ?[a-z]+)?)"
    r"[ \x02\x1a]*$"
    r"|[\n.!?,] ?(?:(?:kind|best|warm|warmest|many|with|yours|all|sincerely|regards|cheers|thanks"
    r"|love)[a-z ]{0,30}[,.\n!] ?)"
    r"[^\n.!?]{0,40}(?:\n.{0,80}){0,3}$"
    r"|\b(?:kind|best|warm) regards\b.{0,60}$",
)
_MASKED = late("[" + "".join(FILLERS[name] for name in ("url", "handle", "email", "symbol", "placeholder")) + "]+")
_PHONE = late(r"\+?\(?\d{1,5}(?:[ ().-]{0,2}\d){6,12}")
_HASHTAG = late(r"#\w+")
_IN_ORDER = late(r"\bin order (?:to|that|for)\b")
_ANY_TIME = late(
    r"\b(?:24 ?/ ?7|24x7|(?:within|in|allow|up to|every|next|took|take|takes)(?: the| next| about| up"
    r"| to| a| few| further)* "
    r"(?:\d+|[a-z]+)(?: ?(?:-|to|or) ?(?:\d+|[a-z]+))? (?:business |working )?(?:hour|day|minute|week)s?"
    r"|(?:great|good|nice|lovely|wonderful|fantastic|rest of (?:your|the)|enjoy (?:your|the)|happy|have an? [a-z]+) "
    r"(?:morning|afternoon|evening|night|day|week|weekend|[a-z]+day)s?)\b"
)
_WORD = late(r"[a-z][a-z']+|\d[\d.,:/-]*")
_ENDS, _NOTHING = (_SIGNATURE,), (_MASKED, _PHONE, _HASHTAG, _ANY_TIME, _IN_ORDER)

# Stems and words, by what they are for. A reply made of these alone could have been sent to anyone.
_GENERIC_WORDS = """
a an the and or but if so as at by for from in into of off on onto out over per than then to under until up upon via with within
without while whilst because since although though however also too very really quite just only even still yet again already
always ever never not no nor yes yeah yep okay sure oh uh um ah aw aww hmm please kindly pls thus hence therefore both either
neither each every all any some many much more most less few several lot lots bit other another such same own else am is are was
were be been being do does did doing done have has had having can could may might must shall should will would ought i me my mine
myself we us our ours ourselves you your yours yourself he him his she her hers they them their theirs themselves it its itself
this that these those there here who whom whose which what when where why how whether anyone anybody anything anywhere someone
somebody something somewhere everyone everybody everything nobody nothing none one ones two once soon shortly asap now today
tonight tomorrow currently moment moments recent recently later earlier ahead away back down around about above across after
against along among before behind below beside between beyond during near through throughout toward towards let lets 's s t d ll
re ve m x xx xo hi hello hey hiya howdy dear greetings welcome morning afternoon evening day night week weekend sir madam customer
customers client clients guest guests member members user users shopper friend friends folks guys team teams staff reader
gentleman lady employee employees good great nice lovely fantastic wonderful excellent brilliant amazing awesome perfect super
happy glad pleased delighted thrilled sorry apology apologies apologize apologise apologizes apologizing apologized regret regrets
forgive pardon excuse oops inconvenience inconvenienced inconveniences trouble troubles troubled bother hassle frustration
frustrations frustrating frustrated frustrate disappoint disappointed disappointing disappointment upset upsetting annoying
annoyed annoyance stress stressful concern concerns concerned concerning worry worried worries sad saddened unhappy understand
understands understood understanding understandable understandably empathize sympathize imagine feel feels feeling feelings felt
hear heard hearing learn learned read see seen seeing saw know knows known realize believe think thought suck sucks stinks ouch
yikes bummer unfortunately unfortunate sadly regrettably sincere sincerely deeply truly extremely genuinely terribly awful awfully
terrible bad poor negative ideal thank thanks thankful grateful gratitude appreciate appreciates appreciated appreciation cheers
kudos kind kindness love loved loves loving support supports supported supporting supportive loyalty loyal business patience
patient feedback comment comments suggestion suggestions input opinion opinions thoughts review reviews rating post posts posting
posted tweet tweets tweeting tweeted twitter facebook instagram social media message messages messaging messaged mention mentions
mentioned note notes noted email emails emailing mail dm dms pm inbox direct private privately publicly public chat chats chatting
chatted phone phones call calls calling called ring line number numbers contact contacts contacting contacted reach reaching
reached touch write writes writing wrote speak speaking spoke spoken talk talking reply replies replying replied respond responds
responding responded response responses answer answers answering answered follow follows following followed connect share shares
sharing shared tell telling told say says saying said explain describe advise advised inform informed letting ask asks asking
asked question questions query queries enquiry enquiries inquiry request requests requested confirm confirmed confirming verify
provide provides provided providing send sends sending sent give gives giving gave given submit submitted include includes
included including attach bring brought bringing attention aware awareness detail details detailed information info specific
specifics specified particular particulars additional further extra full complete correct link links click page pages website site
online web form forms fill section faq article name names first last surname address addresses zip code codes postcode account
accounts acct id ids date birth dob reference ref case cases file files record records holder username associated registered type
location help helps helping helped helpful assist assists assisting assisted assistance service services serve serving served care
cares caring caregiver desk center centre representative representatives rep reps agent agents advisor advisors adviser specialist
specialists expert experts manager managers management supervisor colleague colleagues department departments internal internally
relevant appropriate proper right person people office headquarters company issue issues problem problems matter matters situation
situations complaint complaints experience experiences experiencing experienced happen happens happening happened occur occurs
occurred occurring incident difficulty difficulties mistake error look looks looking looked check checks checking checked
reviewing reviewed investigate investigates investigating investigated investigation resolve resolves resolving resolved
resolution solve solving solved solution solutions fix fixing fixed sort sorting sorted rectify rectified rectifying addressing
addressed handle handling handled work works working worked take takes taking took taken get gets getting got gotten make makes
making made go goes going gone come comes coming came keep keeps keeping kept put puts putting pass passes passing passed forward
forwarded forwarding escalate escalated escalating raise raised raising relay relayed report reports reporting reported log logged
logging open opens opened opening close closed find finding found figure try tries trying tried use uses using used need needs
needed needing want wants wanted wanting like likes liked wish wishes hope hopes hoping hopefully hoped plan plans able unable
possible possibly available availability ability action actions step steps next closer deeper deep quick quickly prompt promptly
immediate immediately early earliest convenience soonest urgent urgently priority process processes processed processing procedure
procedures policy policies improve improves improving improved improvement improvements strive strives striving aim aims goal best
better highest standard standards quality level levels value valued values important importance means mean meant world seriously
serious satisfaction satisfied satisfy commitment committed dedicated ensure ensures ensuring certain certainly definitely
absolutely surely course indeed obviously basically actually simply directly personally gladly happily hesitate free future visit
visiting visited visits stop stopping return choose choosing chose pick trust rely join joining stay staying time times minute
minutes hour hours days weeks month months second seconds year years long wait waits waiting waited await awaiting hold holding
bear delay delays delayed stand standing sit tight busy usual thing things way ways stuff part place point sense reason reasons
end start started begin beginning necessary option options opportunity opportunities chance turn set wrong well fine enjoy enjoyed
enjoying fun luck new old big small little different whole general various update updates updated updating news progress latest
status privacy security secure safety safe protect protection protected purposes personal sensitive seem seems seemed sound sounds
sounded appear appears cause caused causing due regarding regard regards related relating based behavior behaviors explore
exploring meet meeting gather gathering mentioning forget forgetting primary mind meantime meanwhile instead rather otherwise
additionally alternatively specifically exactly wonder wondering interest interested interesting leave leaving left move moving
show shows showing shown proud pride honored honoured privilege pleasure treat treats treated treatment deserve deserves expect
expects expected expectation expectations fall fell short fail failed falling miss missed missing worth sake behalf hard harder
tirelessly diligently constantly yay wow haha lol drop dropping drops persist persists persisted receive received receiving
receives touched genuine remain remains reviewer reviewers fellow forever smile smiles deliver hate hated hates fuck fucking
fucked fuckin damn damned hell shit shitty crap crappy bloody worst useless pathetic horrible disgusting disgusted disgrace
disgraceful joke ridiculous rubbish garbage trash incompetent incompetence ineptness inept liars liar lies lying surprised
surprise shame shameful ashamed angry mad furious pissed idiot idiots morons moron stupid ugh wtf wth smh omg lmao compliment
compliments word words positive together continue continues continuing shoot shooting shout pop click clicks clicking tap button
below above discuss discussing discussed preferred anytime intention notify notified eager anxious willing reached reads typed
pertaining addressed resolved further assure assured assures rest bummed dang gosh yikes eek third fourth fifth sixth zero three four
five six seven eight nine ten
"""


# Of a customer: what judges, threatens or names the brand's kind, and says nothing of what happened
JUDGEMENTS = frozenset(
    (
        "star stars rating recommend enemy downhill firm brand airline bank shop store restaurant hotel network carrier provider "
        "outfit council app game lads lot bunch guys management mess shambles scam scammers crooks thieves clowns muppets amateurs "
        "wished hereby officially seriously honestly literally utterly absolutely completely totally deeply insult insulted insulting "
        "embarrassing embarrassment laughable hopeless clueless awful atrocious abysmal appalling appalled dreadful disgraceful "
        "mediocre lousy bad terrible horrendous diabolical unbelievable unreal incredible wow bravo clap slow nope meh boo beyond "
        "words ever reputation standards used respect zero sort sorts yourselves yourself screw suck sucks sucked hell sick tired fed "
        "fan anymore money waste wasted court sue lawyer scum rats evil greedy greed monopoly capitalism country nation planet earth "
        "world history universe life lost trash bin fire avoid avoided beware warning people folks anyone 0/10 1/10 2/10 0/5 1/5 10 100 "
        "1 0 bit shocking shocked rude appalled concerning lame loser losers fools fool dumb nightmare bullshit bs fuckers assholes "
        "bastards pricks twats wankers cunts arseholes dicks arrogant unprofessional unacceptable inexcusable"
    ).split()
)


def stem(word: str) -> str:
    word = word.split("'")[0]
    for ending in ("ing", "ies", "ied", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and not (ending == "s" and word.endswith("ss")):
            return word[: -len(ending)]
    return word


@cache
def _generic() -> frozenset[str]:
    return frozenset(_GENERIC_WORDS.split())


@lru_cache(256)
def particulars(text: str, side: Side, brand: str = "") -> tuple[tuple[str, Span], ...]:
    """The words and figures of a text that are of its case, with their places; the brand's own name is none."""
    folded = fold(text, side)
    plain = folded.words.decode("ascii")
    for pattern in (*(_ENDS if side == "draft" else ()), *_NOTHING):
        plain = pattern.sub(lambda match: " " * len(match[0]), plain)
    generic, own = _generic(), brand.lower()
    found: list[tuple[str, Span]] = []
    for match in _WORD.finditer(plain):
        word = match[0].split("'")[0]
        is_short = len(word) < 3 and word.isalpha()
        if not is_short and word not in generic and not (len(word) > 3 and word.rstrip("s") in own):
            found.append((word, folded.span(*match.span())))
    return tuple(found)


def stems(text: str, side: Side, brand: str = "") -> frozenset[str]:
    return frozenset(stem(word) for word, _ in particulars(text, side, brand))
