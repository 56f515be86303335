"""A working day: time, replies, talk, publication, corrections, own scales, jobs.

A frozen copy of what the models gained when this step was written. It imports none of them.
"""

import json
import re

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
MOMENT = sa.DateTime(timezone=True)
TO_DO = "done_at IS NULL AND failed_at IS NULL"
HOLDS_LEASE = "state = 'lent' AND slot IS NOT NULL AND lease_until IS NOT NULL"
CHANNELS = "channel IN ('email', 'phone', 'form', 'letter', 'social', 'in-person')"
PLACE = '(quote IS {0} AND start IS {0} AND "end" IS {0})'

# What is there already, as far as new tables point at it.
THERE = [
    sa.Table(name, TABLES, sa.Column("id", sa.Integer, primary_key=True))
    for name in (
        "person",
        "project",
        "claim",
        "snapshot",
        "review",
        "label",
        "label_scheme",
        "agent",
    )
]


def required(kind, *names):
    """Columns that always hold a value."""
    return [sa.Column(name, kind, nullable=False) for name in names]


def optional(kind, *names):
    """Columns that may be empty."""
    return [sa.Column(name, kind) for name in names]


def ref(name, target, *, nullable=False, index=False):
    """A foreign key; what is pointed at cannot be deleted from under it."""
    key = sa.ForeignKey(target, ondelete="RESTRICT")
    return sa.Column(name, sa.Integer, key, nullable=nullable, index=index)


def check(name, rule):
    """What must hold for every row."""
    return sa.CheckConstraint(rule, name=name)


def table(name, *parts):
    """A table with an integer key."""
    return sa.Table(name, TABLES, sa.Column("id", sa.Integer, primary_key=True), *parts)


def index(name, *columns, where=None, unique=False):
    """An index; with ``where``, over the rows for which that holds."""
    rule = None if where is None else sa.text(where)
    return sa.Index(name, *columns, unique=unique, sqlite_where=rule, postgresql_where=rule)


def public():
    """What everything that is spoken of outside has: a public id and the time of its making."""
    return [
        sa.Column("public_id", sa.String(12), nullable=False, unique=True),
        *required(MOMENT, "created_at"),
    ]


def reply_words():
    """What is known of one request for a reply."""
    return [
        *required(sa.String(300), "whom"),
        *optional(sa.String(32), "channel"),
        *required(sa.Text, "asked"),
        *optional(MOMENT, "sent_at", "deadline_at", "answered_at"),
        *required(sa.Text, "answer"),
        *optional(sa.Boolean, "is_quotable"),
        *optional(sa.Text, "not_applicable_because"),
        check("channel", CHANNELS),
    ]


