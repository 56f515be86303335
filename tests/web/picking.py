"""What the tests of articles, picking and claims share: a text whose claims are known."""

from sqlmodel import select

from app.domain.actors import CONSOLE
from app.storage.tables import Article, Claim, Event, Hop, Snapshot
from app.workflow.agents import HopValues
from app.workflow.articles import NewArticle, Suggestion, add_article

TEXT = "The town built 40 bridges in 2024.\n\nIts mayor, Ada Berg, said that taxes fell by half."
BRIDGES, TAXES = "The town built 40 bridges in 2024", "taxes fell by half"


def suggestion(text, quote, *, worth=0.5, hops=(), reasons=("a count",), nth=0):
    """A claim as an extractor finds it."""
    start = -1
    for _time in range(nth + 1):
        start = text.index(quote, start + 1)
    return Suggestion(
        text=f"{quote[0].upper()}{quote[1:]}.",
        quote=quote,
        start=start,
        end=start + len(quote),
        checkworthiness=worth,
        reasons=tuple(reasons),
        hops=tuple(HopValues(agent=name) for name in hops),
    )


def take_in(database, project, text=TEXT, found=None, **values):
    """An article with its suggestions; its public id."""
    if found is None:
        found = (
            suggestion(text, BRIDGES, worth=0.4),
            suggestion(text, TAXES, worth=0.9, hops=["Ada Berg"], reasons=["a sum of money"]),
        )
    kept = {"title": "Bridges", "publisher": "Town Paper", "published": "2025-09-04", **values}
    with database.write() as session:
        taken = add_article(
            session,
            CONSOLE,
            project.id,
            values=NewArticle(text=text, **kept),
            suggestions=tuple(found),
        )
    return taken.article_id


def rows(database, kind):
    """Every row of a table, oldest first."""
    with database.reading() as session:
        return session.exec(select(kind).order_by(kind.id)).all()


def claim(database, text):
    """The claim whose words begin so."""
    return next(row for row in rows(database, Claim) if row.text.startswith(text))


def kept(database):
    """Everything that these pages could change, to see that they did not."""
    return [repr(rows(database, kind)) for kind in (Article, Snapshot, Claim, Hop, Event)]


def stand(page, tag, name):
    """The elements of a tag that carry a class."""
    return [e for e in page.all(tag) if name in e.get("class", "").split()]
