"""Copy of a settled claim: the page, its files, ClaimReview, and what is never in it."""

import json
from dataclasses import replace

import pytest

from app.domain.words import Decides, Role, SourceRecord
from app.exporters.claimreview_rules import problems
from app.storage.tables import Claim, Project
from tests.scenes import LEADS, SOURCE, Scene


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def claim_id(scene):
    found = scene.claim("Bread is <b>dear</b> [sic].", said_by="A minister")
    secret = replace(
        SOURCE,
        url="https://secret.example/",
        title="Walrus",
        record=SourceRecord.NOT_FOR_PUBLICATION,
    )
    scene.check(
        scene.reviewers("Kim")[0],
        attribution_verdict="confirmed",
        rationale="The table says so.",
        notes="PRIVATE",
        sources=(SOURCE, secret),
    )
    values = {"attribution_verdict": "confirmed", "conclusion": "Not at all."}
    scene.settle(scene.person("Lea", *LEADS), found, **values)
    return found


@pytest.fixture
def reader(login, scene):
    return login(Role.VIEWER, project=scene.project)


def test_the_claim_leads_to_its_copy_and_back(reader, claim_id):
    page = reader.get(f"/claims/{claim_id}").page
    address = page.links["Copy for publishing"]
    assert address == f"/claims/{claim_id}/copy"
    assert f"/claims/{claim_id}" in reader.get(address).page.links.values()


def test_the_page_shows_the_copy_and_both_texts_in_areas_that_cannot_be_typed_in(reader, claim_id):
    page = reader.get(f"/claims/{claim_id}/copy").page
    areas = {area.get("id"): area for area in page.all("textarea")}
    assert all(area.get("readonly") is not None for area in areas.values())
    assert "<h2>Bread is &lt;b&gt;dear&lt;/b&gt; [sic].</h2>" in areas["copy-html"].text
    assert r"## Bread is \<b\>dear\</b\> \[sic\]." in areas["copy-markdown"].text
    for words in ("Bread is <b>dear</b> [sic].", "Not at all.", "The table says so.", "False"):
        assert words in page.text
    assert page.links["Figures"] == SOURCE.url


def test_a_button_to_copy_waits_for_the_script(reader, claim_id):
    page = reader.get(f"/claims/{claim_id}/copy").page
    buttons = [b for b in page.all("button") if b.get("data-copy")]
    assert {b.get("data-copy") for b in buttons} == {"copy-html", "copy-markdown"}
    assert all(b.get("hidden") is not None for b in buttons)


@pytest.mark.parametrize("kind", ["html", "md"])
def test_a_file_is_text_to_keep_and_never_a_page_of_ours(reader, claim_id, kind):
    answer = reader.get(f"/claims/{claim_id}/copy.{kind}")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{claim_id}.{kind}"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    area = reader.get(f"/claims/{claim_id}/copy").page.by_id(
        "copy-html" if kind == "html" else "copy-markdown"
    )
    assert area.text.strip() == answer.get_data(as_text=True).strip()


@pytest.mark.parametrize("rest", ["copy", "copy.html", "copy.md"])
def test_nothing_internal_leaves(reader, claim_id, rest):
    text = reader.get(f"/claims/{claim_id}/{rest}").get_data(as_text=True)
    for word in ("PRIVATE", "Walrus", "secret.example", "Kim", "Lea"):
        assert word not in text


@pytest.mark.parametrize("rest", ["copy", "copy.html", "copy.md", "claimreview.json"])
def test_an_unsettled_claim_has_no_copy(reader, scene, rest):
    answer = reader.get(f"/claims/{scene.claim()}/{rest}")
    assert answer.status_code == 409
    assert "not settled yet" in answer.page.text


def test_what_claimreview_lacks_is_said_with_the_way_to_it(login, scene, claim_id):
    editor = login(Role.EDITOR, project=scene.project)
    page = editor.get(f"/claims/{claim_id}/copy").page
    assert "Note where it was published" in page.text
    assert "Write the desk’s name in the settings" in page.text
    assert page.links["To the settings"] == "/projects/desk/settings"
    answer = editor.get(f"/claims/{claim_id}/claimreview.json")
    assert answer.status_code == 422
    assert "Note where it was published" in answer.page.text


def test_claimreview_is_there_once_nothing_is_missing(reader, scene, claim_id):
    scene.change(Claim, claim_id, published_url="https://desk.example/1")
    scene.change(Project, scene.project.public_id, publisher_name="The </script> Desk")
    page = reader.get(f"/claims/{claim_id}/copy").page
    script = page.by_id("claimreview").text.strip()
    assert script.startswith('<script type="application/ld+json">')
    assert script.count("</script>") == 1
    answer = reader.get(f"/claims/{claim_id}/claimreview.json")
    thing = json.loads(answer.get_data(as_text=True))
    assert problems(thing) == []
    assert thing["author"]["name"] == "The </script> Desk"
    assert answer.mimetype == "application/ld+json"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_looking_asks_as_much_whatever_was_linked(reader, claim_id, queries):
    with queries() as counted:
        reader.get(f"/claims/{claim_id}/copy")
    assert len(counted) <= 25
