"""How much a desk would want a clause checked, 0 to 1, and why, in words from one table."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from app.extraction.candidate import Hop, Quantity

# Marks a phrase for the translators' tools; the page that shows it translates it.
N_ = str

REASONS: dict[str, str] = {
    "money": N_("a sum of money"),
    "share": N_("a percentage or a share"),
    "count": N_("a count"),
    "measure": N_("a measured amount"),
    "comparison": N_("a comparison or a trend"),
    "extreme": N_("a record or a superlative"),
    "harm": N_("deaths, injuries or damage"),
    "law": N_("a crime, a court or a charge"),
    "institution": N_("what an institution did"),
    "accusation": N_("an accusation of fact"),
    "cause": N_("a cause or an effect"),
    "evidence": N_("what evidence or a study shows"),
    "attributed": N_("somebody vouches for it"),
    "sweeping": N_("a sweeping statement"),
    "dated": N_("tied to a date or period"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A clause as the scorer sees it.

    Attributes:
        form: how the clause was cut (main, leading, relative, participle, apposition, comment).
        has_verb: whether a finite verb stands in it.
        lead: words of the subject that was cut off from it.
        asks: whether a question mark follows it.
        forecast: whether its source only expects, hopes, warns or promises.
    """

    clause: str
    hops: tuple[Hop, ...]
    quantities: tuple[Quantity, ...]
    form: str
    forecast: bool
    names: int
    has_verb: bool = True
    asks: bool = False
    lead: int = 0


def _pattern(words: str, *, case: bool = False) -> re.Pattern[str]:
    flags = re.NOFLAG if case else re.IGNORECASE
    return re.compile(r"\b(?:" + "|".join(words.split("|")) + r")\b", flags)


