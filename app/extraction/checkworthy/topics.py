"""Words by which a clause shows what it is about: rules, records, money, games, private lives."""

from app.extraction.checkworthy.patterns import pattern

NEGATION = pattern(
    r"not(?! (?:only|just|sure|clear|yet clear))|never|no(?! (?:doubt|matter|wonder|less))|nor|none|nobody|nothing|neither"
    r"|cannot|\w+n[’']t|without"
)
RULE = pattern(
    r"laws?|constitution(?:al)?|contracts?|clauses?|statutes?|regulations?|rule ?book|by-?laws?|treaty|permits?"
    r"|licen[cs]e[ds]?|polic(?:y|ies)|legislation|bill|act|code|mandatory|requires?|required|requirements?"
    r"|forbids?|prohibit(?:s|ed)?|allows?|exempt(?:s|ed)?|entitled|under the (?:terms|rules|law|agreement|deal|plan)"
    r"|rules|criteria|quota|cap|ban|deadline|eligible|compulsory|consent|approval|tender|bidding"
)
RECORDS = pattern(
    r"records?|documents?|minutes|filings?|e-?mails?|audits?|accounts|register(?:ed)?|registry|log(?:s|book|ged)?|invoices?"
    r"|certificates?|ledgers?|archives?|inspection|inspected|inspectors?|footage|transcripts?|receipts?|papers|memo"
    r"|database|census|statistics|tested|samples?|laborator(?:y|ies)|measured|reviewed|examined|letters?"
)
BODY = pattern(
    r"ministry|department|commission|council|government|federal|state|county|city|police|court|board|company|firm"
    r"|bank|contractors?|hospital|agency|authority|trust|university|army|parliament|congress|senate|party|regulator"
    r"|ministers?|officials?|executive|management|owner|developer|operator|supplier|landlord|employer|manufacturer|insurer|union"
)
HEALTH = pattern(
    r"vaccin\w*|patients?|disease|diseases|drugs?|doses?|virus|cancer|treated|treatment|symptoms|safety|unsafe|toxic|contaminat\w+"
    r"|pollut\w+|asbestos|lead poisoning|pesticides?|infection|radiation|side effects|medicines?|clinical|risk of|sick|illness"
    r"|emissions?|chemicals?|water supply|dementia|diabetes|blood|asthma|measles|cholera"
)
UNDONE = pattern(
    r"failed|fails|ignored|missing|missed|lack(?:s|ed)?|unpaid|expired|overdue|withheld|refus(?:e|es|ed)|unaware|untested"
    r"|unlicen[cs]ed|unregistered|delayed|abandoned|stopped|broke|broken|breach|exceed(?:s|ed)|leaked|removed|deleted"
    r"|altered|faked?|forged|false|doctored|wrongly|misled|mislead(?:ing)?|secret(?:ly)?|undisclosed|disclosed?"
)
FUNDS = pattern(
    r"paid|pays?|payments?|spen[dt]|spending|costs?|tax(?:es|ed)?|debts?|loans?|budgets?|funds?|funded|funding|wages?|prices?|rents?"
    r"|fees?|salar(?:y|ies)|deficit|surplus|subsid(?:y|ies)|grants?|revenue|profits?|loss(?:es)?|income|bonus(?:es)?|pensions?|donat\w+|shares in|earn(?:s|ed)"
)
WORK = pattern(
    r"jobs?|workers?|employees|staff|laid off|layoffs?|redundan\w+|unemploy\w+|nurses|teachers|workforce|hired|fired|dismissed|sacked"
    r"|students|pupils|homes|households|tenants|passengers|prisoners|inmates|voters|ballots?|votes|migrants|refugees|civilians|soldiers"
)
LIFE = pattern(
    r"wife|husband|grew up|was born|born (?:in|to|on)|father of|mother of|lives (?:in|with|on|near)|lived (?:in|with)|married|grand(?:father|mother|son|daughter|parents|children|kids)"
    r"|retired|hobby|childhood|her son|his son|her daughter|his daughter|years old|widow(?:er)?|brother|sister|nephew|cousin|garden|kitchen|dog|cat"
)
COLOUR = pattern(
    r"smell(?:s|ed|t)?|coffee|tea|rain(?:ed|ing|y)?|wind|sun(?:ny|light|shine)?|dawn|dusk|grey|gray|white|yellow|green|red|blue|black coat|smil(?:e|ed|es|ing)|laugh(?:ed|s|ing|ter)?"
    r"|wept|cried|crowd|clapped|applause|cheer(?:s|ed)?|sat|stood|leaned|waved|hugged|nodded|shrugged|silence|quiet(?:ly)?|cold|warm|queue[ds]?|wore|wearing|jacket|boots|table|chairs?"
    r"|song|sang|music|bells?|flag|flags|banner|candles?|flowers"
)
LIKENESS = pattern(
    r"like (?:an?|the|some|somebody|someone)|as if|as though|the sort of|the kind of|a kind of|in a way|a matter of|so to speak|as ever|as (?:it|they) (?:does|do|say)"
)
VAGUE = pattern(
    r"some|several|many|a few|few|dozens|hundreds|thousands|various|a number of|often|sometimes|usually|mostly|generally|largely|about|around"
)
HEDGE = pattern(
    r"appears?|appeared|apparently|suggests?|suggested|reportedly|allegedly|believed to|thought to|said to be|is said|rumou?r(?:s|ed)?|it is not known|unclear|tends? to"
)
PASSIVE = pattern(
    r"(?:was|were|been|being|is|are|be|got) (?:\w+ly |never |not |also |then |first |since |already )?(?:\w+ed|built|sold|paid|told|found|sent|held|kept|given|taken|shown|written|hidden|made|cut|put|shut|lost|spent|bought|brought|known|seen)"
)
PERFECT = pattern(
    r"(?:has|have|had)(?: \w+ly| not| never| since| already| also)? (?:been|\w+ed|built|sold|paid|told|found|sent|held|kept|given|taken|shown|written|made|cut|lost|spent|bought|run|risen|fallen|grown)"
)
