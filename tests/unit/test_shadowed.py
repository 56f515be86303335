"""The check of all questions of the suite finds what it is there for, and nothing else."""

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, exists, func, select, update

from tests import shadowed

KNOWN = MetaData()
CLAIM, PERSON, BAR = (
    Table(name, KNOWN, Column("id", Integer), Column("claim", Integer), Column("person", Integer))
    for name in ("claim", "person", "bar")
)
OTHER = CLAIM.alias()
BARRED = exists().where(BAR.c.claim == CLAIM.c.id)


def among_people(part):
    """A number of people by a part, for the claim of a question around it."""
    return select(func.count()).select_from(PERSON).where(part).correlate(CLAIM).scalar_subquery()


QUESTIONS = {
    "one level down": (select(CLAIM.c.id).where(BARRED), 0),
    "two levels down": (select(CLAIM.c.id).where(among_people(BARRED) < 2), 1),
    "two levels down, said outright": (
        select(CLAIM.c.id).where(among_people(BARRED.correlate_except(BAR)) < 2),
        0,
    ),
    "of another name": (
        select(OTHER.c.id).where(
            select(func.count())
            .select_from(PERSON)
            .where(exists().where(BAR.c.claim == OTHER.c.id))
            .scalar_subquery()
            < 2
        ),
        1,
    ),
    "a number, not whether there is one": (
        select(CLAIM.c.id).where(
            among_people(
                select(func.count()).where(BAR.c.claim == CLAIM.c.id).scalar_subquery() > 1
            )
            < 2
        ),
        1,
    ),
    "in a change": (update(CLAIM).values(person=1).where(among_people(BARRED) < 2), 1),
    "of any claim, of which the whole has none": (select(PERSON.c.id).where(BARRED), 0),
    "a list by itself": (select(CLAIM.c.id).where(CLAIM.c.id.in_(select(BAR.c.claim))), 0),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_a_part_names_once_more(question):
    statement, times = QUESTIONS[question]
    shadowed.heard()

    words = str(statement)

    found = shadowed.heard()
    assert len(found) == times, words
    assert all("FROM bar" in part for part in found)