table(
    "saved_filter",
    *public(),
    ref("project_id", "project.id"),
    ref("person_id", "person.id"),
    *required(sa.String(80), "name"),
    *required(sa.Text, "query"),
    *required(sa.Boolean, "is_shared"),
    *optional(MOMENT, "retired_at"),
    index(
        "uq_saved_filter_name",
        "project_id",
        "person_id",
        "name",
        where="retired_at IS NULL",
        unique=True,
    ),
)
table(
    "own_scheme",
    ref("project_id", "project.id", index=True),
    ref("scheme_id", "label_scheme.id"),
    sa.UniqueConstraint("scheme_id"),
)
table(
    "claim_tag",
    ref("project_id", "project.id"),
    ref("claim_id", "claim.id"),
    *required(sa.String(200), "tag"),
    sa.UniqueConstraint("claim_id", "tag"),
    index("ix_claim_tag_tag", "project_id", "tag", "claim_id"),
)
table(
    "claim_place",
    ref("claim_id", "claim.id", index=True),
    ref("snapshot_id", "snapshot.id"),
    *optional(sa.Text, "quote"),
    *optional(sa.Integer, "start", "end"),
    *required(sa.String(32), "found_by"),
    *optional(sa.Float, "score"),
    *required(MOMENT, "at"),
    ref("by_id", "person.id", nullable=True),
    check(
        "foundby",
        "found_by IN ('original', 'hand', 'position', 'quote', 'approximate', 'missing')",
    ),
    check("place", f"{PLACE.format('NOT NULL')} OR {PLACE.format('NULL')}"),
    check("missing", "(found_by = 'missing') = (quote IS NULL)"),
    check("span", 'start IS NULL OR (0 <= start AND start < "end")'),
    index("ix_claim_place_snapshot", "snapshot_id", "claim_id"),
)
table(
    "reply",
    *public(),
    *reply_words(),
    ref("project_id", "project.id"),
    ref("claim_id", "claim.id", index=True),
    *required(sa.Integer, "version"),
    ref("created_by_id", "person.id", nullable=True),
    *optional(MOMENT, "erased_at"),
    check("answer", "answered_at IS NULL OR not_applicable_because IS NULL"),
    index(
        "ix_reply_awaited",
        "project_id",
        "deadline_at",
        where="sent_at IS NOT NULL AND answered_at IS NULL"
        " AND not_applicable_because IS NULL AND erased_at IS NULL",
    ),
)
table(
    "reply_version",
    *reply_words(),
    ref("reply_id", "reply.id"),
    *required(sa.Integer, "version"),
    *required(MOMENT, "replaced_at"),
    ref("replaced_by_id", "person.id", nullable=True),
    sa.UniqueConstraint("reply_id", "version"),
)
table(
    "comment",
    *public(),
    ref("project_id", "project.id"),
    ref("claim_id", "claim.id"),
    ref("thread_id", "comment.id", nullable=True, index=True),
    ref("author_id", "person.id"),
    ref("asked_id", "person.id", nullable=True, index=True),
    *required(sa.Text, "text"),
    *optional(MOMENT, "resolved_at"),
    ref("resolved_by_id", "person.id", nullable=True),
    *optional(MOMENT, "erased_at"),
    check("resolved", "(resolved_at IS NULL) = (resolved_by_id IS NULL)"),
    check("thread_resolved", "thread_id IS NULL OR resolved_at IS NULL"),
    check("thread_asked", "thread_id IS NULL OR asked_id IS NULL"),
    index("ix_comment_claim", "claim_id", "id"),
    index("ix_comment_project", "project_id", "id"),
)
table(
    "mention",
    ref("comment_id", "comment.id"),
    ref("person_id", "person.id", index=True),
    sa.UniqueConstraint("comment_id", "person_id"),
)
table(
    "notice",
    *public(),
    ref("project_id", "project.id"),
    ref("person_id", "person.id"),
    *required(sa.String(32), "kind"),
    ref("by_id", "person.id", nullable=True),
    ref("claim_id", "claim.id"),
    ref("review_id", "review.id", nullable=True),
    ref("comment_id", "comment.id", nullable=True),
    *optional(MOMENT, "read_at", "mailed_at"),
    check(
        "noticekind",
        "kind IN ('asked', 'answered', 'mentioned', 'returned', 'assigned', 'lapsing')",
    ),
    index("ix_notice_person", "person_id", "id"),
    index("ix_notice_unread", "person_id", where="read_at IS NULL"),
)
table(
    "review_question",
    ref("review_id", "review.id", index=True),
    *required(sa.Integer, "version"),
    *required(sa.Text, "text"),
    *required(MOMENT, "asked_at"),
    ref("asked_by_id", "person.id", nullable=True),
)
table(
    "publication",
    *public(),
    ref("project_id", "project.id"),
    *required(sa.Text, "url", "canonical_url"),
    *required(sa.String(500), "title"),
    *required(sa.String(10), "published_on"),
    ref("created_by_id", "person.id", nullable=True),
    *optional(MOMENT, "retired_at"),
    index(
        "uq_publication_url", "project_id", "canonical_url", where="retired_at IS NULL", unique=True
    ),
    index("ix_publication_day", "project_id", "published_on"),
)
table(
    "published_claim",
    ref("publication_id", "publication.id"),
    ref("claim_id", "claim.id", index=True),
    *required(sa.Integer, "ruling_version"),
    *required(sa.String(64), "sha256"),
    sa.UniqueConstraint("publication_id", "claim_id"),
)
table(
    "job",
    *public(),
    *required(sa.String(40), "kind"),
    *required(sa.JSON, "payload"),
    *optional(sa.String(120), "same_as"),
    *required(MOMENT, "run_at"),
    *optional(MOMENT, "lease_until"),
    *required(sa.Integer, "attempts"),
    *optional(MOMENT, "done_at", "failed_at"),
    *optional(sa.String(120), "error"),
    check("ended", "done_at IS NULL OR failed_at IS NULL"),
    check("attempts", "attempts >= 0"),
    index("ix_job_to_do", "run_at", "id", where=TO_DO),
    index("uq_job_same_as", "same_as", where=TO_DO, unique=True),
)
NEW = [made for made in TABLES.sorted_tables if made not in THERE]