_COMPARISON = _pattern(
    r"more than|less than|fewer than|higher than|lower than|compared (?:to|with)|up from|down from"
    r"|increas(?:e|es|ed|ing)|decreas(?:e|es|ed)|declin(?:e|es|ed)|rose|risen|rises|rising|fell|fallen"
    r"|falls|falling|grew|grown|growing|dropped|plunged|soared|surged|slumped|climb(?:ed|ing|s)|doubled"
    r"|tripled|halved|twice|average[ds]?|majority|shrank|shrunk|worsened|as many|as much|most of"
)
_EXTREME = _pattern(
    r"largest|biggest|highest|lowest|smallest|longest|worst|oldest|youngest|deadliest|fastest|record"
    r"|first(?= (?:\w+ ){0,3}(?:to|in|since|ever|elected))|most (?!of\b)\w+|least \w+|unprecedented|second(?:-| )\w+|only|biggest-ever"
)
_HARM = _pattern(
    r"kill(?:ed|s|ing)|died|dies|dead|deaths?|injur(?:ed|ies)|wounded|murder(?:ed)?|shot(?: down)?|bomb(?:ed|ing)"
    r"|crash(?:ed)?|destroyed|infect(?:ed|ions?)|outbreak|poison(?:ed|ing)|tortured|rap(?:e|ed)|abused?"
    r"|attack(?:ed|s)?|explosion|invaded|fatal|starv(?:ed|ation)|displaced|wiped out|hospitali[sz]ed"
)
_LAW = _pattern(
    r"pleaded|convict(?:ed|ion)|sentenced|charged|charges|indicted|arrested|jailed|imprisoned|deported"
    r"|evicted|illegal(?:ly)?|unlawful(?:ly)?|lawsuit|sued|fined|guilty|violat(?:ed|ing|es|ion|ions)|banned"
    r"|investigat(?:ed|ion|ions|ing)|allegations?|fraud|corrupt(?:ion)?|bribe[sd]?|ruled|acquitted"
    r"|trial|prosecut(?:ed|ors|ion)|extradition|felon|legally|breach(?:ed|ing)?|warrant|denied"
)
_INSTITUTION = _pattern(
    r"approved|passed|signed|voted|repealed|cut(?=s? )|funded|funding|paid|spent|sold|bought|raised|approve[sd]"
    r"|received|cancel(?:led|ed)|closed|suspended|blocked|censors?|censored|restrict(?:ed|ing)|withheld"
    r"|withdr(?:ew|awn)|rejected|overturned|awarded|granted|imposed|dropped|taken down|shut|instructed"
    r"|ordered|ruled out|accepted?|turned down|cost|costs|provided|quarantined|detained|refused|hacked|leaks?"
)
_ACCUSATION = _pattern(
    r"accus(?:e|ed|es|ing|ation)|alleg(?:ed|es|edly)|den(?:y|ies|ied)|blam(?:ed|es)|lied|conceal(?:ed|ing)|cover(?:ed)? up|hid|hidden|minimi[sz]ing"
    r"|claimed responsibility|coercion|intimidation|encroaching|meddl(?:ed|ing)|responsib(?:le|ility) for|threaten(?:ed|ing)"
)
_CAUSE = _pattern(
    r"because(?: of)?|caus(?:e|ed|es|ing)|due to|led to|leads to|result(?:s|ed|ing)? (?:in|of|from)|as a result"
    r"|linked to|thanks to|owing to|contribut(?:ed|es) to|prevent(?:s|ed)|reduc(?:es|ed)|push(?:ed|es)? (?:prices|costs)"
)
_EVIDENCE = _pattern(
    r"evidence|stud(?:y|ies)|research|data|survey|report(?:ed|s)? (?:a|that|using)|estimat(?:e|ed|es)|poll(?:s|ing)?|scientists"
    r"|figures show|according to|tests?|diagnosed|confirmed"
)
_SWEEPING = _pattern(
    r"never|always|every|all|no (?:one|evidence|sign|indication|longer)|none|nobody|inevitabl[ye]|completely"
    r"|entire(?:ly)?|nationwide|nationally|worldwide|without"
)
_DATED = re.compile(
    r"\b(?:1[89]|20)\d\d\b|\b(?:last|this|past) (?:year|month|week|decade|quarter)\b|\bsince\b"
    r"|\b(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}\b|\b(?:May|June|July) \d{1,2}\b"
    r"|\b(?:in|since|until|by|of|late|early|mid) (?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b\d{1,2} (?:January|February|March|April|May"
    r"|June|July|August|September|October|November|December)\b|\bso far this year\b|\byears? (?:ago|earlier)\b|\bover the (?:past|last)\b|\brecent(?:ly)?\b"
)
_PLAN = _pattern(
    r"(?-i:will)|won’t|won't|’ll|'ll|shall|going to|set to|plans? to|planned|scheduled|due to be|is to|are to"
)
_POSSIBLE = _pattern(
    r"would|could|(?-i:may)|might|likely|unlikely|expected to|hopes? to|aims? to|intends? to|ready to"
    r"|willing to|potential(?:ly)?|possibl[ye]|eventually|prospect"
)
_NORM = _pattern(
    r"should|must|ought to|need(?:s|ed)? to|have to|has to|let(?:’|')?s?(?= us| me|\b)|urge[sd]?|call(?:s|ed|ing)? (?:for|on)"
    r"|demand(?:s|ed)?|please|don’t|don't|better to"
)
_OPINION = _pattern(
    r"good|bad|great|terrible|important|significant(?:ly)? to|strong(?:ly|er)?|proud|ridiculous|beautiful|best|popular|tough(?:er)?|better"
    r"|success(?:ful)?|disaster|shame(?:ful)?|wrong|right(?= thing)|fair|unfair|disappoint(?:ed|ing)|welcome[sd]?"
    r"|believes?|think|thought|feel|felt|hopes?|hoping|fears?|worr(?:y|ied|ies)|wants?|wanted|loves?|hates?|dejected|eager"
    r"|impressed|surpris(?:e|ed|ing)|sad|happy|glad|confident|concern(?:ed|s)?|seen as|regarded|symbol(?:ic)?|boost"
    r"|serious|credible|reliable|coherent|honest|brave|unacceptable|oppose[sd]?|support(?:s)? (?:the|this|him|her)|commitment|committed"
    r"|intend(?:s|ed)?|knew|hard(?:er)? (?:to|not)|awful(?:ly)?|awesome|horrible|dreadful|excellent|fantastic|wonderful"
    r"|passionate|astute|clever|smart|brilliant|stupid|foolish|absurd|amazing|nervous|anxious|excited|excit(?:ed|ing)"
    r"|thrilled|delighted|angry|upset|grateful|optimis(?:m|tic)|pessimistic|s[kc]eptical|tough|remarkable|stunning"
    r"|shocking|boring|interesting|impressive|terrific|superb|outrageous|disgraceful|disgusting|pathetic|ugly|inspiring|fun|scary|unclear|lucky|hopeful"
    r"|perhaps|maybe|somewhat|a little|intrigued|curious|responsibility(?! for)|unbreakable|necessary|essential|vital|crucial|emphasi[sz]e|thaw|prosperity"
    r"|vote of confidence|wondered|cautious|considering|happens?|make a joke"
)
# How somebody feels, and what nobody can know yet.
_STATE_OF_MIND = _pattern(
    r"afraid|ashamed|bored|calm|delighted|devastated|disgusted|embarrassed|enthusiastic|frustrat(?:ed|ing)|furious"
    r"|glad|honou?red|horrified|humbled|jealous|lonely|overwhelmed|pleased|relieved|satisfied|scared|shocked|saddened"
    r"|stressed|tired|touched|moved by|unhappy|delight|admir(?:es?|ation)|marvel(?:l?ed|s)|choked up|panic|dreams?"
    r"|intimately|mutual|renowned|viewed as|considered|game[- ]changer|(?:key|real|true) test|not clear|unknown (?:whether|how|if)"
    r"|depends? on|(?:no ?one|nobody) knows|raise questions|speculation|weigh(?:s|ed|ing)? on|symbol of"
)
_FIRST_PERSON = re.compile(
    r"\b(?:I|I’m|I'm|I’ve|I'll|I’ll|[Ww]e|[Ww]e’re|[Ww]e're|[Oo]ur|[Mm]y|us)\b"
)
_YOU = re.compile(r"\b(?:[Yy]ou|[Yy]our|[Yy]ou’re|[Yy]ou're)\b")
_UNSAID = _pattern(
    r"did(?: not|n’t|n't) (?:give|know|say|reveal|provide|mention|specify|elaborate)|gave no|no details"
)
_VOICE = _pattern(
    r"very|really|indeed|of course|something|anything|everything|everyone|seems?|seemed|kind of|sort of|such an?"
    r"|things?|quite|a lot|a bit|truly|basically|so many|so much|sounds? like|looks? like|feels? like|simply|frankly|honestly|obviously|clearly|actually"
)
_CALLED = _pattern(
    r"defend(?:s|ed)|describe[sd]?|call(?:s|ed) (?!for|on|off|up|police|in)|dubbed|prais(?:es|ed)|critici[sz](?:es|ed)|slam(?:s|med)"
    r"|hail(?:s|ed)|denounce[sd]?|condemn(?:s|ed)|mock(?:s|ed)|joked|quipped|cited"
)
_DEFINITION = _pattern(
    r"(?:is|are|was|means?) (?:an?|the|one of the) (?:\w+ ){0,2}(?:types?|kinds?|forms?|sorts?|terms?|subset|word|name"
    r"|concepts?|branch|abbreviation|acronym)|the (?:term|name|word) for|(?:is|are) defined as|refers? to|is short for"
)
_INVITATION = re.compile(
    r"^(?:Here (?:is|are|’s|'s)|Now you|Just |Click|Read |See |Watch |Find |Follow |Sign up|Have an? |Subscribe"
    r"|Check out|Let|Don[’']t|Look |Stay |Download|Visit |Share |Scroll|Tap |Try |Join |Listen |Stick |Originally )"
)
_NO_COMMENT = _pattern(
    r"request(?:s|ed)? for comment|comment(?:ed)? (?:on|from|to)|declined to|did(?: not|n’t|n't) (?:immediately |respond|reply|return)"
    r"|no immediate comment|could not be reached|independently verif(?:y|ied)|not immediately|respond(?:ed)? to"
)
_ROUTINE = _pattern(
    r"met (?:with|on|in|to)|meet(?:s|ing)? with|attend(?:ed|s)?|visit(?:ed|ing|s)?|hosted|arrived|landed|toured|tour|joined|stopping by|gathered"
    r"|ceremony|spoke (?:at|to|with)|speech|walked|stepped|turned around|headed|announced|scheduled|launch(?:ed|es|ing)|trying to|trying|boarded|sent me|came to light|video conference|informal"
)
_QUESTION = re.compile(r"\?[\"”’']?$|^(?:[Ww]hy|[Hh]ow|[Ww]hat|[Ww]hether)\b")
_CONDITION = re.compile(r"\b[Ii]f\b")
_ONLY_CONDITION = re.compile(r"^(?:[Ii]f|[Ww]hen|[Uu]nless|[Uu]ntil|[Oo]nce)\b[^,]*$")
_DIGIT = re.compile(r"\d")
_LINK = re.compile(r"https?://|www\.|@\w")

