"""What people are called in files: by pseudonyms that one secret of the project makes, or by name."""

import hashlib
import hmac
from collections.abc import Callable
from functools import partial

from sqlmodel import Session, select

from app.domain.actors import Actor
from app.domain.permissions import Action, ask_leave
from app.domain.records import ProjectRecord
from app.storage.tables import Person

# Names by the key of a person.
Naming = Callable[[int], str]
LENGTH = 10


def names_of_people(session: Session) -> dict[int, str]:
    """Everybody's name, by key."""
    return {person.key: person.name for person in session.exec(select(Person))}


def pseudonym(project: ProjectRecord, person_id: int, *, of: str = "") -> str:
    """A person's name in the files of one project: a keyed hash (HMAC-SHA-256), shortened.

    ``of`` names what a file is of, where its people must not be told to be those of reviews.csv:
    pages show who wrote a comment or corrected a claim, and that would name who checked.
    """
    key = bytes.fromhex(project.pseudonym_key)
    told = f"{of}:{person_id}" if of else str(person_id)
    digest = hmac.new(key, told.encode(), hashlib.sha256).hexdigest()
    return f"{of[:1] or 'r'}-{digest[:LENGTH]}"


def naming(
    session: Session, actor: Actor, project: ProjectRecord, *, names: bool, of: str = ""
) -> Naming:
    """How the people of a file are called: by name, if that is asked for.

    Raises:
        NotAllowed: names are asked for without leave.
    """
    if not names:
        return partial(pseudonym, project, of=of)
    ask_leave(actor, Action.PROJECT_MANAGE, project.id)
    return names_of_people(session).__getitem__
