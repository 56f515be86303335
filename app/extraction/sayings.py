"""The verbs by which English news says who said something, with all their forms."""

from typing import Literal

from app.extraction.wordlist import word_set

# How a verb takes the words that it introduces:
# "bare"   said (that) taxes rose          "that"   confirmed that taxes rose, seldom a bare clause
# "tell"   told reporters (that) taxes rose "object" denied the charge: the verb is part of the claim
# "tag"    shouted, read: only beside words in quotation marks
CueClass = Literal["bare", "that", "tell", "object", "tag"]

_PAST = {
    "say": "said",
    "think": "thought",
    "tell": "told",
    "find": "found",
    "put": "put",
    "show": "showed shown",
    "forecast": "forecast",
    "write": "wrote written",
    "swear": "swore sworn",
    "read": "read",
    "hold": "held",
    "feel": "felt",
    "see": "saw",
    "speak": "spoke",
    "teach": "taught",
    "foresee": "foresaw",
    "understand": "understood",
    "admit": "admitted",
    "quip": "quipped",
    "peg": "pegged",
    "refer": "referred",
    "begin": "began",
    "signal": "signalled signaled",
    "label": "labelled labeled",
    "make": "made",
}
_DOUBLED = word_set("refer admit peg quip submit rebut hum aver brag fret sob")
_VOWELS = "aeiou"


def _forms(base: str) -> tuple[str, ...]:
    """The forms of a verb: "deny", "denies", "denied", "denying"."""
    if base.endswith(("s", "sh", "ch", "x")):
        present = base + "es"
    elif base.endswith("y") and base[-2] not in _VOWELS:
        present = base[:-1] + "ies"
    else:
        present = base + "s"
    stem = base + base[-1] if base in _DOUBLED else base
    if base.endswith("e"):
        past, stem = base + "d", base[:-1] if not base.endswith("ee") else base
    elif base.endswith("y") and base[-2] not in _VOWELS:
        past = base[:-1] + "ied"
    else:
        past = stem + "ed"
    return (base, present, *_PAST.get(base, past).split(), stem + "ing")


def _table(**classes: str) -> dict[str, CueClass]:
    kinds: dict[str, CueClass] = {
        "bare": "bare",
        "that": "that",
        "tell": "tell",
        "object": "object",
        "tag": "tag",
    }
    return {
        form: kinds[kind]
        for kind, bases in classes.items()
        for base in bases.split()
        for form in _forms(base)
    }


CUES: dict[str, CueClass] = _table(
    tag="""shout scream cry whisper exclaim mutter murmur sigh grumble gush yell chant snap read
    ask wonder inquire recite interject groan moan whine wail sob hiss snarl growl bark coo purr deadpan
    crow croak stammer stutter rave blurt drawl intone chime chirp bristle scoff smirk sniff sneer
    vent rant roar boom hoot caption gush spill dish marvel joke squeal bellow fume plead implore thunder enthuse rail bemoan begin continue""",
    object="""rule accuse dispute reject blame praise criticise criticize condemn denounce dismiss
    peg finger describe label brand hail liken compare attribute link ridicule slam blast mock decry lambast
    lambaste applaud laud deride call cite put see speak talk introduce
    portray depict characterise characterize refer""",
    that="""acknowledge reaffirm add advertise advise affirm agree announce answer anticipate appeal assert assess
    attest aver boast calculate caution certify clarify comment complain concede
    conclude concur confess confide confirm conjecture contend counter declare decree demand
    detail determine disclose discover elaborate emphasize emphasise envisage envision
    establish expect explain express fear feel find forecast foresee gripe guarantee guess
    highlight hint hold hope hypothesise hypothesize imply indicate infer intimate joke judge
    lament maintain mention muse note notice observe opine outline pledge point post posit postulate
    predict proclaim project promise pronounce propose prophesy protest quip rebut recall reckon
    recommend recount refute regret reiterate relate relay remark remember repeat reply report
    respond retort reveal show signal specify speculate state stipulate
    stress submit suggest summarise summarize surmise suspect swear teach testify theorise
    theorize threaten tweet underline underscore understand urge verify volunteer vow
    warrant worry write rejoin doubt question retweet brag venture insinuate reminisce vouch""",
    tell="tell assure inform remind warn notify instruct persuade advise alert brief reassure convince",
    bare="say think claim argue insist allege estimate believe admit deny reckon",
)
# Only after "has" or "had": "letters written by a man" say nothing.
PERFECT_CUES = word_set("sworn written shown")
# Verbs whose other forms are nouns.
CUES.update(dict.fromkeys(("heard", "hears"), "bare"))
CUES.update(dict.fromkeys(("messaged", "texted", "emailed", "blogged"), "that"))
# Verbs of judging, without their forms in -ing: "regarding" and "considering" are prepositions.
JUDGING = word_set("""view views viewed regard regards regarded consider considers considered rate rates rated deem
    deems deemed perceive perceives perceived pitched pitches touted touts
    billed bills framed frames termed dubbed dubs nicknamed christened""")
