"""A desk that decides: articles with suggestions, and an editor who picks what is about the harbour."""

from functools import cache

from sqlmodel import col, select

from app.domain.words import ClaimState, Role
from app.extraction.checkworthy import Weights
from app.extraction.checkworthy.weights import shipped
from app.storage.tables import Claim
from app.workflow.articles import NewArticle, Suggestion, add_article
from app.workflow.claims import PickValues, drop, pick
from app.workflow.learning import fitted, learn, lessons
from app.workflow.reading import read
from app.workflow.weights import put_in_use, weights_in_use
from tests.scenes import Scene

# Of both kinds extraction thinks alike; this desk does not.
WANTED = "Harbour dues in {place} rose by {number} percent in May, the port office said."
UNWANTED = "School meals in {place} rose by {number} percent in May, the council said."
PLACES = (
    "Aldeburn",
    "Brightmere",
    "Coldwell",
    "Dunmore",
    "Eastwick",
    "Fairholm",
    "Glenrow",
    "Hayle",
)


def article_text(number: int) -> str:
    """Two claims about the harbour and two about school meals, in other words in each article."""
    place = PLACES[number % len(PLACES)]
    lines = (WANTED, UNWANTED, WANTED, UNWANTED)
    return "\n\n".join(
        line.format(place=place, number=10 * number + at + 11) for at, line in enumerate(lines)
    )


@cache
def _as_shipped(text: str) -> tuple[Suggestion, ...]:
    return read(NewArticle(text=text)).suggestions


def found_in(text: str, weights: Weights) -> tuple[Suggestion, ...]:
    """The suggestions of a text: with the weights that come with Assay each is read once for all desks."""
    if weights is shipped():
        return _as_shipped(text)
    return read(NewArticle(text=text), weights=weights).suggestions


class DecidingDesk:
    """``desk.decide()`` picks and drops; ``desk.learn()`` keeps a new version of weights."""

    def __init__(self, database, articles: int = 8, **values) -> None:
        self.scene = Scene(database, **values)
        self.database, self.id = database, self.scene.id
        self.editor = self.scene.person(f"Eda-{self.scene.project.slug}", Role.EDITOR)
        for number in range(articles):
            self.add(article_text(number))

    def add(self, text: str, actor=None) -> str:
        """Take an article in, as the pages do. Answers its id."""
        weights = self.scene.ask(weights_in_use, self.id)
        taken = self.scene.do(
            add_article,
            actor or self.editor,
            self.id,
            values=NewArticle(text=text),
            suggestions=found_in(text, weights),
        )
        return taken.article_id

    def claims(self, *where) -> list[Claim]:
        query = select(Claim).where(Claim.project_id == self.id, *where).order_by(col(Claim.id))
        with self.database.reading() as session:
            return list(session.exec(query))

    def suggestions(self, *where) -> list[Claim]:
        return self.claims(Claim.state == ClaimState.CANDIDATE, *where)

    def pick(self, *rows: Claim) -> None:
        for row in rows:
            self.scene.do(pick, self.editor, row.public_id, values=PickValues())

    def drop(self, *rows: Claim) -> None:
        for row in rows:
            self.scene.do(drop, self.editor, row.public_id)

    def decide(self, but: int = 0) -> None:
        """Pick what is about the harbour and drop the rest, all but the last few."""
        rows = self.suggestions()
        for row in rows[: len(rows) - but]:
            (self.pick if is_wanted(row) else self.drop)(row)

    def learn(self):
        """What the button does. Answers the record of the weights."""
        values = fitted(self.scene.ask(lessons, self.editor, self.id))
        return self.scene.do(learn, self.editor, self.id, values=values)

    def use(self, weights_id: str | None) -> int:
        """Score with other weights from now on. Answers how many suggestions were scored anew."""
        return put_in_use(self.scene.database, self.editor, self.id, weights_id=weights_id)


def decided_desk(database) -> DecidingDesk:
    """A desk that decided about all but eight suggestions."""
    desk = DecidingDesk(database)
    desk.decide(but=8)
    return desk


def is_wanted(row: Claim) -> bool:
    """Whether this desk wants to check it."""
    return "Harbour" in row.text
