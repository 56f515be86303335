"""The pages of saved copies: asking, bringing a file, reading what a page said, taking it out."""

import io

import pytest
from sqlmodel import Session, select
from warcio.archiveiterator import ArchiveIterator

from app.domain.evidence_words import CopyWhy
from app.domain.sentences import SENTENCES
from app.domain.words import Decides, Role, SourceKind
from app.storage.tables import Claim, Person, Project, SavedCopy, Source
from app.web.looks import copy_error
from app.workflow.copies import ask_copy
from app.workflow.looking import fail_copy, finish_copy
from app.workflow.sources import SourceValues
from tests.copies import look, looked
from tests.lending import DeskClient
from tests.scenes import Scene

URL = "https://stats.example/t4"
PAGE = SourceValues(url=URL, title="Table 4", quote="Bread is dear", locator="row 9")
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def scene(kept):
    return kept(asked)


def asked(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    scene.change(Project, scene.project.public_id, saves_copies=True)
    scene.kim = scene.person("Kim", Role.REVIEWER)
    scene.claim("Bread costs more.")
    scene.check(scene.kim, sources=(PAGE,))
    scene.copy = scene.rows(SavedCopy)[0].public_id
    scene.list = f"/sources/{scene.rows(Source)[0].public_id}/copies"
    return scene


@pytest.fixture
def enter(scene, app):
    """A browser of somebody, by name."""

    def open_(name):
        with Session(scene.database.engine) as session:
            row = session.exec(select(Person).where(Person.name == name)).one()
            return DeskClient(app).sign_in(row)

    return open_


@pytest.fixture
def client(enter):
    return enter("Kim")


def saved(scene, text="They say: Bread is dear.", **values) -> str:
    """The page was looked at; the address of the copy."""
    scene.do(finish_copy, scene.copy, look=look(text, **values))
    looked(scene)
    return f"/copies/{scene.copy}"


def test_both_pages_lead_to_the_source(scene, client):
    source = f"/sources/{scene.rows(Source)[0].public_id}"

    for address in (scene.list, saved(scene)):
        assert client.get(address).page.links["Source"] == source
    assert client.get(source).status_code == 200


def test_a_look_under_way_says_so_on_both_pages(scene, client):
    for address in (scene.list, f"/copies/{scene.copy}"):
        body = client.get(address).text
        assert "is being fetched" in body
        assert "See whether it is done" in body


def test_the_page_of_a_copy_marks_the_quote_and_tells_its_facts(scene, client):
    body = client.get(saved(scene, title="Prices")).text
    assert '<mark class="claim" id="quote-' in body
    assert ">Bread is dear</mark>" in body.replace("\n", "")
    assert "word for word" in body
    row = scene.rows(SavedCopy)[0]
    for fact in (URL, URL + "/", row.sha256, row.text_sha256, "text/plain", "200"):
        assert str(fact) in body
    assert "Bread costs more." in body
    assert "row 9" in body


def test_a_quote_that_is_not_there_is_said_plainly(scene, client):
    body = client.get(saved(scene, "Nothing of the kind.")).text
    assert "Not found in this copy." in body
    assert "<mark" not in body


def test_a_quote_that_is_nearly_there_stands_beside_what_the_copy_says(scene, client):
    again = SourceValues(url=URL, quote="The office said that bread is dear this year")
    scene.claim()
    scene.check(scene.kim, sources=(again,))
    body = client.get(saved(scene, "The office said that bread is cheap this year.")).text
    assert "The copy says:" in body
    assert "bread is cheap this year" in body


def test_what_strangers_wrote_is_text_and_nothing_else(scene, client):
    body = client.get(saved(scene, f"Bread is dear {EVIL}", title=EVIL)).text
    assert EVIL not in body
    assert "&lt;script&gt;" in body


def test_pages_of_a_pdf_are_told_apart(scene, client):
    text, kind = "Nothing here.\n\f\nBread is dear.", "application/pdf"
    body = client.get(saved(scene, text, media_type=kind)).text
    assert "Page 2" in body
    assert "page 2" in body


def test_what_stands_around_an_article_is_told_apart_and_has_no_pages(scene, client):
    text = "Nothing here.\n\f\nBread is dear."
    body = client.get(saved(scene, text, media_type="text/html")).text
    assert body.index("Nothing here.") < body.index("Around the article") < body.index("<mark")
    assert "page 2" not in body.lower()


def test_what_changed_is_told_paragraph_by_paragraph(scene, client):
    saved(scene, "Bread is dear.\nMilk costs 2 euros.\nSalt is 1 euro.")
    second = scene.do(ask_copy, scene.kim, scene.rows(Source)[0].public_id, why=CopyWhy.ASKED)
    scene.do(finish_copy, second, look=look("Bread is dear.\nMilk costs 3 euros.\nSalt is 1 euro."))
    body = client.get(f"/copies/{second}").text
    assert "What changed" in body
    assert "2<span" in body
    assert "3<span" in body


def test_the_file_is_handed_out_to_be_kept_and_never_shown(scene, client):
    answer = client.get(saved(scene) + "/warc")
    assert answer.mimetype == "application/warc"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    kinds = [record.rec_type for record in ArchiveIterator(io.BytesIO(answer.data))]
    assert kinds == ["response", "request", "response", "request"]


def test_a_look_that_failed_says_why_and_has_no_file(scene, client):
    scene.do(fail_copy, scene.copy, error="copy.refused", status=403)
    assert "does not hand it out" in client.get(scene.list).text
    assert "403" in client.get(f"/copies/{scene.copy}").text
    assert client.get(f"/copies/{scene.copy}/warc").status_code == 404


def test_a_page_that_is_gone_says_so(scene, client):
    body = client.get(saved(scene, "", is_gone=True, status=410)).text
    assert "no such page any more (410)" in body


def test_the_button_asks_for_another_look(scene, client):
    saved(scene)
    answer = client.post(scene.list, data={"do": "ask"})
    assert answer.status_code == 303
    assert answer.location.endswith(scene.list)
    assert [row.why for row in scene.rows(SavedCopy)] == [CopyWhy.LINKED, CopyWhy.ASKED]


def test_what_has_no_address_cannot_be_looked_at(scene, client):
    paper = SourceValues(title="A letter", kind=SourceKind.DOCUMENT)
    scene.claim()
    scene.check(scene.kim, sources=(paper,))
    letter = scene.rows(Source, Source.title == "A letter")[0].public_id
    answer = client.post(f"/sources/{letter}/copies", data={"do": "ask"})
    assert answer.status_code == 409
    assert "no address" in answer.text


def brought(client, address, data: bytes, name: str = "page.html"):
    return client.post(
        address, data={"file": (io.BytesIO(data), name)}, content_type="multipart/form-data"
    )


def test_a_page_is_brought_as_a_file(scene, client):
    page = b"<!doctype html><title>Prices</title><p>They say: Bread is dear.</p>"
    answer = brought(client, scene.list, page)
    assert answer.status_code == 303
    looked(scene)
    body = client.get(answer.location).text
    assert "page.html" in body
    assert ">Bread is dear</mark>" in body.replace("\n", "")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n\0", "neither a page"),
        (b"%PDF-1.7", "Nothing in it can be read"),
    ],
)
def test_a_file_that_is_none_is_refused_beside_the_field(data, said, scene, client):
    answer = brought(client, scene.list, data)
    assert answer.status_code == 422
    assert said in answer.text
    assert len(scene.rows(SavedCopy)) == 1


