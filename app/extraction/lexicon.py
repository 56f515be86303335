"""The words that the grammar knows, as tables: small words, common words of news, given names."""

from app.extraction import verblist
from app.extraction.sayings import CUES, NOUN_LIKE_CUES, PARTICIPLE_CUES, PERFECT_CUES
from app.extraction.wordlist import word_set

BE = word_set("is are was were be been being 's ’s")
AUXILIARIES = BE | word_set("""has have had having do does did will would can could may might must shall should cannot
    isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't
    couldn't mustn't shouldn't ain't needn't mightn't oughtn't shan't ought
    what's where's here's how's it'll it'd that'll that'd there'd who'd who'll who've
    you've you'd you'll we'll he's she's it's that's there's who's i'm we're they're you're i've
    we've they've he'd she'd they'd we'd i'd he'll she'll they'll we'll i'll there'll""")
_PRESENT = word_set("""remains remain faces face wants want needs need seeks makes takes plans includes include
    operates represents carries means gives gets goes runs sits lives works looks seems appears
    becomes costs contains requires allows provides continues leads owns rises falls keeps calls
    sees boasts accounts comes depends exists holds helps highlights involves knows lacks
    leaves likes lies loses marks matters owes opens opposes oppose plays pays produces receives
    refuses requests serves spends stands starts stays suffers supports support tells turns uses
    welcomes wins agree agrees feel feels oppose seek love don’t""")
# What begins here holds only under a condition: "Had the bridge been open, …".
CONDITIONS = word_set("had were should if unless without")
FINITE = (
    AUXILIARIES
    | verblist.IRREGULAR_PAST
    | verblist.ONLY_PAST
    | verblist.ONLY_VERBS_S
    | _PRESENT
    | (frozenset(CUES) - PARTICIPLE_CUES - PERFECT_CUES - NOUN_LIKE_CUES)
)
_ED_BUT_NO_VERB = word_set("""united red bed need indeed hundred speed seed feed shed wicked naked sacred beloved aged
    unnamed so-called unprecedented limited alleged armed retired injured old-fashioned""")

_SHORT_PASTS = word_set("died lied tied owed used sued eyed")


def looks_finite(lower: str) -> bool:
    """Whether a lower-case word may be the finite verb of a clause."""
    word = lower.replace("’", "'")
    return word in FINITE or looks_past(word)


def looks_past(lower: str) -> bool:
    """Whether a word has the form of a regular past: "closed", and no "hundred"."""
    return (
        lower.endswith("ed")
        and (len(lower) > 4 or lower in _SHORT_PASTS)
        and "-" not in lower
        and lower not in _ED_BUT_NO_VERB
    )


CONJUNCTIONS = word_set("""and but or yet so as that when while though although because if whether after since before
    until however where which who whom whose whereas than nor what why how once""")
PRONOUNS: dict[str, str] = {
    "he": "m",
    "she": "f",
    "it": "it",
    "they": "they",
    "i": "i",
    "we": "we",
    "you": "you",
    "who": "who",
    "which": "which",
    "that": "which",
}
# Pronouns and words that can never stand for a source.
NO_AGENT = word_set("""not nobody no i we you this that these those there here nothing something everything anything what which who
    whom how why where when none neither whatever whoever whichever""")
DETERMINERS = word_set("""a an the his her its their our my your this these those another each every some many several
    most few one two three four five six seven eight nine ten both all no any other""")
PREPOSITIONS = word_set("""of for in at from with on to by about into over under against during between among through
    via without within near across after before despite around throughout toward towards upon
    outside inside behind amid because""")
# What may join the words of a description ("authorities in Beijing").
NOUN_LINKS = word_set("of for in at from with on")
ADVERBS = word_set("""also later earlier previously recently once then now still often always repeatedly again
    subsequently initially instead even just never meanwhile further first finally already
    separately publicly reportedly actually simply too yesterday today tonight however though
    therefore nonetheless both ever soon twice thrice flat-out afterwards afterward very long""")
