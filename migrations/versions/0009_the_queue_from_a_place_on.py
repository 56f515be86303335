"""The queue in the order of one text, how far along it each person is, and what changes it.

A frozen copy of what the models gained when this step was written. It imports none of them.
"""

import re

import sqlalchemy as sa
from alembic import op

from app.storage.rewriting import add_index, beside_work, is_sqlite

revision = "0009"
down_revision = "0008"

A_MOMENT = "a trigger is made in a moment"
HOLDS = {
    **dict.fromkeys(("bar", "claim", "claim_tag", "hop", "import_run", "interest"), A_MOMENT),
    "review": "none is written while all are counted, two seconds for three million",
}

TABLES = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# What is there already, as far as new tables point at it.
for name in ("person", "project"):
    sa.Table(name, TABLES, sa.Column("id", sa.Integer, primary_key=True))


def ref(name, target, **options):
    key = sa.ForeignKey(target, ondelete="RESTRICT")
    return sa.Column(name, sa.Integer, key, nullable=False, **options)


CHECKER = sa.Table(
    "checker",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    ref("project_id", "project.id"),
    ref("person_id", "person.id", index=True),
    sa.Column("lent", sa.Integer, nullable=False),
    sa.Column("given", sa.Integer, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("upto", sa.BigInteger, nullable=False),
    sa.Column("lent_then", sa.Integer, nullable=False),
    sa.UniqueConstraint("project_id", "person_id"),
)
CHANGE = sa.Table(
    "queue_change",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    ref("project_id", "project.id"),
    sa.Column("number", sa.BigInteger, nullable=False),
    sa.Column("claim_id", sa.Integer),
    sa.Column("person_id", sa.Integer),
    sa.Index("ix_queue_change_number", "project_id", "number"),
)
COUNT = (
    "INSERT INTO checker (project_id, person_id, lent, given, place, upto, lent_then)"
    " SELECT project_id, reviewer_id, count(*),"
    " sum(CASE WHEN state = 'submitted' THEN 1 ELSE 0 END), '', 0, 0"
    " FROM review GROUP BY project_id, reviewer_id"
)
IN_QUEUE = "state = 'open' AND slots_free > 0"
BEFORE = "priority DESC, (due_at IS NULL), due_at, article_id, start, id"
PLACES = {
    "sqlite": (
        "printf('%010d%s%010d%010d%010d', 2147483647 - priority, coalesce(due_at, '~'),"
        " coalesce(article_id, 0), coalesce(start + 1, 0), id)"
    ),
    "postgresql": "queue_place(priority, due_at, article_id, start, id)",
}
FUNCTION = (
    "CREATE FUNCTION queue_place(priority integer, due_at timestamptz, article_id integer,"
    " start integer, id integer) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$"
    " SELECT lpad((2147483647 - priority::bigint)::text, 10, '0')"
    " || coalesce('1' || lpad((floor(extract(epoch FROM due_at AT TIME ZONE 'UTC') * 1000000)"
    "::bigint + 576460752303423488)::text, 18, '0'), '2')"
    " || lpad(coalesce(article_id, 0)::text, 10, '0')"
    " || lpad(coalesce(start::bigint + 1, 0)::text, 10, '0') || lpad(id::text, 10, '0') $$"
)
QUEUED = "{0}.state = 'open' AND {0}.slots_free > 0"
MOVING = ("project_id", "priority", "due_at", "article_id", "start", "version")
WATCHED = ", ".join(("state", "slots_free", *MOVING))
IS_NEW = f"{QUEUED.format('NEW')} AND NEW.import_run_id IS NULL"
COLUMNS = "queue_change (project_id, number, claim_id, person_id)"


def _stays(same: str) -> str:
    return " AND ".join(
        [QUEUED.format("OLD"), *(f"NEW.{name} {same} OLD.{name}" for name in MOVING)]
    )


def _came(same: str) -> str:
    return f"{QUEUED.format('NEW')} AND NOT ({_stays(same)})"


FINISHED = "NEW.state = 'finished' AND OLD.state <> 'finished'"
TURNED = "(OLD.state = 'submitted') <> (NEW.state = 'submitted')"
HAS_TAG = (
    "EXISTS (SELECT 1 FROM interest"
    " WHERE interest.project_id = OLD.project_id AND interest.tag = OLD.tag)"
)
HAS_AGENT = "EXISTS (SELECT 1 FROM interest WHERE interest.agent_id = OLD.agent_id)"
OF_PART = (
    "SELECT project_id, {0}, id, NULL FROM claim"
    " WHERE id = OLD.claim_id AND claim.state = 'open' AND claim.slots_free > 0"
)
OF_BAR = "SELECT project_id, {0}, NULL, OLD.person_id FROM claim WHERE id = OLD.claim_id"
OF_CLAIM = "VALUES (NEW.project_id, {0}, NEW.id, NULL)"
OF_ALL = "VALUES (NEW.project_id, {0}, NULL, NULL)"
OF_PERSON = "VALUES (OLD.project_id, {0}, NULL, OLD.person_id)"

# Triggers by name: when it happens, what must hold, what is noted.
NOTES = (
    ("queue_claim_added", "AFTER INSERT ON claim", IS_NEW, OF_CLAIM),
    ("queue_claim_changed", f"AFTER UPDATE OF {WATCHED} ON claim", None, OF_CLAIM),
    ("queue_import_ended", "AFTER UPDATE OF state ON import_run", FINISHED, OF_ALL),
    ("queue_interest_changed", "AFTER UPDATE ON interest", "true", OF_PERSON),
    ("queue_bar_lifted", "AFTER DELETE ON bar", "true", OF_BAR),
    ("queue_tag_removed", "AFTER DELETE ON claim_tag", HAS_TAG, OF_PART),
    ("queue_hop_removed", "AFTER DELETE ON hop", HAS_AGENT, OF_PART),
    ("queue_hop_changed", "AFTER UPDATE OF agent_id ON hop", HAS_AGENT, OF_PART),
)
LENT = (
    "INSERT INTO checker (project_id, person_id, lent, given, place, upto, lent_then)"
    " VALUES (NEW.project_id, NEW.reviewer_id, 1,"
    " CASE WHEN NEW.state = 'submitted' THEN 1 ELSE 0 END, '', 0, 0)"
    " ON CONFLICT (project_id, person_id)"
    " DO UPDATE SET lent = checker.lent + 1, given = checker.given + excluded.given"
)
GIVEN = (
    "UPDATE checker SET given = given + CASE WHEN NEW.state = 'submitted' THEN 1 ELSE -1 END"
    " WHERE project_id = NEW.project_id AND person_id = NEW.reviewer_id"
)
COUNTS = (
    ("checker_lent", "AFTER INSERT ON review", "true", LENT),
    ("checker_given", "AFTER UPDATE OF state ON review", TURNED, GIVEN),
)
ON_SQLITE = "(SELECT coalesce(max(queue_change.id), 0) + 1 FROM queue_change)"
ON_POSTGRESQL = "pg_current_xact_id()::text::bigint"


def _all(number: str, same: str) -> list[tuple[str, str, str, str]]:
    """All triggers, as one kind of database has them."""
    notes = [
        (name, moment, holds or _came(same), f"INSERT INTO {COLUMNS} {of.format(number)}")
        for name, moment, holds, of in NOTES
    ]
    return [*notes, *COUNTS]


def _on_sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER {name} {moment} WHEN {holds} BEGIN {does}; END"
        for name, moment, holds, does in _all(ON_SQLITE, "IS")
    ]


