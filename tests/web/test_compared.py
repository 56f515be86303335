"""Figures compared, as pages show them: beside a use of a source, and beside a row that is typed."""

import gzip

import pytest

from app.domain.compared_lines import lines
from app.domain.words import Decides, Role
from app.extraction.used_figures import figures_of
from app.web.compared import amount_of, told
from app.workflow.sources import SourceValues
from tests.cases import in_turn
from tests.figures import use
from tests.pages import text
from tests.scenes import LEADS, Scene
from tests.work import listen

CLAIM = "Russia received 1.1 billion euros in fuel sales from the EU in one year."
QUOTE = "In 2024 the EU bought fuel for 1.02 billion euros; some say 2 billion euros in 2023."
SENTENCE = (
    "The claim says 1.1 billion euros, the source 1.02 billion euros:"
    " 80 million euros or 7.8% more than the source."
)


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def page(app):
    """Inside of a request."""
    with app.test_request_context("/keys"):
        yield app


def checked(scene, claim=CLAIM, **source):
    """A claim that Ann checked with one source, and her check."""
    claim_id = scene.claim(claim)
    values = {"url": "https://example.org/figures", "title": "Figures", **source}
    review_id = scene.check(scene.person("Ann", Role.REVIEWER), sources=[SourceValues(**values)])
    return claim_id, review_id


def shown(page):
    """What is said of figures on a page, one text for each pair."""
    return [text(e) for e in page.all("div") if e.get("class") == "compared"]


# Where it stands


def test_the_page_of_a_claim_shows_its_figure_beside_that_of_the_source(scene, client_of):
    claim_id, _review = checked(scene, quote=QUOTE)
    lea = client_of(scene.person("Lea", *LEADS))

    [pair] = shown(lea.get(f"/claims/{claim_id}").page)

    assert pair.startswith(SENTENCE)
    assert "Which year is not stated in the claim." in pair
    assert "1 more figure of this kind is there" in pair
    assert "2 billion euros (in 2023)" in pair


def test_so_does_the_page_on_which_it_is_settled(scene, client_of):
    claim_id, _review = checked(scene, quote=QUOTE)
    lea = client_of(scene.person("Lea", *LEADS))

    [pair] = shown(lea.get(f"/claims/{claim_id}/settle").page)

    assert pair.startswith(SENTENCE)


def test_checks_beside_each_other_say_it_once_for_what_they_share(database, client_of):
    scene = Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)
    claim_id = scene.claim(CLAIM)
    source = SourceValues(url="https://example.org/figures", title="Figures", quote=QUOTE)
    ann, ben = scene.reviewers("Ann", "Ben")
    scene.check(ann, "false", sources=[source])
    scene.check(ben, "true", sources=[source])

    page = client_of(scene.person("Lea", *LEADS)).get(f"/claims/{claim_id}/settle").page

    assert [pair.startswith(SENTENCE) for pair in shown(page)] == [True]


def test_what_is_typed_is_compared_when_the_page_is_shown_again(scene, client_of):
    scene.claim(CLAIM)
    ann = scene.person("Ann", Role.REVIEWER)
    review_id = scene.take(ann)
    client = client_of(ann)
    form = client.get(f"/reviews/{review_id}").page.form(f"/reviews/{review_id}")
    form |= {"do": "add-source", "sources-0-url": "https://example.org/a", "sources-0-quote": QUOTE}

    answer = client.post(f"/reviews/{review_id}", data=form, follow_redirects=True)

    [pair] = shown(answer.page)
    assert pair.startswith(SENTENCE)
    assert shown(client.get(f"/reviews/{review_id}").page) == [pair]


def test_nothing_stands_there_where_there_is_nothing_to_compare(scene, client_of):
    claim_id, _review = checked(scene, claim="The minister resigned.", quote=QUOTE)

    assert shown(client_of(scene.person("Lea", *LEADS)).get(f"/claims/{claim_id}").page) == []


def test_it_adds_no_question_and_few_bytes_to_the_page_of_a_check(scene, client_of, app):
    scene.claim("The minister resigned.")
    scene.claim(CLAIM)
    ann = scene.person("Ann", Role.REVIEWER)
    source = SourceValues(url="https://example.org/a", title="Figures", quote=QUOTE)
    places = [f"/reviews/{scene.check(ann, sources=[source])}" for _claim in range(2)]
    client = client_of(ann)
    desk, asked, sizes = app.extensions["assay"], [], []
    listen(desk, "before_cursor_execute", lambda *given: asked.append(given[2]))

    counts = []
    for place in places:
        client.get(place)
        asked.clear()
        sizes.append(len(gzip.compress(client.get(place).get_data())))
        counts.append(len(asked))

    # What a claim states is asked where it states something; comparing asks nothing more.
    assert counts[1] == counts[0] + 1
    assert sizes[1] - sizes[0] < 700


# The words


def sentences(claim, source):
    """All that is said of a claim's words beside a source's."""
    ours, theirs = figures_of(use(figure=claim)), figures_of(use(figure=source))
    [line] = lines(ours.figures, theirs.figures, rate=theirs.rate, is_told=True)
    return told(line)


