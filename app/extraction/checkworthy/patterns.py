"""Words by which a clause shows what it is: a trend, a harm, a plan, an opinion."""

import re


def pattern(words: str, *, case: bool = False) -> re.Pattern[str]:
    """Any of these words, as words of their own; small and capital letters alike."""
    flags = re.NOFLAG if case else re.IGNORECASE
    return re.compile(r"\b(?:" + "|".join(words.split("|")) + r")\b", flags)


COMPARISON = pattern(
    r"more than|less than|fewer than|higher than|lower than|compared (?:to|with)|up from|down from"
    r"|increas(?:e|es|ed|ing)|decreas(?:e|es|ed)|declin(?:e|es|ed)|rose|risen|rises|rising|fell|fallen"
    r"|falls|falling|grew|grown|growing|dropped|plunged|soared|surged|slumped|climb(?:ed|ing|s)|doubled"
    r"|tripled|halved|twice (?:as|the)|average[ds]?|majority|shrank|shrunk|worsened|as many|as much|most of"
)
EXTREME = pattern(
    r"largest|biggest|highest|lowest|smallest|longest|worst|oldest|youngest|deadliest|fastest|record"
    r"|first(?= (?:\w+ ){0,3}(?:to|in|since|ever|elected))|most (?!of\b)\w+|least \w+|unprecedented|second[- ](?:\w+est|worst|most)|only|biggest-ever"
)
HARM = pattern(
    r"kill(?:ed|s|ing)|died|dies|dead|deaths?|injur(?:ed|ies)|wounded|murder(?:ed)?|(?:was|were|been|be|being) shot|shot (?:down|dead|at|and|by)|bomb(?:ed|ing)"
    r"|crash(?:ed)?|destroyed|infect(?:ed|ions?)|outbreak|poison(?:ed|ing)|tortured|rap(?:e|ed)|abused?"
    r"|attack(?:ed|s)?|explosion|invaded|fatal|starv(?:ed|ation)|displaced|wiped out|hospitali[sz]ed"
)
LAW = pattern(
    r"pleaded|convict(?:ed|ion)|sentenced|charged|charges|indicted|arrested|jailed|imprisoned|deported"
    r"|evicted|illegal(?:ly)?|unlawful(?:ly)?|lawsuit|sued|fined|guilty|violat(?:ed|ing|es|ion|ions)|banned"
    r"|investigat(?:ed|ion|ions|ing)|allegations?|fraud|corrupt(?:ion)?|bribe[sd]?|ruled|acquitted"
    r"|trial|prosecut(?:ed|ors|ion)|extradition|felon|legally|breach(?:ed|ing)?|warrant|denied"
)
INSTITUTION = pattern(
    r"approved|passed|signed(?! up)|voted|repealed|cut(?=s? )|funded|funding|paid|spent|sold|bought|raised|approve[sd]"
    r"|received|cancel(?:led|ed)|closed|suspended|blocked|censors?|censored|restrict(?:ed|ing)|withheld"
    r"|withdr(?:ew|awn)|rejected|overturned|awarded|granted|imposed|dropped|taken down|shut|instructed"
    r"|ordered|ruled out|accepted?|turned down|cost|costs|provided|quarantined|detained|refused|hacked|leaks?"
)
ACCUSATION = pattern(
    r"accus(?:e|ed|es|ing|ation)|alleg(?:ed|es|edly)|den(?:y|ies|ied)|blam(?:ed|es)|lied|conceal(?:ed|ing)|cover(?:ed)? up|hid|hidden|minimi[sz]ing"
    r"|claimed responsibility|coercion|intimidation|encroaching|meddl(?:ed|ing)|responsib(?:le|ility) for|threaten(?:ed|ing)"
)
CAUSE = pattern(
    r"because(?: of)?|caus(?:e|ed|es|ing)|due to|led to|leads to|result(?:s|ed|ing)? (?:in|of|from)|as a result"
    r"|linked to|thanks to|owing to|contribut(?:ed|es) to|prevent(?:s|ed)|reduc(?:es|ed)|push(?:ed|es)? (?:prices|costs)"
)
EVIDENCE = pattern(
    r"evidence|stud(?:y|ies)|research|data|survey|report(?:ed|s)? (?:a|that|using)|estimat(?:e|ed|es)|poll(?:s|ing)?|scientists"
    r"|figures show|according to|tests?|diagnosed|confirmed|found(?! guilty)|finds|shows?|showed|shown|reveal(?:s|ed)"
)
SWEEPING = pattern(
    r"never|ever|always|every|all(?! of (?:us|you))|any|at all|not (?:one|a single)|no (?:one|evidence|sign|indication|longer)|none|nobody|inevitabl[ye]|completely"
    r"|entire(?:ly)?|nationwide|nationally|worldwide|without"
)
DATED = re.compile(
    r"\b(?:1[89]|20)\d\d\b|\b(?:last|this|past) (?:year|month|week|decade|quarter)\b|\bsince\b"
    r"|\b(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}\b|\b(?:May|June|July) \d{1,2}\b"
    r"|\b(?:in|since|until|by|of|late|early|mid) (?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b\d{1,2} (?:January|February|March|April|May"
    r"|June|July|August|September|October|November|December)\b|\bso far this year\b|\byears? (?:ago|earlier)\b|\bover the (?:past|last)\b|\brecent(?:ly)?\b"
)
PLAN = pattern(
    r"(?-i:will)|won’t|won't|’ll|'ll|shall|going to|set to|plans? to|planned|scheduled|due to be|is to|are to"
)
POSSIBLE = pattern(
    r"would(?! not|n[’']t)|could(?! not|n[’']t)|(?-i:may)|might|likely|unlikely|expected to|hopes? to|aims? to|intends? to|ready to"
    r"|willing to|potential(?:ly)?|possibl[ye]|eventually|prospect"
)
NORM = pattern(
    r"should|must|ought to|need(?:s|ed)? to|have to|has to|let(?:’|')?s?(?= us| me|\b)|urge[sd]?|call(?:s|ed|ing)? (?:for|on)"
    r"|demand(?:s|ed)?|please|don’t|don't|better to"
)
OPINION = pattern(
    r"good(?! evidence)|bad(?! debts?)|great|terrible|important|significant(?:ly)? to|strong(?:ly|er)?|proud|ridiculous|beautiful|best(?! when| if)|popular|tough(?:er)?|better"
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
STATE_OF_MIND = pattern(
    r"afraid|ashamed|bored|calm|delighted|devastated|disgusted|embarrassed|enthusiastic|frustrat(?:ed|ing)|furious"
    r"|glad|honou?red|horrified|humbled|jealous|lonely|overwhelmed|pleased|relieved|satisfied|scared|shocked|saddened"
    r"|stressed|tired|touched|moved by|unhappy|delight|admir(?:es?|ation)|marvel(?:l?ed|s)|choked up|panic|dreams?"
    r"|intimately|mutual|renowned|viewed as|considered|game[- ]changer|(?:key|real|true) test|not clear|unknown (?:whether|how|if)"
    r"|depends? on|(?:no ?one|nobody) knows|raise questions|speculation|weigh(?:s|ed|ing)? on|symbol of"
)
FIRST_PERSON = re.compile(
    r"\b(?:I|I’m|I'm|I’ve|I'll|I’ll|[Ww]e|[Ww]e’re|[Ww]e're|[Oo]ur|[Mm]y|us)\b"
)
YOU = re.compile(r"\b(?:[Yy]ou|[Yy]our|[Yy]ou’re|[Yy]ou're)\b")
UNSAID = pattern(
    r"did(?: not|n’t|n't) (?:give|know|say|reveal|provide|mention|specify|elaborate)|gave no|no details"
)
VOICE = pattern(
    r"very|really|indeed|of course|something|anything|everything|everyone|seems?|seemed|kind of|sort of|such an?"
    r"|things?|quite|a lot|a bit|truly|basically|so many|so much|sounds? like|looks? like|feels? like|simply|frankly|honestly|obviously|clearly|actually"
)
CALLED = pattern(
    r"defend(?:s|ed)|describe[sd]?|call(?:s|ed) (?!for|on|off|up|police|in)|dubbed|prais(?:es|ed)|critici[sz](?:es|ed)|slam(?:s|med)"
    r"|hail(?:s|ed)|denounce[sd]?|condemn(?:s|ed)|mock(?:s|ed)|joked|quipped|cited"
)
DEFINITION = pattern(
    r"(?:is|are|was|means?) (?:an?|the|one of the) (?:\w+ ){0,2}(?:types?|kinds?|forms?|sorts?|terms?|subset|word|name"
    r"|concepts?|branch|abbreviation|acronym)|the (?:term|name|word) for|(?:is|are) defined as|refers? to|is short for"
)
INVITATION = re.compile(
    r"^(?:Here (?:is|are|’s|'s)|Now you|Just |Click|Read |See |Watch |Find |Follow |Sign up|Have an? |Subscribe"
    r"|Check out|Let|Don[’']t|Look |Stay |Download|Visit |Share |Scroll|Tap |Try |Join |Listen |Stick |Originally )"
)
NO_COMMENT = pattern(
    r"request(?:s|ed)? for comment|comment(?:ed)? (?:on|from|to)|declined to|did(?: not|n’t|n't) (?:immediately |respond|reply|return)"
    r"|no immediate comment|could not be reached|independently verif(?:y|ied)|not immediately"
    r"|respond(?:ed)? to (?:\w+ ){0,3}?(?:requests?|questions?|calls?|e-?mails?|messages?|inquiries|enquiries|comment)"
)
ROUTINE = pattern(
    r"met (?:with|on|in|to)|meet(?:s|ing)? with|attend(?:ed|s)?|visit(?:ed|ing|s)?|hosted|arrived|landed|toured|tour|joined|stopping by|gathered"
    r"|ceremony|spoke (?:at|to|with)|speech|walked|stepped|turned around|headed|announced|scheduled|launch(?:ed|es|ing)|trying to|trying|boarded|sent me|came to light|video conference|informal"
)
QUESTION = re.compile(r"\?[\"”’']?$|^(?:[Ww]hy|[Hh]ow|[Ww]hat|[Ww]hether)\b")
CONDITION = re.compile(r"\b[Ii]f\b")
ONLY_CONDITION = re.compile(r"^(?:[Ii]f|[Ww]hen|[Uu]nless|[Uu]ntil|[Oo]nce)\b[^,]*$")
DIGIT = re.compile(r"\d")
LINK = re.compile(r"https?://|www\.|@\w")
