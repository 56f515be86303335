"""Sentences of a generated project: of what towns spend and count, each with its own figure."""

from tests.load.shapes import mixed, often_first

PLACES = (
    *("Aldmere", "Brackton", "Corvina", "Dunhaven", "Eastwick", "Farrowby", "Gildersome", "Halden"),
    *("Istria", "Jarrow", "Kelmarsh", "Lindow", "Marlowe", "Northam", "Oakley", "Penrith"),
    *(
        "Quarley",
        "Ravensea",
        "Stanhope",
        "Thornbury",
        "Ulverton",
        "Verwood",
        "Wexcombe",
        "Yarmouth",
    ),
)
THINGS = (
    *(
        "hospital beds",
        "school places",
        "bus lines",
        "wind turbines",
        "new homes",
        "police officers",
    ),
    *("asylum requests", "megawatts of solar power", "vaccinations", "road accidents", "strikes"),
    *("empty flats", "apprenticeships", "tonnes of waste", "nurses", "library loans", "heat pumps"),
)
DEEDS = (
    *("paid for", "counted", "lost", "built", "promised", "registered", "closed", "approved"),
    *("reported", "cut", "doubled its", "imported"),
)
ENDINGS = (
    "more than in any year before",
    "less than half of what was planned",
    "the most of any town in the region",
    "although the council had promised twice as many",
    "according to figures of the ministry",
    "while its neighbours did without",
)
RARE = ("heron", "lighthouse", "sextant", "glacier", "tapestry", "quarry", "orchard")
FILLING = "The council did not answer questions about it before this article went to print."
PAPERS = ("The Courier", "Morning Post", "Harbour Times", "Radio Nine", "The Ledger", "City Desk")
TAGS = (
    *("EU", "energy", "health", "taxes", "trains", "schools", "war", "weather", "wages", "work"),
    *(f"ward {number}" for number in range(1, 91)),
)
# One claim in so many has a word that no other one has.
SELDOM, AT = 997, 5


def statement(number: int) -> str:
    """What a claim states."""
    draw = mixed(number, 3)
    place, deed = PLACES[draw % 24], DEEDS[draw // 24 % 12]
    thing, ending = THINGS[draw // 288 % 17], ENDINGS[draw // 4_896 % 6]
    year = 1990 + draw % 35
    word = f" near the {seldom(number)}" if number % SELDOM == AT else ""
    return f"{place} {deed} {number * 7 % 99_991 + 12} {thing}{word} in {year}, {ending}."


def seldom(number: int) -> str:
    """A word that no other claim has."""
    return f"{RARE[number % 7]}{number}"


def tags(number: int) -> tuple[str, ...]:
    """Under what a claim is filed: half of the claims under one word, one in six under two."""
    draw = mixed(number, 4)
    if draw % 2:
        return ()
    first = often_first(number, len(TAGS))
    return (TAGS[first], TAGS[(first + 1) % len(TAGS)]) if draw % 6 == 0 else (TAGS[first],)


def speaker(number: int) -> str:
    return f"{('Minister', 'Mayor', 'Doctor', 'Professor', 'Speaker')[number % 5]} {PLACES[number % 24]}-{number}"


def reasoning(number: int) -> str:
    """Why a check says what it says."""
    draw = mixed(number, 6)
    return (
        f"The yearbook of {1990 + draw % 35} gives {draw % 9_000} {THINGS[draw % 17]} for "
        f"{PLACES[draw // 17 % 24]}, {ENDINGS[draw // 408 % 6]}."
    )


def title(number: int) -> str:
    """What a source is called."""
    draw = mixed(number, 7)
    return f"{THINGS[draw % 17].capitalize()} in {PLACES[draw // 17 % 24]}, {1990 + draw % 35}"
