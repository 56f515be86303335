"""Where PostgreSQL has no index of texts, a page looks for words in a stretch of claims and goes on."""

import pytest
from sqlmodel import text

from app.domain.blindness import SeenState
from app.storage import claim_lists, claim_stretches
from app.storage.claim_filters import ClaimFilter
from app.storage.claim_lists import claims_by_due, count_found, due_place, found_claims
from app.storage.claim_stretches import EVERYTHING, Stretch, stretch_of
from app.storage.tables import Claim
from tests.scenes import LEADS, Scene
from tests.workflow.conftest import of_its_own

pytestmark = pytest.mark.postgres

MADE, LOOKED_AT = 30, 8
INDEX = "CREATE INDEX ix_claim_text ON claim USING gin (text gin_trgm_ops)"
BROKEN = "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_claim_text'::regclass"


@pytest.fixture(scope="module")
def database():
    yield from of_its_own()


@pytest.fixture(scope="module")
def scene(database):
    """Claims of which the oldest alone has a word."""
    made = Scene(database)
    made.claim("A zeppelin rose.")
    for number in range(MADE):
        made.claim(f"Trees are numbered {number}.")
    made.lead = made.person("Lena", *LEADS)
    return made


@pytest.fixture
def short(monkeypatch):
    for module in (claim_stretches, claim_lists):
        monkeypatch.setattr(module, "LOOKED_AT", LOOKED_AT)


@pytest.fixture(params=["DROP INDEX ix_claim_text", BROKEN])
def _without(request, database, short):
    do(database, request.param)
    yield
    do(database, "DROP INDEX IF EXISTS ix_claim_text")
    do(database, INDEX)


def do(database, statement):
    with database.write() as session:
        session.execute(text(statement))


def looked_at(scene, words, before=None, **wanted):
    asked = ClaimFilter(text=words, **wanted)
    return scene.ask(stretch_of, scene.lead, scene.id, wanted=asked, before=before)


def in_stretch(scene, words, within):
    wanted = ClaimFilter(text=words)
    return scene.ask(found_claims, scene.lead, scene.id, wanted=wanted, within=within)


@pytest.mark.usefixtures("short")
def test_with_the_index_there_is_no_end_to_where_a_page_looks(scene):
    assert looked_at(scene, "zeppelin") == EVERYTHING
    assert not looked_at(scene, "ze").by_text


@pytest.mark.usefixtures("_without")
@pytest.mark.parametrize("wanted", [{}, {"state": SeenState.TO_DO}])
def test_without_it_a_page_looks_at_as_many_claims_as_for_two_letters(scene, wanted):
    keys = sorted((claim.key for claim in scene.rows(Claim)), reverse=True)
    end = keys[LOOKED_AT - 1]

    assert looked_at(scene, "zeppelin", **wanted) == Stretch(end, None, by_text=False)
    assert looked_at(scene, "zeppelin", **wanted) == looked_at(scene, "ze", **wanted)
    assert looked_at(scene, "zeppelin", end, **wanted).first == keys[2 * LOOKED_AT - 1]


@pytest.mark.usefixtures("_without")
def test_what_is_far_behind_is_found_on_a_later_page(scene):
    pages, before = [], None
    while True:
        within = looked_at(scene, "zeppelin", before)
        pages.append([claim.text for claim in in_stretch(scene, "zeppelin", within)])
        wanted = ClaimFilter(text="zeppelin")
        counted = scene.ask(count_found, scene.lead, scene.id, wanted=wanted, most=9, within=within)
        assert counted == len(pages[-1])
        before = within.first
        if before is None:
            break
    assert pages == [[]] * (MADE // LOOKED_AT) + [["A zeppelin rose."]]


@pytest.mark.usefixtures("_without")
def test_by_date_it_is_found_a_stretch_after_the_other_as_well(scene):
    wanted, after, found = ClaimFilter(text="zeppelin"), None, []
    for _ in range(MADE):
        page = scene.ask(claims_by_due, scene.lead, scene.id, wanted=wanted, after=after, limit=2)
        found += page.claims
        after = page.end if len(page.claims) < 2 else due_place(page.claims[-1])
        if after is None:
            break
    assert [claim.text for claim in found] == ["A zeppelin rose."]


@pytest.mark.usefixtures("short")
def test_an_index_that_was_added_later_is_asked_at_once(scene, database):
    do(database, "DROP INDEX ix_claim_text")
    assert looked_at(scene, "zeppelin").first is not None
    do(database, INDEX)
    assert looked_at(scene, "zeppelin") == EVERYTHING
