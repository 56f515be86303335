"""Tables of number words, scales, currencies and nouns for measured numbers."""

from app.extraction.wordlist import word_set


def _pairs(line: str) -> dict[str, str]:
    """The first of each two words, and what it stands for."""
    words = line.split()
    return dict(zip(words[::2], words[1::2], strict=True))


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

NUMBER_WORDS: dict[str, int] = {
    **{word: value for value, word in enumerate(_ONES.split())},
    **{word: value * 10 for value, word in enumerate(_TENS.split(), start=2)},
}
SCALES: dict[str, float] = {
    "hundred": 1e2,
    "dozen": 12,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "lakh": 1e5,
    "crore": 1e7,
}
# Only where they touch the digits, or stand behind money.
SHORT_SCALES: dict[str, float] = {
    "bn": 1e9,
    "mn": 1e6,
    "mln": 1e6,
    "tn": 1e12,
    "trn": 1e12,
    "m": 1e6,
    "b": 1e9,
    "t": 1e12,
    "k": 1e3,
}
FRACTIONS: dict[str, float] = {
    "half": 1 / 2,
    "third": 1 / 3,
    "thirds": 1 / 3,
    "quarter": 1 / 4,
    "quarters": 1 / 4,
    "fourth": 1 / 4,
    "fourths": 1 / 4,
    "fifth": 1 / 5,
    "fifths": 1 / 5,
    "sixth": 1 / 6,
    "sixths": 1 / 6,
    "seventh": 1 / 7,
    "sevenths": 1 / 7,
    "eighth": 1 / 8,
    "eighths": 1 / 8,
    "ninth": 1 / 9,
    "ninths": 1 / 9,
    "tenth": 1 / 10,
    "tenths": 1 / 10,
}
RATE_CODES: dict[str, str] = {
    "second": "s",
    "minute": "min",
    "hour": "h",
    "day": "D",
    "week": "W",
    "month": "M",
    "year": "Y",
}

_IRREGULAR: dict[str, str] = (
    {
        "people": "person",
        "men": "man",
        "women": "woman",
        "children": "child",
        "feet": "foot",
        "lives": "life",
        "wives": "wife",
        "knives": "knife",
        "teeth": "tooth",
        "mice": "mouse",
        "servicemen": "serviceman",
        "policemen": "policeman",
        "businesses": "business",
        "losses": "loss",
        "classes": "class",
        "buses": "bus",
        "crises": "crisis",
        "analyses": "analysis",
        "diagnoses": "diagnosis",
        "hypotheses": "hypothesis",
        "theses": "thesis",
        "oases": "oasis",
        "heroes": "hero",
        "potatoes": "potato",
        "tomatoes": "tomato",
        "volcanoes": "volcano",
        "mosquitoes": "mosquito",
        "wolves": "wolf",
        "thieves": "thief",
        "leaves": "leaf",
        "halves": "half",
        "quizzes": "quiz",
        "criteria": "criterion",
        "phenomena": "phenomenon",
        "alumni": "alumnus",
        "viruses": "virus",
        "gases": "gas",
        "species": "species",
        "series": "series",
        "police": "police",
        "cases": "case",
        "houses": "house",
        "purchases": "purchase",
        "increases": "increase",
        "nurses": "nurse",
        "horses": "horse",
        "licenses": "license",
        "licences": "licence",
        "doses": "dose",
        "courses": "course",
        "responses": "response",
        "offenses": "offense",
        "households": "household",
        "movies": "movie",
        "calories": "calorie",
        "shelves": "shelf",
    }
    | _pairs("""calves calf loaves loaf scarves scarf hooves hoof elves elf selves self dwarves dwarf geese goose oxen ox lice louse
    dice die brethren brother bacteria bacterium stadia stadium referenda referendum memoranda memorandum
    addenda addendum errata erratum strata stratum curricula curriculum symposia symposium millennia millennium
    aquaria aquarium gymnasia gymnasium moratoria moratorium sanatoria sanatorium spectra spectrum quanta quantum fungi fungus nuclei nucleus cacti cactus
    stimuli stimulus foci focus radii radius alumnae alumna larvae larva formulae formula antennae antenna vertebrae vertebra
    indices index matrices matrix vertices vertex appendices appendix bureaux bureau plateaux plateau chateaux chateau
    châteaux château tableaux tableau gateaux gateau trousseaux trousseau kibbutzim kibbutz paparazzi paparazzo carabinieri carabiniere
    passers-by passer-by runners-up runner-up mothers-in-law mother-in-law fathers-in-law father-in-law sons-in-law son-in-law
    daughters-in-law daughter-in-law brothers-in-law brother-in-law sisters-in-law sister-in-law axes axe statuses status
    campuses campus bonuses bonus viruses virus censuses census caucuses caucus choruses chorus lenses lens atlases atlas
    surpluses surplus circuses circus syllabuses syllabus biases bias canvases canvas
    bosses boss buses bus geniuses genius octopuses octopus platypuses platypus cactuses cactus walruses walrus
    ellipses ellipsis parentheses parenthesis syntheses synthesis metastases metastasis
    bases base paralyses paralysis prognoses prognosis pies pie ties tie cookies cookie zombies zombie
    rookies rookie selfies selfie calories calorie hoodies hoodie smoothies smoothie prairies prairie sorties sortie
    bookies bookie veggies veggie junkies junkie birdies birdie brownies brownie
    hippies hippie menageries menagerie movies movie
    headquarters headquarters barracks barracks crossroads crossroads gallows gallows means means""")
)
_ALIKE = word_set("""troops staff cattle aircraft spacecraft watercraft hovercraft rotorcraft personnel crew sheep
    fish deer salmon offspring livestock bison buffalo moose elk reindeer trout tuna cod carp shrimp squid swine
    poultry grouse quail waterfowl shellfish swordfish catfish goldfish jellyfish crayfish folk townsfolk clergy
    infantry cavalry jobless homeless faithful bereaved kin wildfowl vermin""")
