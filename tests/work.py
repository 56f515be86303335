"""Work done on a desk, through the verbs that the pages use."""

import uuid
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import event
from sqlmodel import select

from app.domain.actors import CONSOLE
from app.domain.words import SkipReason
from app.storage.people import actor_of
from app.storage.session import Database
from app.storage.tables import Claim, Person, Review
from app.workflow import claims, lending, reviews, rulings
from app.workflow.agents import HopValues
from app.workflow.rulings import RulingValues
from app.workflow.versions import ReviewValues
from tests.written import write_claim

STEPS_BETWEEN = 10


@dataclass
class Work:
    """``work.claim(project)``, ``work.check(person, project, "true")``, ``work.settle(…)``."""

    database: Database

    def actor(self, person: Person):
        with self.database.reading() as session:
            return actor_of(session, person.public_id)

    def claim(self, project, text: str = "", who: str = "") -> str:
        """A claim to check; with ``who`` it is asked whether it was said. Answers its id."""
        text = text or f"The budget grew by {uuid.uuid4().int % 10**12} euros."
        if not who:
            return write_claim(self.database, project.id, text)
        values = claims.NewClaim(text=text, hops=(HopValues(agent=who),))
        with self.database.write() as session:
            return claims.add_claim(session, CONSOLE, project.id, values=values)

    def suggest(self, project, number: int = 1) -> None:
        """Claims that nobody looked at yet."""
        with self.database.write() as session:
            for n in range(number):
                session.add(Claim(project_id=project.id, text=f"Suggestion {n}"))

    def take(self, person: Person, project) -> str | None:
        with self.database.write() as session:
            return lending.take(session, self.actor(person), project.id)

    def check(self, person: Person, project, verdict: str, said: str | None = None) -> str:
        """The person checks what is next. Answers the check's id."""
        review_id = self.take(person, project)
        assert review_id is not None, "nothing is left to check"
        self.answer(person, review_id, verdict, said)
        return review_id

    def answer(self, person: Person, review_id: str, verdict: str, said: str | None = None) -> None:
        with self.database.write() as session:
            row = session.exec(select(Review).where(Review.public_id == review_id)).one()
            values = ReviewValues(
                verdict=verdict,
                attribution_verdict=said,
                form_key=uuid.uuid4().hex,
                base_version=row.submitted_version,
            )
            reviews.submit(session, self.actor(person), review_id, values=values, lends_next=False)

    def settle(self, person: Person, claim_id: str, verdict: str, said: str | None = None) -> None:
        values = RulingValues(verdict=verdict, attribution_verdict=said, reason="Looked again.")
        with self.database.write() as session:
            rulings.settle(session, self.actor(person), claim_id, values=values)

    def skip(self, person: Person, review_id: str, reason: SkipReason) -> str | None:
        """Pass a claim on. Answers the next check's id."""
        with self.database.write() as session:
            return reviews.skip(session, self.actor(person), review_id, reason=reason)

    def put_off(self, person: Person, review_id: str) -> str | None:
        """Leave a claim for later. Answers the next check's id."""
        with self.database.write() as session:
            return reviews.put_off(session, self.actor(person), review_id)

    def send_back(self, person: Person, review_id: str) -> None:
        with self.database.write() as session:
            reviews.send_back(session, self.actor(person), review_id, question="Since when?")

    def all_of(self, kind: type):
        """Every row of a table."""
        with self.database.reading() as session:
            return session.exec(select(kind)).all()


def listen(database: Database, name: str, note) -> None:
    """Have something noted of every connection to a database."""
    for engine in database.engines:
        event.listen(engine, name, note)


def unlisten(database: Database, name: str, note) -> None:
    """No longer."""
    for engine in database.engines:
        event.remove(engine, name, note)


@contextmanager
def counted(database: Database):
    """The statements that are sent to a database meanwhile."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        sent.append(statement)

    listen(database, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        unlisten(database, "before_cursor_execute", note)


@contextmanager
def steps_of(session):
    """How many steps SQLite's machine makes meanwhile, to the next ten."""
    driver, made = session.connection().connection.driver_connection, [0]

    def step():
        made[0] += STEPS_BETWEEN
        return 0

    driver.set_progress_handler(step, STEPS_BETWEEN)
    try:
        yield made
    finally:
        driver.set_progress_handler(None, 0)