TRANSLATED = ("translatedby", "translated_by IN ('human', 'machine')")
# What tables that are there gain: columns with the value of rows that are there, then rules.
GAINS = {
    "person": (
        [
            (optional(sa.String(20), "locale"), "NULL"),
            (required(sa.Boolean, "wants_mail"), "true"),
            (required(sa.Boolean, "has_keys_off"), "false"),
            (required(sa.JSON, "keymap"), "'{}'"),
        ],
        [],
    ),
    "project": (
        [
            (required(sa.Boolean, "may_choose"), "(decides <> 'independent')"),
            (required(sa.Boolean, "counts_people"), "(decides = 'independent')"),
            (optional(sa.String(200), "publisher_name"), "NULL"),
            (optional(sa.Text, "publisher_url", "corrections_url"), "NULL"),
        ],
        [],
    ),
    "agent": (
        [
            (optional(sa.String(200), "role", "party"), "NULL"),
            (optional(sa.Text, "same_as"), "NULL"),
            ([ref("merged_into_id", "agent.id", nullable=True)], "NULL"),
        ],
        [],
    ),
    "claim": (
        [
            (optional(MOMENT, "picked_at"), "NULL"),
            (optional(sa.Text, "quote_translation"), "NULL"),
            (optional(sa.String(32), "translated_by"), "NULL"),
        ],
        [TRANSLATED],
    ),
    "event": ([(optional(sa.String(12), "claim"), "NULL")], []),
    "evidence": (
        [
            (optional(sa.Text, "archive_url", "quote_translation"), "NULL"),
            (optional(sa.String(20), "language"), "NULL"),
            (optional(sa.String(32), "translated_by"), "NULL"),
        ],
        [TRANSLATED],
    ),
    "label": ([([ref("previous_id", "label.id", nullable=True)], "NULL")], []),
    "label_scheme": ([([ref("replaces_id", "label_scheme.id", nullable=True)], "NULL")], []),
    "review": (
        [
            (optional(MOMENT, "waits_until", "asked_at"), "NULL"),
            (optional(sa.String(200), "waits_for"), "NULL"),
        ],
        [],
    ),
    "ruling": (
        [
            (optional(sa.String(32), "correction_kind"), "NULL"),
            (required(sa.Text, "public_note"), "''"),
            ([ref("from_ruling_id", "ruling.id", nullable=True)], "NULL"),
        ],
        [
            ("correctionkind", "correction_kind IN ('minor', 'update', 'substantial')"),
            ("correction", "(version = 1) = (correction_kind IS NULL)"),
        ],
    ),
}
# Lists of words that got longer: the rule before, and after.
WORDS = {
    "bar": (
        "barreason",
        "reason IN ('unblinded', 'conflict-of-interest')",
        "reason IN ('unblinded', 'conflict-of-interest', 'consulted')",
    ),
    "erasure": (
        "erasable",
        "noun IN ('person', 'snapshot', 'source', 'review')",
        "noun IN ('person', 'snapshot', 'source', 'review', 'comment', 'reply')",
    ),
}
INDEXES = {
    "claim": (
        ("ix_claim_due", ("project_id", "due_at", "id"), "due_at IS NOT NULL"),
        ("ix_claim_picked", ("project_id", "picked_at"), "picked_at IS NOT NULL"),
    ),
    "event": (("ix_event_claim", ("claim", "id"), "claim IS NOT NULL"),),
    "ruling": (
        ("ix_ruling_content_label", ("content_label_id", "claim_id"), None),
        ("ix_ruling_decided_at", ("decided_at", "version", "claim_id"), None),
    ),
}


