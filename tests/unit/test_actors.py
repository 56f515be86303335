"""What is kept by who asks is kept apart for each, and for each set of roles."""

from app.domain.actors import Actor
from app.domain.words import ActorKind, Role
from app.storage.blind import shows_checks


def somebody(*roles, person_id=1):
    return Actor(kind=ActorKind.PERSON, person_id=person_id, roles={1: frozenset(roles)})


def test_who_asks_with_other_roles_is_somebody_else():
    reviewer = shows_checks(somebody(Role.REVIEWER))

    assert shows_checks(somebody(Role.REVIEWER)) is reviewer
    assert shows_checks(somebody(Role.REVIEWER, Role.EDITOR)) is not reviewer
    assert shows_checks(somebody(Role.REVIEWER, person_id=2)) is not reviewer
    assert shows_checks(somebody()) is not reviewer
