import pytest

from app.domain.blindness import SeenState
from app.domain.words import Basis, Decides, Role, TallyQuestion
from app.storage import agreement
from app.storage.queue import to_go
from app.storage.settling import waiting_list
from app.storage.unanimous import number_unanimous
from app.storage.waiting import Waiting, waiting
from tests.work import Work, listen, unlisten


@pytest.fixture
def work(database):
    return Work(database)


@pytest.fixture
def data(add_desk):
    return add_desk("data", decides=Decides.INDEPENDENT, reviews_wanted=2, settles_itself=False)


def of(work, person, project) -> Waiting:
    with work.database.reading() as session:
        return waiting(session, work.actor(person), [project])[project.id]


def seen(found: Waiting) -> dict[str, int]:
    return {state.value: number for state, number in found.states.items() if number}


def test_counts_are_those_of_the_lists_behind_them(work, person, data):
    kim, lea = (person(name, Role.REVIEWER, project=data) for name in ("Kim", "Lea"))
    lead = person("Max", Role.REVIEWER, Role.ADJUDICATOR, project=data)
    claims = [work.claim(data) for _ in range(4)]
    work.suggest(data, 2)
    for checker in (kim, lea):
        work.check(checker, data, "true")
        work.check(checker, data, "false")
    work.check(kim, data, "true")
    work.check(lead, data, "true")
    work.settle(lead, claims[0], "true")

    # The third claim has both checks, one of them the lead's; the fourth has none.
    assert seen(of(work, lead, data)) == {"suggested": 2, "to-do": 1, "waiting": 2, "settled": 1}
    assert seen(of(work, kim, data)) == {"suggested": 2, "to-do": 1, "mine-done": 2, "settled": 1}
    assert seen(of(work, lea, data)) == {"suggested": 2, "to-do": 2, "mine-done": 1, "settled": 1}
    found = of(work, lead, data)
    assert (found.to_settle, found.for_another, found.free, found.done) == (1, 1, 1, 1)
    assert of(work, kim, data).to_settle == 0
    with work.database.reading() as session:
        lines = waiting_list(session, work.actor(lead), data.id, limit=9).claims
        assert len(lines) == found.to_settle
        assert to_go(session, work.actor(lead), data.id) == found.free


def test_a_lead_who_could_still_check_a_claim_counts_it_as_to_do(work, person, data):
    kim = person("Kim", Role.REVIEWER, project=data)
    lead = person("Max", Role.REVIEWER, Role.ADJUDICATOR, project=data)
    work.claim(data)
    before = of(work, lead, data)

    work.check(kim, data, "true")

    assert of(work, lead, data) == before


def test_nothing_waits_for_those_who_only_read(work, person, data):
    viewer = person("Val", Role.VIEWER, project=data)
    work.claim(data)

    found = of(work, viewer, data)

    assert found == Waiting(states=found.states)
    assert found.claims(SeenState.TO_DO) == found.claims() == 1


def test_a_returned_check_waits_for_the_one_who_gave_it(work, person, project):
    kim = person("Kim", Role.REVIEWER, project=project)
    lead = person("Max", Role.ADJUDICATOR, project=project)
    work.claim(project)
    review = work.check(kim, project, "true")

    work.send_back(lead, review)

    assert (of(work, kim, project).returned, of(work, kim, project).in_hand) == (1, 0)
    assert of(work, lead, project).to_settle == 0


def test_answers_to_compare_are_those_of_claims_seen_whole(work, person, data):
    kim, lea = (person(name, Role.REVIEWER, project=data) for name in ("Kim", "Lea"))
    lead = person("Max", Role.ADJUDICATOR, project=data)
    work.claim(data, who="The mayor")
    work.check(kim, data, "true", "confirmed")
    before = compared(work, lead, data)
    work.check(lea, data, "false", "confirmed")
    found = compared(work, lead, data)

    assert before.available == compared(work, kim, data).available == 0
    assert found.used == 1
    alike = {
        asked.value: len(set(units)) == 1
        for (asked, basis), found_units in found.units.items()
        for units in found_units
        if basis is Basis.BLIND and asked is not TallyQuestion.SOURCES
    }
    assert alike == {"content": False, "attribution": True}


def compared(work, person, data) -> agreement.Compared:
    with work.database.reading() as session:
        parts = agreement.slices(session, work.actor(person), data.id)
        return agreement.compared(session, data.id, parts)


@pytest.mark.parametrize("ask", [waiting_list, number_unanimous])
def test_whose_claims_they_are_is_read_where_one_persons_checks_lie_together(
    work, person, data, ask
):
    """A page asks it of a thousand claims: among all checks each were on another page of the file."""
    for name in ("Kim", "Lea"):
        checker = person(name, Role.REVIEWER, project=data)
        for _ in range(2):
            if name == "Kim":
                work.claim(data)
            work.check(checker, data, "true")
    lead = work.actor(person("Max", Role.REVIEWER, Role.ADJUDICATOR, project=data))
    sent = []

    def note(_connection, _cursor, statement, values, *_rest):
        if "bar" in statement:
            sent.append((statement, values))

    listen(work.database, "before_cursor_execute", note)
    with work.database.reading() as session:
        ask(session, lead, data.id)
    unlisten(work.database, "before_cursor_execute", note)
    [(statement, values)] = sent
    with work.database.reading() as session:
        connection = session.connection()
        if not work.database.is_sqlite:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        how = "EXPLAIN QUERY PLAN " if work.database.is_sqlite else "EXPLAIN "
        plan = [row[-1] for row in connection.exec_driver_sql(how + statement, values)]
    read = [line for line in plan if "review" in line and ("SEARCH" in line or "Scan" in line)]
    assert read
    assert not any("Seq Scan on review" in line for line in read)
    assert not work.database.is_sqlite or all("ix_review_reviewer" in line for line in read)
