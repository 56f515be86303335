"""What the tests of checking share: claims to check, and the form of a check as it is posted."""

from sqlmodel import col, select

from app.domain.actors import CONSOLE
from app.domain.words import AgentKind, Mode
from app.storage.tables import Claim, Draft, Hop, Review, ReviewVersion
from app.workflow.agents import HopValues
from app.workflow.articles import NewArticle, Suggestion, add_article
from app.workflow.claims import NewClaim, PickValues, add_claim, pick
from app.workflow.quantities import FigureValues
from tests.written import write_claim

CHAIN = (
    HopValues(agent="CBS News", kind=AgentKind.ORGANISATION, cue="reported", mode=Mode.PARAPHRASE),
    HopValues(agent="a White House official", kind=AgentKind.UNNAMED, is_named=False),
    HopValues(agent="Donald Trump", cue="stressed", mode=Mode.DIRECT),
)
LINE = "Fact {n} is that the town counted {n} new bridges in one year."


def article(database, project, *, claims=3, hops=(), filler="", **values):
    """An article with some claims that wait to be checked; gives back their public ids."""
    lines = [LINE.format(n=n) for n in range(1, claims + 1)]
    text = "\n\n".join(f"Before it. {line} After it. {filler}".strip() for line in lines)
    suggestions = [
        Suggestion(
            text=line,
            quote=line,
            start=text.index(line),
            end=text.index(line) + len(line),
            reasons=("a sum of money",),
            hops=tuple(hops),
            quantities=(FigureValues(value=n, unit="bridge", raw=f"{n} bridges", period=None),),
        )
        for n, line in enumerate(lines, start=1)
    ]
    kept = {"title": "Bridges", "publisher": "Town Paper", "published": "2025-09-04", **values}
    with database.write() as session:
        taken = add_article(
            session,
            CONSOLE,
            project.id,
            values=NewArticle(text=text, **kept),
            suggestions=suggestions,
        )
        names = session.exec(
            select(Claim.public_id)
            .where(col(Claim.text).in_(lines), Claim.project_id == project.id)
            .order_by(col(Claim.id))
        ).all()
        for name in names:
            pick(session, CONSOLE, name, values=PickValues())
    assert taken.suggested == claims
    return list(names)


def lone_claim(database, project, text="The tower is 30 metres high.", **values):
    """A claim without an article."""
    if not values:
        return write_claim(database, project.id, text)
    with database.write() as session:
        return add_claim(session, CONSOLE, project.id, values=NewClaim(text=text, **values))


def start(client, project):
    """Take a claim; the public id of the check."""
    answer = client.post(f"/projects/{project.slug}/review")
    assert answer.status_code == 303
    place = answer.location
    assert place.startswith("/reviews/"), place
    return place.removeprefix("/reviews/")


def fields(page, review):
    """The form of a check as a browser would send it as it stands."""
    return {name: found[0] for name, found in page.form(f"/reviews/{review}").items()}


def versions(database, review):
    """Every stored version of a check, oldest first."""
    with database.reading() as session:
        return session.exec(
            select(ReviewVersion)
            .join(Review, col(Review.id) == col(ReviewVersion.review_id))
            .where(Review.public_id == review)
            .order_by(col(ReviewVersion.number))
        ).all()


def row(database, review):
    """The row of a check."""
    with database.reading() as session:
        return session.exec(select(Review).where(Review.public_id == review)).one()


def draft(database, review):
    """The body of a check's draft, None where there is none."""
    with database.reading() as session:
        found = session.exec(
            select(Draft)
            .join(Review, col(Review.id) == col(Draft.review_id))
            .where(Review.public_id == review)
        ).first()
    return None if found is None else found.body


def hop_ids(database, claim):
    """The keys of a claim's hops, nearest the reader first."""
    with database.reading() as session:
        return session.exec(
            select(Hop.id)
            .join(Claim, col(Claim.id) == col(Hop.claim_id))
            .where(Claim.public_id == claim)
            .order_by(col(Hop.position))
        ).all()
