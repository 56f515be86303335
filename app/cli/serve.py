"""``assay serve``: everything that stands between one command and a first page."""

import errno
import gc
import os
import socket
import sys
import traceback
from collections.abc import Callable

import click
from sqlmodel import Session

from app.cli import opening
from app.cli.door import Said
from app.cli.people import new_link
from app.cli.server import run
from app.config import Settings, ensure_secret_key
from app.domain.actors import CONSOLE
from app.domain.errors import Refused
from app.domain.records import PersonRecord
from app.domain.sentences import sentence
from app.storage import migrate, people, projects
from app.storage.session import Database
from app.storage.upkeep import look_after
from app.workflow.people import add_person

FIRST_PORT = 5000
PORTS_TO_TRY = 100
COLOURS = "rich"
ADMIN_EMAIL, ADMIN_NAME = "admin@desk.example", "Desk admin"


@click.command()
@click.option("--demo", is_flag=True, help="Prepare the database; the first time with seed data.")
def serve(*, demo: bool) -> None:
    """Start the desk and stay until it is told to end."""
    # Nothing that is made until the server stands is garbage: looking for it takes a sixth of the start.
    gc.disable()
    leave_out_colours()
    desk = opening.settings()
    opening.prepare_folder(desk.instance)
    desk = ensure_secret_key(desk)
    if demo:
        apart(lambda: _prepare_database(desk))
    else:
        opening.ask_for_current(desk.database_url)
    door = listen(desk)
    base = desk.url or _address(desk, door)
    link = _first_link(desk, base)
    run(desk, door, greet=lambda: _greet(desk, base, link=link))


def leave_out_colours() -> None:
    """Keep structlog from loading what draws errors in colours, wherever that is installed.

    It is 126 modules for terminals of developers, and a desk writes plain lines.
    """
    if COLOURS not in sys.modules:
        sys.modules[COLOURS] = None  # type: ignore[assignment]  # what Python takes for "not there"


def apart(do: Callable[[], None]) -> None:
    """Do something in a process of its own: what it loads and holds goes with it when it ends.

    Migrations and seed data need 20 MB that the server would else keep. A refusal there is said
    there, and ends this process too.
    """
    child = os.fork()
    if child:
        _child, status = os.waitpid(child, 0)
        if status:
            raise SystemExit(1)
        return
    code = 1
    try:
        do()
        code = 0
    except Refused as error:
        Said(sentence(error)).show()
    except BaseException:  # noqa: BLE001 - whatever it is, only its parent goes on
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def listen(desk: Settings) -> socket.socket:
    """Hold the port from now on: the one asked for, or the first free one from 5000 on.

    Raises:
        Refused: the port is taken, or the host is not of this machine.
    """
    wanted = [desk.port] if desk.port else range(FIRST_PORT, FIRST_PORT + PORTS_TO_TRY)
    for port in wanted:
        try:
            family = socket.AF_INET6 if ":" in desk.host else socket.AF_INET
            return socket.create_server((desk.host, port), family=family, backlog=1024)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                reason = f"{desk.host} port {port} cannot be used ({error.strerror})."
                raise Refused("settings.bad", name="ASSAY_HOST", reason=reason) from error
    raise Refused("port.taken", port=wanted[0])


def _prepare_database(desk: Settings) -> None:
    copy = opening.bring_up_to_date(desk)
    if copy is not None:
        click.echo(f"The database as it was: {copy}", err=True)
    database = Database(desk.database_url)
    try:
        with database.reading() as session:
            is_first_start = projects.is_empty(session)
        if is_first_start:
            _seed(database)
        # Here, so that the process that does jobs need not, which would keep 3 MB for it.
        look_after(database)
    finally:
        database.dispose()


def _seed(database: Database) -> None:
    # Only a first start needs what reads articles.
    from app.cli.seed import seed  # noqa: PLC0415

    click.echo("Putting in the seed data.", err=True)
    seed(database)


def _first_link(desk: Settings, base: str) -> str | None:
    """A link that signs an admin in once, while nobody can sign in with a password."""
    database = Database(desk.database_url)
    try:
        with database.reading() as session:
            if people.anyone_has_password(session):
                return None
        with database.write() as session:
            return new_link(session, _first_admin(session), base=base)
    finally:
        database.dispose()


def _first_admin(session: Session) -> PersonRecord:
    everybody = [line.person for line in people.people(session, CONSOLE)]
    admins = {person.id: person for person in everybody if person.is_admin and person.is_active}
    if admins:
        return admins[min(admins)]
    return add_person(session, CONSOLE, email=ADMIN_EMAIL, name=ADMIN_NAME, is_admin=True)


def _address(desk: Settings, door: socket.socket) -> str:
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - told apart, not opened
    host = everywhere.get(desk.host, f"[{desk.host}]" if ":" in desk.host else desk.host)
    return f"http://{host}:{door.getsockname()[1]}"


def _greet(desk: Settings, base: str, *, link: str | None) -> None:
    click.echo(f"Assay is at {base}")
    click.echo(f"Database: {_where(desk)}")
    if link is not None:
        click.echo(f"Sign in, once, with this link: {link}")
    if opening.is_temporary(desk):
        said = "This folder is emptied by the machine: set ASSAY_INSTANCE to one that stays."
        click.echo(said, err=True)
    click.echo("Ctrl+C ends it.", err=True)


def _where(desk: Settings) -> str:
    """The file and its size, so that a desk over another, empty one is seen at once."""
    path = migrate.sqlite_path(desk.database_url)
    if path is None:
        return "PostgreSQL"
    return f"{path.absolute()} ({path.stat().st_size / 1_000_000:.1f} MB)"
