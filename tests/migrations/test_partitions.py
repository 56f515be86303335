"""Where each project lives in one part of the tables: what a desk has fits in, and stays within.

Plain PostgreSQL, cut by hash of the project, stands for an engine that puts the parts on several
machines (docs/scale.md).
"""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, text

from app.domain.words import Role
from app.storage.session import Database
from tests import postgres
from tests.migrations.partitions import HERE, PARTS, SHARED, statements, twins
from tests.scenes import Scene

pytestmark = pytest.mark.postgres
# The queue's question, as far as it goes over several tables; ``same`` says of which project a check is.
QUEUE = """
    SELECT claim.id FROM claim
    WHERE claim.project_id = {here} AND state = 'open' AND slots_free > 0 AND NOT EXISTS (
        SELECT 1 FROM review WHERE {same} review.claim_id = claim.id AND review.reviewer_id = {me})
    ORDER BY priority DESC, due_at, article_id, start, claim.id LIMIT 1 FOR UPDATE OF claim SKIP LOCKED
"""
SAME = "review.project_id = claim.project_id AND"


def worked_on(database):
    """Two projects with claims, checks, verdicts, drafts, and more to do."""
    for slug in ("east", "west"):
        scene = Scene(database, slug=slug)
        anna, ben = scene.reviewers(f"Anna {slug}", f"Ben {slug}")
        lead = scene.person(f"Lea {slug}", Role.EDITOR)
        claim = scene.claim()
        for person, verdict in ((anna, "false"), (ben, "true")):
            scene.check(person, verdict, rationale="So it says.")
        scene.settle(lead, claim, reason="Looked again.")
        for _ in range(3):
            scene.claim()
        scene.draft(anna, scene.take(anna))


def moved(database, cut, connection):
    """Bring every row over; those that do not name their project are told it by what they point at."""
    projects, counts = {}, {}
    with database.reading() as session:
        for table in SQLModel.metadata.sorted_tables:
            rows = [row._asdict() for row in session.execute(select(table))]
            owners = [
                (next(iter(key.columns)).name, key.referred_table.name)
                for key in table.foreign_key_constraints
                if key.referred_table.name not in SHARED
            ]
            for row in rows:
                if table.name not in SHARED and row.get(HERE) is None:
                    row[HERE] = next(
                        (projects[name, row[at]] for at, name in owners if row[at]), None
                    )
                projects[table.name, row["id"]] = row.get(HERE)
            # What is told of no project at all needs one of its own.
            rows = [row for row in rows if table.name in SHARED or row[HERE] is not None]
            counts[table.name] = len(rows)
            for row in rows:
                connection.execute(cut.tables[table.name].insert(), row)
    return counts


@pytest.fixture(scope="module")
def desk(tmp_path_factory, migrated):
    """A desk that was worked on, cut by project: its engine, its tables, how many rows it had."""
    url = f"sqlite:///{tmp_path_factory.mktemp('cut') / 'desk.db'}"
    Path(url.removeprefix("sqlite:///")).write_bytes(migrated.read_bytes())
    database, engine = Database(url), create_engine(postgres.empty_database())
    worked_on(database)
    cut, _changed = twins()
    with engine.begin() as connection:
        cut.create_all(connection)
        for statement in statements():
            connection.exec_driver_sql(statement)
        counts = moved(database, cut, connection)
    database.dispose()
    yield engine, cut, counts
    engine.dispose()


def parts_read(connection, question):
    """The parts of tables that a question reads."""
    [[plans]] = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {question}").all()
    found, nodes = set(), [plan["Plan"] for plan in plans]
    while nodes:
        node = nodes.pop()
        found.add(node.get("Relation Name", ""))
        nodes += node.get("Plans", [])
    return {name for name in found if "_part_" in name}


def busiest(connection):
    """A project and one of its reviewers who has not answered everything."""
    question = "SELECT project_id, reviewer_id FROM review WHERE state = 'submitted' LIMIT 1"
    return dict(zip(("here", "me"), connection.exec_driver_sql(question).one(), strict=True))


def test_what_a_desk_has_fits_into_the_parts(desk):
    engine, cut, counts = desk
    with engine.connect() as connection:
        for table in cut.sorted_tables:
            found = connection.execute(select(text("count(*)")).select_from(table)).scalar_one()
            assert (table.name, found) == (table.name, counts[table.name])
    assert all(counts[name] for name in ("claim", "review", "review_version", "ruling", "draft"))


def test_no_row_points_into_another_project(desk):
    engine, _cut, _counts = desk
    moved = "UPDATE claim_round SET claim_id = (SELECT max(id) FROM claim) WHERE id = 1"
    with engine.connect() as connection, pytest.raises(IntegrityError, match="foreign key"):
        connection.exec_driver_sql(moved)


def test_one_person_has_one_check_of_a_claim_as_before(desk):
    engine, cut, _counts = desk
    review = cut.tables["review"]
    with engine.connect() as connection:
        row = connection.execute(select(review).limit(1)).one()._asdict()
        again = {**row, "id": 1_000, "public_id": "another-id", "slot": None, "state": "skipped"}
        with pytest.raises(IntegrityError, match="claim_round_id_reviewer_id"):
            connection.execute(review.insert(), again)


def test_a_question_reads_one_part_of_each_table_when_its_joins_say_the_project(desk):
    engine, _cut, _counts = desk
    with engine.connect() as connection:
        who = busiest(connection)
        loose = parts_read(connection, QUEUE.format(same="", **who))
        bound = parts_read(connection, QUEUE.format(same=SAME, **who))

    assert len([name for name in loose if name.startswith("claim_part")]) == 1
    assert len([name for name in loose if name.startswith("review_part")]) == PARTS
    assert len(bound) == 2
    assert len({name.rpartition("_")[2] for name in bound}) == 1


def test_two_who_ask_at_once_get_two_claims(desk):
    engine, _cut, _counts = desk
    with engine.connect() as one, engine.connect() as two:
        asked = QUEUE.format(same=SAME, **{**busiest(one), "me": 0})
        got = {here.exec_driver_sql(asked).scalar_one() for here in (one, two)}
    assert len(got) == 2


def test_only_public_ids_are_less_unique_than_before():
    _cut, changed = twins()

    assert {rule.partition("(")[2] for rule in changed.unique["weaker"]} == {"public_id)"}
    # Lines of the history that belong to no project need one of their own.
    assert changed.filled == {"event"}
