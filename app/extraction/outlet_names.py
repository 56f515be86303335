"""Which names are those of newspapers, stations, agencies and sites."""

from collections.abc import Sequence

from app.extraction import lexicon as lex
from app.extraction.agents import is_outlet, looks_like_person
from app.extraction.tokens import Token
from app.extraction.wordlist import word_set

# Names of outlets whose words alone do not tell that they are one.
_NAMES = word_set("""spiegel zeit welt bild zeitung figaro monde libération parisien équipe kompas haaretz dawn
    yomiuri asahi mainichi nikkei kyodo yonhap antara rappler novaya gazeta kommersant ria efe ansa
    anadolu hurriyet sabah globo folha estadão clarín nación país mundo corriere repubblica stampa
    nyheter aftonbladet expressen politiken berlingske jyllands-posten vg aftenposten nrk svt yle
    rtl zdf ard rai nos volkskrant telegraaf nrc standaard soir nzz techcrunch wired verge gizmodo
    engadget cnet zdnet recode slate salon quartz forbes fortune barron's variety deadline billboard
    vulture tmz newsweek atlantic yorker intercept propublica marketwatch cnbc itv sky stv rte rté
    cbc ctv abc sbs scotsman oregonian scientist nature semafor punchbowl lancet bbc4 skynews
    bellingcat meduza mediazona caixin scmp straitstimes bangkokpost irrawaddy scroll quint mint
    mashable insider protocol vice gawker jezebel breitbart newsmax infowars townhall drudge
    elle vogue esquire gq playboy""")
_PHRASES = frozenset(
    {"scientific american", "new scientist", "rolling stone", "vanity fair", "the conversation"}
    | {"press and journal", "daily beast", "daily dot", "foreign policy", "foreign affairs"}
    | {"fast company", "mother jones", "new republic", "harvard crimson", "west australian"}
    | {"business insider", "the wrap", "the athletic", "the information", "the intercept"}
    | {"the nation", "the root", "the onion", "the age", "the hindu", "the citizen", "the star"}
    | {"us weekly", "us magazine", "people magazine", "e! news", "page six", "sky sports"}
    | {"yahoo sports", "bt sport", "fox sports", "nbc sports", "cbs sports", "sports illustrated"}
    | {"talksport", "the players' tribune", "bleacher report", "entertainment tonight"}
    | {
        "hollywood reporter",
        "entertainment weekly",
        "pitchfork",
        "inside edition",
        "access hollywood",
    }
    | {"the local", "the canadian press", "canadian press", "good housekeeping"}
)
# "told the network", "added to the paper": the outlet that was named before.
NOUNS = word_set(
    "network paper newspaper broadcaster outlet magazine station site website channel programme "
    "agency publication tabloid daily weekly portal"
)
# The last word of a newspaper's name: "the Harbour Star", "the Port Courier".
_LAST = word_set("""star voice leader advocate bee enquirer sentinel ledger courier citizen nation echo reporter insider
    republic bulletin monitor age eye sun pravda dagblad zeitung allgemeine nacional diario diário
    jornal journal presse tageblatt rundschau posten bladet nieuws novosti sanomat matin libre
    intelligencer banner recorder extra express alo samachar patrika jagran bhaskar""")
_ARTICLES = word_set("le la el der die das het il les los de o l'équipe")
# Who is told things in capitals and prints nothing.
_NO_OUTLETS = (
    lex.NATIONS
    | lex.ADDRESSEES
    | word_set(
        """fbi cia nypd nhs un eu nato fda cdc gop mps ceo cfo irs sec doj imf who dea ice mi5 mi6 opec
    tory tories labour commons lords police parliament senate congress house council court"""
    )
)


def prints(words: Sequence[Token], text: str) -> bool:
    """Whether a name is an outlet's: by its words, or by how it is written."""
    core = [word for word in words if word.lower != "the"]
    if not core or _is_known(core, text[words[0].start : words[-1].end]):
        return bool(core)
    if not core[0].is_capital or any(word.lower in _NO_OUTLETS for word in core):
        return False
    organised = any(word.lower in lex.ORGANISATION_WORDS for word in core)
    titled = words[0].text == "The" and not organised
    owned = _is_owned(core) and not organised
    foreign = len(core) > 1 and core[0].lower in _ARTICLES and not organised
    sign = len(core) == 1 and _is_sign(core[0].text) and not looks_like_person(core)
    return titled or owned or foreign or sign


def is_known(words: Sequence[Token], text: str) -> bool:
    """Whether a name is in the tables of outlets, or made of their words."""
    core = [word for word in words if word.lower != "the"]
    return bool(core) and (_is_owned(core) or _is_known(core, text[words[0].start : words[-1].end]))


def _is_owned(core: Sequence[Token]) -> bool:
    """Whether a name is like "Pier's Port Business"."""
    return len(core) > 1 and core[0].lower.endswith("'s")


def name(words: Sequence[Token], text: str) -> str:
    """The name without its article."""
    core = [word for word in words if word.lower != "the"] or list(words)
    return text[core[0].start : core[-1].end]


def _is_known(core: Sequence[Token], name: str) -> bool:
    """Whether a name is in the tables of outlets, or made of their words."""
    plain = name.lower().removeprefix("the ")
    phrase = not _PHRASES.isdisjoint({name.lower(), plain})
    last = core[-1].lower.rstrip(".")
    named = last in _NAMES or (len(core) > 1 and last in _LAST)
    return phrase or named or is_outlet(name)


def _is_sign(word: str) -> bool:
    """Whether a name is written like a station or a site: WKYC, News24, TechCrunch, Lite.com."""
    letters = word.replace("-", "")
    inner = any(letter.isupper() for letter in letters[1:]) and not letters.startswith(
        ("Mc", "Mac")
    )
    return "." in word.strip(".") or (inner and len(letters) > 2) or word[-1].isdigit()
