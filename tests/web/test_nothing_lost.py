"""Ways in which work went missing elsewhere, tried on the pages: docs/nothing-lost.md."""

import csv
import io

import pytest
from sqlmodel import col, select
from werkzeug.datastructures import MultiDict

from app.domain.words import Decides
from app.storage.tables import Label, LabelScheme, ReviewVersion
from tests.scenes import LEADS, Scene
from tests.web.checking import draft, fields, versions


@pytest.fixture
def scene(database):
    return Scene(database, reviews_wanted=2)


def test_looking_at_anothers_work_changes_nothing_and_stops_no_save(client_of, scene, database):
    claim_id = scene.claim("Watched.")
    [ann] = scene.reviewers("Ann")
    lead = scene.person("Lea", *LEADS)
    review = scene.take(ann)
    mine, hers = client_of(ann), client_of(lead)
    form = fields(mine.get(f"/reviews/{review}").page, review)
    kept = mine.post(f"/reviews/{review}/draft", data={**form, "rationale": "Half."})
    before = scene.state()

    for path in (f"/claims/{claim_id}", "/projects/desk/claims", "/projects/desk/settle"):
        assert hers.get(path).status_code == 200
    assert scene.state() == before

    form["draft_version"] = kept.headers["Draft-Version"]
    again = mine.post(f"/reviews/{review}/draft", data={**form, "rationale": "Half of it."})
    assert (again.status_code, draft(database, review)["rationale"]) == (204, "Half of it.")
    form["draft_version"] = again.headers["Draft-Version"]
    sent = mine.post(f"/reviews/{review}", data={**form, "verdict": "true", "rationale": "Whole."})
    assert sent.status_code == 303
    assert draft(database, review) is None


def test_the_answer_that_is_kept_is_the_one_that_was_chosen_at_any_place(client_of, database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1, scheme="snopes")
    [ann] = scene.reviewers("Ann")
    client = client_of(ann)
    scale = scene.ask(codes, "snopes")
    assert len(scale) == 14
    for code in (scale[0], scale[9], scale[13]):
        scene.claim()
        review = scene.take(ann)
        page = client.get(f"/reviews/{review}").page
        radios = [e for e in page.all("input") if e.get("name") == "verdict"]
        assert [radio.get("value") for radio in radios] == scale
        form = fields(page, review)
        assert client.post(f"/reviews/{review}", data={**form, "verdict": code}).status_code == 303
        [kept] = versions(database, review)
        assert scene.rows(Label, Label.id == kept.content_label_id)[0].code == code


def codes(session, scheme):
    """The codes of a scale's answers in the order of the page."""
    query = select(Label.code).join(LabelScheme, col(LabelScheme.id) == col(Label.scheme_id))
    return list(session.exec(query.where(LabelScheme.code == scheme).order_by(col(Label.position))))


def test_a_verdict_is_one_answer_and_a_changed_mind_is_history(client_of, scene):
    scene.claim()
    [ann] = scene.reviewers("Ann")
    client, review = client_of(ann), scene.take(ann)
    for verdict in ("true", "half-true", "true"):
        form = fields(client.get(f"/reviews/{review}").page, review)
        several = MultiDict({**form, "csrf_token": client.token()})
        several.setlist("verdict", [verdict, "false"])
        assert client.post(f"/reviews/{review}", data=several, token=False).status_code == 303
    names = {label.key: label.code for label in scene.rows(Label)}
    kept = [names[version.content_label_id] for version in scene.rows(ReviewVersion)]
    assert kept == ["true", "half-true", "true"]
    lead = client_of(scene.person("Lea", *LEADS))
    [row] = exported(lead, "reviews.csv")
    assert (row["version"], row["content_verdict"]) == ("3", "True")


def exported(client, name):
    text = client.get(f"/projects/desk/exports/{name}").get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(text, newline="")))


WORDS = 'First, with "quotes"; then\r\na line; #a > b, and ünïcödé 🙂.'


def test_the_checks_of_everybody_leave_with_every_sign_that_was_typed(client_of, scene):
    claim_id = scene.claim(WORDS)
    people = scene.reviewers("Ann", "Ben")
    for who, verdict in zip(people, ("true", "false"), strict=True):
        scene.check(who, verdict, rationale=f"{who.name}: {WORDS}", not_known="=1+1")
    scene.settle(scene.person("Lea", *LEADS), claim_id, "true", reason=WORDS)
    lead = client_of(scene.person("Lou", *LEADS))
    rows = exported(lead, "reviews.csv?names=1")
    assert [(row["reviewer"], row["content_verdict"]) for row in rows] == [
        ("Ann", "True"),
        ("Ben", "False"),
    ]
    assert [row["rationale"] for row in rows] == [f"{name}: {WORDS}" for name in ("Ann", "Ben")]
    assert {row["not_known"] for row in rows} == {"'=1+1"}
    assert {row["claim"] for row in rows} == {" ".join(WORDS.split())}
