"""What tests share: a migrated database for each, the desk over it, people who are signed in.

``database`` is SQLite; in ``tests/workflow`` it is both SQLite and PostgreSQL. ``make`` adds a row,
``login`` gives a client that is somebody. Every HTML answer to a client passes ``tests.pages``.
"""

import gc
import os
import shutil
import sqlite3
import uuid
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from types import ModuleType

import hypothesis
import pytest
from alembic.util import pyfiles
from argon2 import PasswordHasher
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, create_engine
from sqlmodel import SQLModel

from app.auth import passwords
from app.config import Settings
from app.domain.actors import Actor
from app.domain.words import Decides, Role
from app.storage import migrate, server, session
from app.storage.people import actor_of
from app.storage.session import Database
from app.storage.tables import Membership, Person
from app.workflow.projects import NewProject
from tests import postgres, shadowed, sqlite
from tests.kept import Desks
from tests.lending import DeskClient, Shared
from tests.shipped import write_scales
from tests.work import listen, unlisten
from tests.written import write, write_project

# How long examples take to draw says how busy the machine is, not whether the program is right.
hypothesis.settings.register_profile(
    "suite", suppress_health_check=[hypothesis.HealthCheck.too_slow], deadline=None
)
hypothesis.settings.register_profile(
    "few", hypothesis.settings.get_profile("suite"), max_examples=25
)
hypothesis.settings.load_profile("suite")

# Hash with little work; what the real hasher does is asked in ``test_passwords`` alone.
REAL_HASHER = passwords._hasher
passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

# A statement is compiled for one dialect and kept with one engine. Each test has a database of its own,
# and would compile all its statements anew: a third of the time of the suite.
ENGINES: dict[str, Engine] = {}


def knowing_statements(url: str, **options) -> Engine:
    """An engine that finds the statements compiled which another of its kind has run."""
    if url.startswith("sqlite"):
        # Connections stay open from test to test, and know what they were asked.
        options["connect_args"] = {**options.get("connect_args", {}), "cached_statements": 2_000}
    engine = create_engine(url, query_cache_size=5_000, **options)
    first = ENGINES.setdefault(engine.dialect.name, engine)
    if engine.dialect.name == "postgresql" and first.dialect.server_version_info is None:
        # It never connected, so its dialect does not know yet which server it speaks to.
        first = ENGINES[engine.dialect.name] = engine
    engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
    return engine


session.create_engine = server.create_engine = knowing_statements

# No write waits for the disk: what a crash loses is missed by nobody here. Processes that tests start
# are desks as they are.
REAL_PREPARE = session._prepare_sqlite


def forgetful(connection: sqlite3.Connection, record: object) -> None:
    """Prepare a connection as a desk does, but for the waiting."""
    REAL_PREPARE(connection, record)
    connection.execute("PRAGMA synchronous=OFF").close()


session._prepare_sqlite = forgetful

# Alembic reads every step anew whenever it is asked for one, which takes longer than most steps.
READ_FILE = pyfiles.load_module_py
read_once = cache(READ_FILE)


def read_step(name: str, path: os.PathLike[str]) -> ModuleType:
    """A step of this version, read once for a process; any other file as Alembic does."""
    is_step = Path(path).parent == migrate.MIGRATIONS / "versions"
    return (read_once if is_step else READ_FILE)(name, path)


pyfiles.load_module_py = read_step

# What is imported and collected stays: there is no garbage to look for until the tests begin.
gc.disable()

# As the Makefile says it, and what was there before it was said.
LEFT_OUT = "not thorough"
COLLECTED = pytest.StashKey[list[pytest.Item]]()

SECRET = "0123456789abcdefghijklmnopqrstuvwxyz-for-tests"


def pytest_configure(config: pytest.Config) -> None:
    """Where what is thorough is left out, fewer examples are drawn."""
    if LEFT_OUT in config.getoption("markexpr"):
        hypothesis.settings.load_profile("few")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Remember all tests before it is chosen what is run."""
    config.stash[COLLECTED] = list(items)


def pytest_collection_finish() -> None:
    """Look for garbage among what tests make, not among all tests and modules over and over."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """What is marked ``postgres`` is left out where that is missing; under CI it fails."""
    if item.get_closest_marker("postgres") and not postgres.available():
        assert not os.environ.get("CI"), "PostgreSQL is not installed: apt install postgresql"
        pytest.skip("PostgreSQL is not installed")


@pytest.fixture(autouse=True)
def _push_request_context():
    """Undo pytest-flask's shared request context: each request gets its own ``g``."""


@pytest.fixture(autouse=True)
def without_encoder(monkeypatch):
    """What is offered is the same whether the optional encoder is installed or not."""
    monkeypatch.setattr("app.extraction.registry.is_there", lambda: False)


@pytest.fixture(autouse=True)
def _no_part_asks_of_any_row():
    """Fail where a question that was sent asks of any row what it means of its own."""
    yield
    assert shadowed.heard() == set()


@pytest.fixture(scope="session")
def compiled(tmp_path_factory) -> FileSystemBytecodeCache:
    """Compiled templates, kept from one test to the next, and for the processes beside this one."""
    folder = tmp_path_factory.getbasetemp()
    folder = (folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder) / "templates"
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