def _on_postgresql() -> list[str]:
    """A condition that asks other tables stands in the function there."""
    made = []
    for name, moment, holds, does in _all(ON_POSTGRESQL, "IS NOT DISTINCT FROM"):
        asks = holds.startswith("EXISTS")
        body = f"IF {holds} THEN {does}; END IF" if asks else does
        when = "true" if asks else holds
        function = f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
        trigger = f"CREATE TRIGGER {name} {moment} FOR EACH ROW WHEN ({when})"
        made.append(f"{function} AS $$ BEGIN {body}; RETURN NULL; END $$")
        made.append(f"{trigger} EXECUTE FUNCTION {name}()")
    return made


TRIGGERS = {"sqlite": _on_sqlite(), "postgresql": _on_postgresql()}


def upgrade():
    connection = op.get_bind()
    name = connection.dialect.name
    TABLES.create_all(connection, tables=[CHECKER, CHANGE])
    if name == "postgresql":
        # It may have broken off at the index, and is then made from its beginning once more.
        connection.exec_driver_sql(FUNCTION.replace("CREATE", "CREATE OR REPLACE"))
        drop_triggers(connection)
    make_triggers(connection, NOTES)
    add_index("ix_claim_place", "claim", ["project_id", sa.text(PLACES[name])], where=IN_QUEUE)
    if name == "sqlite":
        op.drop_index("ix_claim_queue", "claim")
    else:
        with beside_work():
            op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_claim_queue")
    # Last: whoever gives a check waits until all are counted.
    make_triggers(connection, COUNTS)
    op.execute(COUNT)


def make_triggers(connection, which):
    names = {name for name, *_rest in which}
    for statement in TRIGGERS[connection.dialect.name]:
        # Past SQLAlchemy, for which a colon begins a place for a value.
        if names & set(re.split(r"[ (]", statement)):
            connection.exec_driver_sql(statement)


def drop_triggers(connection):
    for name, moment, _holds, _does in (*NOTES, *COUNTS):
        table = moment.split(" ON ")[1]
        if is_sqlite():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name}()")


def downgrade():
    connection = op.get_bind()
    drop_triggers(connection)
    op.drop_index("ix_claim_place", "claim")
    connection.exec_driver_sql(
        f"CREATE INDEX ix_claim_queue ON claim (project_id, {BEFORE}) WHERE {IN_QUEUE}"
    )
    if not is_sqlite():
        connection.exec_driver_sql("DROP FUNCTION queue_place")
    TABLES.drop_all(connection, tables=[CHECKER, CHANGE], checkfirst=False)