DAYS = word_set("""monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri
    sat sun""")
MONTHS = word_set("""january february march april may june july august september october november december jan
    jan. feb feb. mar mar. apr apr. jun jul aug aug. sept sept. sep sep. oct oct. nov nov. dec
    dec.""")
TIME_NOUNS = word_set("""morning afternoon evening night week weekend month year day days weeks months years noon
    midnight hour hours minutes time""")
TIME_ADJECTIVES = word_set("last this next early late earlier previous past")

_PLAIN_TITLES = word_set("""mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor sir dame lord lady rev rev. sen sen.
    sens. senator rep rep. reps. representative gov gov. governor president vice prime minister
    secretary secretary-general chancellor premier king queen prince princess pope gen gen. general
    col col. colonel capt capt. captain lt lt. sgt sgt. maj maj. judge justice ambassador mayor
    chief chairman chairwoman chair chairperson director co-director commissioner superintendent
    sheriff officer detective deputy spokesman spokeswoman spokesperson attorney lawyer solicitor
    barrister prosecutor analyst economist ceo cfo coo founder co-founder editor editor-in-chief
    coach leader co-leader envoy congressman congresswoman councillor councilman councilwoman
    candidate activist author actor actress singer researcher scientist epidemiologist historian
    mp mep msp doctor surgeon nurse teacher principal head manager executive owner resident
    correspondent reporter columnist adviser advisor aide inspector constable commander admiral
    adm. sister brother father bishop archbishop cardinal rabbi imam sheikh ayatollah correspondent
    businessman businesswoman billionaire democrat republican lawmaker lawmakers senators speaker
    whip organiser organizer campaigner critic expert physicist biologist psychologist farmer
    driver pilot player striker midfielder star presenter host producer writer journalist
    treasurer administrator curator planner strategist dean provost engineer astronaut veteran
    det det. insp insp. supt supt. cllr cllr. dci dsi cpl const lobbyist volunteer developer designer musician rapper comedian novelist poet filmmaker
    photographer chef controller president-elect counsel fellow consultant undersecretary minister-designate
    """)
# "Vice-President", "ex-mayor", "director-general", "Mayor-elect".
TITLES = (
    _PLAIN_TITLES
    | {f"{part}-{title}" for part in ("vice", "ex", "then", "co", "sub") for title in _PLAIN_TITLES}
    | {f"{title}-{part}" for title in _PLAIN_TITLES for part in ("elect", "general", "designate")}
)
FEMALE = word_set(
    "mrs mrs. ms ms. miss dame lady queen princess chairwoman spokeswoman congresswoman "
    "councilwoman actress businesswoman"
)
MALE = word_set(
    "mr mr. sir lord king prince pope chairman spokesman congressman councilman actor businessman"
)
PARTICLES = word_set("von van der den de la le du di da del bin ibn al el ter dos y")
SUFFIXES = word_set("jr jr. sr sr. ii iii iv")

OUTLET_WORDS = word_set("""cnbc espn cbc ctv rte stv tmz techcrunch gizmodo newsweek forbes propublica semafor wsj
    nyt efe ansa dpa news times post journal press tribune herald guardian bbc cnn nbc abc cbs msnbc reuters
    bloomberg afp ap npr pbs telegraph independent radio tv television magazine gazette globe
    chronicle observer register daily sun mirror mail politico axios vox buzzfeed newspaper
    broadcaster agency agence presse xinhua tass interfax ap upi pti ani ndtv itv hill economist
    today weekly review dispatch inquirer argus examiner standard jazeera wire media podcast
    channel show programme program variety fox""")
