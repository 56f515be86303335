"""What is counted of claims and checks, and the triggers that keep the counts in ``kept_count``.

A rule counts rows of some tables that belong together. Whoever writes one of them, the database takes
off what its row added before and adds what it adds now, in the same statement: a count cannot be
forgotten. On PostgreSQL rows that come in or go are counted once a statement; each transaction that
counts has a shard of its own, for which nobody waits.

On SQLite a count costs one to two microseconds, if rows are written many by one statement
(``INSERT … VALUES (…), (…)``): for each statement that sets off triggers SQLite keeps the pages that it
changes until it ends, which makes 37 microseconds of 5 where each claim is a statement of its own.

``full`` says the same as one question over all rows: it fills the counts and proves them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Tables by the letter that rules call them: ``o`` is the round that a check was given in, ``k`` any
# round of its claim.
TABLES = {
    "c": "claim",
    "r": "review",
    "k": "claim_round",
    "o": "claim_round",
    "b": "round",
    "u": "ruling",
}
# How the letters belong together, by the second of two.
JOINS = {
    ("c", "r"): "r.claim_id = c.id",
    ("c", "k"): "k.claim_id = c.id",
    ("c", "u"): "u.claim_id = c.id",
    ("o", "r"): "r.claim_round_id = o.id",
    ("b", "o"): "o.round_id = b.id",
}
# What others point at is there before them and goes after them: alone it adds nothing.
PARENTS = frozenset("cob")
# Of a row that is changed, only this decides what it adds.
TOLD = {
    "claim": (
        "state",
        "batch_id",
        "slots_free > 0",
        "picked_at",
        "due_at",
        "selection_reason IS NULL",
        "published_url IS NULL",
        "import_run_id",
    ),
    "review": (
        "claim_id",
        "claim_round_id",
        "reviewer_id",
        "state",
        "slot IS NULL",
        "submitted_version > 0",
    ),
    "claim_round": (
        "claim_id",
        "round_id",
        "reviews_wanted",
        "reviews_done",
        "settled_at IS NULL",
    ),
    "ruling": ("claim_id", "version", "decided_at"),
}
COLUMNS = "project_id, what, person_id, part, run_id"
# Rows of an import that is not finished are nobody's yet.
RUN = (
    "coalesce((SELECT i.id FROM import_run i"
    " WHERE i.id = c.import_run_id AND i.state <> 'finished'), 0)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that is counted: of rows of these tables that belong together, where this holds.

    ``what`` is a name in quotes, or what says it; ``number`` is how much a row adds. ``where`` is taken
    apart at each ``AND``, so none stands within brackets.
    """

    what: str
    of: str
    where: str = "1 = 1"
    part: str = "0"
    person: str = "0"
    number: str = "1"

    @property
    def project(self) -> str:
        """What says the project."""
        return "c.project_id" if "c" in self.of else "r.project_id"

    @property
    def run(self) -> str:
        """What says the unfinished import; checks are of claims that are there for all."""
        return RUN if self.of == "c" else "0"


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the two databases say differently: which quarter of an hour a moment is in."""

    quarter: str


SQLITE = Dialect("CAST(strftime('%s', {0}) AS INTEGER) / 900 * 900")
POSTGRESQL = Dialect("floor(extract(epoch FROM {0}) / 900)::bigint * 900")
DIALECTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
KEEP = (
    " ON CONFLICT (project_id, what, person_id, part, run_id, shard)"
    " DO UPDATE SET number = kept_count.number + excluded.number"
)
# How many may count at the same moment before one has to wait; the first number of their locks.
SHARDS, LOCK = 64, 20_261_126
SHARD = f"""CREATE FUNCTION kept_count_shard() RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
  FOR place IN 0..{SHARDS - 1} LOOP
    IF pg_try_advisory_xact_lock({LOCK}, place) THEN RETURN place; END IF;
  END LOOP;
  PERFORM pg_advisory_xact_lock({LOCK}, pg_backend_pid() & {SHARDS - 1});
  RETURN pg_backend_pid() & {SHARDS - 1};
