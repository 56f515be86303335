"""What a pair costs at least: a bare Flask view that reads and writes the same rows with ``sqlite3``.

No leave, no blindness, no validation, no page to speak of: the claim and its article are read by key,
and the rows of a check are written in one transaction with ``synchronous=FULL``.
"""

import os
import sqlite3
import threading
import uuid
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, redirect, request

application = Flask("floor")
_opened = threading.local()
CLAIM = (
    "SELECT c.text, c.quote, s.text FROM claim c JOIN snapshot s ON s.id = c.snapshot_id"
    " WHERE c.id = ?"
)
# The next one by key: how the desk keeps its queue is no business of the floor.
NEXT = (
    "SELECT c.id, r.id FROM claim c CROSS JOIN claim_round r ON r.claim_id = c.id"
    " AND r.settled_at IS NULL WHERE c.id > ? AND +c.state = 'open' AND +c.slots_free > 0"
    " AND NOT EXISTS (SELECT 1 FROM review v WHERE v.claim_id = c.id AND v.reviewer_id = ?)"
    " ORDER BY c.id LIMIT 1"
)
LEND = (
    "INSERT INTO review (public_id, created_at, project_id, claim_id, claim_round_id, reviewer_id,"
    " slot, state, lease_until, submitted_version) VALUES (?, ?, 1, ?, ?, ?,"
    " (SELECT coalesce(max(slot), 0) + 1 FROM review WHERE claim_round_id = ?), 'lent', ?, 0)"
)
VERSION = (
    "INSERT INTO review_version (review_id, number, form_key, content_sha256, content_label_id,"
    " rationale, not_known, notes, is_blind, started_at, decided_at)"
    " VALUES (?, 1, ?, ?, 1, ?, '', '', 1, ?, ?)"
)
SENT = (
    "UPDATE review SET state = 'submitted', submitted_at = ?, submitted_version = 1,"
    " lease_until = NULL WHERE id = ?"
)
EVENT = (
    "INSERT INTO event (at, actor_kind, actor_id, project_id, action, noun, thing, claim, details)"
    " VALUES (?, 'person', ?, 1, ?, 'review', ?, ?, '{}')"
)


def opened() -> sqlite3.Connection:
    """The connection of this thread."""
    if not hasattr(_opened, "connection"):
        connection = sqlite3.connect(os.environ["FLOOR_DATABASE"], isolation_level=None, timeout=30)
        connection.execute("PRAGMA journal_mode=WAL").close()
        connection.execute("PRAGMA synchronous=FULL").close()
        _opened.connection = connection
    return _opened.connection


def bare(path: Path) -> None:
    """Take away what the desk counts beside its rows."""
    with sqlite3.connect(path) as rows:
        named = rows.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in named:
            rows.execute(f'DROP TRIGGER "{name}"')


@application.get("/sign-in")
def ready() -> str:
    """Whether the server answers."""
    return "ready"


@application.get("/reviews/<int:claim>/<int:review>")
def show(claim: int, review: int) -> str:
    """The claim in its article."""
    text, quote, article = opened().execute(CLAIM, (claim,)).fetchone()
    return f"<h1>{text}</h1><blockquote>{quote}</blockquote><p>{article}</p><form method=post>"


@application.post("/reviews/<int:claim>/<int:review>")
def submit(claim: int, review: int) -> object:
    """Keep a check and lend the next claim."""
    person, rows = int(request.form["person"]), opened()
    at, name = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f"), uuid.uuid4().hex[:12]
    rows.execute("BEGIN IMMEDIATE")
    if review:
        key = uuid.uuid4().hex
        rows.execute(VERSION, (review, key, key * 2, request.form["rationale"], at, at))
        rows.execute(SENT, (at, review))
        rows.execute(
            "UPDATE claim_round SET reviews_done = reviews_done + 1 WHERE claim_id = ?", (claim,)
        )
        rows.execute(EVENT, (at, person, "review.submit", name, name))
    following, entry = rows.execute(NEXT, (claim, person)).fetchone()
    lent = rows.execute(LEND, (name, at, following, entry, person, entry, at)).lastrowid
    rows.execute("UPDATE claim SET slots_free = slots_free - 1 WHERE id = ?", (following,))
    rows.execute(EVENT, (at, person, "review.take", name, name))
    rows.execute("COMMIT")
    return redirect(f"/reviews/{following}/{lent}", 303)
