"""The whole job of a desk through its pages, from a pasted article to its files, on both databases."""

import csv
import io

import pytest
from sqlmodel import Session

from app.domain.words import ClaimState, Decides, Role
from app.storage.tables import Claim, Person
from tests.scenes import LEADS, Scene
from tests.web.checking import fields, start
from tests.web.picking import BRIDGES, TEXT

PROJECT = "/projects/desk"
SOURCE = "https://example.org/figures"


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.INDEPENDENT, reviews_wanted=2)


@pytest.fixture
def be(app, database):
    """``be(actor)`` is a client that is this person, on a desk over the database of the test."""
    lent, app.extensions["assay"] = app.extensions["assay"], database

    def client(actor):
        with Session(database.engine) as session:
            return app.test_client().sign_in(session.get_one(Person, actor.person))

    yield client
    app.extensions["assay"] = lent


def picked(client, scene) -> str:
    """An article comes in, is read, and the claim of its bridges is picked; its public id."""
    assert client.post(f"{PROJECT}/articles/new", data={"text": TEXT}).status_code == 303
    [claim] = [row for row in scene.rows(Claim) if row.quote and row.quote in BRIDGES]
    assert claim.text in client.get(f"{PROJECT}/pick").page.text
    assert client.post(f"/claims/{claim.public_id}/pick", data={"do": "check"}).status_code == 303
    return claim.public_id


def checked(client, scene, verdict: str) -> None:
    """The next claim is taken and answered."""
    review = start(client, scene.project)
    given = {"verdict": verdict, "sources-0-url": SOURCE, "rationale": f"It is {verdict}."}
    data = {**fields(client.get(f"/reviews/{review}").page, review), **given}
    assert client.post(f"/reviews/{review}", data=data).status_code == 303


def settled(client, claim_id: str) -> None:
    """The lead decides what two people answered differently."""
    page = f"/claims/{claim_id}/settle"
    assert page in client.get(f"{PROJECT}/settle").page.links.values()
    assert "It is true." in client.get(page).page.text
    data = {"verdict": "false", "reason": "The tables say so.", "conclusion": "There are fewer."}
    assert client.post(page, data=data).status_code == 303


def lines(client, name: str) -> list[dict[str, str]]:
    answer = client.get(f"{PROJECT}/exports/{name}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def test_an_article_becomes_a_row_of_verdicts(scene, be):
    lead = be(scene.person("Lea", *LEADS))
    claim_id = picked(lead, scene)
    for name, verdict in (("Ann", "true"), ("Ben", "false")):
        checked(be(scene.person(name, Role.REVIEWER)), scene, verdict)
    settled(lead, claim_id)

    assert scene.claim_row(claim_id).state is ClaimState.SETTLED
    row = next(row for row in lines(lead, "verdicts.csv") if row["claim_id"] == claim_id)
    assert (row["content_verdict"], row["source_urls"]) == ("False", SOURCE)
    assert sorted(one["content_verdict"] for one in lines(lead, "reviews.csv")) == ["False", "True"]
    assert {one["url"] for one in lines(lead, "sources.csv")} == {SOURCE}
    found = lead.get(f"{PROJECT}/claims?text=bridges&state=settled").page
    assert claim_id in found.html