END $$"""


def full(rules: Sequence[Rule], dialect: str) -> str:
    """A question for everything that the rules count, summed, over all rows that there are."""
    return " UNION ALL ".join(
        f"SELECT {COLUMNS}, sum(number) AS number FROM"  # noqa: S608 - of names that stand here
        f" ({_arm(rule, DIALECTS[dialect])}) AS counted GROUP BY {COLUMNS}"
        for rule in rules
    )


def fill(rules: Sequence[Rule], dialect: str) -> str:
    """A statement that counts everything into an empty table of counts."""
    return (
        f"INSERT INTO kept_count ({COLUMNS}, shard, number)"  # noqa: S608 - as above
        f" SELECT {COLUMNS}, 0, number FROM ({full(rules, dialect)}) AS counted WHERE number <> 0"
    )


def make(rules: Sequence[Rule], dialect: str) -> list[str]:
    """The statements that make the triggers."""
    if dialect == "sqlite":
        return [*_sqlite(rules), SQLITE_FINISHED]
    return [SHARD, *_postgresql(rules), *POSTGRESQL_FINISHED]


def remove(dialect: str) -> list[str]:
    """The statements that take them away again."""
    events = [(table, event) for table in TOLD for event in ("insert", "update", "delete")]
    events.append(("import_run", "update"))
    names = [(table, f"kept_count_{table}_{event}") for table, event in events]
    if dialect == "sqlite":
        return [f"DROP TRIGGER {name}" for _table, name in names]
    return [
        *(f"DROP TRIGGER {name} ON {table}" for table, name in names),
        *(f"DROP FUNCTION {name}()" for _table, name in names),
        "DROP FUNCTION kept_count_shard()",
    ]


def _arm(
    rule: Rule,
    dialect: Dialect,
    *,
    sign: str = "",
    changed: str = "",
    row: str = "",
    rows: str = "",
) -> str:
    """What a rule counts, of all rows; or of one, NEW or OLD, or of some rows of a changed table."""
    tables = [
        f"{rows if letter == changed else TABLES[letter]} {letter}"
        for letter in rule.of
        if not (row and letter == changed)
    ]
    joined = [said for pair, said in JOINS.items() if set(pair) <= set(rule.of)]
    values = (rule.project, rule.what, rule.person, rule.part, rule.run, f"{sign}({rule.number})")
    names = (*COLUMNS.split(", "), "number")
    columns = ", ".join(f"{value} AS {name}" for value, name in zip(values, names, strict=True))
    source = f" FROM {', '.join(tables)}" if tables else ""
    said = f"SELECT {columns}{source} WHERE {' AND '.join([*joined, rule.where])}"
    said = re.sub(r"\{(\w\.\w+)\}", lambda found: dialect.quarter.format(found[1]), said)
    return re.sub(rf"\b{changed}\.", f"{row}.", said) if row else said


def letters(rule: Rule, table: str, event: str) -> Iterator[str]:
    """The letters under which a rule reads a table that is written in some way."""
    for letter in rule.of:
        alone = len(rule.of) == 1 or letter not in PARENTS
        # A row does not go from one project to another.
        says = re.search(rf"\b{letter}\.", f"{rule.what} {rule.where} {rule.part}") is not None
        if TABLES[letter] == table and (alone or (says and event == "update")):
            yield letter


def keeping(arms: Sequence[str], *, shard: str = "0") -> str:
    """A statement that adds what some arms answer to the counts, once for each count."""
    return (
        f"INSERT INTO kept_count ({COLUMNS}, shard, number)"  # noqa: S608 - as above
        f" SELECT {COLUMNS}, {shard}, sum(number) FROM ({' UNION ALL '.join(arms)}) AS counted"
        f" WHERE 1 = 1 GROUP BY {COLUMNS} HAVING sum(number) <> 0{KEEP}"
    )


def adding(arms: Sequence[str]) -> str:
    """The same for one row of which no count comes twice: nothing has to be put in order."""
    return (
        f"INSERT INTO kept_count ({COLUMNS}, shard, number)"  # noqa: S608 - as above
        f" SELECT {COLUMNS}, 0, number FROM ({' UNION ALL '.join(arms)}) AS counted"
        f" WHERE number <> 0{KEEP}"
    )


def changes_of(
    rules: Sequence[Rule], table: str, dialect: str, told: Sequence[str] = ()
) -> list[str]:
    """The statements that make the trigger of a table's changes: of all that it tells, or of some."""
    arms = [
        _arm(rule, DIALECTS[dialect], sign=sign, changed=letter, row=row)
        for rule in rules
        for letter in letters(rule, table, "update")
        for sign, row in (("-", "OLD"), ("", "NEW"))
    ]
    when = _differs(told or TOLD[table], "IS NOT" if dialect == "sqlite" else "IS DISTINCT FROM")
    of = f" OF {', '.join(said.split()[0] for said in told)}" if told else ""
    if dialect == "sqlite":
        event = f"AFTER UPDATE{of} ON {table} WHEN {when}"
        return [f"CREATE TRIGGER kept_count_{table}_update {event} BEGIN {keeping(arms)}; END"]
    return list(_function(table, "update", arms, f"FOR EACH ROW WHEN ({when})", of=of))