CUES.update(dict.fromkeys(JUDGING, "object"))
# These report only with "that", a colon or quotation marks: "shared the bread".
ONLY_MARKED = word_set("""shared shares sharing conveyed conveys conveying communicated communicates communicating
    signalled signaled signals hinted hints signalling signaling vented vents intimated impressed impresses spilled spilt dished gushed crowed fretted frets marvelled marveled
    marvels reflected deposed deposes flagged recorded accepted accepts raved moaned moans whined
    whines scoffed scoffs blurted deadpanned ranted guided wailed""")
CUES.update({"valued": "object"})
CUES.update((form, "that") for form in ONLY_MARKED)
PARTICIPLE_CUES = frozenset(form for form in CUES if form.endswith("ing"))

# Cues whose plain object is a claim by itself: what must stand within reach after them.
# An empty tuple: any object.
OBJECT_CUES: dict[str, tuple[str, ...]] = {}


def _objects(wanted: tuple[str, ...], bases: str) -> None:
    for base in bases.split():
        OBJECT_CUES.update(dict.fromkeys(_forms(base), wanted))


_objects((), "recommend")
_objects(("responsible", "accountable", "liable"), "hold")
_objects((), "accuse blame dispute deny criticise criticize condemn denounce praise")
_objects((), "ridicule slam blast mock decry lambast lambaste applaud laud deride refute rebut")
_objects(
    (
        "responsibility",
        "credit",
        "victory",
        "capture",
        "seizure",
        "destruction",
        "innocence",
        "ignorance",
    ),
    "claim",
)
_objects(("out",), "rule")
_objects(
    ("claims", "claim", "allegations", "allegation", "accusations", "suggestions", "reports"),
    "reject",
)
_objects(
    ("as", "claims", "claim", "allegations", "suggestions", "reports", "criticism", "idea"),
    "dismiss",
)
_objects(("as",), "describe hail cite brand label introduce portray depict characterise")
_objects(("as",), "characterize refer finger")
_objects(("to",), "attribute link liken compare")
_objects(("of", "about"), "boast complain warn speak talk tell")
_objects(("plans", "plan"), "reveal outline detail")
# "promised to close the port": the promise is the claim.
TO_CUES = word_set(
    "claimed claims claiming promised promises promise pledged pledges pledge vowed vows vow"
)
# "told staff to leave", "urged the ministry to close": somebody, and then what to do.
URGING = word_set("urged urges urge advised advises warned warns told tells begged implored")
# "forecast a loss of 4 million", "put the cost at 40 million": a number is the claim.
MEASURING = word_set("""expect expects expected expecting forecast forecasts forecasting predict predicts
    predicted predicting project projects projected projecting estimate estimates estimated
    estimating promised promises pledged pledges anticipate anticipates anticipated anticipating put puts sees foresee foresees
    peg pegs pegged valued""")
