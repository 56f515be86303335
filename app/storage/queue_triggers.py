"""What the database does by itself for the queue: count what people were lent, note what came free.

A claim is noted when it comes into the queue, or to another place in it, or when less is said of it
that somebody has an interest in. Of an import, of an interest that ended and of a bar that was lifted
it is not said which claims they concern: everything may have changed, for all or for one person.
"""

QUEUED = "{0}.state = 'open' AND {0}.slots_free > 0"
# What a claim's place is made of, and what an interest in it rests on.
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

# By name: when it happens, what must hold, what is noted.
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
