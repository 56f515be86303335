"""Which dollars and rupees an article means by a bare sign: those of the country it is about."""

import re
from dataclasses import replace

from app.extraction.candidate import Quantity
from app.extraction.numerals import any_of

_PLACES: dict[str, tuple[str, ...]] = {
    "CAD": (
        *[
            "Canada",
            "Canadian",
            "Canadians",
            "Ontario",
            "Quebec",
            "Québec",
            "Alberta",
            "Saskatchewan",
            "Manitoba",
            "Newfoundland",
        ],
        *[
            "Nunavut",
            "Yukon",
            "Toronto",
            "Montreal",
            "Vancouver",
            "Calgary",
            "Edmonton",
            "Ottawa",
            "Winnipeg",
            "Halifax",
            "Regina",
        ],
        *["Saskatoon", "RCMP", "CBC", "CTV", "Prairie", "Mississauga", "Labrador"],
        *("British Columbia", "Nova Scotia", "New Brunswick", "Prince Edward Island", "Moose Jaw"),
    ),
    "AUD": (
        *[
            "Australia",
            "Australian",
            "Australians",
            "Sydney",
            "Melbourne",
            "Brisbane",
            "Perth",
            "Adelaide",
            "Hobart",
            "Canberra",
        ],
        *[
            "Queensland",
            "NSW",
            "Tasmania",
            "Tasmanian",
            "Pilbara",
            "ASX",
            "Darwin",
            "Geelong",
            "Cairns",
            "Ballarat",
            "Bendigo",
        ],
        *("New South Wales", "Northern Territory", "Alice Springs", "state parliament"),
    ),
    "NZD": (
        *[
            "Auckland",
            "Christchurch",
            "Dunedin",
            "Otago",
            "Waikato",
            "Canterbury",
            "Tauranga",
            "Rotorua",
            "Kiwi",
            "Kiwis",
        ],
        *("New Zealand", "New Zealander", "New Zealanders", "Hawke’s Bay", "Hawke's Bay"),
    ),
    "SGD": ("Singapore", "Singaporean", "Singaporeans", "HDB", "Temasek", "Changi"),
    "HKD": ("Hong Kong", "Hongkongers", "Kowloon", "Hang Seng"),
    "PKR": (
        *[
            "Pakistan",
            "Pakistani",
            "Pakistanis",
            "Karachi",
            "Lahore",
            "Islamabad",
            "Punjab",
            "Sindh",
            "Peshawar",
            "Rawalpindi",
        ],
    ),
    "LKR": ("Sri Lanka", "Sri Lankan", "Sri Lankans", "Colombo", "Kandy", "Jaffna"),
    "NPR": ("Nepal", "Nepali", "Nepalese", "Kathmandu", "Pokhara"),
    "USD": (
        *[
            "US",
            "America",
            "American",
            "Americans",
            "Washington",
            "Congress",
            "Pentagon",
            "Alabama",
            "Alaska",
            "Arizona",
            "Arkansas",
        ],
        *[
            "California",
            "Colorado",
            "Connecticut",
            "Delaware",
            "Florida",
            "Georgia",
            "Hawaii",
            "Idaho",
            "Illinois",
            "Indiana",
            "Iowa",
        ],
        *[
            "Kansas",
            "Kentucky",
            "Louisiana",
            "Maine",
            "Maryland",
            "Massachusetts",
            "Michigan",
            "Minnesota",
            "Mississippi",
            "Missouri",
        ],
        *[
            "Montana",
            "Nebraska",
            "Nevada",
            "Ohio",
            "Oklahoma",
            "Oregon",
            "Pennsylvania",
            "Tennessee",
            "Texas",
            "Utah",
            "Vermont",
        ],
        *[
            "Wisconsin",
            "Wyoming",
            "Chicago",
            "Houston",
            "Boston",
            "Detroit",
            "Seattle",
            "Denver",
            "Dallas",
            "Atlanta",
            "Miami",
            "Nasdaq",
        ],
        *("United States", "U.S.", "New York", "White House", "Wall Street", "Los Angeles", "FBI"),
    ),
    "INR": (
        *[
            "India",
            "Indian",
            "Indians",
            "Delhi",
            "Mumbai",
            "Bengaluru",
            "Chennai",
            "Kolkata",
            "Hyderabad",
            "Maharashtra",
            "Gujarat",
        ],
        *["Kerala", "Karnataka", "Bihar", "Lok", "Sabha", "BJP", "Modi"],
    ),
}
_CODE_OF = {place: code for code, places in _PLACES.items() for place in places}
_PLACE = re.compile(rf"(?<!\w)(?:{any_of(_CODE_OF)})(?!\w)")
_DOMAINS = {
    "ca": "CAD",
    "au": "AUD",
    "nz": "NZD",
    "sg": "SGD",
    "hk": "HKD",
    "pk": "PKR",
    "lk": "LKR",
}
_DOMAIN = re.compile(r"^[a-z]+://[^/?#]*\.([a-z]{2})(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
# What the best known currency of a sign yields to.
_YIELDS = {
    "USD": frozenset({"CAD", "AUD", "NZD", "SGD", "HKD"}),
    "INR": frozenset({"PKR", "LKR", "NPR"}),
}
_SAID = re.compile(r"US|U\.S\.|American|₹|INR|Indian|[Bb]ucks?\b")
# "C$5" beside "$4": the bare sign is not theirs.
_TOLD_APART = {
    "CAD": re.compile(r"\bCA?\$|\bCAD|Canadian (?:dollar|cent)"),
    "AUD": re.compile(r"\bAU?\$|\bAUD|Australian (?:dollar|cent)"),
    "NZD": re.compile(r"\bNZ\$|\bNZD|New Zealand dollar"),
    "SGD": re.compile(r"\bS\$|\bSGD|Singapore dollar"),
    "HKD": re.compile(r"\bHK\$|\bHKD|Hong Kong dollar"),
    "PKR": re.compile(r"\bPKR|Pakistani rupee"),
    "LKR": re.compile(r"\bLKR|Sri Lankan rupee"),
    "NPR": re.compile(r"Nepal\w* rupee"),
}
_LEAST = 3
_PUBLISHER = 2
_READ = 20_000


def home_currencies(text: str, *, publisher: str | None, url: str | None) -> dict[str, str]:
    """What "USD" and "INR" of a bare sign are in this article: {"USD": "CAD"}, most often {}.

    Three places of a country are named, more than of the country whose sign it is, and its own
    currency is not told apart ("C$5"). The name and the address of the publisher count twice.
    """
    votes = {_CODE_OF[place] + place for place in _PLACE.findall(text[:_READ])}
    counts = {code: sum(vote.startswith(code) for vote in votes) for code in _PLACES}
    for place in _PLACE.findall(publisher or ""):
        counts[_CODE_OF[place]] += _PUBLISHER
    domain = _DOMAIN.match(url or "")
    if domain and domain[1].lower() in _DOMAINS:
        counts[_DOMAINS[domain[1].lower()]] += _PUBLISHER
    found: dict[str, str] = {}
    for usual, others in _YIELDS.items():
        best = max(sorted(others), key=counts.__getitem__)
        enough = counts[best] >= _LEAST and counts[best] > counts[usual]
        if enough and not _TOLD_APART[best].search(text):
            found[usual] = best
    return found


def at_home(quantity: Quantity, home: dict[str, str]) -> Quantity:
    """The quantity in the currency of the article's country, where its words name none."""
    code, slash, rate = quantity.unit.partition("/")
    if code not in home or _SAID.search(quantity.raw):
        return quantity
    return replace(quantity, unit=home[code] + slash + rate)
