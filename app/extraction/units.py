"""Tables of number words, scales, currencies and nouns for measured numbers."""

from app.extraction.wordlist import word_set

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

_IRREGULAR: dict[str, str] = {
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
PLURALS_WITHOUT_S = frozenset(word for word in _IRREGULAR if not word.endswith("s")) | {
    "troops",
    "staff",
    "cattle",
    "aircraft",
    "spacecraft",
    "personnel",
    "crew",
    "sheep",
    "fish",
    "deer",
    "salmon",
    "criteria",
    "phenomena",
    "alumni",
    "offspring",
    "livestock",
}
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
    if lower.endswith("ies") and len(lower) > len("ties"):
        return noun[:-3] + "y"
    if noun.endswith("s") and noun[:-1].isupper():
        return noun[:-1]
    for endings, cut in _ENDINGS:
        if lower.endswith(endings):
            return noun[: len(noun) - cut]
    return noun