def upgrade():
    TABLES.create_all(op.get_bind(), tables=NEW, checkfirst=False)
    for name, (columns, rules) in GAINS.items():
        _grow(name, columns, rules)
    for name, (rule, before, after) in WORDS.items():
        _replace_rule(name, rule, before, after)
    for name, made in INDEXES.items():
        for title, columns, where in made:
            rule = None if where is None else sa.text(where)
            op.create_index(title, name, columns, sqlite_where=rule, postgresql_where=rule)
    _one_lease(f"{HOLDS_LEASE} AND waits_until IS NULL")
    _tags_into_rows()
    _tell_claims_of_events()
    _tell_when_picked()


def downgrade():
    _tags_into_lists()
    _one_lease(HOLDS_LEASE)
    for name, made in INDEXES.items():
        for title, _columns, _where in made:
            op.drop_index(title, name)
    for name, (rule, before, after) in WORDS.items():
        # What the shorter list does not know has no place in it.
        column, known = before.split(" IN ")
        op.execute(f"DELETE FROM {name} WHERE {column} NOT IN {known}")
        _replace_rule(name, rule, after, before)
    op.execute("DELETE FROM ruling WHERE version > 1")
    for name, (columns, rules) in GAINS.items():
        _shrink(name, [column.name for part, _value in columns for column in part], rules)
    TABLES.drop_all(op.get_bind(), tables=NEW, checkfirst=False)


def _is_sqlite():
    return op.get_bind().dialect.name == "sqlite"


def _rule_name(table_name, rule):
    return f"ck_{table_name}_{rule}"


def _key_name(table_name, column):
    [key] = column.foreign_keys
    return f"fk_{table_name}_{column.name}_{key.target_fullname.split('.')[0]}"


def _grow(name, columns, rules):
    """Add columns and rules; SQLite can only do so by writing the table anew."""
    if _is_sqlite():
        dialect = op.get_bind().dialect
        lines = [_line(dialect, column) for part, _value in columns for column in part]
        keys = [_key(name, c) for part, _value in columns for c in part if c.foreign_keys]
        checks = [f"CONSTRAINT {_rule_name(name, rule)} CHECK ({said})" for rule, said in rules]
        filled = {c.name: value for part, value in columns for c in part}
        _rewrite(name, lambda old: _with(old, lines, [*keys, *checks]), filled)
        return
    for part, value in columns:
        for column in part:
            _add_column(name, column, value)
    for rule, said in rules:
        op.create_check_constraint(op.f(_rule_name(name, rule)), name, said)


def _add_column(name, column, value):
    op.add_column(name, sa.Column(column.name, column.type, nullable=True))
    if not column.nullable:
        op.execute(f"UPDATE {name} SET {column.name} = {value}")
        op.alter_column(name, column.name, nullable=False)
    for key in column.foreign_keys:
        target = key.target_fullname.split(".")[0]
        title = op.f(_key_name(name, column))
        op.create_foreign_key(title, name, target, [column.name], ["id"], ondelete="RESTRICT")


def _shrink(name, columns, rules):
    gone = {*columns, *(_rule_name(name, rule) for rule, _said in rules)}
    if _is_sqlite():
        _rewrite(name, lambda old: _without(old, gone), {})
        return
    for rule, _said in rules:
        op.drop_constraint(op.f(_rule_name(name, rule)), name)
    for column in columns:
        op.drop_column(name, column)


def _replace_rule(name, rule, before, after):
    if _is_sqlite():
        _rewrite(name, lambda old: [line.replace(before, after) for line in old], {})
        return
    op.drop_constraint(op.f(_rule_name(name, rule)), name)
    op.create_check_constraint(op.f(_rule_name(name, rule)), name, after)


def _line(dialect, column):
    kind = column.type.compile(dialect=dialect)
    return f"{column.name} {kind}" + ("" if column.nullable else " NOT NULL")


def _key(name, column):
    [key] = column.foreign_keys
    target = key.target_fullname.split(".")[0]
    return (
        f"CONSTRAINT {_key_name(name, column)} FOREIGN KEY({column.name})"
        f" REFERENCES {target} (id) ON DELETE RESTRICT"
    )


def _with(lines, columns, rules):
    """The lines of a table with more of them: columns stand before rules."""
    first = next(n for n, line in enumerate(lines) if line.startswith("CONSTRAINT"))
    return [*lines[:first], *columns, *lines[first:], *rules]


