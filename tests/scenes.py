"""A project with people, claims and checks, made through the verbs: what most tests begin with."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select
from sqlmodel import col, select

from app.domain.actors import CONSOLE, Actor
from app.domain.ids import now
from app.domain.words import BarReason, Decides, Role
from app.storage.session import Database
from app.storage.tables import (
    Bar,
    Claim,
    ClaimRound,
    Event,
    Project,
    Review,
    Ruling,
)
from app.workflow import claims, lending, reviews, rulings
from app.workflow.agents import HopValues
from app.workflow.claims import NewClaim
from app.workflow.projects import NewProject
from app.workflow.reviews import ReviewValues
from app.workflow.rulings import RulingValues
from app.workflow.sources import SourceValues
from tests.written import write_claim, write_person, write_project

# Tables that no verb of checking or settling writes to.
PEOPLE = {"person", "membership"}
LEADS = (Role.EDITOR, Role.ADJUDICATOR)
SOURCE = SourceValues(url="https://example.org/figures", title="Figures", quote="They say so.")


@cache
def questions_of_state() -> dict[str, Select[Any]]:
    """Every row of each table but those of people, by the name of the table."""
    tables = [t for t in Claim.metadata.sorted_tables if t.name not in PEOPLE]
    return {table.name: table.select().order_by(table.c.id) for table in tables}


def answer(verdict: str = "false", **values: Any) -> ReviewValues:
    """A check as its form would send it; a form of its own unless one is named."""
    return ReviewValues(verdict=verdict, **{"form_key": uuid.uuid4().hex, **values})


class Scene:
    """One project; verbs run each in a transaction of their own."""

    def __init__(
        self,
        database: Database,
        *,
        slug: str = "desk",
        decides: Decides = Decides.INDEPENDENT,
        reviews_wanted: int = 2,
        **values: Any,
    ) -> None:
        self.database = database
        title = slug.title()
        wanted = {"decides": decides, "reviews_wanted": reviews_wanted, **values}
        new = NewProject(slug=slug, title=title, **wanted)
        self.project = write_project(database, new)
        self.id = self.project.id
        self._texts = 0

    def do(self, verb: Callable[..., Any], *args: Any, **values: Any) -> Any:
        """A verb in one transaction: committed, or nothing at all."""
        with self.database.write() as session:
            return verb(session, *args, **values)

    def ask(self, question: Callable[..., Any], *args: Any, **values: Any) -> Any:
        """A question in a session that cannot write."""
        with self.database.reading() as session:
            return question(session, *args, **values)

    def rows(self, kind: type, *where: Any) -> list[Any]:
        """Rows as they stand, in the order of their keys."""
        with self.database.reading() as session:
            return list(session.exec(select(kind).where(*where).order_by(col(kind.id))))

    def person(self, name: str, *roles: Role, admin: bool = False) -> Actor:
        """Somebody with roles in this project; the name is the address too."""
        values = {"email": f"{name.lower()}@example.org", "name": name, "is_admin": admin}
        return write_person(self.database, self.id, *roles, **values)

    def reviewers(self, *names: str) -> list[Actor]:
        """Several who check."""
        return [self.person(name, Role.REVIEWER) for name in names]

    def claim(self, text: str = "", *, said_by: str | None = None, **values: Any) -> str:
        """A claim to check; ``values`` are columns of its row."""
        self._texts += 1
        text = text or f"Claim number {self._texts}."
        if said_by is None:
            public_id = write_claim(self.database, self.id, text)
        else:
            new = NewClaim(text=text, hops=(HopValues(agent=said_by),))
            public_id = self.do(claims.add_claim, CONSOLE, self.id, values=new)
        if values:
            self.change(Claim, public_id, **values)
        return public_id

    def change(self, kind: type, public_id: str, **values: Any) -> None:
        """Set columns of a row behind the verbs' back."""
        with self.database.write() as session:
            row = session.exec(select(kind).where(kind.public_id == public_id)).one()
            for name, value in values.items():
                setattr(row, name, value)

    def bar(self, who: Actor, claim_id: str, reason: BarReason = BarReason.CONFLICT) -> None:
        """Keep somebody from checking a claim, behind the verbs' back."""
        key = self.claim_row(claim_id).key
        with self.database.write() as session:
            session.add(Bar(claim_id=key, person_id=who.person, reason=reason))

    def take(self, actor: Actor) -> str | None:
        return self.do(lending.take, actor, self.id)

    def submit(self, actor: Actor, review_id: str, verdict: str = "false", **values: Any):
        return self.do(reviews.submit, actor, review_id, values=answer(verdict, **values))

    def check(self, actor: Actor, verdict: str = "false", **values: Any) -> str:
        """Take the next claim and answer it; the review's id."""
        review_id = self.take(actor)
        assert review_id is not None, "nothing to check"
        self.submit(actor, review_id, verdict, **values)
        return review_id

    def settle(self, actor: Actor, claim_id: str, verdict: str = "false", **values: Any) -> None:
        self.do(rulings.settle, actor, claim_id, values=RulingValues(verdict=verdict, **values))

    def let_lapse(self, review_id: str) -> None:
        """The lease of a check ran out an hour ago."""
        self.change(Review, review_id, lease_until=now() - timedelta(hours=1))

    def let_choose(self) -> None:
        """Checkers may take a claim of their own choice here."""
        self.change(Project, self.project.public_id, may_choose=True)

    def draft(self, actor: Actor, review_id: str, text: str = "half a thought") -> None:
        """Something was typed and not sent."""
        self.do(reviews.save_draft, actor, review_id, body={"rationale": text}, draft_version=None)

    def claim_row(self, claim_id: str) -> Claim:
        return self.rows(Claim, Claim.public_id == claim_id)[0]

    def review_row(self, review_id: str) -> Review:
        return self.rows(Review, Review.public_id == review_id)[0]

    def claim_of(self, review_id: str | None) -> str:
        """The claim that a check is of."""
        assert review_id is not None
        return self.rows(Claim, Claim.id == self.review_row(review_id).claim_id)[0].public_id

    def round_of(self, claim_id: str) -> ClaimRound:
        return self.rows(ClaimRound, ClaimRound.claim_id == self.claim_row(claim_id).key)[-1]

    def rulings_of(self, claim_id: str) -> list[Ruling]:
        return self.rows(Ruling, Ruling.claim_id == self.claim_row(claim_id).key)

    def events(self, action: str | None = None) -> list[Event]:
        where = [] if action is None else [Event.action == action]
        return self.rows(Event, *where)

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything that the verbs of checking could change, to see that they did not."""
        kept = {}
        with self.database.reading() as session:
            connection = session.connection()
            for name, question in questions_of_state().items():
                kept[name] = [tuple(map(repr, row)) for row in connection.execute(question)]
        return kept
