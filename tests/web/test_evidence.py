"""A use of a source as it is read: on the page of a claim, when settling, in a control."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from sqlmodel import Session

from app.domain.evidence_words import QuoteFound, SourceType
from app.domain.records import EvidenceRecord
from app.domain.words import (
    Answers,
    Decides,
    Role,
    SourceKind,
    SourceRecord,
    Stance,
    TranslatedBy,
)
from app.storage.tables import Person
from app.workflow.sources import SourceValues
from tests.lending import DeskClient
from tests.rounds import CONTROL, Desk
from tests.scenes import LEADS, SOURCE, Scene

TOLD = SourceValues(
    url="https://stats.example/t4",
    title="Table 4",
    author="Ada Berg",
    publisher="Statistics Office",
    published="2025-09",
    source_type=SourceType.OFFICIAL_DATA,
    interests="Paid for by the ministry.",
    origin="Reuters, 4 September",
    stance=Stance.REFUTES,
    answers=Answers.BOTH,
    quote="Um 7,3 Prozent.",
    translation="By 7.3 per cent.",
    translated_by=TranslatedBy.HUMAN,
    locator="row 9",
    record=SourceRecord.BACKGROUND,
    archive_url="https://archive.example/t4",
    set_number=2,
    accessed_on="2025-09-05",
    figure="7.3 percent in 2024",
    note="Read the second footnote.",
)
SEARCH = SourceValues(
    kind=SourceKind.SEARCH,
    title="a record of the call",
    locator="two archives, the press office",
    accessed_on="2025-09-06",
    note="Both names, in two spellings.",
    stance=Stance.CONTEXT,
)
WHAT_IT_IS = (
    *("Ada Berg", "Statistics Office", "September 2025", "Official data", "Background"),
    *("Interests: Paid for by the ministry.", "a copy of Reuters, 4 September"),
    *(
        "Where in it: row 9",
        "Um 7,3 Prozent.",
        "By 7.3 per cent.",
        "It states: 7.3 percent in 2024",
    ),
    "stats.example",
)
WHAT_IT_SHOWS = (
    *("Contradicts it", "Answers: Both", "Set 2"),
    *("read on 5 Sep 2025", "Read the second footnote."),
)
SEARCHED = (
    "Searched, found nothing: a record of the call"
    " – where: two archives, the press office – on 6 Sep 2025"
)


@pytest.fixture
def be(app, database):
    def client(actor):
        with Session(database.engine) as session:
            return DeskClient(app).sign_in(session.get_one(Person, actor.person))

    return client


@pytest.fixture
def checked(database):
    """A claim that was checked once, with a page and a search; who may settle it, and its id."""
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    claim_id = scene.claim()
    scene.check(scene.person("Ann", Role.REVIEWER), sources=(TOLD, SEARCH))
    return scene.person("Lea", *LEADS), claim_id


@pytest.mark.parametrize("place", ["/claims/{}", "/claims/{}/settle"])
def test_everything_of_a_use_is_read_where_checks_are_read(checked, be, place):
    lead, claim_id = checked

    page = be(lead).get(place.format(claim_id)).page

    for words in (*WHAT_IT_IS, *WHAT_IT_SHOWS, SEARCHED, "Both names, in two spellings."):
        assert words in page.text
    [link] = [e for e in page.all("a") if e.get("href") == TOLD.url]
    assert link.get("rel") == "noopener noreferrer nofollow"
    assert page.links["archived at archive.example"] == TOLD.archive_url


def test_a_control_reads_what_a_source_is_and_nothing_of_what_it_was_taken_to_show(database, be):
    desk = Desk(database, reviews_wanted=2)
    claim_id = desk.checked(sources=(TOLD, SEARCH))
    desk.open(CONTROL, claim=claim_id)
    somebody = desk.scene.person("Cy", Role.REVIEWER)
    mine = desk.scene.take(somebody)

    page = be(somebody).get(f"/reviews/{mine}").page

    for words in (*WHAT_IT_IS, SEARCHED, "Both names, in two spellings."):
        assert words in page.text
    for words in WHAT_IT_SHOWS:
        assert words not in page.text


@pytest.fixture
def rendered(app):
    """``rendered(use, …)`` is what the macro writes."""
    use = app.jinja_env.get_template("macros/evidence.html").module.use
    with app.test_request_context("/"):
        yield lambda *args, **values: " ".join(str(use(*args, **values)).split())


USE = EvidenceRecord(
    source_id="abcdefghij23",
    kind=SourceKind.WEB,
    record=SourceRecord.ON_RECORD,
    url="https://a.example/",
    title="<b>A page</b>",
    publisher=None,
    published=None,
    stance=Stance.SUPPORTS,
    answers=Answers.SO,
    quote="So it is.",
    locator="",
    note="",
)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (QuoteFound.EXACT, "The quote stands word for word in the saved copy"),
        (QuoteFound.NORMALISED, "The quote stands in the saved copy but for marks and blanks"),
        (QuoteFound.APPROXIMATE, "The quote stands nearly so in the saved copy (84%)"),
        (QuoteFound.MISSING, "<strong>The quote is not in the saved copy</strong>"),
    ],
)
def test_where_the_quote_stands_in_the_saved_copy_is_said_with_a_link(rendered, found, said):
    at = datetime(2025, 9, 5, 12, tzinfo=UTC)
    place = SimpleNamespace(found=found, score=0.84, copy_id="copycopycopy", saved_at=at)

    html = rendered(USE, place)

    assert said in html
    assert '<a href="/copies/copycopycopy">saved copy of ' in html
    assert "saved copy of" not in rendered(USE)


def test_no_words_of_a_use_become_markup_and_what_is_not_known_leaves_nothing(rendered):
    html = rendered(USE)

    assert "&lt;b&gt;A page&lt;/b&gt;" in html
    for words in ("It states", "Interests", "a copy of", "Set ", "read on", "None"):
        assert words not in html


def test_what_changed_of_a_source_since_it_went_back_is_told_in_words(database, be):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    claim_id, ann = scene.claim(), scene.person("Ann", Role.REVIEWER)
    review_id = scene.check(ann, sources=(SOURCE,))
    client = be(scene.person("Lea", *LEADS))
    place = f"/claims/{claim_id}/settle"
    client.post(place, data={"do": "return-1", "question": "Whose is it?"})
    now_said = replace(
        SOURCE, author="Ada Berg", interests="Paid.", figure="7 percent", set_number=2
    )
    scene.submit(ann, review_id, base_version=1, sources=(now_said,))
    [[what, before, after]] = client.get(place).page.rows("What changed since")
    assert what == "Sources"
    for words in ("Ada Berg", "Interests: Paid.", "It states: 7 percent", "Set 2"):
        assert (words in before, words in after) == (False, True)
