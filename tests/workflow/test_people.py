"""People: who is let in, what they may do, and how they lose it."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from app.auth.links import hash_of, new_link
from app.domain.actors import CONSOLE, SYSTEM
from app.domain.errors import Invalid, Missing, NotAllowed, WrongState
from app.domain.ids import now
from app.domain.words import Role
from app.storage import people as questions
from app.storage import visitors
from app.storage.tables import Event, Person, SigninLink
from app.workflow import people
from tests.cases import in_turn

NOBODY = "a" * 12


@pytest.fixture
def do(database):
    """``do(verb, actor, …)`` in a transaction of its own."""

    def run(verb, *args, **values):
        with database.write() as session:
            return verb(session, *args, **values)

    return run


@pytest.fixture
def ask(database):
    """``ask(question, …)`` in a session that cannot write."""

    def run(question, *args, **values):
        with database.reading() as session:
            return question(session, *args, **values)

    return run


@pytest.fixture
def history(database):
    """The actions and details of history about a person, oldest first."""

    def lines(person_id):
        with database.reading() as session:
            query = select(Event).where(Event.thing == person_id).order_by(col(Event.id))
            return [(line.action, line.details) for line in session.exec(query)]

    return lines


@pytest.fixture
def ann(person, project):
    return person("Ann", Role.EDITOR, project=project)


@pytest.fixture
def admin(person):
    return person("Ada", is_admin=True)


# Adding


def test_a_person_is_added_with_one_line_of_history(do, ask, actor, admin, history):
    added = do(people.add_person, actor(admin), email=" Ben@Example.ORG ", name="Ben  Okafor ")

    assert (added.email, added.name) == ("ben@example.org", "Ben Okafor")
    assert (added.has_password, added.is_active, added.is_admin) == (False, True, False)
    assert ask(questions.by_email, "BEN@example.org") == added
    assert history(added.public_id) == [("person.add", {"is_admin": False})]


@in_turn("email", ["", "ben", "@example.org", "ben@", "a b@x.org", "a@b@c", "x" * 250 + "@y.zz", "a@x.org,b@y.org", "a@x.org>", "<a@x.org", "a;b@x.org"])  # fmt: skip
def test_what_is_no_address_is_refused(do, email):
    with pytest.raises(Invalid, match=r"person\.email"):
        do(people.add_person, CONSOLE, email=email, name="Ben")


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_person_needs_a_name(do, ask, name):
    with pytest.raises(Invalid, match=r"person\.name"):
        do(people.add_person, CONSOLE, email="ben@example.org", name=name)

    assert ask(questions.by_email, "ben@example.org") is None


def test_adding_somebody_twice_is_refused(do, ann):
    with pytest.raises(Invalid, match=r"person\.email-taken"):
        do(people.add_person, CONSOLE, email=ann.email.upper(), name="Ann again")


@pytest.mark.parametrize(
    ("verb", "values"),
    [
        (people.rename, {"name": "X"}),
        (people.add_role, {"project_id": 1, "role": Role.VIEWER}),
        (people.end_role, {"project_id": 1, "role": Role.EDITOR}),
        (people.set_admin, {"is_admin": True}),
        (people.set_password, {"password_hash": "x"}),
        (people.make_link, {"token_hash": "x" * 64, "expires_at": now()}),
        (people.end_sessions, {}),
        (people.deactivate, {}),
        (people.reactivate, {}),
    ],
)
class TestEveryVerb:
    """What holds for whatever is done to a person."""

    def test_is_only_for_those_who_manage_people(
        self, do, actor, person, project, ann, verb, values
    ):
        editor = person("Eve", Role.EDITOR, project=project)

        with pytest.raises(NotAllowed):
            do(verb, actor(editor), ann.public_id, **values)

    def test_says_that_there_is_nobody(self, do, verb, values):
        with pytest.raises(Missing):
            do(verb, CONSOLE, NOBODY, **values)


# Roles


def test_a_role_is_added_once(do, ask, ann, project, history):
    for _ in range(2):
        do(people.add_role, CONSOLE, ann.public_id, project_id=project.id, role=Role.REVIEWER)

    roles = ask(questions.actor_of, ann.public_id).roles_in(project.id)
    assert roles == {Role.EDITOR, Role.REVIEWER}
    assert history(ann.public_id) == [("person.add-role", {"role": "reviewer"})]


def test_an_ended_role_is_gone_and_comes_back(do, ask, ann, project, history):
    values = {"project_id": project.id, "role": Role.EDITOR}

    for _ in range(2):
        do(people.end_role, CONSOLE, ann.public_id, **values)
    gone = ask(questions.actor_of, ann.public_id).roles_in(project.id)
    do(people.add_role, CONSOLE, ann.public_id, **values)
    back = ask(questions.actor_of, ann.public_id).roles_in(project.id)

    assert (gone, back) == (frozenset(), {Role.EDITOR})
    assert [action for action, _ in history(ann.public_id)] == [
        "person.end-role",
        "person.add-role",
    ]


def test_ending_a_role_that_nobody_had_does_nothing(do, ann, project, history):
    do(people.end_role, CONSOLE, ann.public_id, project_id=project.id, role=Role.VIEWER)

    assert history(ann.public_id) == []


def test_a_role_needs_a_project(do, ann):
    with pytest.raises(Missing, match=r"project\.missing"):
        do(people.add_role, CONSOLE, ann.public_id, project_id=999, role=Role.VIEWER)


# Admins


def test_the_last_admin_stays(do, ask, actor, admin):
    with pytest.raises(WrongState, match=r"person\.last-admin"):
        do(people.deactivate, actor(admin), admin.public_id)
    with pytest.raises(WrongState, match=r"person\.last-admin"):
        do(people.set_admin, actor(admin), admin.public_id, is_admin=False)

    assert ask(questions.actor_of, admin.public_id).is_admin


def test_an_admin_may_go_when_another_is_there(do, ask, actor, admin, ann, history):
    do(people.set_admin, actor(admin), ann.public_id, is_admin=True)
    do(people.set_admin, actor(admin), ann.public_id, is_admin=True)

    do(people.deactivate, actor(admin), admin.public_id)

    assert ask(questions.actor_of, ann.public_id).is_admin
    assert history(ann.public_id) == [("person.set-admin", {"is_admin": True})]


def test_one_who_was_shut_out_does_not_count_as_an_admin(do, actor, admin, person):
    person("Old", is_admin=True, is_active=False)

    with pytest.raises(WrongState, match=r"person\.last-admin"):
        do(people.deactivate, actor(admin), admin.public_id)


# Coming in


def test_a_password_ends_all_sessions_and_links(do, ask, actor, ann, history):
    link = new_link()
    values = {"token_hash": link.token_hash, "expires_at": link.expires_at}
    do(people.make_link, CONSOLE, ann.public_id, **values)

    person = do(people.set_password, actor(ann), ann.public_id, password_hash="hash")

    assert person.has_password
    assert person.session_version == 2
    assert ask(questions.password_of, ann.email) == (person, "hash")
    assert ask(questions.anyone_has_password)
    assert ask(visitors.visitor, ann.public_id, 1) is None
    assert not ask(questions.link_is_open, link.token_hash)
    assert ("person.set-password", {}) in history(ann.public_id)


def test_not_even_an_admin_sets_the_password_of_another(do, actor, admin, ann):
    with pytest.raises(NotAllowed):
        do(people.set_password, actor(admin), ann.public_id, password_hash="hash")


def test_a_renewed_hash_ends_nothing(do, ask, ann):
    do(people.renew_hash, SYSTEM, ann.public_id, password_hash="new")

    assert ask(visitors.visitor, ann.public_id, 1) is not None


def test_a_link_is_used_once(do, ask, ann, history):
    link = new_link()
    values = {"token_hash": link.token_hash, "expires_at": link.expires_at}
    do(people.make_link, CONSOLE, ann.public_id, **values)
    assert ask(questions.link_is_open, hash_of(link.token))

    person = do(people.use_link, hash_of(link.token))

    assert person.public_id == ann.public_id
    assert not ask(questions.link_is_open, link.token_hash)
    with pytest.raises(Missing):
        do(people.use_link, link.token_hash)
    actions = [action for action, _ in history(ann.public_id)]
    assert actions == ["person.make-link", "person.use-link"]


def test_a_link_ends_in_time(do, ask, make, ann):
    make(SigninLink, person_id=ann.key, token_hash="h", expires_at=now() - timedelta(seconds=1))

    assert not ask(questions.link_is_open, "h")
    with pytest.raises(Missing):
        do(people.use_link, "h")


def test_a_new_link_ends_the_one_before(do, ask, ann):
    first, second = new_link(), new_link()
    for link in (first, second):
        values = {"token_hash": link.token_hash, "expires_at": link.expires_at}
        do(people.make_link, CONSOLE, ann.public_id, **values)

    assert not ask(questions.link_is_open, first.token_hash)
    assert ask(questions.link_is_open, second.token_hash)


def test_one_who_is_shut_out_gets_in_no_way(do, ask, actor, make, ann):
    link = new_link()
    values = {"token_hash": link.token_hash, "expires_at": link.expires_at}
    do(people.make_link, CONSOLE, ann.public_id, **values)
    do(people.set_password, actor(ann), ann.public_id, password_hash="hash")
    make(SigninLink, person_id=ann.key, token_hash="h", expires_at=link.expires_at)

    for _ in range(2):
        gone = do(people.deactivate, CONSOLE, ann.public_id)

    assert ask(questions.password_of, ann.email) is None
    assert ask(visitors.visitor, ann.public_id, gone.session_version) is None
    with pytest.raises(Missing):
        do(people.use_link, "h")
    with pytest.raises(WrongState, match=r"person\.inactive"):
        do(people.make_link, CONSOLE, ann.public_id, **values)


def test_one_who_is_let_in_again_has_the_roles_of_before(do, ask, ann, project, history):
    do(people.deactivate, CONSOLE, ann.public_id)
    for _ in range(2):
        do(people.reactivate, CONSOLE, ann.public_id)

    assert ask(questions.actor_of, ann.public_id).roles_in(project.id) == {Role.EDITOR}
    assert ask(questions.password_of, ann.email) is not None
    actions = [action for action, _ in history(ann.public_id)]
    assert actions == ["person.deactivate", "person.reactivate"]


def test_everybody_ends_their_own_sessions_and_changes_their_own_name(do, actor, ann):
    ended = do(people.end_sessions, actor(ann), ann.public_id)
    renamed = do(people.rename, actor(ann), ann.public_id, name=" Ann  Lee ")

    assert (ended.session_version, renamed.name) == (2, "Ann Lee")


def test_history_holds_no_names_and_no_addresses(do, actor, ann, database):
    do(people.rename, actor(ann), ann.public_id, name="Secretive Name")

    with database.reading() as session:
        lines = [str(line.model_dump()) for line in session.exec(select(Event))]
    assert not any("Secretive" in line or ann.email in line for line in lines)


# Questions


def test_the_list_shows_who_does_what(ask, actor, admin, ann, project):
    lines = ask(questions.people, actor(admin))

    assert [(line.person.name, [(p.title, p.roles) for p in line.projects]) for line in lines] == [
        ("Ada", []),
        ("Ann", [("Desk", {Role.EDITOR})]),
    ]


def test_the_list_is_read_in_three_queries_however_long(
    ask, actor, admin, person, add_desk, queries
):
    def added(n):
        for _ in range(n):
            person("", Role.VIEWER, project=add_desk(f"desk-{len(seen)}"))
            seen.append(n)
        with queries() as counted:
            ask(questions.people, who)
        return len(counted)

    seen, who = [], actor(admin)

    assert added(2) == added(7) == 3


def test_a_person_who_is_new_is_nothing_in_every_project(ask, actor, admin, project):
    found = ask(questions.roles_by_project, actor(admin))

    assert [(p.slug, p.roles) for p in found] == [("desk", frozenset())]


@pytest.mark.parametrize(
    ("question", "args"),
    [
        (questions.people, ()),
        (questions.roles_by_project, ()),
        (questions.by_public_id, (NOBODY,)),
    ],
)
def test_the_list_is_only_for_those_who_manage_people(ask, actor, ann, question, args):
    with pytest.raises(NotAllowed):
        ask(question, actor(ann), *args)


def test_nobody_is_missing(ask):
    with pytest.raises(Missing):
        ask(questions.actor_of, NOBODY)
    with pytest.raises(Missing):
        ask(questions.by_public_id, CONSOLE, NOBODY)
    assert ask(questions.by_email, "nobody@example.org") is None
    assert ask(questions.password_of, "nobody@example.org") is None
    assert not ask(questions.anyone_has_password)


def test_the_database_knows_an_address_once(make, ann):
    with pytest.raises(Exception, match=r"(?i)unique"):
        make(Person, email=ann.email, name="Other")
