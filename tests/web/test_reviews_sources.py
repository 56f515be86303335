"""The rows of sources in a check: how a source is described, a search, and the way to saved copies."""

import csv
import io
from datetime import timedelta

import pytest

from app.domain.ids import now
from app.domain.words import Decides, Role, SourceKind, Stance
from app.exporters.registry import EXPORTERS
from app.jobs.copying import match_quotes
from app.jobs.desk import Desk
from app.storage.tables import Event, Evidence, Project, Source
from tests.cases import in_turn
from tests.pages import text as words
from tests.web.checking import article, draft, fields, lone_claim, start, versions
from tests.web.picking import rows

URL = "https://stats.example/t4"
SAID = {
    "author": "Ada Berg",
    "source_type": "official-data",
    "interests": "Paid for by the ministry.",
    "origin": "Reuters, 4 September",
    "set_number": "2",
    "accessed_on": "2025-09",
    "figure": "7.3 percent in 2024",
    "note": "Read the\nsecond footnote.",
}
ROW = {"sources-0-url": URL, **{f"sources-0-{name}": text for name, text in SAID.items()}}
SEARCH = {
    "sources-1-kind": "search",
    "sources-1-title": "a record of the call",
    "sources-1-locator": "two archives, the press office",
    "sources-1-accessed_on": "2025-09-06",
    "sources-1-note": "Both names.",
}


@pytest.fixture
def checker(login, project):
    return login(Role.REVIEWER)


@pytest.fixture
def review(checker, project, database):
    lone_claim(database, project)
    return start(checker, project)


def shown(client, review):
    return fields(client.get(f"/reviews/{review}").page, review)


def test_everything_that_describes_a_source_is_kept_with_its_use(checker, review, database):
    checker.post(f"/reviews/{review}", data={**ROW, "verdict": "true"})

    (use,), (source,) = rows(database, Evidence), rows(database, Source)
    for name, said in SAID.items():
        assert str(getattr(use, name)) == said
    for name in ("author", "source_type", "interests", "origin"):
        assert getattr(source, name) == SAID[name]
    assert ROW.items() <= shown(checker, review).items()


def test_it_survives_a_draft_and_a_refusal(checker, review):
    checker.post(f"/reviews/{review}", data={**ROW, "do": "draft"})
    refused = checker.post(f"/reviews/{review}", data=ROW)

    assert ROW.items() <= shown(checker, review).items()
    assert refused.status_code == 422
    assert ROW.items() <= fields(refused.page, review).items()


def test_a_stale_form_tells_of_both_in_words(checker, review):
    first = shown(checker, review)
    checker.post(f"/reviews/{review}", data={**first, **ROW, "verdict": "true"})
    mine = {"sources-0-author": "Ola Lie", "sources-0-set_number": "3", "sources-0-note": ""}
    mine |= {"sources-0-source_type": "media", "sources-0-origin": "AFP"}

    answer = checker.post(
        f"/reviews/{review}", data={**first, **ROW, **mine, "verdict": "true", "key": "another"}
    )

    assert answer.status_code == 409
    [told] = [row for row in answer.page.rows("Both texts") if row[0].startswith("Sources")]
    for said in ("Ola Lie", "Set 3", "A report in the media", "a copy of AFP"):
        assert (said in told[1], said in told[2]) == (True, False)
    for said in ("Ada Berg", "Set 2", "Official data", "Note: Read the second footnote."):
        assert (said in told[1], said in told[2]) == (False, True)
    for said in ("It states: 7.3 percent in 2024", "Interests: Paid for by the ministry."):
        assert said in told[1]
        assert said in told[2]


def test_a_page_is_read_on_the_day_of_linking_unless_another_is_named(checker, review, database):
    said = {"sources-0-url": URL, "sources-1-title": "A book", "verdict": "true"}
    checker.post(f"/reviews/{review}", data=said)

    page, book = rows(database, Evidence)

    days = {(now() + timedelta(hours=gap)).date().isoformat() for gap in (-14, 0, 14)}
    assert page.accessed_on in days
    assert book.accessed_on is None


TOMORROW = (now() + timedelta(days=3)).date().isoformat()


