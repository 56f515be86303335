"""Statements that go to the driver itself: the same answers, errors and records as the usual way."""

from functools import cache

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, bindparam, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import object_session

from app.domain.actors import CONSOLE
from app.domain.ids import now
from app.domain.words import ClaimState
from app.storage.among import among, spanned, within
from app.storage.driver import LONGEST_LIST, plain_rows_of, rows_of, write_rows
from app.storage.instances import Instances, known
from app.storage.plain_rows import Rows, table_of
from app.storage.server import is_away
from app.storage.session import Database
from app.storage.tables import Claim, ClaimTag, Event, Project
from app.workflow.claims import NewClaim, add_claim
from tests import postgres
from tests.cases import in_turn
from tests.scenes import Scene
from tests.work import counted

CLAIMS, EVENTS, TAGS = table_of(Claim), table_of(Event), table_of(ClaimTag)
MADE = Table("made", MetaData(), Column("id", Integer), Column("at", String, default=now))
KEYS = bindparam("keys", expanding=True)
ROWS, INSTANCES = Rows(Claim, Project), Instances(Claim, Project)


@cache
def whole():
    """Of each kind of column one: words, times, numbers, keys, what is written as JSON."""
    joined = CLAIMS.join(table_of(Project), CLAIMS.c.project_id == table_of(Project).c.id)
    open_ones = CLAIMS.c.state.in_([ClaimState.OPEN, ClaimState.SETTLED])
    query = select(*ROWS.columns).select_from(joined).where(open_ones, CLAIMS.c.id.in_(KEYS))
    return query.order_by(CLAIMS.c.id)


@cache
def history():
    return select(EVENTS).where(EVENTS.c.thing == bindparam("thing")).order_by(EVENTS.c.id)


@cache
def new_tag():
    return insert(TAGS).returning(TAGS.c.id)


@pytest.fixture
def scene(database):
    return Scene(database)


def add(scene, number):
    """So many claims; their keys."""
    for at in range(number):
        scene.do(add_claim, CONSOLE, scene.id, values=NewClaim(text=f"Claim {at}."))
    return [row.key for row in scene.rows(Claim)]


@pytest.mark.parametrize("number", [0, 1, 3, LONGEST_LIST + 1])
def test_it_finds_what_is_found_the_usual_way(scene, number):
    add(scene, LONGEST_LIST + 2)
    with scene.database.reading() as session:
        keys = session.connection().execute(select(CLAIMS.c.id).limit(number)).scalars().all()
        places = {"keys": list(keys)}

        found = rows_of(session, whole(), places)

        usual = session.connection().execute(whole(), places).all()
    assert found == [tuple(row) for row in usual]
    assert len(found) == number
    assert all(type(row) is tuple for row in found)


def test_times_words_and_json_come_as_the_model_has_them(scene):
    claim = add(scene, 1)[0]
    with scene.database.reading() as session:
        thing = session.get_one(Claim, claim).public_id

        found = rows_of(session, history(), {"thing": thing})

        assert found == [
            tuple(row) for row in session.connection().execute(history(), {"thing": thing})
        ]
    assert found[0][EVENTS.c.keys().index("at")].tzinfo is not None


@cache
def words(told):
    """What has no type of its own in the database, of the claims with some keys."""
    query = select(CLAIMS.c.id, CLAIMS.c.state, CLAIMS.c.text)
    return query.where(told(CLAIMS.c.id)).order_by(CLAIMS.c.id)


@in_turn("places", [[0], [3], [0, 1, 2], [2, 1, 0], [0, 2], [0, 3, 2], list(range(12))])
def test_plain_rows_are_those_of_the_keys_whether_or_not_there_are_gaps(scene, places):
    made = add(scene, 12)
    keys = [made[place] for place in places]
    told, values = within(keys)
    with scene.database.reading() as session:
        found = plain_rows_of(session, words(told), values)

    assert found == [(made[place], "open", f"Claim {place}.") for place in sorted(places)]


@in_turn(
    "keys, way",
    [
        ([4], spanned),
        ([4, 5, 6], spanned),
        ([6, 4, 5], spanned),
        ([4, 6], among),
        ([1, 9, 3], among),
    ],
)
def test_keys_are_told_by_the_first_and_the_last_where_none_is_left_out(keys, way):
    assert within(keys)[0] is way


def test_plain_rows_see_what_is_pending(scene):
    key = add(scene, 1)[0]
    told, values = within([key])
    with scene.database.writing() as session:
        session.get_one(Claim, key).text = "Another."

        assert plain_rows_of(session, words(told), values) == [(key, "open", "Another.")]