def test_no_file_is_refused(scene, client):
    answer = client.post(scene.list, data={})
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


def test_who_only_reads_finds_no_button(scene, enter):
    scene.person("Vi", Role.VIEWER)
    vi = enter("Vi")
    # Nobody has settled the claim: to others than leads and its checker there is no such source.
    assert vi.get(scene.list).status_code == 404
    assert vi.get(saved(scene)).status_code == 404
    lead = scene.person("Lea", Role.ADJUDICATOR)
    scene.settle(lead, scene.rows(Claim)[0].public_id)
    body = vi.get(scene.list).text
    assert "Bring it as a file" not in body
    assert vi.post(scene.list, data={"do": "ask"}).status_code == 403


def test_the_claim_s_page_tells_where_the_quote_stands(scene, enter):
    saved(scene)
    scene.person("Lea", Role.ADJUDICATOR)
    body = enter("Lea").get(f"/claims/{scene.rows(Claim)[0].public_id}").text
    assert "The quote stands word for word in the saved copy" in body
    assert f"/copies/{scene.copy}" in body


def test_saving_copies_is_asked_for_when_a_project_is_made(database, app):
    with Session(database.engine) as session:
        admin = Person(email="a@example.org", name="Ada", is_admin=True)
        session.add(admin)
        session.commit()
        client = DeskClient(app).sign_in(admin)
    for slug, ticked in (("one", {}), ("two", {"saves_copies": "y"})):
        data = {"title": slug, "slug": slug, "decides": "signoff", "scheme": "desk-7"}
        assert client.post("/projects/new", data=data | ticked).status_code == 303
    with Session(database.engine) as session:
        saves = dict(session.exec(select(Project.slug, Project.saves_copies)).all())
    assert saves == {"one": False, "two": True}


@pytest.mark.parametrize(("days", "status"), [("30", 303), ("", 303), ("0", 422), ("3651", 422)])
def test_how_often_pages_are_looked_at_is_a_setting(days, status, scene, enter):
    scene.person("Ed", Role.EDITOR)
    client = enter("Ed")
    page = client.get("/projects/desk/settings").page
    answer = client.post(
        "/projects/desk/settings",
        data=page.form("/projects/desk/settings") | {"recheck_days": days, "saves_copies": "y"},
    )
    assert answer.status_code == status
    found = scene.rows(Project)[0].recheck_days
    assert found == (30 if days == "30" else None)


def test_a_project_that_saves_no_copies_offers_to_bring_the_page(scene, client):
    scene.change(Project, scene.project.public_id, saves_copies=False)
    answer = client.get(scene.list)
    assert "This project saves no copies" in answer.text
    assert "Look at the page now" not in answer.text
    assert "Bring it as a file" in answer.text
    refused = client.post(scene.list, data={"do": "ask"})
    assert refused.status_code == 409
    assert "Bring it as a file" in refused.text


CODES = [code for code in SENTENCES if code.startswith(("fetch.", "copy."))]


def test_every_reason_why_nothing_came_of_a_look_is_said_whole(app):
    with app.test_request_context():
        said = {code: copy_error(code) for code in CODES}
    assert len(said) > 20
    assert [code for code, words in said.items() if "%(" in words or not words] == []
    assert said["fetch.large"] == "The page has more than 20 MB."