def _without(lines, gone):
    """The lines of a table but those of some columns, their keys, and some rules."""
    keys = tuple(f"FOREIGN KEY({name})" for name in gone)
    return [
        line
        for line in lines
        if not any(key in line for key in keys)
        and line.split(" ")[1 if line.startswith("CONSTRAINT") else 0] not in gone
    ]


def _rewrite(name, change, filled):
    """Write a table of SQLite anew, its lines changed, its rows and indexes kept."""
    connection = op.get_bind()
    rows = connection.exec_driver_sql(
        "SELECT type, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL", (name,)
    ).all()
    [sql] = [text for kind, text in rows if kind == "table"]
    body = sql[sql.index("(") + 1 : sql.rindex(")")]
    lines = change([line.strip() for line in re.split(r",\s*\n", body)])
    joined = ", \n\t".join(lines)
    connection.exec_driver_sql(f"CREATE TABLE {name}_anew (\n\t{joined}\n)")
    kept = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({name}_anew)")]
    values = ", ".join(filled.get(column, f'"{column}"') for column in kept)
    into = ", ".join(f'"{column}"' for column in kept)
    connection.exec_driver_sql(f"INSERT INTO {name}_anew ({into}) SELECT {values} FROM {name}")
    connection.exec_driver_sql(f"DROP TABLE {name}")
    connection.exec_driver_sql(f"ALTER TABLE {name}_anew RENAME TO {name}")
    for kind, text in rows:
        if kind == "index":
            connection.exec_driver_sql(text)


def _one_lease(rule):
    """A person holds one lease in a project; a check that waits for an answer does not count."""
    op.drop_index("uq_review_one_lease", "review")
    columns = ["project_id", "reviewer_id"]
    where = sa.text(rule)
    op.create_index(
        "uq_review_one_lease",
        "review",
        columns,
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )


def _tags_into_rows():
    connection = op.get_bind()
    tagged = connection.execute(
        sa.text(
            "SELECT id, project_id, tags FROM claim WHERE CAST(tags AS TEXT) <> '[]' ORDER BY id"
        )
    )
    rows = [
        {"claim_id": key, "project_id": project, "tag": tag}
        for key, project, tags in tagged.all()
        for tag in _short(json.loads(tags) if isinstance(tags, str) else tags)
    ]
    if rows:
        connection.execute(sa.insert(TABLES.tables["claim_tag"]), rows)
    if _is_sqlite():
        _rewrite("claim", lambda old: _without(old, {"tags"}), {})
    else:
        op.drop_column("claim", "tags")


def _short(tags):
    """The tags as far as their column goes, each once: two long ones may begin alike."""
    return dict.fromkeys(str(tag)[:200] for tag in tags)


def _tags_into_lists():
    if _is_sqlite():
        _rewrite("claim", lambda old: _with(old, ["tags JSON NOT NULL"], []), {"tags": "'[]'"})
    else:
        op.add_column("claim", sa.Column("tags", sa.JSON, nullable=False, server_default="[]"))
        op.alter_column("claim", "tags", server_default=None)
    connection = op.get_bind()
    found = {}
    for key, tag in connection.execute(sa.text("SELECT claim_id, tag FROM claim_tag ORDER BY id")):
        found.setdefault(key, []).append(tag)
    for key, tags in found.items():
        connection.execute(
            sa.text("UPDATE claim SET tags = :tags WHERE id = :id").bindparams(
                sa.bindparam("tags", tags, sa.JSON), id=key
            )
        )


def _tell_claims_of_events():
    op.execute("UPDATE event SET claim = thing WHERE noun = 'claim'")
    op.execute(
        "UPDATE event SET claim = (SELECT claim.public_id FROM review"
        " JOIN claim ON claim.id = review.claim_id WHERE review.public_id = event.thing)"
        " WHERE noun = 'review'"
    )


def _tell_when_picked():
    """The first line of history that put a claim on the list; imported ones arrived there."""
    op.execute(
        "UPDATE claim SET picked_at = coalesce((SELECT min(event.at) FROM event"
        " WHERE event.claim = claim.public_id AND event.action IN ('claim.pick', 'claim.add')),"
        " created_at) WHERE state IN ('open', 'settled')"
    )