_STRONG_UNITS = {"percent", "percentage point", "fraction", "times"}
_TIME_UNITS = {"year", "month", "week", "day", "hour", "minute", "second"}

_Test = Callable[[Judged], bool]


def _has(pattern: re.Pattern[str]) -> _Test:
    return lambda judged: bool(pattern.search(judged.clause))


def _is_money(judged: Judged) -> bool:
    return any(q.unit[:3].isupper() and q.unit[:3].isalpha() for q in judged.quantities)


def _is_share(judged: Judged) -> bool:
    return any(q.unit in _STRONG_UNITS for q in judged.quantities)


def _is_count(judged: Judged) -> bool:
    return any(
        q.unit not in _STRONG_UNITS | _TIME_UNITS and not q.unit[:3].isupper()
        for q in judged.quantities
    )


def _is_measure(judged: Judged) -> bool:
    return any(q.unit in _TIME_UNITS for q in judged.quantities)


def _is_large(judged: Judged) -> bool:
    return any(q.value >= 1000 for q in judged.quantities)


def _length(judged: Judged) -> int:
    """Words of the clause, with the subject that it leans on."""
    return len(judged.clause.split()) + judged.lead


def _vouched(judged: Judged) -> bool:
    return bool(judged.hops) and not judged.forecast


# (reason or None, weight, test): the score is the logistic of the sum over the base.
_BASE = -1.15
_WEIGHTS: tuple[tuple[str | None, float, _Test], ...] = (
    ("money", 1.3, _is_money),
    ("share", 1.3, _is_share),
    ("count", 1.0, _is_count),
    ("measure", 0.4, _is_measure),
    (None, 0.5, _is_large),
    (None, 0.3, lambda j: len(j.quantities) > 1),
    ("comparison", 0.6, _has(_COMPARISON)),
    ("extreme", 0.6, _has(_EXTREME)),
    ("harm", 0.8, _has(_HARM)),
    ("law", 0.8, _has(_LAW)),
    ("institution", 0.6, _has(_INSTITUTION)),
    ("accusation", 0.7, _has(_ACCUSATION)),
    ("cause", 0.3, _has(_CAUSE)),
    ("evidence", 0.4, _has(_EVIDENCE)),
    ("attributed", 0.55, _vouched),
    # What is quoted word for word is more often a view than what is told in other words.
    (None, -0.9, lambda j: bool(j.hops) and j.hops[-1].mode == "direct"),
    ("sweeping", 0.4, _has(_SWEEPING)),
    ("dated", 0.25, _has(_DATED)),
    (None, -1.1, _has(_POSSIBLE)),
    # A plan that the article reports can be looked up; one that somebody speaks of is a promise.
    (None, -0.4, _has(_PLAN)),
    (None, -0.7, lambda j: bool(j.hops and _PLAN.search(j.clause))),
    (None, -1.4, _has(_NORM)),
    (None, -1.2, _has(_OPINION)),
    (None, -1.2, _has(_STATE_OF_MIND)),
    (None, -2.0, lambda j: j.asks),
    (None, -0.6, _has(_FIRST_PERSON)),
    (None, -1.0, _has(_YOU)),
    (None, -2.5, _has(_NO_COMMENT)),
    (None, -0.3, _has(_ROUTINE)),
    (None, -0.6, _has(_UNSAID)),
    (None, -0.8, _has(_VOICE)),
    (None, -0.6, _has(_CALLED)),
    (None, -1.5, _has(_INVITATION)),
    (None, -0.8, _has(_DEFINITION)),
    (None, -1.0, _has(_ONLY_CONDITION)),
    (None, -1.2, lambda j: not j.has_verb and j.form == "main" and not j.quantities),
    (None, -2.0, _has(_QUESTION)),
    (None, -0.6, _has(_CONDITION)),
    (None, -2.0, _has(_LINK)),
    (None, -1.0, lambda j: j.forecast),
    (None, -1.2, lambda j: j.form == "comment"),
    (None, -0.4, lambda j: j.form in {"participle", "apposition"}),
    (None, -0.8, lambda j: j.form == "leading"),
    (None, -0.6, lambda j: _length(j) < 6),
    (None, -0.3, lambda j: _length(j) < 9),
    (None, 0.4, lambda j: bool(_DIGIT.search(j.clause)) and not j.quantities),
    (None, 0.3, lambda j: j.names > 1),
)


def checkworthiness(judged: Judged) -> tuple[float, tuple[str, ...]]:
    """The score of a clause, rounded, and the reasons that raised it."""
    total, reasons = _BASE, []
    for code, weight, applies in _WEIGHTS:
        if applies(judged):
            total += weight
            if code is not None:
                reasons.append(REASONS[code])
    return round(1 / (1 + math.exp(-total)), 4), tuple(reasons)
