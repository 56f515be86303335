"""A disagreement is data: which files carry it, and that no other drops it without saying so."""

import csv
import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlmodel import Session

from app.exporters.registry import EXPORTERS
from app.storage.tables import Person
from tests.scenes import LEADS, Scene

# Every answer of every check, or the labels that the desk did not take.
CARRY = {"verdicts.csv", "reviews.csv"}
# A verdict for readers, who are told what the desk decided; the documentation says so.
FOR_READERS = {"claimreview.jsonl"}
# The shape of somebody else's data set, which has one label for a claim; the documentation says so.
ONE_LABEL = {"averitec.json"}
# These hold no verdict of the desk beside the checks that it was made of.
WITHOUT_VERDICT = {
    *("sources.csv", "articles.csv", "replies.csv", "publications.csv", "comments.csv"),
    *("questions.csv", "groups.csv", "batches.csv", "corrections.csv", "gold.csv", "gates.csv"),
    "amendments.jsonl",
}


@pytest.fixture
def client(database, app):
    """A lead of a desk that decided against one of two checks."""
    scene = Scene(database)
    claim_id = scene.claim()
    for somebody, verdict in zip(scene.reviewers("Ann", "Ben"), ("true", "false"), strict=True):
        scene.check(somebody, verdict, rationale=f"I say {verdict}.")
    lea = scene.person("Lea", *LEADS)
    scene.settle(lea, claim_id, "true")
    with Session(database.engine) as session:
        return app.test_client().sign_in(session.get_one(Person, lea.person))


def rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_file_is_one_that_carries_it_or_one_of_which_it_is_said_that_it_does_not():
    assert {*CARRY, *FOR_READERS, *ONE_LABEL, *WITHOUT_VERDICT} == set(EXPORTERS)
    told = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    part = told.split("## Where dissent is\n")[1].split("\n## ")[0]
    for name in CARRY | FOR_READERS | ONE_LABEL:
        assert f"`{name}`" in part, name


def test_it_leaves_with_the_verdicts_and_with_the_checks(client):
    verdicts = client.get("/projects/desk/exports/verdicts.csv").get_data(as_text=True)
    [row] = rows(verdicts)
    assert (row["content_verdict"], row["dissent"], row["agreement"]) == ("True", "False×1", "0")
    checks = rows(client.get("/projects/desk/exports/reviews.csv").get_data(as_text=True))
    assert {(row["content_verdict"], row["rationale"]) for row in checks} == {
        ("True", "I say true."),
        ("False", "I say false."),
    }


def test_it_is_in_a_release(client):
    body = client.get("/projects/desk/exports/release.zip").get_data()
    with ZipFile(io.BytesIO(body)) as files:
        name = next(name for name in files.namelist() if name.endswith("verdicts.csv"))
        [row] = rows(files.read(name).decode())
    assert row["dissent"] == "False×1"