ORGANISATION_WORDS = OUTLET_WORDS | word_set("""office ministry department university college school agency bank inc inc. corp corp. ltd llc
    plc co. company association institute center centre commission council court party house group
    union nations police authority authorities service services administration government senate
    congress parliament board committee federation foundation league organization organisation
    society trust fund bureau army military navy force forces pentagon kremlin taliban team
    campaign network coalition alliance hospital church firm trust nhs nato w.h.o. cdc fda fbi cia
    un eu unicef airline airlines airways airport industries international energy motors exchange
    museum laboratory lab labs regulator watchdog charity city county state embassy academy
    institution partners holdings technologies systems club command fire district division unit
    treasury reserve assembly cabinet brigade corps healthcare health census statistics
    prosecutors productions records studios studio entertainment label pictures""")
ROYAL = word_set("king queen prince princess pope lord lady dame sir")
# Between a document and its publisher: "a study published in Nature".
ISSUED = word_set(
    "published released issued conducted filed obtained seen posted carried commissioned led by"
)
DOCUMENT_WORDS = word_set("""draft copy summary warning inspection examination autopsy experiment trial evaluation evaluations assessment assessments appraisal factsheet website websites webpage circular directive advisory findings results projections modelling modeling simulations imagery numbers log recording recordings tape tapes footage logs diary diaries recorder leak leaks
    post posts tweet tweets video videos blog message messages letters emails e-mails filings
    lawsuits complaints memos transcripts transcript statements advert advertisement editorial op-ed
    articles leaflet flyer papers indictments surveys affidavits fir disclosure disclosures notice
    petition estimate estimates tally analyses report study survey statement document documents memo letter poll research analysis review
    filing complaint indictment lawsuit data figures paper release transcript records affidavit
    article email e-mail readout communique communiqué audit dossier bulletin census studies
    reports polls statistics""")
PLACE_WORDS = word_set("""south north east west southern northern eastern western central new united hong kong sea river
    lake county city state states island islands mount san los las saint street avenue road war act
    kingdom asia europe africa america american european asian world white black middle great
    inner outer upper lower coast bay valley park square bridge republic democratic day week
    olympics cup first second amendment""")
NATIONS = word_set("""us u.s. u.s uk u.k. american british english scottish welsh irish french german spanish
    italian russian ukrainian chinese japanese korean indian pakistani afghan iranian iraqi
    israeli palestinian turkish greek polish canadian mexican brazilian australian dutch belgian
    swiss swedish norwegian danish finnish european african asian western eastern syrian saudi
    egyptian nigerian kenyan vietnamese thai indonesian filipino cuban venezuelan colombian
    argentine chilean portuguese hungarian czech austrian romanian bulgarian serbian latin
    federal""")
# Nouns that speak; used where a description must be told from any other noun.
SPEAKERS = (
    TITLES
    | DOCUMENT_WORDS
    | word_set("""many some others several most another aide aides ally allies adviser advisers advisor advisors insiders
    locals fans pundits rivals teammates classmates courtiers bosses chiefs officers delegates visitors
    readers listeners villagers islanders farmers fishermen fishers traders brokers bankers
    neighbours councillors senators judges detectives staff crews families volunteers nurses
    commentators columnists reviewers biographers hardliners moderates rebels veterans
    academics professors clerics priests bishops churchgoers shareholders landlords drivers
    commuters cyclists walkers hikers climbers coaches players pilots sailors soldiers
    official officials spokesmen spokespeople police prosecutors authorities experts analysts
    economists researchers scientists critics supporters opponents doctors teachers lawyers
    attorneys residents witnesses witness sources source leaders ministers lawmakers investigators
    activists campaigners executives managers owners parents students workers employees users
    user commenter people women men woman man mother father son daughter wife husband family
    relatives friend friends neighbour neighbor neighbours neighbors agent agents deportee
    passenger passengers survivor survivors victim victims suspect defendant plaintiff plaintiffs
    advocates organisers organizers firefighters paramedics observers historians government
    ministry military army company firm office agency department group party union bank court
    council commission board team regulator watchdog charity university hospital committee
    campaign embassy inquest tribunal inquiry panel publicist rep pal buyers growers bakers brokers fishers organization organisation institute association newspaper network
    broadcaster outlet website media insiders diplomats diplomat economist staffers staffer
    voters adults respondents customers shoppers neighbours listeners viewers tenants management clerk captain engineer midwife colleagues co-authors peers co-workers member members candidate candidates jury jurors crew coroner insider whistleblower""")
)
SPEAKER_ENDINGS = (
    "er",
    "ers",
    "or",
    "ors",
    "ist",
    "ists",
    "man",
    "men",
    "ian",
    "ians",
    "ant",
    "ants",
)
ADDRESSEES = word_set("""reporters journalists them him her us me lawmakers congress parliament investors police
    jurors investigators viewers listeners voters delegates senators mps staff employees officers
    officials supporters people fans readers followers colleagues everyone
    inquiry inquest tribunal hearing meeting conference audience crowd panel rally""")
