"""The first tables.

A frozen copy of what the models described when this step was written. It imports none of them:
they go on changing and this file does not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# The name of every constraint, by rule: a later step drops it by this name.
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


table(
    "label_scheme",
    *public(),
    *required(sa.String(60), "code"),
    *required(sa.Integer, "version"),
    *required(sa.String(120), "name"),
    *required(sa.String(32), "kind"),
    *optional(MOMENT, "frozen_at"),
    check("schemekind", "kind IN ('content', 'attribution')"),
    check("version_from_one", "version >= 1"),
    sa.UniqueConstraint("code", "version"),
)

table(
    "person",
    *public(),
    *required(sa.String(254), "email"),
    *required(sa.String(200), "name"),
    *optional(sa.Text, "password_hash"),
    *required(sa.Boolean, "is_admin", "is_active"),
    *required(sa.Integer, "session_version"),
    *optional(MOMENT, "erased_at"),
    check("email_lower", "email = lower(email)"),
    sa.UniqueConstraint("email"),
)

table(
    "signin_failure",
    *required(sa.String(64), "account", "address"),
    *required(MOMENT, "at"),
    index("ix_signin_failure_account_at", "account", "at"),
    index("ix_signin_failure_address_at", "address", "at"),
)

table(
    "erasure",
    *required(sa.String(32), "noun"),
    *required(sa.String(12), "thing"),
    *required(sa.String(64), "sha256"),
    *required(sa.Text, "reason"),
    *required(MOMENT, "erased_at"),
    ref("erased_by_id", "person.id", nullable=True),
    check("erasable", "noun IN ('person', 'snapshot', 'source', 'review')"),
    check("reason", "length(reason) > 0"),
    index("ix_erasure_thing", "noun", "thing"),
)

table(
    "label",
    ref("scheme_id", "label_scheme.id"),
    *required(sa.String(60), "code"),
    *required(sa.String(120), "name"),
    *required(sa.Text, "definition"),
    *optional(sa.Integer, "rank"),
    *required(sa.Integer, "position"),
    *optional(MOMENT, "retired_at"),
    sa.UniqueConstraint("scheme_id", "code"),
    sa.UniqueConstraint("scheme_id", "position"),
    sa.UniqueConstraint("scheme_id", "rank"),
)

table(
    "project",
    *public(),
    *required(sa.String(60), "slug"),
    *required(sa.String(200), "title"),
    *required(sa.Text, "description"),
    *required(sa.String(32), "state", "decides"),
    *required(sa.Integer, "reviews_wanted"),
    *required(sa.Boolean, "settles_itself"),
    *optional(sa.Float, "open_from"),
    *required(sa.Integer, "lease_minutes"),
    *required(sa.String(60), "timezone"),
    ref("content_scheme_id", "label_scheme.id"),
    ref("attribution_scheme_id", "label_scheme.id"),
    *required(sa.String(64), "pseudonym_key"),
    check("decides", "decides IN ('signoff', 'independent', 'single')"),
    check("lease_minutes", "lease_minutes > 0"),
    check("one_check", "decides = 'independent' OR reviews_wanted = 1"),
    check("open_from", "open_from IS NULL OR open_from BETWEEN 0 AND 1"),
    check("projectstate", "state IN ('active', 'archived')"),
    check("reviews_wanted", "reviews_wanted BETWEEN 1 AND 20"),
    sa.UniqueConstraint("slug"),
)

table(
    "signin_link",
    ref("person_id", "person.id", index=True),
    *required(sa.String(64), "token_hash"),
    *required(MOMENT, "created_at", "expires_at"),
    *optional(MOMENT, "used_at"),
    sa.UniqueConstraint("token_hash"),
)

table(
    "agent",
    *public(),
    ref("project_id", "project.id"),
    *required(sa.String(300), "name"),
    *required(sa.String(32), "kind"),
    *required(sa.Boolean, "is_named"),
    *required(sa.JSON, "aliases"),
    check("agentkind", "kind IN ('person', 'organisation', 'document', 'unnamed')"),
    sa.UniqueConstraint("project_id", "name"),
)

table(
    "batch",
    *public(),
    ref("project_id", "project.id"),
    *required(sa.String(120), "name"),
    *optional(sa.Integer, "guideline_version"),
    sa.UniqueConstraint("project_id", "name"),
)

table(
    "claim_group",
    *public(),
    ref("project_id", "project.id"),
)

table(
    "event",
    *required(MOMENT, "at"),
    *required(sa.String(32), "actor_kind"),
    ref("actor_id", "person.id", nullable=True),
    ref("project_id", "project.id", nullable=True),
    *required(sa.String(60), "action"),
    *required(sa.String(30), "noun"),
    *required(sa.String(12), "thing"),
    *required(sa.JSON, "details"),
    check("actor", "(actor_kind = 'person') = (actor_id IS NOT NULL)"),
    check("actorkind", "actor_kind IN ('person', 'console', 'system')"),
    index("ix_event_project_id", "project_id", "id"),
    index("ix_event_thing", "noun", "thing"),
)

table(
    "guideline",
    ref("project_id", "project.id"),
    *required(sa.Integer, "version"),
    *required(sa.Text, "text"),
    *required(MOMENT, "created_at"),
    ref("created_by_id", "person.id", nullable=True),
    sa.UniqueConstraint("project_id", "version"),
)

table(
    "import_run",
    *public(),
    ref("project_id", "project.id", index=True),
    *required(sa.String(32), "state"),
    *required(sa.Integer, "rows_added", "rows_known"),
    *required(MOMENT, "touched_at"),
    *optional(MOMENT, "finished_at"),
    ref("created_by_id", "person.id", nullable=True),
    check("importstate", "state IN ('running', 'finished', 'failed')"),
)

table(
    "membership",
    ref("project_id", "project.id"),
    ref("person_id", "person.id", index=True),
    *required(sa.String(32), "role"),
    *required(MOMENT, "created_at"),
    *optional(MOMENT, "ended_at"),
    check("role", "role IN ('editor', 'reviewer', 'adjudicator', 'viewer')"),
    sa.UniqueConstraint("project_id", "person_id", "role"),
)

table(
    "round",
    *public(),
    ref("project_id", "project.id"),
    *required(sa.Integer, "number"),
    *required(sa.String(32), "kind"),
    *required(sa.Boolean, "is_blind"),
    *required(sa.Integer, "reviews_wanted"),
    *optional(MOMENT, "closed_at"),
    check("roundkind", "kind IN ('independent', 'signoff', 'evidence-only', 'training')"),
    sa.UniqueConstraint("project_id", "number"),
)

table(
    "source",
    *public(),
    ref("project_id", "project.id"),
    *required(sa.String(32), "kind"),
    *optional(sa.Text, "url", "canonical_url"),
    *required(sa.Text, "title"),
    *optional(sa.String(200), "publisher"),
    *optional(sa.String(10), "published"),
    *required(sa.String(32), "record"),
    ref("created_by_id", "person.id", nullable=True),
    *optional(MOMENT, "erased_at"),
    check("sourcekind", "kind IN ('web', 'document', 'person', 'calculation')"),
    check("sourcerecord", "record IN ('on-record', 'background', 'not-for-publication')"),
    check("web_url", "kind <> 'web' OR url IS NOT NULL OR erased_at IS NOT NULL"),
    sa.UniqueConstraint("project_id", "canonical_url"),
)

table(
    "source_rule",
    ref("project_id", "project.id"),
    ref("label_id", "label.id"),
    *required(sa.Boolean, "needs_source"),
    sa.UniqueConstraint("project_id", "label_id"),
)

table(
    "article",
    *public(),
    ref("project_id", "project.id", index=True),
    *optional(sa.Text, "url", "canonical_url"),
    *required(sa.String(500), "title"),
    *optional(sa.String(200), "publisher"),
    *optional(sa.String(300), "author"),
    *optional(sa.String(10), "published"),
    *optional(sa.String(20), "language"),
    ref("created_by_id", "person.id", nullable=True),
    ref("import_run_id", "import_run.id", nullable=True, index=True),
    *optional(MOMENT, "retired_at"),
    index("ix_article_project_url", "project_id", "canonical_url"),
)

table(
    "snapshot",
    *public(),
    ref("project_id", "project.id"),
    ref("article_id", "article.id"),
    *required(sa.Text, "text"),
    *required(sa.String(64), "sha256"),
    *optional(sa.Text, "notice"),
    *optional(MOMENT, "erased_at"),
    sa.UniqueConstraint("article_id", "sha256"),
    index("ix_snapshot_project_sha256", "project_id", "sha256"),
)

table(
    "claim",
    *public(),
    ref("project_id", "project.id"),
    ref("article_id", "article.id", nullable=True, index=True),
    ref("snapshot_id", "snapshot.id", nullable=True),
    *optional(sa.Text, "quote"),
    *optional(sa.Integer, "start", "end"),
    *required(sa.Text, "text", "context"),
    *optional(sa.Integer, "paragraph"),
    *required(sa.String(32), "state"),
    *optional(MOMENT, "put_off_at"),
    *required(sa.Integer, "slots_free", "priority"),
    *optional(MOMENT, "due_at"),
    *required(sa.JSON, "tags", "kinds"),
    *optional(sa.Float, "checkworthiness"),
    *required(sa.JSON, "reasons"),
    *optional(sa.String(60), "extractor"),
    *optional(sa.String(20), "language"),
    *optional(sa.String(10), "said_on"),
    *optional(sa.Text, "seen_at_url", "selection_reason", "published_url"),
    *optional(sa.String(200), "external_id"),
    ref("batch_id", "batch.id", nullable=True),
    ref("claim_group_id", "claim_group.id", nullable=True, index=True),
    ref("import_run_id", "import_run.id", nullable=True, index=True),
    *optional(MOMENT, "chain_confirmed_at"),
    ref("chain_confirmed_by_id", "person.id", nullable=True),
    ref("created_by_id", "person.id", nullable=True),
    *required(sa.Integer, "version"),
    check("claimstate", "state IN ('candidate', 'open', 'settled', 'rejected')"),
    check(
        "place",
        '(snapshot_id IS NOT NULL AND quote IS NOT NULL AND start IS NOT NULL AND "end" IS NOT NULL) OR (snapshot_id IS NULL AND quote IS NULL AND start IS NULL AND "end" IS NULL)',
    ),
    check("slots_free", "slots_free >= 0"),
    check("span", 'start IS NULL OR (0 <= start AND start < "end")'),
    check("worth", "checkworthiness IS NULL OR checkworthiness BETWEEN 0 AND 1"),
    sa.UniqueConstraint("project_id", "external_id"),
    index(
        "ix_claim_queue",
        "project_id",
        sa.text("priority DESC"),
        sa.text("(due_at IS NULL)"),
        "due_at",
        "article_id",
        "start",
        "id",
        where="state = 'open' AND slots_free > 0",
    ),
    index("ix_claim_snapshot", "snapshot_id", "start"),
    index("ix_claim_state", "project_id", "state", "id"),
    index("ix_claim_worth", "project_id", "state", sa.text("checkworthiness DESC"), "id"),
)

table(
    "bar",
    ref("claim_id", "claim.id"),
    ref("person_id", "person.id", index=True),
    *required(sa.String(32), "reason"),
    *required(MOMENT, "created_at"),
    check("barreason", "reason IN ('unblinded', 'conflict-of-interest')"),
    sa.UniqueConstraint("claim_id", "person_id"),
)

table(
    "claim_round",
    ref("claim_id", "claim.id"),
    ref("round_id", "round.id", index=True),
    *required(sa.Integer, "reviews_wanted", "reviews_done"),
    *optional(MOMENT, "settled_at"),
    check("reviews_done", "reviews_done BETWEEN 0 AND reviews_wanted"),
    check("reviews_wanted", "reviews_wanted >= 1"),
    sa.UniqueConstraint("claim_id", "round_id"),
    index(
        "ix_claim_round_complete",
        "round_id",
        "claim_id",
        where="settled_at IS NULL AND reviews_done >= reviews_wanted",
    ),
)

table(
    "claim_wording",
    ref("claim_id", "claim.id"),
    *required(sa.Integer, "version"),
    *required(sa.Text, "text"),
    *required(MOMENT, "replaced_at"),
    sa.UniqueConstraint("claim_id", "version"),
)

table(
    "hop",
    ref("claim_id", "claim.id"),
    *required(sa.Integer, "claim_version", "position"),
    ref("agent_id", "agent.id", index=True),
    *required(sa.String(300), "cue"),
    *required(sa.String(32), "mode"),
    *optional(sa.Text, "url"),
    *optional(sa.String(10), "said_on"),
    *required(sa.Boolean, "is_seen"),
    *optional(sa.String(300), "ends_because"),
    check("mode", "mode IN ('direct', 'paraphrase', 'document')"),
    sa.UniqueConstraint("claim_id", "claim_version", "position"),
)

table(
    "quantity",
    ref("claim_id", "claim.id"),
    *required(sa.Integer, "position"),
    *required(sa.Float, "value"),
    *required(sa.String(60), "unit"),
    *required(sa.String(200), "raw"),
    *optional(sa.String(100), "period"),
    sa.UniqueConstraint("claim_id", "position"),
)

table(
    "ruling",
    ref("claim_id", "claim.id"),
    *required(sa.Integer, "version"),
    ref("content_label_id", "label.id"),
    ref("attribution_label_id", "label.id", nullable=True),
    *required(sa.Text, "conclusion"),
    *required(sa.String(75), "short_text"),
    *required(sa.Text, "reason"),
    *required(sa.String(32), "decided_by"),
    ref("decided_by_id", "person.id", nullable=True),
    *required(MOMENT, "decided_at"),
    check("decidedby", "decided_by IN ('agreement', 'signoff', 'adjudication', 'single')"),
    check("short_text", "length(short_text) <= 75"),
    check("somebody_decided", "decided_by = 'agreement' OR decided_by_id IS NOT NULL"),
    sa.UniqueConstraint("claim_id", "version"),
)

table(
    "review",
    *public(),
    ref("project_id", "project.id"),
    ref("claim_id", "claim.id"),
    ref("claim_round_id", "claim_round.id"),
    ref("reviewer_id", "person.id", index=True),
    *optional(sa.Integer, "slot"),
    *required(sa.String(32), "state"),
    *optional(MOMENT, "lease_until", "put_off_at"),
    *optional(sa.String(32), "skip_reason"),
    *optional(sa.Text, "skip_note", "question"),
    *optional(MOMENT, "submitted_at"),
    *required(sa.Integer, "submitted_version"),
    check("reviewstate", "state IN ('lent', 'submitted', 'returned', 'skipped')"),
    check("skip_reason", "(state = 'skipped') = (skip_reason IS NOT NULL)"),
    check(
        "skipreason",
        "skip_reason IN ('not-a-claim', 'needs-context', 'outside-field', 'conflict-of-interest')",
    ),
    check("slot", "slot IS NULL OR slot >= 1"),
    check("submitted_at", "(state IN ('submitted', 'returned')) = (submitted_at IS NOT NULL)"),
    check("submitted_slot", "state <> 'submitted' OR slot IS NOT NULL"),
    sa.UniqueConstraint("claim_round_id", "reviewer_id"),
    sa.UniqueConstraint("claim_round_id", "slot"),
    index("ix_review_claim", "claim_id", "reviewer_id"),
    index(
        "ix_review_lease",
        "project_id",
        "lease_until",
        where="state = 'lent' AND slot IS NOT NULL AND lease_until IS NOT NULL",
    ),
    index("ix_review_mine", "project_id", "reviewer_id", "state", "submitted_at"),
    index(
        "uq_review_one_lease",
        "project_id",
        "reviewer_id",
        unique=True,
        where="state = 'lent' AND slot IS NOT NULL AND lease_until IS NOT NULL",
    ),
)

table(
    "draft",
    ref("review_id", "review.id"),
    *required(sa.Integer, "version"),
    *required(sa.JSON, "body"),
    *required(MOMENT, "updated_at"),
    sa.UniqueConstraint("review_id"),
)

table(
    "review_version",
    ref("review_id", "review.id"),
    *required(sa.Integer, "number"),
    *required(sa.String(64), "form_key", "content_sha256"),
    ref("content_label_id", "label.id"),
    ref("attribution_label_id", "label.id", nullable=True),
    *optional(sa.String(32), "confidence"),
    *required(sa.Text, "rationale", "not_known", "notes"),
    *required(sa.Boolean, "is_blind"),
    *optional(sa.Integer, "guideline_version"),
    *required(MOMENT, "started_at", "decided_at"),
    *optional(sa.Integer, "active_seconds"),
    ref("next_review_id", "review.id", nullable=True),
    *optional(MOMENT, "erased_at"),
    check("confidence", "confidence IN ('low', 'medium', 'high')"),
    sa.UniqueConstraint("review_id", "form_key"),
    sa.UniqueConstraint("review_id", "number"),
)

table(
    "evidence",
    ref("review_version_id", "review_version.id"),
    *required(sa.Integer, "position"),
    ref("source_id", "source.id", index=True),
    *required(sa.String(32), "kind", "record"),
    *required(sa.Text, "title"),
    *optional(sa.String(200), "publisher"),
    *optional(sa.String(10), "published"),
    *required(sa.String(32), "stance", "answers"),
    *required(sa.Text, "quote", "locator", "note"),
    check("answers", "answers IN ('said', 'so', 'both')"),
    check("sourcekind", "kind IN ('web', 'document', 'person', 'calculation')"),
    check("sourcerecord", "record IN ('on-record', 'background', 'not-for-publication')"),
    check("stance", "stance IN ('supports', 'refutes', 'context')"),
    sa.UniqueConstraint("review_version_id", "position"),
)

table(
    "sighting",
    ref("review_version_id", "review_version.id"),
    ref("hop_id", "hop.id"),
    *optional(sa.Text, "url"),
    *optional(sa.String(10), "said_on"),
    sa.UniqueConstraint("review_version_id", "hop_id"),
)


def upgrade():
    TABLES.create_all(op.get_bind(), checkfirst=False)


def downgrade():
    TABLES.drop_all(op.get_bind(), checkfirst=False)