# Beside words without quotation marks these are no tags: "in fact, he responded quickly".
ONLY_QUOTED = (
    frozenset(
        form
        for base in word_set(
            """respond reply answer comment agree appeal protest threaten describe call see put cite link
        compare attribute praise blame accuse brand label hail dismiss reject worry post begin
        continue read"""
        )
        for form in _forms(base)
    )
    | JUDGING
)
# What people have seen or done: "described hearing a noise", "reported a smell “like …”".
RECOUNTING = word_set("""described describes describe recalled recalls recall recounted recounts remembered remembers
    reported admitted admits denied denies acknowledged acknowledges mentioned mentions
    suggests suggested recommends recommended""")
# What a document does with a plain object: "the study found no evidence of fraud".
FINDING = word_set("""reported found finds find showed shows show revealed reveals reveal detailed details detail
    described describes describe depicted depicts lists listed cites cited linked links identified identifies documented
    documents uncovered highlighted highlights alleges alleged recorded records""")

# Nouns that carry the words like a verb would: "voiced concerns that", "claims by X that".
CUE_NOUNS = word_set("""concern concerns fear fears claim claims allegation allegations hope hopes doubt doubts belief
    view suspicion suspicions confidence accusation accusations assertion assertions statement
    statements suggestion suggestions warning warnings finding findings conclusion conclusions
    admission confession prediction predictions forecast forecasts estimate estimates argument
    arguments assessment assessments complaint complaints announcement announcements contention
    insistence opinion position theory theories reply replies response responses answer answers word words line verdict excuse version
    defence defense story advice explanation assurance assurances promise promises denial
    denials revelation revelations testimony remark remarks comment comments criticism report
    reports rumour rumours rumor rumors charge charges confirmation declaration message notion
    impression worry worries observation explanation feeling alibi account accounts boast boasts
    hint hints pledge pledges recollection story stories disclosure disclosures reminder protestation
    protestations retort guess tale tales memory memories description descriptions talk""")
CUE_NOUN_VERBS = word_set("""voiced voices voice expressed expresses express raised raises raise made makes make repeated
    repeats reiterated reiterates shared shares share drew draws reached reaches offered gave gives
    gave issued issues published publishes stated aired echoed renewed came has have dropped drops
    dropping put floated peddled""")
# Only said of a wish, a plan or a state of mind; what follows is not a report of fact.
FORECAST_CUES = frozenset(
    form
    for base in word_set(
        """expect hope predict project forecast promise pledge vow urge fear speculate advise think
        believe warn caution anticipate foresee threaten"""
    )
    for form in _forms(base)
)
# Verbs of saying that are as often nouns.
NOUN_LIKE_CUES = word_set("""shares vents hints claim claims report reports fear fears hope hopes note notes state states estimate
    estimates project projects forecast forecasts promise promises pledge pledges remark remarks
    mention mentions doubt doubts call calls urge urges question questions
    boast boasts joke jokes vow vows signal signals guess guesses quip quips post posts tweet tweets
    demand demands reply replies answer answers comment comments highlight highlights outline
    outlines detail details suspect suspects alert alerts brief briefs blog blogs message messages
    relay relays rule rules advertise point points hold holds worry worries cry cries sigh sighs read
    reads label labels brand brands link links blame praise slam blast hail counter counters regret
    regrets appeal appeals protest protests warrant warrants judge judges lie lies rage rail""")
# With these verbs whatever stands before them speaks.
_SAID_OF_THINGS = word_set("""suggest show find indicate reveal confirm imply signal highlight underline underscore
    establish determine read begin continue call put link compare attribute describe see hold reflect record""")
PLAIN_CUES = (
    frozenset(CUES)
    - {"heard", "hears"}
    - frozenset(form for base in _SAID_OF_THINGS for form in _forms(base))
)
