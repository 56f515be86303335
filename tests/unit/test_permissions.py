"""Who may do what, read off the table."""

import pytest

from app.domain.actors import CONSOLE, SYSTEM, Actor
from app.domain.errors import Missing, NotAllowed
from app.domain.permissions import ADMIN_ONLY, ROLES, SIGNED_IN, Action, ask_leave, may
from app.domain.words import ActorKind, Role
from tests.cases import in_turn

HERE, ELSEWHERE = 1, 2
EVERYBODY = "editor reviewer adjudicator viewer"

# What the desk promises, written down a second time on purpose.
PROMISED = {
    Action.PROJECT_VIEW: EVERYBODY,
    Action.EXPORT_TAKE: EVERYBODY,
    Action.PROJECT_MANAGE: "editor",
    Action.ARTICLE_ADD: "editor",
    Action.CLAIM_ADD: "editor",
    Action.CLAIM_PICK: "editor",
    Action.CLAIM_EDIT: "editor",
    Action.CLAIM_IMPORT: "editor",
    Action.CLAIM_UNBLIND: "editor adjudicator",
    Action.CLAIM_SETTLE: "editor adjudicator",
    Action.REVIEW_TAKE: "reviewer",
    Action.REVIEW_SEE_ALL: "editor adjudicator",
    Action.CLAIM_ASSIGN: "editor",
    Action.CLAIM_PLAN: "editor",
    Action.CLAIM_PUBLISH: "editor adjudicator",
    Action.CLAIM_CORRECT: "editor adjudicator",
    Action.AGENT_EDIT: "editor",
    Action.REPLY_ADD: "editor reviewer adjudicator",
    Action.COMMENT_ADD: "editor reviewer adjudicator",
    Action.REPORT_VIEW: "editor adjudicator",
    Action.FILTER_SHARE: "editor adjudicator",
    Action.ROUND_OPEN: "editor",
    Action.BATCH_EDIT: "editor",
    Action.GOLD_SET: "editor",
    Action.INTEREST_DECLARE: "editor reviewer adjudicator",
    Action.WEIGHTS_LEARN: "editor",
    Action.EXTRACTION_ASK: "editor",
    Action.SOURCE_EDIT: "editor",
    Action.COPY_ADD: "editor reviewer adjudicator",
    Action.FLAG_CLEAR: "editor adjudicator",
}


def person(*roles: Role, project_id: int = HERE, is_admin: bool = False) -> Actor:
    held = {project_id: frozenset(roles)} if roles else {}
    return Actor(kind=ActorKind.PERSON, person_id=7, is_admin=is_admin, roles=held)


@in_turn("role", Role)
@in_turn("action", PROMISED)
def test_a_role_may_what_the_table_says(action, role):
    assert may(person(role), action, HERE) == (role.value in PROMISED[action].split())


def test_every_action_has_its_place_in_one_table():
    places = [*ROLES, *SIGNED_IN, *ADMIN_ONLY]

    assert sorted(places) == sorted(Action)
    assert set(PROMISED) == set(ROLES)


@in_turn("action", ROLES)
def test_roles_count_in_their_own_project_only(action):
    assert not may(person(*Role, project_id=ELSEWHERE), action, HERE)


@in_turn("action", ROLES)
def test_an_action_in_no_project_is_open_to_nobody(action):
    assert not may(person(is_admin=True), action)


@in_turn("who", [person(is_admin=True), CONSOLE, SYSTEM])
@in_turn("action", Action)
def test_admins_and_the_console_may_everything(who, action):
    assert may(who, action, HERE)


@pytest.mark.parametrize("action", sorted(ADMIN_ONLY))
def test_no_role_makes_an_admin(action):
    assert not may(person(*Role), action, HERE)


def test_a_member_is_told_that_leave_is_missing():
    with pytest.raises(NotAllowed):
        ask_leave(person(Role.VIEWER), Action.CLAIM_PICK, HERE)


def test_a_stranger_is_not_told_that_the_project_exists():
    with pytest.raises(Missing):
        ask_leave(person(Role.EDITOR, project_id=ELSEWHERE), Action.CLAIM_PICK, HERE)
