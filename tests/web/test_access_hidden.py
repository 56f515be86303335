"""What is not mine looks as if it were not there: everybody of the table, at every address."""

import re

import pytest

from app.domain.words import Decides
from app.storage.tables import Review
from tests.scenes import Scene
from tests.web.test_access import HIDDEN, TABLE
from tests.web.world import World, asked, batch_in, commented


@pytest.fixture
def world(database, app):
    return World(database, app)


@pytest.mark.parametrize("who", ["S", "V", "A"])
def test_what_is_not_there_and_what_is_not_mine_look_the_same(world, who):
    """Nobody can find out by trying ids which of them exist."""
    foreign = Scene(world.database, slug="elsewhere", decides=Decides.SIGNOFF, reviews_wanted=1)
    foreign.claim("Elsewhere.")
    [other] = foreign.reviewers("Else")
    review_id = foreign.check(other)
    claim_id = foreign.claim_of(review_id)
    there = {
        "slug": "elsewhere",
        "claim_id": claim_id,
        "review_id": review_id,
        "comment_id": commented(foreign, other, claim_id),
        "reply_id": asked(foreign, other, claim_id),
        "batch_id": batch_in(foreign),
    }
    nowhere = {name: "nowhere" if name == "slug" else "aaaaaaaaaaaa" for name in there}
    for line in TABLE:
        method, rule = line.split(" ", 1)
        found = re.search(r"<(slug|claim_id|review_id|comment_id|reply_id|batch_id)>", rule)
        # To an admin every project is their own: only the pages of others' checks are hidden.
        is_hidden = line in HIDDEN and "<review_id>" in line
        if found is None or (who == "A" and not is_hidden):
            continue
        pages = []
        for ids in (there, nowhere):
            path = world.address(rule.replace(found[0], ids[found[1]]))
            client = world.client(who)
            answer = client.get(path) if method == "GET" else client.post(path)
            body = answer.get_data(as_text=True).replace(ids[found[1]], "THE-ID")
            pages.append((answer.status_code, plain(body)))
        assert pages[0] == pages[1], line


def plain(body: str) -> str:
    """A page without what is random in each."""
    return re.sub(r'name="(csrf_token|key)" value="[^"]*"', "", body)


def test_a_check_is_of_its_writer_alone(world):
    assert world.scene.rows(Review)[-1].reviewer_id == world.actors["R"].person
    assert world.ask("R", "GET /reviews/<review_id>").status_code == 200
    other = world.scene.reviewers("Another")[0]
    world.actors["X"] = other
    for line in ("GET /reviews/<review_id>", "POST /reviews/<review_id>/draft"):
        assert world.ask("X", line).status_code == 404
