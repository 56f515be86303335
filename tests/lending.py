"""The desk that test after test gets, and the browser that its pages are read with."""

import uuid
from datetime import UTC, datetime

from flask import Flask, g, request
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from jinja2 import FileSystemBytecodeCache

from app import create_app
from app.config import Settings
from app.storage.session import Database
from app.storage.tables import Person
from app.web import logs
from app.web.forgery import masked
from tests import pages


class DeskClient(FlaskClient):
    """A browser without JavaScript: every page is checked, every POST carries the token."""

    person: Person | None = None

    def open(self, *args, **kwargs):
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and not 300 <= response.status_code < 400:
            response.page = pages.check(response.get_data(as_text=True))
        return response

    def post(self, *args, token: bool = True, **kwargs):
        """Post a form; ``token=False`` forgets the token."""
        if token and isinstance(kwargs.setdefault("data", {}), dict):
            kwargs["data"] = {"csrf_token": self.token(), **kwargs["data"]}
        elif token:
            kwargs["headers"] = {"X-CSRFToken": self.token(), **kwargs.get("headers", {})}
        return super().post(*args, **kwargs)

    def token(self) -> str:
        """A token that this session's forms would carry."""
        with self.session_transaction() as session:
            secret = session.setdefault("csrf_token", uuid.uuid4().hex)
        signer = URLSafeTimedSerializer(self.application.secret_key, salt="wtf-csrf-token")
        return masked(signer.dumps(secret))

    def sign_in(self, row: Person, **where) -> "DeskClient":
        """Be this person from now on; ``base_url`` where the desk is not on localhost."""
        self.person = row
        with self.session_transaction(**where) as session:
            session.permanent = True
            session.update(
                person=row.public_id,
                version=row.session_version,
                sid=uuid.uuid4().hex,
                day=datetime.now(UTC).date().isoformat(),
            )
        return self


class Reader(DeskClient):
    """Reads a hundred pages in a row, which other tests have checked."""

    def open(self, *args, **kwargs):
        return FlaskClient.open(self, *args, **kwargs)


def nothing_to_write(response):
    """A GET that leaves something to write fails the test."""
    session = g.get("session")
    if request.method == "GET" and session is not None:
        left = [*session.new, *session.dirty, *session.deleted]
        assert not left, f"GET {request.path} would write {left}"
    return response


class Shared:
    """One desk for test after test: building it and its map of addresses takes 150 ms."""

    desk: Flask | None = None

    def __init__(self, compiled: FileSystemBytecodeCache) -> None:
        self.compiled = compiled

    def lend(self, settings: Settings, database: Database) -> Flask:
        """The desk over these settings, which differ from others only in where things are."""
        desk = self.desk
        if desk is None:
            desk = create_app(settings)
            desk.jinja_env.bytecode_cache = self.compiled
            desk.testing = True
            desk.test_client_class = DeskClient
            desk.after_request(nothing_to_write)
        else:
            logs.configure()
            desk.config["SETTINGS"] = settings
            # A test may add addresses: Flask allows that before the first request alone.
            desk._got_first_request = False
        desk.extensions["assay"] = database
        self.desk, self.before = None, state(desk)
        return desk

    def take_back(self, desk: Flask) -> None:
        """Keep the desk for the next test, unless this one changed it."""
        if state(desk) == self.before:
            self.desk = desk


def state(desk: Flask) -> list[object]:
    """What a test can change in a desk, and the next test would see."""
    hooks = (desk.before_request_funcs, desk.after_request_funcs, desk.teardown_request_funcs)
    return [
        {name: value for name, value in desk.config.items() if name != "SETTINGS"},
        [(rule.rule, rule.endpoint) for rule in desk.url_map.iter_rules()],
        *(dict(kept) for kept in (desk.view_functions, desk.blueprints)),
        *({name: list(found) for name, found in kept.items()} for kept in hooks),
        *(dict(kept) for kept in (desk.jinja_env.globals, desk.jinja_env.filters)),
    ]