@in_turn(
    ("name", "value", "said"),
    [
        ("author", "x" * 301, "at most 300 characters"),
        ("origin", "x" * 201, "at most 200 characters"),
        ("figure", "x" * 201, "at most 200 characters"),
        ("interests", "x" * 10_001, "at most 10000 characters"),
        ("note", "x" * 10_001, "at most 10000 characters"),
        ("set_number", "0", "a number from 1 to 50"),
        ("set_number", "51", "a number from 1 to 50"),
        ("set_number", "two", "a number from 1 to 50"),
        ("accessed_on", "lately", "date"),
        ("accessed_on", TOMORROW, "Nobody can have read it on that day yet."),
        ("source_type", "hearsay", "not one of the choices"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_in_an_open_group(
    checker, review, database, name, value, said
):
    answer = checker.post(
        f"/reviews/{review}", data={**ROW, f"sources-0-{name}": value, "verdict": "true"}
    )

    assert answer.status_code == 422
    assert said in words(answer.page.by_id(f"sources-0-{name}-error"))
    assert f"#sources-0-{name}" in answer.page.links.values()
    if name != "source_type":
        assert fields(answer.page, review)[f"sources-0-{name}"] == value
    for group in answer.page.all("details"):
        if any(e.get("id") == f"sources-0-{name}" for e in group.iter()):
            assert group.get("open") is not None
    assert versions(database, review) == []


def test_nothing_is_open_where_nothing_is_wrong(checker, review):
    page = checker.get(f"/reviews/{review}").page

    titles = {words(e.find(".//summary")): e.get("open") for e in page.all("details")}
    assert titles["Kind, author, publisher, date"] is None
    assert titles["Translation, archive, note"] is None


def test_it_leaves_the_desk_in_columns_of_its_own(checker, review):
    checker.post(f"/reviews/{review}", data={**ROW, **SEARCH, "verdict": "true"})

    text = checker.get("/projects/desk/exports/sources.csv").get_data(as_text=True)

    page, search = csv.DictReader(io.StringIO(text, newline=""))
    told = {("set" if name == "set_number" else name): said for name, said in SAID.items()}
    assert told.items() <= page.items()
    assert page["standing"] == "sound"
    assert (search["kind"], search["title"]) == ("search", "a record of the call")
    assert (search["locator"], search["accessed_on"]) == (
        *("two archives, the press office", "2025-09-06"),
    )
    assert EXPORTERS["sources.csv"].validate([text]) == []


# A search that found nothing


def test_a_row_for_a_search_is_one_press_away_and_keeps_what_is_typed(checker, review, project):
    page = checker.get(f"/reviews/{review}").page
    assert "+ I searched and found nothing" in page.buttons
    typed = {**fields(page, review), "rationale": "So far.", "do": "add-search"}

    pressed = checker.post(f"/reviews/{review}", data=typed)

    assert pressed.status_code == 303
    assert pressed.location == f"/reviews/{review}#sources-1"
    page = checker.get(f"/reviews/{review}").page
    form = fields(page, review)
    assert form["rationale"] == "So far."
    assert (form["sources-1-kind"], form["sources-1-stance"]) == ("search", "context")
    assert form["sources-1-accessed_on"][:2] == "20"
    labels = [words(e) for e in page.all("label")]
    assert "What you looked for" in labels
    assert "Where: engines, databases, archives, people asked" in labels
    assert "sources-0-url" in form


def test_a_search_is_kept_as_evidence_with_its_trail(checker, review, database):
    checker.post(f"/reviews/{review}", data={**SEARCH, "verdict": "true"})

    [use] = rows(database, Evidence)
    assert (use.kind, use.stance, use.title) == (
        *(SourceKind.SEARCH, Stance.CONTEXT, "a record of the call"),
    )
    assert (use.locator, use.accessed_on, use.note) == (
        *("two archives, the press office", "2025-09-06", "Both names."),
    )
    first = {name.replace("-1-", "-0-"): said for name, said in SEARCH.items()}
    assert first.items() <= shown(checker, review).items()
    page = checker.get(f"/claims/{claim_of(database)}").page
    assert "Searched, found nothing: a record of the call – where: two archives" in page.text


def claim_of(database):
    from app.storage.tables import Claim

    return rows(database, Claim)[0].public_id


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("title", "Say what you looked for."),
        ("locator", "Say where you looked, so that others can look there again."),
        ("accessed_on", "Say when you looked."),
    ],
)
def test_a_search_says_what_where_and_when(checker, review, database, left_out, said):
    data = {**SEARCH, f"sources-1-{left_out}": " ", "verdict": "true"}

    answer = checker.post(f"/reviews/{review}", data=data)

    assert answer.status_code == 422
    assert words(answer.page.by_id(f"sources-1-{left_out}-error")) == said
    assert versions(database, review) == []


def test_a_search_that_tells_nothing_is_ignored(checker, review, database):
    data = {"sources-1-kind": "search", "sources-1-accessed_on": "2025-09-06", "verdict": "true"}

    assert checker.post(f"/reviews/{review}", data=data).status_code == 303
    assert rows(database, Evidence) == []


def test_no_page_is_offered_into_the_row_of_a_search(checker, project, database):
    article(database, project, claims=2)
    first = start(checker, project)
    checker.post(f"/reviews/{first}", data={**ROW, "verdict": "true"})
    second = start(checker, project)
    checker.post(f"/reviews/{second}", data={"do": "add-search"})
    [offer] = [
        e.get("value")
        for e in checker.get(f"/reviews/{second}").page.all("button")
        if (e.get("value") or "").startswith("offer-")
    ]

    checker.post(f"/reviews/{second}", data={**shown(checker, second), "do": offer})

    form = shown(checker, second)
    assert (form["sources-0-kind"], form["sources-0-title"]) == ("search", "")
    assert form["sources-1-url"] == URL
    for name in ("author", "source_type", "interests", "origin"):
        assert form[f"sources-1-{name}"] == SAID[name]
    for name in ("set_number", "accessed_on", "figure", "note"):
        assert form[f"sources-1-{name}"] == ""


def test_origins_that_were_named_are_suggested(checker, project, database):
    article(database, project, claims=2)
    first = start(checker, project)
    checker.post(f"/reviews/{first}", data={**ROW, "verdict": "true"})

    page = checker.get(f"/reviews/{start(checker, project)}").page

    options = [e.get("value") for e in page.by_id("origins")]
    assert options == ["Reuters, 4 September"]
    assert page.by_id("sources-0-origin").get("list") == "origins"


# The way to the saved copies of a page


def test_the_page_of_a_row_can_be_noted_before_the_check_is_sent(checker, review, database):
    typed = {**ROW, "rationale": "So far.", "do": "copy-0"}

    pressed = checker.post(f"/reviews/{review}", data=typed)

    [source] = rows(database, Source)
    assert pressed.status_code == 303
    assert pressed.location == f"/sources/{source.public_id}/copies?check={review}"
    assert checker.get(pressed.location).page.links["Back to my check"] == (
        f"/reviews/{review}#sources"
    )
    assert (source.url, source.author) == (URL, "Ada Berg")
    assert draft(database, review)["rationale"] == "So far."
    [event] = [e for e in rows(database, Event) if e.action == "source.note"]
    assert (event.thing, event.details) == (source.public_id, {})
    assert versions(database, review) == []


def test_a_file_that_is_brought_meanwhile_says_in_the_row_where_the_quote_stands(
    checker, review, database
):
    data = {**ROW, "sources-0-quote": "Bread is dear", "verdict": "true"}
    pressed = checker.post(f"/reviews/{review}", data={**data, "do": "copy-0"})
    file = (io.BytesIO(b"<!doctype html><p>They say: Bread is dear.</p>"), "page.html")
    kept = checker.post(pressed.location, data={"file": file}, content_type="multipart/form-data")
    assert kept.location.endswith(f"?check={review}")
    assert "Back to my check" in checker.get(kept.location).page.links
    checker.post(f"/reviews/{review}", data=data)

    [source] = rows(database, Source)
    match_quotes(Desk(None, database), {"source": source.public_id})

    page = checker.get(f"/reviews/{review}").page
    assert "The quote stands word for word in the saved copy" in page.text
    other = checker.post(f"/reviews/{review}", data={**data, "sources-0-quote": "Not so"}).page
    assert "in the saved copy" not in other.text


def test_who_noted_a_page_sees_nothing_of_others_who_linked_it(login, add_desk, database):
    desk = add_desk("blind", decides=Decides.INDEPENDENT, reviews_wanted=2)
    article(database, desk, claims=2)
    ann, ben, stranger = (login(Role.REVIEWER, project=desk) for _ in range(3))
    first = start(ann, desk)
    ann.post(f"/reviews/{first}", data={**ROW, "sources-0-title": "Walrus", "verdict": "true"})
    second = start(ben, desk)

    pressed = ben.post(f"/reviews/{second}", data={"sources-0-url": URL, "do": "copy-0"})

    page = ben.get(pressed.location).page
    for told in ("Walrus", "Ada Berg", "1 use"):
        assert told not in page.text
    source = ben.get(pressed.location.split("/copies")[0])
    assert "You noted this page for a check that is not sent yet." in source.page.text
    for told in ("Walrus", "Ada Berg"):
        assert told not in source.text
    for place in (pressed.location, pressed.location.split("/copies")[0]):
        assert stranger.get(place).status_code == 404


def test_a_page_that_is_known_is_the_same_object_and_keeps_its_words(checker, review, database):
    for author in ("Ada Berg", "Somebody else"):
        data = {**ROW, "sources-0-author": author, "do": "copy-0"}
        assert checker.post(f"/reviews/{review}", data=data).status_code == 303
    checker.post(f"/reviews/{review}", data={**ROW, "verdict": "true"})

    [source] = rows(database, Source)
    assert source.author == "Ada Berg"
    assert [use.source_id for use in rows(database, Evidence)] == [source.id]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"sources-0-title": "A book"}, "sources-0-url"),
        ({"sources-0-url": "javascript:x"}, "sources-0-url"),
        ({"sources-0-url": URL, "sources-0-set_number": "99"}, "sources-0-set_number"),
        ({"sources-3-url": URL}, "sources"),
    ],
)
def test_what_is_no_page_has_no_copies(checker, review, database, data, field):
    answer = checker.post(f"/reviews/{review}", data={**data, "do": "copy-0"})

    assert answer.status_code == 422
    assert f"#{field}" in answer.page.links.values()
    assert rows(database, Source) == []


def test_the_day_of_a_search_is_that_of_the_project(checker, review, project, database):
    days = []
    # A whole day lies between the two.
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        with database.write() as session:
            session.get_one(Project, project.id).timezone = zone
        checker.post(f"/reviews/{review}", data={"do": "add-search"})
        days.append(shown(checker, review)["sources-0-accessed_on"])

    assert days[0] > days[1]
