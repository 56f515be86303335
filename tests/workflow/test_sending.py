"""What sending a check asks of the database: a fixed number of questions, however much there is."""

import re

import pytest

from app.domain.actors import CONSOLE
from app.storage.scales import schemes, vocabulary_of
from app.storage.session import Database
from app.storage.tables import Project
from app.workflow.agents import HopValues
from app.workflow.claims import NewClaim, add_claim
from tests.scenes import SOURCE, Scene
from tests.work import counted, listen, unlisten

SIZES = (10, 150)
# The last check of a claim is settled and counted, too.
MOST = {"first": 18, "last": 35}


def desk(database, claims, **values):
    """A desk with claims to check and two people, who have both sent a check before."""
    scene = Scene(database, slug=f"desk-{claims}", **values)
    with database.write() as session:
        for number in range(claims):
            told = NewClaim(text=f"Claim {number}.", hops=(HopValues(agent="Mayor"),))
            add_claim(session, CONSOLE, scene.id, values=told)
    return scene, scene.reviewers(f"Anna{claims}", f"Ben{claims}")


def sent(scene, actor, **values):
    """The statements of one check that is sent, and that lends the next."""
    review_id = scene.take(actor)
    with counted(scene.database) as statements:
        following = scene.submit(
            actor, review_id, attribution_verdict="confirmed", base_version=0, **values
        )
    assert following is not None
    return statements


def of_first_and_last(database, claims, **values):
    """What the first check of a claim asks, and the last one, after which nobody is waited for."""
    scene, (anna, ben) = desk(database, claims)
    for actor in (anna, anna, ben):
        sent(scene, actor, **values)
    # As any page does: sessions that read keep frozen scales for the process.
    scene.ask(vocabulary_of, scene.id)
    project = scene.rows(Project, Project.id == scene.id)[0]
    scene.ask(schemes, [project.content_scheme_id, project.attribution_scheme_id])
    return {
        "first": sent(scene, anna, **values),
        "last": sent(scene, ben, **values),
    }


@pytest.mark.parametrize(
    "sources",
    [
        pytest.param((), marks=pytest.mark.thorough, id="no source"),
        pytest.param((SOURCE,), id="one source"),
    ],
)
def test_a_check_is_sent_with_the_same_few_questions_however_many_claims_there_are(
    database, sources
):
    few, many = (of_first_and_last(database, size, sources=sources) for size in SIZES)

    for which, most in MOST.items():
        assert len(few[which]) == len(many[which])
        assert len(few[which]) <= most, "\n".join(few[which])


def test_nothing_is_asked_for_twice(database):
    statements = of_first_and_last(database, 10, sources=(SOURCE,))["first"]

    found = (re.search(r"\sFROM (\w+)", one) for one in statements if one.startswith("SELECT"))
    tables = [table[1] for table in found if table is not None]
    assert tables.count("project") == 1
    assert "label" not in tables


def test_no_table_that_grows_is_read_from_end_to_end(database_url):
    """On SQLite: PostgreSQL reads small tables whole, whatever their indexes."""
    database, asked = Database(database_url), []

    def note(_connection, _cursor, statement, values, *_rest):
        asked.append((statement, values))

    listen(database, "before_cursor_execute", note)
    of_first_and_last(database, 10, sources=(SOURCE,))
    unlisten(database, "before_cursor_execute", note)
    with database.reading() as session:
        plans = [
            line[-1]
            for statement, values in asked
            if statement.startswith(("SELECT", "WITH", "UPDATE", "DELETE"))
            for line in session.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", values[0] if isinstance(values, list) else values
            )
        ]

    database.dispose()
    read = {line.split()[1].rstrip("_0123456789") for line in plans if line.startswith("SCAN ")}
    # Imports are few; of known answers there is one list, read once for the whole queue; a scale has
    # few versions, which are under no name of their own.
    assert read <= {"import_run", "gold_answer", "anon"}