PLURALS_WITHOUT_S = _ALIKE | {word for word in _IRREGULAR if not word.endswith("s")}
# "Gunmen", "grandchildren", "fisherfolk", but not "one specimen".
_COMPOUND = (("men", "man"), ("children", "child"), ("people", "person"), ("feet", "foot"))
_NO_COMPOUND = word_set("""specimen regimen abdomen stamen omen acumen semen amen yemen ramen cyclamen lumen hymen bitumen albumen
    women men foramen dolmen examen catechumen flamen culmen""")
# Nouns that a number measures in the singular too: "149 horsepower", "a 30 minute drive".
MEASURES = word_set("""year month week day hour minute second mile meter metre foot inch kilometer kilometre pound ton
    tonne page point member seat bedroom acre story storey caliber calibre degree gallon litre liter
    barrel vote person mph square hectare watt megawatt gigawatt kilowatt terawatt horsepower volt
    amp decade century centimeter centimetre millimeter millimetre gram kilogram kilo ounce pint
    yard knot decibel megapixel gigabyte terabyte megabyte kilobyte megabit gigabit hertz megahertz
    gigahertz calorie cylinder goal game magnitude""")
DURATIONS = word_set("year month week day hour minute second decade century quarter season")


# Endings of plurals and how many letters of them go; the first that fits.
_ENDINGS: tuple[tuple[tuple[str, ...], int], ...] = (
    (("shoes", "toes", "foes", "canoes"), 1),
    (("ches", "shes", "xes", "sses", "tzes", "oes"), 2),
    (("ss", "us", "is"), 0),
    (("s",), 1),
)


def singular(noun: str) -> str:
    """The singular of a counted noun, in lower case unless it is a name."""
    lower = noun.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    if lower.removesuffix("s") in MEASURES:
        return lower.removesuffix("s")
    compound = _compound(lower)
    return noun[: -len(compound[0])] + compound[1] if compound else _regular(noun, lower)


def _regular(noun: str, lower: str) -> str:
    """The noun without the ending of the plural that it has."""
    if lower.endswith("ies") and len(lower) > len("ties"):
        return noun[:-3] + "y"
    if noun.endswith("s") and noun[:-1].isupper():
        return noun[:-1]
    for endings, cut in _ENDINGS:
        if lower.endswith(endings):
            return noun[: len(noun) - cut]
    return noun


def _compound(lower: str) -> tuple[str, str] | None:
    """The ending of an irregular plural and that of its singular: "firemen", "stepchildren"."""
    if lower in _NO_COMPOUND:
        return None
    return next((pair for pair in _COMPOUND if lower.endswith(pair[0])), None)


def is_irregular_plural(lower: str) -> bool:
    """Whether a plural has no -s: "sheep", "bacteria", "firewomen", "grandchildren"."""
    return lower in PLURALS_WITHOUT_S or _compound(lower) is not None