def test_each_statement_is_heard_of(scene):
    add(scene, 2)
    with counted(scene.database) as sent, scene.database.reading() as session:
        rows_of(session, whole(), {"keys": [1, 2]})
        rows_of(session, whole(), {"keys": [1, 2]})

    assert len(sent) == 2
    assert sent[0].startswith("SELECT claim.id")


def test_what_is_pending_is_written_first_and_a_new_row_answers_its_key(scene):
    claim = add(scene, 1)[0]
    with scene.database.write() as session:
        session.get_one(Claim, claim).text = "Another text."

        found = rows_of(session, whole(), {"keys": [claim]})
        ((key,),) = rows_of(
            session, new_tag(), {"claim_id": claim, "project_id": scene.id, "tag": "bridges"}
        )

        assert "Another text." in found[0]
        assert session.get_one(ClaimTag, key).tag == "bridges"


@pytest.mark.parametrize("number", [2, LONGEST_LIST + 2])
def test_several_rows_are_written_whether_few_or_many(scene, number):
    claim = add(scene, 1)[0]
    with scene.database.write() as session:
        write_rows(
            session,
            insert(TAGS).inline(),
            [
                {"claim_id": claim, "project_id": scene.id, "tag": f"tag {at}"}
                for at in range(number)
            ],
        )

    assert len(scene.rows(ClaimTag)) == number


def test_a_refusal_of_the_database_is_told_as_usual(scene):
    with scene.database.writing() as session:
        with pytest.raises(IntegrityError) as refused:
            rows_of(
                session, new_tag(), {"claim_id": None, "project_id": scene.id, "tag": "bridges"}
            )
        session.rollback()

        assert refused.value.orig is not None
        assert rows_of(session, whole(), {"keys": [1]}) == []


def test_a_column_that_the_usual_way_would_fill_by_itself_has_to_be_named(scene):
    with scene.database.reading() as session, pytest.raises(TypeError, match="name it"):
        rows_of(session, insert(MADE), {"id": 1})


def test_rows_are_known_to_the_session_as_if_it_had_asked(scene):
    claim = add(scene, 1)[0]
    with scene.database.write() as session:
        found, project = INSTANCES.known(session, rows_of(session, whole(), {"keys": [claim]})[0])

        assert session.get_one(Claim, claim) is found
        assert session.get_one(Project, scene.id) is project
        assert found not in session.dirty
        found.text = "Another text."
    assert scene.rows(Claim, Claim.id == claim)[0].text == "Another text."


def test_a_row_that_is_known_is_forgotten_with_what_was_taken_back(scene):
    claim = add(scene, 1)[0]
    with scene.database.writing() as session:
        found, _project = INSTANCES.known(session, rows_of(session, whole(), {"keys": [claim]})[0])
        found.text = "Another text."
        session.rollback()

        assert found.text == "Claim 0."
    assert object_session(found) is None


def test_a_row_of_which_a_column_is_missing_is_not_made(scene):
    claim = add(scene, 1)[0]
    with (
        scene.database.reading() as session,
        pytest.raises(TypeError, match="Claim is made of all its columns"),
    ):
        known(session, Claim, {"id": claim, "text": "Claim 0."})


def test_what_the_session_knew_of_a_row_is_replaced(scene):
    claim = add(scene, 1)[0]
    with scene.database.write() as session:
        old = session.get_one(Claim, claim)
        session.connection().execute(update(CLAIMS).values(text="Another text."))

        found, _project = INSTANCES.known(session, rows_of(session, whole(), {"keys": [claim]})[0])

        assert found is old
        assert old.text == "Another text."
        assert old not in session.dirty


def test_a_statement_after_a_commit_begins_a_transaction_of_its_own(scene):
    claim = add(scene, 1)[0]
    with scene.database.writing() as session:
        rows_of(session, new_tag(), {"claim_id": claim, "project_id": scene.id, "tag": "kept"})
        session.commit()
        rows_of(
            session, new_tag(), {"claim_id": claim, "project_id": scene.id, "tag": "taken back"}
        )
        session.rollback()

    assert [row.tag for row in scene.rows(ClaimTag)] == ["kept"]


@pytest.mark.postgres
def test_a_server_that_went_away_is_told_of_and_asked_anew():
    url = postgres.migrated_database()
    database, other = Database(url), Database(url)
    try:
        with database.writing() as session:
            rows_of(session, history(), {"thing": "x"})
            pid = session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            with other.reading() as killer:
                killer.connection().exec_driver_sql(f"SELECT pg_terminate_backend({pid}, 5000)")
            with pytest.raises(DBAPIError) as gone:
                rows_of(session, history(), {"thing": "x"})

        assert gone.value.connection_invalidated
        assert is_away(gone.value)
        with database.writing() as session:
            assert rows_of(session, history(), {"thing": "x"}) == []
    finally:
        database.dispose()
        other.dispose()
        postgres.drop(url)
