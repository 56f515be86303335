"""Taking in articles: one text is one article, a changed one another text of it."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.errors import Invalid, Missing, NotAllowed
from app.domain.words import ClaimState, Decides, Role
from app.storage.tables import Agent, Article, Claim, ClaimRound, Hop, Quantity, Snapshot
from app.workflow import articles, claims
from app.workflow.agents import HopValues
from app.workflow.articles import NewArticle, Suggestion
from app.workflow.claims import NewClaim
from app.workflow.quantities import FigureValues
from tests.cases import in_turn
from tests.scenes import Scene

TEXT = "Apples are red.\n\nBread is dear. Milk costs 2 euros, said Ann to Ben."


def article_with(scene, *, quotes, text=TEXT):
    """An article and claims with these quotes, in the order given."""
    taken = scene.do(articles.add_article, CONSOLE, scene.id, values=NewArticle(text=text))
    return [
        scene.do(
            claims.add_claim,
            CONSOLE,
            scene.id,
            values=NewClaim(text=quote, quote=quote),
            article_id=taken.article_id,
        )
        for quote in quotes
    ]


def suggestion(quote, **values):
    start = TEXT.index(quote)
    return Suggestion(text=quote, quote=quote, start=start, end=start + len(quote), **values)


@pytest.fixture
def scene(database):
    return Scene(database, decides=Decides.SIGNOFF, reviews_wanted=1)


@pytest.fixture
def editor(scene):
    return scene.person("Ed", Role.EDITOR)


def test_an_article_brings_its_suggestions_with_chain_and_figures(scene, editor):
    milk = suggestion(
        "Milk costs 2 euros",
        checkworthiness=0.7,
        reasons=("figure",),
        hops=(HopValues(agent="Ben"), HopValues(agent="Ann", cue="said")),
        quantities=(FigureValues(value=2, unit="EUR", raw="2 euros"),),
    )
    taken = scene.do(
        articles.add_article,
        editor,
        scene.id,
        values=NewArticle(text=TEXT),
        suggestions=[milk, suggestion("Apples are red.")],
    )
    assert (taken.is_known, taken.suggested, taken.opened) == (False, 2, 0)
    rows = scene.rows(Claim)
    assert [row.state for row in rows] == [ClaimState.CANDIDATE] * 2
    assert all(TEXT[row.start : row.end] == row.quote for row in rows)
    assert {row.name for row in scene.rows(Agent)} == {"Ann", "Ben"}
    assert [hop.position for hop in scene.rows(Hop)] == [0, 1]
    assert scene.rows(Quantity)[0].value == 2
    assert scene.rows(Article)[0].title == "Apples are red."


def test_the_same_text_again_is_the_same_article_and_writes_nothing(scene, editor):
    values = NewArticle(text=TEXT, url="https://example.org/a")
    first = scene.do(articles.add_article, editor, scene.id, values=values)
    before = scene.state()
    again = scene.do(
        articles.add_article,
        editor,
        scene.id,
        values=NewArticle(text=TEXT, title="Other"),
        suggestions=[suggestion("Apples are red.")],
    )
    assert again.is_known
    assert again.article_id == first.article_id
    assert scene.state() == before


def test_a_changed_text_at_the_same_address_is_a_new_snapshot(scene, editor):
    for text, url in (
        (TEXT, "https://example.org/a"),
        (TEXT + " Amended.", "https://EXAMPLE.org/a#top"),
    ):
        scene.do(articles.add_article, editor, scene.id, values=NewArticle(text=text, url=url))
    assert len(scene.rows(Article)) == 1
    assert [row.text for row in scene.rows(Snapshot)] == [TEXT, TEXT + " Amended."]


def test_the_same_text_in_another_project_is_another_article(scene, database, editor):
    other = Scene(database, slug="other")
    for project in (scene, other):
        project.do(articles.add_article, CONSOLE, project.id, values=NewArticle(text=TEXT))
    assert len(scene.rows(Article)) == 2


def test_suggestions_from_the_projects_mark_on_are_opened_at_once(database):
    scene = Scene(database, slug="data", open_from=0.5, reviews_wanted=2)
    taken = scene.do(
        articles.add_article,
        CONSOLE,
        scene.id,
        values=NewArticle(text=TEXT),
        suggestions=[
            suggestion("Milk costs 2 euros", checkworthiness=0.5),
            suggestion("Apples are red.", checkworthiness=0.4),
            suggestion("Bread is dear."),
        ],
    )
    assert (taken.suggested, taken.opened) == (2, 1)
    assert [row.slots_free for row in scene.rows(Claim)] == [2, 0, 0]
    assert len(scene.rows(ClaimRound)) == 1


@in_turn(
    ("values", "field"),
    [
        ({"text": " \n "}, "text"),
        ({"text": "x" * (articles.MAX_TEXT + 1)}, "text"),
        ({"text": TEXT, "url": "javascript:alert(1)"}, None),
        ({"text": TEXT, "published": "soon"}, None),
    ],
)
def test_what_cannot_be_an_article_leaves_nothing_behind(scene, editor, values, field):
    before = scene.state()
    with pytest.raises(Invalid) as refusal:
        scene.do(articles.add_article, editor, scene.id, values=NewArticle(**values))
    assert field is None or refusal.value.values["field"] == field
    assert scene.state() == before


def test_a_suggestion_that_does_not_quote_its_text_is_refused_whole(scene, editor):
    before = scene.state()
    wrong = Suggestion(text="x", quote="Apples", start=1, end=7)
    with pytest.raises(Invalid, match=r"quote\.missing"):
        scene.do(
            articles.add_article,
            editor,
            scene.id,
            values=NewArticle(text=TEXT),
            suggestions=[wrong],
        )
    assert scene.state() == before


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR, Role.VIEWER])
def test_only_editors_add_articles(scene, role):
    somebody = scene.person("Zoe", role)
    with pytest.raises(NotAllowed):
        scene.do(articles.add_article, somebody, scene.id, values=NewArticle(text=TEXT))


def test_a_stranger_cannot_even_learn_that_a_text_is_here(scene):
    scene.do(articles.add_article, CONSOLE, scene.id, values=NewArticle(text=TEXT))
    stranger = scene.person("Sam")
    with pytest.raises(Missing):
        scene.do(articles.add_article, stranger, scene.id, values=NewArticle(text=TEXT))
