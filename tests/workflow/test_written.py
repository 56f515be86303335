"""What tests write as rows is what the verbs write."""

import pytest

from app.domain.actors import CONSOLE
from app.domain.words import Decides, Role
from app.storage.people import actor_of
from app.storage.tables import ClaimRound, Membership, Person, Quantity, Round
from app.workflow.claims import NewClaim, add_claim
from app.workflow.projects import NewProject, add_project
from tests.scenes import Scene, questions_of_state
from tests.written import write_claim, write_person, write_project

# What is another one each time, and keys, of which only counts which row they are of.
NEW = {"public_id", "created_at", "at", "picked_at", "pseudonym_key", "slug", "thing", "claim"}
KEYS = {"id", "project_id", "claim_id", "round_id"}
KEYS_OF = {"queue_change": {"number"}, "kept_count": {"part", "shard"}}
FIGURES = "Milk costs 2 euros, 12 percent more than in 2019."


def rows_of(database) -> dict[str, list[dict]]:
    """The rows of each table, of which what is new each time is only there or not."""
    with database.reading() as session:
        connection = session.connection()
        return {
            name: [
                {c: row[c] is None if c in NEW else row[c] for c in row}
                for row in connection.execute(question).mappings()
            ]
            for name, question in questions_of_state().items()
        }


def written_by(database, do) -> tuple[object, dict[str, list[dict]]]:
    """What was done answered, and the rows that came in with it, without their keys."""
    before = {name: {row["id"] for row in rows} for name, rows in rows_of(database).items()}
    answer = do()
    return answer, {
        # Triggers of one statement write in whatever order.
        name: sorted(
            (
                {c: row[c] for c in row if c not in KEYS | KEYS_OF.get(name, set())}
                for row in rows
                if row["id"] not in before[name]
            ),
            key=repr,
        )
        for name, rows in rows_of(database).items()
    }


def added(database, slug, values):
    with database.write() as session:
        return add_project(session, CONSOLE, values=NewProject(slug=slug, title="A", **values))


@pytest.mark.parametrize(
    "values",
    [
        {"decides": Decides.SIGNOFF},
        {"decides": Decides.SINGLE, "saves_copies": True},
        {"decides": Decides.INDEPENDENT, "reviews_wanted": 3, "asks_questions": True},
        {"decides": Decides.INDEPENDENT, "reviews_wanted": 2, "scheme": "cofacts-4"},
    ],
)
def test_a_project_is_written_as_the_verb_writes_it(database, values):
    write_project(database, NewProject(slug="first", title="A", **values))
    verbs, wanted = written_by(database, lambda: added(database, "verbs", values))
    alike = NewProject(slug="rows", title="A", **values)
    rows, found = written_by(database, lambda: write_project(database, alike))

    assert found == wanted
    assert sorted(name for name, new in found.items() if new) == ["event", "project", "round"]
    told = {name for name in rows.__slots__ if getattr(rows, name) != getattr(verbs, name)}
    assert told == {"id", "public_id", "slug", "pseudonym_key"}


@pytest.mark.parametrize(
    "text", ["Bread is dear.", FIGURES, "Teuer ist das Brot, im Schnitt 2 Euro."]
)
def test_a_claim_is_written_as_the_verb_writes_it(database, text):
    scenes = [Scene(database, slug=slug, reviews_wanted=3) for slug in ("first", "verbs", "rows")]
    write_claim(database, scenes[0].id, text)
    new = NewClaim(text=text)
    _id, wanted = written_by(
        database, lambda: scenes[1].do(add_claim, CONSOLE, scenes[1].id, values=new)
    )
    public_id, found = written_by(database, lambda: write_claim(database, scenes[2].id, text))

    assert found == wanted
    assert [len(found[name]) for name in ("claim", "claim_round", "event")] == [1, 1, 1]
    assert bool(found["quantity"]) == any(letter.isdigit() for letter in text)
    row, [entry] = scenes[2].claim_row(public_id), scenes[2].rows(ClaimRound)[-1:]
    assert (row.project_id, entry.claim_id) == (scenes[2].id, row.id)
    assert scenes[2].rows(Round, Round.project_id == row.project_id)[0].id == entry.round_id
    assert {one.claim_id for one in scenes[2].rows(Quantity)[-len(found["quantity"]) :]} <= {row.id}
    assert scenes[2].events("claim.add")[-1].claim == public_id
    [agent] = scenes[2].reviewers("Ann")
    assert scenes[2].claim_of(scenes[2].take(agent)) == public_id


def test_the_same_claim_twice_is_one(database):
    scene = Scene(database)
    first = write_claim(database, scene.id, "Bread is dear.")

    assert write_claim(database, scene.id, " Bread  is dear. ") == first
    assert write_claim(database, scene.id, "Bread is dear.") == first
    assert len(scene.events("claim.add")) == 1


@pytest.mark.parametrize(
    ("roles", "is_admin"),
    [((), False), ((), True), ((Role.REVIEWER,), False), ((Role.EDITOR, Role.ADJUDICATOR), True)],
)
def test_a_person_is_who_the_desk_takes_them_for(database, roles, is_admin):
    scene = Scene(database)
    named = {"name": "Ann", "email": "ann@example.org", "is_admin": is_admin}
    actor = write_person(database, scene.id, *roles, **named)

    [row] = scene.rows(Person)
    assert scene.ask(actor_of, row.public_id) == actor
    usual = Person.model_validate(named)
    exclude = {"id", "public_id", "created_at"}
    assert row.model_dump(exclude=exclude) == usual.model_dump(exclude=exclude)
    assert [one.role for one in scene.rows(Membership)] == list(roles)
