"""Sources as evidence: how they are described, saved copies, flags, gates, questions, intakes.

A frozen copy of what the models gained when this step was written. It imports none of them.
"""

import sqlalchemy as sa
from alembic import op

from app.storage.rewriting import grow, replace_rule, shrink

revision = "0006"
down_revision = "0005"

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
TYPES = "'primary', 'secondary', 'expert', 'official-data', 'media', 'academic'"
STANDINGS = "standing IN ('sound', 'corrected', 'unreliable', 'retired')"
KINDS = "kind IN ('web', 'document', 'person', 'calculation')"
MORE_KINDS = "kind IN ('web', 'document', 'person', 'calculation', 'search')"
RECORDS = "record IN ('on-record', 'background', 'not-for-publication')"
QUESTIONS = "question IN ('said', 'so', 'both')"
RULES = (
    "rule IN ('origins', 'primary', 'both-sides', 'quote-in-copy', 'detail', 'contacted',"
    " 'appearance')"
)
STANDING = sa.text("cleared_at IS NULL")

# What is there already, as far as new tables point at it.
THERE = [
    sa.Table(name, TABLES, sa.Column("id", sa.Integer, primary_key=True))
    for name in ("person", "project", "claim", "article", "source", "evidence", "review_version")
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


def named():
    """The columns of a row that is spoken of outside."""
    return [
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("public_id", sa.String(12), nullable=False, unique=True),
        *required(MOMENT, "created_at"),
    ]


def together(names):
    """All of these columns are set, or none is."""
    set_, empty = ([f"{name} IS {word}NULL" for name in names] for word in ("NOT ", ""))
    return f"({' AND '.join(set_)}) OR ({' AND '.join(empty)})"


def described():
    """How a source is described, as far as tables that are there do not say it yet."""
    return [
        *optional(sa.String(300), "author"),
        *optional(sa.String(32), "source_type"),
        *required(sa.Text, "interests"),
        *optional(sa.String(200), "origin"),
    ]


FINDING = sa.Table(
    "source_finding",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    ref("source_id", "source.id", index=True),
    *required(sa.String(32), "standing"),
    *required(sa.Text, "reason"),
    *required(MOMENT, "at"),
    ref("by_id", "person.id", nullable=True),
    sa.CheckConstraint(STANDINGS, name="sourcestanding"),
)
VERSION = sa.Table(
    "source_version",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    ref("source_id", "source.id"),
    *required(sa.Integer, "version"),
    *required(sa.String(32), "kind", "record"),
    *required(sa.Text, "title"),
    *optional(sa.String(200), "publisher"),
    *optional(sa.String(10), "published"),
    *described(),
    *required(MOMENT, "replaced_at"),
    ref("replaced_by_id", "person.id", nullable=True),
    sa.UniqueConstraint("source_id", "version"),
    sa.CheckConstraint(MORE_KINDS, name="sourcekind"),
    sa.CheckConstraint(RECORDS, name="sourcerecord"),
    sa.CheckConstraint(f"source_type IN ({TYPES})", name="sourcetype"),
)
COPY = sa.Table(
    "saved_copy",
    TABLES,
    *named(),
    ref("project_id", "project.id", index=True),
    ref("source_id", "source.id"),
    *required(sa.String(32), "why", "state"),
    *optional(sa.Text, "url", "final_url"),
    *optional(sa.String(300), "file_name"),
    *optional(sa.Integer, "status"),
    *optional(sa.String(100), "media_type"),
    *optional(sa.Integer, "size"),
    *optional(sa.String(64), "sha256"),
    *required(sa.Text, "title", "text"),
    *optional(sa.String(64), "text_sha256"),
    *optional(sa.String(60), "error"),
    *optional(MOMENT, "ended_at"),
    ref("same_as_id", "saved_copy.id", nullable=True),
    ref("compared_with_id", "saved_copy.id", nullable=True),
    ref("created_by_id", "person.id", nullable=True),
    *optional(MOMENT, "erased_at"),
    sa.CheckConstraint("why IN ('linked', 'asked', 'uploaded', 'scheduled')", name="copywhy"),
    sa.CheckConstraint("state IN ('asked', 'saved', 'same', 'gone', 'failed')", name="copystate"),
    sa.CheckConstraint("(state = 'failed') = (error IS NOT NULL)", name="error"),
    sa.CheckConstraint("(state = 'asked') = (ended_at IS NULL)", name="ended"),
    sa.CheckConstraint("(state = 'same') = (same_as_id IS NOT NULL)", name="same_as"),
    sa.CheckConstraint("state <> 'saved' OR sha256 IS NOT NULL", name="hash"),
    sa.Index("ix_saved_copy_source", "source_id", "id"),
)
BYTES = sa.Table(
    "copy_bytes",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column(
        "copy_id",
        sa.Integer,
        sa.ForeignKey("saved_copy.id", ondelete="RESTRICT"),
        nullable=False,
        unique=True,
    ),
    *required(sa.LargeBinary, "warc"),
)
PLACE = sa.Table(
    "quote_place",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    ref("evidence_id", "evidence.id"),
    ref("copy_id", "saved_copy.id", index=True),
    *required(sa.String(32), "found"),
    *optional(sa.Integer, "start", "end"),
    *required(sa.Float, "score"),
    *required(MOMENT, "at"),
    sa.UniqueConstraint("evidence_id", "copy_id"),
    sa.CheckConstraint(
        "found IN ('exact', 'normalised', 'approximate', 'missing')", name="quotefound"
    ),
    sa.CheckConstraint(
        '(start IS NOT NULL AND "end" IS NOT NULL) OR (start IS NULL AND "end" IS NULL)',
        name="place",
    ),
    sa.CheckConstraint("(found = 'missing') = (start IS NULL)", name="missing"),
    sa.CheckConstraint("score BETWEEN 0 AND 1", name="score"),
)
FLAG = sa.Table(
    "flag",
    TABLES,
    *named(),
    ref("project_id", "project.id"),
    ref("claim_id", "claim.id"),
    ref("source_id", "source.id", index=True),
    *required(sa.String(32), "reason"),
    ref("copy_id", "saved_copy.id", nullable=True),
    *optional(MOMENT, "cleared_at"),
    ref("cleared_by_id", "person.id", nullable=True),
    *optional(sa.Text, "cleared_note"),
    sa.CheckConstraint(
        "reason IN ('source-corrected', 'source-unreliable', 'source-retired', 'page-gone',"
        " 'page-changed', 'quote-gone')",
        name="flagreason",
    ),
    sa.CheckConstraint("(cleared_at IS NULL) = (cleared_note IS NULL)", name="cleared"),
    sa.Index(
        "uq_flag_standing",
        "claim_id",
        "source_id",
        "reason",
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    ),
    sa.Index(
        "ix_flag_project", "project_id", "id", sqlite_where=STANDING, postgresql_where=STANDING
    ),
)
SETTING = sa.Table(
    "gate_setting",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    ref("project_id", "project.id"),
    *required(sa.String(32), "rule", "question", "level"),
    *optional(sa.Integer, "wanted"),
    sa.UniqueConstraint("project_id", "rule", "question"),
    sa.CheckConstraint(RULES, name="gaterule"),
    sa.CheckConstraint(QUESTIONS, name="answers"),
    sa.CheckConstraint("level IN ('off', 'warn', 'block')", name="gatelevel"),
    sa.CheckConstraint("wanted IS NULL OR wanted BETWEEN 1 AND 20", name="wanted"),
)
OVERRIDE = sa.Table(
    "gate_override",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    ref("claim_id", "claim.id"),
    *required(sa.Integer, "ruling_version"),
    *required(sa.String(32), "rule", "question"),
    *required(sa.Integer, "found", "wanted"),
    *required(sa.Text, "reason"),
    *required(MOMENT, "at"),
    ref("by_id", "person.id", nullable=True),
    sa.UniqueConstraint("claim_id", "ruling_version", "rule", "question"),
    sa.CheckConstraint(RULES, name="gaterule"),
    sa.CheckConstraint(QUESTIONS, name="answers"),
)
QUESTION = sa.Table(
    "evidence_question",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    ref("review_version_id", "review_version.id"),
    *required(sa.Integer, "position"),
    *required(sa.Text, "text"),
    sa.UniqueConstraint("review_version_id", "position"),
)
ANSWER = sa.Table(
    "evidence_answer",
    TABLES,
    sa.Column("id", sa.Integer, primary_key=True),
    ref("question_id", "evidence_question.id"),
    *required(sa.Integer, "position"),
    *required(sa.String(32), "answer_type"),
    *required(sa.Text, "text", "explanation"),
    *optional(sa.String(32), "medium"),
    ref("evidence_id", "evidence.id", nullable=True),
    sa.UniqueConstraint("question_id", "position"),
    sa.CheckConstraint(
        "answer_type IN ('extractive', 'abstractive', 'boolean', 'unanswerable')",
        name="answertype",
    ),
    sa.CheckConstraint(
        "medium IN ('web-text', 'pdf', 'metadata', 'web-table', 'image', 'video', 'other')",
        name="sourcemedium",
    ),
    sa.CheckConstraint("answer_type = 'boolean' OR explanation = ''", name="explanation"),
    sa.CheckConstraint("answer_type <> 'unanswerable' OR evidence_id IS NULL", name="unanswerable"),
)
INTAKE = sa.Table(
    "intake",
    TABLES,
    *named(),
    ref("project_id", "project.id", index=True),
    ref("created_by_id", "person.id", nullable=True),
)
LINE = sa.Table(
    "intake_line",
    TABLES,
    *named(),
    ref("intake_id", "intake.id"),
    *required(sa.Integer, "position"),
    *required(sa.Text, "url"),
    *required(sa.Boolean, "is_feed"),
    *required(sa.String(32), "state"),
    *optional(sa.String(60), "error"),
    *optional(MOMENT, "ended_at"),
    ref("article_id", "article.id", nullable=True, index=True),
    sa.UniqueConstraint("intake_id", "position"),
    sa.CheckConstraint("state IN ('asked', 'done', 'known', 'failed')", name="linestate"),
    sa.CheckConstraint("(state = 'failed') = (error IS NOT NULL)", name="error"),
    sa.CheckConstraint("(state = 'asked') = (ended_at IS NULL)", name="ended"),
)
NEW = [
    *(FINDING, VERSION, COPY, BYTES, PLACE, FLAG, SETTING, OVERRIDE, QUESTION, ANSWER),
    *(INTAKE, LINE),
]

TYPE_RULE = ("sourcetype", f"source_type IN ({TYPES})")
DESCRIBED = [
    (
        [
            *optional(sa.String(300), "author"),
            *optional(sa.String(32), "source_type"),
            *optional(sa.String(200), "origin"),
        ],
        "NULL",
    ),
    (required(sa.Text, "interests"), "''"),
]
# What tables that are there gain: columns with the value of rows that are there, then rules.
GAINS = {
    "source": (
        [
            *DESCRIBED,
            (required(sa.Integer, "version"), "1"),
            (required(sa.String(32), "standing"), "'sound'"),
            (optional(MOMENT, "looked_at"), "NULL"),
        ],
        [TYPE_RULE, ("sourcestanding", STANDINGS)],
    ),
    "evidence": (
        [
            *DESCRIBED,
            (optional(sa.Integer, "set_number"), "NULL"),
            (optional(sa.String(10), "accessed_on"), "NULL"),
            (required(sa.String(200), "figure"), "''"),
        ],
        [TYPE_RULE, ("set_number", "set_number IS NULL OR set_number BETWEEN 1 AND 50")],
    ),
    "project": (
        [
            (required(sa.Boolean, "saves_copies", "asks_questions"), "false"),
            (optional(sa.Integer, "recheck_days"), "NULL"),
            (required(sa.String(32), "gate_profile"), "'none'"),
        ],
        [
            ("gateprofile", "gate_profile IN ('none', 'ifcn', 'efcsn', 'google')"),
            ("recheck_days", "recheck_days IS NULL OR recheck_days BETWEEN 1 AND 3650"),
        ],
    ),
}
INDEXES = [
    ("ix_source_origin", "source", ["project_id", "origin"]),
    ("ix_source_looked_at", "source", ["project_id", "looked_at"]),
]


def upgrade():
    TABLES.create_all(op.get_bind(), tables=NEW, checkfirst=False)
    for name in ("source", "evidence"):
        replace_rule(name, "sourcekind", KINDS, MORE_KINDS)
    for name, (columns, rules) in GAINS.items():
        grow(name, columns, rules)
    for index in INDEXES:
        op.create_index(*index)


def downgrade():
    for name, table, _columns in INDEXES:
        op.drop_index(name, table)
    for name, (columns, rules) in GAINS.items():
        shrink(name, [column.name for part, _value in columns for column in part], rules)
    for name in ("source", "evidence"):
        replace_rule(name, "sourcekind", MORE_KINDS, KINDS)
    TABLES.drop_all(op.get_bind(), tables=NEW, checkfirst=False)
