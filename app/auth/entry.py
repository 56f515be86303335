"""Signing in with a password: throttled, and telling nothing about which accounts exist."""

from app.auth import passwords, throttle
from app.domain.actors import SYSTEM
from app.domain.errors import Invalid
from app.domain.records import PersonRecord
from app.storage import people
from app.storage.session import Database
from app.workflow.people import renew_hash


def sign_in(
    database: Database, secret: str, *, email: str, password: str, address: str
) -> PersonRecord:
    """The person with this address and password.

    Raises:
        Invalid: there is none; the same for an unknown account, a wrong password, a closed one.
        WrongState: too many attempts failed.
    """
    attempt = throttle.attempt(database, secret, email=email, address=address)
    with database.reading() as session:
        found = people.password_of(session, email)
    stored = None if found is None else found[1]
    if not passwords.is_password(stored, password) or found is None or stored is None:
        raise Invalid("sign-in.wrong")
    attempt.succeeded()
    if passwords.needs_rehash(stored):
        renewed = passwords.hash_password(password)
        with database.write() as session:
            renew_hash(session, SYSTEM, found[0].public_id, password_hash=renewed)
    return found[0]


def is_own_password(
    database: Database, secret: str, *, person: PersonRecord, password: str, address: str
) -> bool:
    """Whether somebody who is signed in knows their password; counted as signing in is.

    Raises:
        WrongState: too many attempts failed.
    """
    try:
        sign_in(database, secret, email=person.email, password=password, address=address)
    except Invalid:
        return False
    return True
