"""A bare "$" or "Rs" is the money of the country that an article is about."""

from app.extraction import extract
from app.extraction.home import home_currencies
from tests.cases import in_turn

CANADA = "Alberta and Manitoba will pay half of the bridge, the council of Winnipeg said in Ottawa."
PUNJAB = (
    "Karachi and Lahore will pay half of the bridge, the council of Peshawar said in Islamabad."
)
TEXAS = "Texas and Ohio will pay half of the bridge, the council of Dallas said in Washington."


@in_turn(
    ("text", "publisher", "url", "home"),
    [
        (CANADA, None, None, {"USD": "CAD"}),
        (PUNJAB, None, None, {"INR": "PKR"}),
        (TEXAS, None, None, {}),
        (CANADA + " It costs C$5 million.", None, None, {}),
        (CANADA + " It costs US$5 million.", None, None, {"USD": "CAD"}),
        ("Alberta will pay.", None, None, {}),
        ("Alberta will pay.", "The Calgary Bugle", None, {"USD": "CAD"}),
        ("Tasmania will pay.", None, "https://www.bugle.com.au/a", {"USD": "AUD"}),
        ("Tasmania will pay.", None, "https://bugle.au:8080", {"USD": "AUD"}),
        ("Tasmania will pay.", None, "https://bugle.example/au", {}),
        ("Otago will pay.", "Bugle", "https://bugle.co.nz", {"USD": "NZD"}),
        (CANADA + TEXAS, None, None, {}),
        ("", None, None, {}),
    ],
)
def test_the_places_of_an_article_tell_whose_money_it_means(text, publisher, url, home):
    assert home_currencies(text, publisher=publisher, url=url) == home


@in_turn(
    ("money", "unit"),
    [
        ("$5 million", "CAD"),
        ("5 million dollars", "CAD"),
        ("$5 an hour", "CAD/h"),
        ("US$5 million", "USD"),
        ("5 million American dollars", "USD"),
        ("£5 million", "GBP"),
    ],
)
def test_money_that_names_no_country_is_that_of_the_article(money, unit):
    text = f"{CANADA} The new bridge cost the two provinces {money} in all."

    units = [q.unit for c in extract(text, language="en").candidates for q in c.quantities]

    assert unit in units