# Parts of an office of several words: "attorney general", "chief executive officer".
ROLE_PARTS = word_set("""general executive foreign home defense defence interior finance health education police state
    deputy vice prime senior lead head former then acting interim assistant associate national
    public press financial operating medical scientific technology marketing managing
    communications security justice environment energy transport agriculture trade labor labour
    treasury housing culture sports team club majority minority opposition party""")
# Nouns that mean a business, whatever it is called.
COMPANY_WORDS = word_set("""company firm corporation retailer airline carrier manufacturer maker developer publisher
    operator supplier lender insurer brewer giant startup start-up conglomerate studio broker
    brokerage grocer contractor consultancy producer distributor vendor distiller miner
    multinational business chain brand bank label utility builder homebuilder""")
# Nouns that mean any business: what stands before them may tell one from another.
GENERAL_COMPANY_WORDS = word_set("company firm corporation business group bank")
# Nouns that mean an office, a club or another body.
BODY_WORDS = word_set("""agency authority ministry department commission committee council board bureau office service
    institute association federation foundation charity organisation organization nonprofit
    non-profit union party group body regulator watchdog university college school hospital court
    museum church club league network newspaper broadcaster magazine website trust coalition
    alliance force army navy academy society center centre administration mission""")
# Bodies that are called so only because the word is part of their name.
OWN_NAMED = word_set("""authority ministry department commission committee council board bureau office service
    institute association federation foundation university college school hospital court museum
    church league army navy academy society center centre administration force bank trust network newspaper
    broadcaster magazine website""")
# What a business deals in, as it stands before the noun: "the software company".
TRADES = word_set("""software tech technology internet oil gas energy car auto food drug pharmaceutical insurance
    telecom media social security airline retail fashion clothing mining shipping steel
    electronics gaming entertainment parent private public state-owned rail train water""")
# Nouns that stand for a person just named, where nobody is tied to them: of home, of sport, of show.
EPITHETS = word_set("""american australian austrian belgian brazilian bulgarian canadian chilean colombian croatian
    croat cuban czech dane dutchman egyptian englishman finn frenchman georgian german greek hungarian
    indian iranian irishman israeli italian jamaican kenyan korean mexican nigerian norwegian
    pakistani pole russian scot serb serbian slovak spaniard swede swiss turk ukrainian welshman
    briton londoner texan californian striker midfielder defender goalkeeper goalie winger forward
    skipper batsman batter bowler quarterback pitcher sprinter boxer golfer cyclist jockey
    singer rapper actor actress comedian songwriter musician teenager youngster veteran
    sophomore freshman rookie star superstar icon beauty hitmaker""")
# What a firm calls its branches by: after "President Volvex North …" nobody's name.
DIVISIONS = word_set(
    "america americas europe asia africa emea apac uk usa worldwide international global"
)
# Whatever these "find" or "confirm" is said by somebody there; a body may be a dead one.
BODIES = (BODY_WORDS | COMPANY_WORDS) - {"body", "force"}