def _differs(told: Sequence[str], same: str) -> str:
    """Whether a changed row may add something else than before."""
    return " OR ".join(f"(OLD.{said}) {same} (NEW.{said})" for said in told)


def _sqlite(rules: Sequence[Rule]) -> Iterator[str]:
    for table in TOLD:
        yield _sqlite_alone(rules, table, "insert", ("", "NEW"))
        yield from changes_of(rules, table, "sqlite")
        yield _sqlite_alone(rules, table, "delete", ("-", "OLD"))


def _sqlite_alone(rules: Sequence[Rule], table: str, event: str, way: tuple[str, str]) -> str:
    """The trigger of rows that come in or go, each by itself."""
    sign, row = way
    arms = [
        _arm(rule, SQLITE, sign=sign, changed=letter, row=row)
        for rule in rules
        for letter in letters(rule, table, event)
    ]
    name = f"kept_count_{table}_{event}"
    return f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} BEGIN {adding(arms)}; END"


def _postgresql(rules: Sequence[Rule]) -> Iterator[str]:
    for table in TOLD:
        for event, sign, rows in (("insert", "", "fresh"), ("delete", "-", "gone")):
            arms = [
                _arm(rule, POSTGRESQL, sign=sign, changed=letter, rows=rows)
                for rule in rules
                for letter in letters(rule, table, event)
            ]
            kind = "NEW" if event == "insert" else "OLD"
            when = f"REFERENCING {kind} TABLE AS {rows} FOR EACH STATEMENT"
            yield from _function(table, event, arms, when)
        yield from changes_of(rules, table, "postgresql")


def _function(
    table: str, event: str, arms: Sequence[str], when: str, *, of: str = ""
) -> Iterator[str]:
    name = f"kept_count_{table}_{event}"
    yield keeping_function(name, arms)
    yield (
        f"CREATE TRIGGER {name} AFTER {event.upper()}{of} ON {table} {when}"
        f" EXECUTE FUNCTION {name}()"
    )


def keeping_function(name: str, arms: Sequence[str]) -> str:
    """The statement that makes a function of PostgreSQL that keeps what some arms answer."""
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" DECLARE mine integer := kept_count_shard();"
        f" BEGIN {keeping(arms, shard='mine')}; RETURN NULL; END $$"
    )


# What stood apart while an import came in counts for all once it is finished.
FINISHED = (
    f"INSERT INTO kept_count ({COLUMNS}, shard, number)"  # noqa: S608 - as above
    " SELECT project_id, what, person_id, part, 0, {shard}, sum(number) FROM kept_count"
    " WHERE project_id = NEW.project_id AND run_id = NEW.id"
    f" GROUP BY project_id, what, person_id, part{KEEP};"
    " DELETE FROM kept_count WHERE project_id = NEW.project_id AND run_id = NEW.id"
)
SQLITE_FINISHED = (
    "CREATE TRIGGER kept_count_import_run_update AFTER UPDATE ON import_run"
    " WHEN NEW.state = 'finished' AND OLD.state <> 'finished'"
    f" BEGIN {FINISHED.format(shard=0)}; END"
)
POSTGRESQL_FINISHED = (
    f"""CREATE FUNCTION kept_count_import_run_update() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE mine integer := kept_count_shard(); BEGIN {FINISHED.format(shard="mine")}; RETURN NULL; END $$""",
    """CREATE TRIGGER kept_count_import_run_update AFTER UPDATE ON import_run FOR EACH ROW
WHEN (NEW.state = 'finished' AND OLD.state <> 'finished')
EXECUTE FUNCTION kept_count_import_run_update()""",
)