@pytest.fixture(scope="session")
def bare(tmp_path_factory) -> Path:
    """An SQLite file with schema and shipped scales, made once; copy it, never open it."""
    path = tmp_path_factory.mktemp("migrated") / "assay.db"
    migrate.upgrade(f"sqlite:///{path}")
    write_scales(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated(bare) -> Path:
    """What a database of a test begins as."""
    return bare


@pytest.fixture(scope="session")
def kept_file(bare, tmp_path_factory):
    """The file that test after test writes into."""
    kept = sqlite.KeptFile(bare, tmp_path_factory.mktemp("kept"))
    yield kept
    kept.end()


@pytest.fixture(scope="session")
def kept_desks(kept_file) -> Desks:
    return Desks(kept_file)


@pytest.fixture
def kept(database, kept_desks):
    """``kept(Desk, wanted=2)`` is ``Desk(database, wanted=2)``, made once for all tests that ask for it."""
    return partial(kept_desks.give, database)


@pytest.fixture
def own_url(migrated, tmp_path) -> str:
    """The address of a file of this test's own, for what is done with files and beside processes."""
    path = tmp_path / "assay.db"
    shutil.copy(migrated, path)
    return f"sqlite:///{path}"


@pytest.fixture
def database_url(migrated, kept_file, request):
    """The address of a database that is as new."""
    if migrated != kept_file.template or request.node.get_closest_marker("plans"):
        yield request.getfixturevalue("own_url")
        return
    yield kept_file.url
    kept_file.empty()


@pytest.fixture
def database(database_url, kept_file):
    """A database that is as new."""
    opened = kept_file.open(database_url)
    yield opened
    kept_file.close(opened)


@pytest.fixture
def make(database):
    """``make(Claim, text=…)`` stores a row, values checked, and gives it back."""

    def store(kind: type[SQLModel], **values):
        unknown = values.keys() - kind.model_fields.keys()
        assert not unknown, f"{kind.__name__} has no {unknown}"
        row = kind.model_validate(values)
        with database.write() as session:
            session.add(row)
            session.flush()
            session.refresh(row)
        return row

    return store


@pytest.fixture
def queries(database):
    """``with queries() as counted:`` collects the statements that ``database`` runs."""

    @contextmanager
    def count(of: Database = database):
        statements = []

        def note(_connection, _cursor, statement, *_):
            if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
                statements.append(statement)

        listen(of, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            unlisten(of, "before_cursor_execute", note)

    return count


@pytest.fixture
def add_desk(database):
    """``add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2)`` makes a project."""

    def add(slug: str = "desk", **values):
        values = {"title": slug.title(), "decides": Decides.SIGNOFF, **values}
        return write_project(database, NewProject(slug=slug, **values))

    return add


@pytest.fixture
def project(add_desk):
    """A project with sign-off, ``/projects/desk/``."""
    return add_desk("desk")


@pytest.fixture
def person(database):
    """``person("Ann", Role.EDITOR, project=…)`` is somebody, with those roles there."""

    def add(name: str = "", *roles: Role, project=None, **values) -> Person:
        name = name or f"Person {uuid.uuid4().hex[:6]}"
        values = {"email": f"{name.lower().replace(' ', '.')}@example.org", **values}
        unknown = values.keys() - Person.model_fields.keys()
        assert not unknown, f"a person has no {unknown}"
        with database.write() as session:
            key = write(session, Person, name=name, **values)
            for role in roles:
                write(session, Membership, project_id=project.id, person_id=key, role=role)
            return session.get_one(Person, key)

    return add


@pytest.fixture
def actor(database):
    """``actor(person)`` is the person as one who acts, with the roles of this moment."""

    def of(row: Person) -> Actor:
        with database.reading() as session:
            return actor_of(session, row.public_id)

    return of


@pytest.fixture
def settings(database_url, tmp_path) -> Settings:
    """Settings over this test's own database."""
    return Settings(instance=tmp_path, database_url=database_url, secret_key=SECRET)


@pytest.fixture(scope="session")
def shared(compiled) -> Shared:
    """What lends this process its desk."""
    return Shared(compiled)


@pytest.fixture
def app(settings, database, kept_file, shared):
    """The desk; a test may change it, then nobody else gets it."""
    desk = shared.lend(settings, kept_file.open(settings.database_url))
    yield desk
    kept_file.close(desk.extensions["assay"])
    shared.take_back(desk)


@pytest.fixture
def client(app) -> DeskClient:
    """Nobody. Not pytest-flask's own: that keeps a context open, and with it a shared ``g``."""
    return app.test_client()


@pytest.fixture
def login(app, person, request):
    """``login(Role.EDITOR)`` is a client that is somebody; with ``admin=True`` an admin.

    ``project`` is where the roles are held: the ``project`` fixture when none is given. Without a
    role it is a stranger to every project. The person is ``client.person``.
    """

    def sign_in(*roles: Role, project=None, admin: bool = False, name: str = "") -> DeskClient:
        if roles and project is None:
            project = request.getfixturevalue("project")
        row = person(name, *roles, project=project, is_admin=admin)
        return app.test_client().sign_in(row)

    return sign_in


@pytest.fixture
def field_data() -> Path:
    """The folder of real inputs from outside the repository."""
    named = os.environ.get("ASSAY_FIELD_DATA", "")
    if not named:
        pytest.skip("ASSAY_FIELD_DATA is not set: no real inputs to read")
    folder = Path(named)
    assert folder.is_dir(), f"ASSAY_FIELD_DATA names {folder}, which is not there"
    return folder