@in_turn(
    ("claim", "source", "result"),
    [
        ("12 people", "12 people", "the same."),
        (
            "about 40 people",
            "43 people",
            "as near as “about” allows (3 or 7% less than the source).",
        ),
        (
            "12 km",
            "12.3 km",
            "the same but for rounding (0.3 kilometers or 2.4% less than the source).",
        ),
        ("more than 40 people", "50 people", "the number fits (10 or 20% less than the source)."),
        ("more than 40 people", "40 people", "just that number, and nothing beyond it."),
        ("between 40 and 50 people", "45 people", "the one lies within the other."),
        ("12 percent", "10 percent", "2 percentage points or 20% more than the source."),
        ("20 degrees Celsius", "70°F", "1.11 degrees Celsius less than the source."),
        ("3 GWh a day", "1 TWh per year", "0.26 GWh a day or 9.6% more than the source."),
        ("12 people", "12 dogs", "not compared, for they are figures of different kinds."),
    ],
)
def test_two_figures_are_one_sentence(page, claim, source, result):
    said = claim.removeprefix("between ")

    assert (
        sentences(claim, source).sentence == f"The claim says {said}, the source {source}: {result}"
    )


def test_a_rise_is_told_as_one(page):
    found = sentences("rose by 12 percent", "fell by 11 percent")

    assert found.sentence.startswith(
        "The claim says rose by 12 percent, the source fell by 11 percent"
    )
    assert "The one tells of a rise, the other of a fall." in found.asides


def test_what_something_rose_from_is_told_as_that(page):
    ours = figures_of(use(figure="It rose from 40 to 45 percent."))
    theirs = figures_of(use(figure="41 percent and 44 percent"))

    first, second = lines(ours.figures, theirs.figures, is_told=True)

    assert told(first).sentence == (
        "The claim says 40 (what it is compared with), the source 41 percent"
        " (what it is compared with): 1 percentage point or 2.4% less than the source."
    )
    assert told(second).sentence.startswith("The claim says 45 percent, the source 44 percent:")


def test_a_currency_without_a_rate_asks_for_one_as_it_is_written(page):
    found = sentences("1.1 billion euros", "1.02 billion dollars")

    assert found.sentence.endswith("their currencies differ and no rate is written down.")
    assert found.asides == (
        "With a rate behind the figure they are: “1.02 billion dollars (1 USD = … EUR)”.",
    )


def test_a_rate_that_was_used_is_named(page):
    found = sentences("1.1 billion euros", "1.02 billion USD (1 USD = 0.92 EUR)")

    assert "162 million euros or 17.2% more" in found.sentence
    assert found.asides[:2] == (
        "In the terms of the claim the source says 938.4 million euros.",
        "The rate is the one written down: 1 USD = 0.92 EUR.",
    )


def test_what_was_assumed_of_a_unit_is_told(page):
    found = sentences("2 million tons in 2024", "1.7 million short tons in 2024")

    assert found.asides[0] == "In the terms of the claim the source says 1.54 million metric tons."
    assert "Its unit has several meanings" in found.asides[1]


def test_other_times_are_named(page):
    found = sentences("12 people in 2022", "12 people in 2024")

    assert found.asides == (
        "They are of different times: “in 2022” in the claim, “in 2024” in the source.",
    )


def test_numbers_are_those_of_the_language_of_the_page(app):
    with app.test_request_context("/keys", headers={"Accept-Language": "de"}):
        found = sentences("1.1 billion euros", "1.02 billion euros")

    assert found.sentence == (
        "Die Behauptung sagt 1.1 billion euros, die Quelle 1.02 billion euros:"
        " 80 Millionen Euro oder 7,8\xa0% mehr als die Quelle."
    )


@in_turn(
    ("value", "unit", "english", "german"),
    [
        (80e6, "EUR", "80 million euros", "80 Millionen Euro"),
        (1e6, "EUR", "1,000,000 euros", "1.000.000 Euro"),
        (0.5, "USD", "0.5 US dollars", "0,5 US-Dollar"),
        (2e6, "tonne", "2 million metric tons", "2 Millionen\xa0Tonnen"),
        (1, "kilometre", "1 kilometer", "1 Kilometer"),
        (3.5, "TWh", "3.5 TWh", "3,5 TWh"),
        (1, "percentage point", "1 percentage point", "1 Prozentpunkt"),
        (1.5, "percentage point", "1.5 percentage points", "1,5 Prozentpunkte"),
        (12, "percent", "12%", "12\xa0%"),
        (0.25, "fraction", "25%", "25\xa0%"),
        (0.004, "percent", "0.004%", "0,004\xa0%"),
        (3, "times", "3 times", "3-mal"),
        (1234, "bridge", "1,234", "1.234"),
        (90e6, "EUR/M", "90 million euros a month", "90 Millionen Euro im Monat"),
        (100, "person per square mile", "100", "100"),
    ],
)
def test_amounts_are_told_with_their_unit(app, value, unit, english, german):
    said = {}
    for language in ("en", "de"):
        with app.test_request_context("/keys", headers={"Accept-Language": language}):
            said[language] = amount_of(value, unit)

    assert said == {"en": english, "de": german}
