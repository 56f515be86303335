"""Where a quote stands in the saved copy, told beside each use of its source."""

import pytest
from sqlmodel import Session, select

from app.domain.words import Decides, Role
from app.storage.tables import Person, Project, SavedCopy
from app.workflow.looking import finish_copy
from app.workflow.sources import SourceValues
from tests.copies import look, looked
from tests.lending import DeskClient
from tests.scenes import LEADS, Scene

PAGE = SourceValues(url="https://stats.example/t4", title="Table 4", quote="Bread is dear")
WORDS = {
    "They say: Bread is dear.": "The quote stands word for word in the saved copy",
    "They say: “Bread  is dear”.": "The quote stands in the saved copy but for marks and blanks",
    "They say that fish is cheap.": "The quote is not in the saved copy",
}


@pytest.fixture
def scene(database):
    scene = Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)
    scene.change(Project, scene.project.public_id, saves_copies=True)
    scene.claim_id = scene.claim("Bread costs more.")
    scene.check(scene.person("Kim", Role.REVIEWER), sources=(PAGE,))
    scene.person("Lea", *LEADS)
    return scene


@pytest.fixture
def enter(scene, app):
    """A browser of somebody, by name."""

    def open_(name):
        with Session(scene.database.engine) as session:
            row = session.exec(select(Person).where(Person.name == name)).one()
            return DeskClient(app).sign_in(row)

    return open_


def saved(scene, text):
    """The page was looked at, and says this."""
    scene.do(finish_copy, scene.rows(SavedCopy)[0].public_id, look=look(text))
    looked(scene)


@pytest.mark.parametrize(("text", "words"), WORDS.items())
@pytest.mark.parametrize("address", ["/claims/{}", "/claims/{}/settle"])
def test_the_claim_and_its_settling_say_how_the_quote_stands(scene, enter, address, text, words):
    saved(scene, text)

    page = enter("Lea").get(address.format(scene.claim_id)).page

    assert words in page.text
    assert f"/copies/{scene.rows(SavedCopy)[0].public_id}" in page.links.values()


def test_a_page_that_was_not_looked_at_yet_says_nothing(scene, enter):
    page = enter("Lea").get(f"/claims/{scene.claim_id}").page

    assert "saved copy" not in page.text


def test_whoever_checked_it_sees_the_place_of_the_own_quote(scene, enter):
    saved(scene, "They say: Bread is dear.")

    assert "word for word" in enter("Kim").get(f"/claims/{scene.claim_id}").page.text
