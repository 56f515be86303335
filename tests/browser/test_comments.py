"""axe finds nothing where people talk: threads below a claim, in a check, the list, the notices."""

import shutil

import pytest
from sqlmodel import select

from app.cli.seed import seed
from app.domain.words import Role
from app.storage.people import actor_of
from app.storage.session import Database
from app.storage.tables import Claim, Membership, Person
from app.workflow import lending
from app.workflow.comments import CommentValues, add_comment, reply, resolve
from app.workflow.consulting import ask
from tests.browser.test_axe import problems

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def migrated(migrated, tmp_path_factory):
    """Every database here begins as the demonstration desk, which is made once."""
    path = tmp_path_factory.mktemp("talk") / "assay.db"
    shutil.copy(migrated, path)
    database = Database(f"sqlite:///{path}")
    seed(database)
    database.dispose()
    return path


@pytest.fixture
def talk(database):
    """The addresses of pages on which somebody who checks and an editor have talked."""

    def do(verb, *args, **values):
        with database.write() as session:
            return verb(session, *args, **values)

    with database.reading() as session:
        member = session.exec(select(Membership).where(Membership.role == Role.REVIEWER)).first()
        checker = session.get_one(Person, member.person_id)
        other = session.exec(select(Person).where(Person.id != checker.key)).first()
        mine, theirs = (actor_of(session, p.public_id) for p in (checker, other))
    review = do(lending.take, mine, member.project_id)
    with database.reading() as session:
        claim = session.exec(
            select(Claim.public_id).join(lending.Review).where(lending.Review.public_id == review)
        ).one()
    question = do(ask, mine, claim, person_id=other.public_id, text="Which year?")
    do(reply, theirs, question, values=CommentValues(text="See https://a.example/2024."))
    text = f"@{checker.name}, هل هذا صحيح؟"
    closed = do(add_comment, theirs, claim, values=CommentValues(text=text))
    do(resolve, theirs, closed)
    return mine, [f"/claims/{claim}", f"/reviews/{review}", "/notices", "/projects/desk/comments"]


@pytest.mark.thorough
def test_axe_finds_nothing_where_people_have_talked(window, talk):
    actor, addresses = talk
    page = window(actor).tab()
    wrong = {}
    for address in addresses:
        page.goto(address)
        assert page.locator("text=/Which year|answered/").first.is_visible(), address
        page.locator("main details").evaluate_all("all => all.forEach(e => { e.open = true; })")
        found = problems(page)
        if found:
            wrong[address] = found
    assert wrong == {}
