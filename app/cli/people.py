"""``assay user``: letting people in and handing out one-time links."""

import sys

import click
from sqlmodel import Session

from app.auth import links, passwords
from app.cli import opening
from app.domain.actors import CONSOLE
from app.domain.errors import Missing
from app.domain.records import PersonRecord
from app.domain.words import Role
from app.storage import people as questions
from app.storage import projects
from app.workflow import people

ADMIN = "admin"
ROLES = (ADMIN, *(role.value for role in Role))


@click.group()
def user() -> None:
    """Let people in."""


@user.command()
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), required=True, help="What they will be.")
@click.option("--project", "slug", metavar="SLUG", help="Where; for every role but admin.")
@click.option("--name", help="How they are called; default: what stands before the @.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(email: str, role: str, slug: str | None, *, name: str | None, password_stdin: bool) -> None:
    """Add a person, or a role to one who is here already.

    Without a password this prints a link that signs them in once.
    """
    if role != ADMIN and slug is None:
        raise click.UsageError(f"A role is held in a project: add --project SLUG to --role {role}.")
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    hashed = None if password is None else _hash(password, email)
    with opening.open_database() as database, database.write() as session:
        person = _person(session, email, name=name, is_admin=role == ADMIN)
        if slug is not None and role != ADMIN:
            _add_role(session, person, slug=slug, role=Role(role))
        if hashed is not None:
            person = people.set_password(session, CONSOLE, person.public_id, password_hash=hashed)
        link = None if person.has_password else new_link(session, person)
    where = "" if slug is None or role == ADMIN else f" in {slug}"
    click.echo(f"{person.email} is {role}{where}.", err=True)
    if link is not None:
        click.echo(link)


@user.command("link")
@click.argument("email")
def link_command(email: str) -> None:
    """Print a link that signs a person in once, as when a password was forgotten."""
    with opening.open_database() as database, database.write() as session:
        person = questions.by_email(session, email)
        if person is None:
            raise Missing("person.missing")
        link = new_link(session, person)
    click.echo(link)


def new_link(session: Session, person: PersonRecord, *, base: str | None = None) -> str:
    """The address that signs a person in once; older ones end."""
    link = links.new_link()
    people.make_link(
        session,
        CONSOLE,
        person.public_id,
        token_hash=link.token_hash,
        expires_at=link.expires_at,
    )
    return (base or _base()) + link.path


def _base() -> str:
    """Where the desk is reached, as far as the settings tell."""
    desk = opening.settings()
    return desk.url or f"http://127.0.0.1:{desk.port or 5000}"


def _person(session: Session, email: str, *, name: str | None, is_admin: bool) -> PersonRecord:
    found = questions.by_email(session, email)
    if found is None:
        called = name or email.partition("@")[0] or email
        return people.add_person(session, CONSOLE, email=email, name=called, is_admin=is_admin)
    if is_admin:
        return people.set_admin(session, CONSOLE, found.public_id, is_admin=True)
    return found


def _add_role(session: Session, person: PersonRecord, *, slug: str, role: Role) -> None:
    project = projects.by_slug(session, CONSOLE, slug)
    people.add_role(session, CONSOLE, person.public_id, project_id=project.id, role=role)


def _hash(password: str, email: str) -> str:
    passwords.check_new_password(password, email=email)
    return passwords.hash_password(password)
